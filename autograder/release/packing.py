"""Pack what a student has written into the zip that is handed in, after it was read as it will be when it is graded."""

import hashlib
import json
import platform
import shutil
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Literal

from autograder import __version__
from autograder.course.model import Course, Room
from autograder.course.restubbing import fresh_stub
from autograder.errors import AutograderError
from autograder.grading.handiwork import Handiwork, handiworks, versions_of
from autograder.intake.reading import read_submissions
from autograder.language import phrase, say
from autograder.release.wheel import stored_zip
from autograder.study.diary import Diary, diary_file, read_diary
from autograder.study.own_file import codes_of, place_of_error

SCHEMA = 1
MANIFEST = "manifest.json"
State = Literal["untouched", "changed", "finished"]


@dataclass(frozen=True)
class Packed:
    """A zip to hand in. files: what is in it beside the manifest. told: where each room stands, for the student.

    warnings: what may be meant, or not. refused: why it must not be handed in as it is; then nothing is written.
    """

    content: bytes
    files: tuple[str, ...]
    told: tuple[str, ...]
    warnings: tuple[str, ...]
    refused: tuple[str, ...]


@dataclass
class _Packing:
    files: dict[str, bytes] = field(default_factory=dict)
    states: dict[str, State] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def require_zip(file: Path) -> None:
    """Raise `AutograderError` unless `file` is named like a zip: what is there under that name is written over."""
    if file.suffix.lower() != ".zip" or file.is_dir():
        raise AutograderError(say("{file} is no name for a zip; name one that ends in .zip with -o", file=file))


def pack(course: Course, rooms: Sequence[Room]) -> Packed:
    """Return what a student can hand in of `rooms`. Raises `CourseError` when a stub cannot be read."""
    packing = _Packing()
    diary, versions = read_diary(diary_file(course.path)), versions_of(rooms)
    for room in rooms:
        _pack_room(packing, course, room, diary, versions)
    content = stored_zip({**packing.files, MANIFEST: _manifest(packing)})
    if packing.files:
        packing.refused += _refusals(packing.files, content, rooms)
    elif not packing.refused:
        packing.refused.append(say("there is nothing to hand in: no exercise has been changed"))
    told, warnings, refused = tuple(packing.told), tuple(packing.warnings), tuple(packing.refused)
    return Packed(content, tuple(packing.files), told, warnings, refused)


def _pack_room(packing: _Packing, course: Course, room: Room, diary: Diary, versions: Mapping[str, str]) -> None:
    stub = codes_of(fresh_stub(course, room))
    changed = [work for work in handiworks(room) if work.problem or codes_of(work.text) != stub]
    names = [exercise.name for exercise in room.exercises]
    if not changed:
        packing.states |= {f"{room.name}.{name}": "untouched" for name in names}
        packing.told.append(say("{room}: not begun", room=room.name))
        return
    if len(changed) > 1:
        one, other = (work.file.name for work in changed)
        told = say(
            "both {one} and {other} have been changed, and only one counts; put the other away", one=one, other=other
        )
        packing.refused.append(f"{room.name}: {told}")
    work = changed[0]
    packing.files[f"{room.name}/{work.file.name}"] = work.content
    _look_at(packing, room, work)
    codes = codes_of(work.text)
    for name in names:
        key = f"{room.name}.{name}"
        entry = diary.entry(key)
        if codes.get(name) in (None, stub.get(name)):
            packing.states[key] = "untouched"
        else:
            is_finished = entry.passed and entry.version == versions.get(key)
            packing.states[key] = "finished" if is_finished else "changed"
    packing.told.append(_in_short(room, {name: packing.states[f"{room.name}.{name}"] for name in names}))


def _look_at(packing: _Packing, room: Room, work: Handiwork) -> None:
    """Note what a file may suffer from: that it cannot be read, or is no Python as it stands."""
    name = f"{room.name}/{work.file.name}"
    told = phrase("{file}, line {line}: is not Python as it stands, so nothing in it can earn points")
    if work.problem:
        packing.refused.append(f"{name}: {work.problem}")
    elif (line := place_of_error(work.text)) is not None:
        packing.warnings.append(say(told, file=name, line=line))


def _in_short(room: Room, states: Mapping[str, State]) -> str:
    counts = Counter(states.values())
    line = say(
        "{room}: {finished} finished by your last check, {changed} changed, {untouched} untouched",
        room=room.name,
        finished=counts["finished"],
        changed=counts["changed"],
        untouched=counts["untouched"],
    )
    left = [name for name, state in states.items() if state == "untouched"]
    return line + (f" ({', '.join(left)})" if left else "")


def _manifest(packing: _Packing) -> bytes:
    document = {
        "schema": SCHEMA,
        "autograder": __version__,
        "python": platform.python_version(),
        "numpy": version("numpy"),
        "files": {name: hashlib.sha256(content).hexdigest() for name, content in packing.files.items()},
        "exercises": packing.states,
    }
    return (json.dumps(document, indent=1, sort_keys=True) + "\n").encode()


def _refusals(files: Mapping[str, bytes], content: bytes, rooms: Sequence[Room]) -> list[str]:
    """Return what intake says against a zip, in a folder of its own as an instructor would have it."""
    folder = Path(tempfile.mkdtemp())
    try:
        (folder / "submission.zip").write_bytes(content)
        (submission,) = read_submissions(folder, {f"{room.module}.py" for room in rooms})
    except OSError as error:
        raise AutograderError(
            say("the zip cannot be tried out in {folder}: {reason}", folder=folder.parent, reason=error.strerror)
        ) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if submission.problem is not None:
        return [submission.problem]
    unread = [name for name in files if name not in submission.sources]
    notes = [note for note in submission.notes if any(note.startswith(f"{name}:") for name in unread)]
    return notes or unread
