"""Where a student stands: which exercises are done, which are open by their prerequisites, and which comes next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from autograder.course.model import Capstone, Course, Exercise, Room
from autograder.study.diary import Diary, Entry

State = Literal["done", "begun", "open", "later"]


@dataclass(frozen=True)
class Place:
    """One exercise on the map. waits_for: what is worth doing before and is not done. changed: since it was checked."""

    exercise: Exercise
    state: State
    entry: Entry
    waits_for: tuple[str, ...]
    changed: bool


@dataclass(frozen=True)
class Map:
    """The whole course, in reading order; `next` is where to go on, None when all is done."""

    rooms: tuple[tuple[Room, tuple[Place, ...]], ...]
    next: Place | None

    @property
    def places(self) -> tuple[Place, ...]:
        """Every exercise, in reading order."""
        return tuple(place for _, places in self.rooms for place in places)


def draw_map(course: Course, diary: Diary, versions: Mapping[str, str]) -> Map:
    """Return where everything stands; `versions` are the functions' digests now, by "room.exercise"."""
    names = {f"{exercise.room}.{exercise.name}" for room in course.rooms for exercise in room.graded}
    done = {name for name in names if diary.entry(name).passed}
    rooms = tuple(
        (room, tuple(_place(exercise, names, done, diary, versions) for exercise in room.graded))
        for room in course.rooms
    )
    places = [place for _, places in rooms for place in places]
    return Map(rooms, _next(places))


def _place(exercise: Exercise, names: set[str], done: set[str], diary: Diary, versions: Mapping[str, str]) -> Place:
    name = f"{exercise.room}.{exercise.name}"
    entry = diary.entry(name)
    below = exercise.uses if isinstance(exercise, Capstone) else exercise.builds_on
    before = (*exercise.needs, *(f"{exercise.room}.{other}" for other in below))
    waits_for = tuple(dict.fromkeys(other for other in before if other in names and other not in done))
    state: State = "done" if entry.passed else "begun" if entry.attempts else "later" if waits_for else "open"
    changed = bool(entry.version) and versions.get(name, "") != entry.version
    return Place(exercise, state, entry, waits_for, changed)


def _next(places: Sequence[Place]) -> Place | None:
    """Return what is begun first of all, then what is open, then whatever is left, in reading order."""
    for state in ("begun", "open", "later"):
        for place in places:
            if place.state == state:
                return place
    return None
