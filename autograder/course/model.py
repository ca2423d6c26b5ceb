"""What a course is: exercises in rooms, rooms in a course; plain data that can be looked up by name."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from autograder.course.spelling import did_you_mean
from autograder.errors import CourseError
from autograder.limits import CHECK_CPU_SECONDS, PATIENCE, Limits


@dataclass(frozen=True)
class Exercise:
    """One function that a student writes.

    points: the most it can earn, the sum of its checks' points. difficulty, importance: 1 to 5. minutes:
    expected work. needs: exercises worth doing before, as "room.exercise". builds_on: functions of the same
    room that a solution may call. notes: where to read. title, hints: by language ("en", "zh"); three hints a
    language, weakest first. limits: what its code may use.
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


@dataclass(frozen=True)
class Room:
    """One folder of exercises that share a module.

    name: the folder's name. module: the student's file without ".py". digest: SHA-256 over every file of the
    folder but the student's own and bytecode, so that a change of checks, texts or mistakes shows.
    """

    name: str
    path: Path
    module: str
    title: Mapping[str, str]
    prerequisites: tuple[str, ...]
    exercises: tuple[Exercise, ...]
    digest: str

    @property
    def longest_seconds(self) -> float:
        """Return the longest that a submission can keep a grader busy with this room."""
        each = [exercise.limits for exercise in self.exercises]
        imports = max(PATIENCE * limits.call_seconds for limits in each)
        # What builds on others is run again when one of them is found wrong late.
        twice = [exercise.limits for exercise in self.exercises if exercise.builds_on]
        # The last check of an exercise may begin just before our own time for it is over.
        return imports + sum(limits.wall_seconds + 2 * CHECK_CPU_SECONDS for limits in (*each, *twice))

    def exercise(self, name: str) -> Exercise:
        """Return the exercise called `name`; CourseError names the nearest one otherwise."""
        for exercise in self.exercises:
            if exercise.name == name:
                return exercise
        known = [exercise.name for exercise in self.exercises]
        raise CourseError(
            f"room {self.name} has no exercise {name!r}.{did_you_mean(name, known)} It has: {', '.join(known)}."
        )


@dataclass(frozen=True)
class Course:
    """Rooms in reading order (by folder name).

    path: the folder that holds course.toml. reference: the folder of solutions. notes: title of each file of
    lecture notes by its tag.
    """

    path: Path
    title: Mapping[str, str]
    reference: Path
    notes: Mapping[str, str]
    rooms: tuple[Room, ...]

    def room(self, name: str) -> Room:
        """Return the room called `name`; CourseError names the nearest one otherwise."""
        for room in self.rooms:
            if room.name == name:
                return room
        known = [room.name for room in self.rooms]
        raise CourseError(f"the course has no room {name!r}.{did_you_mean(name, known)} It has: {', '.join(known)}.")

    def exercise(self, name: str) -> Exercise:
        """Return an exercise by "room.exercise", or by its bare name where only one room has it.

        Raises CourseError with the nearest name, or with the rooms to choose from when the bare name is
        ambiguous.
        """
        room_name, _, bare_name = name.rpartition(".")
        if room_name:
            return self.room(room_name).exercise(bare_name)
        every = [exercise for room in self.rooms for exercise in room.exercises]
        found = [exercise for exercise in every if exercise.name == name]
        if len(found) == 1:
            return found[0]
        if found:
            choices = " or ".join(f"{exercise.room}.{exercise.name}" for exercise in found)
            raise CourseError(f"{len(found)} rooms have an exercise {name!r}; write {choices}.")
        near = did_you_mean(name, (exercise.name for exercise in every))
        raise CourseError(f"the course has no exercise {name!r}.{near} Write its name, or room.exercise.")
