"""A good course is read in full; a wrong one is refused at its file and line."""

import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.course import Course, find_course, read_course
from autograder.errors import CourseError
from autograder.limits import Limits

ROOM = "a01_scaling/assignment.toml"


def edit(course: Path, name: str, old: str, new: str) -> int:
    """Replace the first `old` in a file of the course and return the line it was in."""
    file = course / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def refusal(course: Path) -> str:
    with pytest.raises(CourseError) as caught:
        read_course(course)
    return str(caught.value)


def test_every_field_of_a_room_arrives(tiny_course):
    """What the TOML says is what the dataclasses hold."""
    course = read_course(tiny_course)
    room = course.room("a01_scaling")
    second = room.exercises[1]
    assert course.title == {"en": "Tiny", "zh": "小课"}
    assert course.notes == {"F1": "Notes"}
    assert course.reference == tiny_course.parent / "reference"
    assert (room.module, room.prerequisites, room.title["zh"]) == ("scaling", ("a00_before",), "缩放")
    assert second.limits == Limits(call_seconds=1.5, memory_mib=128)
    assert (second.room, second.name, second.points, second.minutes) == ("a01_scaling", "quadruple", 1.5, 10)
    assert (second.needs, second.builds_on, second.notes) == (
        ("a00_before.add",),
        ("double",),
        "F1 section 2",
    )
    assert second.hints["zh"] == ("一", "二", "三")
    assert room.exercises[0].builds_on == ()


def test_rooms_come_in_the_order_of_their_folders(tiny_course):
    """The order of rooms is the order of their folder names, whatever order the disk has."""
    for name, module in (("a10_last", "last"), ("a00_first", "first")):
        shutil.copytree(tiny_course / "a01_scaling", tiny_course / name)
        edit(tiny_course, f"{name}/assignment.toml", '"scaling"', f'"{module}"')
        shutil.copy(tiny_course / name / "scaling.py", tiny_course / name / f"{module}.py")
        (tiny_course / name / "checks" / f"test_{module}.py").touch()
    assert [room.name for room in read_course(tiny_course).rooms] == ["a00_first", "a01_scaling", "a10_last"]


@pytest.mark.parametrize("start", [".", "..", "a01_scaling/checks", "../reference"])
def test_a_course_is_found_from_anywhere_in_its_project(tiny_course, start):
    """The folder itself, the folder above it, a room's folder and a neighbour all lead to the course."""
    assert find_course(tiny_course / start) == tiny_course


def test_finding_no_course_says_what_was_looked_for(tmp_path):
    """Outside any course the error names course.toml and where it was sought."""
    with pytest.raises(CourseError, match=r"looked for course\.toml and assignments/course\.toml"):
        find_course(tmp_path)


def test_an_exercise_is_found_by_either_name(tiny_course):
    """A full name and an unambiguous bare name give the same exercise."""
    course = read_course(tiny_course)
    assert course.exercise("a01_scaling.double") is course.exercise("double")


def test_a_bare_name_in_two_rooms_asks_which(tiny_course):
    """Where two rooms share an exercise's name, the error offers both full names."""
    room = read_course(tiny_course).rooms[0]
    other = replace(room, name="a02", exercises=(replace(room.exercises[0], room="a02"),))
    course = Course(tiny_course, {}, tiny_course, {}, (room, other))
    with pytest.raises(CourseError, match=r"2 rooms .* write a01_scaling\.double or a02\.double"):
        course.exercise("double")


