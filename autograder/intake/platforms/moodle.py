"""Moodle's "Download all submissions".

One folder or file a student and a plugin: `Full Name_12345_assignsubmission_file/…`, before Moodle 4.1 with a "_" at
the folder's end, and `Full Name_12345_assignsubmission_file_name.py` where folders are switched off. The number is the
participant's in this assignment. Marking blind, everybody is called Participant; a team's name and number take the
student's place, and those without a team have no number. Moodle takes "_" out of names, so the first one ends it.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from autograder.intake.folders import from_disk, is_ignored
from autograder.intake.platforms.entry import Download, Entry, Platform
from autograder.language import say

_NAME = re.compile(
    r"(?P<who>[^_]*)(?:_(?P<id>\d{1,20}))?_assignsubmission_(?P<plugin>[a-z]+)(?:_(?P<file>.*))?", re.DOTALL
)
_PARTICIPANT = frozenset({"participant", "participante", "partecipante", "teilnehmer/in", "teilnehmer-in", "参与者"})
_GROUP = re.compile(r"(?:group|gruppe|grupo|groupe|gruppo|小组)\b", re.IGNORECASE)


@dataclass
class _Parts:
    pieces: dict[str, str] = field(default_factory=dict)
    plugins: set[str] = field(default_factory=set)


def _claims(download: Download) -> Collection[str]:
    return [place.name for place in download.listed() if _NAME.fullmatch(from_disk(place.name))]


def _entries(download: Download, _: Collection[str]) -> Sequence[Entry]:
    parts: dict[tuple[str, str], _Parts] = {}
    for place in download.listed():
        found = _NAME.fullmatch(from_disk(place.name))
        if found is None or is_ignored(place.name):
            continue
        part = parts.setdefault((found["who"].strip(), found["id"] or ""), _Parts())
        part.plugins.add(found["plugin"])
        part.pieces[place.name] = "" if place.kind == "folder" else (found["file"] or found["plugin"])
    return [_entry(who, number, part) for (who, number), part in parts.items()]


def _entry(who: str, number: str, part: _Parts) -> Entry:
    notes = () if "file" in part.plugins else (say("handed in as text on Moodle's page, of which nothing is graded"),)
    if not number:
        # Those whom no team has share one submission.
        return Entry(who, part.pieces, group=who, notes=notes)
    key = f"{who}-{number}"
    if _GROUP.match(who):
        return Entry(who, part.pieces, key=key, group=who, notes=notes)
    student = f"{who} {number}".strip() if not who or who.casefold() in _PARTICIPANT else who
    return Entry(student, part.pieces, ids={"moodle": number}, key=key, notes=notes)


MOODLE = Platform("moodle", "Moodle's download of all submissions", _claims, _entries)
