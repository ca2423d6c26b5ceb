"""A gradebook that a spreadsheet opens: one row a student, one column an exercise."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from autograder.atomic import write_atomically
from autograder.exports.cells import text_cell
from autograder.exports.shown import decimal
from autograder.report import ExerciseResult, Report
from autograder.verdicts import Verdict

_Column = tuple[str, str, float]  # room, exercise, points that could be earned

# What a roster may say of a student and whoever reads the table looks for; other kinds of ids are for platforms.
_IDS = ("email", "login", "sis")


@dataclass(frozen=True)
class _Extra:
    """Titles of the columns that are there only when some report has something for them."""

    ids: tuple[str, ...]
    attempts: tuple[str, ...]
    ends: tuple[str, ...]


def write_gradebook(path: Path, reports: Iterable[Report]) -> None:
    """Write gradebook.csv: `id, student, status`, the marks by exercise, `total, max`.

    Other columns are there when some report has something for them: `email, login, sis` after the student, `attempt,
    counts` after the status, and at the end `late penalty, score` and `unverified`. Rows are ordered by student and
    columns by room, whatever the order of `reports`. An exercise that a report does not have, and every mark of an
    unreadable submission, is an empty cell: not a zero. Text that a spreadsheet would take for a formula has an
    apostrophe before it. The file is what RFC 4180 describes, in UTF-8 with the byte order mark that Excel needs; it
    appears whole or not at all.

    Raises
    ------
    AutograderError : the file could not be written.
    """
    ordered = sorted(reports, key=_order)
    columns = _columns(ordered)
    titles = [f"{room}.{name} ({decimal(most)})" for room, name, most in columns]
    text = io.StringIO(newline="")
    rows = csv.writer(text, lineterminator="\r\n")
    extra = _extra(ordered)
    header = ["id", "student", *extra.ids, "status", *extra.attempts, *titles, "total", "max", *extra.ends]
    rows.writerow(text_cell(title) for title in header)
    rows.writerows(_row(report, columns, extra) for report in ordered)
    # A lone surrogate, as in a file name that is not UTF-8, is written as an escape rather than refused.
    write_atomically(path, text.getvalue().encode("utf-8-sig", "backslashreplace"))


def _order(report: Report) -> tuple[str, str, str]:
    who = report.submission
    return who.student, who.id, who.origin


def _columns(reports: Iterable[Report]) -> list[_Column]:
    """Return every exercise seen: rooms in reading order, exercises of a room as the reports have them."""
    seen = {_column(exercise): None for report in reports for exercise in report.exercises}
    return sorted(seen, key=lambda column: _reading_order(column[0]))


def _reading_order(room: str) -> list[str | int]:
    """Return a key that puts week2 before week10: text and numbers take turns."""
    return [int(part) if part.isdecimal() else part for part in re.split(r"(\d+)", room)]


def _column(exercise: ExerciseResult) -> _Column:
    return exercise.room, exercise.name, exercise.max_points


def _extra(reports: Iterable[Report]) -> _Extra:
    """Return the columns that these reports have something for."""
    each = list(reports)
    kinds = {kind for report in each for person in report.submission.people for kind in person.ids}
    attempts = any(report.submission.attempt > 1 or not report.counts for report in each)
    scores = any(report.lateness or report.exempt for report in each)
    unverified = any(not report.verified for report in each)
    return _Extra(
        ids=tuple(kind for kind in _IDS if kind in kinds),
        attempts=("attempt", "counts") if attempts else (),
        ends=(*(("late penalty", "score") if scores else ()), *(("unverified",) if unverified else ())),
    )


def _row(report: Report, columns: list[_Column], extra: _Extra) -> list[str]:
    who = [report.submission.id, report.submission.student]
    ids = [_ids(report, kind) for kind in extra.ids]
    attempt = [_CELLS[title](report) for title in extra.attempts]
    start = [*(text_cell(text) for text in (*who, *ids)), _status(report), *attempt]
    ends = [_CELLS[title](report) for title in extra.ends]
    if report.status == "unreadable":
        return [*start, *[""] * (len(columns) + 2), *ends]
    marks = {_column(exercise): decimal(exercise.points) for exercise in report.exercises}
    totals = [decimal(report.points), decimal(report.max_points)]
    return [*start, *(marks.get(column, "") for column in columns), *totals, *ends]


def _ids(report: Report, kind: str) -> str:
    """Return the ids of a kind, several for a group."""
    return "; ".join(person.ids[kind] for person in report.submission.people if kind in person.ids)


_CELLS: Mapping[str, Callable[[Report], str]] = {
    "attempt": lambda report: str(report.submission.attempt),
    "counts": lambda report: "yes" if report.counts else "no",
    "late penalty": lambda report: decimal(report.lateness.penalty) if report.lateness else "",
    "score": lambda report: "exempt" if report.exempt else "" if report.score is None else decimal(report.score),
    "unverified": lambda report: "" if report.verified else "unverified",
}


def _status(report: Report) -> str:
    """Return the status, and a warning beside marks that the grader's own failure may have made too low."""
    faulty = any(exercise.verdict is Verdict.GRADER_FAULT for exercise in report.exercises)
    return f"{report.status} (grader fault)" if report.faults or faulty else report.status