@pytest.mark.parametrize(
    ("name", "near"),
    [("a01_scalling.double", "a01_scaling"), ("a01_scaling.duoble", "double"), ("quadrupel", "quadruple")],
)
def test_a_misspelt_name_gets_the_nearest_one(tiny_course, name, near):
    """Looking up a name that is a little wrong suggests the right one."""
    with pytest.raises(CourseError, match=f"Did you mean '{near}'"):
        read_course(tiny_course).exercise(name)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("points = 2", 'points = "two"', "points is 'two' (text); expected a number above zero"),
        ("points = 2", "points = true", "points is True (true or false); expected a number above zero"),
        ("points = 1.5", "points = -1.5", "points is -1.5 (a number); expected a number above zero"),
        ("points = 1.5", "points = inf", "points is inf (a number); expected a number above zero"),
        ("points = 1.5", "points = nan", "points is nan (a number); expected a number above zero"),
        (
            "difficulty = 2",
            "difficulty = 6",
            "difficulty is 6 (a whole number); expected a whole number from 1",
        ),
        ("minutes = 10", "minutes = 10.5", "minutes is 10.5 (a number); expected a whole number from 1 to 1,000,000"),
        ("points = 2", "pionts = 2", "unknown key 'pionts' in [[exercises]]. Did you mean 'points'?"),
        ("memory_mib", "memory_mb", "unknown key 'memory_mb' in [limits]. Did you mean 'memory_mib'?"),
        ("memory_mib = 128", "memory_mib = 0.5", "memory_mib is 0.5 (a number); expected a whole number"),
        ('zh = "加倍"', 'fr = "Doubler"', "unknown key 'fr' in [exercises.title]"),
        ('en = ["first", "second", "third"]', 'en = ["first"]', "en has 1 texts; expected a list of 3 texts"),
        ('zh = [\n    "一",', "zh = [\n    1,", "zh is [1, '二', '三'] (a list); expected a list of 3 texts"),
        ('zh = ["一", "二", "三"]', 'zh = ["一", "", "三"]', "expected a list of 3 texts in quotes"),
        ('name = "quadruple"', 'name = "double"', "name is 'double' (text); expected a name that no other"),
        (
            'name = "double"',
            'name = "_double"',
            "expected a Python name that does not start with an underscore",
        ),
        (
            'builds_on = ["double"]',
            'builds_on = ["doble"]',
            "names 'doble', which is not an exercise of this room",
        ),
        (
            'builds_on = ["double"]',
            'builds_on = "double"',
            "builds_on is 'double' (text); expected a list of",
        ),
        ('builds_on = ["double"]', 'builds_on = ["quadruple"]', "quadruple builds on quadruple"),
        ("schema = 1", "schema = 2", "schema is 2 (a whole number); expected 1, the only schema"),
        ("schema = 1", 'schema = "1"', "schema is '1' (text)"),
        ('module = "scaling"', 'module = "scaling.py"', "expected a Python name"),
        ('module = "scaling"', 'module = "scales"', "lacks checks/test_scales.py, scales.py"),
    ],
)
def test_a_wrong_value_is_refused_at_its_line(tiny_course, old, new, expected):
    """Each wrong key or value is reported with file, line, what was seen and what is expected."""
    line = edit(tiny_course, ROOM, old, new)
    message = refusal(tiny_course)
    assert message.startswith(f"{tiny_course / ROOM}:{line}: ")
    assert expected in message


@pytest.mark.parametrize(
    ("key", "table"),
    [
        ("schema", 1),
        ("module", 1),
        ('zh = "缩放"', "[title]"),
        ("difficulty = 1", "[[exercises]]"),
        ("zh = [", "[exercises.hints]"),
    ],
)
def test_a_missing_key_is_refused_at_its_table(tiny_course, key, table):
    """A key that is not there is reported at the line of the table that lacks it."""
    edit(tiny_course, ROOM, key, f"# {key}")
    text = (tiny_course / ROOM).read_text(encoding="utf-8")
    line = table if isinstance(table, int) else text[: text.index(table)].count("\n") + 1
    assert refusal(tiny_course).startswith(f"{tiny_course / ROOM}:{line}: key {key.split()[0]!r} is missing from")


def test_a_missing_array_of_exercises_is_refused(tiny_course):
    """A room without any exercise is told to have one."""
    text = (tiny_course / ROOM).read_text(encoding="utf-8")
    (tiny_course / ROOM).write_text(text[: text.index("[[exercises]]")], encoding="utf-8")
    assert "key 'exercises' is missing" in refusal(tiny_course)


@pytest.mark.parametrize(
    ("new", "line"), [("points = \n", 15), ("points = 2\npoints = 3\n", 16), ('points = """two\n', None)]
)
def test_wrong_toml_syntax_is_refused_at_its_line(tiny_course, new, line):
    """What tomllib refuses keeps its line; a text that never ends is reported at the end of the file."""
    edit(tiny_course, ROOM, "points = 2\n", new)
    line = line or (tiny_course / ROOM).read_text(encoding="utf-8").count("\n")
    assert refusal(tiny_course).startswith(f"{tiny_course / ROOM}:{line}: is not valid TOML: ")


def test_a_file_that_is_not_utf8_is_refused_at_its_line(tiny_course):
    """Text saved in another encoding is reported at the first byte that does not fit."""
    content = (tiny_course / ROOM).read_bytes().replace("缩放".encode(), "缩放".encode("gbk"))
    (tiny_course / ROOM).write_bytes(content)
    assert refusal(tiny_course).startswith(f"{tiny_course / ROOM}:7: is not UTF-8")


