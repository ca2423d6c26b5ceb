"""One check, read from a pytest item: what it asks, of which exercise, for how many points."""

import hmac
import inspect
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pytest

from autograder.course.model import Capstone, Room
from autograder.course.texts import RoomTexts, room_texts
from autograder.errors import CourseError
from autograder.limits import Limits
from autograder.report import Visibility

FIXTURES = ("student", "oracle", "rng")
CAPSTONE_FIXTURES = (*FIXTURES, "lab", "measure")


@dataclass(frozen=True)
class Check:
    """A check of one exercise, or of a room's capstone.

    sentence: what its name says, in the language of this process, as are all texts here.
    title: the first sentence of its docstring. law: what must hold. see, suggest: where to read and what to try.
    seconds: processor time that it may take on our side. spoiled_by: mistakes of the room with which it must fail, for
    a check of a capstone, which has no mistakes of its own.
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
    seconds: float = Limits.check_seconds
    is_capstone: bool = False
    spoiled_by: tuple[str, ...] = ()
    sentence: str = ""

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
    owner = room.exercise(exercise)
    is_capstone = isinstance(owner, Capstone)
    visibilities = [name for name in ("public", "hidden") if item.get_closest_marker(name)]
    if len(visibilities) != 1:
        raise CourseError(f"{place} is marked {visibilities or 'neither'}; write @public or @hidden, one of them")
    title = " ".join((inspect.getdoc(function) or "").split())
    if not title:
        raise CourseError(f"{place} has no docstring; write the sentence that the student is to read")
    wants = tuple(inspect.signature(function).parameters)
    may_take = CAPSTONE_FIXTURES if is_capstone else FIXTURES
    if not set(may_take).issuperset(wants):
        raise CourseError(f"{place} takes {', '.join(wants)}; a check may take {', '.join(may_take)}")
    name = item.name.removeprefix("test_")
    return _spoken(
        Check(
            room=room.name,
            exercise=exercise,
            name=name,
            title=title,
            law=_argument(item, "law", f"{place} needs @law(...): the law it stands for"),
            visibility="public" if visibilities == ["public"] else "hidden",
            points=float(_argument(item, "points", f"{place} needs @points(...)")),
            see=_argument(item, "see", None),
            suggest=_argument(item, "suggest", None),
            function=function,
            wants=wants,
            seconds=owner.limits.check_seconds,
            is_capstone=is_capstone,
            spoiled_by=_spoilers(item, place, is_capstone=is_capstone),
            sentence=name.replace("_", " "),
        ),
        room_texts(room),
    )


def _spoken(check: Check, texts: RoomTexts) -> Check:
    """Return the check with what students read of it in the language of `texts`."""
    own = texts.checks.get(check.name, {})
    notes = texts.exercises.get(check.exercise, {}).get("notes", "")
    return replace(
        check,
        sentence=own.get("sentence", check.sentence),
        title=own.get("title", check.title),
        law=own.get("law", check.law),
        suggest=own.get("suggest", check.suggest),
        see=own.get("see", check.see or notes),
    )


def _spoilers(item: pytest.Function, place: str, *, is_capstone: bool) -> tuple[str, ...]:
    marker = item.get_closest_marker("spoiled_by")
    if is_capstone and not (marker and marker.args):
        raise CourseError(f"{place} needs @spoiled_by(...): mistakes of the room with which it must fail")
    if marker and not is_capstone:
        raise CourseError(f"{place} has @spoiled_by, which is for capstones; mistakes name their checks by caught_by")
    return tuple(marker.args) if marker else ()


def _argument(item: pytest.Function, name: str, problem: str | None) -> Any:
    marker = item.get_closest_marker(name)
    if marker is not None and marker.args:
        return marker.args[0]
    if problem is not None:
        raise CourseError(problem)
    return ""
