"""The commit of a clone and its time, read from plain files.

Git itself is never run on a student's repository: its configuration names programs to run, other places to read and
remote machines to ask. Here HEAD, the refs and one commit are read byte by byte, each read with a bound, no link
followed. A clone without what is looked for has no commit as far as we know, which is no error.
"""

import re
import struct
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from autograder.intake.platforms.entry import Download
from autograder.intake.refusals import UnreadableError

_HASH = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_REF = re.compile(r"refs/[\w.@+,=/-]{1,400}")
_COMMITTER = re.compile(rb"^committer [^\n]*> (\d{1,12}) [+-]\d{4}$", re.MULTILINE)
_MOST_REF, _MOST_PACKED_REFS, _MOST_OBJECT = 1024, 4 * 1024 * 1024, 256 * 1024
_MOST_PACKS, _MOST_DELTAS, _MOST_LINKS = 50, 60, 5
# A chain of deltas of many steps each would cost seconds; one commit differs from another by little.
_MOST_DELTA = 16 * 1024
_COMMIT, _OFFSET_DELTA, _REF_DELTA = 1, 6, 7
_INDEX_HEADER = b"\xfftOc\x00\x00\x00\x02"
_DAMAGE = (OSError, UnreadableError, ValueError, IndexError, struct.error, zlib.error)


def head_commit(download: Download, git: str) -> str | None:
    """Return the hash that HEAD of the repository at `git` leads to; None where that cannot be told."""
    try:
        text = _line(download, f"{git}/HEAD")
        for _ in range(_MOST_LINKS):
            if _HASH.fullmatch(text):
                return text
            name = text.removeprefix("ref: ").strip()
            if name == text or not _REF.fullmatch(name) or ".." in name or "//" in name:
                return None
            text = _ref(download, git, name)
    except _DAMAGE:
        pass
    return None


def commit_seconds(download: Download, git: str, commit: str) -> int | None:
    """Return when a commit says that it was made, in seconds since 1970; None where it cannot be read."""
    for read in (_loose, _packed):
        try:
            content = read(download, git, commit)
        except _DAMAGE:
            continue
        found = _COMMITTER.search(content.partition(b"\n\n")[0])
        if found:
            return int(found[1])
    return None


def _line(download: Download, path: str) -> str:
    return download.read(path, _MOST_REF).decode("ascii").strip()


def _ref(download: Download, git: str, name: str) -> str:
    try:
        return _line(download, f"{git}/{name}")
    except FileNotFoundError:
        pass
    for line in download.read(f"{git}/packed-refs", _MOST_PACKED_REFS).decode("utf-8", "replace").splitlines():
        value, _, packed = line.partition(" ")
        if packed == name:
            return value
    return ""


def _loose(download: Download, git: str, commit: str) -> bytes:
    data = download.read(f"{git}/objects/{commit[:2]}/{commit[2:]}", _MOST_OBJECT)
    content = zlib.decompressobj().decompress(data, _MOST_OBJECT)
    head, _, body = content.partition(b"\0")
    if not head.startswith(b"commit "):
        raise ValueError("no commit")
    return body


def _packed(download: Download, git: str, commit: str) -> bytes:
    folder = f"{git}/objects/pack"
    names = [place.name for place in download.listed(folder) if place.kind == "file" and place.name.endswith(".idx")]
    for name in names[:_MOST_PACKS]:
        with download.opened(f"{folder}/{name}") as index:
            offset = _offset_in(index, bytes.fromhex(commit))
            if offset is None:
                continue
            with download.opened(f"{folder}/{name.removesuffix('.idx')}.pack") as pack:
                kind, content = _object(pack, index, offset, _MOST_DELTAS)
                if kind != _COMMIT:
                    raise ValueError("no commit")
                return content
    raise FileNotFoundError(commit)


def _at(stream: BinaryIO, place: int, size: int) -> bytes:
    stream.seek(place)
    data = stream.read(size)
    if len(data) != size:
        raise ValueError("cut short")
    return data


def _number(stream: BinaryIO, place: int) -> int:
    return int.from_bytes(_at(stream, place, 4), "big")


def _offset_in(index: BinaryIO, name: bytes) -> int | None:
    """Return where in its pack an object begins, by the index of that pack (version 2)."""
    if _at(index, 0, 8) != _INDEX_HEADER:
        return None
    names = 8 + 4 * 256
    total = _number(index, names - 4)
    low = _number(index, 8 + 4 * (name[0] - 1)) if name[0] else 0
    high = min(_number(index, 8 + 4 * name[0]), total)
    size = len(name)
    while low < high:
        middle = (low + high) // 2
        seen = _at(index, names + size * middle, size)
        if seen == name:
            offsets = names + (size + 4) * total
            offset = _number(index, offsets + 4 * middle)
            if offset >> 31:
                return int.from_bytes(_at(index, offsets + 4 * total + 8 * (offset & 0x7FFFFFFF), 8), "big")
            return offset
        low, high = (middle + 1, high) if seen < name else (low, middle)
    return None


def _object(pack: BinaryIO, index: BinaryIO, offset: int, deltas: int) -> tuple[int, bytes]:
    """Return the kind and content of the object at a place of a pack, put together from what it differs from."""
    if deltas == 0 or not 0 < offset < 1 << 62:
        raise ValueError("too many deltas, or none of this pack's places")
    pack.seek(offset)
    head = pack.read(64)
    at = 1
    while head[at - 1] & 0x80:
        at += 1
    kind = head[0] >> 4 & 7
    base: int | None = None
    if kind == _OFFSET_DELTA:
        back, at = _distance(head, at)
        base = offset - back
    elif kind == _REF_DELTA:
        base = _offset_in(index, head[at : at + 20])
        at += 20
    pack.seek(offset + at)
    is_delta = kind in (_OFFSET_DELTA, _REF_DELTA)
    most = _MOST_DELTA if is_delta else _MOST_OBJECT
    content = zlib.decompressobj().decompress(pack.read(most), most)
    if not is_delta:
        return kind, content
    if base is None or len(content) == most:
        raise ValueError("its base is elsewhere, or too far from it")
    kind, whole = _object(pack, index, base, deltas - 1)
    return kind, b"".join(_patched(whole, content))


def _distance(head: bytes, at: int) -> tuple[int, int]:
    value = head[at] & 0x7F
    while head[at] & 0x80:
        at += 1
        value = (value + 1) << 7 | head[at] & 0x7F
    return value, at + 1


def _patched(base: bytes, delta: bytes) -> Iterator[bytes]:
    """Yield the pieces of what a delta makes of its base. Raises ValueError beyond what an object may be."""
    at, made = 0, 0
    for _ in range(2):
        while delta[at] & 0x80:
            at += 1
        at += 1
    while at < len(delta):
        code = delta[at]
        at += 1
        if code & 0x80:
            fields = [0] * 7
            for bit in range(7):
                if code >> bit & 1:
                    fields[bit] = delta[at]
                    at += 1
            start = int.from_bytes(bytes(fields[:4]), "little")
            size = int.from_bytes(bytes(fields[4:]), "little") or 0x10000
            piece = base[start : start + size]
        else:
            piece = delta[at : at + code]
            at += code
        made += len(piece)
        if made > _MOST_OBJECT or not code:
            raise ValueError("no delta of a commit")
        yield piece
