"""A course of nbgrader's that the real command has graded, once for all, and copies of it to change."""

import shutil
from pathlib import Path

import pytest
from nbgrader_course import Taught, hand_in_all, write_course


@pytest.fixture(scope="session")
def graded(tmp_path_factory: pytest.TempPathFactory, course_folder: Path) -> Taught:
    """Not to be changed."""
    base = tmp_path_factory.mktemp("nbgrader")
    taught = Taught(base / "COURSE", base / "grades", course_folder)
    write_course(taught.root, course_folder)
    hand_in_all(taught.root, course_folder)
    done = taught.grade()
    assert done.code == 0, done.out + done.err
    return taught


@pytest.fixture
def taught(tmp_path: Path, graded: Taught) -> Taught:
    """A copy that a test may change."""
    shutil.copytree(graded.root, tmp_path / "COURSE")
    shutil.copytree(graded.grades, tmp_path / "grades")
    return Taught(tmp_path / "COURSE", tmp_path / "grades", graded.ours)


@pytest.fixture
def ungraded(taught: Taught) -> Taught:
    """The same before its scores came into the gradebook, and before nbgrader itself ever made an assignment of it."""
    (taught.root / "gradebook.db").unlink()
    shutil.rmtree(taught.root / "autograded")
    return taught
