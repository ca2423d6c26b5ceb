"""Rooms as assignments of nbgrader: notebooks with the reference's answers, which nbgrader cuts out, and test cells.

A test cell is worth its exercise's points and gives the share of them that the public checks gave; so it can be run
where students are. The hidden checks are for `autograder grade`, which reads what nbgrader collects.
"""

import os
from collections.abc import Callable, Mapping, Sequence
from importlib.resources import files
from pathlib import Path

from autograder.atomic import make_folder, write_atomically
from autograder.course.loading import reference_text
from autograder.course.model import Course, Exercise, Room
from autograder.course.restubbing import fresh_stub
from autograder.errors import AutograderError
from autograder.language import Language
from autograder.release.answers import answer_cells, metadata
from autograder.release.layout import setup_and_functions
from autograder.release.leaks import require_no_leaks
from autograder.release.notebooks import NotebookCell, cell_id, notebook_json, setup_text, statement_cells
from autograder.release.placing import place
from autograder.release.rooms import Choice
from autograder.release.tree import course_tree

CONFIG_FILE, SOURCE = "nbgrader_config.py", "source"


def write_nbgrader_course(
    course: Course, rooms: Sequence[Room], folder: Path, language: Language, tell: Callable[[str], None]
) -> bool:
    """Write source/<room>/ for each room into nbgrader's course in `folder`, and its configuration if it has none.

    `tell` hears the name of each room that is recorded. Returns whether the configuration was written. Nothing that is
    there is written over.

    Raises
    ------
    AutograderError : an assignment of that name is there, students would learn what they must not know, or `folder`
        cannot be written.
    """
    if course.is_release:
        raise AutograderError(f"{course.path} is a release itself; write notebooks of the course that it was made from")
    for room in rooms:
        if os.path.lexists(folder / SOURCE / room.name):
            raise AutograderError(
                f"{folder / SOURCE / room.name} is there already, and changes of yours may be in it; move it away, or"
                f" name the rooms to write without {room.name}."
            )
    tree: dict[str, bytes] = {}
    for room in rooms:
        tree |= {f"{room.name}/{name}": data for name, data in _given(course, room, language).items()}
        tell(room.name)
    require_no_leaks(tree, course, rooms)
    for room in rooms:
        place(_assignment(tree, course, room, language), folder / SOURCE / room.name)
    config = make_folder(folder) / CONFIG_FILE
    if config.exists():
        return False
    write_atomically(config, configuration(folder))
    return True


def configuration(folder: Path) -> bytes:
    """Return an nbgrader_config.py for the course in `folder`, which is called as the folder is."""
    text = files("autograder").joinpath("release", "templates", "nbgrader_config.txt").read_text(encoding="utf-8")
    return text.replace("@COURSE@", repr(folder.resolve().name)).encode()


def source_notebook(course: Course, room: Room, language: Language) -> bytes:
    """Return a room's source notebook: nbgrader's metadata, the answers between its marks. Raises `CourseError`."""
    setup, _ = setup_and_functions(fresh_stub(course, room), room)
    answers = answer_cells(reference_text(course, room), room)

    def task(exercise: Exercise) -> list[NotebookCell]:
        solution, check = cell_id("solution", exercise.name), cell_id("check", exercise.name)
        most = exercise.points
        test = f"%reload_ext autograder\n%points {exercise.name} {most:g}"
        return [
            NotebookCell(solution, answers[exercise.name], metadata=metadata(solution, solution=True)),
            NotebookCell(check, test, metadata=metadata(check, points=most)),
        ]

    opening = [NotebookCell("setup", setup_text(setup, language), metadata=metadata("setup"))]
    return notebook_json(statement_cells(room, language, opening, task), room, language)


def _given(course: Course, room: Room, language: Language) -> dict[str, bytes]:
    """Return what students get of a room: the release that its checks need, and the notebook as they begin it."""
    return course_tree(course, [room.without_capstone()], Choice(language, "ipynb"), lambda _: None)


def _assignment(tree: Mapping[str, bytes], course: Course, room: Room, language: Language) -> dict[str, bytes]:
    """Return the files of a room's source folder: its notebook, and beside it what was released in `tree`."""
    head = f"{room.name}/"
    # In one folder with another notebook of the same cells, nobody would know which of the two counts.
    beside = {
        name.removeprefix(head): data
        for name, data in tree.items()
        if name.startswith(head) and not name.endswith(".ipynb")
    }
    return {f"{room.name}.ipynb": source_notebook(course, room, language), **beside}
