"""What the commands share: options, exit codes, where output goes, how a course is found."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.console import Console

    from autograder.course.model import Course, Room

GRADED, UNREADABLE, USAGE, FAULTS = 0, 1, 2, 3
FAILED = 1

COURSE = click.option(
    "--course",
    "course_folder",
    type=click.Path(path_type=Path),
    default=None,
    help="Folder with course.toml. Default: here, in ./assignments, or above.",
)
SANDBOX = click.option(
    "--sandbox",
    type=click.Choice(["auto", "bubblewrap", "sandlock", "none"]),
    default="auto",
    show_default=True,
    help="How to confine what is run; for students' code, none needs --unsafe.",
)


def console_of(*, err: bool = False) -> "Console":
    """Return where to print."""
    from rich.console import Console

    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a sign gets a question mark, not a traceback.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    return Console(stderr=err, highlight=False)


def counted(number: int, noun: str) -> str:
    """Return "1 room", "2 rooms"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def course_at(
    folder: Path | None, *, capstones: bool = True, stubs_may_be_missing: bool = False, whole: bool = False
) -> "Course":
    """Return the course in or around a folder, with its capstones or without.

    whole: a release, which has no reference, no mistakes and no hidden checks, will not do. Raises `CourseError`.
    """
    from autograder.course import find_course, read_course
    from autograder.errors import CourseError
    from autograder.language import say

    course = read_course(find_course(folder or Path.cwd()), stubs_may_be_missing=stubs_may_be_missing)
    if whole and course.is_release:
        raise CourseError(
            say(
                "{folder} is a release, as students get it: it has no reference, and this command works only with one",
                folder=course.path,
            )
        )
    return course if capstones else course.without_capstones()


def rooms_of(course: "Course", names: Iterable[str]) -> list["Room"]:
    """Return the rooms of these names, or all. Raises `CourseError`."""
    wanted = [course.room(name) for name in names]
    return wanted or list(course.rooms)
