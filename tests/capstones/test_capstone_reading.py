"""A room's [capstone] table, and the lab that its checks are given."""

from pathlib import Path

import pytest

from autograder.course import read_course
from autograder.course.laboratory import load_lab
from autograder.course.model import Capstone
from autograder.errors import CourseError
from autograder.grading.environment import room_digest
from autograder.limits import CAPSTONE_LIMITS

ROOM = "a02_statistics"
TOML = f"{ROOM}/assignment.toml"


def test_a_capstone_arrives(capstone_course: Path) -> None:
    """What the table says is what the room's capstone holds; it is no exercise, and is found like one."""
    room = read_course(capstone_course).room(ROOM)
    capstone = room.capstone
    assert isinstance(capstone, Capstone)
    assert (capstone.name, capstone.points, capstone.uses) == ("descend", 4, ("mean_of_columns",))
    assert (capstone.rows, capstone.builds_on, capstone.limits) == (("F0-24",), (), CAPSTONE_LIMITS)
    assert [exercise.name for exercise in room.exercises] == ["mean_of_columns"]
    assert [exercise.name for exercise in room.graded] == ["mean_of_columns", "descend"]
    assert read_course(capstone_course).exercise(f"{ROOM}.descend").title["zh"] == "下降到均值"
    assert [file.name for file in room.check_files] == ["test_statistics.py", "test_capstone.py"]


def test_rows_arrive(page_course: Path) -> None:
    """An exercise may name the rows of the notes that it covers."""
    assert read_course(page_course).exercise("mean_of_columns").rows == ("F0-22",)


def test_its_limits_start_from_those_of_capstones(capstone_course: Path) -> None:
    """The room's [limits] are for its exercises; a capstone has its own."""
    toml = capstone_course / TOML
    toml.write_text(toml.read_text(encoding="utf-8") + "[capstone.limits]\ncpu_seconds = 50\n", encoding="utf-8")
    room = read_course(capstone_course).room(ROOM)
    assert room.capstone is not None
    assert room.exercises[0].limits.call_seconds == 4.0
    assert (room.capstone.limits.call_seconds, room.capstone.limits.cpu_seconds) == (2.0, 50.0)
    assert room.longest_seconds > room.without_capstone().longest_seconds + room.capstone.limits.wall_seconds


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('uses = ["mean_of_columns"]', 'uses = ["mean_of_colums"]', "Did you mean 'mean_of_columns'"),
        ('uses = ["mean_of_columns"]', "", "key 'uses' is missing from [capstone]"),
        ('uses = ["mean_of_columns"]', 'builds_on = ["mean_of_columns"]', "unknown key 'builds_on' in [capstone]"),
        ('name = "descend"', 'name = "mean_of_columns"', "a name that no exercise of the room has"),
        ("[capstone.title]", "[capstone.tilte]", "unknown key 'tilte' in [capstone]"),
    ],
)
def test_a_wrong_table_is_refused_by_file_and_line(edit, capstone_course: Path, old: str, new: str, told: str) -> None:
    """The error names the file, and says what was expected."""
    edit(TOML, old, new)
    with pytest.raises(CourseError) as caught:
        read_course(capstone_course)
    assert told in str(caught.value)
    assert f"{TOML}:" in str(caught.value)


def test_a_capstone_needs_its_file_of_checks(capstone_course: Path) -> None:
    """A table without checks is refused."""
    (capstone_course / ROOM / "checks" / "test_capstone.py").unlink()
    with pytest.raises(CourseError, match=r"lacks checks/test_capstone\.py"):
        read_course(capstone_course)


def test_a_course_without_capstones_has_other_digests(capstone_course: Path) -> None:
    """What is graded without them is another result, and a room that has none is the same either way."""
    course = read_course(capstone_course)
    plain = course.without_capstones()
    assert plain.rooms[0].capstone is None
    assert plain.rooms[0].digest != course.rooms[0].digest
    assert plain.without_capstones() == plain


@pytest.mark.parametrize("name", ["lab/clouds.py", "data/table.csv", "../reference/other.py"])
def test_what_capstones_are_made_with_counts(capstone_course: Path, name: str) -> None:
    """A change of the lab, of the data or of another unit's solution grades a capstone anew."""

    def digest() -> str:
        course = read_course(capstone_course)
        return room_digest(course, course.rooms[0])

    before = digest()
    path = capstone_course / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n", encoding="utf-8")
    assert digest() != before


def test_the_lab_has_the_solutions_of_the_course(capstone_course: Path) -> None:
    """`from . import reference` gives them by module, and an unknown one by an error that says where it looked."""
    lab = load_lab(read_course(capstone_course))
    X = lab.cloud(0)
    assert (lab.truth(X) == X.mean(axis=1, keepdims=True)).all()
    assert lab.reference.folder == capstone_course
    with pytest.raises(AttributeError, match=r"there is no nothing\.py in"):
        _ = lab.reference.nothing


def test_a_lab_is_loaded_anew(edit, capstone_course: Path) -> None:
    """Two loads are two labs, and the second one sees what has changed on the disk."""
    first = load_lab(read_course(capstone_course))
    edit("lab/clouds.py", "size=(3, 7)", "size=(4, 11)")
    second = load_lab(read_course(capstone_course))
    assert (first.cloud(0).shape, second.cloud(0).shape) == ((3, 7), (4, 11))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("seed):", "seed:", r"clouds\.py:6: cannot be imported: SyntaxError"),
        ("import numpy", "import nonumpy", r"clouds\.py:3"),
    ],
)
def test_a_broken_lab_is_named_by_file_and_line(edit, capstone_course: Path, old: str, new: str, told: str) -> None:
    """Whoever edits the lab reads where it is broken."""
    edit("lab/clouds.py", old, new)
    with pytest.raises(CourseError, match=told):
        load_lab(read_course(capstone_course))


def test_a_capstone_without_a_lab_is_refused(capstone_course: Path) -> None:
    """The error says which file is missing."""
    for file in (capstone_course / "lab").glob("*.py"):
        file.unlink()
    with pytest.raises(CourseError, match=r"lab/__init__\.py is missing"):
        load_lab(read_course(capstone_course))
