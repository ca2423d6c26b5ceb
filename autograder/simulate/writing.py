"""Write a plan down: the text of every module, and the folder, archive, file or notebook that holds them."""

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from autograder.course.compose import compose_source
from autograder.simulate.altering import CRASHES, LOOP, SLOW, mutation, parameters, with_body, with_prelude
from autograder.simulate.hostile import attack
from autograder.simulate.plans import Answer, Plan
from autograder.simulate.shelf import Shelf, source_of
from autograder.simulate.spoiling import DAMAGES, SPOILS, damaged, zip_entry


def module_texts(plan: Plan, shelves: Sequence[Shelf]) -> dict[str, str]:
    """Return what the student wrote, by room."""
    texts = {shelf.room.name: _module_text(plan, shelf) for shelf in shelves}
    special = plan.special
    if special is None:
        return texts
    if special.name == "missing_file":
        del texts[special.room]
    if special.name in SPOILS:
        (shelf,) = (shelf for shelf in shelves if shelf.room.name == special.room)
        texts[special.room] = SPOILS[special.name](texts[special.room], shelf.room.exercises[0].name)
    return texts


def _module_text(plan: Plan, shelf: Shelf) -> str:
    answers = {exercise.name: plan.answers[exercise.room, exercise.name] for exercise in shelf.room.exercises}
    replaced = {}
    for exercise, answer in answers.items():
        if answer.kind == "blank":
            replaced[exercise] = "stub"
        elif answer.kind in ("mistake", "variant"):
            replaced[exercise] = source_of(shelf.record(exercise, answer.name))
    text = compose_source(shelf.source, replaced, shelf.room)
    for exercise, answer in answers.items():
        text = altered(text, shelf, exercise, answer)
    return text


def altered(text: str, shelf: Shelf, exercise: str, answer: Answer) -> str:
    """Return the module `text` with `answer` in place of the reference's `exercise`, if it is one to be altered."""
    match answer.kind:
        case "crash":
            return with_body(text, exercise, CRASHES[answer.name or ""])
        case "loop":
            return with_body(text, exercise, LOOP)
        case "slow":
            return with_prelude(text, exercise, SLOW)
        case "mutating":
            return with_prelude(text, exercise, mutation(shelf.source, exercise))
        case "hostile":
            arguments = ", ".join(parameters(shelf.source, exercise))
            return with_body(text, exercise, attack(answer.name or "", shelf.room.module, exercise, arguments))
    return text


def write_submission(folder: Path, plan: Plan, shelves: Sequence[Shelf]) -> None:
    """Write the plan's submission into `folder`."""
    texts = module_texts(plan, shelves)
    modules = {shelf.room.name: f"{shelf.room.module}.py" for shelf in shelves}
    files = {(f"{room}/" if plan.layout.by_room else "") + modules[room]: text for room, text in texts.items()}
    target = folder / plan.origin
    if plan.layout.form == "folder":
        for name, text in files.items():
            path = target / PurePosixPath(name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
        return
    forms = {"zip": _archive, "ipynb": _notebook, "py": _single}
    data = forms[plan.layout.form](plan, files)
    if plan.special is not None and plan.special.name in DAMAGES:
        data = damaged(plan.special.name, data)
    target.write_bytes(data)


def _archive(_: Plan, files: Mapping[str, str]) -> bytes:
    archive = io.BytesIO()
    # Stored and not deflated: not every zlib makes the same bytes.
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as out:
        for name in sorted(files):
            out.writestr(zip_entry(name), files[name])
    return archive.getvalue()


def _single(plan: Plan, files: Mapping[str, str]) -> bytes:
    return "\n\n".join([f"# {plan.student}\n", *files.values()]).encode()


def _notebook(plan: Plan, files: Mapping[str, str]) -> bytes:
    cells = [
        _cell("markdown", f"# Homework of {plan.student}"),
        _cell("code", "%matplotlib inline\n!pip install --quiet numpy\nimport numpy as np\n\nfiles = !ls"),
    ]
    for name, text in files.items():
        cells.append(_cell("markdown", f"## {name}\n\nWhat I understood: *see below*."))
        cells.append(_cell("code", text.rstrip("\n")))
        cells.append(_cell("code", f"%time np.ones(3).sum()\n!wc -l {name}\nnp.sum?"))
    for number, cell in enumerate(cells):
        cell["id"] = f"cell-{number}"
    notebook = {
        "cells": cells,
        "metadata": {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return (json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _cell(kind: str, text: str) -> dict[str, Any]:
    cell: dict[str, Any] = {"cell_type": kind, "metadata": {}, "source": text.splitlines(keepends=True)}
    return cell | ({"execution_count": None, "outputs": []} if kind == "code" else {})
