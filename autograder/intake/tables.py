"""Tables that instructors have, such as a roster: CSV of any common kind, every fault named by file, row and column."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from autograder.errors import IntakeError
from autograder.intake.names import shown

_MOST_BYTES = 16 * 1024 * 1024
_MOST_ROWS = 100_000
_MOST_COLUMNS = 2_000
_MOST_CELL = 100_000
_SEPARATORS = (",", ";", "\t")
_OTHER_ENCODINGS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16", b"PK\x03\x04": "a spreadsheet (.xlsx)"}


@dataclass(frozen=True)
class Row:
    """One row of a table: its number as a spreadsheet shows it, and its cells by the kind of their column."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Table:
    """A table with the columns that are known, by kind; titles: what the file calls them. unknown: other titles."""

    file: Path
    titles: Mapping[str, str]
    rows: tuple[Row, ...]
    unknown: tuple[str, ...] = ()

    def refuse(self, row: Row, kind: str, problem: str) -> NoReturn:
        """Raise `IntakeError` for a cell, named by file, row and column."""
        raise IntakeError(f"{self.file}, row {row.number}, column {shown(self.titles[kind], 40)!r}: {problem}")


def read_table(file: Path, kinds: Mapping[str, Sequence[str]]) -> Table:
    """Return the table in a CSV file; columns that are of no known kind are passed over.

    kinds: the titles of each kind of column, as `_plain_title` writes them. Raises `IntakeError` when the file cannot
    be read or is no such table.
    """
    text = _text(file)
    head = text.partition("\n")[0]
    separator = max(_SEPARATORS, key=head.count)
    rows = _rows(file, text, separator)
    titles = next(rows, (1, []))[1]
    if len(titles) > _MOST_COLUMNS:
        raise IntakeError(f"{file} has more than {_MOST_COLUMNS:,} columns, so it is no list of students")
    columns = _columns(file, titles, kinds)
    found = [
        Row(number, _cells(file, number, row, titles, columns)) for number, row in rows if any(map(str.strip, row))
    ]
    if not found:
        raise IntakeError(f"{file} has no row below its titles; expected one a student")
    unknown = tuple(title for at, title in enumerate(titles) if title.strip() and at not in columns.values())
    return Table(file, {kind: titles[at] for kind, at in columns.items()}, tuple(found), unknown)


def _text(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            data = stream.read(_MOST_BYTES + 1)
    except OSError as error:
        raise IntakeError(f"{file} cannot be read ({error.strerror}); check the path and your rights.") from None
    if len(data) > _MOST_BYTES:
        raise IntakeError(f"{file} is larger than {_MOST_BYTES // 2**20} MiB, so it is no list of students")
    for start, name in _OTHER_ENCODINGS.items():
        if data.startswith(start):
            raise IntakeError(f"{file} is {name}; save it as CSV in UTF-8 and give that")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        row, column = before.count(b"\n") + 1, len(before.rpartition(b"\n")[2].decode("utf-8-sig", "replace")) + 1
        raise IntakeError(
            f"{file}, line {row}, character {column}: byte 0x{data[error.start]:02x} is not UTF-8; save the file as CSV"
            " in UTF-8"
        ) from None


def _rows(file: Path, text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 0
    try:
        for row in reader:
            number += 1
            if number > _MOST_ROWS:
                raise IntakeError(f"{file} has more than {_MOST_ROWS:,} rows, so it is no list of students")
            yield number, row
    except csv.Error as error:
        raise IntakeError(
            f"{file}, row {number + 1} (line {reader.line_num}): {error}; check the quotes there or save it again"
        ) from None


def _columns(file: Path, titles: Sequence[str], kinds: Mapping[str, Sequence[str]]) -> dict[str, int]:
    columns: dict[str, int] = {}
    for at, title in enumerate(titles):
        kind = next((kind for kind, known in kinds.items() if plain_title(title) in known), None)
        if kind is None:
            continue
        if kind in columns:
            raise IntakeError(
                f"{file}, row 1: columns {shown(titles[columns[kind]], 40)!r} and {shown(title, 40)!r} both say the"
                f" {kind}; rename or remove one"
            )
        columns[kind] = at
    if not columns:
        seen = ", ".join(shown(title, 30) for title in titles[:8])
        known = ", ".join(names[0] for names in kinds.values())
        found = f"no known column among {seen}" if seen else "is empty"
        raise IntakeError(f"{file}, row 1: {found}; expected titles such as {known}")
    return columns


def _cells(
    file: Path, number: int, row: Sequence[str], titles: Sequence[str], columns: Mapping[str, int]
) -> dict[str, str]:
    if len(row) > len(titles) and any(cell.strip() for cell in row[len(titles) :]):
        raise IntakeError(
            f"{file}, row {number}: has {len(row)} cells, and row 1 has {len(titles)} titles; put a text that holds the"
            " separator into quotes"
        )
    cells = {kind: row[at].strip() for kind, at in columns.items() if at < len(row) and row[at].strip()}
    for kind, cell in cells.items():
        if len(cell) > _MOST_CELL // 100:
            raise IntakeError(f"{file}, row {number}, column {shown(titles[columns[kind]], 40)!r}: is too long")
    return cells


def plain_title(title: str) -> str:
    """Return a title as it is compared: small letters, one space between words."""
    return " ".join(re.sub(r"[\W_]+", " ", unicodedata.normalize("NFKC", title).casefold()).split())
