"""What every test may use: the sandboxes of this machine, a host of each, the course and that of the authoring page."""

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.language import LANGUAGE_VARIABLE
from autograder.limits import Limits
from autograder.sandbox import backends
from autograder.sandbox.host import Host

ROOT = Path(__file__).parent.parent
# Tests read English, whatever their reader reads.
os.environ.pop(LANGUAGE_VARIABLE, None)
ROOMS = ("a05_softmax", "a06_init", "a07_regularize", "a09_optim", "a10_batchnorm")
REAL_BACKENDS = (backends.BUBBLEWRAP, backends.SANDLOCK)


# What takes longest, to be begun first, so that no processor waits at the end for a file that came last.
LONG = (
    "test_attacks",
    "reliability",
    "test_resume",
    "test_neighbours",
    "sandbox",
    "test_endings",
    "capstones",
    "release",
)
# It waits until nobody else attacks this machine.
LAST = "test_arena"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the long files first."""

    def place(item: pytest.Item) -> int:
        parts = {*item.path.parts, item.path.stem}
        return next((at for at, name in enumerate(LONG) if name in parts), len(LONG) + (LAST in parts))

    items.sort(key=place)


def require(backend: str) -> None:
    """Skip where a sandbox is not installed, but never in CI, where that is a failure."""
    problem = backends.missing(backend)
    if problem and not os.environ.get("CI"):
        pytest.skip(problem)
    assert not problem, problem


@pytest.fixture(params=REAL_BACKENDS)
def backend(request: pytest.FixtureRequest) -> str:
    """Each real sandbox in turn."""
    require(request.param)
    return str(request.param)


@pytest.fixture
def host(backend: str) -> Iterator[Host]:
    """A host of each real sandbox, with limits that keep tests short."""
    limits = Limits(call_seconds=2.0, memory_mib=256, output_kib=64)
    with Host(backend, limits) as running:
        yield running


@pytest.fixture(scope="session")
def whole_course() -> Path:
    """The course that this repository holds."""
    return ROOT / "assignments"


def copy_some_rooms(target: Path) -> Path:
    """Copy rooms enough to try the grader on, and leave out their capstones, which take seconds a submission."""
    course = target / "assignments"
    no_bytecode = shutil.ignore_patterns("__pycache__", "test_capstone.py")
    shutil.copytree(ROOT / "reference", target / "reference", ignore=no_bytecode)
    course.mkdir()
    for name in ("course.toml", "pytest.ini"):
        shutil.copy(ROOT / "assignments" / name, course)
    for name in ROOMS:
        shutil.copytree(ROOT / "assignments" / name, course / name, ignore=no_bytecode)
        file = course / name / "assignment.toml"
        text = file.read_text(encoding="utf-8")
        file.write_text(
            re.sub(r"\n\[capstone\].*?(?=\n\[\[exercises\]\]|\Z)", "", text, flags=re.DOTALL), encoding="utf-8"
        )
    return course


@pytest.fixture(scope="session")
def course_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course of some rooms of this repository, without their capstones."""
    return copy_some_rooms(tmp_path_factory.mktemp("course"))


@pytest.fixture
def course_copy(tmp_path: Path) -> Path:
    """The same in a copy that a test may change, under a path with a space and a Chinese name."""
    target = tmp_path / "课程 copy"
    target.mkdir()
    return copy_some_rooms(target)


def write_page_course(target: Path) -> Path:
    """Write the course with the one room that docs/AUTHORING.md writes; its stub is cut."""
    page = (ROOT / "docs" / "AUTHORING.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```\w+\n(?:# |<!-- )(\S+/\S+?)(?: -->)?\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    assert len(blocks) == 7
    for name, text in blocks:
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    course = target / "assignments"
    room = course / "a02_statistics"
    (room / "README.zh.md").write_text("# 批数据的统计量\n\n`mean_of_columns`\n", encoding="utf-8")
    (course / "course.toml").write_text(
        'schema = 1\nreference = "../reference"\n[title]\nen = "A course"\nzh = "课程"\n[notes]\nF0 = "Notes"\n',
        encoding="utf-8",
    )
    from autograder.course import read_course
    from autograder.course.restubbing import look_at_stubs

    for stub in look_at_stubs(read_course(course, stubs_may_be_missing=True)):
        stub.path.write_text(stub.text, encoding="utf-8")
    return course


@pytest.fixture
def page_course(tmp_path: Path) -> Path:
    """A course with the one room that docs/AUTHORING.md writes."""
    return write_page_course(tmp_path)


@pytest.fixture(scope="session")
def read_only_page_course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, for tests that leave it as it is."""
    return write_page_course(tmp_path_factory.mktemp("page"))
