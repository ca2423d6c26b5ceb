"""Zip archives, read into memory: no name from an archive is ever opened on disk.

The directory of the archive is judged first, all of it: one entry that climbs out, links, hides its
content or repeats another refuses the whole archive. Only then is a chosen member unpacked, to a bound
that is ours and not the header's.
"""

import copy
import re
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO

from autograder.grading.folders import SOURCE_SUFFIXES, Found, is_ignored
from autograder.grading.names import decode_name, shown
from autograder.grading.refusals import (
    MAX_ARCHIVE_BYTES,
    MAX_DIRECTORY_BYTES,
    MAX_ENTRIES,
    MAX_NAME,
    MAX_UNPACKED_BYTES,
    RefusedError,
    UnreadableError,
    in_mebibytes,
)

_ENCRYPTED = 0x1 | 0x40 | 0x2000
_NAME_IS_UTF8 = 0x800
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_OTHER_METHODS = {9: "Deflate64", 12: "bzip2", 14: "LZMA", 93: "Zstandard", 95: "XZ", 98: "PPMd"}
_DRIVE = re.compile(r"[A-Za-z]:")
_PIECE = 1024 * 1024
_AGAIN = "make a new zip of the .py files themselves and hand that in"
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

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.seek = stream.seek
        self.tell = stream.tell
        self.seekable = stream.seekable

    def read(self, size: int = -1, /) -> bytes:
        """Like a file's `read`; RefusedError where more than MAX_DIRECTORY_BYTES would come."""
        if 0 <= size <= MAX_DIRECTORY_BYTES:
            return self._stream.read(size)
        data = self._stream.read(MAX_DIRECTORY_BYTES + 1)
        if len(data) > MAX_DIRECTORY_BYTES:
            raise RefusedError(f"holds more than {MAX_ENTRIES:,} entries; {_AGAIN}")
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
                f"unpacks to {in_mebibytes(member.file_size)}; {in_mebibytes(limit)} is the most that is read"
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
            raise RefusedError(f"entry {shown(name)} is damaged ({_reason(error)}); {_AGAIN}") from None
        if len(data) != member.file_size:
            raise RefusedError(f"entry {shown(name)} is not of the size that the zip claims; {_AGAIN}")
        return bytes(data)


@contextmanager
def opened_archive(stream: BinaryIO) -> Iterator[Archive]:
    """Open a zip from a binary stream and judge every entry; RefusedError says which is wrong, and how."""
    if stream.seek(0, 2) > MAX_ARCHIVE_BYTES:
        raise RefusedError(f"is larger than {in_mebibytes(MAX_ARCHIVE_BYTES)}, the most that is read of a zip")
    try:
        zip_file = zipfile.ZipFile(_BoundedReads(stream))
    except _DAMAGE as error:
        raise RefusedError(f"is no zip, or is damaged or cut short ({_reason(error)}); {_AGAIN}") from None
    with zip_file:
        members = _judged(zip_file.infolist())
        found = Found()
        for name in sorted(members):
            if not any(is_ignored(part) for part in name.split("/")):
                found.add(name)
        yield Archive(found, zip_file, members)


def _judged(entries: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    """The files of an archive by clean posix name; RefusedError if any entry is not to be trusted."""
    if len(entries) > MAX_ENTRIES:
        raise RefusedError(f"holds more than {MAX_ENTRIES:,} entries; {_AGAIN}")
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MAX_UNPACKED_BYTES:
        raise RefusedError(
            f"unpacks to {in_mebibytes(unpacked)}; {in_mebibytes(MAX_UNPACKED_BYTES)} is the most; {_AGAIN}"
        )
    members: dict[str, zipfile.ZipInfo] = {}
    spellings: dict[str, str] = {}
    for entry in entries:
        name = _clean_name(entry)
        if not name and not entry.orig_filename.endswith(("/", "\\")):
            raise RefusedError(f"holds an entry without a name; {_AGAIN}")
        _judge_kind(entry, name)
        if entry.is_dir() or entry.orig_filename.endswith("\\"):
            continue
        if name in members:
            raise RefusedError(f"holds {shown(name)} twice; {_AGAIN}")
        members[name] = entry
        if name.lower().endswith(SOURCE_SUFFIXES):
            other = spellings.setdefault(unicodedata.normalize("NFC", name).casefold(), name)
            if other != name:
                alike = unicodedata.normalize("NFC", other) == unicodedata.normalize("NFC", name)
                how = "Unicode form (NFC, NFD)" if alike else "case"
                raise RefusedError(f"holds {shown(other)} and {shown(name)}, which differ in {how} only; {_AGAIN}")
    return members


def _clean_name(entry: zipfile.ZipInfo) -> str:
    """The entry's name, decoded and without "." steps; RefusedError if it leads out of the archive."""
    name = entry.orig_filename
    if len(name) > MAX_NAME:
        # To compare spellings takes time with the square of a name's length, if all of it is accents.
        raise RefusedError(f"entry {shown(name, 40)} has a name of {len(name):,} characters; {_AGAIN}")
    if not entry.flag_bits & _NAME_IS_UTF8:
        name = decode_name(name.encode("cp437"))
    if "\0" in name:
        raise RefusedError(f"entry {shown(name)} has a NUL character in its name; {_AGAIN}")
    steps = name.replace("\\", "/").split("/")
    if name.startswith(("/", "\\")) or _DRIVE.match(name):
        raise RefusedError(f"entry {shown(name)} has an absolute path; {_AGAIN}")
    if ".." in steps:
        raise RefusedError(f"entry {shown(name)} climbs out of the archive; {_AGAIN}")
    return "/".join(step for step in steps if step not in ("", "."))


def _judge_kind(entry: zipfile.ZipInfo, name: str) -> None:
    mode = entry.external_attr >> 16
    if stat.S_ISLNK(mode):
        raise RefusedError(f"entry {shown(name)} is a symbolic link; {_AGAIN}")
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise RefusedError(f"entry {shown(name)} is a device, FIFO or socket; {_AGAIN}")
    if entry.flag_bits & _ENCRYPTED:
        raise RefusedError(f"entry {shown(name)} is encrypted; hand in a zip without a password")
    if entry.compress_type not in _METHODS:
        method = _OTHER_METHODS.get(entry.compress_type, f"method {entry.compress_type}")
        raise RefusedError(f"entry {shown(name)} is compressed with {method}; hand in an ordinary (deflated) zip")


def _reason(error: BaseException) -> str:
    return shown(str(error) or type(error).__name__)
