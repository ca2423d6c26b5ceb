"""The command that begins courses and exercises."""

import shlex
from pathlib import Path

import click

from autograder.cli.shared import COURSE, course_at


@click.command()
@click.argument("what", metavar="course | ROOM.EXERCISE")
@click.argument("folder", required=False, type=click.Path(path_type=Path), metavar="[DIR]")
@COURSE
def new(what: str, folder: Path | None, course_folder: Path | None) -> None:
    """Begin a course in DIR, or an exercise in the course at hand. Its files keep every law as they stand.

    An exercise begins as the mean of each feature: function, checks, mistakes, variants, statement and texts. You
    rewrite one after the other, and `autograder audit ROOM` says at each step what does not fit yet. A room that is
    not there is made.

    \b
    autograder new course my-course
    autograder new a12_attention.softmax_rows

    Exit code 0, or 2 for a name that cannot be used or is taken.
    """
    from autograder.scaffold import new_course, new_exercise

    if what == "course":
        if folder is None:
            raise click.UsageError("name the folder of the course: autograder new course my-course")
        made = new_course(folder)
    else:
        if folder is not None:
            raise click.UsageError(f"an exercise goes into the course at hand, not into {folder}; use --course DIR")
        made = new_exercise(course_at(course_folder, stubs_may_be_missing=True, whole=True), what)
    for path in made.written:
        click.echo(f"wrote {path}")
    for path in made.extended:
        click.echo(f"added to {path}")
    room = made.name.partition(".")[0]
    where = f" --course {shlex.quote(str(folder))}" if what == "course" else ""
    click.echo(f"{made.name} keeps every law as it stands: autograder audit {room}{where}")
    click.echo("Now make it yours, file by file, and audit again after each; docs/AUTHORING.md says what goes where.")
