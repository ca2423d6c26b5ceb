"""One examiner per grader process: the rooms, their checks in order, and a sandbox to examine submissions in."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from autograder.checking.check import Check, read_check
from autograder.checking.examination import Examination
from autograder.checking.explaining import Sources
from autograder.checking.kit import RoomKit, prepare_room
from autograder.course.laboratory import load_lab
from autograder.course.model import Course, Exercise, Room
from autograder.errors import CourseError
from autograder.sandbox.allowance import Allowance
from autograder.sandbox.host import Host

if TYPE_CHECKING:
    import pytest


class Examiner:
    """Holds the sandbox's host and what is trusted about the rooms; examines one submission at a time."""

    def __init__(self, course: Course, rooms: Sequence[Room], host: Host, secret: bytes) -> None:
        self.course, self.rooms, self.host, self.secret = course, tuple(rooms), host, secret
        lab = load_lab(course) if any(room.capstone for room in rooms) else None
        self.kits: Mapping[str, RoomKit] = {room.name: prepare_room(course, room, secret, lab) for room in rooms}
        self.checks: dict[str, Check] = {}
        self.current: Examination | None = None
        self.problems: list[str] = []
        self.spent: Mapping[tuple[str, str], Allowance] = {}

    def admit(self, items: Iterable["pytest.Function"]) -> list["pytest.Function"]:
        """Read the checks that pytest collected; return their items in the order in which to run them.

        An exercise comes after those it builds on. Raises `CourseError` for a check that lacks something.
        """
        rooms = {room.path.resolve(): room for room in self.rooms}
        order = {name: place for place, name in enumerate(_order(self.rooms))}
        placed: list[tuple[bool, int, int, pytest.Function]] = []
        for item in items:
            room = rooms.get(item.path.parent.parent.resolve())
            if room is None:
                raise CourseError(f"{item.path} is not in a room of this course")
            check = read_check(item, room)
            self.checks[item.nodeid] = check
            # Hidden checks come last of all: nothing is shown after a worker has seen their inputs.
            placed.append((check.visibility == "hidden", order[(check.room, check.exercise)], len(placed), item))
        return [item for *_, item in sorted(placed, key=lambda entry: entry[:3])]

    @property
    def exercises(self) -> list[Exercise]:
        """The exercises and capstones that have admitted checks, in reading order."""
        checked = {(check.room, check.exercise) for check in self.checks.values()}
        return [
            exercise for room in self.rooms for exercise in room.graded if (exercise.room, exercise.name) in checked
        ]

    def begin(self, sources: Sources) -> Examination:
        """Start to examine a submission; ends the one before."""
        self.finish()
        self.current = Examination(self.host, self.kits, sources, self.secret)
        return self.current

    def finish(self) -> None:
        """End the current submission's worker; what it has used of its time is then in `spent`."""
        if self.current is not None:
            self.current.close()
            self.spent = self.current.spent
            self.current = None

    def close(self) -> None:
        """End everything."""
        self.finish()
        self.host.close()


def _order(rooms: Iterable[Room]) -> list[tuple[str, str]]:
    """Return (room, exercise) in reading order, with what an exercise builds on before it, a capstone last."""
    ordered: list[tuple[str, str]] = []

    def place(room: Room, name: str) -> None:
        if (room.name, name) not in ordered:
            for earlier in room.exercise(name).builds_on:
                place(room, earlier)
            ordered.append((room.name, name))

    for room in rooms:
        for exercise in room.graded:
            place(room, exercise.name)
    return ordered
