"""Run one check against one subject and say what came of it."""

import time
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from autograder.checking.check import Check
from autograder.checking.failure import CheckFailed
from autograder.checking.subject import Caller, Oracle, Stopped, Student
from autograder.errors import GraderFault
from autograder.sandbox.outcome import Broke, Outcome, Raised

Calls = tuple[tuple[str, Outcome], ...]


@dataclass(frozen=True)
class Passed:
    """The check found nothing wrong."""


@dataclass(frozen=True)
class Wrong:
    """The answer is wrong."""

    failure: CheckFailed


@dataclass(frozen=True)
class NoValue:
    """A call gave no value."""

    function: str
    outcome: Raised | Broke


@dataclass(frozen=True)
class Unusable:
    """The check itself raised: ours for certain, or else the student's doing if the reference passes."""

    message: str
    place: str
    ours: bool = False


Finding = Passed | Wrong | NoValue | Unusable


@dataclass(frozen=True)
class Run:
    """One run of one check: what was found, what each call came to, how long it took."""

    check: Check
    finding: Finding
    calls: Calls
    seconds: float

    @property
    def passed(self) -> bool:
        """Whether nothing was found wrong."""
        return isinstance(self.finding, Passed)


def run_check(check: Check, caller: Caller, oracle: Oracle, functions: frozenset[str], secret: bytes) -> Run:
    """Run `check` with `caller` as the student."""
    student = Student(caller, functions)
    given: Mapping[str, Callable[[], Any]] = {
        "student": lambda: student,
        "oracle": lambda: oracle,
        "rng": lambda: check.generator(secret),
    }
    start = time.perf_counter()
    finding: Finding = Passed()
    try:
        check.function(**{name: given[name]() for name in check.wants})
    except CheckFailed as failure:
        finding = Wrong(failure.with_traceback(None))
    except Stopped as stopped:
        finding = NoValue(stopped.function, stopped.outcome)
    except AssertionError as error:
        finding = Wrong(CheckFailed(str(error) or "the law does not hold", safe_evidence="the law does not hold"))
    except Exception as error:  # noqa: BLE001 - what a check may raise on hostile values has no bound
        frame = traceback.extract_tb(error.__traceback__)[-1]
        ours = isinstance(error, GraderFault)
        finding = Unusable(f"{type(error).__name__}: {error}"[:500], f"{frame.filename}:{frame.lineno}", ours)
    return Run(check, finding, tuple(student.calls), time.perf_counter() - start)
