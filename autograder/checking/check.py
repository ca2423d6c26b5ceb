"""One check, read from a pytest item: what it asks, of which exercise, for how many points."""

import hmac
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from autograder.course.model import Room
from autograder.errors import CourseError
from autograder.report import Visibility

FIXTURES = frozenset({"student", "oracle", "rng"})


@dataclass(frozen=True)
class Check:
    """A check of one exercise.

    title: the first sentence of its docstring. law: what must hold. see, suggest: where to read and what to try.
    """

    room: str
    exercise: str
    name: str
    title: str
    law: str
    visibility: Visibility
    points: float
    see: str
    suggest: str
    function: Callable[..., Any]
    wants: tuple[str, ...]

    def generator(self, secret: bytes) -> np.random.Generator:
        """Return the check's source of inputs: the same for every student, unpredictable when hidden."""
        name = f"{self.room}.{self.exercise}:{self.name}".encode()
        key = secret if self.visibility == "hidden" else b"public"
        return np.random.default_rng(int.from_bytes(hmac.digest(key, name, "sha256")[:16], "little"))


def read_check(item: pytest.Function, room: Room) -> Check:
    """Return the check that `item` is. Raises `CourseError` that names what the author has to add."""
    place = f"{item.path}: {item.name}"
    function = item.obj
    exercise = _argument(item, "exercise", f"{place} needs @exercise(...) with the function it checks")
    room.exercise(exercise)
    visibilities = [name for name in ("public", "hidden") if item.get_closest_marker(name)]
    if len(visibilities) != 1:
        raise CourseError(f"{place} is marked {visibilities or 'neither'}; write @public or @hidden, one of them")
    title = (inspect.getdoc(function) or "").strip().replace("\n", " ")
    if not title:
        raise CourseError(f"{place} has no docstring; write the sentence that the student is to read")
    wants = tuple(inspect.signature(function).parameters)
    if not FIXTURES.issuperset(wants):
        raise CourseError(f"{place} takes {', '.join(wants)}; a check may take student, oracle and rng")
    return Check(
        room=room.name,
        exercise=exercise,
        name=item.name.removeprefix("test_"),
        title=title,
        law=_argument(item, "law", f"{place} needs @law(...): the law it stands for"),
        visibility="public" if visibilities == ["public"] else "hidden",
        points=float(_argument(item, "points", f"{place} needs @points(...)")),
        see=_argument(item, "see", None),
        suggest=_argument(item, "suggest", None),
        function=function,
        wants=wants,
    )


def _argument(item: pytest.Function, name: str, problem: str | None) -> Any:
    marker = item.get_closest_marker(name)
    if marker is not None and marker.args:
        return marker.args[0]
    if problem is not None:
        raise CourseError(problem)
    return ""
