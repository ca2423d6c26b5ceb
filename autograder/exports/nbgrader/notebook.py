"""The notebook that formgrader shows of what a student handed in, with a score and feedback at each exercise.

It is made afresh from the text of the student's cells: whatever else their notebook holds, such as outputs, widgets and
HTML, would be run in the browser of whoever grades. What the student wrote is shown as code, and so never as HTML.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from autograder.exports.nbgrader.course import CourseFolder, files_below, read_below

_MOST_TEXT = 1024 * 1024
_GRADE_ID = re.compile(r"[a-zA-Z0-9_\-]+")
_Cell = dict[str, Any]


@dataclass(frozen=True)
class Graded:
    """One exercise in a notebook: the names of its cells in nbgrader, and what is to be said of it.

    check: of the cell with the points. answer: of the cell that the comment is for, the same one when the exercise has
    none of its own; None when there is none.
    """

    check: str
    answer: str | None
    max_points: float
    feedback: str


def autograded_notebook(
    handed_in: Iterable[tuple[str, str, str]],
    summary: str,
    graded: Sequence[Graded],
    locked: Mapping[str, tuple[str, str]],
) -> bytes:
    """Return the notebook that stands for what a student handed in.

    handed_in: its cells, see `cells_handed_in`. summary: what stands at the top. locked: type and text of the cells
    that the instructor wrote, by name; they replace what the student made of them.
    """
    cells = [_plain_cell("markdown", as_code_block(summary))]
    by_name = {name: each for each in graded for name in (each.check, each.answer) if name}
    left = _MOST_TEXT
    placed: set[str] = set()
    for kind, text, said in handed_in:
        name = "" if said in placed else said
        if name in by_name:
            cells.append(_nbgrader_cell(by_name[name], name, locked[name][1] if name in locked else text[:left]))
        elif name in locked:
            cells.append(_plain_cell(*locked[name]))
        else:
            name = ""
            cells.append(_plain_cell(kind, text[:left] if kind == "code" else as_code_block(text[:left])))
        placed.add(name)
        left = max(0, left - len(text))
    for each in graded:
        missing = [name for name in dict.fromkeys((each.answer, each.check)) if name and name not in placed]
        cells += [_nbgrader_cell(each, name, locked.get(name, ("", ""))[1]) for name in missing]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    document = {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 4}
    return (json.dumps(document, ensure_ascii=True, indent=1) + "\n").encode("ascii")


def as_code_block(text: str) -> str:
    """Return Markdown that shows `text` as it is, whatever Markdown or HTML it holds."""
    return "\n".join(f"    {line}" for line in text.splitlines())


def cells_handed_in(course: CourseFolder, student: str, assignment: str) -> Iterator[tuple[str, str, str]]:
    """Yield the cells that the student handed in, as (type, text, name), or their files where there is no notebook."""
    place = (student, assignment)
    names = files_below(course.submitted, *place) or []
    notebook = f"{assignment}.ipynb"
    for name in [notebook] if notebook in names else [name for name in names if name.endswith((".py", ".ipynb"))]:
        data = read_below(course.submitted, *place, name)
        if data is None:
            yield "code", f"# {name}: cannot be shown", ""
        elif name.endswith(".ipynb"):
            yield from _cells(data, name)
        else:
            yield "code", data.decode("utf-8", "replace"), ""


def _cells(data: bytes, name: str) -> Iterator[tuple[str, str, str]]:
    try:
        document = json.loads(data)
    except (ValueError, RecursionError):
        document = None
    cells = document.get("cells") if isinstance(document, dict) else None
    if not isinstance(cells, list):
        yield "code", f"# {name}: is no notebook that can be shown", ""
        return
    for cell in cells:
        if isinstance(cell, dict):
            source = cell.get("source", "")
            lines = source if isinstance(source, list) else [source]
            text = "".join(line for line in lines if isinstance(line, str))
            yield "markdown" if cell.get("cell_type") == "markdown" else "code", text, _name_of(cell)


def _name_of(cell: _Cell) -> str:
    metadata = cell.get("metadata")
    said = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    name = said.get("grade_id") if isinstance(said, dict) else None
    return name if isinstance(name, str) and _GRADE_ID.fullmatch(name) else ""


def _plain_cell(kind: str, text: str) -> _Cell:
    # A lone surrogate is no text that a page could be made of.
    whole = text.encode("utf-8", "backslashreplace").decode("utf-8")
    cell: _Cell = {"cell_type": kind, "metadata": {}, "source": whole}
    return cell if kind == "markdown" else cell | {"execution_count": None, "outputs": []}


def _nbgrader_cell(exercise: Graded, name: str, text: str) -> _Cell:
    is_check, is_answer = name == exercise.check, name == exercise.answer
    said = {"schema_version": 3, "grade_id": name, "grade": is_check, "solution": is_answer, "locked": not is_answer,
            "task": False, "cell_type": "code"} | ({"points": exercise.max_points} if is_check else {})  # fmt: skip
    shown = [{"output_type": "stream", "name": "stdout", "text": exercise.feedback}] if is_check else []
    return _plain_cell("code", text) | {"metadata": {"nbgrader": said}, "outputs": shown}
