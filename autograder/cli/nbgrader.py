"""Scores for nbgrader: the export, and what `grade` does at its end in a course of nbgrader's."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli.exporting import ALLOW_UNVERIFIED, GRADES
from autograder.cli.shared import FAILED, GRADED, counted

if TYPE_CHECKING:
    from autograder.exports.nbgrader.course import CourseFolder
    from autograder.grading.run import Run
    from autograder.report import Report


@click.command()
@GRADES
@click.option(
    "--course-dir",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    default=Path(),
    help="nbgrader's course, the folder with source/ and submitted/. Default: here.",
)
@click.option("--db", default="", metavar="URL", help="nbgrader's gradebook. Default: what nbgrader_config.py says.")
@ALLOW_UNVERIFIED
@click.pass_context
def nbgrader(ctx: click.Context, grades: Path, course_dir: Path, db: str, allow_unverified: bool) -> None:
    """Write scores and feedback into nbgrader's gradebook. Late penalties too; formgrader shows them.

    Each room is an assignment. A score or comment given by hand stays. Either everything is written or nothing;
    writing it twice changes nothing. `autograder grade COURSE/submitted` does this by itself.

    \b
    autograder export nbgrader grades/ --course-dir COURSE
    autograder export nbgrader grades/ --course-dir COURSE --db sqlite:////srv/gradebook.db

    Exit code 0: all written. 1: somebody was left out, by name. 2: nothing was written, and why.
    """
    from autograder.exports.nbgrader.course import course_at
    from autograder.exports.reports import read_reports, require_verified

    reports = read_reports(grades)
    require_verified(reports, allow=allow_unverified)
    ctx.exit(_write(reports, course_at(course_dir, db)))


def write_back(submissions: Path, run: "Run") -> int:
    """Write what was graded into the gradebook of the course that `submissions` belongs to; return the exit code.

    A folder that is no course's is left alone. Raises `AutograderError`: the reports are safe then all the same.
    """
    from autograder.errors import AutograderError
    from autograder.exports.nbgrader.course import course_of
    from autograder.exports.reports import read_reports

    course = course_of(submissions)
    if course is None or not run.reports:
        return GRADED
    graded = {report.submission.id for report in run.reports}
    grades = run.store.parent
    try:
        return _write([each for each in read_reports(grades) if each.submission.id in graded], course)
    except AutograderError as error:
        raise AutograderError(
            f"{error}\nThe reports are safe in {grades}; mend that and run"
            f" autograder export nbgrader {grades} --course-dir {course.root}, or grade with --no-nbgrader"
        ) from None


def _write(reports: "list[Report] | tuple[Report, ...]", course: "CourseFolder") -> int:
    from autograder.exports.nbgrader import write_nbgrader

    written = write_nbgrader(reports, course)
    for sentence in written.left_out:
        click.echo(f"left out: {sentence}", err=True)
    click.echo(
        f"nbgrader's gradebook has the scores of {counted(written.students, 'student')} in"
        f" {counted(written.assignments, 'assignment')}: {course.database or 'on its server'}"
    )
    return FAILED if written.left_out else GRADED
