"""Folders on disk, read without following a single link.

Every step from the instructor's folder down is an `open` relative to the folder above it with O_NOFOLLOW,
so a link swapped in between looking and opening is an error and not a way out. FIFOs, sockets and devices
are told apart by lstat and never opened. A file that has a second name somewhere on the disk (a hard link) is
not read either: that other place can be anybody's, the reference's or a neighbour's.
"""

import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import BinaryIO, Literal, TypeAlias

from autograder.intake.names import decode_name, shown
from autograder.intake.refusals import MAX_DEPTH, MAX_ENTRIES, RefusedError, UnreadableError, in_mebibytes
from autograder.language import phrase, say

SOURCE_SUFFIXES = (".py", ".ipynb")
ARCHIVE_SUFFIX = ".zip"
_IGNORED_FOLDERS = frozenset({"__pycache__", "__MACOSX", "node_modules", "site-packages", "venv"})


Kind: TypeAlias = Literal["folder", "file", "link", "special"]
LEFT_ALONE: Mapping[Kind, str] = {
    "link": phrase("not read: a symbolic link, and links are never followed; hand in the file itself"),
    "special": phrase("not read: a FIFO, socket or device, and these are never opened; hand in an ordinary file"),
}

_HARD_LINK = phrase(
    "not read: another name on this disk leads to the same file (a hard link), so it need not be the student's own;"
    " copy the submissions with cp -r and grade the copy"
)


@dataclass
class Found:
    """What a folder or an archive offers: sources and archives by the names its reader knows, and notes."""

    sources: list[str] = field(default_factory=list)
    archives: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, name: str) -> None:
        """Keep `name` if its suffix says that it can be read."""
        lowered = name.lower()
        if lowered.endswith(SOURCE_SUFFIXES):
            self.sources.append(name)
        elif lowered.endswith(ARCHIVE_SUFFIX):
            self.archives.append(name)


def is_ignored(part: str) -> bool:
    """Whether a file or folder of this name is never anybody's answer: hidden, or made by a machine."""
    return part.startswith(".") or part in _IGNORED_FOLDERS


def from_disk(name: str) -> str:
    """A name that `os` gave, as text that can be written anywhere: undecodable bytes are decoded by guess."""
    return decode_name(name.encode("utf-8", "surrogateescape"))


def cannot_be_opened(error: OSError) -> str:
    """What the operating system objected to, and what to do."""
    return say("cannot be opened ({reason}); check its permissions", reason=error.strerror)


def open_folder(parent: int, path: str) -> int:
    """A descriptor of the folder `path` (posix, "" for `parent` itself); OSError if any step is a link."""
    current = os.dup(parent)
    for part in path.split("/") if path else ():
        try:
            below = os.open(part, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=current)
        finally:
            os.close(current)
        current = below
    return current


@contextmanager
def opened_folder(parent: int, path: str) -> Iterator[int]:
    """`open_folder`, closed at the end."""
    folder = open_folder(parent, path)
    try:
        yield folder
    finally:
        os.close(folder)


@contextmanager
def opened_file(parent: int, path: str) -> Iterator[BinaryIO]:
    """The ordinary file `path` below `parent`, for reading; OSError if any step is a link."""
    place, _, name = path.rpartition("/")
    with opened_folder(parent, place) as folder:
        # O_NONBLOCK: a FIFO put there since the lstat must not hold the grader up.
        flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
        file = os.open(name, flags, dir_fd=folder)
    seen = os.fstat(file)
    if not stat.S_ISREG(seen.st_mode) or seen.st_nlink > 1:
        os.close(file)
        if stat.S_ISREG(seen.st_mode):
            # All of the submission, loudly: a copy made of hard links would otherwise cost every room in silence.
            raise RefusedError(f"{shown(from_disk(path))}: {say(_HARD_LINK)}")
        raise UnreadableError(say(LEFT_ALONE["special"]))
    with os.fdopen(file, "rb") as stream:
        yield stream


def read_file(parent: int, path: str, limit: int) -> bytes:
    """All bytes of an ordinary file below `parent`; UnreadableError when there are more than `limit`."""
    with opened_file(parent, path) as stream:
        data = stream.read(limit + 1)
    if len(data) > limit:
        raise UnreadableError(
            say("is larger than {most}, the most that is read of such a file", most=in_mebibytes(limit))
        )
    return data


def list_folder(folder: int) -> Found:
    """Everything below the descriptor `folder` that can be read, breadth first and sorted.

    Raises
    ------
    RefusedError : more than MAX_ENTRIES entries. OSError : the folder itself cannot be listed.
    """
    found = Found()
    waiting, seen = [""], 0
    while waiting:
        place = waiting.pop(0)
        try:
            entries = _entries(folder, place, MAX_ENTRIES - seen)
        except OSError as error:
            if not place:
                raise
            found.notes.append(f"{shown(from_disk(place))}: {cannot_be_opened(error)}")
            continue
        seen += len(entries)
        waiting += _sort_out(entries, place, found)
    return found


def _entries(folder: int, place: str, allowed: int) -> list[tuple[str, Kind]]:
    entries: list[tuple[str, Kind]] = []
    with opened_folder(folder, place) as here, os.scandir(here) as scan:
        for entry in scan:
            if len(entries) == allowed:
                raise RefusedError(
                    say("holds more than {most:,} files and folders; hand in the course's files only", most=MAX_ENTRIES)
                )
            entries.append((entry.name, kind_of(entry)))
    return sorted(entries)


def _sort_out(entries: list[tuple[str, Kind]], place: str, found: Found) -> list[str]:
    """Put files into `found`; return the sub-folders still to be read."""
    below: list[str] = []
    for name, kind in entries:
        path = f"{place}/{name}" if place else name
        if is_ignored(name):
            continue
        if kind == "file":
            found.add(path)
        elif kind != "folder":
            found.notes.append(f"{shown(from_disk(path))}: {say(LEFT_ALONE[kind])}")
        elif path.count("/") < MAX_DEPTH:
            below.append(path)
        else:
            found.notes.append(
                say("{name}: not read, deeper than {most} folders", name=shown(from_disk(path)), most=MAX_DEPTH)
            )
    return below


def kind_of(entry: os.DirEntry[str]) -> Kind:
    """What an entry is by lstat, without opening it; to be asked while its folder is open."""
    if entry.is_symlink():
        return "link"
    if entry.is_dir(follow_symlinks=False):
        return "folder"
    return "file" if entry.is_file(follow_symlinks=False) else "special"
