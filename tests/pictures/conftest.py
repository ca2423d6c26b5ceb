"""The room of the authoring page with two pictures, and the course's own rooms with every stub solved."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from painting import MODULE, PICTURES, ROOM, ROOT, TEXTS

from autograder.course import read_course


@pytest.fixture
def picture_course(page_course: Path) -> Path:
    """The folder of a course whose one room has two pictures."""
    room = page_course / ROOM
    (room / "pictures.py").write_text(PICTURES, encoding="utf-8")
    texts = room / "texts.zh.toml"
    texts.write_text(texts.read_text(encoding="utf-8") + TEXTS, encoding="utf-8")
    return page_course


@pytest.fixture
def answer(picture_course: Path) -> Callable[[str], Path]:
    """Write the body of the student's function; gives the folder of the course."""

    def write(body: str) -> Path:
        (picture_course / ROOM / "statistics.py").write_text(MODULE.format(body), encoding="utf-8")
        return picture_course

    return write


@pytest.fixture(scope="session")
def solved(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A copy of the course in which every stub is the reference."""
    folder = tmp_path_factory.mktemp("solved")
    for part in ("assignments", "reference"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    for room in read_course(folder / "assignments").rooms:
        shutil.copy(folder / "reference" / f"{room.module}.py", room.path)
    yield folder / "assignments"
    shutil.rmtree(folder)
