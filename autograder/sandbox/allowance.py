"""What one exercise may still use of time, and when to look whether a call has used up its own.

Time-outs are judged by processor time, so that a busy machine changes no grade unless it is three times slower: a call
is over when it has used `call_seconds` of it, or, for what only waits, when `PATIENCE` times as long has passed on the
wall. Wall clock is the trusted side's own. Processor time has to be asked of the sandbox's server, which costs more
than many a call does; so it is asked only when it could have run out, for nobody uses more of it than there are
processors while the clock runs.
"""

import os
import time
from collections.abc import Callable

from autograder.limits import PATIENCE, Limits
from autograder.sandbox.outcome import Cause

# What may be booked on the exercise after the one that used it, so that quick exercises need not be told apart.
GRAIN_SECONDS = 0.05
STEP_SECONDS = 0.01


class Allowance:
    """What one exercise has used, over all the workers that served it."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.wall_spent = self.cpu_spent = self.slowest_call = 0.0

    def spend_wall(self, seconds: float) -> None:
        """Book one call's wall clock."""
        self.wall_spent += seconds
        self.slowest_call = max(self.slowest_call, seconds)

    @property
    def wall_left(self) -> float:
        """Wall clock in seconds that is left; not above zero when there is none."""
        return self.limits.wall_seconds - self.wall_spent

    @property
    def cpu_left(self) -> float:
        """Processor time in seconds that is left; not above zero when there is none."""
        return self.limits.cpu_seconds - self.cpu_spent


class Meter:
    """Books one worker's processor time on the exercise at hand; `read` asks for it, None when there is no answer.

    seen: what the worker had used when it was last looked at, in seconds.
    """

    def __init__(self, read: Callable[[], float | None]) -> None:
        self._read = read
        self.processors = len(os.sched_getaffinity(0))
        self.seen, self._seen_at = 0.0, time.monotonic()
        self._allowance: Allowance | None = None

    def begin(self, allowance: Allowance) -> bool:
        """Book what follows on `allowance`; return whether that is another one than before."""
        if time.monotonic() - self._seen_at > GRAIN_SECONDS:
            self.look()
        changed = allowance is not self._allowance
        self._allowance = allowance
        return changed

    def look(self) -> None:
        """Ask what the worker has used, and book it."""
        used = self._read()
        if used is not None:
            self.settle(used)

    def settle(self, used: float) -> None:
        """Book what the worker has used since the last look, when it has used `used` seconds in all."""
        if self._allowance is not None:
            self._allowance.cpu_spent += max(0.0, used - self.seen)
        self.seen, self._seen_at = used, time.monotonic()


class Turn:
    """One call's time. end: when it is over whatever happens; look: when to ask next whether it is; both monotonic."""

    def __init__(self, allowance: Allowance, meter: Meter) -> None:
        self._allowance, self._meter = allowance, meter
        self._start, self._cpu_at_start = time.monotonic(), meter.seen
        self._call_seconds = allowance.limits.call_seconds
        patience, left = PATIENCE * self._call_seconds, allowance.wall_left
        self._last_cause = Cause.DEADLINE if patience <= left else Cause.WALL
        self.end = self._start + min(patience, left)
        self.look = self._next_look(self._start)

    def run_out(self) -> Cause | None:
        """Look; return what has run out, or None and go on until the new `look`."""
        self._meter.look()
        now = time.monotonic()
        if self._allowance.cpu_left <= 0:
            return Cause.CPU
        if self._call_left <= 0 and now - self._start >= self._call_seconds:
            return Cause.DEADLINE
        if now >= self.end:
            return self._last_cause
        self.look = self._next_look(now)
        return None

    def close(self) -> None:
        """Book the call's wall clock."""
        self._allowance.spend_wall(time.monotonic() - self._start)

    @property
    def _call_left(self) -> float:
        return self._call_seconds - (self._meter.seen - self._cpu_at_start)

    def _next_look(self, now: float) -> float:
        """Return the first moment at which processor time, the call's or the exercise's, could have run out."""
        call_over = max(self._start + self._call_seconds, now + self._call_left / self._meter.processors)
        exercise_over = now + self._allowance.cpu_left / self._meter.processors
        return min(self.end, max(now + STEP_SECONDS, min(call_over, exercise_over)))
