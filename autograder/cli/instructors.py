"""Commands for instructors: grade a cohort, look at the sandboxes."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli.shared import COURSE, FAILED, FAULTS, GRADED, SANDBOX, UNREADABLE, console_of, course_at, rooms_of
from autograder.errors import AutograderError, GraderFault
from autograder.grading.interrupting import INTERRUPTED

if TYPE_CHECKING:
    from autograder.grading.run import Run


@click.command()
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
@SANDBOX
@click.option("--unsafe", is_flag=True, help="Allow --sandbox none: the students' code can then do what you can.")
@click.option("--regrade", is_flag=True, help="Grade the unchanged ones again too, and show which scores changed.")
@COURSE
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

    course = course_at(course_folder)
    rooms = rooms_of(course, assignments)
    cohort = read_cohort(course, rooms, _backend(sandbox, unsafe=unsafe), submissions)
    if cohort.passed_over:
        names = neutralise(", ".join(cohort.passed_over), 400)
        click.echo(f"passed over, since no .py, .ipynb or .zip: {names}", err=True)
    total = len(cohort.submissions)
    jobs = jobs or len(os.sched_getaffinity(0))
    with interrupts() as interrupted:
        with grading_bar(console_of(err=True), total) as tell:
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
    console = console_of()
    console.print(outcome(run.reports, run.changed, console.width))
    if regrade and not run.changed and len(run.reports) == total:
        click.echo("no score changed")
    for line in closing_lines(run.reports, total, run.store, regrade=regrade):
        click.echo(line)


@click.command()
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

    console = console_of()
    with console.status("attacking the sandboxes"):
        findings = list(examine())
    shown = [("python", "ok", f"{platform.python_version()} on {platform.system()} {platform.release()}")]
    shown += [(finding.what, finding.state, finding.seen) for finding in findings]
    console.print(doctor_table(shown))  # type: ignore[arg-type]
    holds, sentence = conclude(findings)
    click.echo(sentence)
    ctx.exit(GRADED if holds else FAILED)
