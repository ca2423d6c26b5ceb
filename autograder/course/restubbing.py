"""Write the stubs that students start from, without ever writing over a student's work."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from autograder.course.loading import reference_text
from autograder.course.model import Course, Room
from autograder.course.stubs import cut_stub

State = Literal["fresh", "stale", "missing", "edited"]


@dataclass(frozen=True)
class Stub:
    """A room's stub file: where it is, how it stands, and the text that the reference gives now."""

    path: Path
    state: State
    text: str


def fresh_stub(course: Course, room: Room) -> str:
    """Return the stub of a room as the reference gives it now. Raises `CourseError`."""
    return cut_stub(reference_text(course, room), [exercise.name for exercise in room.exercises], room)


def look_at_stubs(course: Course) -> Iterator[Stub]:
    """Yield every room's stub. Raises `CourseError` when one cannot be cut."""
    for room in course.rooms:
        path = room.path / f"{room.module}.py"
        text = fresh_stub(course, room)
        yield Stub(path, _state(path, text, room), text)


def _state(path: Path, text: str, room: Room) -> State:
    if not path.exists():
        return "missing"
    present = path.read_text(encoding="utf-8", errors="replace")
    if present == text:
        return "fresh"
    return "stale" if is_untouched(present, room) else "edited"


def is_untouched(text: str, room: Room) -> bool:
    """Whether every exercise in `text` still only raises NotImplementedError."""
    try:
        functions = {node.name: node for node in ast.parse(text).body if isinstance(node, ast.FunctionDef)}
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    bodies = [functions[exercise.name].body for exercise in room.exercises if exercise.name in functions]
    return all(isinstance(body[-1], ast.Raise) and len(body) <= 2 for body in bodies)
