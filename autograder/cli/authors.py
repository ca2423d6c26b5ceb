"""Commands for authors of exercises: hold rooms to their laws, cut stubs, make a cohort."""

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli.shared import COURSE, FAILED, GRADED, SANDBOX, console_of, counted, course_at, rooms_of

if TYPE_CHECKING:
    from autograder.audit import Audit
    from autograder.course.model import Course, Room


@click.command()
@click.argument("rooms", nargs=-1, metavar="[ROOM]...")
@click.option(
    "--secrets",
    type=click.IntRange(1, 1000),
    default=20,
    show_default=True,
    help="How many secrets the reference must pass with.",
)
@SANDBOX
@click.option("--quiet", is_flag=True, help="Leave out the kill matrix.")
@click.option("--no-capstones", is_flag=True, help="Leave out the capstones, whose laws take a minute each.")
@click.option("-j", "--jobs", type=click.IntRange(1, 64), default=None, help="Rooms at a time. Default: one a core.")
@click.option("--times", is_flag=True, help="Only time the reference, and say whether the limits leave room.")
@click.option("--ignorant", is_flag=True, help="Only show what answers earn that know nothing; it should be nothing.")
@COURSE
@click.pass_context
def audit(
    ctx: click.Context,
    rooms: tuple[str, ...],
    secrets: int,
    sandbox: str,
    quiet: bool,
    no_capstones: bool,
    jobs: int | None,
    times: bool,
    ignorant: bool,
    course_folder: Path | None,
) -> None:
    """Hold rooms to their laws, with a matrix of mistakes.

    The reference gets full marks, the stub none, every mistake is caught and named, every variant accepted.

    \b
    autograder audit
    autograder audit a05_softmax --secrets 3
    autograder audit --times
    autograder audit --ignorant

    Exit code 0 when every law is kept (with --times, every limit; with --ignorant, no gift), 1 when one is broken,
    2 when a room cannot be read.
    """
    from autograder.sandbox.opening import open_host

    course = course_at(course_folder, whole=True)
    with open_host(sandbox) as host:
        backend = host.backend
    if times and ignorant:
        raise click.UsageError("--times and --ignorant are two questions; ask one at a time")
    wanted = rooms_of(course, rooms)
    if times or ignorant:
        show = _show_times if times else _show_gifts
        ctx.exit(show(course, wanted, backend))
    jobs = jobs or len(os.sched_getaffinity(0))
    ctx.exit(_hold(course, wanted, backend, secrets, jobs, capstones=not no_capstones, quiet=quiet))


def _hold(
    course: "Course", rooms: list["Room"], backend: str, secrets: int, jobs: int, *, capstones: bool, quiet: bool
) -> int:
    """Audit rooms, show each as it is known, and the sum of them all; return the exit code."""
    from autograder.audit import audit_rooms
    from autograder.pages.progress import progress_bar

    audits = []
    with progress_bar(console_of(err=True)) as progress:
        alone = len(rooms) == 1 or jobs == 1
        bar = progress.add_task("auditing", total=None if alone else len(rooms), rate="", faults="")
        tick = partial(progress.advance, bar)
        for audit in audit_rooms(course, rooms, backend, secrets, capstone=capstones, jobs=jobs, tick=tick):
            _show_audit(audit, secrets, quiet=quiet)
            audits.append(audit)
    broken = sum(len(audit.broken) for audit in audits)
    if len(audits) > 1:
        mistakes, named = (sum(getattr(audit, what) for audit in audits) for what in ("mistakes", "named"))
        share = f"{100 * named / mistakes:.1f} %" if mistakes else "none"
        click.echo(f"{len(audits)} rooms: {mistakes} mistakes, {share} named; {broken or 'no'} laws broken")
    return FAILED if broken else GRADED


def _show_audit(audit: "Audit", secrets: int, *, quiet: bool) -> None:
    from autograder.pages.terminal import kill_matrix

    if not quiet:
        for exercise, checks in audit.checks.items():
            kills = audit.kills.get(exercise, {})
            claims = {name: audit.claimed[name] for name in kills}
            console_of().print(kill_matrix(exercise, checks, kills, claims))
    for law in audit.broken:
        click.echo(f"BROKEN  {audit.room}: {law}")
    click.echo(
        f"{audit.room}: {audit.mistakes} mistakes, {audit.named} named; {audit.variants} variants,"
        f" {audit.equivalents} equivalents; {counted(secrets, 'secret')};"
        f"{_capstone_in_short(audit)} {len(audit.broken) or 'no'} laws broken"
    )


