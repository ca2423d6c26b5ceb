"""Run one check against one subject and say what came of it."""

import contextlib
import signal
import threading
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

from autograder.checking.check import Check
from autograder.checking.failure import CheckFailed
from autograder.checking.subject import Caller, Oracle, Stopped, Student
from autograder.checking.trials import Memory, measurer
from autograder.errors import SandboxError
from autograder.language import label, say
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
    """The check itself raised on what it was given: the student's doing if the reference passes, else ours.

    too_long: it was stopped, for it worked and worked on what it was given. too_large: it ran out of memory.
    """

    message: str
    place: str
    too_long: bool = False
    too_large: bool = False


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


@dataclass(frozen=True)
class Bench:
    """What the checks of a capstone have besides: the course's lab, and what the trials of this submission came to."""

    lab: ModuleType | None = None
    memory: Memory = field(default_factory=dict)


class TookTooLongError(BaseException):
    """A check of ours works and works on what it was given; nothing below `run_check` may take it for an answer."""


@contextlib.contextmanager
def _bounded_work(seconds: float) -> Iterator[None]:
    """Bound the grader's own processor time in a check: a few bytes can ask for hours of it."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def too_long(*_: object) -> None:
        raise TookTooLongError(say("the check used {seconds:g} s of processor time on these values", seconds=seconds))

    before = signal.signal(signal.SIGPROF, too_long)
    # Again and again, should the first one meet somebody who passes over it.
    signal.setitimer(signal.ITIMER_PROF, seconds, 1.0)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def run_check(
    check: Check, caller: Caller, oracle: Oracle, functions: frozenset[str], secret: bytes, bench: Bench | None = None
) -> Run:
    """Run `check` with `caller` as the student; a check of a capstone needs a `bench`."""
    student = (Student.in_a_capstone if check.is_capstone else Student)(caller, functions)
    bench = bench or Bench()
    given: Mapping[str, Callable[[], Any]] = {
        "student": lambda: student,
        "oracle": lambda: oracle,
        "rng": lambda: check.generator(secret),
        "lab": lambda: bench.lab,
        "measure": lambda: measurer(student, bench.lab, bench.memory),
    }
    start = time.perf_counter()
    finding: Finding = Passed()
    try:
        with _bounded_work(check.seconds):
            check.function(**{name: given[name]() for name in check.wants})
    except CheckFailed as failure:
        finding = Wrong(failure.with_traceback(None))
    except Stopped as stopped:
        finding = NoValue(stopped.function, stopped.outcome)
    except AssertionError as error:
        safe = say("the law does not hold")
        finding = Wrong(CheckFailed(label(str(error)) or safe, safe_evidence=safe))
    except SandboxError:
        raise
    except (Exception, TookTooLongError) as error:  # noqa: BLE001 - what a check may raise on hostile values has no bound
        frame = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{frame.filename}:{frame.lineno}"
        message = f"{type(error).__name__}: {error}"[:500]
        finding = Unusable(message, place, isinstance(error, TookTooLongError), isinstance(error, MemoryError))
    return Run(check, finding, tuple(student.calls), time.perf_counter() - start)
