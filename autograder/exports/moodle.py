"""Files for Moodle: the offline grading worksheet filled in, or a table for the import of its gradebook.

Moodle finds the columns of a worksheet by their titles in the reader's language and a student by the number at the end
of the Identifier. It passes over a grade that is empty, above the maximum or locked, but takes every feedback comment,
an empty one too. So a row is changed as a whole or not at all, and only its grade and its feedback are.
"""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from autograder.errors import AutograderError
from autograder.exports.cells import text_cell
from autograder.exports.comments import html_comment
from autograder.exports.deliveries import (
    Delivery,
    Entry,
    LeftAlone,
    Tally,
    deliveries_of,
    id_key,
    match,
    notes_on,
    points_text,
    scale_for,
    some,
)
from autograder.exports.moodle_words import NEEDED, NO, TITLES
from autograder.exports.numbers import Sign, decimal_signs, number_of, with_sign
from autograder.exports.sheet import Sheet, shown
from autograder.exports.shown import decimal
from autograder.report import Report

KINDS = ("moodle", "email", "login", "sis")
_EXEMPT = "is exempt, which no file for Moodle can say: exclude the grade in its gradebook"


@dataclass(frozen=True)
class Settings:
    """How a worksheet is filled in.

    titles: of columns, by role, where Moodle's own are not known. sign: the decimal sign, None for that of the sheet.
    scale: as in `deliveries.scale_for`. comments: whether feedback is written too.
    """

    titles: Mapping[str, str] = field(default_factory=dict)
    sign: Sign | None = None
    scale: bool | None = None
    comments: bool = True


@dataclass(frozen=True)
class Filled:
    """A worksheet with scores in it; pairs: whose they are, and the participant's number and name in Moodle."""

    data: bytes
    tally: Tally
    pairs: tuple[tuple[Delivery, str, str], ...]


_CALLED = {
    "identifier": "the identifier (as in Participant 17)",
    "grade": "the grade",
    "modified": "when the grade was last modified",
}
_NO_MAXIMUM = (
    "no column is known for the maximum grade, so it was not compared with ours; name it with --columns maximum=TITLE"
)


def fill_worksheet(sheet: Sheet, reports: Iterable[Report], settings: Settings | None = None) -> Filled:
    """Return the downloaded worksheet with scores and feedback in it and all else as it was.

    Raises `AutograderError` that names the file, the line and the column: a column that is not there or there twice, a
    maximum that does not agree, an assignment that is graded on a scale, decimal signs of both kinds.
    """
    settings = settings or Settings()
    columns = columns_of(sheet, settings.titles)
    if settings.comments and "feedback" not in columns:
        sheet.refuse(
            "has no column for feedback comments; switch them on in the assignment's settings in Moodle and download "
            "the worksheet again, or export with --no-comments",
            0,
        )
    entries = _entries(sheet, columns)
    deliveries, left = deliveries_of(reports)
    left += [LeftAlone(each.name, _EXEMPT, expected=True) for each in deliveries if each.is_exempt]
    scored = [each for each in deliveries if not each.is_exempt]
    factor, most = _factor(sheet, columns, scored, scale=settings.scale)
    sign = settings.sign or _sign(sheet, columns)
    matched = match(scored, entries, KINDS, sheet.name)
    changes: dict[tuple[int, int], str] = {}
    pairs, replaced = [], []
    for delivery, entry in matched.pairs:
        text = points_text(delivery.score or 0.0, factor)
        if why := _reason_to_leave(sheet, columns, entry, text, most):
            left.append(LeftAlone(delivery.name, why))
            continue
        changes[entry.at, columns["grade"]] = with_sign(text, sign)
        if settings.comments:
            changes[entry.at, columns["feedback"]] = html_comment(delivery.report)
            before = sheet.rows[entry.at].cell(columns["feedback"]).strip()
            replaced += [delivery.name] if before and before != html_comment(delivery.report) else []
        pairs.append((delivery, entry.ids["moodle"], entry.name))
    unseen = (_NO_MAXIMUM,) * ("maximum" not in columns)
    notes = (
        *notes_on(scored),
        *unseen,
        *((f"other feedback stood here and was replaced: {some(replaced)}",) * bool(replaced)),
    )
    tally = Tally(tuple(each.name for each, _, _ in pairs), (*left, *matched.left), notes)
    return Filled(sheet.changed(changes), tally, tuple(pairs))


def columns_of(sheet: Sheet, titles: Mapping[str, str]) -> dict[str, int]:
    """Return where each role's column is; `AutograderError` when one that Moodle needs is missing or there twice."""
    header = [title.strip() for title in sheet.header]
    columns = {}
    for role, known in TITLES.items():
        wanted = {titles[role].strip()} if role in titles else known
        found = [at for at, title in enumerate(header) if title in wanted]
        if len(found) > 1:
            both = some([f"{shown(header[at])} (column {at + 1})" for at in found])
            sheet.refuse(f"the {role} could be {both}; choose with --columns {role}=TITLE", 0)
        if found:
            columns[role] = found[0]
        elif role in titles:
            sheet.refuse(f"has no column {shown(titles[role])!r} for the {role}; it has: {_shown(header)}", 0)
    if "scale" in columns and "maximum" not in columns:
        sheet.refuse("the assignment is graded on a scale of words; set it to points in Moodle", 0, columns["scale"])
    missing = [role for role in NEEDED if role not in columns]
    if missing:
        called = " and ".join(_CALLED[role] for role in missing)
        given = ",".join(f"{role}=TITLE" for role in missing)
        sheet.refuse(
            f"has no column for {called}; it has: {_shown(header)}. Use Moodle's grading worksheet, and where its "
            f"language is not known here name its columns: --columns {given}",
            0,
        )
    return columns


