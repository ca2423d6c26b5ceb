"""Gradebooks of instructors and of Moodle, and what the commands for gradebooks share."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from autograder.cli.exporting import ALLOW_UNVERIFIED, GRADES
from autograder.cli.shared import FAILED, GRADED, counted
from autograder.errors import AutograderError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from autograder.exports.deliveries import LeftAlone, Tally
    from autograder.exports.moodle import Settings
    from autograder.report import Report

_MOST = 10

OUTPUT = click.option("-o", "--output", type=click.Path(path_type=Path), default=None, help="File to write.")
IN_PLACE = click.option("--in-place", is_flag=True, help="Write into the downloaded file itself.")
SCALE = click.option(
    "--scale/--no-scale",
    default=None,
    help="Where the platform's maximum is another than ours: scale to it, or hand points on as they are.",
)
COMMENTS = click.option(
    "--comments/--no-comments", default=True, show_default=True, help="Hand on feedback too: what students may see."
)


@click.command("csv")
@GRADES
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path("gradebook.csv"),
    show_default=True,
    help="File to write.",
)
@click.pass_context
def gradebook(ctx: click.Context, grades: Path, output: Path) -> None:
    """Write a gradebook that a spreadsheet opens. A row a submission, a column an exercise.

    \b
    autograder export csv grades/ -o gradebook.csv
    """
    from autograder.exports.gradebook import write_gradebook
    from autograder.exports.reports import read_reports

    reports = read_reports(grades)
    write_gradebook(output, reports)
    click.echo(f"wrote {counted(len(reports), 'row')} to {output}")
    ctx.exit(GRADED)


@click.command()
@GRADES
@click.option("--sheet", type=click.Path(path_type=Path), help="The grading worksheet, as downloaded from Moodle.")
@click.option("--gradebook", "as_table", is_flag=True, help="Make a table for Grades > Import > CSV file instead.")
@OUTPUT
@IN_PLACE
@click.option("--feedback-zip", type=click.Path(path_type=Path), help="Write feedback files too, in a zip for Moodle.")
@click.option("--html", "as_html", is_flag=True, help="Make the feedback files pages instead of text.")
@COMMENTS
@SCALE
@click.option("--decimal", type=click.Choice([".", ","]), help="Decimal sign. Default: that of the sheet.")
@click.option("--columns", multiple=True, metavar="ROLE=TITLE,…", help="Titles of columns: identifier=…,grade=…")
@click.option("--title", default="Score", show_default=True, help="With --gradebook: title of the column of scores.")
@ALLOW_UNVERIFIED
@click.pass_context
def moodle(ctx: click.Context, /, grades: Path, **options: Any) -> None:
    """Fill in Moodle's grading worksheet. Or make a table for Moodle's gradebook.

    The worksheet (Submissions > Actions > Download grading worksheet) keeps all but its grades and feedback comments,
    byte for byte; nothing is ever cleared. Its language is known by its titles; others are named with --columns.

    \b
    autograder export moodle grades/ --sheet Grades-CS101.csv -o upload.csv
    autograder export moodle grades/ --sheet Grades-CS101.csv -o upload.csv --feedback-zip feedback.zip
    autograder export moodle grades/ --gradebook --title "Homework 1" -o import.csv

    Exit code 0: all scores are in it. 1: some are not, and it says why. 2: wrong usage, or a file that cannot be used.
    """
    sheet, output = options["sheet"], options["output"]
    if options["as_table"] == (sheet is not None):
        both = "--sheet and --gradebook are for two different uploads; choose one of them"
        raise click.UsageError(both if sheet else "name the downloaded worksheet with --sheet, or choose --gradebook")
    reports = verified(grades, options["allow_unverified"])
    if options["as_table"]:
        from autograder.exports.moodle import gradebook_table

        if output is None:
            raise click.UsageError("say where to write the table, with -o FILE")
        if options["feedback_zip"]:
            raise click.UsageError("--feedback-zip needs the participants' numbers of a --sheet; leave it out here")
        data, tally = gradebook_table(reports, options["title"], comments=options["comments"])
        ctx.exit(save(output, data, tally))
    from autograder.exports.moodle import fill_worksheet
    from autograder.exports.moodle_feedback import feedback_zip
    from autograder.exports.sheet import read_sheet

    target = target_of(sheet, output, in_place=options["in_place"])
    filled = fill_worksheet(read_sheet(sheet), reports, _settings(options))
    if options["feedback_zip"]:
        from autograder.atomic import write_atomically

        write_atomically(options["feedback_zip"], feedback_zip(filled.pairs, as_html=options["as_html"]))
        click.echo(f"wrote {counted(len(filled.pairs), 'feedback file')} to {options['feedback_zip']}")
    ctx.exit(save(target, filled.data, filled.tally))


def _settings(options: dict[str, Any]) -> "Settings":
    from autograder.exports.moodle import Settings

    titles = _titles(options["columns"])
    return Settings(titles=titles, sign=options["decimal"], scale=options["scale"], comments=options["comments"])


def _titles(texts: tuple[str, ...]) -> dict[str, str]:
    """Return the titles by role of "identifier=…,grade=…"; a title may have commas."""
    import re

    from autograder.exports.moodle_words import TITLES

    roles = "|".join(TITLES)
    titles: dict[str, str] = {}
    for text in texts:
        pieces = re.split(rf"(?:\A|,\s*)({roles})=", text)
        if pieces[0] or len(pieces) < 3:
            raise click.UsageError(f"--columns {text!r}: expected ROLE=TITLE,… with roles out of {', '.join(TITLES)}")
        titles |= dict(zip(pieces[1::2], pieces[2::2], strict=True))
    return titles


def verified(grades: Path, allow_unverified: bool) -> "Sequence[Report]":
    """Return the reports, none of which hands on a score that only a student's own machine has told, unless allowed."""
    from autograder.exports.reports import handed_on, read_reports, require_verified

    reports = read_reports(grades)
    require_verified(handed_on(reports), allow=allow_unverified)
    return reports


def target_of(source: Path, output: Path | None, *, in_place: bool) -> Path:
    """Return where to write what a downloaded file becomes; itself only when that was asked for."""
    if in_place == (output is not None):
        raise click.UsageError("say where to write, with -o FILE or with --in-place")
    if output is None:
        return source
    if output.exists() and source.exists() and output.samefile(source):
        raise AutograderError(f"{output} is the downloaded file itself; to write into it choose --in-place")
    return output


def save(output: Path, data: bytes, tally: "Tally") -> int:
    """Write the file and say what became of the scores; return the exit code."""
    from autograder.atomic import write_atomically

    write_atomically(output, data)
    click.echo(f"wrote {counted(len(tally.written), 'score')} to {output}")
    tell_left(tally.left)
    for note in tally.notes:
        click.echo(f"note: {note}", err=True)
    return FAILED if any(not each.expected for each in tally.left) else GRADED


def tell_left(left: "Sequence[LeftAlone]", echo: "Callable[..., object]" = click.echo) -> None:
    """Say who was left alone and why, those of one reason together, at most ten names each."""
    from autograder.exports.deliveries import some

    reasons: dict[str, list[str]] = {}
    for each in left:
        reasons.setdefault(each.why, []).append(each.name)
    if left:
        echo(f"left alone: {counted(len(left), 'score')}")
    for why, names in list(reasons.items())[:_MOST]:
        echo(f"  {some(sorted(names), _MOST)}: {why}")
    if more := sum(len(names) for names in list(reasons.values())[_MOST:]):
        echo(f"  and {more:,} more")
