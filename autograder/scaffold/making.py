"""Write what a new course or a new exercise begins with."""

import ast
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from string import Template

from autograder.atomic import make_folder, write_atomically
from autograder.course.model import Course, Room
from autograder.course.reading import read_course
from autograder.course.restubbing import look_at_stubs
from autograder.course.source import parse
from autograder.errors import CourseError
from autograder.scaffold.joining import joined

FIRST_ROOM, FIRST_EXERCISE = "a01_statistics", "mean_of_columns"
_COURSE_FILES = {
    "course.toml": "assignments/course.toml",
    "pytest.ini": "assignments/pytest.ini",
    "README.md": "README.md",
    "gitignore": ".gitignore",
}
_NAME = re.compile(r"[a-z][a-z0-9_]*\Z")
_ROOM = re.compile(r"[a-z]+\d+_([a-z][a-z0-9_]*)\Z")


@dataclass(frozen=True)
class Made:
    """What was made: the exercise as "room.exercise", the files that are new, and those that were added to."""

    name: str
    written: tuple[Path, ...]
    extended: tuple[Path, ...]


def new_course(folder: Path) -> Made:
    """Make a course of one small exercise in `folder`, which must not exist or be empty.

    Raises CourseError when something stands there already.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CourseError(f"{folder} exists and is not empty; name a folder that is not there yet")
    values = {"title": _title(folder.resolve().name), "room": FIRST_ROOM}
    texts = {folder / place: _filled(f"course/{name}", values) for name, place in _COURSE_FILES.items()}
    for name in ("assignments", "reference"):
        make_folder(folder / name)
    for path, text in texts.items():
        write_atomically(path, text.encode())
    made = _add(folder / "assignments", folder / "reference", FIRST_ROOM, None, FIRST_EXERCISE, notes="N1")
    return Made(made.name, (*texts, *made.written), made.extended)


def new_exercise(course: Course, name: str) -> Made:
    """Add the exercise "room.exercise" to a course, and the room where there is none of that name.

    It begins as a small exercise that keeps every law. Raises CourseError when it is there already, when a name cannot
    be used, or when a file of the room cannot be added to; nothing has been written then.
    """
    if course.is_release:
        raise CourseError(f"{course.path} is a release, which has no reference; write exercises in the course itself")
    room_name, _, exercise = name.rpartition(".")
    if not _NAME.match(exercise) or not _ROOM.match(room_name):
        raise CourseError(
            f"{name!r} is no name for an exercise; expected room.exercise in lower case, the room with its place in the"
            " reading order, as in a12_attention.softmax_rows"
        )
    room = next((room for room in course.rooms if room.name == room_name), None)
    if room and exercise in {each.name for each in room.graded}:
        raise CourseError(f"{room_name} has an exercise {exercise!r} already")
    return _add(course.path, course.reference, room_name, room, exercise, notes=next(iter(course.notes), "N1"))


def _add(assignments: Path, reference: Path, room_name: str, room: Room | None, exercise: str, *, notes: str) -> Made:
    found = _ROOM.match(room_name)
    assert found is not None
    module = room.module if room else found[1]
    folder = assignments / room_name
    if room is None and (reference / f"{module}.py").exists():
        raise CourseError(
            f"{reference / f'{module}.py'} exists, and would be the reference of {room_name}; call the room otherwise"
        )
    places = {
        "reference.py": reference / f"{module}.py",
        "assignment.toml": folder / "assignment.toml",
        "checks.py": folder / "checks" / f"test_{module}.py",
        **{
            name: folder / name for name in ("mistakes.py", "variants.py", "README.md", "README.zh.md", "texts.zh.toml")
        },
    }
    values = {"exercise": exercise, "room": room_name, "module": module, "notes": notes, "title": _title(module)}
    texts = {path: _text(part, path, values) for part, path in places.items()}
    new = [path for path in texts if not path.exists()]
    for path, text in texts.items():
        make_folder(path.parent)
        write_atomically(path, text.encode())
    course = read_course(assignments, stubs_may_be_missing=True)
    for stub in look_at_stubs(course):
        if stub.path.parent == folder.resolve() and stub.state != "fresh":
            new += [] if stub.path.exists() else [stub.path]
            texts[stub.path] = stub.text
            write_atomically(stub.path, stub.text.encode())
    return Made(f"{room_name}.{exercise}", tuple(new), tuple(path for path in texts if path not in new))


def _text(part: str, path: Path, values: Mapping[str, str]) -> str:
    """Return what a file of the room will hold, with the exercise in it."""
    begun = path.read_text(encoding="utf-8") if path.exists() else _filled(f"room/{part}", values)
    array = "Array" if part.endswith(".py") and "Array" in _assigned(begun, path) else "np.ndarray"
    added = _filled(f"exercise/{part}", {**values, "Array": array})
    return joined(begun, _filled(f"room/{part}", values), added, path)


def _assigned(text: str, path: Path) -> set[str]:
    """Return the names that a file gives a value with a type, such as an alias for arrays."""
    given = [node.target for node in parse(text, str(path)).body if isinstance(node, ast.AnnAssign)]
    return {target.id for target in given if isinstance(target, ast.Name)}


def _filled(name: str, values: Mapping[str, str]) -> str:
    file = files("autograder").joinpath("scaffold", "templates", *name.split("/"))
    if not file.is_file():
        raise CourseError("students' autograder begins no courses; install the one for authors")
    text = file.read_text(encoding="utf-8")
    return Template(text).substitute(values)


def _title(name: str) -> str:
    return name.replace("_", " ").replace("-", " ").strip().capitalize() or "A course"
