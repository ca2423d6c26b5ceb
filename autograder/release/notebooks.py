"""A room as a notebook: the statement, a cell for each function, and a check below it."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from autograder.course.model import Course, Exercise, Room
from autograder.course.restubbing import fresh_stub
from autograder.language import ENGLISH, LANGUAGE_VARIABLE, Language
from autograder.release.layout import Prose, how_to_work, lay_out, setup_and_functions

LOAD = "%load_ext autograder"
_MOST_ID = 64


@dataclass(frozen=True)
class NotebookCell:
    """A cell: a name of its own, Markdown or code, and what platforms note of it."""

    id: str
    text: str
    is_code: bool = True
    metadata: Mapping[str, object] = field(default_factory=dict)


def room_notebook(course: Course, room: Room, language: Language) -> bytes:
    """Return the notebook in which students write a room, in nbformat 4.5; the same bytes each time.

    `autograder grade` reads it as it reads the room's module, and `%check` in it says what `autograder check` says.
    Raises `CourseError`.
    """
    setup, functions = setup_and_functions(fresh_stub(course, room), room)

    def task(exercise: Exercise) -> list[NotebookCell]:
        name = exercise.name
        return [
            NotebookCell(cell_id("solution", name), functions[name]),
            NotebookCell(cell_id("check", name), f"%check {name}"),
        ]

    opening = [
        NotebookCell("how-to-work", how_to_work(room, language), is_code=False),
        NotebookCell("setup", setup_text(setup, language)),
    ]
    cells = [*statement_cells(room, language, opening, task), NotebookCell("check", "%check")]
    return notebook_json(cells, room, language)


def statement_cells(
    room: Room, language: Language, opening: Sequence[NotebookCell], task: Callable[[Exercise], list[NotebookCell]]
) -> list[NotebookCell]:
    """Return the statement's cells: below the title those of `opening`, and what `task` gives where an exercise is."""
    cells: list[NotebookCell] = []
    for number, part in enumerate(lay_out(room, language)):
        if isinstance(part, Prose):
            cells.append(NotebookCell(f"statement-{number}", part.text, is_code=False))
        else:
            cells += task(part.exercise)
        cells += opening if number == 0 else ()
    return cells


def cell_id(kind: str, name: str) -> str:
    """Return a cell's name as nbformat allows it: of at most 64 letters, digits, hyphens and underscores."""
    whole = f"{kind}-{name}"
    if name.isascii() and len(whole) <= _MOST_ID:
        return whole
    return f"{kind}-{hashlib.sha256(name.encode()).hexdigest()[:16]}"


def setup_text(setup: str, language: Language) -> str:
    """Return the first code cell: the magics, then what the functions need."""
    # The kernel never learns which notebook it serves, so the language of one has to be said in it.
    spoken = "" if language == ENGLISH else f"%env {LANGUAGE_VARIABLE}={language}\n"
    return f"{spoken}{LOAD}\n\n{setup}".rstrip("\n")


def notebook_json(cells: Sequence[NotebookCell], room: Room, language: Language) -> bytes:
    """Return a notebook for a Python kernel, as JSON."""
    document = {
        "cells": [_cell(cell) for cell in cells],
        "metadata": {
            "autograder": {"language": language, "room": room.name},
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _cell(cell: NotebookCell) -> dict[str, object]:
    described: dict[str, object] = {
        "cell_type": "code" if cell.is_code else "markdown",
        "id": cell.id,
        "metadata": dict(cell.metadata),
        # As Jupyter writes it, so that a first save changes nothing else.
        "source": cell.text.splitlines(keepends=True),
    }
    return described | ({"execution_count": None, "outputs": []} if cell.is_code else {})
