"""What a course is: exercises in rooms, rooms in a course; plain data that can be looked up by name."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from autograder.course.spelling import did_you_mean
from autograder.errors import CourseError
from autograder.language import phrase, say
from autograder.limits import PATIENCE, Limits
from autograder.report import HiddenResults

# The file in a room's folder of checks that holds those of its capstone.
CAPSTONE_CHECKS = "test_capstone.py"


@dataclass(frozen=True)
class Exercise:
    """One function that a student writes.

    points: the most it can earn, the sum of its checks' points. difficulty, importance: 1 to 5. minutes:
    expected work. needs: exercises worth doing before, as "room.exercise". builds_on: functions of the same
    room that a solution may call. notes: where to read. title, hints: by language ("en", "zh"); three hints a
    language, weakest first. limits: what its code may use. rows: ids of the rows of the notes that it covers.
    """

    room: str
    name: str
    points: float
    difficulty: int
    importance: int
    minutes: int
    needs: tuple[str, ...]
    builds_on: tuple[str, ...]
    notes: str
    title: Mapping[str, str]
    hints: Mapping[str, tuple[str, ...]]
    limits: Limits
    rows: tuple[str, ...] = ()


@dataclass(frozen=True)
class Capstone(Exercise):
    """What a room ends with: checks that put the student's functions to work, and no function of its own.

    uses: the functions of the room that its checks call.
    """

    uses: tuple[str, ...] = ()


@dataclass(frozen=True)
class Room:
    """One folder of exercises that share a module.

    name: the folder's name. module: the student's file without ".py". digest: SHA-256 over every file of the
    folder but the student's own and bytecode, so that a change of checks, texts or mistakes shows; with a capstone
    also over what all capstones are made with.
    """

    name: str
    path: Path
    module: str
    title: Mapping[str, str]
    prerequisites: tuple[str, ...]
    exercises: tuple[Exercise, ...]
    digest: str
    capstone: Capstone | None = None

    @property
    def graded(self) -> tuple[Exercise, ...]:
        """All that has checks: the exercises, which are functions, and then the capstone, where there is one."""
        return (*self.exercises, self.capstone) if self.capstone else self.exercises

    @property
    def check_files(self) -> tuple[Path, ...]:
        """The files that hold the checks of the exercises, and of the capstone where there is one."""
        names = [f"test_{self.module}.py", *[CAPSTONE_CHECKS] * (self.capstone is not None)]
        return tuple(self.path / "checks" / name for name in names)

    def without_capstone(self) -> "Room":
        """Return the room without its capstone; what is graded without it has a digest of its own."""
        if self.capstone is None:
            return self
        digest = hashlib.sha256(f"{self.digest} without capstone".encode()).hexdigest()
        return replace(self, capstone=None, digest=digest)

    @property
    def longest_seconds(self) -> float:
        """Return the longest that a submission can keep a grader busy with this room."""
        each = [exercise.limits for exercise in self.graded]
        imports = max(PATIENCE * limits.call_seconds for limits in each)
        # What builds on others is run again when one of them is found wrong late.
        twice = [exercise.limits for exercise in self.exercises if exercise.builds_on]
        # The last check of an exercise may begin just before our own time for it is over.
        return imports + sum(limits.wall_seconds + 2 * limits.check_seconds for limits in (*each, *twice))

    def exercise(self, name: str) -> Exercise:
        """Return the exercise or capstone called `name`; CourseError names the nearest one otherwise."""
        for exercise in self.graded:
            if exercise.name == name:
                return exercise
        known = [exercise.name for exercise in self.graded]
        told = phrase("room {room} has no exercise {name!r}.{near} It has: {names}.")
        near = did_you_mean(name, known)
        raise CourseError(say(told, room=self.name, name=name, near=near, names=", ".join(known)))


@dataclass(frozen=True)
class Course:
    """Rooms in reading order (by folder name).

    path: the folder that holds course.toml. reference: the folder of solutions; in a release, of the stubs as students
    got them. notes: title of each file of lecture notes by its tag. recordings: in a release, the folder of what the
    reference and the mistakes answered; None where the reference itself can be asked. hidden_results: when students may
    see what came of each hidden check. due: by room's name, in UTC, as "2026-11-20T08:24:20.000Z".
    """

    path: Path
    title: Mapping[str, str]
    reference: Path
    notes: Mapping[str, str]
    rooms: tuple[Room, ...]
    recordings: Path | None = None
    hidden_results: HiddenResults = "hidden"
    due: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_release(self) -> bool:
        """Whether this is what students get: public checks, with recorded answers in the reference's place."""
        return self.recordings is not None

    def without_capstones(self) -> "Course":
        """Return the course with the exercises alone."""
        return replace(self, rooms=tuple(room.without_capstone() for room in self.rooms))

    def room(self, name: str) -> Room:
        """Return the room called `name`; CourseError names the nearest one otherwise."""
        for room in self.rooms:
            if room.name == name:
                return room
        known = [room.name for room in self.rooms]
        told = phrase("the course has no room {name!r}.{near} It has: {names}.")
        raise CourseError(say(told, name=name, near=did_you_mean(name, known), names=", ".join(known)))

    def exercise(self, name: str) -> Exercise:
        """Return an exercise by "room.exercise", or by its bare name where only one room has it.

        Raises CourseError with the nearest name, or with the rooms to choose from when the bare name is
        ambiguous.
        """
        room_name, _, bare_name = name.rpartition(".")
        if room_name:
            return self.room(room_name).exercise(bare_name)
        every = [exercise for room in self.rooms for exercise in room.graded]
        found = [exercise for exercise in every if exercise.name == name]
        if len(found) == 1:
            return found[0]
        if found:
            choices = say(" or ").join(f"{exercise.room}.{exercise.name}" for exercise in found)
            told = phrase("{n} rooms have an exercise {name!r}; write {choices}.")
            raise CourseError(say(told, n=len(found), name=name, choices=choices))
        near = did_you_mean(name, (exercise.name for exercise in every))
        told = phrase("the course has no exercise {name!r}.{near} Write its name, or room.exercise.")
        raise CourseError(say(told, name=name, near=near))
