"""The gradebook file of Canvas: one downloaded from it is filled in, or a small one is made for its import.

Canvas tells the columns by their order: `Student, ID`, then `SIS User ID, SIS Login ID` and perhaps `Integration ID`
and `Root Account` (or `SIS Login ID` alone), then `Section`, then columns of the instructor's own and the assignments,
named `Title (id)`. A row whose first cell says "Points Possible" is about assignments, as is one with nothing but
"Manual Posting". An empty cell where Canvas has a grade would clear it.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from autograder.errors import AutograderError
from autograder.exports.cells import text_cell
from autograder.exports.deliveries import (
    Delivery,
    Entry,
    LeftAlone,
    Tally,
    deliveries_of,
    match,
    notes_on,
    points_text,
    scale_for,
    some,
)
from autograder.exports.numbers import Sign, decimal_signs, number_of, with_sign
from autograder.exports.sheet import Sheet, shown
from autograder.exports.shown import decimal
from autograder.report import Report

KINDS = ("canvas", "sis", "login")
EXCUSED = "EX"
_UNASSIGNED = "N/A"
_TOTALS = re.compile("(?:Current|Final) (?:Score|Points|Grade)|Override (?:Score|Grade|Status)")
_OF_A_STUDENT = {"Student", "LastName", "FirstName", "ID", "SIS User ID", "SIS Login ID", "Section", "Integration ID",
                 "Root Account"}  # fmt: skip
_TITLE_AND_ID = re.compile(r"(?P<title>.*)\s\((?P<id>\d+)\)", re.DOTALL)
_POINTS = "Points Possible"


@dataclass(frozen=True)
class Columns:
    """Where a gradebook has what: names in the first `names` cells, the ids by kind, the assignments from `first`."""

    names: int
    ids: dict[str, int]
    first: int


def fill_gradebook(
    sheet: Sheet, reports: Iterable[Report], *, column: str | None = None, scale: bool | None = None
) -> tuple[bytes, Tally]:
    """Return the downloaded gradebook with the scores in one column and all else as it was, and what became of whom.

    column: "Title (1234)", the title alone or the id alone; None where there is one assignment only. scale: as in
    `deliveries.scale_for`, against the row of Points Possible.

    Raises `AutograderError` that names the file, the line and the column: a header that Canvas would refuse, a column
    that is not there, not certain or read-only, points possible that do not agree.
    """
    columns = columns_of(sheet)
    at = _column(sheet, columns, column)
    deliveries, left = deliveries_of(reports)
    factor = _factor(sheet, at, deliveries, scale=scale)
    matched = match(deliveries, _entries(sheet, columns), KINDS, sheet.name)
    # Canvas takes either; people who look into the file are used to theirs.
    sign: Sign = "," if decimal_signs(row.cell(at) for row in sheet.rows[1:]) == {","} else "."
    changes: dict[tuple[int, int], str] = {}
    written = []
    left += matched.left
    for delivery, entry in matched.pairs:
        new = EXCUSED if delivery.score is None else with_sign(points_text(delivery.score, factor), sign)
        if why := _reason_to_leave(sheet, entry, at, new):
            left.append(LeftAlone(delivery.name, why, expected=True))
            continue
        changes[entry.at, at] = new
        written.append(delivery.name)
    return sheet.changed(changes), Tally(tuple(written), tuple(left), notes_on(deliveries))


def _reason_to_leave(sheet: Sheet, entry: Entry, at: int, new: str) -> str | None:
    row = sheet.rows[entry.at]
    if at >= len(row.cells):
        sheet.refuse(f"the row has only {len(row.cells)} cells; use the file as it was downloaded", entry.at, at)
    before = row.cell(at).strip()
    if before == _UNASSIGNED:
        return "is not assigned this assignment in Canvas (N/A)"
    if before.upper() == EXCUSED and new != EXCUSED:
        return "is excused in Canvas (EX), but not exempt here"
    return None


def columns_of(sheet: Sheet) -> Columns:
    """Return where the columns are, by the rules of Canvas; `AutograderError` for a header that it would refuse."""
    header = [title.strip() for title in sheet.header] + [""] * 6
    if header[0] == "Student" and header[1] == "ID":
        at = 2
    elif header[:3] == ["LastName", "FirstName", "ID"]:
        at = 3
    else:
        sheet.refuse(
            f"begins with {shown(header[0])!r}, {shown(header[1])!r}; a gradebook of Canvas begins with Student, ID", 0
        )
    names, ids = at - 1, {"canvas": at - 1}
    if header[at] == "SIS User ID":
        if header[at + 1] != "SIS Login ID":
            sheet.refuse("after SIS User ID, Canvas needs the column SIS Login ID", 0, at)
        ids |= {"sis": at, "login": at + 1}
        at += 2
        at += header[at] == "Integration ID"
        at += header[at] == "Root Account"
    elif header[at] == "SIS Login ID":
        ids["login"] = at
        at += 1
    if header[at] != "Section":
        sheet.refuse(f"Canvas needs the column Section here, but it is {shown(header[at])!r}", 0, at)
    return Columns(names, ids, at + 1)


def _column(sheet: Sheet, columns: Columns, wanted: str | None) -> int:
    """Return the one column that is meant."""
    titles = {at: title.strip() for at, title in enumerate(sheet.header) if at >= columns.first}
    candidates = {at: title for at, title in titles.items() if title and not _TOTALS.search(title)}
    named = {at: title for at, title in candidates.items() if _TITLE_AND_ID.fullmatch(title)}
    if wanted is None:
        found = list(named)
    else:
        # The whole header first: the title of one assignment can look like another with its id.
        ways: tuple[Callable[[str], bool], ...] = (
            lambda title: title == wanted.strip(),
            lambda title: _part(title, "id") == wanted.strip(),
            lambda title: _part(title, "title") == wanted.strip(),
        )
        found = next((hits for way in ways if (hits := [at for at in candidates if way(candidates[at])])), [])
    if len(found) != 1:
        seen = some([shown(title) for title in (candidates if wanted else named).values()]) or "none"
        if found:
            seen = some([f"{shown(titles[at])} in column {at + 1}" for at in found])
        what = "which assignment is meant" if wanted is None else f"the column {shown(wanted)!r}"
        problem = "is not certain" if found else "is not there"
        sheet.refuse(f'{what} {problem}; choose one with --column "Title (1234)". Candidates: {seen}', 0)
    for at, row in enumerate(sheet.rows[1:], start=1):
        if _POINTS in row.cell(0) and re.search(r"read\s+only", row.cell(found[0])):
            sheet.refuse("Canvas does not take grades for this column (read only)", at, found[0])
    return found[0]


def _part(title: str, part: str) -> str | None:
    found = _TITLE_AND_ID.fullmatch(title)
    return found[part].strip() if found else None


def _factor(sheet: Sheet, column: int, deliveries: Sequence[Delivery], *, scale: bool | None) -> float:
    for at, row in enumerate(sheet.rows[1:], start=1):
        if _POINTS in row.cell(0) and row.cell(column).strip():
            most = number_of(row.cell(column))
            if most is None:
                sheet.refuse(f"{shown(row.cell(column))!r} is no number of points", at, column)
            where = f"{sheet.name}, line {row.line}: {_POINTS} of {shown(sheet.header[column])}"
            return scale_for(deliveries, most, scale=scale, where=where)
    if scale:
        raise AutograderError(
            f"{sheet.name}: has no row of Points Possible, so scores cannot be scaled to it; leave out --scale"
        )
    return 1.0


def _entries(sheet: Sheet, columns: Columns) -> list[Entry]:
    entries = []
    for at, row in enumerate(sheet.rows[1:], start=1):
        if row.is_blank or _POINTS in row.cell(0) or _is_of_postings(row.cells):
            continue
        ids = {kind: row.cell(column) for kind, column in columns.ids.items()}
        # Canvas writes a name that begins like a formula as ="=name".
        name = re.sub(r'\A="(.*)"\Z', r"\1", row.cell(0), flags=re.DOTALL)
        if columns.names == 2:
            name = f"{row.cell(1)} {row.cell(0)}"
        label = f"line {row.line}" + (f" (ID {shown(ids['canvas'])})" if ids["canvas"].strip() else "")
        entries.append(Entry(at, label, name, ids))
    return entries


def _is_of_postings(cells: Sequence[str]) -> bool:
    return all(re.fullmatch(r"\s*(?:Muted|Manual Posting.*)?\s*", cell, re.IGNORECASE) for cell in cells)


def new_gradebook(reports: Iterable[Report], title: str) -> tuple[bytes, Tally]:
    """Return a file that Canvas can import, made from the students' ids alone, and what became of whom.

    title: of the assignment, with its id as in "Title (1234)" or, for an assignment that Canvas may make, without.

    Raises `AutograderError`: students without an id that Canvas could know them by, by name; a title that Canvas takes
    for another column; reports that differ in what could be earned.
    """
    deliveries, left = deliveries_of(reports)
    _refuse_title(title)
    _refuse_students(deliveries)
    most = {decimal(each.report.max_points) for each in deliveries}
    if len(most) > 1:
        raise AutograderError(
            f"the reports differ in what could be earned ({some(sorted(most, key=float))}), so there is no one number "
            "of Points Possible; grade all with the same rooms"
        )
    text = io.StringIO(newline="")
    rows = csv.writer(text, lineterminator="\r\n")
    rows.writerow(["Student", "ID", "SIS User ID", "SIS Login ID", "Section", title.strip()])
    rows.writerow([f"    {_POINTS}", "", "", "", "", *most])
    for each in sorted(deliveries, key=lambda one: (one.person.name, one.report.submission.id)):
        # An id that Canvas reads as another one is worse than none: "12a" is 12 to it.
        ids = [each.person.ids[kind].strip() if _survives(each, kind) else "" for kind in KINDS]
        ids.append(text_cell(each.person.ids.get("section", "").strip()))
        score = EXCUSED if each.score is None else decimal(each.score)
        rows.writerow([text_cell(each.person.name or each.name), *ids, score])
    tally = Tally(tuple(each.name for each in deliveries), tuple(left), notes_on(deliveries))
    return text.getvalue().encode("utf-8", "backslashreplace"), tally


def _refuse_title(title: str) -> None:
    bare = title.strip()
    if not bare or not bare.isprintable() or text_cell(bare) != bare or bare in _OF_A_STUDENT or _TOTALS.search(bare):
        raise AutograderError(
            f"Canvas would not take {shown(title)!r} for the title of an assignment; name one with --title"
        )


def _refuse_students(deliveries: Sequence[Delivery]) -> None:
    """Refuse those that Canvas would not find, or would take for others or for no student."""
    if not deliveries:
        raise AutograderError("no report has a score to hand on; grade first")
    for kind in KINDS:
        owners: dict[str, str] = {}
        for each in deliveries:
            key = each.person.ids.get(kind, "").strip()
            if key and owners.setdefault(key, each.name) != each.name:
                raise AutograderError(f"{owners[key]} and {each.name} have the same {kind} id; correct the roster")
    lost = [each.name for each in deliveries if not any(_survives(each, kind) for kind in KINDS)]
    if lost:
        raise AutograderError(
            f"Canvas could not tell who these are, for they have no canvas, sis or login id: {some(lost)}. Grade with "
            "--roster, or fill in a gradebook downloaded from Canvas with --gradebook"
        )
    if odd := [each.name for each in deliveries if _POINTS in each.person.name]:
        raise AutograderError(f"Canvas would take these for the row of {_POINTS}: {some(odd)}; correct the roster")


def _survives(delivery: Delivery, kind: str) -> bool:
    """Whether Canvas reads the id as it is: it takes what looks like a number with separators for a number."""
    key = delivery.person.ids.get(kind, "").strip()
    if kind == "canvas":
        return key.isascii() and key.isdecimal()
    separators = re.findall(r"[.,]", key)
    is_number = re.fullmatch(r"-?[0-9.,]+%?", key) is not None
    return bool(key) and text_cell(key) == key and not (is_number and separators and separators != ["."])
