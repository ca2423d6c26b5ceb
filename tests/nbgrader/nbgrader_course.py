"""A course of nbgrader's with two rooms of ours, and students who hand in with the names that students have."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from click.testing import CliRunner, Result
from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from autograder.cli import main
from autograder.course import read_course, reference_text
from autograder.course.model import Course, Room
from autograder.exports.reports import read_reports
from autograder.release.layout import setup_and_functions
from autograder.report import Report, settled, write_report

ROOMS = ("a05_softmax", "a06_init")
FULL, EMPTY, WRONG = "ada", "bo", "王小明, Q."
FIRST, SECOND = "2026-11-20 08:24:20.797123 UTC", "2026-11-21 09:00:00.000000 UTC"


@dataclass(frozen=True)
class Taught:
    """root: nbgrader's course. grades: what `grade` has written. ours: the folder with course.toml."""

    root: Path
    grades: Path
    ours: Path

    def export(self, *options: object) -> Result:
        """Run `autograder export nbgrader`."""
        words = ("export", "nbgrader", self.grades, "--course-dir", self.root, *options)
        return CliRunner().invoke(main, [str(word) for word in words])

    def grade(self, *options: object) -> SimpleNamespace:
        """Run `autograder grade COURSE/submitted`."""
        rooms = [word for room in ROOMS for word in ("--assignment", room)]
        words = ("grade", self.root / "submitted", "-o", self.grades, "--course", self.ours, "-j", "1", *rooms)
        return autograder(*words, *options, cwd=self.root.parent)


def write_course(root: Path, ours: Path) -> None:
    """Write the source notebooks and let nbgrader make the assignments of them."""
    course = read_course(ours)
    (root / "nbgrader_config.py").parent.mkdir(parents=True, exist_ok=True)
    (root / "nbgrader_config.py").write_text('c = get_config()\nc.CourseDirectory.course_id = "dl"\n')
    for name in ROOMS:
        put_notebook(root / "source" / name, course, course.room(name), {})
    for name in ROOMS:
        done = api(root).generate_assignment(name)
        assert done["success"], done


def hand_in(root: Path, ours: Path, student: str, room: str, *, wrong: dict[str, str], timestamp: str = FIRST) -> None:
    """Hand in a notebook with the right functions, but for those that are given as text."""
    course = read_course(ours)
    folder = root / "submitted" / student / room
    put_notebook(folder, course, course.room(room), wrong)
    (folder / "timestamp.txt").write_text(timestamp)


def hand_in_all(root: Path, ours: Path) -> None:
    """Ada has all right, Bo nothing, and Wang an accuracy that is upside down and no room a06_init."""
    course = read_course(ours)
    for name in ROOMS:
        hand_in(root, ours, FULL, name, wrong={}, timestamp=FIRST if name == ROOMS[0] else SECOND)
        nothing = {
            each.name: f"def {each.name}(*_):\n    raise NotImplementedError" for each in course.room(name).exercises
        }
        hand_in(root, ours, EMPTY, name, wrong=nothing)
    upside_down = "def accuracy(*values):\n    return 0.25"
    hand_in(root, ours, WRONG, ROOMS[0], wrong={"accuracy": upside_down})


def put_notebook(folder: Path, course: Course, room: Room, wrong: dict[str, str]) -> None:
    setup, functions = setup_and_functions(reference_text(course, room), room)
    cells = [_cell("markdown", "# A room", None), _cell("code", setup, None)]
    for exercise in room.exercises:
        text = wrong.get(exercise.name, functions[exercise.name])
        cells.append(_cell("code", text, {"grade_id": f"solution-{exercise.name}", "solution": True}))
        check = {"grade_id": f"check-{exercise.name}", "grade": True, "locked": True, "points": exercise.points}
        cells.append(_cell("code", f"assert callable({exercise.name})", check))
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    document = {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 4}
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{room.name}.ipynb").write_text(json.dumps(document), encoding="utf-8")


def _cell(kind: str, text: str, nbgrader: dict[str, Any] | None) -> dict[str, Any]:
    said = {"schema_version": 3, "grade": False, "locked": False, "solution": False, "task": False, **(nbgrader or {})}
    cell = {"cell_type": kind, "metadata": {"nbgrader": said} if nbgrader else {}, "source": text}
    return cell if kind == "markdown" else {**cell, "execution_count": None, "outputs": []}


def autograder(*words: object, cwd: Path) -> SimpleNamespace:
    """Run the command line; `code`, `out` and `err` of it."""
    environment = {**os.environ, "AUTOGRADER_SECRET": "a secret of the tests", "COLUMNS": "100"}
    command = [sys.executable, "-m", "autograder", *map(str, words)]
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, env=environment)
    return SimpleNamespace(code=done.returncode, out=done.stdout, err=done.stderr)


def api(root: Path) -> NbGraderAPI:
    """What formgrader asks."""
    os.environ["PATH"] = os.pathsep.join(
        dict.fromkeys([str(Path(sys.executable).parent), *os.environ["PATH"].split(":")])
    )
    config = Config()
    config.CourseDirectory.root = str(root)
    config.CourseDirectory.course_id = "dl"
    config.Exchange.root = str(root / "exchange")
    return NbGraderAPI(CourseDirectory(config=config), config=config)


def scores(root: Path, assignment: str) -> dict[str, float | None]:
    """What formgrader shows by student; None for what it takes for not graded."""
    shown = api(root).get_submissions(assignment)
    return {each["student"]: each["score"] if each["autograded"] else None for each in shown}


def dump(root: Path) -> list[str]:
    """All that is in the gradebook."""
    with closing(sqlite3.connect(root / "gradebook.db")) as database:
        return list(database.iterdump())


def files(root: Path) -> dict[str, int]:
    """Every file that formgrader opens, and when it was written."""
    return {str(path): path.stat().st_mtime_ns for path in (root / "autograded").rglob("*") if path.is_file()}


def change(grades: Path, student: str, **changes: Any) -> Report:
    """Change what the report of a student says."""
    report = report_of(grades, student)
    report = settled(replace(report, **changes))
    write_report(grades / "reports" / f"{report.submission.id}.json", report)
    return report


def report_of(grades: Path, student: str) -> Report:
    return next(each for each in read_reports(grades) if each.submission.student == student)
