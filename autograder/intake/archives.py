"""Zip archives, read into memory: no name from an archive is ever opened on disk.

The directory of the archive is judged first, all of it: one entry that climbs out, links, hides its
content or repeats another refuses the whole archive. Only then is a chosen member unpacked, to a bound
that is ours and not the header's. An archive of many students' work is judged
student by student, see `downloads`.
"""

import copy
import re
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO

from autograder.intake.folders import SOURCE_SUFFIXES, Found, is_ignored
from autograder.intake.names import decode_name, shown
from autograder.intake.refusals import (
    MAX_ARCHIVE_BYTES,
    MAX_DIRECTORY_BYTES,
    MAX_ENTRIES,
    MAX_NAME,
    MAX_UNPACKED_BYTES,
    RefusedError,
    UnreadableError,
    in_mebibytes,
)
from autograder.language import phrase, say

_ENCRYPTED = 0x1 | 0x40 | 0x2000
_NAME_IS_UTF8 = 0x800
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_OTHER_METHODS = {9: "Deflate64", 12: "bzip2", 14: "LZMA", 93: "Zstandard", 95: "XZ", 98: "PPMd"}
_DRIVE = re.compile(r"[A-Za-z]:")
_PIECE = 1024 * 1024
_AGAIN = phrase("make a new zip of the .py files themselves and hand that in")
# What zipfile and zlib raise on bytes that are no zip, beyond BadZipFile.
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    IndexError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)


class _BoundedReads:
    """A binary file for `zipfile`, which would read an archive directory of any size at once."""

    def __init__(self, stream: BinaryIO, most_bytes: int, most_entries: int) -> None:
        self._stream, self._most_bytes, self._most_entries = stream, most_bytes, most_entries
        self.seek = stream.seek
        self.tell = stream.tell
        self.seekable = stream.seekable

    def read(self, size: int = -1, /) -> bytes:
        """Like a file's `read`; RefusedError where more would come than a directory may have."""
        if 0 <= size <= self._most_bytes:
            return self._stream.read(size)
        data = self._stream.read(self._most_bytes + 1)
        if len(data) > self._most_bytes:
            raise _refused("holds more than {most:,} entries; {advice}", most=self._most_entries)
        return data


@dataclass(frozen=True)
class Archive:
    """An open zip whose directory has been judged; `found` names what can be read from it."""

    found: Found
    zip_file: zipfile.ZipFile
    members: dict[str, zipfile.ZipInfo]

    def read(self, name: str, limit: int) -> bytes:
        """Unpack one member into memory; UnreadableError beyond `limit`, RefusedError if damaged or lying."""
        member = self.members[name]
        if member.file_size > limit:
            raise UnreadableError(
                say(
                    "unpacks to {size}; {most} is the most that is read",
                    size=in_mebibytes(member.file_size),
                    most=in_mebibytes(limit),
                )
            )
        # zipfile stops at the size in the header; a size beyond our bound makes it read what is really there.
        honest = copy.copy(member)
        honest.file_size = 2 * limit
        data = bytearray()
        try:
            with self.zip_file.open(honest) as stream:
                # In pieces: of stored content zipfile reads as much at once as it is asked for, and a directory's
                # bound holds for each of its reads.
                while piece := stream.read(min(_PIECE, limit + 1 - len(data))):
                    data += piece
        except _DAMAGE as error:
            raise _refused(
                "entry {name} is damaged ({reason}); {advice}", name=shown(name), reason=_reason(error)
            ) from None
        if len(data) != member.file_size:
            raise _refused("entry {name} is not of the size that the zip claims; {advice}", name=shown(name))
        return bytes(data)


@contextmanager
def opened_archive(stream: BinaryIO) -> Iterator[Archive]:
    """Open a zip from a binary stream and judge every entry; RefusedError says which is wrong, and how."""
    if stream.seek(0, 2) > MAX_ARCHIVE_BYTES:
        raise RefusedError(
            say("is larger than {most}, the most that is read of a zip", most=in_mebibytes(MAX_ARCHIVE_BYTES))
        )
    with opened_zip(stream, MAX_DIRECTORY_BYTES, MAX_ENTRIES) as zip_file:
        yield judged_archive(zip_file, zip_file.infolist())


@contextmanager
def opened_zip(stream: BinaryIO, most_bytes: int, most_entries: int) -> Iterator[zipfile.ZipFile]:
    """Open a zip whose entries nobody has judged yet; RefusedError if it is none or its directory is too large."""
    try:
        zip_file = zipfile.ZipFile(_BoundedReads(stream, most_bytes, most_entries))
    except _DAMAGE as error:
        raise _refused("is no zip, or is damaged or cut short ({reason}); {advice}", reason=_reason(error)) from None
    with zip_file:
        yield zip_file


