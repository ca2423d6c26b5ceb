"""The results store: a file that the disk has changed, and the log that a killed run left beside it."""

import random
import struct
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from mutate import INTEGERS, MOST_BYTES, below, mutated, pick
from scratch import place
from target import KIB, MIB, Bound, Target

from autograder.errors import AutograderError, GraderFault
from autograder.grading.store import open_store

RESULTS = {f"{number:064x}": f'{{"number": {number}, "text": "{"é" * (number**4)}"}}' for number in range(9)}
MARKS = {"ana": {"a05.softmax": 5.0}, "bob": {"a05.softmax": 0.0, "a06.relu": 1.5}}
_LENGTH = struct.Struct("<I")
# SQLite's own memory is not Python's, and is bounded by its cache; what it hands over is no longer than the file.
STORE = Bound(256 * KIB, 16, 64 * MIB)
TOKENS = [b"results", b"marks", b"CREATE TABLE", b"WITHOUT ROWID", b"\x0d", b"\x05", b"\x0a", b"\x00" * 16, b"\xff" * 9]
Found = tuple[dict[str, str], dict[str, dict[str, float]]]


def _fresh() -> Path:
    """Where a store goes, with nothing there."""
    folder = place("store")
    folder.mkdir(parents=True, exist_ok=True)
    for file in folder.iterdir():
        file.unlink()
    return folder / "results.sqlite"


def _packed(path: Path) -> bytes:
    main, log = path.read_bytes(), path.with_name(f"{path.name}-wal")
    return _LENGTH.pack(len(main)) + main + (log.read_bytes() if log.exists() else b"")


@cache
def _seeds() -> list[bytes]:
    path = _fresh()
    with open_store(path) as store:
        for key, text in RESULTS.items():
            store.keep(key, text)
        store.remember(MARKS)
        killed = _packed(path)
    return [_packed(path), killed]


def _read(data: bytes) -> Found:
    """All results and marks that a store gives, of a file and of the log beside it."""
    path = _fresh()
    size = int.from_bytes(data[:4], "little")
    main, log = data[4 : 4 + size], data[4 + size :]
    path.write_bytes(main)
    if log:
        path.with_name(f"{path.name}-wal").write_bytes(log)
    try:
        with open_store(path) as store:
            return {key: store.report(key) for key in store.has(RESULTS)}, {
                name: dict(marks) for name, marks in store.marks().items()
            }
    except GraderFault as error:
        raise AssertionError("a damaged file passes for a full disk") from error


def _expect_nothing_else(found: Found) -> str:
    results, marks = found
    for key, text in results.items():
        assert text == RESULTS[key]
    for name, points in marks.items():
        assert points == MARKS[name]
    return f"{len(results)} results, {len(marks)} marks"


def _input(rng: random.Random, corpus: Sequence[bytes]) -> bytes:
    """A store with a few changed bytes or numbers anywhere, or changed as any bytes are."""
    if rng.random() < 0.2:
        return mutated(rng, corpus, TOKENS)
    data = bytearray(pick(rng, corpus))
    for _ in range(pick(rng, (1, 1, 2, 4, 16))):
        # Page headers, where SQLite keeps its numbers, are at the pages' beginnings.
        place = min(below(rng, len(data)), 4 + 4096 * below(rng, 1 + len(data) // 4096) + below(rng, 120))
        if rng.random() < 0.5:
            data[place] = below(rng, 256)
        else:
            size = pick(rng, (1, 2, 4))
            data[place : place + size] = struct.pack(">Q", pick(rng, INTEGERS) % 256**size)[-size:]
    return bytes(data[: 2 * MOST_BYTES])


TARGETS = (
    Target("stores", 12_000, _read, _expect_nothing_else, (AutograderError,), STORE, _seeds, _input),
)  # fmt: skip
