"""The attacks' own surroundings: while they run, nothing that they start is lost from sight."""

import ctypes
import os
from collections.abc import Iterator

import pytest
import watch


@pytest.fixture(scope="package", autouse=True)
def orphans() -> Iterator[None]:
    """Adopt what loses its parent, and at the end bury it and adopt no more: other tests have their own dead."""
    watch.adopt_orphans()
    yield
    ctypes.CDLL(None).prctl(watch.PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0)
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass
