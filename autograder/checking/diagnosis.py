"""Name the mistake: compare what a student's function gave with what every known mistake gives on the same inputs.

A mistake is replayed by running the very check with the mistake in the student's place, so nothing has to be
known of how a check uses the function. Inputs are the same for every student, so each replay is made once.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from autograder.checking.check import Check
from autograder.checking.running import Calls, Run, run_check
from autograder.checking.subject import Oracle, trusted_caller
from autograder.course.mistakes import Mistake
from autograder.sandbox.outcome import Outcome, Raised, Returned

RELATIVE_TOLERANCE = 1e-6
SINGLE_PRECISION_TOLERANCE = 1e-3
ABSOLUTE_TOLERANCE = 1e-12
Same = Callable[[Outcome, Outcome], bool]
_Number = int | float | np.floating | np.integer


class Replays:
    """What each known mistake of a room comes to in each check; filled as submissions need it."""

    def __init__(
        self,
        mistakes: Sequence[Mistake],
        reference: Mapping[str, Any],
        functions: frozenset[str],
        secret: bytes,
    ) -> None:
        self._mistakes, self._reference = mistakes, reference
        self._functions, self._secret = functions, secret
        self._runs: dict[tuple[str, str], Run] = {}

    def of(self, mistake: Mistake, check: Check, oracle: Oracle) -> Run:
        """Return the run of `check` with `mistake` in place of its exercise."""
        key = (mistake.name, check.name)
        if key not in self._runs:
            functions: dict[str, Callable[..., Any]] = {name: self._reference[name] for name in self._functions}
            functions[mistake.exercise] = mistake.function
            caller = trusted_caller(functions)
            self._runs[key] = run_check(check, caller, oracle, self._functions, self._secret)
        return self._runs[key]

    def candidates(
        self, exercise: str, runs: Sequence[Run], oracle: Oracle, unlent: Collection[str] = ()
    ) -> list[Mistake]:
        """Return the mistakes that gave what the student's function gave in every one of `runs`.

        unlent: checks that passed on wrong functions below this one, so that their values are not its own.
        A function that draws from numpy's global generator never gives the same twice. When no mistake fits by its
        values, one fits that drew from there in the same calls.
        """
        own = [mistake for mistake in self._mistakes if mistake.exercise == exercise]
        exact = [mistake for mistake in own if self._explains(mistake, runs, oracle, unlent, same_outcome)]
        return exact or [mistake for mistake in own if self._explains(mistake, runs, oracle, unlent, same_source)]

    def _explains(
        self, mistake: Mistake, runs: Iterable[Run], oracle: Oracle, unlent: Collection[str], same: Same
    ) -> bool:
        for run in runs:
            replay = self.of(mistake, run.check, oracle)
            if replay.passed != run.passed:
                return False
            if run.check.name in unlent:
                continue
            if not same_calls(run.calls, replay.calls, mistake.exercise, same):
                return False
        return True


def same_calls(seen: Calls, replayed: Calls, exercise: str, same: Same) -> bool:
    """Whether two runs of a check saw the same of `exercise`, as far as both went."""
    first = [outcome for name, outcome in seen if name == exercise]
    second = [outcome for name, outcome in replayed if name == exercise]
    return all(map(same, first, second))


def same_source(seen: Outcome, replayed: Outcome) -> bool:
    """Whether two outcomes agree, or both come from draws of numpy's global generator."""
    if isinstance(seen, Returned) and isinstance(replayed, Returned):
        from_there = seen.global_state_touched and replayed.global_state_touched
        return from_there or same_outcome(seen, replayed)
    return same_outcome(seen, replayed)


def same_outcome(seen: Outcome, replayed: Outcome) -> bool:
    """Whether two outcomes are the same value to 1e-6, or the same type of exception."""
    if isinstance(seen, Returned) and isinstance(replayed, Returned):
        return same_value(seen.value, replayed.value)
    return isinstance(seen, Raised) and isinstance(replayed, Raised) and seen.type == replayed.type


def same_value(seen: Any, replayed: Any) -> bool:
    """Whether two plain values have the same form and the same numbers, to 1e-6 or as single precision allows.

    NaN equals NaN. Where one part is in single precision, the others may have been computed from it.
    """
    return _same(seen, replayed, single=_is_single(seen))


def _is_single(value: Any) -> bool:
    if isinstance(value, dict):
        return any(map(_is_single, value.values()))
    if isinstance(value, list | tuple):
        return any(map(_is_single, value))
    return getattr(value, "dtype", None) == np.float32


def _same(seen: Any, replayed: Any, *, single: bool) -> bool:
    if isinstance(seen, dict) and isinstance(replayed, dict):
        return seen.keys() == replayed.keys() and all(_same(seen[key], replayed[key], single=single) for key in seen)
    if isinstance(seen, list | tuple) and isinstance(replayed, list | tuple):
        pairs = zip(seen, replayed, strict=False)
        return len(seen) == len(replayed) and all(_same(one, other, single=single) for one, other in pairs)
    if isinstance(seen, np.ndarray) or isinstance(replayed, np.ndarray):
        return _same_array(seen, replayed, single=single)
    if isinstance(seen, _Number) and isinstance(replayed, _Number):
        return _same_array(seen, replayed, single=single)
    return type(seen) is type(replayed) and bool(seen == replayed)


def _same_array(seen: Any, replayed: Any, *, single: bool) -> bool:
    numeric = all(isinstance(value, np.ndarray | int | float | np.generic) for value in (seen, replayed))
    if not numeric or np.shape(seen) != np.shape(replayed):
        return False
    rtol, atol = RELATIVE_TOLERANCE, ABSOLUTE_TOLERANCE
    try:
        with np.errstate(all="ignore"):
            if single:
                # What nearly cancels keeps the rounding of what it was made of.
                finite = np.asarray(replayed)[np.isfinite(replayed)]
                rtol, atol = SINGLE_PRECISION_TOLERANCE, 1e-6 * float(np.max(np.abs(finite), initial=0.0))
            return bool(np.allclose(seen, replayed, rtol=rtol, atol=max(atol, ABSOLUTE_TOLERANCE), equal_nan=True))
    except (TypeError, OverflowError):
        # An integer beyond 64 bits is an array of objects to numpy.
        return False
