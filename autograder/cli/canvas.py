"""Scores for Canvas: into a gradebook file, or over Canvas' own interface."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from autograder.cli.exporting import ALLOW_UNVERIFIED, GRADES
from autograder.cli.platforms import COMMENTS, IN_PLACE, OUTPUT, SCALE, save, target_of, tell_left, verified
from autograder.cli.shared import FAILED, GRADED, console_of, counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.table import Table

    from autograder.exports.canvas_rest import Assignment, Change, Plan
    from autograder.exports.deliveries import LeftAlone
    from autograder.report import Report


@click.command()
@GRADES
@click.option("--gradebook", type=click.Path(path_type=Path), help="The gradebook, as downloaded from Canvas.")
@click.option("--column", metavar='"TITLE (ID)"', help="The assignment's column in it. Default: the only one.")
@click.option("--title", metavar='"TITLE (ID)"', help="Make a file for import from the roster's ids, for this column.")
@OUTPUT
@IN_PLACE
@click.option("--url", help="Enter the scores over Canvas' own interface: its address, https://…")
@click.option("--course-id", type=click.IntRange(min=1), help="With --url: the course's number, as in its address.")
@click.option("--assignment-id", type=click.IntRange(min=1), help="With --url: the assignment's number.")
@click.option("--token-file", type=click.Path(path_type=Path), help="File with the token. Default: $CANVAS_TOKEN.")
@click.option(
    "--send", is_flag=True, help="With --url: send the scores. Without it they are shown, and nothing is sent."
)
@COMMENTS
@SCALE
@ALLOW_UNVERIFIED
@click.pass_context
def canvas(ctx: click.Context, /, grades: Path, **options: Any) -> None:
    """Hand scores on to Canvas. In a gradebook file that it imports, or over its own interface.

    A downloaded gradebook (Grades > Export) keeps all but the one column, byte for byte; nothing is ever cleared, and
    an exempt student gets EX. Over the interface, what would change is shown first; --send sends it.

    \b
    autograder export canvas grades/ --gradebook Grades.csv --column "Homework 1 (1234)" -o upload.csv
    autograder export canvas grades/ --title "Homework 1 (1234)" -o upload.csv
    autograder export canvas grades/ --url https://canvas.example.edu --course-id 7 --assignment-id 1234
    autograder export canvas grades/ --url https://canvas.example.edu --course-id 7 --assignment-id 1234 --send

    Exit code 0: all scores are in, or would be. 1: some are not, and it says why. 2: wrong usage, a file that cannot be
    used, or a Canvas that does not let us in.
    """
    ways = [name for name in ("gradebook", "title", "url") if options[name] is not None]
    if len(ways) != 1:
        raise click.UsageError("choose one of --gradebook FILE, --title TITLE and --url ADDRESS")
    reports = verified(grades, options["allow_unverified"])
    if ways == ["gradebook"]:
        from autograder.exports.canvas_csv import fill_gradebook
        from autograder.exports.sheet import read_sheet

        target = target_of(options["gradebook"], options["output"], in_place=options["in_place"])
        sheet = read_sheet(options["gradebook"], ",;")
        ctx.exit(save(target, *fill_gradebook(sheet, reports, column=options["column"], scale=options["scale"])))
    if ways == ["title"]:
        from autograder.exports.canvas_csv import new_gradebook

        if options["output"] is None:
            raise click.UsageError("--title needs -o FILE")
        ctx.exit(save(options["output"], *new_gradebook(reports, options["title"])))
    ctx.exit(_over_the_interface(reports, options))


def _over_the_interface(reports: "Sequence[Report]", options: dict[str, Any]) -> int:
    from autograder.exports.canvas_connection import account
    from autograder.exports.canvas_rest import Assignment

    if options["course_id"] is None or options["assignment_id"] is None:
        raise click.UsageError("--url needs --course-id and --assignment-id")
    who = account(options["url"], options["token_file"])
    assignment = Assignment(who, options["course_id"], options["assignment_id"])
    plan = assignment.plan(reports, scale=options["scale"], comments=options["comments"])
    if plan.changes:
        console_of().print(_table(plan.changes))
    tell_left((*plan.left, *plan.unknown))
    for note in plan.notes:
        click.echo(f"note: {note}", err=True)
    place = f"{plan.assignment!r} of {plan.course!r}"
    failed: tuple[LeftAlone, ...] = ()
    if not options["send"]:
        click.echo(f"nothing was sent; add --send to send {counted(len(plan.changes), 'score')} to {place}")
    else:
        failed = _send(assignment, plan)
        click.echo(f"sent {counted(len(plan.changes) - len(failed), 'score')} to {place}")
    for each in failed:
        click.echo(f"not entered: {each.name} {each.why}", err=True)
    return FAILED if failed or any(not each.expected for each in (*plan.left, *plan.unknown)) else GRADED


def _send(assignment: "Assignment", plan: "Plan") -> "tuple[LeftAlone, ...]":
    from autograder.pages.progress import progress_bar

    with progress_bar(console_of(err=True)) as progress:
        bar = progress.add_task("entering", total=len(plan.changes), rate="", faults="")
        return assignment.send(plan, lambda done: progress.update(bar, completed=done))


def _table(changes: "Sequence[Change]") -> "Table":
    from rich import box
    from rich.table import Table

    from autograder.pages.marks import plain_text

    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    table.add_column("student", overflow="fold")
    table.add_column("user id", justify="right", no_wrap=True)
    table.add_column("in Canvas", justify="right", no_wrap=True)
    table.add_column("new", justify="right", no_wrap=True)
    for change in changes:
        table.add_row(plain_text(change.name, 60), str(change.user), change.old, change.new)
    return table
