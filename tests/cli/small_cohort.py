"""Three submissions of the smallest room, and a look at what a run has left of them."""

import json
import os
import shutil
import sys
from pathlib import Path

from autograder.course import compose_source, read_course, reference_text

ROOM = "a06_init"
MODULE = "initialization.py"
SECRET = "a secret of the tests"
STORE = "results.sqlite3"


def write_cohort(folder: Path, course: Path) -> Path:
    """Ada has initialize_he right and nothing else, Ben has not begun, Cho is Ada with biases of one."""
    whole = read_course(course)
    room = whole.room(ROOM)
    others = {exercise.name: "stub" for exercise in room.exercises if exercise.name != "initialize_he"}
    right = compose_source(reference_text(whole, room), others, room)
    stub = (course / ROOM / MODULE).read_text(encoding="utf-8")
    put(folder, "Ada", right)
    put(folder, "Ben", stub)
    put(folder, "Cho", right.replace("np.zeros(", "np.ones("))
    return folder


def put(folder: Path, student: str, text: str) -> None:
    (folder / student).mkdir(parents=True, exist_ok=True)
    (folder / student / MODULE).write_text(text, encoding="utf-8")


def command(folder: Path, course: Path, *words: object) -> list[str]:
    """The command that grades the room of this cohort into ./out."""
    fixed = ("grade", folder, "-o", "out", "--course", course, "--assignment", ROOM)
    return [sys.executable, "-m", "autograder", *map(str, (*fixed, *words))]


def environment(**variables: str) -> dict[str, str]:
    return {**os.environ, "AUTOGRADER_SECRET": SECRET, "COLUMNS": "100", **variables}


def reports(output: Path) -> dict[str, dict]:
    """Every report by its student."""
    found = [json.loads(path.read_text(encoding="utf-8")) for path in (output / "reports").glob("*.json")]
    return {report["submission"]["student"]: report for report in found}


def reused(output: Path) -> set[str]:
    """Whose reports were taken from the store."""
    return {student for student, report in reports(output).items() if report["reused"]}


def gradebook(output: Path) -> bytes:
    return (output / "gradebook.csv").read_bytes()


def make_harder(course: Path) -> None:
    """Change a check so that no bias is right any more, which costs Ada 0.25 points and Cho nothing."""
    checks = course / ROOM / "checks" / f"test_{MODULE}"
    text = checks.read_text(encoding="utf-8")
    assert "assert_close(b, np.zeros(b.shape)" in text
    changed = text.replace("assert_close(b, np.zeros(b.shape)", "assert_close(b, np.full(b.shape, 9.0)")
    checks.write_text(changed, encoding="utf-8")


def one_line(text: str) -> str:
    """What a user was told, however it was wrapped."""
    assert "Traceback" not in text
    return " ".join(text.split())


def copy_of(output: Path, name: str) -> Path:
    """A copy of an output folder, to compare with what becomes of it."""
    return Path(shutil.copytree(output, output.parent / name))
