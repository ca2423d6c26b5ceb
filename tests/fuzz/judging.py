"""Judges one input for one target: what was raised, how long it took, how much was allocated."""

import hashlib
import signal
import time
import traceback
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from target import Target

FINDINGS = Path(__file__).parent / "findings"
SECONDS = 2.0


class OverdueError(BaseException):
    """An input took too long; no `except Exception` of ours can swallow it."""


@dataclass(frozen=True)
class Judged:
    """What came of one input: a word on the outcome, processor time, and what was wrong, empty when nothing was."""

    outcome: str
    seconds: float
    wrong: str


@contextmanager
def watch() -> Iterator[None]:
    """Let `judged` end what takes too long; for the main thread."""
    before = signal.signal(signal.SIGPROF, _overdue)
    try:
        yield
    finally:
        signal.signal(signal.SIGPROF, before)


def judged(target: Target, data: bytes) -> Judged:
    """Read one input, in so much time, and look at what came of it; under `watch`."""
    outcome, read, wrong, start = "", None, "", time.process_time()
    # Processor time, for the machine may be busy.
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        read = target.read(data)
    except OverdueError:
        wrong = f"more than {SECONDS} s of processor time"
    except target.declared as error:
        outcome = _place(error)
    except Exception as error:  # noqa: BLE001 - whatever else is raised is what we look for
        wrong = "".join(traceback.format_exception(error))
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    seconds = time.process_time() - start
    if not (outcome or wrong):
        try:
            outcome = target.expect(read)
        except Exception as error:  # noqa: BLE001 - so is this, though it be one that the reader may raise
            wrong = "".join(traceback.format_exception(error))
    return Judged(outcome, seconds, wrong)


def weighed(target: Target, data: bytes) -> tuple[int, str]:
    """How many bytes were allocated at once for an input that `judged` found nothing wrong with; and what is wrong."""
    bound, most = target.bound.of(len(data)), 0
    # The first input to need a codec or a regular expression pays for it.
    for _ in range(2):
        most = _peak(target, data)
        if most <= bound:
            return most, ""
    return most, f"{most:,} bytes allocated for an input of {len(data):,}; at most {bound:,} may be"


def _peak(target: Target, data: bytes) -> int:
    tracemalloc.start()
    try:
        with suppress(Exception):
            target.read(data)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def _overdue(signum: int, frame: FrameType | None) -> None:
    raise OverdueError


def _place(error: Exception) -> str:
    """The way to where it was raised: an outcome of its own, whatever the words."""
    trace, places = error.__traceback__, {}
    while trace is not None:
        places[trace.tb_frame.f_code.co_name, trace.tb_lineno] = True
        trace = trace.tb_next
    return f"{type(error).__name__} at {' '.join(f'{name}:{line}' for name, line in places)}"


def keep(target: Target, data: bytes) -> Path:
    """Write an input to where `test_fuzz.py` replays it; return the file."""
    FINDINGS.mkdir(exist_ok=True)
    file = FINDINGS / f"{target.name}.{hashlib.sha256(data).hexdigest()[:12]}.bin"
    file.write_bytes(data)
    return file
