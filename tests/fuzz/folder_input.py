"""A folder of submissions as bytes: a fuzzer changes the bytes, and the folder is built from whatever they say.

An entry is its kind (a byte), the lengths of its path (a byte) and content (four), then both.
"""

import json
import os
import random
import shutil
import struct
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from handed_in import CODE, NAMES, NOTEBOOKS, SOURCES, json_input, mutated, pick, zip_input, zip_seeds
from mutate import MOST_BYTES, below
from scratch import place

FILE, FOLDER, LINK, FIFO = range(4)
MOST_ENTRIES = 30
_SUFFIXES = b".zip .py .ipynb .ZIP /softmax.py /x.ipynb /hw.zip /batchnorm.py".split()
_ENTRY = struct.Struct("<BBI")
Entry = tuple[int, bytes, bytes]


def packed(entries: Sequence[Entry]) -> bytes:
    """The bytes of a folder."""
    return b"".join(_ENTRY.pack(kind, len(path), len(data)) + path + data for kind, path, data in entries)


def unpacked(data: bytes) -> list[Entry]:
    """The entries that `data` speaks of, cut where it ends."""
    entries, at = [], 0
    while at + _ENTRY.size <= len(data) and len(entries) < MOST_ENTRIES:
        kind, path, size = _ENTRY.unpack_from(data, at)
        at += _ENTRY.size
        entries.append((kind % 4, data[at : at + path], data[at + path : at + path + size]))
        at += path + size
    return entries


_zips = cache(zip_seeds)


def built(data: bytes) -> Path:
    """The folder that `data` speaks of, on disk, in place of the one before."""
    root = place("submissions")
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir(parents=True)
    for kind, path, content in unpacked(data):
        parts = [part.replace(b"\0", b"")[:255] for part in path.split(b"/")[-20:]]
        steps = [part for part in parts if part not in (b"", b".", b"..")]
        if steps:
            _build(os.path.join(os.fsencode(root), *steps), kind, content)  # noqa: PTH118 - names are bytes
    return root


def _build(path: bytes, kind: int, content: bytes) -> None:
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120
        if kind == FOLDER:
            os.mkdir(path)  # noqa: PTH102
        elif kind == LINK:
            os.symlink(content.replace(b"\0", b"")[:200] or b".", path)  # noqa: PTH211
        elif kind == FIFO:
            os.mkfifo(path)
        else:
            with open(path, "xb") as file:  # noqa: PTH123
                file.write(content)
    except OSError:
        # Two entries of one path, or a file where another has a folder: the first one counts.
        return


def folder_seeds() -> list[bytes]:
    """Folders as learning platforms make them."""
    code, sheet = CODE.encode(), json.dumps(NOTEBOOKS[0]).encode()
    zips = zip_seeds()
    return [
        packed([(FILE, b"ana.zip", zips[0]), (FILE, b"bob.py", code), (FILE, b"eve.ipynb", sheet)]),
        packed([(FILE, b"ana/softmax.py", code), (FILE, b"bob/a05_softmax/softmax.py", code), (FOLDER, b"c", b"")]),
        packed([(FILE, b"%d.py" % number, source) for number, source in enumerate(SOURCES)]),
        packed([(FILE, b"ana/hw.zip", zips[1]), (FILE, b"bob/x.zip", zips[2]), (FILE, b"bob/y.zip", zips[0])]),
        packed([(FILE, name, code) for name in NAMES]),
        packed([(FILE, b"a/" + name, sheet) for name in NAMES]),
        packed([(LINK, b"ana", b"/etc"), (FIFO, b"b.py", b""), (LINK, b"c/softmax.py", b"/etc/passwd")]),
    ]


def folder_input(rng: random.Random, corpus: Sequence[bytes]) -> bytes:
    """A folder with changed bytes, or of changed entries."""
    if rng.random() < 0.2:
        return mutated(rng, corpus, NAMES)
    entries = unpacked(pick(rng, corpus)) if rng.random() < 0.5 else []
    for _ in range(1 + below(rng, 4)):
        suffix = pick(rng, [*_SUFFIXES, b""])
        name = pick(rng, NAMES) if rng.random() < 0.7 else mutated(rng, NAMES, NAMES)
        entries.insert(below(rng, len(entries) + 1), (_kind(rng), (name + suffix)[:255], _content(rng, suffix)))
    return packed(entries[:MOST_ENTRIES])[:MOST_BYTES]


def _kind(rng: random.Random) -> int:
    return FILE if rng.random() < 0.9 else below(rng, 4)


def _content(rng: random.Random, suffix: bytes) -> bytes:
    if rng.random() < 0.1:
        return rng.randbytes(below(rng, 200))
    if suffix.lower().endswith(b".zip"):
        return zip_input(rng, _zips())
    if suffix.endswith(b".ipynb"):
        return json_input(rng, [json.dumps(NOTEBOOKS[0]).encode()], NOTEBOOKS)
    return mutated(rng, SOURCES) if rng.random() < 0.5 else CODE.encode()
