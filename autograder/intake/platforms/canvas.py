"""Canvas' "Download Submissions".

Flat: `name_[LATE_]user_attachment_file.py`, where the name is the sortable name in small letters with all else taken
out, and missing where the assignment is graded anonymously (`anon_x1y2z_…`). A text or a link that was handed in has no
attachment: `…_text.html`, `…_link.html`. Canvas takes numbers between two "_" out of names, so the first two numbers in
a row are the user's and the attachment's; of three in a row only a roster can say which they are.

A file whose name was taken gets "-1", "-2" … before its suffix, which is how attempts are told apart. Canvas gives what
belongs to the last attempt, so a file without a successor belongs to every attempt that follows.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from autograder.intake.folders import from_disk, is_ignored
from autograder.intake.names import shown
from autograder.intake.platforms.entry import Download, Entry, Knows, Platform
from autograder.language import say

_PAGE = re.compile(r"(?:(?P<name>.*?)_)?(?P<late>LATE_)?(?:anon_(?P<anon>[^_]+)|(?P<uid>\d+))_(?:text|link)\.html")
_ANONYMOUS = re.compile(r"(?P<late>LATE_)?anon_(?P<anon>[^_]+)_(?P<att>\d+)_(?P<file>.+)", re.DOTALL)
_STUDENT = re.compile(
    r"(?:(?P<name>(?!LATE_)\w+?)_)??(?P<late>LATE_)?(?P<uid>\d{1,20})_(?P<att>\d{1,20})_(?P<file>.+)", re.DOTALL
)
_COPY = re.compile(r"-(\d{1,3})\Z")


@dataclass(frozen=True)
class _File:
    """What one reading of a file's name says; file: what the student called it."""

    name: str
    who: str
    kind: str
    file: str
    is_late: bool


def _readings(name: str) -> list[_File]:
    """Return every way to read the name of a file, the likeliest first."""
    if found := _ANONYMOUS.fullmatch(name):
        return [_File("", found["anon"], "canvas_anonymous", found["file"], bool(found["late"]))]
    found = _STUDENT.fullmatch(name)
    if found is None:
        return [_page(page) for page in [_PAGE.fullmatch(name)] if page]
    first = _File(found["name"] or "", found["uid"], "canvas", found["file"], bool(found["late"]))
    third, _, rest = found["file"].partition("_")
    if not third.isdecimal() or not rest or found["late"]:
        return [first]
    longer = f"{found['name']}_{found['uid']}" if found["name"] else found["uid"]
    return [first, _File(longer, found["att"], "canvas", rest, is_late=False)]


def _page(page: re.Match[str]) -> _File:
    kind = "canvas" if page["uid"] else "canvas_anonymous"
    return _File(page["name"] or "", page["uid"] or page["anon"], kind, "", bool(page["late"]))


def _claims(download: Download) -> Collection[str]:
    return [place.name for place in download.listed() if place.kind != "folder" and _readings(from_disk(place.name))]


def _entries(download: Download, _: Collection[str]) -> Sequence[Entry]:
    entries = []
    for place in download.listed():
        readings = [] if is_ignored(place.name) or place.kind == "folder" else _readings(from_disk(place.name))
        if readings:
            first, *others = [_entry(reading, place.name) for reading in readings]
            entries.append(replace(first, readings=tuple(others)))
    return entries


def _entry(file: _File, path: str) -> Entry:
    name = file.name or say("user {number}", number=file.who)
    ids = {file.kind: file.who}
    return Entry(name, {path: file.file}, ids=ids, key=f"{file.name}-{file.who}", is_late=file.is_late)


def _settle(entries: Sequence[Entry], knows: Knows) -> Sequence[Entry]:
    """Return a submission an attempt: the files of each student, and each file that nobody can be told for."""
    whole: dict[tuple[str, ...], list[Entry]] = {}
    alone: list[Entry] = []
    for entry in entries:
        readings = (replace(entry, readings=()), *entry.readings)
        likely = [reading for reading in readings if knows(reading)] if len(readings) > 1 else readings
        if len(likely) == 1:
            whole.setdefault(tuple(likely[0].ids.values()), []).append(likely[0])
        else:
            alone.append(_ambiguous(readings))
    return [attempt for own in whole.values() for attempt in _attempts(own)] + alone


def _ambiguous(readings: Sequence[Entry]) -> Entry:
    (path,) = readings[0].pieces
    stem = PurePosixPath(from_disk(path)).stem
    candidates = "; ".join(
        say(
            "{name}, user {number}, file {file}",
            name=shown(each.student),
            number="".join(each.ids.values()),
            file=shown(file),
        )
        for each in readings
        for file in each.pieces.values()
    )
    told = say(
        "cannot tell whose this is: {candidates}; a roster with Canvas ids can (--roster)", candidates=candidates
    )
    return Entry(stem, readings[-1].pieces, doubts=(told,), is_ambiguous=True)


def _attempts(files: Sequence[Entry]) -> Iterator[Entry]:
    """Yield each attempt of one student's, told apart by the number that a name got because it was taken."""
    first = files[0]
    is_late = any(entry.is_late for entry in files)
    pieces = {path: file for entry in files for path, file in entry.pieces.items() if file}
    notes: tuple[str, ...] = ()
    if not pieces:
        notes = (say("handed in as text or a link on Canvas' page, of which nothing is graded"),)
        pieces = {path: "" for entry in files for path in entry.pieces}
    numbers = {path: _plain_name(file)[1] for path, file in pieces.items()}
    names = {path: _plain_name(file)[0] for path, file in pieces.items()}
    if len(set(names.values())) == len(names) or "" in names.values():
        yield replace(first, pieces=pieces, is_late=is_late, notes=notes)
        return
    for place, number in enumerate(sorted(set(numbers.values())), start=1):
        own = _newest(names, numbers, number)
        yield replace(first, pieces=own, is_late=is_late, attempt=place)


def _newest(names: Mapping[str, str], numbers: Mapping[str, int], most: int) -> dict[str, str]:
    """Return of each file the last version up to a number, under the name that the student gave it."""
    chosen: dict[str, str] = {}
    for path in sorted(names, key=lambda path: numbers[path]):
        if numbers[path] <= most:
            chosen[names[path]] = path
    return {path: name for name, path in chosen.items()}


def _plain_name(file: str) -> tuple[str, int]:
    """Return the name that the student gave, and the number that Canvas has put into it."""
    path = PurePosixPath(file)
    mark = _COPY.search(path.stem)
    if mark is None or mark.start() == 0:
        return file, 0
    return f"{path.stem[: mark.start()]}{path.suffix}", int(mark[1])


CANVAS = Platform("canvas", "Canvas' download of submissions", _claims, _entries, _settle)
