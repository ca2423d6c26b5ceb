"""Commands for students."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli.shared import COURSE, FAILED, FAULTS, GRADED, console_of, course_at

if TYPE_CHECKING:
    from autograder.course.model import Course, Room


@click.command()
@click.argument("what", required=False, metavar="[ROOM | ROOM.EXERCISE]")
@click.option("--hidden", is_flag=True, help="Run the hidden checks too (where the course has them).")
@COURSE
@click.pass_context
def check(ctx: click.Context, what: str | None, hidden: bool, course_folder: Path | None) -> None:
    """Check your own work: what fails first in full, the rest a line each, your points.

    \b
    autograder check                        every room
    autograder check a05_softmax            one room
    autograder check a05_softmax.softmax    one exercise

    Exit code 0 when every check passes, 1 when one does not, 2 for a wrong name, 3 when the grader is at fault.
    """
    from autograder.grading.own import check_own
    from autograder.pages.terminal import student_page

    course = course_at(course_folder)
    rooms, exercises = _what_to_check(course, what)
    report = check_own(course, rooms, exercises, hidden=hidden)
    console_of().print(student_page(report))
    if report.faults:
        ctx.exit(FAULTS)
    ctx.exit(GRADED if report.points == report.max_points else FAILED)


def _what_to_check(course: "Course", what: str | None) -> tuple[list["Room"], list[str]]:
    if what is None:
        here = [room for room in course.rooms if room.path.resolve() == Path.cwd()]
        return here or list(course.rooms), []
    if what in {room.name for room in course.rooms}:
        return [course.room(what)], []
    if "." not in what and what not in {exercise.name for room in course.rooms for exercise in room.exercises}:
        course.room(what)
    exercise = course.exercise(what)
    return [course.room(exercise.room)], [f"{exercise.room}.{exercise.name}"]
