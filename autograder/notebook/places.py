"""Where a notebook stands: its course, its room, and which exercise a name means there."""

from collections.abc import Collection
from pathlib import Path

from autograder.course import Course, Exercise, Room, find_course, read_course
from autograder.course.model import Capstone
from autograder.course.reading import COURSE_FILE
from autograder.errors import CourseError


def course_at(folder: Path) -> Course:
    """Return the course in or around a notebook's folder. Raises `CourseError`.

    A hand-in in nbgrader's tree may lack what was beside its notebook; then it is looked for where it came from.
    """
    folder = folder.resolve()
    try:
        return read_course(find_course(folder))
    except CourseError:
        for parent in list(folder.parents)[:4]:
            for step in ("source", "release"):
                course = parent / step / folder.name / "assignments"
                if (course / COURSE_FILE).is_file():
                    return read_course(course)
        raise


def room_at(course: Course, folder: Path) -> Room | None:
    """Return the room that a notebook in this folder belongs to, if that can be told."""
    folder = folder.resolve()
    for room in course.rooms:
        if room.path.resolve() == folder or room.name == folder.name:
            return room
    return course.rooms[0] if len(course.rooms) == 1 else None


def exercise_named(course: Course, room: Room | None, name: str) -> Exercise:
    """Return the exercise of that name: of this room if it has it, else of the course. Raises `CourseError`."""
    here = [exercise for exercise in room.graded if exercise.name == name] if room is not None else []
    return here[0] if here else course.exercise(name)


def functions_of(exercise: Exercise) -> tuple[str, ...]:
    """Return the functions that have to be there before an exercise can be checked."""
    return exercise.uses if isinstance(exercise, Capstone) else (exercise.name,)


def defined_exercises(rooms: Collection[Room], defined: Collection[str]) -> list[Exercise]:
    """Return the exercises whose functions are all defined."""
    every = [exercise for room in rooms for exercise in room.graded]
    return [exercise for exercise in every if set(functions_of(exercise)) <= set(defined)]
