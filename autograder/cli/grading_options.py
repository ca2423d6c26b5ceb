"""What `autograder grade` can be told of where submissions come from, whose they are, and on what terms they count."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from autograder.errors import AutograderError

if TYPE_CHECKING:
    from autograder.course.model import Course, Room
    from autograder.grading.cohort import Cohort
    from autograder.grading.terms import Terms
    from autograder.intake.reading import Tables

_Command = TypeVar("_Command", bound=Callable[..., Any])
_FILE = click.Path(dir_okay=False, path_type=Path)
_OPTIONS = (
    click.option(
        "--platform",
        type=click.Choice(["auto", "folder", "moodle", "canvas", "gradescope", "nbgrader", "git"]),
        default="auto",
        show_default=True,
        help="Whose download SUBMISSIONS is; auto tells it by the names.",
    ),
    click.option(
        "--roster",
        type=_FILE,
        default=None,
        help="CSV of who is in the course: name, email, login, ids, group, due, exempt.",
    ),
    click.option("--times", type=_FILE, default=None, help="CSV of when each submission was handed in: student, time."),
    click.option(
        "--attempts",
        type=click.Choice(["latest", "best"]),
        default="latest",
        show_default=True,
        help="Which of a student's submissions counts.",
    ),
    click.option("--due", metavar="TIME", default=None, help="When all was due. Default: what course.toml says."),
    click.option(
        "--late",
        metavar="POLICY",
        default="none",
        show_default=True,
        help='What lateness costs, as in "10%/day, max 50%, grace 15m, cutoff 5d".',
    ),
)


@dataclass(frozen=True)
class GradingOptions:
    """The words of these options as they were given."""

    platform: str
    roster: Path | None
    times: Path | None
    attempts: str
    due: str | None
    late: str


def grading_options(command: _Command) -> _Command:
    """Give a command all of these options."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def tables_of(options: GradingOptions) -> "Tables":
    """Return the tables that were named. Raises `IntakeError`, which names file, row and column."""
    from autograder.intake.reading import Tables
    from autograder.intake.roster import read_roster
    from autograder.intake.times import read_times

    roster = read_roster(options.roster) if options.roster else None
    return Tables(roster, read_times(options.times) if options.times else None)


def terms_of(options: GradingOptions, course: "Course", rooms: "Sequence[Room]", tables: "Tables") -> "Terms":
    """Return on what terms scores are handed on. Raises `AutograderError` for wrong words or a due date that lacks."""
    from autograder.grading.lateness import read_policy
    from autograder.grading.terms import Terms, due_of
    from autograder.intake.attempts import Attempts

    policy = read_policy(options.late)
    due = due_of(course, rooms, options.due, policy)
    members = tables.roster.members if tables.roster else ()
    if policy is not None and due is None and not any(member.due for member in members):
        raise AutograderError(
            "--late needs to know when work was due: give --due TIME, or write it into course.toml below [due],"
            " as a05_softmax = 2026-12-01T23:59:00+01:00"
        )
    return Terms(due, policy, cast("Attempts", options.attempts))


def tell_intake(cohort: "Cohort", options: GradingOptions) -> None:
    """Say on the error stream what the download was taken for and what of it is not as it should be."""
    from autograder.pages.neutral import neutralise

    name, title = cohort.platform
    if options.platform == "auto" and (name != "folder" or cohort.folder.is_file()):
        total = len(cohort.submissions)
        click.echo(f"{cohort.folder} was taken for {title} (--platform {name}); submissions: {total:,}", err=True)
    for remark in cohort.remarks:
        click.echo(neutralise(remark, 1200), err=True)
    timeless = [each.id for each in cohort.submissions if each.submitted is None and each.problem is None]
    if options.late != "none" and timeless:
        some = ", ".join(timeless[:5]) + (", …" if len(timeless) > 5 else "")
        help_is = (
            f"{options.times} has no row for them, or one that fits several of them (see the doubts in their reports; a"
            " column entry names the file that a row is about)"
            if options.times
            else "--times can tell it"
        )
        told = f"without a time, so not judged late: {len(timeless):,} of {len(cohort.submissions):,} ({some})"
        click.echo(f"{told}; {help_is}", err=True)
