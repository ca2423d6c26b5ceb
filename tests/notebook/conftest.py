"""Run notebooks in real kernels, and make them of a room's own."""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from autograder.course import read_course, reference_text
from autograder.release.answers import answer_cells
from autograder.release.notebooks import room_notebook
from autograder.sandbox.runtime import THREADS

# A kernel inherits it; two cores are enough without a pool of threads in each.
os.environ.update(THREADS)


class Executed:
    """A notebook after its kernel is done: what stands under each cell, by the cell's id."""

    def __init__(self, notebook):
        self.notebook = notebook
        self.outputs = {cell.id: cell.outputs for cell in notebook.cells if cell.cell_type == "code"}

    def shown(self, cell: str, kind: str = "text/plain") -> str:
        """All that was displayed under a cell, in one media type."""
        return "\n".join(each.data[kind] for each in self.outputs[cell] if "data" in each and kind in each.data)

    def errors(self, cell: str) -> list[str]:
        return [each.ename for each in self.outputs[cell] if each.output_type == "error"]


@pytest.fixture(scope="session")
def execute():
    """`execute(path, {"check-softmax": text})`: run a notebook where it lies, some of its cells written anew."""

    def run(path: Path, cells: Mapping[str, str] = {}, variables: Mapping[str, str] = {}) -> Executed:
        notebook = nbformat.read(path, as_version=4)
        for cell in notebook.cells:
            cell.source = cells.get(cell.id, cell.source)
        before = dict(os.environ)
        os.environ.update(variables)
        try:
            where = {"metadata": {"path": str(path.parent)}}
            NotebookClient(notebook, timeout=120, kernel_name="python3", allow_errors=True, resources=where).execute()
        finally:
            os.environ.clear()
            os.environ.update(before)
        return Executed(notebook)

    return run


@pytest.fixture(scope="session")
def own_course(course_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course whose rooms students work in: their notebooks and diaries lie among them."""
    folder = tmp_path_factory.mktemp("student")
    shutil.copytree(course_folder.parent, folder, dirs_exist_ok=True)
    return folder / course_folder.name


@pytest.fixture(scope="session")
def softmax_notebook(own_course: Path) -> Path:
    """The notebook of a05_softmax, in its room."""
    course = read_course(own_course)
    path = course.room("a05_softmax").path / "softmax.ipynb"
    path.write_bytes(room_notebook(course, course.room("a05_softmax"), "en"))
    return path


@pytest.fixture(scope="session")
def answers(own_course: Path) -> dict[str, str]:
    """The right solution cells of a05_softmax, by their ids."""
    course = read_course(own_course)
    room = course.room("a05_softmax")
    return {f"solution-{name}": text for name, text in answer_cells(reference_text(course, room), room).items()}
