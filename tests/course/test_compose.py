"""A composed file is what a student with that mistake would hand in."""

import pytest

from autograder.course import compose_source, cut_stub, function_source, load_module, read_course
from autograder.errors import CourseError


@pytest.fixture
def room(tiny_course):
    return read_course(tiny_course).rooms[0]


@pytest.fixture
def reference(tiny_course):
    return (tiny_course.parent / "reference/scaling.py").read_text(encoding="utf-8")


def test_a_function_is_found_without_its_decorators(room):
    """The source of a marked function starts at its `def` and ends with its body."""
    text = (room.path / "mistakes.py").read_text(encoding="utf-8")
    assert function_source(text, "adds_two") == (
        'def adds_two(x):\n    """Adds two where it should multiply."""\n    return np.asarray(x) + 2\n'
    )


def test_a_function_that_is_not_there_gets_the_nearest_name(room):
    """Asking for a misspelt function suggests the right one."""
    text = (room.path / "mistakes.py").read_text(encoding="utf-8")
    with pytest.raises(CourseError, match=r"no function 'add_two'\. Did you mean 'adds_two'"):
        function_source(text, "add_two")


def test_nothing_replaced_is_the_reference(reference, room):
    """Without replacements the file does what the reference does, less its unused private names."""
    composed = compose_source(reference, {"double": "reference"}, room)
    assert composed == reference.replace("_SECRET = 4.0\n", "")


def test_all_stubs_are_the_stub(reference, room):
    """Replacing every exercise by "stub" gives the stub that students start from."""
    composed = compose_source(reference, {"double": "stub", "quadruple": "stub"}, room)
    assert composed == cut_stub(reference, ["double", "quadruple"], room)


def test_a_mistake_takes_the_exercise_s_place_and_runs(tmp_path, reference, room):
    """The pasted function has the exercise's name, no mark and no explanation, and the others call it."""
    source = function_source((room.path / "mistakes.py").read_text(encoding="utf-8"), "adds_two")
    composed = compose_source(reference, {"double": source}, room)
    assert "def double(x):\n    return np.asarray(x) + 2\n\n\ndef _twice" in composed
    assert "adds_two" not in composed
    assert "Adds two" not in composed
    file = tmp_path / "composed.py"
    file.write_text(composed, encoding="utf-8")
    assert load_module(file).quadruple(1) == 5


def test_helpers_of_the_reference_stay_only_for_the_reference(reference, room):
    """A file whose exercises are all replaced holds no private function of the solution."""
    source = function_source((room.path / "variants.py").read_text(encoding="utf-8"), "by_addition")
    composed = compose_source(reference, {"double": "stub", "quadruple": source}, room)
    assert "_twice" not in composed
    assert composed.endswith("def quadruple(x):\n    return x + x + x + x\n")


@pytest.mark.parametrize(
    ("source", "pasted"),
    [
        ('def f(x):\n    """Only words."""\n', "def double(x):\n    pass\n"),
        ('def f(x): "词词词词"; return x\n', "def double(x): return x\n"),
        ('def f(x):\n    """词."""; y = x\n    return y\n', "def double(x):\n    y = x\n    return y\n"),
        (
            'def f(\n    x,\n):\n    """A\n    B"""\n\n    return x\n',
            "def double(\n    x,\n):\n    return x\n",
        ),
        ("@mark\n@mark(1)\ndef f(x):\n    return x  # f\n", "def double(x):\n    return x  # f\n"),
        ("def f(x, axis=0):\n    return x\n", "def double(x, axis=0):\n    return x\n"),
        (
            "def f(x):\n    def g(n):\n        return g(n - 1) if n else FACTOR\n    return g\n",
            "def double(x):\n    def g(n):\n        return g(n - 1) if n else FACTOR\n    return g\n",
        ),
    ],
)
def test_a_pasted_function_loses_marks_and_docstring_only(reference, room, source, pasted):
    """Whatever its layout, a pasted function keeps its code, and the whole still compiles."""
    composed = compose_source(reference, {"double": source}, room)
    assert f"\n\n\n{pasted}\n\ndef _twice" in composed
    compile(composed, "composed", "exec")


@pytest.mark.parametrize(
    ("replacements", "expected"),
    [
        ({"duoble": "stub"}, "no exercise 'duoble' to replace. Did you mean 'double'?"),
        ({"double": "x = 1\n"}, 'expected "reference", "stub" or the source of one function'),
        ({"double": "def f(x:\n"}, "replacement of a01_scaling.double:1: is not valid Python"),
        ({"double": "def f(y):\n    return y\n"}, "f takes (y); expected the exercise's parameters, (x)"),
        (
            {"double": "def f(x):\n    return _twice(abs, x)\n"},
            "f uses _twice, which a student's file does not",
        ),
        ({"double": "def f(x):\n    return f(x - 1)\n"}, "f uses f, which a student's file does not have"),
        ({"double": "def f(x):\n    return double(x)\n"}, "f calls double, which it stands in for"),
    ],
)
def test_a_replacement_that_cannot_work_is_refused(reference, room, replacements, expected):
    """A mistake must stand in a student's file on its own: same parameters, only names that the stub has."""
    with pytest.raises(CourseError) as caught:
        compose_source(reference, replacements, room)
    assert expected in str(caught.value)
