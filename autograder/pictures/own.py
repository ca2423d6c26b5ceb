"""The student's functions, for a picture: called as in a check, and looked at before anything is drawn from them."""

from collections.abc import Callable, Mapping
from types import ModuleType
from typing import Any

import numpy as np

from autograder.checking.compare import assert_dtype, assert_keys, assert_shape
from autograder.checking.explaining import Sources, explain
from autograder.checking.failure import CheckFailed
from autograder.checking.subject import Oracle
from autograder.course.model import Room
from autograder.errors import CourseError
from autograder.language import say
from autograder.limits import CAPSTONE_LIMITS
from autograder.pictures.marks import FILE, MendError
from autograder.sandbox.allowance import Allowance
from autograder.sandbox.host import Host
from autograder.sandbox.outcome import Broke, Outcome, Raised, Returned
from autograder.sandbox.process import Worker
from autograder.sandbox.worker.wire import Unsendable

# A picture may train as long as a capstone does.
LIMITS = CAPSTONE_LIMITS


class OwnModule:
    """The student's module in a worker; a fresh one whenever the last one broke."""

    def __init__(self, host: Host, room: Room, sources: Sources, reference: ModuleType) -> None:
        self._host, self._room, self.sources = host, room, sources
        self._records = {name: value for name, value in vars(reference).items() if hasattr(value, "_fields")}
        self._worker: Worker | None = None
        self._broke: dict[str, Outcome] = {}
        self._allowance = Allowance(LIMITS)

    def next_picture(self) -> None:
        """Give the next picture all the time there is."""
        self._allowance = Allowance(LIMITS)

    def call(self, name: str, arguments: tuple[Any, ...], keywords: Mapping[str, Any]) -> Outcome:
        """Call a function of the module; one that has broken its worker is not waited for a second time."""
        for known in (self._room.module, name):
            if known in self._broke:
                return self._broke[known]
        problem = self._prepared()
        if problem is not None:
            self._broke[self._room.module] = problem
            return problem
        assert self._worker is not None
        try:
            outcome = self._worker.call(self._room.module, name, arguments, keywords, {}, self._allowance)
        except Unsendable as error:
            raise CourseError(f"{self._room.path / FILE}: a picture passes {name} {error}") from error
        if self._worker.alive:
            self._worker.link.take_output()
        if isinstance(outcome, Broke):
            self._broke[name] = outcome
        return outcome

    def close(self) -> None:
        """End the worker, if one is alive."""
        if self._worker is not None and self._worker.alive:
            self._worker.end()

    def _prepared(self) -> Outcome | None:
        if self._worker is not None and self._worker.alive:
            return None
        self._worker = Worker(self._host, self.sources.texts, self._records, LIMITS)
        outcome = self._worker.load(self._room.module, self._allowance)
        return None if isinstance(outcome, Returned) else outcome


class Functions:
    """What a picture gets as `student`: every exercise of the room by name.

    called: names in the order of their first call. to_mend: those that could not be drawn from.
    """

    def __init__(self, room: Room, own: OwnModule, oracle: Oracle) -> None:
        self._room, self._own, self._oracle = room, own, oracle
        self.called: dict[str, None] = {}
        self.to_mend: dict[str, None] = {}

    def __getattr__(self, name: str) -> Callable[..., Any]:
        names = frozenset(exercise.name for exercise in self._room.exercises)
        if name not in names:
            raise AttributeError(f"the room has no function {name!r}; it has {', '.join(sorted(names))}")

        def call(*arguments: Any, **keywords: Any) -> Any:
            self.called[name] = None
            try:
                return self._answer(name, arguments, keywords)
            except MendError as problem:
                self.to_mend[problem.function] = None
                raise

        return call

    def _answer(self, name: str, arguments: tuple[Any, ...], keywords: Mapping[str, Any]) -> Any:
        outcome = self._own.call(name, arguments, keywords)
        if not isinstance(outcome, Returned):
            _, told = explain(outcome, self._own.sources, LIMITS, hidden=False)
            raise MendError(self._missing(name, outcome), told)
        try:
            expected = getattr(self._oracle, name)(*arguments, **keywords)
        except Exception:  # noqa: BLE001 - what an earlier function gave may be nothing that the reference takes
            return outcome.value
        try:
            _fit(outcome.value, expected, name)
        except CheckFailed as failure:
            raise MendError(name, failure.evidence) from None
        return outcome.value

    def _missing(self, name: str, outcome: Raised | Broke) -> str:
        """Return the function to mend: the one that was called, unless it calls one that is not written yet."""
        if isinstance(outcome, Raised) and outcome.type == "NotImplementedError":
            exercises = {exercise.name for exercise in self._room.exercises}
            inside = [function for _, _, function in outcome.frames if function in exercises]
            return inside[-1] if inside else name
        return name


def _fit(got: object, expected: object, name: str) -> None:
    """Raise CheckFailed unless `got` has the form of `expected`: its kind, shape and keys, whatever the numbers."""
    if isinstance(expected, dict):
        assert_keys(got, *expected, name=name)
        assert isinstance(got, dict)
        for key, value in expected.items():
            _fit(got[key], value, f'{name}["{key}"]')
    elif isinstance(expected, tuple | list):
        if not isinstance(got, tuple | list) or len(got) < len(expected):
            told = say("{name} gave {kind}; expected {n} values.", name=name, kind=_kind(got), n=len(expected))
            raise CheckFailed(told, safe_evidence=told)
        for place, value in enumerate(expected):
            _fit(got[place], value, f"{name}[{place}]")
    elif isinstance(expected, str):
        if not isinstance(got, str):
            told = say("{name} gave {kind}; expected a text.", name=name, kind=_kind(got))
            raise CheckFailed(told, safe_evidence=told)
    elif expected is not None:
        wanted = np.asarray(expected)
        assert_shape(got, wanted.shape, name=name)
        # A mask may come as flags, as whole numbers or scaled.
        if np.asarray(got).dtype.kind not in "biuf":
            assert_dtype(got, "float", name=name)


def _kind(value: object) -> str:
    if isinstance(value, tuple | list):
        return say("{n} values", n=len(value))
    return type(value).__name__
