"""The numbers that hidden checks hand to students' functions: drawn from the course's secret, and none in a release."""

import os
import struct
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.checking.check import Check
from autograder.checking.examiner import Examiner
from autograder.checking.running import run_check
from autograder.checking.subject import Oracle, trusted_caller
from autograder.course.model import Course, Room
from autograder.grading.environment import SECRET_FILE, SECRET_VARIABLE
from autograder.grading.session import grade
from autograder.sandbox.backends import NONE
from autograder.sandbox.host import Host
from autograder.sandbox.outcome import Outcome

Bits = NDArray[np.uint64]
_NONE_KNOWN = b"no secret is known here"


def known_secret(course: Path) -> bytes | None:
    """Return the secret of the course in this folder, if it has one here already; none is made."""
    given = os.environ.get(SECRET_VARIABLE, "")
    if given:
        return given.encode("utf-8", "surrogateescape")
    try:
        return (course.resolve().parent / SECRET_FILE).read_bytes().strip() or None
    except OSError:
        return None


def hidden_numbers(course: Course, rooms: Sequence[Room], secret: bytes | None) -> Bits:
    """Return, sorted and as their bits, the numbers that the rooms' hidden checks pass on and no public check does.

    To the student's functions and to the oracle. Numbers of a few digits, which are written by hand in many places, do
    not count.
    """
    rooms = [room.without_capstone() for room in rooms]
    # The host is never started: all that runs is the course's own.
    examiner = Examiner(course.without_capstones(), rooms, Host(NONE), secret or _NONE_KNOWN)
    grade(examiner, (), lambda _: None)
    seen: dict[str, set[float]] = {"public": set(), "hidden": set()}
    for check in examiner.checks.values():
        _collect(check, examiner, seen[check.visibility])
    alone = [value for value in seen["hidden"] - seen["public"] if is_drawn(value)]
    return np.sort(np.array(alone, dtype="<f8").view("<u8"))


def is_drawn(value: float) -> bool:
    """Whether a number has so many digits that nobody writes it by hand."""
    return bool(np.isfinite(value)) and float(f"{value:.8g}") != value


def numbers_in(data: bytes, numbers: Bits) -> int:
    """Return how many of the numbers stand in `data`, wherever they begin."""
    found: set[int] = set()
    for start in range(min(8, max(0, len(data) - 7)) if len(numbers) else 0):
        words = np.frombuffer(data, dtype="<u8", offset=start, count=(len(data) - start) // 8)
        known = numbers[np.searchsorted(numbers, words) % len(numbers)] == words
        found.update(words[known].tolist())
    return len(found)


def bits_of(value: float) -> bytes:
    """Return a number as it stands in a file of numbers."""
    return struct.pack("<d", value)


def _collect(check: Check, examiner: Examiner, into: set[float]) -> None:
    kit = examiner.kits[check.room]
    trusted = trusted_caller(vars(kit.reference))

    def caller(name: str, arguments: tuple[Any, ...], keywords: Mapping[str, Any]) -> Outcome:
        into.update(_numbers_in([*arguments, *keywords.values()]))
        return trusted(name, arguments, keywords)

    run_check(check, caller, _Heard(kit.oracle, into), kit.functions, examiner.secret)


class _Heard(Oracle):
    """An oracle whose questions are listened to."""

    def __init__(self, oracle: Oracle, into: set[float]) -> None:
        self._oracle, self._into = oracle, into

    def __getattr__(self, name: str) -> Callable[..., Any]:
        ask = getattr(self._oracle, name)

        def answer(*arguments: Any, **keywords: Any) -> Any:
            self._into.update(_numbers_in([*arguments, *keywords.values()]))
            return ask(*arguments, **keywords)

        return answer


def _numbers_in(value: Any) -> Iterable[float]:
    if isinstance(value, np.ndarray | np.generic | float):
        array = np.asarray(value)
        return array.astype("f8").ravel().tolist() if array.dtype.kind == "f" else ()
    if isinstance(value, Mapping):
        return _numbers_in(list(value.values()))
    if isinstance(value, list | tuple):
        return [number for each in value for number in _numbers_in(each)]
    return ()
