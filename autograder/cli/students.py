"""Commands for students."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli.languages import Spoken
from autograder.cli.shared import COURSE, FAILED, FAULTS, GRADED, console_of, course_at
from autograder.language import language, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from autograder.course.model import Course, Room
    from autograder.report import Report


@click.command(cls=Spoken)
@click.argument("what", required=False, metavar="[ROOM | ROOM.EXERCISE]")
@click.option("--hidden", is_flag=True, help="Run the hidden checks too (where the course has them).")
@click.option("--no-capstones", is_flag=True, help="Leave out the capstones, which take a few seconds each.")
@click.option("--watch", "watched", is_flag=True, help="Go on: check again whatever you save, until q.")
@click.option(
    "--report",
    "report_file",
    type=click.Path(dir_okay=False, path_type=Path),
    default=None,
    help="Also write the report as JSON, for `autograder export` in CI; it is marked as not verified.",
)
@COURSE
@click.pass_context
def check(
    ctx: click.Context,
    what: str | None,
    hidden: bool,
    no_capstones: bool,
    watched: bool,
    report_file: Path | None,
    course_folder: Path | None,
) -> None:
    """Check your own work. What fails first is shown in full, the rest a line each, and your points.

    \b
    autograder check                        every room
    autograder check a05_softmax            one room
    autograder check a05_softmax.softmax    one exercise
    autograder check a05_softmax --watch    and again at each save; keys: h hint, n next, l list, c all, x reset, q quit

    Exit code 0 when every check passes, 1 when one does not, 2 for a wrong name, 3 when the grader is at fault.
    """
    from autograder.grading.own import check_own
    from autograder.pages.terminal import student_page

    course = course_at(course_folder, capstones=not no_capstones)
    rooms, exercises = _what_to_check(course, what)
    if watched and report_file is not None:
        raise click.UsageError(say("--report is for a single check; leave out --watch"))
    if watched:
        from autograder.cli.watching import watch

        watch(console_of(), course, rooms, exercises, hidden=hidden)
        return
    report = check_own(course, rooms, exercises, hidden=hidden)
    if report_file is not None:
        _write_report(report_file, report)
    console_of().print(student_page(report))
    _remember(course, rooms, report)
    if report.faults:
        ctx.exit(FAULTS)
    ctx.exit(GRADED if report.points == report.max_points else FAILED)


def _what_to_check(course: "Course", what: str | None) -> tuple[list["Room"], list[str]]:
    if what is None:
        here = [room for room in course.rooms if room.path.resolve() == Path.cwd()]
        return here or list(course.rooms), []
    if what in {room.name for room in course.rooms}:
        return [course.room(what)], []
    if "." not in what and what not in {exercise.name for room in course.rooms for exercise in room.graded}:
        course.room(what)
    exercise = course.exercise(what)
    return [course.room(exercise.room)], [f"{exercise.room}.{exercise.name}"]


def _write_report(file: Path, report: "Report") -> None:
    """Write the report as one that nobody but the student has seen made."""
    from dataclasses import replace

    from autograder.report import write_report

    write_report(file, replace(report, verified=False))


def _remember(course: "Course", rooms: "Sequence[Room]", report: "Report") -> None:
    """Note what came of a check in the student's diary; a diary that cannot be written is no reason to fail."""
    from autograder.grading.handiwork import versions_of
    from autograder.study.diary import diary_file, read_diary, remember

    file = diary_file(course.path)
    if problem := remember(file, read_diary(file).with_report(report, versions_of(rooms))):
        click.echo(problem, err=True)


@click.command(cls=Spoken)
@click.argument("exercise", metavar="EXERCISE")
@COURSE
def hint(exercise: str, course_folder: Path | None) -> None:
    """Show the next hint of an exercise. First an idea, then shapes or the formula, then the steps in words.

    The last one opens after two different attempts that failed. Which hints you took stays on your machine.

    \b
    autograder hint a05_softmax.softmax
    autograder hint softmax

    Exit code 0, or 2 for a name that the course does not have.
    """
    from autograder.pages.studying import hints_page
    from autograder.study.diary import diary_file, read_diary, remember
    from autograder.study.hinting import next_hint

    course = course_at(course_folder)
    found = course.exercise(exercise)
    file = diary_file(course.path)
    hints, diary = next_hint(found, read_diary(file), language())
    console_of().print(hints_page(f"{found.room}.{found.name}", hints))
    if problem := remember(file, diary):
        click.echo(problem, err=True)


@click.command(name="map", cls=Spoken)
@click.argument("room", required=False)
@COURSE
def course_map(room: str | None, course_folder: Path | None) -> None:
    """Show where you stand and what comes next. Also what is done, what is open, and what is better done later.

    It shows what your last checks found, and marks what you have changed since.

    \b
    autograder map
    autograder map a05_softmax
    """
    from dataclasses import replace

    from autograder.grading.handiwork import versions_of
    from autograder.pages.studying import course_map as page
    from autograder.study.diary import diary_file, read_diary
    from autograder.study.mapping import draw_map

    course = course_at(course_folder)
    drawn = draw_map(course, read_diary(diary_file(course.path)), versions_of(course.rooms))
    if room is not None:
        wanted = course.room(room)
        drawn = replace(drawn, rooms=tuple(pair for pair in drawn.rooms if pair[0] == wanted))
    console_of().print(page(drawn))


@click.command(cls=Spoken)
@click.argument("room", required=False)
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    default=None,
    help="Folder to draw into. Default: pictures, here; inside the course, beside it.",
)
@click.option("--svg", is_flag=True, help="Write SVG instead of PNG.")
@COURSE
@click.pass_context
def pictures(ctx: click.Context, room: str | None, output: Path | None, svg: bool, course_folder: Path | None) -> None:
    """Draw what your own functions do. How costs fall, what a network looks at, where an optimiser walks.

    What belongs to other rooms comes from the course. It needs matplotlib: pip install 'deepnet-autograder[pictures]'

    \b
    autograder pictures                     every room
    autograder pictures a05_softmax         one room
    autograder pictures -o drawings --svg

    Exit code 0 when all is drawn, 1 when a function has to be mended for a picture, 2 for a wrong name or when
    matplotlib is missing.
    """
    import os

    from autograder.sandbox.runtime import THREADS

    # Before numpy is loaded: several threads only get into each other's way on arrays as small as these.
    os.environ.update(THREADS)

    from autograder.pictures.drawing import draw_room
    from autograder.pictures.looks import language_of_pictures, require_matplotlib

    course = course_at(course_folder, whole=True)
    rooms, _ = _what_to_check(course, course.room(room).name if room is not None else None)
    require_matplotlib()
    if language_of_pictures() != language():
        click.echo(say("no font with Chinese characters is installed, so the pictures speak English"), err=True)
    to_mend = 0
    for each in rooms:
        has_pictures = False
        for picture in draw_room(course, each, output or _pictures_beside(course), svg=svg):
            has_pictures = True
            click.echo(f"{'✗' if picture.to_mend else '✓'} {picture.file}  {picture.title}")
            if picture.to_mend:
                click.echo(say("    to mend first: {names}", names=", ".join(picture.to_mend)))
            to_mend += bool(picture.to_mend)
        if not has_pictures:
            click.echo(say("{room} has no pictures", room=each.name))
    ctx.exit(FAILED if to_mend else GRADED)


def _pictures_beside(course: "Course") -> Path:
    """Return the folder for pictures: here, but never among the rooms, which are the course's own."""
    here = Path.cwd()
    inside = here == course.path.resolve() or course.path.resolve() in here.parents
    return course.path.resolve().parent / "pictures" if inside else Path("pictures")
