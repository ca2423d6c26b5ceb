"""A minimal course, written to disk: two exercises in one room."""

from pathlib import Path

import pytest

COURSE = """\
schema = 1
reference = "../reference"

[title]
en = "Tiny"
zh = "小课"

[notes]
F1 = "Notes"
"""

ROOM = """\
schema = 1
module = "scaling"
prerequisites = ["a00_before"]

[title]
en = "Scaling"
zh = "缩放"

[limits]
call_seconds = 1.5
memory_mib = 128

[[exercises]]
name = "double"
points = 2
difficulty = 1
importance = 3
minutes = 5
notes = "F1 section 1"

[exercises.title]
en = "Double"
zh = "加倍"

[exercises.hints]
en = ["first", "second", "third"]
zh = ["一", "二", "三"]

[[exercises]]
name = "quadruple"
points = 1.5
difficulty = 2
importance = 4
minutes = 10
needs = ["a00_before.add"]
builds_on = ["double"]
notes = "F1 section 2"

[exercises.title]
en = "Quadruple"
zh = "四倍"

[exercises.hints]
en = ["first", "second", "third"]
zh = [
    "一",
    "二",
    "三",
]
"""

REFERENCE = '''\
"""Multiply arrays."""

import numpy as np

Array = np.ndarray

# Chosen so that doubling is exact.
FACTOR = 2.0
_SECRET = 4.0


def double(x: Array) -> Array:
    """Return twice `x`."""
    # Multiplying is as exact as adding.
    return np.asarray(x) * FACTOR


def _twice(function, x):
    return function(function(x))


def quadruple(x: Array) -> Array:
    """Return four times `x`."""
    return _twice(double, x)
'''

MISTAKES = '''\
"""Wrong ways to scale."""

import numpy as np

from autograder.course.mistakes import equivalent, mistake


@mistake("quadruple", caught_by="test_four_ones_make_four", covers=("a/b",), read="F1", suggest="again")
def doubles_once(x):
    """Doubles a single time."""
    return double(x)


@mistake("double", caught_by=("zero_stays_zero", "one_becomes_two"))
def adds_two(x):
    """Adds two where it should multiply."""
    return np.asarray(x) + 2


@equivalent("double", covers="scaling/sum")
def adds_itself(x):
    """x + x = 2x exactly, in any binary floating-point format."""
    return np.asarray(x) + np.asarray(x)
'''

VARIANTS = '''\
"""Right ways to scale."""

from autograder.course.mistakes import variant


@variant("quadruple", group="loops")
def by_addition(x):
    """Four equal terms sum to four times one of them."""
    return x + x + x + x
'''


@pytest.fixture
def tiny_course(tmp_path: Path) -> Path:
    """Return the folder of a valid course with one room, below a path with a space and Chinese letters."""
    root = tmp_path / "小 course 课程"
    files = {
        "assignments/course.toml": COURSE,
        "assignments/a01_scaling/assignment.toml": ROOM,
        "assignments/a01_scaling/README.md": "# Scaling\n",
        "assignments/a01_scaling/README.zh.md": "# 缩放\n",
        "assignments/a01_scaling/scaling.py": '"""Multiply arrays."""\n',
        "assignments/a01_scaling/checks/test_scaling.py": '"""Checks."""\n',
        "assignments/a01_scaling/mistakes.py": MISTAKES,
        "assignments/a01_scaling/variants.py": VARIANTS,
        "reference/scaling.py": REFERENCE,
    }
    for name, text in files.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return root / "assignments"
