"""What everyone writes first: pytest fixtures that import a submission into the process that judges it.

`pytest_each` copies this file beside the checks as conftest.py. The checks are the very same files.
"""

import hmac
import importlib.util
import os
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

SUBMISSION = Path(os.environ["BENCH_SUBMISSION"])
REFERENCE = Path(os.environ["BENCH_REFERENCE"])
SECRET = os.environ["AUTOGRADER_SECRET"].encode()


def pytest_configure(config: pytest.Config) -> None:
    for marker in ("exercise(name)", "law(text)", "points(n)", "public", "hidden", "see(text)", "suggest(text)"):
        config.addinivalue_line("markers", marker)


def _imported(folder: Path, request: pytest.FixtureRequest) -> ModuleType:
    name = request.path.stem.removeprefix("test_")
    spec = importlib.util.spec_from_file_location(name, folder / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def student(request: pytest.FixtureRequest) -> ModuleType:
    return _imported(SUBMISSION, request)


@pytest.fixture(scope="module")
def oracle(request: pytest.FixtureRequest) -> ModuleType:
    return _imported(REFERENCE, request)


@pytest.fixture
def rng(request: pytest.FixtureRequest) -> np.random.Generator:
    """Return the same inputs as `autograder.checking.check.Check.generator`."""
    exercise = request.node.get_closest_marker("exercise").args[0]
    name = f"{request.path.parent.name}.{exercise}:{request.node.name.removeprefix('test_')}"
    key = SECRET if request.node.get_closest_marker("hidden") else b"public"
    return np.random.default_rng(int.from_bytes(hmac.digest(key, name.encode(), "sha256")[:16], "little"))
