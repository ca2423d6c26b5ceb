"""The command line: reads options, calls the work below, prints, and ends with an exit code.

Everything heavy is imported inside the commands, so that `autograder --help` answers at once.
"""

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from autograder import __version__
from autograder.errors import AutograderError, GraderFault
from autograder.grading.interrupting import INTERRUPTED

if TYPE_CHECKING:
    from rich.console import Console

    from autograder.course.model import Course, Room
    from autograder.grading.run import Run

GRADED, UNREADABLE, USAGE, FAULTS = 0, 1, 2, 3
FAILED = 1

_COURSE = click.option(
    "--course",
    "course_folder",
    type=click.Path(path_type=Path),
    default=None,
    help="Folder with course.toml. Default: here, in ./assignments, or above.",
)
_SANDBOX = click.option(
    "--sandbox",
    type=click.Choice(["auto", "bubblewrap", "sandlock", "none"]),
    default="auto",
    show_default=True,
    help="How to confine what is run; for students' code, none needs --unsafe.",
)


class _Commands(click.Group):
    """Ends a command that met an expected error with its message and exit code 2 or 3, never with a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except AutograderError as error:
            click.echo(f"autograder: {error}", err=True)
            ctx.exit(FAULTS if isinstance(error, GraderFault) else USAGE)
        except KeyboardInterrupt:
            click.echo("autograder: interrupted", err=True)
            ctx.exit(INTERRUPTED)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="autograder")
def main() -> None:
    """Grade untrusted numpy exercises in a sandbox and name each mistake.

    \b
    Students:     autograder check a05_softmax
    Instructors:  autograder grade submissions/
    Authors:      autograder audit a05_softmax
    """


def _console(*, err: bool = False) -> "Console":
    from rich.console import Console

    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a sign gets a question mark, not a traceback.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    return Console(stderr=err, highlight=False)


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _course(folder: Path | None, *, stubs_may_be_missing: bool = False) -> "Course":
    from autograder.course import find_course, read_course

    return read_course(find_course(folder or Path.cwd()), stubs_may_be_missing=stubs_may_be_missing)


def _rooms(course: "Course", names: Iterable[str]) -> list["Room"]:
    wanted = [course.room(name) for name in names]
    return wanted or list(course.rooms)


@main.command()
@click.argument("what", required=False, metavar="[ROOM | ROOM.EXERCISE]")
@click.option("--hidden", is_flag=True, help="Run the hidden checks too (where the course has them).")
@_COURSE
@click.pass_context
def check(ctx: click.Context, what: str | None, hidden: bool, course_folder: Path | None) -> None:
    """Check your own work: what fails first in full, the rest a line each, your points.

    \b
    autograder check                        every room
    autograder check a05_softmax            one room
    autograder check a05_softmax.softmax    one exercise

    Exit code 0 when every check passes, 1 when one does not, 2 for a wrong name, 3 when the grader is at fault.
    """
    from autograder.grading.own import check_own
    from autograder.pages.terminal import student_page

    course = _course(course_folder)
    rooms, exercises = _what_to_check(course, what)
    report = check_own(course, rooms, exercises, hidden=hidden)
    _console().print(student_page(report))
    if report.faults:
        ctx.exit(FAULTS)
    ctx.exit(GRADED if report.points == report.max_points else FAILED)


def _what_to_check(course: "Course", what: str | None) -> tuple[list["Room"], list[str]]:
    if what is None:
        here = [room for room in course.rooms if room.path.resolve() == Path.cwd()]
        return here or list(course.rooms), []
    if what in {room.name for room in course.rooms}:
        return [course.room(what)], []
    if "." not in what and what not in {exercise.name for room in course.rooms for exercise in room.exercises}:
        course.room(what)
    exercise = course.exercise(what)
    return [course.room(exercise.room)], [f"{exercise.room}.{exercise.name}"]


@main.command()
@click.argument("submissions", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path("grades"),
    show_default=True,
    help="Folder for the reports and gradebook.csv.",
)
@click.option("-j", "--jobs", type=click.IntRange(1, 64), default=None, help="Grader processes. Default: one a core.")
@click.option("--assignment", "assignments", multiple=True, metavar="ROOM", help="Grade this room only; repeatable.")
@_SANDBOX
@click.option("--unsafe", is_flag=True, help="Allow --sandbox none: the students' code can then do what you can.")
@click.option("--regrade", is_flag=True, help="Grade the unchanged ones again too, and show which scores changed.")
@_COURSE
@click.pass_context
def grade(
    ctx: click.Context,
    submissions: Path,
    output: Path,
    jobs: int | None,
    assignments: tuple[str, ...],
    sandbox: str,
    unsafe: bool,
    regrade: bool,
    course_folder: Path | None,
) -> None:
    """Grade a folder of submissions: one JSON report a student, gradebook.csv, and a table.

    SUBMISSIONS holds a folder, a .zip, a .py or an .ipynb for each student. Results are kept in the output folder as
    they come: after an interruption, or when little has changed, the same command grades only what is left.

    \b
    autograder grade submissions/
    autograder grade submissions/ -o grades/ -j 4 --assignment a05_softmax
    autograder grade submissions/ --regrade

    Exit code 0: all graded. 1: some submissions could not be read. 2: wrong usage, no sandbox, or an output folder
    that cannot be used. 3: the grader was at fault: its checks, its disk, its processes. 130: interrupted; the
    gradebook holds what was graded until then.
    """
    from autograder.grading.cohort import read_cohort
    from autograder.grading.interrupting import interrupts
    from autograder.grading.run import grade_into
    from autograder.pages.neutral import neutralise
    from autograder.pages.progress import grading_bar

    course = _course(course_folder)
    rooms = _rooms(course, assignments)
    cohort = read_cohort(course, rooms, _backend(sandbox, unsafe=unsafe), submissions)
    if cohort.passed_over:
        names = neutralise(", ".join(cohort.passed_over), 400)
        click.echo(f"passed over, since no .py, .ipynb or .zip: {names}", err=True)
    total = len(cohort.submissions)
    jobs = jobs or len(os.sched_getaffinity(0))
    with interrupts() as interrupted:
        with grading_bar(_console(err=True), total) as tell:
            run = grade_into(output, cohort, jobs, regrade=regrade, tell=tell, asked_to_stop=interrupted)
        if interrupted():
            click.echo("interrupted", err=True)
        _write_gradebook(run)
        _tell_outcome(run, total, regrade=regrade)
        if interrupted():
            ctx.exit(INTERRUPTED)
    if any(report.faults for report in run.reports):
        ctx.exit(FAULTS)
    ctx.exit(UNREADABLE if any(report.status == "unreadable" for report in run.reports) else GRADED)


def _backend(sandbox: str, *, unsafe: bool) -> str:
    if sandbox == "none":
        if not unsafe:
            raise AutograderError("--sandbox none lets students' code do whatever you can do; add --unsafe to allow it")
        return "none"
    return sandbox


def _write_gradebook(run: "Run") -> None:
    """Write the gradebook of what there is, and only then say what ended the run early."""
    from autograder.exports.gradebook import write_gradebook

    try:
        if run.reports:
            write_gradebook(run.store.with_name("gradebook.csv"), run.reports)
    except AutograderError as error:
        raise run.error or GraderFault(str(error)) from error
    if run.error:
        raise run.error


def _tell_outcome(run: "Run", total: int, *, regrade: bool) -> None:
    from autograder.pages.outcome import closing_lines, outcome
    from autograder.sandbox.weaknesses import open_ends

    if not run.reports:
        click.echo("nothing was graded, and the gradebook is what it was")
        return
    if run.leftovers:
        more = f" and {len(run.leftovers) - 3} more" * (len(run.leftovers) > 3)
        names = ", ".join(run.leftovers[:3]) + more
        click.echo(f"{run.store.with_name('reports')} also holds reports of an earlier run: {names}", err=True)
    for sentence in open_ends(report.environment.sandbox for report in run.reports):
        click.echo(f"warning: {sentence}", err=True)
    console = _console()
    console.print(outcome(run.reports, run.changed, console.width))
    if regrade and not run.changed and len(run.reports) == total:
        click.echo("no score changed")
    for line in closing_lines(run.reports, total, run.store, regrade=regrade):
        click.echo(line)


@main.command()
@click.argument("rooms", nargs=-1, metavar="[ROOM]...")
@click.option(
    "--secrets",
    type=click.IntRange(1, 1000),
    default=20,
    show_default=True,
    help="How many secrets the reference must pass with.",
)
@_SANDBOX
@click.option("--quiet", is_flag=True, help="Leave out the kill matrix.")
@click.option("--times", is_flag=True, help="Only time the reference, and say whether the limits leave room.")
@click.option("--ignorant", is_flag=True, help="Only show what answers earn that know nothing; it should be nothing.")
@_COURSE
@click.pass_context
def audit(
    ctx: click.Context,
    rooms: tuple[str, ...],
    secrets: int,
    sandbox: str,
    quiet: bool,
    times: bool,
    ignorant: bool,
    course_folder: Path | None,
) -> None:
    """Hold rooms to their laws: reference full, stub zero, every mistake caught and named, every variant accepted.

    \b
    autograder audit
    autograder audit a05_softmax --secrets 3
    autograder audit --times
    autograder audit --ignorant

    Exit code 0 when every law is kept (with --times, every limit; with --ignorant, no gift), 1 when one is broken,
    2 when a room cannot be read.
    """
    from autograder.audit import audit_room
    from autograder.pages.progress import progress_bar
    from autograder.pages.terminal import kill_matrix
    from autograder.sandbox.opening import open_host

    course = _course(course_folder)
    with open_host(sandbox) as host:
        backend = host.backend
    console = _console()
    if times and ignorant:
        raise click.UsageError("--times and --ignorant are two questions; ask one at a time")
    if times or ignorant:
        show = _show_times if times else _show_gifts
        ctx.exit(show(course, _rooms(course, rooms), backend))
    broken = 0
    for room in _rooms(course, rooms):
        with progress_bar(_console(err=True)) as progress:
            bar = progress.add_task(room.name, total=None, rate="", faults="")
            audit = audit_room(course, room, backend, secrets, lambda: progress.advance(bar))  # noqa: B023
        if not quiet:
            for exercise, checks in audit.checks.items():
                kills = audit.kills.get(exercise, {})
                claims = {name: audit.claimed[name] for name in kills}
                console.print(kill_matrix(exercise, checks, kills, claims))
        broken += len(audit.broken)
        for law in audit.broken:
            click.echo(f"BROKEN  {room.name}: {law}")
        click.echo(
            f"{room.name}: {audit.mistakes} mistakes, {audit.named} named; {audit.variants} variants,"
            f" {audit.equivalents} equivalents; {_counted(secrets, 'secret')}; {len(audit.broken) or 'no'} laws broken"
        )
    ctx.exit(FAILED if broken else GRADED)


def _show_times(course: "Course", rooms: list["Room"], backend: str) -> int:
    from autograder.audit import FACTOR, time_room
    from autograder.pages.calibration import times_table

    timings = [timing for room in rooms for timing in time_room(course, room, backend)]
    tight = [timing for timing in timings if timing.advice]
    _console().print(times_table(timings))
    click.echo(f"An answer may be {FACTOR:g} times slower than the reference at least; that is asked of every limit.")
    for timing in tight:
        click.echo(f"BROKEN  {timing.name}: write under its [exercises.limits]: {timing.advice}")
    return FAILED if tight else GRADED


def _show_gifts(course: "Course", rooms: list["Room"], backend: str) -> int:
    from autograder.audit import blind_gifts, largest

    found = [gift for room in rooms for gift in largest(blind_gifts(course, room, backend)).values()]
    for gift in found:
        click.echo(f"BROKEN  {gift}")
    exercises = _counted(sum(len(room.exercises) for room in rooms), "exercise")
    click.echo(f"{len(found)} of {exercises} pay for an answer that knows nothing")
    return FAILED if found else GRADED


@main.command()
@click.option("--check", "only_check", is_flag=True, help="Write nothing; exit with 1 when a stub is not up to date.")
@click.option("--force", is_flag=True, help="Write over stubs that somebody has worked in.")
@_COURSE
@click.pass_context
def stubs(ctx: click.Context, only_check: bool, force: bool, course_folder: Path | None) -> None:
    """Cut the stubs that students start from out of the reference.

    \b
    autograder stubs            write those that are missing or out of date
    autograder stubs --check    for CI

    Exit code 0 when every stub is up to date afterwards, 1 when one is not.
    """
    from autograder.atomic import write_atomically
    from autograder.course.restubbing import look_at_stubs

    course = _course(course_folder, stubs_may_be_missing=True)
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


@main.command()
@click.argument("count", type=click.IntRange(1, 100_000))
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="Folder to make; must be new.")
@click.option("--seed", type=int, default=0, show_default=True, help="The same seed gives the same cohort.")
@_COURSE
def simulate(count: int, output: Path, seed: int, course_folder: Path | None) -> None:
    """Make a cohort of COUNT submissions, with the truth about each in a file beside the folder.

    \b
    autograder simulate 200 -o /tmp/cohort --seed 1
    """
    from autograder.simulate import simulate as make_cohort

    truth = make_cohort(_course(course_folder), count, output, seed)
    click.echo(f"wrote {count} submissions in {output}{os.sep}")
    click.echo(f"wrote the truth about them in {truth}")


@main.command()
@click.pass_context
def doctor(ctx: click.Context) -> None:
    """Show which sandboxes work here, by attacking them, and how to get those that are missing.

    \b
    autograder doctor

    Exit code 0 when the sandbox that `grade` will use holds against every attack, 1 otherwise.
    """
    import platform

    from autograder.pages.terminal import doctor_table
    from autograder.sandbox.doctor import conclude, examine

    console = _console()
    with console.status("attacking the sandboxes"):
        findings = list(examine())
    shown = [("python", "ok", f"{platform.python_version()} on {platform.system()} {platform.release()}")]
    shown += [(finding.what, finding.state, finding.seen) for finding in findings]
    console.print(doctor_table(shown))  # type: ignore[arg-type]
    holds, sentence = conclude(findings)
    click.echo(sentence)
    ctx.exit(GRADED if holds else FAILED)


if __name__ == "__main__":
    main()
