"""The pytest plugin: checks are ordinary pytest tests, run here against a submission in a worker.

Loaded by pytest in every environment that has this package, so nothing heavy is imported until a room's checks
are collected. Two ways in: a grading session hands over an `Examiner` (see `grading/session.py`) and runs the
collected checks once per submission; plain `pytest` in a room grades the module that stands there.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from autograder.checking.examiner import Examiner

MARKERS = {
    "exercise(name)": "the function that this check is about",
    "law(text)": "what must hold",
    "points(n)": "what the check is worth",
    "public": "the student sees inputs and values",
    "hidden": "the student sees neither inputs nor values",
    "spoiled_by(mistakes)": "with which of the room's mistakes a check of a capstone must fail",
    "see(text)": "where to read about it",
    "suggest(text)": "what to try next",
}
EXAMINER = pytest.StashKey["Examiner"]()


def pytest_configure(config: pytest.Config) -> None:
    """Declare the markers of checks."""
    for name, text in MARKERS.items():
        config.addinivalue_line("markers", f"{name}: {text}")


def _is_check(item: pytest.Item) -> bool:
    return item.get_closest_marker("exercise") is not None and item.path.parent.name == "checks"


@pytest.fixture
def student() -> None:
    """Call the student's functions of this room; replaced by the running check."""


@pytest.fixture
def oracle() -> None:
    """Ask for the right answer; replaced by the running check."""


@pytest.fixture
def rng() -> None:
    """Draw inputs; replaced by the running check."""


@pytest.fixture
def lab() -> None:
    """Offer the course's training code to a capstone; replaced by the running check."""


@pytest.fixture
def measure() -> None:
    """Run a trial of a capstone; replaced by the running check."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Read every collected check and put them in the order of the exercises."""
    checks = [item for item in items if _is_check(item)]
    if not checks:
        return
    from autograder.errors import AutograderError

    session = config.stash.get(EXAMINER, None)
    try:
        examiner = _examiner(config, checks)
        ordered = examiner.admit([item for item in checks if isinstance(item, pytest.Function)])
    except AutograderError as error:
        if session is None:
            raise pytest.UsageError(str(error)) from None
        # A grading session tells its caller in its own way.
        session.problems.append(str(error))
        ordered = []
    items[:] = [*(item for item in items if not _is_check(item)), *ordered]


def _examiner(config: pytest.Config, checks: list[pytest.Item]) -> Examiner:
    """Return the grading session's examiner, or make one for a plain run of pytest in a room."""
    existing = config.stash.get(EXAMINER, None)
    if existing is None:
        from autograder.checking.standalone import examiner_for_rooms

        existing = examiner_for_rooms({Path(item.path).parent.parent for item in checks})
        config.stash[EXAMINER] = existing
        # A grading session's examiner is its owner's to close; this one is ours.
        config.add_cleanup(existing.close)
    return existing


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run a check in place of calling its function."""
    if not _is_check(pyfuncitem):
        return None
    from autograder.checking.standalone import tell

    problem = tell(pyfuncitem.config.stash[EXAMINER], pyfuncitem)
    if problem:
        pytest.fail(problem, pytrace=False)
    return True
