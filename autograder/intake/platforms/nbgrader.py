"""nbgrader's folder of what students handed in: {student}/{assignment}/, with a notebook and a timestamp.txt in each.

An assignment is a room. The notebook named like the assignment is the one that nbgrader knows, so it is the one that
answers; where there is none, whatever else the folder holds is read as in any other folder.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from autograder.intake.folders import from_disk, is_ignored
from autograder.intake.names import shown
from autograder.intake.platforms.entry import Download, Entry, Place, Platform
from autograder.intake.platforms.plain import plain_entry
from autograder.intake.refusals import UnreadableError
from autograder.language import say
from autograder.moments import in_utc

TIMESTAMP = "timestamp.txt"
_MOST_BYTES = 1000
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d(?::\d\d)?)(?:\.(\d{1,9}))?\s*(\S*)")
_OFFSET = re.compile(r"([+-])(\d\d):?(\d\d)(?::?\d\d)?")


def claims(download: Download) -> Collection[str]:
    """Return the students' folders in which stands what nbgrader alone puts there, and with them links and empty ones.

    Only these: a student could put a timestamp.txt anywhere, and that must not decide how others are read.
    """
    likely = [place for place in download.listed() if _could_be_students(place)]
    sure = {place.name for place in likely if _is_students(download, place.name)}
    return [place.name for place in likely if place.name in sure or not download.listed(place.name)] if sure else ()


def _could_be_students(place: Place) -> bool:
    """Whether this may stand for a student: a link does too, and is then said not to be read."""
    entry = plain_entry(place)
    return entry is not None and entry.form == "folder"


def _is_students(download: Download, student: str) -> bool:
    for place in download.listed(student):
        if place.kind == "folder" and not is_ignored(place.name):
            inside = {file.name for file in download.listed(f"{student}/{place.name}") if file.kind == "file"}
            if inside & {TIMESTAMP, f"{place.name}.ipynb"}:
                return True
    return False


def entries(download: Download, rooms: Collection[str]) -> Sequence[Entry]:
    """Return one entry a student, with the folders of all `rooms` that were handed in; the latest time is its own.

    rooms: names, or names with the module of each, under which the notebook of a room is then read.
    """
    found = []
    for place in download.listed():
        if _could_be_students(place):
            found += _entry(download, place, rooms)
    return found


def _entry(download: Download, place: Place, rooms: Collection[str]) -> list[Entry]:
    """Return what a student handed in of `rooms`; nothing where that is nothing."""
    student = place.name
    name = from_disk(student)
    if place.kind != "folder":
        return [Entry(name, {student: ""}, ids={"nbgrader": name})]
    handed_in = [each.name for each in download.listed(student) if each.kind != "file" and each.name in rooms]
    if not handed_in:
        return []
    pieces: dict[str, str] = {}
    moments: list[str] = []
    notes: list[str] = []
    for room in handed_in:
        folder = f"{student}/{room}"
        path, called, beside = _piece(download, folder, room, rooms)
        pieces[path] = called
        when, remark = _submitted(download, folder)
        moments += [when] if when else []
        notes += [f"{shown(room)}: {told}" for told in (beside, remark) if told]
    return [
        Entry(
            student=name,
            pieces=pieces,
            ids={"nbgrader": name},
            submitted=max(moments, default=None),
            told_by=TIMESTAMP if moments else "",
            notes=tuple(notes),
        )
    ]


def _piece(download: Download, folder: str, room: str, rooms: Collection[str]) -> tuple[str, str, str]:
    """Return the path of what answers for a room, what it is to be called, and what there is to say about that."""
    files = {file.name for file in download.listed(folder) if file.kind == "file"}
    notebook = f"{room}.ipynb"
    if notebook not in files:
        return folder, room, ""
    module = rooms[room].removesuffix(".py") if isinstance(rooms, Mapping) else room
    beside = f"{module}.py"
    told = say("{name} was read, and not the {other} beside it", name=notebook, other=beside) if beside in files else ""
    return f"{folder}/{notebook}", f"{room}/{module}.ipynb", told


def _submitted(download: Download, folder: str) -> tuple[str | None, str]:
    """Return when an assignment was handed in, and what there is to say about that."""
    if all(file.name != TIMESTAMP for file in download.listed(folder)):
        return None, ""
    try:
        text = download.read(f"{folder}/{TIMESTAMP}", _MOST_BYTES).decode("utf-8-sig").strip()
    except (OSError, UnicodeDecodeError, UnreadableError):
        return None, say("{file} cannot be read, so the time is not known", file=TIMESTAMP)
    when = time_of(text)
    if text and when is None:
        return None, say("{file} says {text!r}, which is no time that is known", file=TIMESTAMP, text=shown(text, 60))
    return when, ""


def time_of(text: str) -> str | None:
    """Return the time that a timestamp.txt tells, as `moments.in_utc` writes it; None for what is no such time.

    "2026-11-20 08:24:20.797 UTC" is what nbgrader writes, in any zone; without a zone it means UTC.
    """
    seen = _MOMENT.fullmatch(text)
    zone = _zone(seen[4]) if seen else None
    if seen is None or zone is None:
        return None
    try:
        when = datetime.fromisoformat(f"{seen[1]}T{seen[2]}.{(seen[3] or '0')[:6]:0<6}" if seen[2].count(":") == 2
                                      else f"{seen[1]}T{seen[2]}")  # fmt: skip
        return in_utc(when.replace(tzinfo=zone))
    except (ValueError, OverflowError):
        return None


def _zone(name: str) -> tzinfo | None:
    if name.upper() in ("", "Z", "UTC", "GMT"):
        return UTC
    offset = _OFFSET.fullmatch(name)
    try:
        if offset:
            size = timedelta(hours=int(offset[2]), minutes=int(offset[3]))
            return timezone(size if offset[1] == "+" else -size)
        return ZoneInfo(name)
    except (ValueError, ZoneInfoNotFoundError, OSError):
        return None


NBGRADER = Platform(name="nbgrader", title="nbgrader's folder of what was submitted", claims=claims, entries=entries)
