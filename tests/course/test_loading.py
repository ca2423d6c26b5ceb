"""The Python files of a course are executed by path, and what they mark is collected."""

import sys
from pathlib import Path

import pytest

from autograder.course import (
    equivalent,
    load_mistakes,
    load_module,
    load_reference,
    load_variants,
    mistake,
    read_course,
    variant,
)
from autograder.errors import CourseError


def plain(x):
    """Says something."""
    return x


def append(course: Path, name: str, text: str) -> int:
    """Add `text` to a file of the room and return its first line's number."""
    file = course / "a01_scaling" / name
    old = file.read_text(encoding="utf-8")
    file.write_text(old + text, encoding="utf-8")
    return old.count("\n") + 1


def test_mistakes_come_in_order_with_all_they_say(tiny_course):
    """Each @mistake becomes a record, in the order of the definitions, and @equivalent does not."""
    once, plus = load_mistakes(read_course(tiny_course).rooms[0])
    assert (once.name, once.exercise, once.caught_by) == (
        "doubles_once",
        "quadruple",
        ("four_ones_make_four",),
    )
    assert (once.explanation, once.covers, once.read, once.suggest) == (
        "Doubles a single time.",
        ("a/b",),
        "F1",
        "again",
    )
    assert (plus.caught_by, plus.covers, plus.read) == (("zero_stays_zero", "one_becomes_two"), (), "")
    assert plus.function(3) == 5


def test_equivalents_count_as_variants(tiny_course):
    """Variants are those of variants.py and the harmless "mistakes" of mistakes.py."""
    right, harmless = load_variants(read_course(tiny_course).rooms[0])
    assert (right.name, right.exercise, right.group, right.covers) == (
        "by_addition",
        "quadruple",
        "loops",
        (),
    )
    assert right.why == "Four equal terms sum to four times one of them."
    assert (harmless.name, harmless.group, harmless.covers) == ("adds_itself", None, ("scaling/sum",))


def test_the_reference_can_be_lent_to_the_mistakes(tiny_course):
    """A mistake may call another exercise by name once the reference's names are given."""
    course = read_course(tiny_course)
    reference = load_reference(course, course.rooms[0])
    once = load_mistakes(course.rooms[0], vars(reference))[0]
    assert once.function(3.0) == 6.0


def test_a_module_has_a_private_name_of_its_own(tiny_course):
    """Loading leaves no `scaling` or `mistakes` for an import to find, and two paths never share a name."""
    course = read_course(tiny_course)
    reference = load_reference(course, course.rooms[0])
    stub = load_module(tiny_course / "a01_scaling/scaling.py")
    assert reference.double(2) == 4
    assert reference.__name__ != stub.__name__
    assert {reference.__name__, stub.__name__} <= set(sys.modules)
    assert "scaling" not in sys.modules


def test_the_source_is_what_runs(tiny_course):
    """A changed file loads anew, and loading writes no bytecode."""
    file = tiny_course / "a01_scaling/scaling.py"
    file.write_text("x = 1\n", encoding="utf-8")
    first = load_module(file)
    file.write_text("x = 2\n", encoding="utf-8")
    assert (first.x, load_module(file).x) == (1, 2)
    assert not (file.parent / "__pycache__").exists()


@pytest.mark.parametrize(
    ("text", "offset", "expected"),
    [
        ("def broken(:\n", 0, "is not valid Python"),
        ("\nimport no_such_module_anywhere\n", 1, "ModuleNotFoundError: No module named"),
        ("\n\nraise SystemExit(3)\n", 2, "SystemExit: 3"),
        ("def f():\n    return 1 / 0\n\nf()\n", 1, "ZeroDivisionError: division by zero"),
        ('@mistake("double", caught_by=())\ndef f(x):\n    """F."""\n', 0, "caught_by is empty"),
        ('@mistake("double", caught_by="c")\ndef f(x):\n    pass\n', 0, "f has no docstring"),
        ('@mistake("doubel", caught_by="c")\ndef f(x):\n    """F."""\n', 0, "Did you mean 'double'?"),
        (
            '@mistake("double", caught_by="c")\ndef double(x):\n    """F."""\n',
            0,
            "has an exercise's own name",
        ),
        ("def adds_two(x):\n    return x\n", 0, "adds_two is defined a second time"),
    ],
)
def test_a_file_that_cannot_be_used_is_named_with_its_line(tiny_course, text, offset, expected):
    """Whatever stops a course's file from loading is reported at its line of that file."""
    line = append(tiny_course, "mistakes.py", text) + offset
    with pytest.raises(CourseError) as caught:
        load_mistakes(read_course(tiny_course).rooms[0])
    assert str(caught.value).startswith(f"{tiny_course / 'a01_scaling/mistakes.py'}:{line}: ")
    assert expected in str(caught.value)


def test_a_mistake_among_variants_is_not_lost(tiny_course):
    """A @mistake in variants.py would never be collected, so it is refused."""
    mark = "from autograder.course.mistakes import mistake\n\n"
    line = append(tiny_course, "variants.py", f'{mark}@mistake("double", caught_by="c")\ndef f(x):\n    """F."""\n')
    with pytest.raises(CourseError, match=rf"variants\.py:{line + 2}: f is a mistake among variants"):
        load_variants(read_course(tiny_course).rooms[0])


def test_a_missing_reference_is_named(tiny_course):
    """A room whose solution file is not there says which file is expected."""
    (tiny_course.parent / "reference/scaling.py").unlink()
    course = read_course(tiny_course)
    with pytest.raises(CourseError, match=r"reference/scaling\.py: cannot be read"):
        load_reference(course, course.rooms[0])


def test_a_reference_without_an_exercise_is_refused(tiny_course):
    """Every exercise of the room must be a function of the reference."""
    file = tiny_course.parent / "reference/scaling.py"
    file.write_text(file.read_text(encoding="utf-8").replace("def quadruple", "def quadrupel"), encoding="utf-8")
    course = read_course(tiny_course)
    with pytest.raises(CourseError, match=r"no function 'quadruple', .* Did you mean 'quadrupel'"):
        load_reference(course, course.rooms[0])


@pytest.mark.parametrize(
    ("mark", "expected"),
    [
        (lambda: variant(plain), "stands without arguments"),
        (lambda: variant("double", group=" "), "group is ' '"),
        (lambda: mistake("", caught_by="c"), "exercise is ''"),
        (lambda: mistake("double", caught_by=3), "caught_by is 3"),
        (lambda: mistake("double", caught_by="c", covers=("a", "")), "covers is"),
        (lambda: mistake("double", caught_by="c", read=None), "read is None"),
        (lambda: equivalent("double", covers=()), "covers is empty"),
        (lambda: variant("double")(len), "expected a plain function"),
        (lambda: variant("double")(lambda x: x), "has no docstring"),
    ],
)
def test_a_decorator_refuses_arguments_of_the_wrong_form(mark, expected):
    """What cannot be a mark is refused where it stands, in words."""
    with pytest.raises(CourseError, match=expected.replace("(", r"\(")):
        mark()


def test_a_function_is_marked_once():
    """A function cannot be a mistake and a variant at a time."""

    def both(x):
        """Is wrong, or is it?"""
        return x

    mistake("double", caught_by="c")(both)
    with pytest.raises(CourseError, match="both is marked twice"):
        variant("double")(both)
