"""What every test may use: the sandboxes of this machine, and a host of each."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.limits import Limits
from autograder.sandbox import backends
from autograder.sandbox.host import Host

ROOT = Path(__file__).parent.parent
REAL_BACKENDS = (backends.BUBBLEWRAP, backends.SANDLOCK)


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
def course_folder() -> Path:
    """The course that this repository holds."""
    return ROOT / "assignments"


@pytest.fixture
def course_copy(tmp_path: Path) -> Path:
    """A copy of the course that a test may change, under a path with a space and a Chinese name."""
    target = tmp_path / "课程 copy"
    target.mkdir()
    shutil.copytree(ROOT / "reference", target / "reference", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "assignments", target / "assignments", ignore=shutil.ignore_patterns("__pycache__"))
    return target / "assignments"