def judged_archive(zip_file: zipfile.ZipFile, entries: Sequence[zipfile.ZipInfo], folder: str = "") -> Archive:
    """Return what entries of a zip hold, by name below the `folder` that all are in; RefusedError if hostile."""
    start = len(folder) + 1 if folder else 0
    members = {name[start:]: entry for name, entry in _judged(entries).items()}
    found = Found()
    for name in sorted(members):
        if not any(is_ignored(part) for part in name.split("/")):
            found.add(name)
    return Archive(found, zip_file, members)


def lenient_steps(entry: zipfile.ZipInfo) -> list[str]:
    """Return the steps of an entry's name before anybody has judged it, decoded: enough to say whose it is."""
    name = entry.orig_filename
    if not entry.flag_bits & _NAME_IS_UTF8:
        name = decode_name(name.encode("cp437"))
    return [step for step in name.replace("\\", "/").split("/") if step not in ("", ".")]


def _judged(entries: Sequence[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    """The files of an archive by clean posix name; RefusedError if any entry is not to be trusted."""
    if len(entries) > MAX_ENTRIES:
        raise _refused("holds more than {most:,} entries; {advice}", most=MAX_ENTRIES)
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MAX_UNPACKED_BYTES:
        raise _refused(
            "unpacks to {size}; {most} is the most; {advice}",
            size=in_mebibytes(unpacked),
            most=in_mebibytes(MAX_UNPACKED_BYTES),
        )
    members: dict[str, zipfile.ZipInfo] = {}
    spellings: dict[str, str] = {}
    for entry in entries:
        name = _clean_name(entry)
        if not name and not entry.orig_filename.endswith(("/", "\\")):
            raise _refused("holds an entry without a name; {advice}")
        _judge_kind(entry, name)
        if entry.orig_filename.endswith(("/", "\\")):
            continue
        if name in members:
            raise _refused("holds {name} twice; {advice}", name=shown(name))
        members[name] = entry
        if name.lower().endswith(SOURCE_SUFFIXES):
            other = spellings.setdefault(unicodedata.normalize("NFC", name).casefold(), name)
            if other != name:
                alike = unicodedata.normalize("NFC", other) == unicodedata.normalize("NFC", name)
                how = phrase("Unicode form (NFC, NFD)") if alike else phrase("case")
                raise _refused(
                    "holds {other} and {name}, which differ in {how} only; {advice}",
                    other=shown(other),
                    name=shown(name),
                    how=say(how),
                )
    return members


def _clean_name(entry: zipfile.ZipInfo) -> str:
    """The entry's name, decoded and without "." steps; RefusedError if it leads out of the archive."""
    name = entry.orig_filename
    if len(name) > MAX_NAME:
        # To compare spellings takes time with the square of a name's length, if all of it is accents.
        raise _refused("entry {name} has a name of {n:,} characters; {advice}", name=shown(name, 40), n=len(name))
    if not entry.flag_bits & _NAME_IS_UTF8:
        name = decode_name(name.encode("cp437"))
    if "\0" in name:
        raise _refused("entry {name} has a NUL character in its name; {advice}", name=shown(name))
    steps = name.replace("\\", "/").split("/")
    if name.startswith(("/", "\\")) or _DRIVE.match(name):
        raise _refused("entry {name} has an absolute path; {advice}", name=shown(name))
    if ".." in steps:
        raise _refused("entry {name} climbs out of the archive; {advice}", name=shown(name))
    return "/".join(step for step in steps if step not in ("", "."))


def _judge_kind(entry: zipfile.ZipInfo, name: str) -> None:
    mode = entry.external_attr >> 16
    if stat.S_ISLNK(mode):
        raise _refused("entry {name} is a symbolic link; {advice}", name=shown(name))
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise _refused("entry {name} is a device, FIFO or socket; {advice}", name=shown(name))
    if entry.flag_bits & _ENCRYPTED:
        raise RefusedError(say("entry {name} is encrypted; hand in a zip without a password", name=shown(name)))
    if entry.compress_type not in _METHODS:
        method = _OTHER_METHODS.get(entry.compress_type, say("method {number}", number=entry.compress_type))
        raise RefusedError(
            say(
                "entry {name} is compressed with {method}; hand in an ordinary (deflated) zip",
                name=shown(name),
                method=method,
            )
        )


def _reason(error: BaseException) -> str:
    return shown(str(error) or type(error).__name__)


def _refused(template: str, **values: object) -> RefusedError:
    return RefusedError(say(template, advice=say(_AGAIN), **values))
