"""What a platform's download says of each submission, in one form for all platforms.

A platform is one module with one `Platform` in it: how to tell its downloads by their names, and what those names (and
the few small files that a platform puts beside them) say. It reads nothing that a student wrote: that is intake's work,
which takes the entries of one platform, reads the pieces of each, and joins them to a roster. What a platform cannot
tell, it leaves empty; it never guesses.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import BinaryIO, Protocol, TypeAlias

from autograder.intake.folders import Found, Kind
from autograder.intake.submission import Form


@dataclass(frozen=True)
class Place:
    """Something right below a folder of a download: its name there and what it is."""

    name: str
    kind: Kind


class Download(Protocol):
    """What an instructor has: a folder, or an archive that is never unpacked to disk.

    Paths are posix and relative to the download; "" is the download itself. No link is followed and nothing but
    ordinary files is opened. What reads may raise `OSError`, and `UnreadableError` with a sentence for people.
    """

    def listed(self, folder: str = "") -> Sequence[Place]:
        """Return what lies right below a folder, sorted by name, hidden files too; empty where it cannot be listed."""
        ...

    def found(self, folder: str) -> Found:
        """Return everything below a folder of one student's that can be read, by path relative to that folder."""
        ...

    def opened(self, path: str) -> AbstractContextManager[BinaryIO]:
        """Return the file at `path` for reading; whoever reads it sets a bound."""
        ...

    def read(self, path: str, limit: int) -> bytes:
        """Return the file at `path`. Raises `UnreadableError` when it has more than `limit` bytes."""
        ...


@dataclass(frozen=True)
class Entry:
    """One submission, as far as the platform's names say.

    student: the name for people, as the platform writes it. pieces: what belongs to it, by path in the download; the
    value is what the student called it, a file's name with suffix or the folder ("" for the top) that a folder's
    content goes to. ids: what the platform knows the student by, by the kinds of `report.Person.ids`, such as
    {"moodle": "12345"}; empty for a group. key: the text that the report's file is named for, the student by default:
    the same in every download of the same student, and different for two of the same name.
    attempt: its place among the attempts of the same student, from 1; None where the platform does not say.
    submitted: when it was handed in, as `moments.in_utc` writes it; told_by: who says so, as in "timestamp.txt".
    is_late: the platform marks it as late without saying how much. group: the group's name or id where it was handed in
    by a group. commit: of a git clone. members: names and ids of several people, where the platform names them.
    readings: the other ways to read an ambiguous name, each with its own student, ids and pieces; only a roster can
    choose. notes: what people should know.
    doubts: what only the instructor should, since it may name others.
    problem: why it cannot be read at all. is_ambiguous: nobody can tell whose
    it is, and a note says who it may be.
    """

    student: str
    pieces: Mapping[str, str]
    form: Form = "folder"
    ids: Mapping[str, str] = field(default_factory=dict)
    key: str = ""
    attempt: int | None = None
    submitted: str | None = None
    told_by: str = ""
    is_late: bool = False
    group: str | None = None
    commit: str | None = None
    members: tuple[tuple[str, Mapping[str, str]], ...] = ()
    readings: tuple["Entry", ...] = ()
    notes: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    problem: str | None = None
    is_ambiguous: bool = False


Knows: TypeAlias = Callable[[Entry], bool]


@dataclass(frozen=True)
class Platform:
    """How to read the downloads of one platform.

    name: what `--platform` calls it. title: what people call it. claims: the names right below the download that are
    this platform's beyond doubt; nothing when this is another's. entries: the submissions; `rooms` are the names of the
    rooms to be graded, for a platform that keeps them apart. settle: makes whole submissions of entries that are parts
    of one; `Knows` says whether the roster has the student of a reading.
    """

    name: str
    title: str
    claims: Callable[[Download], Collection[str]]
    entries: Callable[[Download, Collection[str]], Sequence[Entry]]
    settle: Callable[[Sequence[Entry], Knows], Sequence[Entry]] | None = None