def test_windows_line_ends_and_byte_order_marks_are_accepted(tiny_course):
    """TOML saved by a Windows editor reads as well, and its lines are counted right."""

    def save_as_windows_does(name: str) -> None:
        content = (tiny_course / name).read_bytes().replace(b"\n", b"\r\n")
        (tiny_course / name).write_bytes(b"\xef\xbb\xbf" + content)

    original = (tiny_course / ROOM).read_bytes()
    save_as_windows_does("course.toml")
    save_as_windows_does(ROOM)
    assert read_course(tiny_course).rooms[0].exercises[1].points == 1.5
    (tiny_course / ROOM).write_bytes(original)
    line = edit(tiny_course, ROOM, "minutes = 10", "minutes = 0")
    save_as_windows_does(ROOM)
    assert refusal(tiny_course).startswith(f"{tiny_course / ROOM}:{line}: minutes is 0")


def test_lines_are_right_below_inline_tables_and_long_texts(tiny_course):
    """A key written inside an inline table or below a text over many lines is still found."""
    edit(tiny_course, ROOM, '"F1 section 1"', '"""\n[limits]\npoints = 7\n"""')
    line = edit(tiny_course, ROOM, '[exercises.title]\nen = "Double"\nzh = "加倍"\n', "title = {en = 'D', zh = 3}\n")
    assert refusal(tiny_course).startswith(f"{tiny_course / ROOM}:{line}: zh is 3 (a whole number)")


def test_builds_on_must_not_go_in_a_circle(tiny_course):
    """Exercises that lend to each other are refused with the whole circle."""
    line = edit(tiny_course, ROOM, 'notes = "F1 section 1"', 'builds_on = ["quadruple"]\nnotes = "F1"')
    message = refusal(tiny_course)
    assert f"{ROOM}:{line}: builds_on goes in a circle" in message
    assert "double builds on quadruple" in message
    assert "quadruple builds on double" in message


@pytest.mark.parametrize(
    "name",
    ["scaling.py", "checks/test_scaling.py", "mistakes.py", "variants.py", "README.md", "README.zh.md"],
)
def test_a_missing_file_is_named(tiny_course, name):
    """A room that lacks one of its files is refused at its module's line, and the file is named."""
    (tiny_course / "a01_scaling" / name).unlink()
    message = refusal(tiny_course)
    assert message.startswith(f"{tiny_course / ROOM}:2: ")
    assert f"lacks {name};" in message


def test_whoever_writes_the_stubs_may_miss_them(tiny_course):
    """The stub alone may be absent, when asked for, so that a new room can be read to cut it."""
    (tiny_course / "a01_scaling/scaling.py").unlink()
    assert read_course(tiny_course, stubs_may_be_missing=True).rooms[0].module == "scaling"


def test_a_folder_of_checks_without_its_toml_is_refused(tiny_course):
    """A room whose assignment.toml is missing or misnamed does not drop out in silence."""
    (tiny_course / ROOM).rename(tiny_course / "a01_scaling/assignments.toml")
    assert "has checks but no assignment.toml" in refusal(tiny_course)


def test_a_course_without_rooms_says_what_a_room_is(tiny_course):
    """An empty course is an error that lists the files of a room."""
    shutil.rmtree(tiny_course / "a01_scaling")
    assert "A room is a folder in it that holds assignment.toml" in refusal(tiny_course)


def test_two_rooms_cannot_share_a_module(tiny_course):
    """One student's file belongs to one room, so a second room with the same module is refused."""
    shutil.copytree(tiny_course / "a01_scaling", tiny_course / "a02_again")
    message = refusal(tiny_course)
    assert "a02_again/assignment.toml:2: module is 'scaling'" in message
    assert "a01_scaling has this one" in message


def test_a_reference_that_is_not_there_is_refused_at_its_line(tiny_course):
    """The course names its folder of solutions, and that folder must exist."""
    edit(tiny_course, "course.toml", "../reference", "../solutions")
    assert refusal(tiny_course).startswith(f"{tiny_course / 'course.toml'}:2: reference is '../solutions'")


def test_the_digest_follows_the_trusted_files_alone(tiny_course):
    """The digest changes with a check, a text or a new file; not with the student's file or bytecode."""
    room = tiny_course / "a01_scaling"

    def digest() -> str:
        return read_course(tiny_course).rooms[0].digest

    first = digest()
    (room / "scaling.py").write_text("x = 1\n", encoding="utf-8")
    (room / "checks/__pycache__").mkdir()
    (room / "checks/__pycache__/test_scaling.pyc").write_bytes(b"\0")
    assert digest() == first
    (room / "checks/test_scaling.py").write_text("x = 1\n", encoding="utf-8")
    second = digest()
    (room / "checks/scaling.py").write_text("", encoding="utf-8")
    assert len({first, second, digest()}) == 3


def test_reading_a_course_imports_nothing_heavy():
    """`import autograder.course` brings in neither numpy nor pytest."""
    program = "import sys, autograder.course; sys.exit(bool({'numpy', 'pytest', 'rich'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
