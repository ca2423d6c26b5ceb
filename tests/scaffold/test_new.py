"""`autograder new`: a course, a room or an exercise that keeps every law from the first minute."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from autograder.cli import main
from autograder.course import read_course


def run(*words):
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture
def own_course(tmp_path: Path) -> Path:
    """A course made by the command, under a path with a space and a Chinese name."""
    folder = tmp_path / "我的 course"
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path)
        assert run("new", "course", folder.name).exit_code == 0
    return folder


def audited(folder: Path, room: str):
    return run("audit", room, "--course", folder, "--secrets", "2", "--quiet", "--sandbox", "none")


def test_a_new_course_keeps_every_law_and_grades(own_course, tmp_path):
    """It passes its audit, and a cohort made from it is graded as its truth says, with nothing of this repository."""
    found = audited(own_course, "a01_statistics")
    assert found.exit_code == 0, found.output
    assert "no laws broken" in found.output
    assert run("simulate", "6", "-o", tmp_path / "cohort", "--course", own_course).exit_code == 0
    graded = run("grade", tmp_path / "cohort", "-o", tmp_path / "grades", "--course", own_course)
    assert graded.exit_code in (0, 1), graded.output
    reports = [json.loads(path.read_text("utf-8")) for path in (tmp_path / "grades" / "reports").glob("*.json")]
    assert len(reports) == 6
    assert max(report["points"] for report in reports) == 3
    truth = json.loads((tmp_path / "cohort.truth.json").read_text("utf-8"))
    assert truth


def test_an_exercise_is_added_to_a_room_that_exists(own_course):
    """Both exercises keep their laws, and what stood in the files is still there."""
    before = (own_course / "reference" / "statistics.py").read_text("utf-8")
    made = run("new", "a01_statistics.spread", "--course", own_course)
    assert made.exit_code == 0, made.output
    assert "added to" in made.output
    assert (own_course / "reference" / "statistics.py").read_text("utf-8").startswith(before.rstrip())
    found = audited(own_course, "a01_statistics")
    assert found.exit_code == 0, found.output
    assert "6 mistakes, 6 named" in found.output


def test_a_room_is_made_where_there_is_none(own_course):
    """The room, its reference and its stub appear, in reading order."""
    assert run("new", "a12_attention.softmax_rows", "--course", own_course).exit_code == 0
    course = read_course(own_course / "assignments")
    assert [room.name for room in course.rooms] == ["a01_statistics", "a12_attention"]
    assert "raise NotImplementedError" in (course.rooms[1].path / "attention.py").read_text("utf-8")
    assert audited(own_course, "a12_attention").exit_code == 0


@pytest.mark.slow
def test_an_exercise_is_added_to_a_room_of_this_course(course_copy):
    """A room with imports, texts and types of its own takes another exercise, and breaks no law by it."""
    assert run("new", "a05_softmax.margin", "--course", course_copy).exit_code == 0
    found = audited(course_copy, "a05_softmax").output
    # The copy of the room lacks its capstone, of which texts are left over.
    broken = [line for line in found.splitlines() if line.startswith("BROKEN")]
    assert [line for line in broken if "belongs to nothing" not in line and "is said by nothing" not in line] == []
    assert not any("margin" in line for line in broken)
    assert "41 mistakes, 41 named" in found


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("mean", "no name for an exercise; expected room.exercise"),
        ("statistics.mean", "no name for an exercise"),
        ("a01_statistics.Mean", "no name for an exercise"),
        ("a01_statistics.mean_of_columns", "has an exercise 'mean_of_columns' already"),
        ("a02_statistics.other", "exists, and would be the reference of a02_statistics"),
        ("../evil.x", "no name for an exercise"),
    ],
)
def test_a_name_that_cannot_be_used_changes_nothing(own_course, name, said):
    """The message says what was expected, and no file is written."""
    before = {path: path.read_bytes() for path in own_course.rglob("*") if path.is_file()}
    answer = run("new", name, "--course", own_course)
    assert answer.exit_code == 2
    assert said in answer.output
    assert {path: path.read_bytes() for path in own_course.rglob("*") if path.is_file()} == before


def test_a_folder_in_use_is_left_alone(tmp_path):
    """A course is never made over something else, nor without a folder's name."""
    (tmp_path / "thesis.txt").write_text("mine")
    answer = run("new", "course", tmp_path)
    assert answer.exit_code == 2
    assert "is not empty" in answer.output
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]
    assert "name the folder" in run("new", "course").output


def test_a_file_that_is_no_python_is_named_and_nothing_is_written(own_course):
    """An exercise is not added to half of a room's files."""
    (own_course / "assignments" / "a01_statistics" / "variants.py").write_text("def broken(:\n")
    before = (own_course / "reference" / "statistics.py").read_bytes()
    answer = run("new", "a01_statistics.spread", "--course", own_course)
    assert answer.exit_code == 2
    assert "variants.py:1: is not valid Python" in answer.output
    assert (own_course / "reference" / "statistics.py").read_bytes() == before
    shutil.rmtree(own_course)
