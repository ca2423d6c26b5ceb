"""A gradebook that a spreadsheet opens: one row a student, one column an exercise."""

import csv
import io
import re
from collections.abc import Iterable
from pathlib import Path

from autograder.atomic import write_atomically
from autograder.report import ExerciseResult, Report
from autograder.verdicts import Verdict

_Column = tuple[str, str, float]  # room, exercise, points that could be earned

# A cell that begins like a formula is one, even behind spaces and characters that do not show; spreadsheets
# of East Asia take the full-width signs too. Excel splits at semicolons where the comma is the decimal sign,
# and misreads our quotes then: a cell can begin behind any separator inside ours.
_SIGN = r"[=+\-@＝＋－＠﹦﹢﹣﹫]"
_UNSEEN = r"\"\xad\u180e\u200b-\u200f\u2060-\u206f\ufeff"
_FORMULA = re.compile(rf"\A(?=[\t\r]|[\s{_UNSEEN}]*{_SIGN})|(?<=[;\t\r\n])(?=[ \xa0\u3000{_UNSEEN}]*{_SIGN})")
# Nothing in a table needs them, and a terminal that shows the file obeys them.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def write_gradebook(path: Path, reports: Iterable[Report]) -> None:
    """Write gradebook.csv: `id, student, status`, the marks by exercise, `total, max`.

    Rows are ordered by student and columns by room, whatever the order of `reports`. An exercise that a
    report does not have, and every mark of an unreadable submission, is an empty cell: not a zero. Text that
    a spreadsheet would take for a formula has an apostrophe before it. The file is what RFC 4180 describes,
    in UTF-8 with the byte order mark that Excel needs; it appears whole or not at all.

    Raises
    ------
    AutograderError : the file could not be written.
    """
    ordered = sorted(reports, key=_order)
    columns = _columns(ordered)
    titles = [f"{room}.{name} ({_number(most)})" for room, name, most in columns]
    text = io.StringIO(newline="")
    rows = csv.writer(text, lineterminator="\r\n")
    rows.writerow(_text(title) for title in ["id", "student", "status", *titles, "total", "max"])
    rows.writerows(_row(report, columns) for report in ordered)
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


def _row(report: Report, columns: list[_Column]) -> list[str]:
    who = [_text(report.submission.id), _text(report.submission.student), _status(report)]
    if report.status == "unreadable":
        return who + [""] * (len(columns) + 2)
    marks = {_column(exercise): _number(exercise.points) for exercise in report.exercises}
    totals = [_number(report.points), _number(report.max_points)]
    return who + [marks.get(column, "") for column in columns] + totals


def _status(report: Report) -> str:
    """Return the status, and a warning beside marks that the grader's own failure may have made too low."""
    faulty = any(exercise.verdict is Verdict.GRADER_FAULT for exercise in report.exercises)
    return f"{report.status} (grader fault)" if report.faults or faulty else report.status


def _number(value: float) -> str:
    """Return the shortest decimal, never with an exponent and never with a sign."""
    return f"{value:z.6f}".rstrip("0").rstrip(".")


def _text(value: str) -> str:
    visible = _CONTROL.sub(lambda match: match[0].encode("unicode_escape").decode("ascii"), value)
    return _FORMULA.sub("'", visible)
