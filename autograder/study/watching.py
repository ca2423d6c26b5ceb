"""Notice which of a student's exercises have changed on disk."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from autograder.course.model import Course, Room
from autograder.study.own_file import function_digests

_BROKEN = "not Python"


@dataclass(frozen=True)
class Change:
    """What to check again: "room.exercise" names, and the rooms they are in, both in reading order."""

    rooms: tuple[Room, ...]
    exercises: tuple[str, ...]


def own_versions(rooms: Collection[Room], source: str | None = None) -> dict[str, str]:
    """Return a digest of each exercise's function as it stands on disk now, by "room.exercise".

    source: what answers for every room in place of what is on disk. In a module that is no Python, every function has
    one and the same version.
    """
    versions: dict[str, str] = {}
    for room in rooms:
        text = _on_disk(room) if source is None else source
        names = [exercise.name for exercise in room.exercises]
        digests = function_digests(text, names)
        fallback = "" if digests or not text.strip() else _BROKEN
        versions |= versions_from(room, {name: digests.get(name, fallback) for name in names})
    return versions


def versions_from(room: Room, digests: Mapping[str, str]) -> dict[str, str]:
    """Return the digests of a room's functions by "room.exercise"; that of its capstone is made of those it uses."""
    versions = {f"{room.name}.{name}": digest for name, digest in digests.items()}
    if room.capstone is not None:
        used = "".join(digests[name] for name in room.capstone.uses)
        versions[f"{room.name}.{room.capstone.name}"] = hashlib.sha256(used.encode()).hexdigest()[:16]
    return versions


def _on_disk(room: Room) -> str:
    try:
        return (room.path / f"{room.module}.py").read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return ""


def stamps(rooms: Collection[Room]) -> dict[str, tuple[tuple[int, int], ...]]:
    """Return time and size of each room's module and notebook: cheap to look at several times a second."""
    found = {}
    for room in rooms:
        files = [room.path / f"{room.module}{suffix}" for suffix in (".py", ".ipynb")]
        if seen := tuple(stamp for file in files if (stamp := _stamp(file)) is not None):
            found[room.name] = seen
    return found


def _stamp(file: Path) -> tuple[int, int] | None:
    try:
        status = file.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size


def changed(course: Course, before: Mapping[str, str], after: Mapping[str, str]) -> Change:
    """Return what differs between two looks at `own_versions`, together with what builds on it.

    A capstone, which takes seconds, is checked again when it is asked for.
    """
    touched = {name for name in after if after[name] != before.get(name)}
    exercises, rooms = [], []
    for room in course.rooms:
        grown = {name.partition(".")[2] for name in touched if name.startswith(f"{room.name}.")}
        while more := {each.name for each in room.exercises if grown & set(each.builds_on)} - grown:
            grown |= more
        names = [f"{room.name}.{each.name}" for each in room.exercises if each.name in grown]
        exercises += names
        rooms += [room] if names else []
    return Change(tuple(rooms), tuple(exercises))
