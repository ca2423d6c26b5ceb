"""The command that turns reports into the files of other platforms; each platform adds its own below it."""

import os
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli.shared import COURSE, FAILED, FAULTS, GRADED, counted
from autograder.errors import AutograderError, CourseError, GraderFault

if TYPE_CHECKING:
    from autograder.exports.places import Places
    from autograder.report import Report

GRADES = click.argument("grades", type=click.Path(path_type=Path), default=Path("grades"))
OUTPUT = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=None,
    help="File to write; of several reports, the folder for a file each.",
)
ALLOW_UNVERIFIED = click.option(
    "--allow-unverified",
    is_flag=True,
    help="Hand on also scores that a student's own machine has told (see `autograder collect`).",
)
SOURCES = click.option(
    "--sources",
    type=click.Path(path_type=Path),
    default=Path(),
    help="The student's repository, for the file and line of each function. Default: here.",
)


@click.group()
def export() -> None:
    """Write what a platform takes. It is made from the reports in a folder of GRADES (default: grades), or from one.

    \b
    autograder export csv grades/
    autograder export gradescope report.json -o results.json
    autograder export junit grades/ -o junit/
    autograder export COMMAND --help
    """


@export.command()
@GRADES
@OUTPUT
@ALLOW_UNVERIFIED
@COURSE
@click.pass_context
def gradescope(
    ctx: click.Context, grades: Path, output: Path | None, allow_unverified: bool, course_folder: Path | None
) -> None:
    """Write Gradescope's results.json. Score, tests with visibility by check, a leaderboard of the capstones.

    A submission that could not be read scores 0 and says why. One that the grader itself failed at gets no file and so
    no score, and neither does an exempt student. The leaderboard needs the course, which says what is a capstone.

    \b
    autograder export gradescope report.json -o /autograder/results/results.json
    autograder export gradescope grades/ -o gradescope/
    """
    from autograder.exports.gradescope import gradescope_results
    from autograder.exports.reports import require_verified

    reports = _reports(grades)
    require_verified(reports, allow=allow_unverified)
    capstones = _capstones(course_folder)
    ctx.exit(_write(reports, output, "results.json", lambda report: gradescope_results(report, capstones)))


@export.command()
@GRADES
@OUTPUT
@click.pass_context
def junit(ctx: click.Context, grades: Path, output: Path | None) -> None:
    """Write JUnit XML, a test case a check. GitLab, Jenkins and the like show it.

    \b
    autograder export junit report.json -o junit.xml
    """
    from autograder.exports.junit import junit_xml

    ctx.exit(_write(_reports(grades), output, "junit.xml", junit_xml))


@export.command()
@GRADES
@OUTPUT
@click.pass_context
def ctrf(ctx: click.Context, grades: Path, output: Path | None) -> None:
    """Write the Common Test Report Format (CTRF 1.0.0). Points are `extra`.

    \b
    autograder export ctrf report.json -o ctrf-report.json
    """
    from autograder.exports.ctrf import ctrf_report

    ctx.exit(_write(_reports(grades), output, "ctrf-report.json", ctrf_report))


@export.command()
@GRADES
@OUTPUT
@ALLOW_UNVERIFIED
@click.pass_context
def classroom50(ctx: click.Context, grades: Path, output: Path | None, allow_unverified: bool) -> None:
    """Write Classroom 50's result.json. Its whole scores are hundredths of a point.

    Takes CLASSROOM, ASSIGNMENT, SUBMISSION_TAG, COMMIT_URL, RELEASE_URL and REVIEW_URL from the environment, as its
    runs set them; so only a single report can be written.

    \b
    autograder export classroom50 report.json -o result.json
    """
    from autograder.exports.classroom50 import classroom50_result
    from autograder.exports.reports import require_verified

    reports = _reports(grades)
    if len(reports) > 1:
        raise AutograderError(f"{grades} holds {len(reports)} reports, and a run of Classroom 50 is about one; name it")
    require_verified(reports, allow=allow_unverified)
    now = datetime.now(UTC)
    ctx.exit(_write(reports, output, "result.json", lambda report: classroom50_result(report, os.environ, now)))


