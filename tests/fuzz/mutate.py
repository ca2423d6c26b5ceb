"""Damage to bytes and to trees of plain values: every function draws from the generator that it is given.

The same seed gives the same inputs, so a run can be repeated.
"""

import random
import struct
from collections.abc import Callable, Sequence
from typing import Any

MOST_BYTES = 64 * 1024
INTEGERS = (
    *(0, 1, 2, 3, 7, 8, 15, 16, 31, 32, 33, 63, 64, 100, 127, 128, 255, 256, 500, 512, 999, 1000, 4096, 65535, 65536),
    *(19_999, 20_000, 20_001, 2**20, 2**21, 2**21 + 1, 2**26, 2**26 + 1, 2**31 - 1, 2**31, 2**32 - 2, 2**32 - 1),
    *(2**32, 2**40, 2**52, 2**62, 2**63 - 1, 2**63, 2**64 - 1),
)
_FORMATS = ("<B", "<H", "<I", "<Q", ">I")
_LEAVES: tuple[Any, ...] = (
    *(None, True, False, 0, 1, -1, 2**31, 2**63, -(2**63), 2**70, 10**400, 0.0, -0.0, 1e308, 5e-324),
    *(
        float("nan"),
        float("inf"),
        "",
        "a",
        "\0",
        "\n",
        "\x1b[2J",
        "\u202e",
        "é" * 50,
        "😀",
        "x" * 3000,
        "y" * 500,
        "z" * 201,
    ),
)


def below(rng: random.Random, most: int) -> int:
    """A whole number from 0 to `most` - 1; three times as quick as randrange."""
    return int(rng.random() * most)


def pick(rng: random.Random, choices: Sequence[Any]) -> Any:
    """One of `choices`."""
    return choices[int(rng.random() * len(choices))]


def span(rng: random.Random, data: bytearray) -> tuple[int, int]:
    """Where a piece of `data` begins and ends; short pieces are likelier."""
    start = below(rng, len(data) + 1)
    return start, min(len(data), start + 1 + below(rng, pick(rng, (1, 2, 4, 8, 16, 64, 1024))))


def _flip(rng: random.Random, data: bytearray, _: Sequence[bytes]) -> None:
    if data:
        data[below(rng, len(data))] ^= 1 << below(rng, 8)


def _set(rng: random.Random, data: bytearray, _: Sequence[bytes]) -> None:
    if data:
        data[below(rng, len(data))] = below(rng, 256)


def _insert(rng: random.Random, data: bytearray, tokens: Sequence[bytes]) -> None:
    place = below(rng, len(data) + 1)
    data[place:place] = pick(rng, tokens) if tokens and rng.random() < 0.7 else rng.randbytes(1 + below(rng, 8))


def _replace(rng: random.Random, data: bytearray, tokens: Sequence[bytes]) -> None:
    start, end = span(rng, data)
    data[start:end] = pick(rng, tokens) if tokens else rng.randbytes(end - start)


def _delete(rng: random.Random, data: bytearray, _: Sequence[bytes]) -> None:
    start, end = span(rng, data)
    del data[start:end]


def _repeat(rng: random.Random, data: bytearray, _: Sequence[bytes]) -> None:
    start, end = span(rng, data)
    times = pick(rng, (1, 1, 2, 3, 10, 40, 300))
    data[end:end] = data[start:end] * min(times, max(1, (MOST_BYTES - len(data)) // max(1, end - start)))


def _move(rng: random.Random, data: bytearray, _: Sequence[bytes]) -> None:
    start, end = span(rng, data)
    piece = data[start:end]
    del data[start:end]
    place = below(rng, len(data) + 1)
    data[place:place] = piece


def _truncate(rng: random.Random, data: bytearray, _: Sequence[bytes]) -> None:
    del data[below(rng, len(data) + 1) :]


def _integer(rng: random.Random, data: bytearray, _: Sequence[bytes]) -> None:
    form = pick(rng, _FORMATS)
    size = struct.calcsize(form)
    if len(data) >= size:
        struct.pack_into(form, data, below(rng, len(data) - size + 1), pick(rng, INTEGERS) % 256**size)


_CHANGES: tuple[Callable[[random.Random, bytearray, Sequence[bytes]], None], ...] = (
    *(_flip, _set, _insert, _insert, _replace, _delete, _repeat, _move, _truncate, _integer, _integer),
)


def mutated(rng: random.Random, corpus: Sequence[bytes], tokens: Sequence[bytes] = ()) -> bytes:
    """One of the corpus, or two of it spliced, with one change or a few."""
    data = bytearray(pick(rng, corpus))
    if rng.random() < 0.1:
        other = pick(rng, corpus)
        data[below(rng, len(data) + 1) :] = other[below(rng, len(other) + 1) :]
    for _ in range(pick(rng, (1, 1, 1, 2, 3, 6))):
        pick(rng, _CHANGES)(rng, data, tokens)
    return bytes(data[:MOST_BYTES])


def mutated_tree(rng: random.Random, tree: Any, others: Sequence[Any]) -> Any:
    """A copy of a tree of lists, tuples and dicts in which one node is replaced, dropped, doubled or wrapped.

    others: what may be put in its place, besides values that are odd in themselves.
    """
    if isinstance(tree, list | tuple | dict) and tree and rng.random() < 0.85:
        return _with_a_changed_child(rng, tree, others)
    choice = rng.random()
    if choice < 0.35:
        return pick(rng, _LEAVES)
    if choice < 0.7 and others:
        return pick(rng, others)
    if choice < 0.85:
        return [tree] * pick(rng, (0, 1, 2, 17, 30))
    if choice < 0.95:
        return {"a": tree}
    for _ in range(pick(rng, (1, 5, 31, 34))):
        tree = [tree]
    return tree


def _with_a_changed_child(rng: random.Random, tree: Any, others: Sequence[Any]) -> Any:
    keys = list(tree) if isinstance(tree, dict) else list(range(len(tree)))
    pairs = list(tree.items()) if isinstance(tree, dict) else list(enumerate(tree))
    place = below(rng, len(keys))
    choice = rng.random()
    if choice < 0.12:
        del pairs[place]
    elif choice < 0.2:
        pairs.append((f"{keys[place]}x", pairs[place][1]))
    else:
        pairs[place] = (keys[place], mutated_tree(rng, pairs[place][1], others))
    if isinstance(tree, dict):
        return dict(pairs)
    return [item for _, item in pairs] if isinstance(tree, list) else tuple(item for _, item in pairs)
