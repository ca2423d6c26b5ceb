"""What a student has written of a room: the module that stands there, or the notebook where that is what they use."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from autograder.course.model import Room
from autograder.course.restubbing import is_untouched
from autograder.errors import CourseError
from autograder.intake.notebooks import notebook_source
from autograder.intake.refusals import MAX_NOTEBOOK_BYTES, UnreadableError
from autograder.intake.sources import decode_source
from autograder.language import say
from autograder.sandbox.worker.definitions import needed_lines
from autograder.study.own_file import function_digests
from autograder.study.watching import own_versions, versions_from


@dataclass(frozen=True)
class Handiwork:
    """One file of a student's, as it is on disk. text: its Python; "" where it cannot be read, and problem says why."""

    file: Path
    content: bytes
    text: str
    problem: str = ""


def handiworks(room: Room) -> tuple[Handiwork, ...]:
    """Return what stands in a room, the file that counts first; nothing where there is neither module nor notebook.

    A module counts before a notebook, as it does when work is graded, unless nothing has been written in it.
    """
    found = [_read(room.path / f"{room.module}{suffix}") for suffix in (".py", ".ipynb")]
    there = [each for each in found if each is not None]
    return tuple(sorted(there, key=lambda each: not each.problem and is_untouched(each.text, room)))


def own_modules(rooms: Collection[Room]) -> dict[str, str]:
    """Return the source that counts of each room, by the name of its file. Raises `CourseError`."""
    sources = {}
    for room in rooms:
        works = handiworks(room)
        if not works:
            path = room.path / f"{room.module}.py"
            raise CourseError(say("{path} is missing, and there is no notebook in its place", path=path))
        if works[0].problem:
            raise CourseError(f"{works[0].file}: {works[0].problem}")
        sources[works[0].file.name] = works[0].text
    return sources


def versions_of(rooms: Collection[Room]) -> dict[str, str]:
    """Return `own_versions` of what counts in each room, notebooks included."""
    versions: dict[str, str] = {}
    for room in rooms:
        work = next(iter(handiworks(room)), None)
        if work is not None and work.file.suffix == ".ipynb":
            versions |= notebook_versions(room, partial(_needed, work.text))
        else:
            versions |= own_versions([room], work.text if work else "")
    return versions


def _needed(text: str, names: list[str]) -> str:
    return needed_lines(text, names)[0]


def notebook_versions(room: Room, needed: Callable[[list[str]], str]) -> dict[str, str]:
    """Return a digest of each exercise as a notebook has it, by "room.exercise"; its scratch work changes none.

    needed: gives the source of what functions need of the notebook, which may be open in a kernel or lie on disk.
    """
    names = [exercise.name for exercise in room.exercises]
    return versions_from(room, {name: function_digests(needed([name]), [name]).get(name, "") for name in names})


def _read(file: Path) -> Handiwork | None:
    try:
        with file.open("rb") as stream:
            content = stream.read(MAX_NOTEBOOK_BYTES + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        return Handiwork(file, b"", "", say("cannot be read: {reason}", reason=error.strerror))
    try:
        read = notebook_source if file.suffix == ".ipynb" else decode_source
        return Handiwork(file, content, read(content)[0])
    except UnreadableError as error:
        return Handiwork(file, content, "", str(error))
