"""A table that somebody else's program wrote, edited so that all but the cells that are meant stays byte for byte.

Gradebooks are read back by the program that wrote them, with rules of its own for quotes, line ends and separators. So
a file is cut into cells that keep how they were written, and is put together again from them.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from autograder.errors import AutograderError

MOST_BYTES = 64 * 1024 * 1024
MOST_ROWS = 100_000
_BOM = b"\xef\xbb\xbf"
_SHOWN = 60  # characters of a cell in an error


@dataclass(frozen=True)
class Row:
    """One record: what its cells say, how they are written, the line it begins in, and what ends it."""

    cells: tuple[str, ...]
    written: tuple[str, ...]
    line: int
    end: str

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in it."""
        return not any(cell.strip() for cell in self.cells)

    def cell(self, column: int) -> str:
        """Return what a cell says; "" behind the end of a short row."""
        return self.cells[column] if column < len(self.cells) else ""


@dataclass(frozen=True)
class Sheet:
    """A file of rows; name: what errors call it. The first row is the header."""

    name: str
    bom: bytes
    delimiter: str
    rows: tuple[Row, ...]

    @property
    def header(self) -> tuple[str, ...]:
        """Return the titles of the columns."""
        return self.rows[0].cells

    def refuse(self, problem: str, row: int | None = None, column: int | None = None) -> NoReturn:
        """Raise the `AutograderError` that names the file, the line of a row and a column."""
        where = self.name if row is None else f"{self.name}, line {self.rows[row].line}"
        if column is not None:
            title = f" ({shown(self.header[column])})" if column < len(self.header) else ""
            where += f", column {column + 1}{title}"
        raise AutograderError(f"{where}: {problem}")

    def changed(self, cells: Mapping[tuple[int, int], str]) -> bytes:
        """Return the file with other text in the cells at (row, column)."""
        pieces = []
        for at, row in enumerate(self.rows):
            written = list(row.written)
            for column in range(len(written)):
                if (at, column) in cells:
                    written[column] = self._written(cells[at, column], written[column])
            pieces.append(self.delimiter.join(written) + row.end)
        return self.bom + "".join(pieces).encode("utf-8")

    def _written(self, text: str, before: str) -> str:
        needs_quotes = re.search(rf'["\r\n{re.escape(self.delimiter)}]|\A\s|\s\Z', text)
        if needs_quotes or before.startswith('"'):
            return '"' + text.replace('"', '""') + '"'
        return text


def shown(text: str) -> str:
    """Return a cell as an error quotes it: on one line, bounded."""
    safe = "".join(c if c.isprintable() else c.encode("unicode_escape", "replace").decode() for c in text[:_SHOWN])
    return safe if len(text) <= _SHOWN else safe + "…"


def read_sheet(path: Path, delimiters: str = ",;\t") -> Sheet:
    """Return the table in a file of comma, semicolon or tab separated values.

    Raises `AutograderError` that names the file and the line: it cannot be read, is too large, is not UTF-8, has no
    rows, or has a quote that nothing closes.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise AutograderError(f"{path}: cannot be read ({error.strerror}); name the file that was downloaded") from None
    if len(data) > MOST_BYTES:
        raise AutograderError(f"{path}: is larger than {MOST_BYTES // 2**20} MiB; expected a gradebook")
    return sheet_of(data, str(path), delimiters)


def sheet_of(data: bytes, name: str, delimiters: str = ",;\t") -> Sheet:
    """Return the table that these bytes are; `read_sheet` says what is raised."""
    bom = _BOM if data.startswith(_BOM) else b""
    try:
        text = data[len(bom) :].decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise AutograderError(
            f"{name}, line {line}: is not UTF-8 text; use the file as it was downloaded, or save it as CSV UTF-8"
        ) from None
    if "\0" in text:
        raise AutograderError(f"{name}: holds NUL bytes, so it is no table; use the file as it was downloaded")
    if not text.strip():
        raise AutograderError(f"{name}: is empty; use the file as it was downloaded")
    # Whichever parts the header into the most cells; a comma where none does.
    delimiter = max(delimiters, key=lambda each: len(_first(text, each, name).cells))
    return Sheet(name, bom, delimiter, _rows(text, delimiter, name))


def _first(text: str, delimiter: str, name: str) -> Row:
    try:
        return _row(text, 0, 1, _pattern(delimiter), name)[0]
    except AutograderError:
        return Row(("",), ("",), 1, "")


def _pattern(delimiter: str) -> re.Pattern[str]:
    d = re.escape(delimiter)
    return re.compile(rf'(?P<written>"(?:[^"]++|"")*+"|(?!")[^{d}\r\n]*+)(?P<end>{d}|\r\n|\n|\r|\Z)')


def _rows(text: str, delimiter: str, name: str) -> tuple[Row, ...]:
    pattern, rows, at, line = _pattern(delimiter), [], 0, 1
    while at < len(text):
        row, after = _row(text, at, line, pattern, name)
        rows.append(row)
        line += _lines(text, at, after)
        at = after
        if len(rows) > MOST_ROWS:
            raise AutograderError(f"{name}: has more than {MOST_ROWS:,} rows; expected a gradebook")
    return tuple(rows)


def _lines(text: str, start: int, stop: int) -> int:
    return text.count("\n", start, stop) + text.count("\r", start, stop) - text.count("\r\n", start, stop)


def _row(text: str, at: int, line: int, pattern: re.Pattern[str], name: str) -> tuple[Row, int]:
    cells: list[str] = []
    written: list[str] = []
    while True:
        found = pattern.match(text, at)
        if found is None:
            raise AutograderError(
                f"{name}, line {line}, column {len(cells) + 1}: a quote is not closed, or text follows the quote that "
                'closes; a quote inside quotes is written twice (""). Use the file as it was downloaded'
            )
        raw, end = found["written"], found["end"]
        written.append(raw)
        cells.append(raw[1:-1].replace('""', '"') if raw.startswith('"') else raw)
        at = found.end()
        if end == "" or end in "\r\n":
            return Row(tuple(cells), tuple(written), line, end), at
