"""Commands that pack the grader for a platform which runs it itself, and the one that it runs there."""

import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli.shared import COURSE, counted, course_at, rooms_of
from autograder.errors import SandboxError

if TYPE_CHECKING:
    from autograder.course.model import Course
    from autograder.grading.cohort import Cohort
    from autograder.intake.gradescope_metadata import Metadata


@click.group()
def package() -> None:
    """Pack the grader for a platform that runs it itself.

    \b
    autograder package gradescope a05_softmax -o autograder.zip
    """


@package.command()
@click.argument("rooms", nargs=-1, metavar="[ROOM]...")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path("autograder.zip"),
    show_default=True,
    help="The zip to write.",
)
@click.option(
    "--timeout",
    type=click.IntRange(1, 40),
    default=10,
    show_default=True,
    metavar="MINUTES",
    help="The time limit that the assignment has on Gradescope; the grader ends before it.",
)
@click.option("--no-capstones", is_flag=True, help="Leave out the capstones, which take a few seconds each.")
@click.option(
    "--secret-file",
    type=click.Path(path_type=Path),
    default=None,
    help="File with the secret of hidden inputs. Default: that of AUTOGRADER_SECRET, else the course's own.",
)
@click.option(
    "--allow-unsandboxed",
    is_flag=True,
    help="Where Gradescope's machine lets no sandbox work, run students' code as another user with limits alone.",
)
@COURSE
def gradescope(
    rooms: tuple[str, ...],
    output: Path,
    timeout: int,
    no_capstones: bool,
    secret_file: Path | None,
    allow_unsandboxed: bool,
    course_folder: Path | None,
) -> None:
    """Write the zip that Gradescope builds an autograder from. It grades these ROOMs, or all.

    Upload it under "Configure Autograder". It holds hidden checks, solutions and the secret of hidden inputs: keep it
    from students. Hidden inputs are those of `autograder grade` with the same secret, and so are the points.

    \b
    autograder package gradescope a05_softmax
    autograder package gradescope a05_softmax a06_init --timeout 20 -o autograder.zip
    """
    from autograder.atomic import write_atomically
    from autograder.exports.shown import decimal
    from autograder.grading.environment import course_secret, secret_in
    from autograder.language import language
    from autograder.release.gradescope import Settings, gradescope_zip

    course = course_at(course_folder, capstones=not no_capstones, whole=True)
    chosen = rooms_of(course, dict.fromkeys(rooms))
    settings = Settings(
        rooms=tuple(room.name for room in chosen),
        seconds=60.0 * timeout,
        capstones=not no_capstones,
        allow_unsandboxed=allow_unsandboxed,
        language=language(),
    )
    secret = secret_in(secret_file) if secret_file else course_secret(course.path)
    content = gradescope_zip(course, settings, secret)
    write_atomically(output, content, private=True)
    points = decimal(sum(exercise.points for room in chosen for exercise in room.graded))
    click.echo(f"{output}: {counted(len(chosen), 'room')}, {points} points, {len(content) / 2**20:.1f} MiB")
    click.echo(f'On Gradescope: {points} autograder points, "Configure Autograder", base image Ubuntu, this zip.')
    click.echo("It holds the hidden checks, the solutions and the secret: keep it from students.")


@click.command(hidden=True)
@click.argument("root", type=click.Path(path_type=Path), default=Path("/autograder"))
@click.option("--look", is_flag=True, help="Only see whether everything is there.")
def gradescope_run(root: Path, look: bool) -> None:
    """Grade what Gradescope has put below ROOT; for the script in the zip of `package gradescope`."""
    from autograder.exports.gradescope import gradescope_results
    from autograder.exports.gradescope_fault import unfinished_results
    from autograder.grading.in_time import Clock, grade_in_time
    from autograder.intake.gradescope_metadata import read_metadata
    from autograder.language import speak
    from autograder.pages.neutral import neutralise
    from autograder.release.gradescope import END, LAST_CHECK, SETTINGS_FILE, packaged_course, read_settings

    start = time.monotonic()
    settings = read_settings(root / "source" / SETTINGS_FILE)
    course = packaged_course(root / "source", settings)
    if look:
        click.echo(f"autograder: ready to grade {', '.join(room.name for room in course.rooms)}")
        return
    speak(settings.language)
    metadata = read_metadata(root / "submission_metadata.json")
    _put(root, unfinished_results(metadata.score_before))
    clock = Clock(start + LAST_CHECK * settings.seconds, start + END * settings.seconds)
    cohort = _cohort(root, course, metadata, _sandbox(allow_unsandboxed=settings.allow_unsandboxed))
    click.echo(f"autograder: sandbox {cohort.sandbox}")
    capstones = [f"{room.name}.{room.capstone.name}" for room in course.rooms if room.capstone]
    for report in grade_in_time(cohort, clock):
        for fault in report.faults:
            click.echo(f"autograder: {neutralise(f'{fault.where}: {fault.message}', 2000)}", err=True)
        _put(root, gradescope_results(replace(report, due=metadata.due), capstones))


def _put(root: Path, results: bytes) -> None:
    from autograder.atomic import write_atomically

    write_atomically(root / "results" / "results.json", results)


def _sandbox(*, allow_unsandboxed: bool) -> str:
    """Return the sandbox to grade in, chosen once and before anything hostile runs. Raises `SandboxError`."""
    from autograder.grading.temporary import run_folder, temporary_files_in
    from autograder.sandbox.backends import AUTO, UNPRIVILEGED
    from autograder.sandbox.opening import open_host

    with run_folder() as folder, temporary_files_in(folder):
        try:
            with open_host(AUTO) as host:
                return host.backend
        except SandboxError as error:
            if not allow_unsandboxed:
                raise
            click.echo(f"autograder: {error}", err=True)
        with open_host(UNPRIVILEGED) as host:
            return host.backend


def _cohort(root: Path, course: "Course", metadata: "Metadata", sandbox: str) -> "Cohort":
    """Return the one submission, with what Gradescope says of it, as a cohort."""
    from autograder.grading.alone import read_alone
    from autograder.grading.cohort import Cohort

    read = read_alone(root / "submission", {f"{room.module}.py" for room in course.rooms}, "submission")
    submission = replace(
        read,
        student=metadata.student,
        people=metadata.people,
        attempt=metadata.attempt,
        submitted=metadata.submitted,
    )
    return Cohort(root, course, course.rooms, sandbox, (submission,))
