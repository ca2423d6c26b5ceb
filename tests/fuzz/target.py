"""What a target of the fuzzers is: one reader of ours, what it may raise, and what one input may cost."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

Mutate = Callable[[random.Random, Sequence[bytes]], bytes]
KIB, MIB = 1024, 1024 * 1024


@dataclass(frozen=True)
class Bound:
    """How many bytes may be allocated at once for one input: `base`, and `each` for a byte of it, at most `most`."""

    base: int
    each: int
    most: int

    def of(self, size: int) -> int:
        """The bound for an input of `size` bytes."""
        return self.base + min(self.each * size, self.most)


@dataclass(frozen=True)
class Target:
    """One reader under fuzz.

    read: what is tried, timed and weighed. expect: asserts what must hold of the result; returns a word on it.
    declared: all that `read` may raise. share: its part of a million inputs. seeds: valid inputs, made by the real
    encoders. worst: inputs near the reader's own bounds, read as they are.
    """

    name: str
    share: int
    read: Callable[[bytes], Any]
    expect: Callable[[Any], str]
    declared: tuple[type[Exception], ...]
    bound: Bound
    seeds: Callable[[], list[bytes]]
    mutate: Mutate
    worst: Callable[[], list[bytes]] = list
