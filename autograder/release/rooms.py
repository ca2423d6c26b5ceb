"""What students receive of one room: its statement, stub and public checks, and the texts that these need."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, get_args

from autograder.course.model import Course, Room
from autograder.course.reading import ROOM_FILE
from autograder.course.restubbing import fresh_stub
from autograder.course.tables import read_document
from autograder.course.texts import texts_file
from autograder.language import ENGLISH, LANGUAGES, Language
from autograder.release.cutting import public_checks
from autograder.release.documents import toml_text
from autograder.release.notebooks import room_notebook
from autograder.release.statements import read_text, statement, statements

Form = Literal["py", "ipynb", "both"]
FORMS: tuple[Form, ...] = get_args(Form)
# What is left out of an assignment.toml: for graders alone, or of use to those who have the whole course.
_NOT_IN_A_ROOM, _NOT_IN_AN_EXERCISE = ("capstone",), ("rows",)


@dataclass(frozen=True)
class Choice:
    """How students get a course: the language that comes first, and whether they write modules, notebooks or either."""

    language: Language = ENGLISH
    form: Form = "py"


def room_files(course: Course, room: Room, choice: Choice) -> dict[str, bytes]:
    """Return the files of a room by their names in its folder. Raises `CourseError`."""
    checks = public_checks(read_text(room, f"checks/test_{room.module}.py"), room)
    files = {
        ROOM_FILE: _cut_room(room).encode(),
        f"checks/test_{room.module}.py": checks.encode(),
        **statements(choice.language, {each: statement(room, each) for each in LANGUAGES}),
    }
    files |= {name: text.encode() for name, text in _cut_texts(room, checks)}
    if choice.form != "ipynb":
        files[f"{room.module}.py"] = stub(course, room)
    if choice.form != "py":
        files[f"{room.module}.ipynb"] = room_notebook(course, room, choice.language)
    return files


def stub(course: Course, room: Room) -> bytes:
    """Return the stub of a room as it is cut now, whatever stands in the room. Raises `CourseError`."""
    return fresh_stub(course, room).encode()


def _cut_room(room: Room) -> str:
    top = read_document(room.path / ROOM_FILE).values
    kept: dict[str, Any] = {key: value for key, value in top.items() if key not in _NOT_IN_A_ROOM}
    exercises = kept["exercises"]
    kept["exercises"] = [
        {key: value for key, value in exercise.items() if key not in _NOT_IN_AN_EXERCISE} for exercise in exercises
    ]
    return toml_text(kept)


def _cut_texts(room: Room, checks: str) -> Iterator[tuple[str, str]]:
    """Yield the files of the room's texts in other languages, with what public checks and exercises say."""
    tree = ast.parse(checks)
    names = {node.name.removeprefix("test_") for node in tree.body if isinstance(node, ast.FunctionDef)}
    said = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    exercises = {exercise.name for exercise in room.exercises}
    wanted = {"exercises": exercises, "checks": names, "messages": said}
    for language in LANGUAGES:
        file = texts_file(room, language)
        if language == ENGLISH or not file.is_file():
            continue
        top = read_document(file).values
        tables = {group: _only(top[group], keys) for group, keys in wanted.items() if group in top}
        yield file.name, toml_text({group: table for group, table in tables.items() if table})


def _only(table: Any, keys: set[str]) -> dict[str, Any]:
    return {key: value for key, value in table.items() if key in keys}
