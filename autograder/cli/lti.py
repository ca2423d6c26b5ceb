"""Hand scores on to a platform over LTI 1.3, and make the key that this takes."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli.exporting import ALLOW_UNVERIFIED, GRADES
from autograder.cli.shared import FAILED, GRADED, console_of, counted
from autograder.errors import AutograderError
from autograder.grading.interrupting import INTERRUPTED

if TYPE_CHECKING:
    from rich.table import Table

    from autograder.exports.lti import Configuration, Outcome, Service, Share, Shares
    from autograder.exports.lti.columns import Wanted
    from autograder.exports.lti.keys import SigningKey
    from autograder.report import Report

_NAMED = 5


@click.command()
@GRADES
@click.option("--config", "file", type=click.Path(path_type=Path), help="The platform, as a TOML file tells it.")
@click.option("--assignment", "room", metavar="ROOM", help="Hand on the score of this room, not of the whole report.")
@click.option("--send", "really", is_flag=True, help="Send the scores. Without it they are shown, and nothing is sent.")
@click.option("--update-column", is_flag=True, help="Give a column that is there already our maximum.")
@ALLOW_UNVERIFIED
@click.option("--new-key", type=click.Path(path_type=Path), metavar="FILE", help="Make a key, show its public part.")
@click.option("--public-key", type=click.Path(path_type=Path), metavar="FILE", help="Show the public part of a key.")
@click.pass_context
def lti(
    ctx: click.Context,
    grades: Path,
    file: Path | None,
    room: str | None,
    really: bool,
    update_column: bool,
    allow_unverified: bool,
    new_key: Path | None,
    public_key: Path | None,
) -> None:
    """Hand scores on over LTI 1.3. It uses the platform's Assignment and Grade Services.

    Scores go to the person whose id the roster has in its column lti. What was sent stands in a journal in GRADES:
    the same command again sends only what has changed.

    \b
    autograder export lti --new-key lti.pem
    autograder export lti grades/ --config lti.toml
    autograder export lti grades/ --config lti.toml --assignment a05_softmax --send

    Exit code 0: all were sent, or would be. 1: some were not. 2: wrong usage, or a platform that does not let us in.
    130: interrupted; the same command goes on where it stopped.
    """
    if new_key is not None or public_key is not None:
        ctx.exit(_show_keys(new_key, public_key))
    if file is None:
        raise click.UsageError("name the platform's file with --config, or make a key with --new-key")
    from autograder.exports.lti import read_configuration, share_out
    from autograder.exports.reports import handed_on, read_reports, require_verified

    configuration = read_configuration(file)
    reports = read_reports(grades)
    require_verified(handed_on(reports), allow=allow_unverified)
    shares = share_out(reports, room)
    _name_unsendable(shares)
    wanted = _wanted(configuration, shares, room or _only_room(reports))
    if not really:
        console_of().print(_table(shares.sendable))
        click.echo(f"nothing was sent; add --send to send {counted(len(shares.sendable), 'score')} to {_place(wanted)}")
        ctx.exit(FAILED if shares.unsendable else GRADED)
    outcomes, interrupted = _send(configuration, wanted, shares, grades, update_column=update_column)
    _tell(outcomes, shares)
    if interrupted:
        ctx.exit(INTERRUPTED)
    bad = shares.unsendable or any(outcome.ending in ("failed", "not tried") for outcome in outcomes)
    ctx.exit(FAILED if bad else GRADED)


def _show_keys(new: Path | None, shown: Path | None) -> int:
    from autograder.exports.lti.keys import new_key, read_key

    if new is not None:
        key = new_key(new)
        click.echo(f"wrote {new}; keep it to yourself: whoever has it can change every grade that it can", err=True)
        _show_key(key)
    if shown is not None:
        _show_key(read_key(shown))
    return GRADED


def _show_key(key: "SigningKey") -> None:
    from autograder.exports.lti.keys import public_jwks, public_pem

    click.echo("the public key, for a platform that takes a JWK or a key set (a JWK is what stands in the brackets):")
    click.echo(public_jwks(key))
    click.echo("the same, for a platform that takes an RSA key in PEM form:")
    click.echo(public_pem(key))


def _only_room(reports: "Sequence[Report]") -> str | None:
    """Return the room that all reports are about, if there is only one."""
    rooms = {exercise.room for report in reports for exercise in report.exercises}
    return rooms.pop() if len(rooms) == 1 else None


def _wanted(configuration: "Configuration", shares: "Shares", room: str | None) -> "Wanted | str":
    """Return what the column is found by, or its address."""
    from autograder.exports.lti.columns import Wanted

    if configuration.line_item_url is not None:
        return configuration.line_item_url
    tag, resource_id = configuration.tag, configuration.resource_id
    if tag is None and resource_id is None and configuration.label is None:
        resource_id = room
    label = configuration.label or room or resource_id or tag
    if label is None:
        raise AutograderError(
            f"{configuration.file}: does not say which column the scores of several rooms go to; write label or"
            " resource_id or line_item_url into it, or name one room with --assignment"
        )
    most = max((share.most for share in shares.sendable), default=1.0)
    return Wanted(label, tag, resource_id, most)


def _send(
    configuration: "Configuration", wanted: "Wanted | str", shares: "Shares", grades: Path, *, update_column: bool
) -> tuple[list["Outcome"], bool]:
    """Send the scores; return what became of each, and whether somebody pressed Ctrl-C."""
    from contextlib import closing

    from autograder.exports.lti import open_service, send
    from autograder.exports.lti.journal import NAME, Journal
    from autograder.grading.interrupting import interrupts
    from autograder.pages.progress import progress_bar

    if not shares.sendable:
        return [], False
    folder = grades if grades.is_dir() else grades.parent
    outcomes = []
    with closing(Journal(folder / NAME)) as journal, open_service(configuration) as service:
        column = _column(service, wanted, shares, update_column=update_column)
        with interrupts() as interrupted, progress_bar(console_of(err=True)) as progress:
            bar = progress.add_task("sending", total=len(shares.sendable), rate="", faults="")
            for outcome in send(service, column, shares.sendable, journal, asked_to_stop=interrupted):
                outcomes.append(outcome)
                progress.advance(bar)
        return outcomes, interrupted()


def _column(service: "Service", wanted: "Wanted | str", shares: "Shares", *, update_column: bool) -> str:
    from autograder.exports.lti.columns import Column, find_or_make, other_maximum, set_maximum

    if isinstance(wanted, str):
        column, most = Column(wanted, None), max(share.most for share in shares.sendable)
    else:
        column, most = find_or_make(service, wanted), wanted.most
        if column.made:
            click.echo(f"made the column {_place(wanted)} on {service.configuration.name}")
    if update_column and not column.made and column.most != most:
        column = set_maximum(service, column, most)
    if told := other_maximum(column, most):
        click.echo(f"note: {told}", err=True)
    return column.url


def _place(wanted: "Wanted | str") -> str:
    from autograder.exports.lti.addresses import shown_address
    from autograder.pages.neutral import neutralise

    return shown_address(wanted) if isinstance(wanted, str) else f"{neutralise(wanted.label, 60)!r}"


def _name_unsendable(shares: "Shares") -> None:
    """Say, before anything is sent, for whom nothing can be."""
    for student, why in shares.unsendable:
        click.echo(f"not sent: {student} {why}", err=True)
    if shares.without_score:
        click.echo(
            f"{counted(shares.without_score, 'report')} without a score: unreadable, exempt, or lost by the grader",
            err=True,
        )


def _table(shares: "Sequence[Share]") -> "Table":
    from rich import box
    from rich.table import Table

    from autograder.exports.shown import decimal
    from autograder.pages.marks import plain_text

    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    table.add_column("student", overflow="fold")
    table.add_column("user id", overflow="fold")
    table.add_column("score", justify="right", no_wrap=True)
    for share in shares:
        score = f"{decimal(share.given)} / {decimal(share.most)}"
        table.add_row(plain_text(share.student, 60), plain_text(share.user, 60), score)
    return table


def _tell(outcomes: "Sequence[Outcome]", shares: "Shares") -> None:
    for outcome in outcomes:
        if outcome.ending == "failed":
            click.echo(f"failed: {outcome.share.student}: {outcome.told}", err=True)
    left = [outcome for outcome in outcomes if outcome.ending == "not tried"]
    if left:
        names = ", ".join(outcome.share.student for outcome in left[:_NAMED])
        more = f" and {len(left) - _NAMED} more" if len(left) > _NAMED else ""
        click.echo(f"not tried, for {left[0].told}: {names}{more}; run the same command again", err=True)
    count = dict.fromkeys(("sent", "unchanged", "failed", "not tried"), 0)
    for outcome in outcomes:
        count[outcome.ending] += 1
    parts = [f"{number} {ending}" for ending, number in count.items() if number]
    parts += [f"{len(shares.unsendable)} that cannot be sent"] * bool(shares.unsendable)
    click.echo(", ".join(parts) or "there is nothing to send")
