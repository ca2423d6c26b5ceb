"""nbgrader's gradebook, opened through nbgrader's own interface for one run that is kept as a whole or not at all."""

import os
import sqlite3
import sys
import warnings
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from autograder.errors import AutograderError
from autograder.exports.nbgrader.course import CourseFolder

_OURS = {"assignment", "student", "grade", "submitted_assignment", "alembic_version"}
_PATIENCE_SECONDS = 2.0


@contextmanager
def opened_gradebook(course: CourseFolder) -> Iterator[Any]:
    """Give nbgrader's `Gradebook` of a course; what is changed is kept at the end, or nothing is, after an exception.

    Raises
    ------
    AutograderError : nbgrader is not installed; the database is locked, is none of nbgrader's, or cannot be written.
        The message names its file.
    """
    _expect_nbgrader()
    from nbgrader.api import InvalidEntry
    from sqlalchemy.exc import SAWarning, SQLAlchemyError

    file = course.database
    is_new = file is not None and not file.exists()
    if file is not None:
        _expect_usable(file, is_new=is_new)
    where = file or course.db_url.rpartition("@")[2]
    is_kept = False
    try:
        with closing(_opened(course)) as gradebook, warnings.catch_warnings():
            # What nbgrader's own calls look up between their writes is no concern of who grades.
            warnings.simplefilter("ignore", SAWarning)
            try:
                yield gradebook
                gradebook.db().commit()
                is_kept = True
            finally:
                gradebook.db.rollback()
    except (SQLAlchemyError, InvalidEntry) as error:
        why = str(getattr(error, "orig", None) or error).splitlines()[0]
        raise AutograderError(
            f"{where}: nbgrader's gradebook could not be written ({why}), and nothing in it was changed. Close what"
            " else is using it and try again; for one of an older nbgrader, run `nbgrader db upgrade` first."
        ) from None
    finally:
        if is_new and not is_kept and file is not None:
            file.unlink(missing_ok=True)


def _expect_nbgrader() -> None:
    try:
        import nbgrader.api  # noqa: F401
    except ImportError:
        raise AutograderError(
            "nbgrader is not installed beside this program; to get it: pip install 'deepnet-autograder[nbgrader]'"
        ) from None


def _opened(course: CourseFolder) -> Any:
    from nbgrader.api import Gradebook

    before = os.environ.get("PATH")
    # A new gradebook runs the command `alembic`, which stands beside Python, in a folder that need not be on the PATH.
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), *([before] if before else [])])
    try:
        gradebook = Gradebook(course.url, course.course_id)
    finally:
        if before is None:
            del os.environ["PATH"]
        else:
            os.environ["PATH"] = before
    # Each call of nbgrader's would keep what it did; all of them together are one transaction here.
    gradebook.db.commit = gradebook.db.flush
    return gradebook


def _expect_usable(file: Path, *, is_new: bool) -> None:
    """Raise `AutograderError` when the file is not a gradebook of nbgrader's that can be written to now."""
    if not os.access(file.parent if is_new else file, os.W_OK):
        raise AutograderError(f"{file}: cannot be written; give yourself the right to, or name another with --db")
    if is_new:
        return
    try:
        with closing(sqlite3.connect(f"{file.as_uri()}?mode=rw", uri=True, timeout=_PATIENCE_SECONDS)) as database:
            tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            if tables and not tables >= _OURS:
                raise AutograderError(
                    f"{file}: is a database, and not a gradebook of nbgrader's; nothing in it was changed. Name the"
                    " right one with --db"
                )
            database.execute("BEGIN IMMEDIATE")
            database.rollback()
    except sqlite3.OperationalError as error:
        raise AutograderError(
            f"{file}: nbgrader's gradebook cannot be written now ({error}), and nothing in it was changed. Close what"
            " else is using it, such as formgrader, and try again."
        ) from None
    except sqlite3.DatabaseError as error:
        raise AutograderError(f"{file}: is no gradebook of nbgrader's ({error}); nothing in it was changed") from None
