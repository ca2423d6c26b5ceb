"""What can be wrong with a submission as a whole: a file that cannot be imported, one that is not there, an archive."""

import io
import zipfile
from collections.abc import Callable, Mapping
from typing import TypeAlias

from autograder.sandbox.outcome import Broke, Cause, Outcome, Raised
from autograder.simulate.altering import without_colon

Spoil: TypeAlias = Callable[[str, str], str]

_EXIT = """

if True:
    import sys

    print("all my tests have passed")
    sys.exit(0)
"""
_FLOOD = """

for step in range(10_000_000):
    print("step", step, "of my training: the loss is", 1 / (step + 1))
"""
_MEMORY = """

import numpy as np

distances = np.ones((36_000, 36_000))
"""
_NUMPY = "import numpy as np\n"


def _import_torch(source: str, _: str) -> str:
    return source.replace(_NUMPY, f"{_NUMPY}import torch\n", 1) if _NUMPY in source else f"{source}import torch\n"


# Each takes the text of a module and the name of its first exercise.
SPOILS: Mapping[str, Spoil] = {
    "syntax_error": without_colon,
    "missing_package": _import_torch,
    "exits": lambda source, _: source + _EXIT,
    "floods": lambda source, _: source + _FLOOD,
    "exhausts_memory": lambda source, _: source + _MEMORY,
}
WHOLES: tuple[str, ...] = ("untouched", "missing_file", *SPOILS)
# Of these a cell of a notebook has nothing left; the others are scratch work there, which no function needs.
SPOIL_THEIR_CELL = ("syntax_error", "missing_file")
TAMPERED, TRUNCATED, BROKEN_NOTEBOOK = "tampered_archive", "truncated_archive", "broken_notebook"
DAMAGES = (TAMPERED, TRUNCATED, BROKEN_NOTEBOOK)

# What a call of any function comes to in a file with each, as the grader sees it.
OUTCOMES: Mapping[str, Outcome] = {
    "missing_file": Raised("NotImplementedError", ""),
    "syntax_error": Raised("SyntaxError", ""),
    "missing_package": Raised("ModuleNotFoundError", "", missing="torch"),
    "exits": Raised("SystemExit", ""),
    "floods": Broke(Cause.OUTPUT),
    "exhausts_memory": Raised("_ArrayMemoryError", ""),
}


def damaged(name: str, data: bytes) -> bytes:
    """Return a file that cannot be read, made from one that can: cut short, or with a way out of the archive."""
    if name != TAMPERED:
        return data[: len(data) * 3 // 5]
    archive = io.BytesIO(data)
    with zipfile.ZipFile(archive, "a") as out:
        out.writestr(zip_entry("../../autograder/verdicts.py"), 'PASSED = "passed"\n')
    return archive.getvalue()


def zip_entry(name: str) -> zipfile.ZipInfo:
    """Return an entry that is the same on every machine and every day."""
    entry = zipfile.ZipInfo(name, date_time=(2024, 1, 1, 0, 0, 0))
    entry.create_system = 3
    entry.external_attr = 0o100644 << 16
    return entry
