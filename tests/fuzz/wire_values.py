"""Values of the wire: what is sent, damaged and compared when it has come back."""

import math
import random
import struct
from collections import namedtuple
from collections.abc import Sequence
from typing import Any

import numpy as np
from mutate import mutated, mutated_tree, pick
from target import KIB, Bound

from autograder.sandbox.worker import wire

NONCE = bytes(range(1, 9))
Cache = namedtuple("Cache", ["mu", "var"])
Tangle = namedtuple("Tangle", [])
RECORDS = {"Cache": Cache, "Tangle": Tangle}
DTYPES = ("?", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8", "c8", "c16")
PLAIN = (None, bool, int, float, str, bytes, list, tuple, dict)

# An item of a list costs 5 bytes on the wire and 90 as an empty dict with its place, a key of a dict 9 and 105; a text
# costs a byte and four; all else less. Counts are bounded, so a large message costs 128 bytes for each of its items.
DECODING = Bound(64 * KIB, 32, 128 * wire.MAX_ITEMS + 4 * wire.MAX_REPLY)

VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 2**63 - 1, -(2**63), 2**63, -(2**200), 0.0, -0.0, float("nan"), 1e308),
    *("", "text", "ünï 汉字 😀", b"", b"\0\xff", [], (), {}, [1, 2.5, "x"], (None, [True, (b"a",)]), {"a": {"b": [1]}}),
    *(np.zeros((2, 3), dtype) for dtype in DTYPES),
    *(np.ones((), dtype) for dtype in DTYPES),
    *(np.dtype(dtype).type(1) for dtype in DTYPES),
    *(np.zeros((0, 3)), np.zeros((3, 0, 2)), np.full((2, 2), np.nan), np.asfortranarray(np.eye(3)), np.arange(6)[::2]),
    (np.zeros((2, 3)), {"W": np.ones((3, 2)), "b": np.zeros((3, 1))}, 0.5),
    {"cache": Cache(1.0, 2.0), "grads": [np.eye(2)] * 3},
)
NAMED: tuple[Any, ...] = (
    Cache(np.zeros(2), 1.0),
    Cache(Cache(1, 2), [Tangle()]),
    Tangle(),
    [Cache(None, ()), Tangle()],
)
REPLIES: tuple[Any, ...] = (
    (np.eye(2), [[("normal", (2, 2)), ("random", ())]], True, ["RuntimeWarning: overflow encountered in exp"]),
    (None, [[], []], False, []),
    {"type": "ValueError", "message": "no", "frames": [["softmax.py", 3, "softmax"], ["a.py", 1, "<lambda>"]]},
    {"type": "SyntaxError", "message": "bad", "frames": [], "syntax": ["softmax.py", 1, 2, 3], "missing": "torch"},
    {"type": "Unsendable", "message": "an object of type X", "frames": [], "syntax": None},
)
CALLBACKS: tuple[Any, ...] = (
    (0, (1.0,), {}, []),
    (1, (np.eye(2), "x"), {"axis": 1}, [2.0, None]),
    (0, (), {}, []),
    (0, (1.0,), {}),
)
TOKENS = [wire.encode(value) for value in VALUES] + [bytes([tag]) for tag in b"NTFiIfsbltduancgz"]


def same(one: Any, other: Any) -> bool:
    """Whether two values of the wire are of the same types and the same bits."""
    if isinstance(one, np.ndarray | np.generic):
        alike = type(one) is type(other) and one.dtype == other.dtype and one.shape == other.shape
        return alike and one.tobytes() == other.tobytes()
    if type(one) is not type(other):
        return False
    if isinstance(one, float):
        return struct.pack("<d", one) == struct.pack("<d", other) or (one != one and other != other)
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict):
        return list(one) == list(other) and all(same(one[key], other[key]) for key in one)
    return bool(one == other)


def expect_of_the_wire(value: Any) -> None:
    """Assert that a value is of the closed set, its arrays read-only."""
    if isinstance(value, np.ndarray):
        assert type(value) is np.ndarray
        assert value.dtype.kind in "?biufc"
        assert not value.flags.writeable
        assert value.ndim <= wire.MAX_DIMENSIONS
        assert value.dtype != bool or set(value.tobytes()) <= {0, 1}
        assert math.prod(extent or 1 for extent in value.shape) <= wire.MAX_FRAME
    elif isinstance(value, list | tuple):
        assert type(value) in (list, tuple, Cache, Tangle)
        for item in value:
            expect_of_the_wire(item)
    elif isinstance(value, dict):
        assert type(value) is dict
        for key, item in value.items():
            assert type(key) is str
            expect_of_the_wire(item)
    elif not isinstance(value, np.generic):
        assert value is None or type(value) in PLAIN
        assert type(value) is not int or value.bit_length() < 8 * wire.MAX_INTEGER_BYTES


def value_input(rng: random.Random, corpus: Sequence[bytes], values: Sequence[Any] = VALUES) -> bytes:
    if rng.random() < 0.5:
        return mutated(rng, corpus, TOKENS)
    tree = mutated_tree(rng, pick(rng, values), VALUES)
    try:
        data = wire.encode(tree)
    except wire.Unsendable:
        return mutated(rng, corpus, TOKENS)
    return mutated(rng, [data], TOKENS) if rng.random() < 0.3 else data


def value_seeds(values: Sequence[Any] = VALUES) -> list[bytes]:
    """Each of `values` as it is sent."""
    return [wire.encode(value) for value in values]


def _many(item: bytes, counted: int = 1) -> bytes:
    """A list with as many of one encoded item as may come; it counts for `counted` items."""
    count = min(wire.MAX_ITEMS // counted, (wire.MAX_REPLY - 5) // len(item))
    return b"l" + struct.pack("<I", count) + item * count


def worst_values() -> list[bytes]:
    """Values that cost most: as many small objects as may come, and texts and arrays as long as they may be."""
    most = struct.pack("<I", wire.MAX_ITEMS)
    keys = b"".join(struct.pack("<I5sc", 5, b"%05x" % number, b"N") for number in range(wire.MAX_ITEMS))
    arrays = b"a\x0b\0" + bytes(8) + (b"a\x0b\0" + bytes(13)) * (wire.MAX_ITEMS - 1)
    return [
        *(_many(item) for item in (b"d\0\0\0\0", b"i" + NONCE, b"n\1\1")),
        *(_many(item, 2) for item in (b"d\1\0\0\0\0\0\0\0N", b"u\0\0\0\0t\0\0\0\0t\0\0\0\0")),
        *(b"I" + struct.pack("<I", size) + b"\x7f" * size for size in (wire.MAX_INTEGER_BYTES, wire.MAX_REPLY)),
        b"l" + most + arrays,
        b"d" + most + keys,
        b"a\x0b\x03" + struct.pack("<3Q", 0, 2**26, 2**26) + bytes(5),
        b"s" + struct.pack("<I", wire.MAX_REPLY) + "😀".encode() + b"a" * (wire.MAX_REPLY - 4),
        b"a\0\1" + struct.pack("<Q", wire.MAX_REPLY) + bytes(5) + b"\1" * wire.MAX_REPLY,
    ]
