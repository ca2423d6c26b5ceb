"""Where targets that read files put them: one folder for each use, in memory where there is such a place."""

import os
import shutil
import tempfile
from functools import cache
from pathlib import Path


@cache
def _root() -> Path:
    # A disk takes a hundred times as long to forget a folder.
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    return Path(tempfile.mkdtemp(prefix="fuzz-", dir=memory))


def place(name: str) -> Path:
    """The folder for one use, which may not be there yet."""
    return _root() / name


def removed() -> None:
    """Remove all folders of this process."""
    shutil.rmtree(_root(), ignore_errors=True)
    _root.cache_clear()
