"""Find a course on disk and read it; a course that is wrong in any way is refused by file and line."""

import keyword
import os
from collections.abc import Mapping
from dataclasses import fields, replace
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from pathlib import Path
from typing import Any

from autograder.course.calendar import due_of, hidden_results_of
from autograder.course.digests import room_digest
from autograder.course.model import CAPSTONE_CHECKS, Capstone, Course, Exercise, Room
from autograder.course.spelling import did_you_mean
from autograder.course.tables import (
    Table,
    number_of,
    problem,
    read_document,
    refuse_unknown,
    table_of,
    tables_of,
    text_of,
    texts_of,
    unexpected,
    whole_of,
)
from autograder.errors import CourseError
from autograder.language import LANGUAGES, say
from autograder.limits import CAPSTONE_LIMITS, Limits

SCHEMA = 1
HINTS = 3
COURSE_FILE = "course.toml"
ROOM_FILE = "assignment.toml"
COURSE_KEYS = ("schema", "title", "reference", "notes", "recordings", "hidden_results", "due")
ROOM_KEYS = ("schema", "module", "prerequisites", "title", "limits", "exercises", "capstone")
EXERCISE_KEYS = (
    "name",
    "points",
    "difficulty",
    "importance",
    "minutes",
    "needs",
    "builds_on",
    "notes",
    "rows",
    "title",
    "hints",
    "limits",
)
CAPSTONE_KEYS = ("uses", *(key for key in EXERCISE_KEYS if key != "builds_on"))


def find_course(start: Path) -> Path:
    """Return the folder of the course that `start` is in or holds.

    Looks for course.toml in `start`, in `start`/assignments, then in the same two places of each parent.
    Raises CourseError when there is none.
    """
    start = start.resolve()
    for folder in (start, *start.parents):
        for candidate in (folder, folder / "assignments"):
            if (candidate / COURSE_FILE).is_file():
                return candidate
    raise CourseError(
        say(
            "no course at {start}: looked for {file} and assignments/{file} there and in every folder above."
            " Start inside a course, or name its folder.",
            start=start,
            file=COURSE_FILE,
        )
    )


def read_course(path: Path, *, stubs_may_be_missing: bool = False) -> Course:
    """Return the course whose course.toml is in the folder `path`, every room read and validated.

    `stubs_may_be_missing` is for whoever is about to write the stubs. Raises CourseError naming file and
    line.
    """
    path = path.resolve()
    top = read_document(path / COURSE_FILE)
    _require_schema(top)
    refuse_unknown(top, COURSE_KEYS)
    notes = table_of(top, "notes")
    recordings = _folder(top, "recordings", "recorded answers") if "recordings" in top.values else None
    rooms = _read_rooms(path, stubs_may_be_missing=stubs_may_be_missing, is_release=recordings is not None)
    return Course(
        path=path,
        title=_both_languages(top, "title"),
        reference=_folder(top, "reference", "solutions"),
        notes={key: text_of(notes, key) for key in notes.values},
        rooms=rooms,
        recordings=recordings,
        hidden_results=hidden_results_of(top),
        due=due_of(top, [room.name for room in rooms]),
    )


def _folder(top: Table, key: str, content: str) -> Path:
    folder = top.file.parent / text_of(top, key)
    # Of a name that is too long or holds a NUL, pathlib raises.
    if not os.path.isdir(folder):  # noqa: PTH112
        raise unexpected(top, key, f"a folder of {content}, relative to {top.file.parent}")
    return folder.resolve()


def _read_rooms(path: Path, *, stubs_may_be_missing: bool, is_release: bool) -> tuple[Room, ...]:
    rooms: list[Room] = []
    for folder in sorted(path.iterdir(), key=lambda folder: folder.name):
        if not (folder / ROOM_FILE).is_file():
            _refuse_half_a_room(folder)
            continue
        top = read_document(folder / ROOM_FILE)
        room = _read_room(top, stubs_may_be_missing=stubs_may_be_missing, is_release=is_release)
        for other in rooms:
            if other.module == room.module:
                raise unexpected(top, "module", f"a module of its own; {other.name} has this one")
        rooms.append(room)
    if not rooms:
        raise CourseError(
            f"{path}: the course has no rooms. A room is a folder in it that holds {ROOM_FILE}, <module>.py,"
            " checks/test_<module>.py, mistakes.py, variants.py, README.md and README.zh.md."
        )
    return tuple(rooms)


def _refuse_half_a_room(folder: Path) -> None:
    for name in ("checks", "mistakes.py", "variants.py"):
        if (folder / name).exists():
            raise CourseError(
                f"{folder}: has {name} but no {ROOM_FILE}, so it would not be graded."
                f" Add {ROOM_FILE}, or move {name} out."
            )


def _read_room(top: Table, *, stubs_may_be_missing: bool, is_release: bool) -> Room:
    path = top.file.parent
    _require_schema(top)
    refuse_unknown(top, ROOM_KEYS)
    module = _identifier(top, "module")
    tables = tables_of(top, "exercises")
    limits = _read_limits(top, Limits())
    exercises = tuple(_read_exercise(table, path.name, limits) for table in tables)
    _check_names(tables, exercises)
    _check_builds_on(tables, exercises)
    capstone = _read_capstone(top, exercises)
    files = [f"checks/test_{module}.py", "README.md"]
    files += [] if is_release else ["mistakes.py", "variants.py", "README.zh.md"]
    files += [f"checks/{CAPSTONE_CHECKS}"] * (capstone is not None)
    # Of a release some write the notebook, and its stubs lie elsewhere.
    files += [] if stubs_may_be_missing or is_release else [f"{module}.py"]
    _check_files(top, module, files)
    return Room(
        name=path.name,
        path=path,
        module=module,
        title=_both_languages(top, "title"),
        prerequisites=_names(top, "prerequisites"),
        exercises=exercises,
        digest=room_digest(path, module, has_capstone=capstone is not None),
        capstone=capstone,
    )