@export.command()
@GRADES
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=None,
    help="File for the summary. Default: $GITHUB_STEP_SUMMARY, to which it is added, or else the terminal.",
)
@SOURCES
def github(grades: Path, output: Path | None, sources: Path) -> None:
    """Write a summary for GitHub Actions in Markdown. It prints annotations at the functions that fail.

    \b
    autograder export github report.json
    autograder export github grades/ -o summary.md
    """
    from autograder.atomic import write_atomically
    from autograder.exports.github import github_annotations, github_summary
    from autograder.language import speaking

    reports = _reports(grades)
    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    places = _places(sources)
    with speaking(reports[0].language):
        if output is not None:
            write_atomically(output, github_summary(reports).encode("utf-8"))
        elif summary:
            _add(Path(summary), reports)
        else:
            click.echo(github_summary(reports))
        click.echo(github_annotations(reports, places), nl=False)


@export.command()
@GRADES
@OUTPUT
@SOURCES
def gitlab(grades: Path, output: Path | None, sources: Path) -> None:
    """Write GitLab's code quality report. An issue for each check that fails, at its function, and one for the score.

    \b
    autograder export gitlab report.json -o gl-code-quality-report.json
    """
    from autograder.atomic import write_atomically
    from autograder.exports.gitlab import gitlab_code_quality
    from autograder.language import speaking

    reports = _reports(grades)
    with speaking(reports[0].language):
        data = gitlab_code_quality(reports, _places(sources))
    file = output or Path("gl-code-quality-report.json")
    write_atomically(file, data)
    click.echo(f"wrote {file}", err=True)


def _reports(grades: Path) -> Sequence["Report"]:
    """Return the reports to export: of each student, that of the attempt that counts."""
    from autograder.exports.reports import read_reports

    reports = read_reports(grades)
    counting = [report for report in reports if report.counts]
    if not counting:
        raise AutograderError(f"{grades} holds no attempt that counts; name a folder that has all attempts")
    return counting


def _write(
    reports: Sequence["Report"], output: Path | None, name: str, make: Callable[["Report"], bytes]
) -> int:  # fmt: skip
    """Write a file a report, each in the language of its report; return the exit code.

    A report that cannot be exported is told of and left out, unless it is the only one.
    """
    from autograder.atomic import make_folder, write_atomically
    from autograder.intake.names import safe_ids
    from autograder.language import speaking

    def written(report: "Report", file: Path) -> None:
        with speaking(report.language):
            data = make(report)
        write_atomically(file, data)

    if len(reports) == 1:
        file = output or Path(name)
        file = file / name if file.is_dir() else file
        written(reports[0], file)
        click.echo(f"wrote {file}", err=True)
        return GRADED
    stem, suffix = os.path.splitext(name)  # noqa: PTH122 - of "gl-code.json" too
    folder = make_folder(output or Path(stem))
    problems: list[AutograderError] = []
    for report, identity in zip(reports, safe_ids([report.submission.id for report in reports]), strict=True):
        try:
            written(report, folder / f"{identity}{suffix}")
        except AutograderError as error:
            problems.append(error)
            click.echo(f"left out: {error}", err=True)
    click.echo(f"{counted(len(reports) - len(problems), 'file')} in {folder}", err=True)
    if any(isinstance(problem, GraderFault) for problem in problems):
        return FAULTS
    return FAILED if problems else GRADED


def _add(file: Path, reports: Sequence["Report"]) -> None:
    """Add the summary to what other steps of the job have written, within what GitHub takes."""
    from autograder.exports.github import MOST_BYTES, github_summary

    try:
        before = file.stat().st_size if file.exists() else 0
        with file.open("ab") as stream:
            stream.write(github_summary(reports, most_bytes=MOST_BYTES - before).encode("utf-8"))
    except OSError as error:
        raise AutograderError(f"GITHUB_STEP_SUMMARY is {file}, which cannot be written: {error.strerror}") from None


def _capstones(folder: Path | None) -> set[str]:
    """Return what is a capstone, as "room.exercise"; nothing where no course is at hand."""
    from autograder.course.reading import find_course, read_course

    try:
        found = find_course(folder or Path.cwd())
    except CourseError:
        if folder is not None:
            raise
        return set()
    course = read_course(found, stubs_may_be_missing=True)
    return {f"{room.name}.{room.capstone.name}" for room in course.rooms if room.capstone}


def _places(sources: Path) -> "Places":
    """Return where the functions stand in a student's repository, which may hold no course that can be read."""
    from autograder.course.reading import find_course, read_course
    from autograder.exports.places import places_in

    try:
        return places_in(read_course(find_course(sources), stubs_may_be_missing=True), sources)
    except CourseError:
        return {}
