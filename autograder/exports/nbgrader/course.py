"""nbgrader's course folder: where its parts are, and what students put into it, read without following a link."""

import ast
import itertools
import os
import stat
from dataclasses import dataclass, fields
from pathlib import Path

from autograder.errors import AutograderError

CONFIG = "nbgrader_config.py"
GRADEBOOK = "gradebook.db"
TIMESTAMP = "timestamp.txt"
MOST_BYTES = 8 * 1024 * 1024
_MOST_FILES = 200
_STRUCTURE = "{nbgrader_step}/{student_id}/{assignment_id}"


@dataclass(frozen=True)
class CourseFolder:
    """A course of nbgrader's.

    root: its folder. The others are what nbgrader_config.py calls them: c.CourseDirectory.db_url and so on.
    """

    root: Path
    db_url: str = ""
    course_id: str = ""
    source_directory: str = "source"
    submitted_directory: str = "submitted"
    autograded_directory: str = "autograded"
    directory_structure: str = _STRUCTURE

    @property
    def submitted(self) -> Path:
        """Return the folder of what students handed in."""
        return self.root / self.submitted_directory

    def autograded(self, student: str, assignment: str) -> Path:
        """Return the folder of what formgrader shows of one assignment of one student."""
        return self.root / self.autograded_directory / student / assignment

    @property
    def database(self) -> Path | None:
        """Return the file of the gradebook; None when it is on a server."""
        prefix = "sqlite:///"
        if not self.db_url:
            return self.root.resolve() / GRADEBOOK
        return self.root.resolve() / self.db_url.removeprefix(prefix) if self.db_url.startswith(prefix) else None

    @property
    def url(self) -> str:
        """Return where nbgrader finds its gradebook."""
        return f"sqlite:///{self.database}" if self.database else self.db_url


def course_at(root: Path, db_url: str = "") -> CourseFolder:
    """Return nbgrader's course in a folder; `db_url` is asked for before its configuration.

    Raises `AutograderError` when the folder is no course of nbgrader's, or is set up in a way that cannot be read.
    """
    if not _is_course(root):
        raise AutograderError(
            f"{root} is not a course of nbgrader's: it has no {CONFIG}, no {GRADEBOOK} and no folders source and"
            " submitted. Name the folder in which you run nbgrader with --course-dir."
        )
    settings = _settings(root / CONFIG, given={"db_url": db_url} if db_url else {})
    course = CourseFolder(root, **settings)
    if os.path.normpath(course.directory_structure) != _STRUCTURE:
        raise AutograderError(
            f"{root / CONFIG}: c.CourseDirectory.directory_structure is {course.directory_structure!r}, and only"
            f" nbgrader's own, {_STRUCTURE!r}, is known here"
        )
    return course


def course_of(submissions: Path) -> CourseFolder | None:
    """Return nbgrader's course of which `submissions` is the folder of what students handed in; None if there is none.

    Raises `AutograderError` when there is one that is set up in a way that cannot be read.
    """
    root = submissions.resolve().parent
    if not submissions.is_dir() or not _is_course(root):
        return None
    course = course_at(root)
    return course if course.submitted.resolve() == submissions.resolve() else None


def _is_course(root: Path) -> bool:
    parts = [root / "source", root / "submitted"]
    return (root / CONFIG).is_file() or (root / GRADEBOOK).is_file() or all(part.is_dir() for part in parts)


def _settings(file: Path, given: dict[str, str]) -> dict[str, str]:
    """Return what the configuration says of the course, read and not run. Raises `AutograderError`."""
    if not file.is_file():
        return given
    known = {field.name for field in fields(CourseFolder)} - {"root"}
    settings: dict[str, str] = {}
    try:
        statements = ast.walk(ast.parse(file.read_bytes()))
    except (OSError, SyntaxError, ValueError, RecursionError) as error:
        raise AutograderError(f"{file} cannot be read: {error}") from None
    for node in statements:
        if isinstance(node, ast.Assign) and len(node.targets) == 1:
            name = ast.unparse(node.targets[0]).removeprefix("c.CourseDirectory.")
            if name not in known or name in given or "." in name:
                continue
            if not isinstance(node.value, ast.Constant) or not isinstance(node.value.value, str):
                raise AutograderError(
                    f"{file}, line {node.lineno}: c.CourseDirectory.{name} is worked out and not written down, and this"
                    " file is read and never run. Write the text itself" + (", or give --db" * (name == "db_url"))
                )
            settings[name] = node.value.value
    return settings | given


def read_below(root: Path, *parts: str, limit: int = MOST_BYTES) -> bytes | None:
    """Return the bytes of an ordinary file below `root`, which no link leads to; None for anything else.

    Students choose what is there: links, FIFOs and devices, and files larger than `limit`, are not read.
    """
    try:
        folder = _opened(root, *parts[:-1])
        try:
            # O_NONBLOCK: a FIFO must not hold the export up.
            flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
            file = os.open(parts[-1], flags, dir_fd=folder)
        finally:
            os.close(folder)
        with os.fdopen(file, "rb") as stream:
            seen = os.fstat(stream.fileno())
            # A second name of a file elsewhere need not be the student's own.
            if not stat.S_ISREG(seen.st_mode) or seen.st_nlink > 1 or seen.st_size > limit:
                return None
            data = stream.read(limit + 1)
    except (OSError, ValueError):
        return None
    return data if len(data) <= limit else None


def files_below(root: Path, *parts: str) -> list[str] | None:
    """Return the names of the files in a folder below `root`, some at most; None where there is no such folder."""
    try:
        folder = _opened(root, *parts)
    except (OSError, ValueError):
        return None
    try:
        with os.scandir(folder) as scan:
            some = itertools.islice(scan, _MOST_FILES)
            return sorted(entry.name for entry in some if entry.is_file(follow_symlinks=False))
    finally:
        os.close(folder)


def _opened(root: Path, *parts: str) -> int:
    current = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    for part in parts:
        try:
            below = os.open(part, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=current)
        finally:
            os.close(current)
        current = below
    return current
