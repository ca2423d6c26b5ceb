"""What a check talks to: a student's functions over the wire, or trusted ones here, with the same manners."""

import warnings
from collections import deque
from collections.abc import Callable, Mapping, MutableSequence
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

import numpy as np

from autograder.sandbox.outcome import Broke, Outcome, Raised, Returned
from autograder.sandbox.worker.generators import SeededRNG, numpy_state

Caller = Callable[[str, tuple[Any, ...], Mapping[str, Any]], Outcome]


class Stopped(Exception):  # noqa: N818 - the check stops because the student's function gave no value
    """A call gave no value; ends the check. Check authors never catch it."""

    def __init__(self, function: str, outcome: Raised | Broke) -> None:
        super().__init__(f"{function} gave no value")
        self.function, self.outcome = function, outcome


def _last_call() -> MutableSequence[tuple[str, Outcome]]:
    return deque(maxlen=1)


@dataclass
class Student:
    """The fixture `student`: every function of the room by name; remembers what each call came to.

    calls: all of them for a check of an exercise. In a capstone there are thousands, so only the last one is kept.
    """

    caller: Caller
    functions: frozenset[str]
    calls: MutableSequence[tuple[str, Outcome]] = field(default_factory=list)

    @classmethod
    def in_a_capstone(cls, caller: Caller, functions: frozenset[str]) -> "Student":
        """Return a student whose calls are too many to be kept."""
        return cls(caller, functions, _last_call())

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name not in self.functions:
            raise AttributeError(f"the room has no function {name!r}; it has {', '.join(sorted(self.functions))}")

        def call(*arguments: Any, **keywords: Any) -> Any:
            outcome = self.caller(name, arguments, keywords)
            self.calls.append((name, outcome))
            if not isinstance(outcome, Returned):
                raise Stopped(name, outcome)
            _tell_generators((*arguments, *keywords.values()), outcome)
            return outcome.value

        return call

    @property
    def warnings(self) -> tuple[str, ...]:
        """What Python and numpy warned of in the last call, as "RuntimeWarning: overflow encountered in exp"."""
        outcome = self.calls[-1][1] if self.calls else None
        return outcome.warnings if isinstance(outcome, Returned) else ()

    def attempt(self, name: str, *arguments: Any) -> Any:
        """Return what the student's `name` gives, or None where it gives no value: for a look beside the question."""
        outcome = self.caller(name, arguments, {})
        self.calls.append((name, outcome))
        return outcome.value if isinstance(outcome, Returned) else None


def _tell_generators(arguments: tuple[Any, ...], outcome: Returned) -> None:
    """Put what the worker says was drawn on the trusted generators, in the order in which they were passed."""
    generators = [argument for argument in arguments if isinstance(argument, SeededRNG)]
    for generator, log in zip(generators, outcome.logs, strict=False):
        generator.log = list(log)
        generator.global_state_touched = outcome.global_state_touched


def trusted_caller(functions: Mapping[str, Callable[..., Any]]) -> Caller:
    """Return a caller of functions of our own that treats them as a worker would.

    Arrays are read-only, generators start afresh, an exception becomes a `Raised`.
    """

    def call(name: str, arguments: tuple[Any, ...], keywords: Mapping[str, Any]) -> Outcome:
        generators: list[SeededRNG] = []
        given, named = _as_received(arguments, generators), _as_received(dict(keywords), generators)
        before = numpy_state() if generators else None
        try:
            with warnings.catch_warnings(record=True) as warned:
                warnings.simplefilter("always", RuntimeWarning)
                value = functions[name](*given, **named)
        except Exception as error:  # noqa: BLE001 - a mistake may raise anything, as a student's code may
            return Raised(type(error).__name__, str(error))
        touched = before is not None and numpy_state() != before
        told = tuple(f"{each.category.__name__}: {each.message}"[:200] for each in warned[:20])
        return Returned(value, tuple(tuple(generator.log) for generator in generators), touched, told)

    return call


def _received(value: Any) -> Any:
    return _as_received(value, [])


def _as_received(value: Any, generators: list[SeededRNG]) -> Any:
    if isinstance(value, np.ndarray):
        view = value.view()
        view.flags.writeable = False
        return view
    if isinstance(value, SeededRNG):
        generators.append(value.fresh())
        return generators[-1]
    if type(value) is dict:
        return {key: _as_received(item, generators) for key, item in value.items()}
    if type(value) in (list, tuple):
        return type(value)(_as_received(item, generators) for item in value)
    if isinstance(value, tuple):
        return type(value)(*(_as_received(item, generators) for item in value))
    return value


class Oracle:
    """The fixture `oracle`: the right answer to any call of the room's functions."""

    def __init__(self, module: ModuleType, functions: frozenset[str]) -> None:
        self._functions = functions
        self._module = vars(module)

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name not in self._functions:
            raise AttributeError(f"the reference of this room has no exercise {name!r}")

        def answer(*arguments: Any, **keywords: Any) -> Any:
            with np.errstate(all="ignore"):
                return self._module[name](*_received(arguments), **_received(keywords))

        return answer
