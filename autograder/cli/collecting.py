"""The command that takes in what plain pytest has told on students' own machines."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli.shared import COURSE, GRADED, UNREADABLE, counted, rooms_of
from autograder.errors import AutograderError, CourseError

if TYPE_CHECKING:
    from autograder.course.model import Course


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path("grades"),
    show_default=True,
    help="Folder for the reports.",
)
@click.option("--assignment", "assignments", multiple=True, metavar="ROOM", help="Report on this room; repeatable.")
@COURSE
@click.pass_context
def collect(
    ctx: click.Context, files: tuple[Path, ...], output: Path, assignments: tuple[str, ...], course_folder: Path | None
) -> None:
    """Take in what students' own CI has reported. FILES of pytest-json-report become reports marked as not verified.

    A file is called for its student, or lies in a folder that is: ann.json, ann/.report.json. What checks there are
    and what they are worth is taken from the course; without a course at hand, from the files.

    \b
    autograder collect downloads/*/.report.json -o collected/
    autograder export csv collected/

    Exit code 0: all could be read. 1: some could not; their reports say why. 2: wrong usage, or a report that `grade`
    has made stands where one of these would have to.
    """
    from autograder.atomic import make_folder
    from autograder.grading.collecting import collect as collected
    from autograder.report import write_report

    if missing := next((file for file in files if not os.path.lexists(file)), None):
        raise AutograderError(f"there is no file {missing}; expected what pytest-json-report has written for a student")
    course = _course(course_folder, assignments)
    reports = collected(files, course, rooms_of(course, assignments) if course and assignments else ())
    folder = output / "reports"
    places = [folder / f"{report.submission.id}.json" for report in reports]
    _spare_graded(places)
    make_folder(folder)
    for place, report in zip(places, reports, strict=True):
        write_report(place, report)
        if report.problem:
            click.echo(f"{place.stem}: {report.problem}", err=True)
    click.echo(f"{counted(len(reports), 'report')}, not verified, in {folder}")
    ctx.exit(UNREADABLE if any(report.problem for report in reports) else GRADED)


def _course(folder: Path | None, assignments: tuple[str, ...]) -> "Course | None":
    from autograder.course.reading import find_course, read_course

    try:
        found = find_course(folder or Path.cwd())
    except CourseError:
        if folder is not None or assignments:
            raise
        click.echo("no course at hand: the points are what the files say", err=True)
        return None
    return read_course(found)


def _spare_graded(places: Iterable[Path]) -> None:
    """Refuse to write over a report that was graded here, or over a file that is no report."""
    from autograder.exports.reports import read_reports

    for place in places:
        if place.exists() and read_reports(place)[0].verified:
            raise AutograderError(
                f"{place} was graded here, and what a student's own machine tells is no better; name another folder"
                " with -o"
            )
