"""A release of two rooms, and copies of it to work in."""

import shutil
from pathlib import Path

import pytest
from handed_out import ROOMS, HandedOut

from autograder.course import read_course
from autograder.release.placing import place
from autograder.release.rooms import Choice
from autograder.release.tree import release_tree


@pytest.fixture(scope="session")
def handed_out(tmp_path_factory: pytest.TempPathFactory, whole_course: Path) -> HandedOut:
    """Not to be changed."""
    course = read_course(whole_course)
    rooms = tuple(course.room(name) for name in ROOMS)
    tree = release_tree(course, rooms, Choice(form="both"), lambda _: None)
    folder = tmp_path_factory.mktemp("released") / "week 3"
    place(tree, folder)
    return HandedOut(course, rooms, tree, folder)


@pytest.fixture
def desk(tmp_path: Path, handed_out: HandedOut) -> Path:
    """A student's copy, with modules alone, to work in."""
    folder = tmp_path / "my work"
    shutil.copytree(handed_out.folder, folder, ignore=shutil.ignore_patterns("wheels", "*.ipynb"))
    return folder
