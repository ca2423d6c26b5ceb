"""The rows of the notes, and which exercises and capstones cover them."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from autograder.cli import main
from autograder.course import read_course
from autograder.course.rows import cover, read_rows
from autograder.errors import CourseError

ROOM = "a02_statistics"


def test_a_course_that_covers_its_rows(capstone_course: Path) -> None:
    """Exercises and capstones cover rows of their own kind; a row for a quiz needs nobody."""
    found = cover(read_course(capstone_course))
    assert found.problems == ()
    assert found.covered_by == {"F0-22": (f"{ROOM}.mean_of_columns",), "F0-24": (f"{ROOM}.descend",), "F0-34": ()}
    assert found.rows[1].idea["zh"] == "下降"


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("assignment.toml", 'rows = ["F0-24"]', 'rows = ["F0-22"]', "F0-24 (a descent) is covered by no capstone"),
        ("assignment.toml", 'rows = ["F0-24"]', 'rows = ["F0-24", "F0-99"]', "names the row F0-99, which is unknown"),
        ("assignment.toml", 'rows = ["F0-24"]', "", f"{ROOM}.descend covers no row"),
        (
            "assignment.toml",
            'rows = ["F0-22"]',
            'rows = ["F0-24"]',
            "F0-22 (the mean of a feature) is covered by no exercise",
        ),
    ],
)
def test_a_hole_is_told(edit, capstone_course: Path, name: str, old: str, new: str, told: str) -> None:
    """An uncovered row, an unknown one, and what covers none."""
    edit(f"{ROOM}/{name}", old, new)
    assert any(told in problem for problem in cover(read_course(capstone_course)).problems)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('id = "F0-24"', 'id = "F0-22"', "an id that no other row has"),
        ('kind = "quiz"', 'kind = "test"', "one of exercise, capstone, quiz"),
        ('notes = "F0"', 'notes = "F7"', "a tag of course.toml: F0"),
        ('idea.zh = "下降"', "", "key 'zh' is missing"),
    ],
)
def test_a_wrong_table_is_refused_by_file_and_line(edit, capstone_course: Path, old: str, new: str, told: str) -> None:
    """The error names the file, and says what was expected."""
    edit("rows.toml", old, new)
    with pytest.raises(CourseError, match=r"rows\.toml:") as caught:
        read_rows(read_course(capstone_course))
    assert told in str(caught.value)


def test_the_command_prints_a_table_in_either_language(edit, capstone_course: Path) -> None:
    """Markdown on standard output, holes on standard error, and exit code 1 for a hole."""

    def run(**variables: str):
        return CliRunner().invoke(main, ["coverage", "--course", str(capstone_course)], env=variables)

    done = run()
    assert done.exit_code == 0
    assert f"| F0-22 | 归一化输入 | the mean of a feature | exercise | {ROOM}.mean_of_columns |" in done.stdout
    assert "| F0-34 | Mini-batch梯度下降法 | a convention | quiz | – |" in done.stdout
    edit(f"{ROOM}/assignment.toml", 'rows = ["F0-24"]', 'rows = ["F0-22"]')
    done = run()
    assert done.exit_code == 1
    assert "BROKEN  F0-24 (a descent)" in done.stderr


def test_every_row_of_the_notes_is_covered(whole_course: Path) -> None:
    """All 166 rows but those for a quiz, by all exercises and capstones of the course."""
    found = cover(read_course(whole_course))
    assert len(found.rows) == 166
    assert sum(row.kind == "quiz" for row in found.rows) == 6
    assert found.problems == ()
