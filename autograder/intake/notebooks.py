"""The Python in a Jupyter notebook, read as data: JSON within bounds, code cells in order, magics dropped."""

import json
from collections.abc import Iterator

from autograder.intake.magics import plain_python
from autograder.intake.names import shown
from autograder.intake.refusals import MAX_SOURCE_BYTES, UnreadableError, in_mebibytes
from autograder.intake.sources import checked_text
from autograder.language import phrase, say

_ADVICE = phrase("save the notebook in Jupyter again, or hand in .py files")


def notebook_source(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Join the code cells of a notebook (nbformat 3 or 4) into one source; notes say what was dropped.

    Each cell follows a line `# cell N`, N counting code cells from 1, so that a line of a traceback can be
    placed; lines inside a cell never move.

    Raises
    ------
    UnreadableError : not JSON, not a notebook, not Python, no code, or too much of it.
    """
    notebook = _parsed(data)
    _expect_python(notebook)
    pieces: list[str] = []
    notes: list[str] = []
    read = kept = 0
    for number, source in enumerate(_code_cells(notebook), start=1):
        # Before the scan for magics too, which takes time, and space for its notes.
        read += len(source)
        _expect_little(read)
        plain, dropped = plain_python(checked_text(source))
        pieces.append(f"# cell {number}\n{plain}\n")
        kept += len(pieces[-1].encode())
        _expect_little(kept)
        notes += [say("cell {number}: {what}", number=number, what=what) for what in dropped]
    if not pieces:
        raise _unreadable("has no code cell; {advice}")
    return "".join(pieces), tuple(notes)


def _parsed(data: bytes) -> dict[str, object]:
    try:
        notebook = json.loads(data)
    except RecursionError:
        raise _unreadable("is nested too deeply for a notebook; {advice}") from None
    except ValueError as error:
        where = say(", line {line}", line=error.lineno) if isinstance(error, json.JSONDecodeError) else ""
        raise _unreadable("is not a notebook: its JSON is invalid{where}; {advice}", where=where) from None
    if not isinstance(notebook, dict):
        raise _unreadable(
            "is not a notebook: expected a JSON object, saw {type}; {advice}", type=type(notebook).__name__
        )
    return notebook


def _expect_little(size: int) -> None:
    if size > MAX_SOURCE_BYTES:
        raise UnreadableError(
            say("holds more than {most} of code; hand in only your answers", most=in_mebibytes(MAX_SOURCE_BYTES))
        )


def _expect_python(notebook: dict[str, object]) -> None:
    metadata = notebook.get("metadata")
    if not isinstance(metadata, dict):
        return
    for section, key in (("kernelspec", "language"), ("language_info", "name")):
        described = metadata.get(section)
        language = described.get(key) if isinstance(described, dict) else None
        if isinstance(language, str) and language and not language.lower().startswith(("python", "ipython")):
            raise UnreadableError(say("is a notebook in {language}, not in Python", language=shown(language, 40)))


def _code_cells(notebook: dict[str, object]) -> Iterator[str]:
    for number, cell in enumerate(_cells(notebook), start=1):
        if not isinstance(cell, dict):
            raise _unreadable("is not a notebook: its cell {number} is not a JSON object; {advice}", number=number)
        if cell.get("cell_type") != "code":
            continue
        source = cell.get("source", cell.get("input", ""))
        if isinstance(source, list) and all(isinstance(line, str) for line in source):
            yield "".join(source)
        elif isinstance(source, str):
            yield source
        else:
            raise _unreadable("is not a notebook: the source of its cell {number} is not text; {advice}", number=number)


def _cells(notebook: dict[str, object]) -> list[object]:
    """The cells of nbformat 4, or those of all worksheets of nbformat 3."""
    cells = notebook.get("cells")
    if isinstance(cells, list):
        return cells
    sheets = notebook.get("worksheets")
    if not isinstance(sheets, list):
        raise _unreadable("is not a notebook: it has neither cells nor worksheets; {advice}")
    found: list[object] = []
    for sheet in sheets:
        cells = sheet.get("cells") if isinstance(sheet, dict) else None
        if not isinstance(cells, list):
            raise _unreadable("is not a notebook: a worksheet of it has no cells; {advice}")
        found += cells
    return found


def _unreadable(template: str, **values: object) -> UnreadableError:
    return UnreadableError(say(template, advice=say(_ADVICE), **values))
