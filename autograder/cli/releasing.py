"""What goes out to students, and what comes back: releases, and submissions packed on their machines."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from autograder.cli.languages import Spoken
from autograder.cli.shared import COURSE, FAILED, GRADED, console_of, counted, course_at, rooms_of
from autograder.language import language, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from autograder.course.model import Course, Room
    from autograder.release.packing import Packed
    from autograder.release.rooms import Choice, Form


@click.command()
@click.argument("rooms", nargs=-1, metavar="[ROOM]...")
@click.option(
    "-o",
    "--output",
    default=None,
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Folder for the release; it must not be there yet, or be empty.",
)
@click.option(
    "--nbgrader",
    "nbgrader_course",
    default=None,
    type=click.Path(path_type=Path),
    metavar="COURSE_DIR",
    help="Write source notebooks for nbgrader into its course instead, a folder source/ROOM for each room.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["py", "ipynb", "both"]),
    default="py",
    show_default=True,
    help="What students write: modules, notebooks, or either.",
)
@COURSE
def release(
    rooms: tuple[str, ...], output: Path | None, nbgrader_course: Path | None, form: str, course_folder: Path | None
) -> None:
    """Make the folder that students receive. Statements, stubs, public checks with recorded answers, workflows.

    It works on machines that have never seen this course, and holds no source of the reference, of a mistake or of a
    hidden check; what is to be written is searched for leaks first, and a leak is told by file and line. The same
    course gives the same bytes. `--lang zh` puts Chinese first.

    \b
    autograder release -o ../deepnet-2026
    autograder release a04_backprop a05_softmax -o week-3 --lang zh --format both
    autograder release a05_softmax --nbgrader ../deep-networks

    Exit code 0: written. 2: nothing was written, and why.
    """
    from autograder.release.placing import require_room_for
    from autograder.release.rooms import Choice
    from autograder.sandbox.runtime import THREADS

    if (output is None) == (nbgrader_course is None):
        raise click.UsageError("say where to: -o DIR for a release, or --nbgrader COURSE_DIR for nbgrader's notebooks.")
    # Before numpy is loaded: with several threads the last digits of the recorded answers differ from run to run.
    os.environ.update(THREADS)
    course = course_at(course_folder, stubs_may_be_missing=True, whole=True)
    wanted = rooms_of(course, rooms)
    chosen = [room for room in course.rooms if room in wanted]
    if output is None:
        assert nbgrader_course is not None
        _release_to_nbgrader(course, chosen, nbgrader_course)
        return
    require_room_for(output)
    files = _release(course, chosen, Choice(language(), cast("Form", form)), output)
    click.echo(f"wrote {counted(len(chosen), 'room')}, {counted(files, 'file')} in {output}{os.sep}")
    click.echo("Hand out the whole folder, or put it into git; its README.md tells students how to start.")


def _release(course: "Course", rooms: "Sequence[Room]", choice: "Choice", output: Path) -> int:
    """Make, search and write a release; return how many files it has."""
    from autograder.pages.progress import progress_bar
    from autograder.release.leaks import require_no_leaks
    from autograder.release.placing import place
    from autograder.release.tree import release_tree

    with progress_bar(console_of(err=True)) as progress:
        bar = progress.add_task("recording", total=len(rooms) + 1, rate="", faults="")
        tree = release_tree(course, rooms, choice, lambda _: progress.advance(bar))
        progress.update(bar, description="looking for leaks")
        require_no_leaks(tree, course, rooms)
        progress.advance(bar)
    place(tree, output)
    return len(tree)


def _release_to_nbgrader(course: "Course", rooms: "Sequence[Room]", folder: Path) -> None:
    from autograder.pages.progress import progress_bar
    from autograder.release.nbgrader_source import CONFIG_FILE, write_nbgrader_course

    with progress_bar(console_of(err=True)) as progress:
        bar = progress.add_task("recording", total=len(rooms), rate="", faults="")
        configured = write_nbgrader_course(course, rooms, folder, language(), lambda _: progress.advance(bar))
    click.echo(f"wrote {counted(len(rooms), 'assignment')} in {folder / 'source'}{os.sep}")
    if not configured:
        click.echo(f"{folder / CONFIG_FILE} was there already and is as it was.")
    click.echo(f"Next, in {folder}: nbgrader generate_assignment {rooms[0].name}")


@click.command(cls=Spoken)
@click.argument("rooms", nargs=-1, metavar="[ROOM]...")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path("submission.zip"),
    show_default=True,
    help="The zip to write.",
)
@COURSE
@click.pass_context
def submit(ctx: click.Context, rooms: tuple[str, ...], output: Path, course_folder: Path | None) -> None:
    """Pack what you have written into a zip to hand in. It says what is missing.

    Only modules and notebooks that differ from their stubs go in, with a manifest of what they are. The zip is read
    first as it will be when it is graded, and is not written when that would refuse it.

    \b
    autograder submit
    autograder submit a05_softmax -o softmax.zip

    Exit code 0 when the zip is written, 1 when something in it would be refused or there is nothing to hand in, 2 for a
    wrong name.
    """
    from autograder.atomic import write_atomically
    from autograder.release.packing import pack, require_zip

    require_zip(output)
    course = course_at(course_folder)
    packed = pack(course, rooms_of(course, rooms))
    _tell(packed)
    if packed.refused:
        click.echo(say("{file} was not written.", file=output), err=True)
        ctx.exit(FAILED)
    write_atomically(output, packed.content)
    click.echo(say("wrote {file}: {names}", file=output, names=", ".join(packed.files)))
    ctx.exit(GRADED)


def _tell(packed: "Packed") -> None:
    for line in packed.told:
        click.echo(line)
    for line in packed.warnings:
        click.echo(say("note: {what}", what=line), err=True)
    for line in packed.refused:
        click.echo(say("refused: {what}", what=line), err=True)
