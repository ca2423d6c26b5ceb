"""The rows of the notes: what the lecture notes say, idea by idea, and which exercises cover it.

A course lists them in rows.toml beside course.toml; exercises and capstones name those that they cover in `rows`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, cast, get_args

from autograder.course.model import Capstone, Course, Exercise
from autograder.course.tables import Table, read_document, refuse_unknown, table_of, tables_of, text_of, unexpected

ROWS_FILE = "rows.toml"
ROW_KEYS = ("id", "notes", "section", "kind", "idea")
LANGUAGES = ("en", "zh")
Kind = Literal["exercise", "capstone", "quiz"]


@dataclass(frozen=True)
class Row:
    """One idea of the lecture notes.

    id: such as "F0-14". notes: the tag of the file, which stands in course.toml. section: its heading there. kind: what
    has to cover it: an exercise, a capstone, or nothing, since it is a matter for a quiz or a convention. idea: in few
    words, by language.
    """

    id: str
    notes: str
    section: str
    kind: Kind
    idea: Mapping[str, str]


@dataclass(frozen=True)
class Coverage:
    """Rows and what covers them, as "room.exercise". problems: a sentence for whatever is left uncovered or unknown."""

    rows: tuple[Row, ...]
    covered_by: Mapping[str, tuple[str, ...]]
    problems: tuple[str, ...]


def read_rows(course: Course) -> tuple[Row, ...]:
    """Return the rows of the course. Raises CourseError naming file and line."""
    top = read_document(course.path / ROWS_FILE)
    refuse_unknown(top, ("rows",))
    rows: dict[str, Row] = {}
    for table in tables_of(top, "rows"):
        row = _read_row(table, course)
        if row.id in rows:
            raise unexpected(table, "id", "an id that no other row has")
        rows[row.id] = row
    return tuple(rows.values())


def _read_row(table: Table, course: Course) -> Row:
    refuse_unknown(table, ROW_KEYS)
    idea = table_of(table, "idea")
    refuse_unknown(idea, LANGUAGES)
    kind, notes = text_of(table, "kind"), text_of(table, "notes")
    if kind not in get_args(Kind):
        raise unexpected(table, "kind", f"one of {', '.join(get_args(Kind))}")
    if notes not in course.notes:
        raise unexpected(table, "notes", f"a tag of course.toml: {', '.join(course.notes)}")
    return Row(
        id=text_of(table, "id"),
        notes=notes,
        section=text_of(table, "section"),
        kind=cast("Kind", kind),
        idea={language: text_of(idea, language) for language in LANGUAGES},
    )


def cover(course: Course) -> Coverage:
    """Return which exercises and capstones of the course cover which rows. Raises CourseError."""
    rows = read_rows(course)
    graded = [exercise for room in course.rooms for exercise in room.graded]
    problems = [problem for row in rows if (problem := _uncovered(row, graded))]
    problems += [f"{_name(exercise)} covers no row" for exercise in graded if not exercise.rows]
    known = {row.id for row in rows}
    for exercise in graded:
        unknown = [row for row in exercise.rows if row not in known]
        problems += [f"{_name(exercise)} names the row {row}, which is unknown" for row in unknown]
    covered = {row.id: tuple(_name(exercise) for exercise in graded if row.id in exercise.rows) for row in rows}
    return Coverage(rows, covered, tuple(problems))


def _uncovered(row: Row, graded: list[Exercise]) -> str:
    kinds = {
        "capstone" if isinstance(exercise, Capstone) else "exercise" for exercise in graded if row.id in exercise.rows
    }
    if row.kind == "quiz" or row.kind in kinds:
        return ""
    instead = f", only by {' and '.join(kinds)}" if kinds else ""
    return f"{row.id} ({row.idea['en']}) is covered by no {row.kind}{instead}"


def _name(exercise: Exercise) -> str:
    return f"{exercise.room}.{exercise.name}"