def _shown(header: list[str]) -> str:
    return some([shown(title) for title in header], 20)


def _entries(sheet: Sheet, columns: Mapping[str, int]) -> list[Entry]:
    entries = []
    for at, row in enumerate(sheet.rows[1:], start=1):
        if row.is_blank:
            continue
        if len(row.cells) != len(sheet.header):
            sheet.refuse(
                f"has {len(row.cells)} cells, but the header {len(sheet.header)}; use the file as it was downloaded", at
            )
        number = id_key("moodle", row.cell(columns["identifier"]))
        if not number:
            seen = shown(row.cell(columns["identifier"]))
            sheet.refuse(f'{seen!r} is no identifier; expected one like "Participant 12345"', at, columns["identifier"])
        ids = {kind: row.cell(columns[kind]) for kind in KINDS if kind in columns} | {"moodle": number}
        name = row.cell(columns["name"]) if "name" in columns else ""
        entries.append(Entry(at, f"line {row.line} (participant {number})", name, ids))
    return entries


def _factor(
    sheet: Sheet, columns: Mapping[str, int], deliveries: list[Delivery], *, scale: bool | None
) -> tuple[float, float | None]:
    """Return what to multiply scores by, and the maximum of the sheet, None where it has none."""
    if "maximum" not in columns:
        if scale:
            sheet.refuse("has no column for the maximum grade, so scores cannot be scaled; leave out --scale", 0)
        return 1.0, None
    at = columns["maximum"]
    seen: dict[float, int] = {}
    for number, row in enumerate(sheet.rows[1:], start=1):
        if row.is_blank:
            continue
        most = number_of(row.cell(at))
        if most is None:
            sheet.refuse(f"{shown(row.cell(at))!r} is no number of points", number, at)
        seen.setdefault(most, number)
    if len(seen) > 1:
        sheet.refuse(f"the maximum differs from row to row: {some([decimal(most) for most in seen])}", 0, at)
    if not seen:
        return 1.0, None
    most = next(iter(seen))
    return scale_for(deliveries, most, scale=scale, where=f"{sheet.name}: the maximum grade"), most


def _sign(sheet: Sheet, columns: Mapping[str, int]) -> Sign:
    """Return the decimal sign of the sheet's numbers; Moodle reads a decimal point in every language."""
    at = [columns[role] for role in ("grade", "maximum") if role in columns]
    signs = decimal_signs(row.cell(column) for row in sheet.rows[1:] for column in at)
    if len(signs) > 1:
        sheet.refuse("some numbers have a decimal point, others a decimal comma; choose with --decimal", 0, at[0])
    # Under a title that is not known, the maximum still tells how this sheet writes numbers.
    every = signs or decimal_signs(row.cell(at) for row in sheet.rows[1:] for at in range(len(sheet.header)))
    return "," if every == {","} else "."


def _reason_to_leave(
    sheet: Sheet, columns: Mapping[str, int], entry: Entry, points: str, most: float | None
) -> str | None:
    if "changeable" in columns and sheet.rows[entry.at].cell(columns["changeable"]).strip().casefold() in NO:
        return "the grade is locked in Moodle"
    if most is not None and float(points) > most:
        return f"{points} is above the maximum of {decimal(most)}, so Moodle would pass over it"
    return None


def gradebook_table(reports: Iterable[Report], title: str, *, comments: bool = True) -> tuple[bytes, Tally]:
    """Return a table for Grades > Import > CSV file: ids, name, and the score with the feedback, both at once.

    Raises `AutograderError` when there is no one kind of id (email, sis, login) that every student has.
    """
    deliveries, left = deliveries_of(reports)
    left += [LeftAlone(each.name, _EXEMPT, expected=True) for each in deliveries if each.is_exempt]
    scored = [each for each in deliveries if not each.is_exempt]
    kinds = {"email": "Email address", "sis": "ID number", "login": "Username"}
    lacking = {kind: [each.name for each in scored if not each.person.ids.get(kind, "").strip()] for kind in kinds}
    if not scored:
        raise AutograderError("no report has a score to hand on; grade first")
    if all(lacking.values()):
        fewest = min(lacking, key=lambda kind: len(lacking[kind]))
        raise AutograderError(
            f"Moodle takes one column to tell students by, and these have no {fewest}: {some(lacking[fewest])}. "
            "Grade with --roster"
        )
    used = [kind for kind in kinds if len(lacking[kind]) < len(scored)]
    text = io.StringIO(newline="")
    rows = csv.writer(text, lineterminator="\r\n")
    rows.writerow([*(kinds[kind] for kind in used), "Full name", text_cell(title), *(["Feedback"] if comments else [])])
    for each in sorted(scored, key=lambda one: (one.person.name, one.report.submission.id)):
        ids = [text_cell(each.person.ids.get(kind, "").strip()) for kind in used]
        feedback = [html_comment(each.report)] if comments else []
        rows.writerow([*ids, text_cell(each.name), decimal(each.score or 0.0), *feedback])
    complete = [kinds[kind] for kind in used if not lacking[kind]]
    notes = (*notes_on(scored), f"in Moodle map the students by {' or '.join(complete)}")
    tally = Tally(tuple(each.name for each in scored), tuple(left), notes)
    return text.getvalue().encode("utf-8-sig", "backslashreplace"), tally
