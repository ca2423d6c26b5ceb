"""A room as a notebook: valid, complete, the same each time, and read back by intake."""

import json
from itertools import pairwise

import nbformat
import pytest

from autograder.course import read_course
from autograder.course.restubbing import fresh_stub
from autograder.intake.magics import plain_python
from autograder.intake.notebooks import notebook_source
from autograder.language import LANGUAGES
from autograder.release.layout import Prose, Task, lay_out
from autograder.release.notebooks import room_notebook
from autograder.sandbox.worker.definitions import Cell, module_of
from autograder.study.own_file import function_digests


@pytest.fixture(scope="module")
def course(whole_course):
    return read_course(whole_course)


def cells_of(data):
    return {cell["id"]: "".join(cell["source"]) for cell in json.loads(data)["cells"]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_room_is_a_notebook_that_holds_its_whole_stub(course, language):
    """Each exercise has a cell of its own, exactly as in the stub, and a check after it; the statement is all there."""
    for room in course.rooms:
        data = room_notebook(course, room, language)
        assert data == room_notebook(course, room, language)
        cells = cells_of(data)
        order = list(cells)
        stub = fresh_stub(course, room)
        for exercise in room.exercises:
            assert cells[f"solution-{exercise.name}"] in stub
            assert cells[f"check-{exercise.name}"] == f"%check {exercise.name}"
            assert order.index(f"check-{exercise.name}") == order.index(f"solution-{exercise.name}") + 1
        assert cells["check"] == "%check"
        assert order[-1] == "check"
        names = [exercise.name for exercise in room.exercises]
        read, notes = notebook_source(data)
        assert function_digests(read, names) == function_digests(stub, names)
        assert notes == ()


def test_a_notebook_is_valid_nbformat_for_a_python_kernel(course):
    """Jupyter's own validator has nothing to say against it."""
    for language in LANGUAGES:
        notebook = nbformat.reads(room_notebook(course, course.rooms[4], language).decode(), as_version=4)
        nbformat.validate(notebook)
        assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
        assert notebook.metadata.kernelspec.name == "python3"


def test_the_statement_of_an_exercise_stands_before_its_cell(course):
    """Cut at headings, the statement comes in its own order and loses nothing but what only the command can do."""
    for room in course.rooms:
        parts = lay_out(room, "en")
        assert [part.exercise for part in parts if isinstance(part, Task)] == list(room.exercises)
        for before, part in pairwise(parts):
            if isinstance(part, Task) and isinstance(before, Prose):
                assert part.exercise.name in before.text.split("\n")[0]
        statement = (room.path / "README.md").read_text(encoding="utf-8")
        prose = "\n".join(part.text for part in parts if isinstance(part, Prose))
        assert headings(prose) == headings(statement)


def headings(text):
    return [line for line in text.split("\n") if line.startswith("#")]


def test_an_exercise_that_no_heading_names_gets_one(page_course):
    """Where the statement does not speak of an exercise, its title stands above its cell."""
    room = read_course(page_course).rooms[0]
    (room.path / "README.md").write_text("# Statistics\n\nText.\n\n```\n## no heading\n```\n", encoding="utf-8")
    first, heading, task = lay_out(room, "en")
    assert first.text == "# Statistics\n\nText.\n\n```\n## no heading\n```"
    assert heading.text == f"## `mean_of_columns`\n\n{task.exercise.title['en']}"


def test_a_chinese_notebook_speaks_chinese(course):
    """Its first code cell sets the language of the kernel's checks."""
    cells = cells_of(room_notebook(course, course.rooms[4], "zh"))
    assert cells["setup"].startswith("%env AUTOGRADER_LANG=zh\n%load_ext autograder\n")
    assert "单元格" in cells["how-to-work"]
    assert "多分类" in cells["statement-0"]


@pytest.mark.parametrize("magic", ["%%check f", "%%check", "\n%%check f"])
def test_intake_keeps_the_body_of_a_check_cell(magic):
    """A cell that is run and checked at once holds an answer."""
    text, dropped = plain_python(f"{magic}\ndef f():\n    return 1")
    assert text.strip() == "def f():\n    return 1"
    assert dropped == []
    assert module_of([Cell(1, plain_python(f"{magic}\ndef f():\n    return 1")[0])], ["f"]).names == {"f"}


def test_our_own_lines_are_no_news_in_a_report():
    """Nobody is told that a check line was left out; of other magics they are."""
    text, dropped = plain_python("%load_ext autograder\n%check\n%hint f\n%points f 3\n%checking\n%load_ext other")
    assert text.strip() == ""
    assert dropped == ["dropped the line %checking", "dropped the line %load_ext other"]