def _capstone_in_short(audit: "Audit") -> str:
    found = audit.capstone
    if found is None:
        return ""
    spoiled = f"{counted(len(found.checks), 'check')} spoiled by {counted(len(found.spoilers), 'mistake')}"
    return f" capstone: {spoiled}, {counted(found.sets, 'set')} of variants, {counted(found.secrets, 'secret')};"


def _show_times(course: "Course", rooms: list["Room"], backend: str) -> int:
    from autograder.audit import FACTOR, time_room
    from autograder.pages.calibration import times_table

    timings = [timing for room in rooms for timing in time_room(course, room, backend)]
    tight = [timing for timing in timings if timing.advice]
    console_of().print(times_table(timings))
    click.echo(f"An answer may be {FACTOR:g} times slower than the reference at least; that is asked of every limit.")
    for timing in tight:
        click.echo(f"BROKEN  {timing.name}: write under its [exercises.limits]: {timing.advice}")
    return FAILED if tight else GRADED


def _show_gifts(course: "Course", rooms: list["Room"], backend: str) -> int:
    from autograder.audit import blind_gifts, largest

    found = [gift for room in rooms for gift in largest(blind_gifts(course, room, backend)).values()]
    for gift in found:
        click.echo(f"BROKEN  {gift}")
    exercises = counted(sum(len(room.exercises) for room in rooms), "exercise")
    click.echo(f"{len(found)} of {exercises} pay for an answer that knows nothing")
    return FAILED if found else GRADED


@click.command()
@click.option("--check", "only_check", is_flag=True, help="Write nothing; exit with 1 when a stub is not up to date.")
@click.option("--force", is_flag=True, help="Write over stubs that somebody has worked in.")
@COURSE
@click.pass_context
def stubs(ctx: click.Context, only_check: bool, force: bool, course_folder: Path | None) -> None:
    """Cut students' stubs out of the reference.

    \b
    autograder stubs            write those that are missing or out of date
    autograder stubs --check    for CI

    Exit code 0 when every stub is up to date afterwards, 1 when one is not.
    """
    from autograder.atomic import write_atomically
    from autograder.course.restubbing import look_at_stubs

    course = course_at(course_folder, stubs_may_be_missing=True, whole=True)
    different = 0
    for stub in look_at_stubs(course):
        if stub.state == "fresh":
            continue
        different += 1
        if only_check:
            advice = (
                "autograder stubs --force (it writes over that work)" if stub.state == "edited" else "autograder stubs"
            )
            click.echo(f"{stub.path} is {stub.state}; run: {advice}")
        elif stub.state == "edited" and not force:
            click.echo(f"{stub.path} has been worked in and is left alone; --force writes over it", err=True)
        else:
            write_atomically(stub.path, stub.text.encode())
            different -= 1
            click.echo(f"wrote {stub.path}")
    if not different:
        click.echo("every stub is what the reference gives")
    ctx.exit(FAILED if different else GRADED)


@click.command()
@click.argument("count", type=click.IntRange(1, 100_000))
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="Folder to make; must be new.")
@click.option("--seed", type=int, default=0, show_default=True, help="The same seed gives the same cohort.")
@click.option("--assignment", "assignments", multiple=True, metavar="ROOM", help="This room only; repeatable.")
@COURSE
def simulate(count: int, output: Path, seed: int, assignments: tuple[str, ...], course_folder: Path | None) -> None:
    """Make up a cohort of COUNT submissions. The truth about each is in a file beside the folder.

    \b
    autograder simulate 200 -o /tmp/cohort --seed 1
    autograder simulate 30 -o /tmp/cohort --assignment a05_softmax
    """
    from dataclasses import replace

    from autograder.simulate import simulate as make_cohort

    course = course_at(course_folder, whole=True)
    # In reading order, whatever the order of the options: it decides what the seed draws.
    wanted = rooms_of(course, assignments)
    chosen = tuple(room for room in course.rooms if room in wanted)
    truth = make_cohort(replace(course, rooms=chosen), count, output, seed)
    click.echo(f"wrote {count} submissions in {output}{os.sep}")
    click.echo(f"wrote the truth about them in {truth}")
