"""What can be handed in for a room: the reference, the known mistakes, the known variants, as objects and as text."""

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.course.compose import function_source
from autograder.course.loading import load_mistakes, load_reference, load_variants, reference_text
from autograder.course.mistakes import Mistake, Variant
from autograder.course.model import Course, Room


@dataclass(frozen=True)
class Shelf:
    """One room's answers.

    source: the reference as text. names: what it defines. mistakes, variants: by exercise, in their files' order.
    """

    room: Room
    source: str
    names: Mapping[str, Any]
    mistakes: Mapping[str, tuple[Mistake, ...]]
    variants: Mapping[str, tuple[Variant, ...]]

    def record(self, exercise: str, name: str | None) -> Mistake | Variant:
        """Return the mistake or variant of `exercise` called `name`."""
        records: list[Mistake | Variant] = [*self.mistakes[exercise], *self.variants[exercise]]
        return next(record for record in records if record.name == name)


def load_shelf(course: Course, room: Room) -> Shelf:
    """Read all that can be handed in for `room`. Raises `CourseError`."""
    names = vars(load_reference(course, room))
    exercises = [exercise.name for exercise in room.exercises]
    mistakes, variants = load_mistakes(room, names), load_variants(room, names)
    return Shelf(
        room=room,
        source=reference_text(course, room),
        names=names,
        mistakes={name: tuple(one for one in mistakes if one.exercise == name) for name in exercises},
        variants={name: tuple(one for one in variants if one.exercise == name) for name in exercises},
    )


def source_of(record: Mistake | Variant) -> str:
    """Return the text of the function that `record` stands for."""
    return function_source(_text(Path(record.function.__code__.co_filename)), record.name)


@functools.cache
def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")
