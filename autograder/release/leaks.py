"""The law of a release: nothing in it tells a student what the course keeps to itself.

Looked at is the finished tree, every byte of it, also inside the wheel and the recordings, by somebody who does not
know how it was made: the course says what must not be there (`guarded`, `drawn`), and this looks for it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from autograder.course.model import Course, Room
from autograder.errors import AutograderError
from autograder.release.drawn import Bits, bits_of, hidden_numbers, is_drawn, known_secret, numbers_in
from autograder.release.guarded import Guarded, guarded_of
from autograder.release.likeness import Owners, likenesses, owners_of, plain_words
from autograder.release.looking import Part, parts_of

MOST_TOLD = 8
# One number may be the same by chance: 1 / 0.7 comes out of many a computation.
FEWEST_NUMBERS = 3
# Of a course, and never of a release.
_PATHS = re.compile(r"(?:^|/)(?:reference|lab|mistakes\.py|variants\.py|pictures\.py|test_capstone\.py)(?:/|$)")
_MARKS = re.compile(r"\bcaught_by\b|\bspoiled_by\b|@trial\b|@hidden\b|@mistake\b")
_NUMBER = re.compile(r"(?<![\w.])\d*\.\d{8,}(?:[eE][+-]?\d+)?")


class LeakError(AutograderError):
    """A release would tell its students what they must not know; the message names files and lines."""


@dataclass(frozen=True)
class Leak:
    """What stands where, and must not: a path in the release, a line, 0 where there are none, and what is seen."""

    path: str
    line: int
    seen: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.seen}" if self.line else f"{self.path}: {self.seen}"


@dataclass(frozen=True)
class Law:
    """All that is looked for: what `guarded` names, words as one pattern, the secret, and numbers drawn from it."""

    guarded: Guarded
    owners: Owners
    sizes: Mapping[str, int]
    words: re.Pattern[str]
    secret: bytes | None
    numbers: Bits


def require_no_leaks(tree: Mapping[str, bytes], course: Course, rooms: Sequence[Room]) -> None:
    """Raise `LeakError` when a tree that is to be released holds what students must not have."""
    leaks = find_leaks(tree, law_of(course, rooms))
    if leaks:
        more = f"\n  and {len(leaks) - MOST_TOLD:,} more" if len(leaks) > MOST_TOLD else ""
        told = "".join(f"\n  {leak}" for leak in leaks[:MOST_TOLD])
        raise LeakError(f"nothing was released, for it would give away what students must not have:{told}{more}")


def law_of(course: Course, rooms: Sequence[Room]) -> Law:
    """Return what must not be in a release of `rooms`. Raises `CourseError` when the course cannot be read."""
    guarded = guarded_of(course)
    words = "|".join(re.escape(each) for each in sorted(guarded.words, key=len, reverse=True))
    secret = known_secret(course.path)
    return Law(
        guarded=guarded,
        owners=owners_of(guarded.sources),
        sizes={name: len(runs) for name, runs in guarded.sources.items()},
        words=re.compile(rf"(?<!\w)(?:test_)?({words})(?!\w)" if words else r"(?!)"),
        secret=secret,
        numbers=hidden_numbers(course, rooms, secret),
    )


def find_leaks(tree: Mapping[str, bytes], law: Law) -> list[Leak]:
    """Return what leaks from `tree`, by path."""
    return [leak for path in sorted(tree) for leak in _leaks_of(path, tree[path], law)]


def _leaks_of(path: str, content: bytes, law: Law) -> Iterator[Leak]:
    if found := _PATHS.search(path):
        yield Leak(path, 0, f"is of the kind {found[0].strip('/')!r}, which students do not get")
    if law.secret and law.secret in content:
        yield Leak(path, 0, "holds the secret that hidden inputs are made from")
    for part in parts_of(path, content):
        if part.problem:
            yield Leak(part.name, 0, part.problem)
        if law.secret and part.data != content and law.secret in part.data:
            yield Leak(part.name, 0, "holds the secret that hidden inputs are made from")
        if part.is_numbers and numbers_in(part.data, law.numbers) >= FEWEST_NUMBERS:
            yield Leak(part.name, 0, "holds numbers of a hidden check")
        if part.text:
            yield from _leaks_in(part, law)


def _leaks_in(part: Part, law: Law) -> Iterator[Leak]:
    text = part.text

    def at(place: int) -> int:
        return text.count("\n", 0, place) + 1 if part.has_lines else 0

    for name, likeness in likenesses(text, law.owners, law.sizes, min(law.guarded.limits.values(), default=1)).items():
        if likeness.share >= law.guarded.limits[name]:
            line = likeness.line if part.has_lines else 0
            yield Leak(part.name, line, f"holds {100 * likeness.share:.0f} % of {name}")
    plain = plain_words(text)
    yield from (Leak(part.name, 0, f"holds {name}") for name, body in law.guarded.bodies.items() if body in plain)
    for found in law.words.finditer(text):
        yield Leak(part.name, at(found.start()), f"tells of {law.guarded.words[found[1]]}: {found[1]!r}")
    if not part.is_package and (marked := _MARKS.search(text)):
        yield Leak(part.name, at(marked.start()), f"holds {marked[0]!r}, which is for authors alone")
    written = [found for found in _NUMBER.finditer(text) if is_drawn(float(found[0]))]
    told = [found for found in written if numbers_in(_either_sign(float(found[0])), law.numbers)]
    if len({found[0] for found in told}) >= FEWEST_NUMBERS:
        yield Leak(part.name, at(told[0].start()), "holds numbers of a hidden check")


def _either_sign(value: float) -> bytes:
    return bits_of(value) + bits_of(-value)
