"""Check what a notebook has defined so far: for its student, or for nbgrader, which wants a number."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from autograder.course import Course, Exercise, Room
from autograder.errors import AutograderError
from autograder.language import phrase, say
from autograder.notebook.asking import check_module
from autograder.notebook.cells import cells_of
from autograder.notebook.places import course_at, defined_exercises, exercise_named, functions_of, room_at
from autograder.notebook.showing import show, tell
from autograder.report import Report
from autograder.sandbox.worker.definitions import Cell, Module, foreign_imports, module_of


def check(shell: Any, name: str) -> None:
    """Check the exercise `name`, or a room, or with "" all that is defined; show it, and note it in the diary."""
    here = Path.cwd()
    course = course_at(here)
    rooms, exercises = _what_to_check(shell, course, here, name)
    module = _module(shell, rooms)
    report = check_module(course, rooms, exercises, module)
    _show(report)
    if foreign := foreign_imports([Cell(0, module.text)]):
        told = phrase("note: graded work has numpy alone, and your functions need {names}; write them without")
        tell(say(told, names=", ".join(foreign)))
    _remember(shell, course, rooms, report)


def hint(name: str) -> None:
    """Show the next hint of an exercise, and note in the diary that it was taken."""
    from autograder.language import language
    from autograder.pages.studying import hints_page
    from autograder.study.diary import diary_file, read_diary, remember
    from autograder.study.hinting import next_hint

    here = Path.cwd()
    course = course_at(here)
    exercise = exercise_named(course, room_at(course, here), name)
    file = diary_file(course.path)
    hints, diary = next_hint(exercise, read_diary(file), language())
    show(hints_page(f"{exercise.room}.{exercise.name}", hints, "%check"))
    if problem := remember(file, diary):
        tell(problem)


def points(shell: Any, name: str, most: float) -> float:
    """Return what the notebook's function has earned, out of `most`: its share of the points of the public checks.

    For the test cells of nbgrader. It shows what was found and writes nothing to standard error, since nbgrader gives
    no points for a cell that does. Raises `AutograderError` when there is no course here or no such exercise.
    """
    here = Path.cwd()
    course = course_at(here)
    exercise = exercise_named(course, room_at(course, here), name)
    room = course.room(exercise.room)
    module = _module(shell, [room])
    if missing := sorted(set(functions_of(exercise)) - module.names):
        tell(_not_defined(missing))
        return 0.0
    report = check_module(course, [room], [exercise], module)
    _show(report)
    earned = most * report.points / report.max_points if report.max_points else 0.0
    return round(min(max(earned, 0.0), most), 6)


def _what_to_check(shell: Any, course: Course, here: Path, name: str) -> tuple[list[Room], list[Exercise]]:
    """Return what a name means: an exercise, all that is defined of a room, or all that is defined at all."""
    own = room_at(course, here)
    if name and name not in {room.name for room in course.rooms}:
        exercise = exercise_named(course, own, name)
        rooms = [course.room(exercise.room)]
        if missing := sorted(set(functions_of(exercise)) - _module(shell, rooms).names):
            raise AutograderError(_not_defined(missing))
        return rooms, [exercise]
    rooms = [course.room(name)] if name else [own] if own else list(course.rooms)
    found = defined_exercises(rooms, _module(shell, rooms).names)
    if not found:
        told = say("no exercise is defined yet; write one, run its cell, and check again")
        raise AutograderError(told)
    wanted = {exercise.room for exercise in found}
    return [room for room in rooms if room.name in wanted], found


def _module(shell: Any, rooms: Sequence[Room]) -> Module:
    """Return what the notebook has defined of these rooms, and still knows."""
    names = [exercise.name for room in rooms for exercise in room.exercises]
    return module_of(cells_of(shell).ran, [name for name in names if name in shell.user_ns])


def _not_defined(names: Sequence[str]) -> str:
    return say(
        "{names} is not defined yet: run the cell that defines it, and see that the cell raises no error",
        names=", ".join(names),
    )


def _show(report: Report) -> None:
    from autograder.pages.student import student_page

    show(student_page(report))


def _remember(shell: Any, course: Course, rooms: Sequence[Room], report: Report) -> None:
    from autograder.grading.handiwork import notebook_versions
    from autograder.study.diary import diary_file, read_diary, remember

    ran = cells_of(shell).ran
    versions: dict[str, str] = {}
    for room in rooms:
        versions |= notebook_versions(room, lambda names: module_of(ran, names).text)
    file = diary_file(course.path)
    if problem := remember(file, read_diary(file).with_report(report, versions)):
        tell(problem)
