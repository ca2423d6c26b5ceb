"""Commands for who looks after a course as a whole: what of the notes it covers, and how far its bars are."""

from pathlib import Path

import click

from autograder.cli.shared import COURSE, FAILED, GRADED, course_at, rooms_of
from autograder.language import language


@click.command()
@COURSE
@click.pass_context
def coverage(ctx: click.Context, course_folder: Path | None) -> None:
    """Show which exercises cover which rows of the notes. Capstones too, as a table in Markdown.

    \b
    autograder coverage > docs/COVERAGE.md

    Exit code 0 when all is covered, 1 when a row or an exercise is not or a row is unknown, 2 when the course or its
    rows.toml cannot be read.
    """
    from autograder.course.rows import cover
    from autograder.pages.markdown import coverage_table

    found = cover(course_at(course_folder, whole=True))
    click.echo(coverage_table(found, language()))
    for problem in found.problems:
        click.echo(f"BROKEN  {problem}", err=True)
    open_rows = sum(row.kind != "quiz" for row in found.rows)
    click.echo(f"{len(found.rows)} rows, {open_rows} of them to be covered; {len(found.problems)} problems", err=True)
    ctx.exit(FAILED if found.problems else GRADED)


@click.command()
@click.argument("rooms", nargs=-1, metavar="[ROOM]...")
@click.option("--seeds", type=click.IntRange(1, 1000), default=10, show_default=True, help="How many to try.")
@COURSE
@click.pass_context
def calibrate(ctx: click.Context, rooms: tuple[str, ...], seeds: int, course_folder: Path | None) -> None:
    """Measure capstones with the reference.

    It runs each one's trials and shows what the reference reaches beside the bars, as a table in Markdown.

    It runs without a sandbox, since all of it is the course's own.

    \b
    autograder calibrate a05_softmax
    autograder calibrate --seeds 30

    Exit code 0 when the reference reaches every bar on every seed, 1 when it does not, 2 when a room cannot be read.
    """
    import os

    from autograder.sandbox.runtime import THREADS

    # Before numpy is loaded: with several threads the last digits differ from run to run.
    os.environ.update(THREADS)

    from autograder.audit.calibrating import calibrate as run_trials
    from autograder.pages.markdown import calibration_table

    course = course_at(course_folder, whole=True)
    found = [each for room in rooms_of(course, rooms) for each in run_trials(course, room, seeds)]
    click.echo(calibration_table(found))
    for each in found:
        if not each.holds:
            click.echo(f"BROKEN  {each.capstone}: {each.trial} misses the bar for {each.metric}", err=True)
    ctx.exit(GRADED if all(each.holds for each in found) else FAILED)
