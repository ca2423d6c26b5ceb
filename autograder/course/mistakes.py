"""Known wrong and known right ways to write an exercise, and the decorators that mark them in a room."""

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import FunctionType
from typing import Any, TypeVar

from autograder.errors import CourseError

AnyFunction = TypeVar("AnyFunction", bound=Callable[..., Any])

# The attribute that a decorator leaves on a function for loading to collect.
RECORD = "__autograder_record__"


@dataclass(frozen=True)
class Mistake:
    """A wrong variant of an exercise.

    caught_by: checks that must fail on it, without their "test_". explanation: what it does wrong, for the
    student. covers: rows of the lists of mistakes that it stands for. read, suggest: where to look and what
    to try, or "".
    """

    name: str
    exercise: str
    function: Callable[..., Any]
    caught_by: tuple[str, ...]
    explanation: str
    covers: tuple[str, ...]
    read: str
    suggest: str


@dataclass(frozen=True)
class Variant:
    """A correct variant of an exercise, which must score full marks.

    group: variants of several exercises that only work together share one; None stands alone. why: why it is
    right. covers: rows of the lists of mistakes that turn out to change nothing.
    """

    name: str
    exercise: str
    function: Callable[..., Any]
    group: str | None
    why: str
    covers: tuple[str, ...] = ()


def mistake(
    exercise: str,
    *,
    caught_by: str | Sequence[str],
    covers: str | Sequence[str] = (),
    read: str = "",
    suggest: str = "",
) -> Callable[[AnyFunction], AnyFunction]:
    """Mark a function as a known wrong way to write `exercise`; its docstring is the explanation.

    Raises CourseError when an argument has the wrong form or the docstring is missing.
    """
    _require_text("mistake", "exercise", exercise)
    checks = tuple(name.removeprefix("test_") for name in _texts("mistake", "caught_by", caught_by))
    if not checks:
        raise CourseError("@mistake: caught_by is empty; expected the check that must catch it.")
    rows = _texts("mistake", "covers", covers)
    for argument, value in (("read", read), ("suggest", suggest)):
        if not isinstance(value, str):
            raise CourseError(f"@mistake: {argument} is {value!r}; expected a text.")

    def mark(function: AnyFunction) -> AnyFunction:
        name, explanation = _name_and_docstring("mistake", function, "what goes wrong, in words for the student")
        record = Mistake(name, exercise, function, checks, explanation, rows, read, suggest)
        return _attach(function, record)

    return mark


def variant(exercise: str, *, group: str | None = None) -> Callable[[AnyFunction], AnyFunction]:
    """Mark a function as a correct way to write `exercise`; its docstring says why it is right.

    Raises CourseError when an argument has the wrong form or the docstring is missing.
    """
    _require_text("variant", "exercise", exercise)
    if group is not None:
        _require_text("variant", "group", group)

    def mark(function: AnyFunction) -> AnyFunction:
        name, why = _name_and_docstring("variant", function, "why it is right")
        return _attach(function, Variant(name, exercise, function, group, why))

    return mark


def equivalent(exercise: str, *, covers: str | Sequence[str]) -> Callable[[AnyFunction], AnyFunction]:
    """Mark a listed "mistake" that changes nothing: a variant whose docstring is the proof.

    Raises CourseError when an argument has the wrong form or the docstring is missing.
    """
    _require_text("equivalent", "exercise", exercise)
    rows = _texts("equivalent", "covers", covers)
    if not rows:
        raise CourseError("@equivalent: covers is empty; expected the listed mistakes that it stands for.")

    def mark(function: AnyFunction) -> AnyFunction:
        name, why = _name_and_docstring("equivalent", function, "the proof that it changes nothing")
        return _attach(function, Variant(name, exercise, function, None, why, rows))

    return mark


def record_of(function: FunctionType) -> Mistake | Variant | None:
    """Return what a decorator left on `function`, if one did."""
    record = getattr(function, RECORD, None)
    return record if isinstance(record, Mistake | Variant) else None


def _require_text(decorator: str, argument: str, value: object) -> None:
    if inspect.isfunction(value):
        raise CourseError(f'@{decorator} stands without arguments; write @{decorator}("the exercise", …).')
    if not isinstance(value, str) or not value.strip():
        raise CourseError(f"@{decorator}: {argument} is {value!r}; expected a text that is not blank.")


def _texts(decorator: str, argument: str, value: object) -> tuple[str, ...]:
    texts = (value,) if isinstance(value, str) else value
    if isinstance(texts, tuple | list) and all(isinstance(text, str) and text.strip() for text in texts):
        return tuple(texts)
    raise CourseError(f"@{decorator}: {argument} is {value!r}; expected a text or a tuple of texts, none blank.")


def _name_and_docstring(decorator: str, function: object, meaning: str) -> tuple[str, str]:
    if not isinstance(function, FunctionType):
        raise CourseError(f"@{decorator} marks {function!r}; expected a plain function.")
    docstring = inspect.cleandoc(function.__doc__ or "").strip()
    if not docstring:
        raise CourseError(f"@{decorator}: {function.__name__} has no docstring; expected one that says {meaning}.")
    return function.__name__, docstring


def _attach(function: AnyFunction, record: Mistake | Variant) -> AnyFunction:
    if hasattr(function, RECORD):
        raise CourseError(f"{record.name} is marked twice; expected one of @mistake, @variant and @equivalent.")
    setattr(function, RECORD, record)
    return function
