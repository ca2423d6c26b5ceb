"""What each page of docs/ says is there before its commands are run."""

import csv
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path


def instructors(folder: Path) -> None:
    """A roster, times of handing in, and a report of a student's own CI."""
    rows = [["Ann O'Neil", "ann@example.edu", "17", ""], ["李雷", "li@example.edu", "18", "yes"]]
    _write(folder / "roster.csv", [["name", "email", "moodle", "exempt"], *rows])
    (folder / "times.csv").write_text("student,time\nAnn O'Neil,2026-12-02T08:00+01:00\n", encoding="utf-8")
    (folder / "example.report.json").write_text(json.dumps(OWN_RUN), encoding="utf-8")


def platforms(folder: Path) -> None:
    """A tiny course, two submissions, a roster, and what Moodle and Canvas let an instructor download."""
    _tiny_course(folder)
    solved = (folder / "my-course" / "reference" / "statistics.py").read_text(encoding="utf-8")
    for name, text in (("Ann O'Neil", solved), ("李雷", solved.replace("axis=1", "axis=0"))):
        (folder / "downloads" / name).mkdir(parents=True)
        (folder / "downloads" / name / "statistics.py").write_text(text, encoding="utf-8")
    people = [["Ann O'Neil", "ann@example.edu", "17", "7001", "s-17"], ["李雷", "li@example.edu", "18", "7002", "s-18"]]
    _write(folder / "roster.csv", [["name", "email", "moodle", "canvas", "sis"], *people])
    titles = ["Identifier", "Full name", "Email address", "Status", "Grade", "Maximum grade", "Grade can be changed"]
    titles += ["Last modified (submission)", "Last modified (grade)", "Feedback comments"]
    rows = [[f"Participant {each[2]}", *each[:2], "Submitted", "", "3.00", "Yes", "", "", ""] for each in people]
    _write(folder / "worksheet.csv", [titles, *rows])
    titles = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Homework 1 (1234)"]
    rows = [[each[0], each[3], each[4], each[1], "A", ""] for each in people]
    _write(folder / "canvas.csv", [titles, ["    Points Possible", "", "", "", "", "3"], *rows])


def students(folder: Path) -> None:
    """A release of a tiny course, in which the page is read, and a solution to copy in."""
    _tiny_course(folder / "elsewhere")
    course = folder / "elsewhere" / "my-course"
    _run("release", "--course", course, "-o", folder / "release", "--format", "both")
    shutil.copytree(folder / "release", folder, dirs_exist_ok=True)
    (folder / "solved").mkdir()
    shutil.copy(course / "reference" / "statistics.py", folder / "solved")


def _tiny_course(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    _run("new", "course", folder / "my-course")


def _run(*words: object) -> None:
    subprocess.run([sys.executable, "-m", "autograder", *map(str, words)], check=True, capture_output=True)


def _write(path: Path, rows: list[list[str]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)


# What plain pytest with pytest-json-report leaves in a room of the tiny course.
OWN_RUN = {
    "created": 1796000000.0,
    "duration": 0.2,
    "exitcode": 1,
    "root": "/home/ann/students/assignments",
    "environment": {},
    "summary": {"passed": 1, "failed": 1, "total": 2, "collected": 2},
    "tests": [
        {
            "nodeid": f"a01_statistics/checks/test_statistics.py::test_mean_of_columns_{name}",
            "outcome": outcome,
            "user_properties": [
                {"exercise": "a01_statistics.mean_of_columns"},
                {"points": points},
                {"visibility": "public"},
            ],
        }
        for name, outcome, points in (("gives_a_column", "passed", 0.5), ("of_three_examples", "failed", 1.5))
    ],
}


def authors(_: Path) -> None:
    """Nothing: it begins with a command that makes a course."""


SETTINGS: Mapping[str, Callable[[Path], None]] = {
    "AUTHORING.md": authors,
    "INSTRUCTORS.md": instructors,
    "LMS.md": platforms,
    "STUDENTS.md": students,
}