def _read_exercise(table: Table, room: str, limits: Limits) -> Exercise:
    refuse_unknown(table, EXERCISE_KEYS)
    return Exercise(room=room, builds_on=_names(table, "builds_on"), **_described(table, limits))


def _read_capstone(top: Table, exercises: tuple[Exercise, ...]) -> Capstone | None:
    if "capstone" not in top.values:
        return None
    table = table_of(top, "capstone")
    refuse_unknown(table, CAPSTONE_KEYS)
    names = [exercise.name for exercise in exercises]
    uses = texts_of(table, "uses")
    for name in uses:
        if name not in names:
            message = f"uses names {name!r}, which is not an exercise of this room.{did_you_mean(name, names)}"
            raise problem(table, "uses", f"{message} Expected some of: {', '.join(names)}.")
    described = _described(table, CAPSTONE_LIMITS)
    if described["name"] in names:
        raise unexpected(table, "name", "a name that no exercise of the room has")
    return Capstone(room=top.file.parent.name, builds_on=(), uses=uses, **described)


def _described(table: Table, limits: Limits) -> dict[str, Any]:
    """Return what an exercise and a capstone both say of themselves, by the field that holds it."""
    hints = table_of(table, "hints")
    refuse_unknown(hints, LANGUAGES)
    return {
        "name": _identifier(table, "name"),
        "points": number_of(table, "points"),
        "difficulty": whole_of(table, "difficulty", 5),
        "importance": whole_of(table, "importance", 5),
        "minutes": whole_of(table, "minutes"),
        "needs": _names(table, "needs"),
        "notes": text_of(table, "notes"),
        "rows": _names(table, "rows"),
        "title": _both_languages(table, "title"),
        "hints": {language: texts_of(hints, language, HINTS) for language in LANGUAGES},
        "limits": _read_limits(table, limits),
    }


def _require_schema(top: Table) -> None:
    # Before unknown keys: a file of another schema has other keys, and its number is the better news.
    if whole_of(top, "schema") != SCHEMA:
        raise unexpected(top, "schema", f"{SCHEMA}, the only schema this version of autograder reads")


def _both_languages(table: Table, key: str) -> Mapping[str, str]:
    texts = table_of(table, key)
    refuse_unknown(texts, LANGUAGES)
    return {language: text_of(texts, language) for language in LANGUAGES}


def _names(table: Table, key: str) -> tuple[str, ...]:
    return texts_of(table, key) if key in table.values else ()


def _identifier(table: Table, key: str) -> str:
    name = text_of(table, key)
    if not name.isidentifier() or keyword.iskeyword(name) or name.startswith("_"):
        raise unexpected(table, key, "a Python name that does not start with an underscore")
    return name


def _read_limits(holder: Table, around: Limits) -> Limits:
    """Return the limits that hold in a room or an exercise: its own [limits], and `around` for what they leave out."""
    if "limits" not in holder.values:
        return around
    table = table_of(holder, "limits")
    defaults = {field.name: field.default for field in fields(Limits)}
    refuse_unknown(table, tuple(defaults))
    chosen: dict[str, Any] = {
        key: whole_of(table, key) if isinstance(defaults[key], int) else number_of(table, key) for key in table.values
    }
    return replace(around, **chosen)


def _check_names(tables: tuple[Table, ...], exercises: tuple[Exercise, ...]) -> None:
    seen: set[str] = set()
    for table, exercise in zip(tables, exercises, strict=True):
        if exercise.name in seen:
            raise unexpected(table, "name", "a name that no other exercise of the room has")
        seen.add(exercise.name)


def _check_builds_on(tables: tuple[Table, ...], exercises: tuple[Exercise, ...]) -> None:
    names = [exercise.name for exercise in exercises]
    for table, exercise in zip(tables, exercises, strict=True):
        for other in exercise.builds_on:
            if other not in names:
                message = f"builds_on names {other!r}, which is not an exercise of this room."
                known = f"{did_you_mean(other, names)} Expected some of: {', '.join(names)}."
                raise problem(table, "builds_on", message + known)
    try:
        TopologicalSorter({exercise.name: exercise.builds_on for exercise in exercises}).prepare()
    except CycleError as error:
        circle: list[str] = error.args[1]
        # graphlib lists each name after the one that is built on it.
        steps = ", ".join(f"{later} builds on {earlier}" for earlier, later in pairwise(circle))
        table = tables[min(names.index(name) for name in circle)]
        raise problem(table, "builds_on", f"builds_on goes in a circle: {steps}. Expected no circle.") from error


def _check_files(top: Table, module: str, files: list[str]) -> None:
    folder = top.file.parent
    missing = [name for name in files if not os.path.isfile(folder / name)]  # noqa: PTH113
    if missing:
        raise problem(
            top,
            "module",
            f"room {folder.name} with module {module!r} lacks {', '.join(missing)};"
            f" expected in {folder}: {', '.join(files)}.",
        )
