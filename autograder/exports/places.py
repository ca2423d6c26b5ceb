"""Where an exercise stands in a student's repository: the file of its room and the line of its `def`."""

import os
import re
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from autograder.course.model import Course, Room
from autograder.course.restubbing import is_untouched
from autograder.report import Report

_MOST_BYTES = 1 << 20
_NUMBER = re.compile(r"\A[a-z]*\d*_")


@dataclass(frozen=True)
class Place:
    """A line of a file; file: relative to the repository, with "/"."""

    file: str
    line: int


Places = Mapping[tuple[str, str], Place]


def place_of(room: str, exercise: str, places: Places) -> Place:
    """Return where an exercise stands; where that is not known, the first line of what its file is usually called."""
    known = places.get((room, exercise))
    if known is not None:
        return known
    safe = re.sub(r"[^\w.-]", "_", room).lstrip(".") or "room"
    return Place(f"assignments/{safe}/{_NUMBER.sub('', safe) or safe}.py", 1)


def places_in(course: Course, repository: Path) -> dict[tuple[str, str], Place]:
    """Return where the exercises of a course stand, as seen from the folder of the repository that holds it.

    A file is only searched for lines that begin with `def`; one that cannot be read gives line 1, as does a capstone,
    which has no function of its own.
    """
    found = {}
    for room in course.rooms:
        path, lines = _written(room)
        relative = PurePosixPath(os.path.relpath(path, repository.resolve())).as_posix()
        for exercise in room.graded:
            found[room.name, exercise.name] = Place(relative, lines.get(exercise.name, 1))
    return found


def _written(room: Room) -> tuple[Path, dict[str, int]]:
    """Return the file of a room that a student has written, and the lines of its functions, which a notebook lacks."""
    module, notebook = (room.path / f"{room.module}{suffix}" for suffix in (".py", ".ipynb"))
    text = _text(module)
    if notebook.is_file() and (text is None or is_untouched(text, room)):
        return notebook, {}
    return module, dict(_functions(text or ""))


def first_place(report: Report, places: Places) -> Place:
    """Return where to put what is said of the whole report: at the first exercise."""
    for exercise in report.exercises:
        return Place(place_of(exercise.room, exercise.name, places).file, 1)
    return Place("README.md", 1)


def _text(path: Path) -> str | None:
    """Return the beginning of a file, or None where there is none that can be read."""
    try:
        # A student's repository: neither a link nor a pipe is followed.
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return None
    with os.fdopen(descriptor, "rb") as file:
        is_regular = stat.S_ISREG(os.fstat(descriptor).st_mode)
        return file.read(_MOST_BYTES).decode("utf-8", "replace") if is_regular else None


def _functions(text: str) -> Iterator[tuple[str, int]]:
    """Yield the name and the line of each function at the left margin, of two equal names the later."""
    for number, line in enumerate(text.splitlines(), start=1):
        if match := re.match(r"def\s+(\w+)\s*\(", line[:200]):
            yield match[1], number
