"""nbgrader's own commands on the notebooks that are written for it."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from autograder.course import function_source, read_course
from autograder.errors import AutograderError
from autograder.release.nbgrader_source import CONFIG_FILE, write_nbgrader_course
from autograder.sandbox.runtime import THREADS

pytestmark = pytest.mark.slow
ROOM = "a02_statistics"


@pytest.fixture(scope="module")
def course_of_the_page(read_only_page_course):
    return read_course(read_only_page_course)


@pytest.fixture(scope="module")
def written(tmp_path_factory, course_of_the_page):
    """nbgrader's course of one room, in a folder with a space and a Chinese name, and what its release became."""
    folder = tmp_path_factory.mktemp("nbgrader") / "课程 1"
    done = release(course_of_the_page, "--nbgrader", folder)
    assert done.returncode == 0, done.stderr
    assert f"Next, in {folder}: nbgrader generate_assignment {ROOM}" in done.stdout
    nbgrader(folder, "generate_assignment", ROOM)
    return folder


def release(course, *words):
    command = [sys.executable, "-m", "autograder", "release", *map(str, words), "--course", str(course.path)]
    return subprocess.run(command, capture_output=True, text=True)


@pytest.fixture(scope="module")
def scores(written, course_of_the_page):
    """What nbgrader gave three students: the reference, the stub, and one with a known mistake."""
    solution = notebook(written / "source")["solution-mean_of_columns"]
    room = course_of_the_page.rooms[0]
    mistake = function_source((room.path / "mistakes.py").read_text(encoding="utf-8"), "sum_of_columns")
    answers = {"right": solution, "wrong": mistake.replace("sum_of_columns", "mean_of_columns"), "stub": None}
    for student, answer in answers.items():
        shutil.copytree(written / "release" / ROOM, written / "submitted" / student / ROOM)
        if answer is not None:
            write_answer(written / "submitted" / student / ROOM / f"{ROOM}.ipynb", answer)
    nbgrader(written, "autograde", ROOM, "--create")
    with Gradebook(f"sqlite:///{written / 'gradebook.db'}") as gradebook:
        (cell,) = gradebook.find_notebook(ROOM, ROOM).grade_cells
        assert (cell.name, cell.max_score) == ("check-mean_of_columns", 3)
        return {each.student.id: each.score for each in gradebook.assignment_submissions(ROOM)}


def nbgrader(folder, *words):
    environment = {**os.environ, **THREADS, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(["nbgrader", *words], cwd=folder, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def notebook(step):
    cells = json.loads((step / ROOM / f"{ROOM}.ipynb").read_text(encoding="utf-8"))["cells"]
    return {cell["id"]: "".join(cell["source"]) for cell in cells}


def write_answer(path, text):
    document = json.loads(path.read_text(encoding="utf-8"))
    for cell in document["cells"]:
        if cell["id"] == "solution-mean_of_columns":
            cell["source"] = text
    path.write_text(json.dumps(document), encoding="utf-8")


def test_the_reference_gets_full_marks_and_the_stub_none(scores):
    """nbgrader runs the test cells itself, and writes what they say into its gradebook."""
    assert scores["right"] == 3
    assert scores["stub"] == 0


def test_a_mistake_gets_its_share(scores):
    """Partial credit is the share of the public checks' points: here a shape that is right, 0.5 of 2."""
    assert scores["wrong"] == pytest.approx(0.75)


def test_what_nbgrader_releases_holds_no_solution(written, course_of_the_page):
    """Neither the notebook nor what lies beside it has a line of the reference's body."""
    body = ["average: Array", ".mean(axis=1", "SOLUTION"]
    source, released = notebook(written / "source"), notebook(written / "release")
    assert all(line in source["solution-mean_of_columns"] for line in body)
    assert "raise NotImplementedError" in released["solution-mean_of_columns"]
    for file in (written / "release").rglob("*"):
        if file.is_file() and file.suffix != ".npz":
            held = [line for line in body if line in file.read_text(encoding="utf-8")]
            assert held == [], file


def test_a_release_validates_for_who_is_done(written, scores):
    """`nbgrader validate` passes the right answer, and tells of a test cell that gave less than its points."""
    assert "Success" in nbgrader(written, "validate", str(written / "submitted" / "right" / ROOM / f"{ROOM}.ipynb"))


def test_nothing_is_written_over(written, course_of_the_page):
    """A second time, with the assignment there, is refused; a configuration that is there stays as it is."""
    before = (written / "source" / ROOM / f"{ROOM}.ipynb").read_bytes()
    with pytest.raises(AutograderError, match="is there already"):
        write_nbgrader_course(course_of_the_page, course_of_the_page.rooms, written, "en", print)
    assert (written / "source" / ROOM / f"{ROOM}.ipynb").read_bytes() == before


def test_a_release_goes_to_one_place(course_of_the_page, tmp_path):
    """Without a place, or with two, nothing is written, and the message says what to give."""
    for words in ((), ("-o", tmp_path / "a", "--nbgrader", tmp_path / "b")):
        done = release(course_of_the_page, *words)
        assert done.returncode == 2
        assert "--nbgrader COURSE_DIR" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_configuration_of_the_instructors_own_stays(tmp_path, course_of_the_page):
    """The return value says whether one was written."""
    (tmp_path / CONFIG_FILE).write_text("# mine\n", encoding="utf-8")
    assert not write_nbgrader_course(course_of_the_page, course_of_the_page.rooms, tmp_path, "zh", lambda _: None)
    assert (tmp_path / CONFIG_FILE).read_text(encoding="utf-8") == "# mine\n"
    assert read_course(tmp_path / "source" / ROOM / "assignments").is_release
