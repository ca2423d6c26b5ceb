"""Commands for instructors: grade a cohort, look at the sandboxes."""

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from autograder.cli.grading_options import GradingOptions, grading_options, tables_of, tell_intake, terms_of
from autograder.cli.nbgrader import write_back
from autograder.cli.shared import COURSE, FAILED, FAULTS, GRADED, SANDBOX, UNREADABLE, console_of, course_at, rooms_of
from autograder.errors import AutograderError, GraderFault
from autograder.grading.interrupting import INTERRUPTED
from autograder.language import phrase, say

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
@click.option("--no-capstones", is_flag=True, help="Leave out the capstones, which take a few seconds each.")
@click.option("--unsafe", is_flag=True, help="Allow --sandbox none: the students' code can then do what you can.")
@click.option("--regrade", is_flag=True, help="Grade the unchanged ones again too, and show which scores changed.")
@click.option("--no-nbgrader", is_flag=True, help="In a course of nbgrader's, leave its gradebook as it is.")
@grading_options
@COURSE
@click.pass_context
def grade(
    ctx: click.Context,
    /,
    submissions: Path,
    output: Path,
    jobs: int | None,
    assignments: tuple[str, ...],
    sandbox: str,
    no_capstones: bool,
    unsafe: bool,
    regrade: bool,
    no_nbgrader: bool,
    course_folder: Path | None,
    **given: Any,
) -> None:
    """Grade a folder of submissions, or a download. It gives a JSON report a student, gradebook.csv and a table.

    SUBMISSIONS holds a folder, a .zip, a .py or an .ipynb for each student, or is what Moodle, Canvas, Gradescope or
    nbgrader gave you, as a folder or as the .zip itself, or a folder of git clones. Results are kept in the output
    folder as they come: after an interruption, or when little has changed, the same command grades only what is left,
    and with another due date, --late or --attempts it grades nothing again.

    \b
    autograder grade submissions/
    autograder grade submissions/ -o grades/ -j 4 --assignment a05_softmax
    autograder grade "CS101-Assignment 3-42.zip" --roster students.csv
    autograder grade clones/ --due 2026-12-01T23:59+01:00 --late "10%/day, grace 15m, cutoff 5d"
    autograder grade submissions/ --regrade
    autograder grade COURSE/submitted --assignment a05_softmax

    In a course of nbgrader's, the scores and the feedback also go into its gradebook, where formgrader shows them.

    Exit code 0: all graded. 1: some submissions could not be read. 2: wrong usage, no sandbox, or an output folder
    that cannot be used. 3: the grader was at fault: its checks, its disk, its processes. 130: interrupted; the
    gradebook holds what was graded until then.
    """
    from autograder.grading.cohort import read_cohort
    from autograder.grading.interrupting import interrupts
    from autograder.grading.run import grade_into
    from autograder.pages.neutral import neutralise
    from autograder.pages.progress import grading_bar

    course = course_at(course_folder, capstones=not no_capstones, whole=True)
    rooms = rooms_of(course, assignments)
    options = GradingOptions(**given)
    backend, tables = _backend(sandbox, unsafe=unsafe), tables_of(options)
    terms = terms_of(options, course, rooms, tables)
    cohort = read_cohort(course, rooms, backend, submissions, options.platform, tables)
    terms = replace(terms, standings=cohort.standings)
    tell_intake(cohort, options)
    if cohort.passed_over:
        names = neutralise(", ".join(cohort.passed_over), 400)
        click.echo(say("passed over, since no .py, .ipynb or .zip: {names}", names=names), err=True)
    total = len(cohort.submissions)
    jobs = jobs or len(os.sched_getaffinity(0))
    with interrupts() as interrupted:
        with grading_bar(console_of(err=True), total) as tell:
            run = grade_into(output, cohort, jobs, regrade=regrade, terms=terms, tell=tell, asked_to_stop=interrupted)
        if interrupted():
            click.echo(say("interrupted"), err=True)
        _write_gradebook(run)
        _tell_outcome(run, total, regrade=regrade)
        if interrupted():
            ctx.exit(INTERRUPTED)
    written = GRADED if no_nbgrader else write_back(submissions, run)
    if any(report.faults for report in run.reports):
        ctx.exit(FAULTS)
    ctx.exit(UNREADABLE if any(report.status == "unreadable" for report in run.reports) else written)


def _backend(sandbox: str, *, unsafe: bool) -> str:
    if sandbox == "none":
        if not unsafe:
            told = say("--sandbox none lets students' code do whatever you can do; add --unsafe to allow it")
            raise AutograderError(told)
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
        click.echo(say("nothing was graded, and the gradebook is what it was"))
        return
    if run.leftovers:
        more = say(" and {n:,} more", n=len(run.leftovers) - 3) if len(run.leftovers) > 3 else ""
        names = ", ".join(run.leftovers[:3]) + more
        told = phrase("{folder} also holds reports of an earlier run, which exports hand on too: {names}")
        click.echo(say(told, folder=run.store.with_name("reports"), names=names), err=True)
    for sentence in open_ends(report.environment.sandbox for report in run.reports):
        click.echo(f"warning: {sentence}", err=True)
    console = console_of()
    console.print(outcome(run.reports, run.changed, console.width))
    if regrade and not run.changed and len(run.reports) == total:
        click.echo(say("no score changed"))
    for line in closing_lines(run.reports, total, run.store, regrade=regrade):
        click.echo(line)


@click.command()
@click.pass_context
def doctor(ctx: click.Context) -> None:
    """Show whether everything works here. It attacks the sandboxes, and grades a small exercise.

    \b
    autograder doctor

    Exit code 0 when the sandbox that `grade` will use holds against every attack and the exercise was graded rightly, 1
    otherwise.
    """
    import platform

    from autograder.grading.smoke import try_out
    from autograder.pages.terminal import doctor_table
    from autograder.sandbox.doctor import conclude, examine

    console = console_of()
    with console.status("attacking the sandboxes"):
        findings = list(examine())
    works, seen = try_out("auto" if conclude(findings)[0] else "none")
    shown = [("python", "ok", f"{platform.python_version()} on {platform.system()} {platform.release()}")]
    shown += [(finding.what, finding.state, finding.seen) for finding in findings]
    shown.append(("a trial exercise, worth no points", "ok" if works else "failed", seen))
    console.print(doctor_table(shown))  # type: ignore[arg-type]
    holds, sentence = conclude(findings)
    click.echo(sentence)
    ctx.exit(GRADED if holds and works else FAILED)
