"""The laws that a room's files keep: the stub is a fresh cut, nothing gives the answer away, nothing is unclaimed."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from autograder.audit.candidates import texts_for_students
from autograder.course import reference_text
from autograder.course.model import Course, Room
from autograder.course.restubbing import fresh_stub

CLAIMED = {
    "assignment.toml",
    "README.md",
    "README.zh.md",
    "mistakes.py",
    "pictures.py",
    "texts.zh.toml",
    "variants.py",
}
# Shorter lines, such as `m = Z.shape[1]`, belong to nobody.
SHORTEST_SOLUTION_LINE = 16


def file_laws(course: Course, room: Room) -> list[str]:
    """Return a sentence for each law that the room's files break."""
    stub = room.path / f"{room.module}.py"
    broken = []
    if stub.read_text(encoding="utf-8") != fresh_stub(course, room):
        broken.append(f"{stub.name} is not the stub that the reference gives; run: autograder stubs")
    broken += [f"{path} is claimed by nothing in the room" for path in _unclaimed(room)]
    solution = sorted(set(_solution_lines(reference_text(course, room), room)))
    for name, text in texts_for_students(room).items():
        # In the stub a line may stand inside a docstring's sentence; in prose it may stand inside backticks.
        lines = {line.strip() for line in text.split("\n")}
        leaked = [line for line in solution if (line in lines if name.endswith(".py") else line in text)]
        broken += [f"{name} gives away a line of the solution: {line}" for line in leaked]
    broken += _texts(course, room)
    return broken


def _texts(course: Course, room: Room) -> Iterator[str]:
    for name in ("README.md", "README.zh.md"):
        text = (room.path / name).read_text(encoding="utf-8")
        yield from (f"{name} does not speak of {each.name}" for each in room.graded if each.name not in text)
    for exercise in room.graded:
        for tag in sorted(set(re.findall(r"\bF\d+\b", exercise.notes)) - set(course.notes)):
            yield f"{exercise.name}: the notes {tag} are not in course.toml, which has {', '.join(course.notes)}"


def _unclaimed(room: Room) -> Iterator[Path]:
    checks = {path.relative_to(room.path).as_posix() for path in room.check_files}
    claimed = CLAIMED | checks | {f"{room.module}.py"}
    for path in sorted(room.path.rglob("*")):
        name = path.relative_to(room.path)
        # What a student's own run leaves behind is not part of the room.
        left_behind = any(part.startswith((".", "__pycache__")) for part in name.parts)
        if path.is_file() and not left_behind and name.as_posix() not in claimed:
            yield name


def _solution_lines(reference: str, room: Room) -> Iterator[str]:
    lines = reference.split("\n")
    exercises = {exercise.name for exercise in room.exercises}
    for node in ast.parse(reference).body:
        if not isinstance(node, ast.FunctionDef) or not (node.name in exercises or node.name.startswith("_")):
            continue
        body = node.body[1:] if ast.get_docstring(node) is not None else node.body
        for line in lines[body[0].lineno - 1 : node.end_lineno] if body else ():
            text = line.strip()
            # What a function is called, refuses or hands back is its contract, not its solution.
            plain = text.startswith(("#", "raise ", "if ", "def ")) or re.fullmatch(r"return [\w, ]+", text)
            if len(text) >= SHORTEST_SOLUTION_LINE and not plain:
                yield text
