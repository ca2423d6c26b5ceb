"""Make the course that everything here is measured on: two real rooms with about as many checks as an assignment."""

import ast
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any

from autograder.course import cut_stub, read_course
from autograder.course.model import Course, Room
from autograder.errors import CourseError

ROOMS = ("a05_softmax", "a10_batchnorm")
READMES = ("README.md", "README.zh.md")


@dataclass(frozen=True)
class Found:
    """A check as its file has it. first, last: its lines, decorators included, counted from 1."""

    room: str
    exercise: str
    name: str
    hidden: bool
    points: float
    first: int
    last: int


def make_course(source: Path, folder: Path, count: int) -> Course:
    """Copy the course at `source` into `folder`, with `count` checks left. Raises `CourseError`."""
    course = folder / "assignments"
    course.mkdir(parents=True)
    shutil.copy(source / "course.toml", course)
    no_bytecode = shutil.ignore_patterns("__pycache__")
    shutil.copytree(source.parent / "reference", folder / "reference", ignore=no_bytecode)
    for name in ROOMS:
        shutil.copytree(source / name, course / name, ignore=no_bytecode)
        for readme in READMES:
            if not (course / name / readme).exists():
                (course / name / readme).write_text("A room of a benchmark.\n", encoding="utf-8")
        _drop_capstone(course / name)
    rooms = [room for room in read_course(course, stubs_may_be_missing=True).rooms if room.name in ROOMS]
    kept = choose(rooms, count)
    for room in rooms:
        own = [check for check in kept if check.room == room.name]
        _drop_other_checks(room, own)
        _adjust_points(room, own)
        _write_stub(room, folder / "reference")
    return _agreeing(read_course(course), kept)


def _drop_capstone(room: Path) -> None:
    """Leave the exercises alone: what is measured is many small checks, and nbgrader has no training loop to offer."""
    file = room / "assignment.toml"
    file.write_text(file.read_text(encoding="utf-8").partition("\n[capstone]\n")[0] + "\n", encoding="utf-8")
    (room / "checks" / "test_capstone.py").unlink(missing_ok=True)


def checks_file(room: Room) -> Path:
    """Return the file that holds the checks of `room`."""
    return room.path / "checks" / f"test_{room.module}.py"


def find_checks(room: Room) -> list[Found]:
    """Return the checks of `room` in the order of their file."""
    tree = ast.parse(checks_file(room).read_text(encoding="utf-8"))
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")]
    return [_found(room, function) for function in functions]


def choose(rooms: Sequence[Room], count: int) -> list[Found]:
    """Return `count` checks, taken from all exercises in turn and from each alternately public and hidden."""
    by_exercise = [
        _alternating([check for check in find_checks(room) if check.exercise == exercise.name])
        for room in rooms
        for exercise in room.exercises
    ]
    in_turn = [check for layer in zip_longest(*by_exercise) for check in layer if check is not None]
    if count < len(by_exercise):
        raise CourseError(f"{count} checks asked for; expected one or more for each of {len(by_exercise)} exercises")
    return in_turn[:count]


def _found(room: Room, function: ast.FunctionDef) -> Found:
    marks: dict[str, Any] = {}
    for mark in function.decorator_list:
        if isinstance(mark, ast.Call):
            marks[ast.unparse(mark.func)] = ast.literal_eval(mark.args[0])
        else:
            marks[ast.unparse(mark)] = True
    return Found(
        room=room.name,
        exercise=marks["exercise"],
        name=function.name,
        hidden="hidden" in marks,
        points=float(marks["points"]),
        first=min(mark.lineno for mark in function.decorator_list),
        last=function.end_lineno or function.lineno,
    )


def _alternating(checks: Iterable[Found]) -> list[Found]:
    checks = list(checks)
    public, hidden = ([check for check in checks if check.hidden is wanted] for wanted in (False, True))
    return [check for pair in zip_longest(public, hidden) for check in pair if check is not None]


def _drop_other_checks(room: Room, kept: Sequence[Found]) -> None:
    names = {check.name for check in kept}
    lines = checks_file(room).read_text(encoding="utf-8").split("\n")
    for check in reversed(find_checks(room)):
        if check.name not in names:
            del lines[check.first - 1 : check.last]
    checks_file(room).write_text("\n".join(lines), encoding="utf-8")


def _adjust_points(room: Room, kept: Sequence[Found]) -> None:
    file = room.path / "assignment.toml"
    exercise = ""
    lines = file.read_text(encoding="utf-8").split("\n")
    for number, line in enumerate(lines):
        key, _, value = (part.strip() for part in line.partition("="))
        if key == "name":
            exercise = ast.literal_eval(value)
        elif key == "points":
            lines[number] = f"points = {sum(check.points for check in kept if check.exercise == exercise)}"
    file.write_text("\n".join(lines), encoding="utf-8")


def _write_stub(room: Room, reference: Path) -> None:
    source = (reference / f"{room.module}.py").read_text(encoding="utf-8")
    stub = cut_stub(source, [exercise.name for exercise in room.exercises], room)
    (room.path / f"{room.module}.py").write_text(stub, encoding="utf-8")


def _agreeing(course: Course, kept: Sequence[Found]) -> Course:
    worth = sum(exercise.points for room in course.rooms for exercise in room.exercises)
    checks = [check for room in course.rooms for check in find_checks(room)]
    if len(checks) != len(kept) or abs(worth - sum(check.points for check in kept)) > 1e-9:
        raise CourseError(f"{course.path}: {len(checks)} checks, {worth:g} points; expected {len(kept)} that add up")
    return course
