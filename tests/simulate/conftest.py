"""A course of two small rooms, written to disk, that has all a cohort can be made of."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.course import Course, read_course
from autograder.grading.cohort import grade_all, read_cohort
from autograder.report import Report
from autograder.sandbox.backends import BUBBLEWRAP, missing

COURSE = """\
schema = 1
reference = "../reference"
title = { en = "Tiny", zh = "小课" }
notes = { F1 = "Notes" }
"""

ROOM = """\
schema = 1
module = "MODULE"
title = { en = "MODULE", zh = "房间" }
limits = { call_seconds = 1.0, memory_mib = 256 }
"""

EXERCISE = """
[[exercises]]
name = "NAME"
points = 2
difficulty = STARS
importance = 3
minutes = 5
builds_on = BUILDS_ON
notes = "F1 section 1"
title = { en = "NAME", zh = "练习" }
hints = { en = ["a", "b", "c"], zh = ["一", "二", "三"] }
"""

SCALING = '''\
"""Multiply arrays."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def double(x: Array) -> Array:
    """Return twice `x`."""
    return np.asarray(x) * 2.0


def quadruple(x: Array) -> Array:
    """Return four times `x`."""
    return _twice(double, x)


def _twice(function, x):
    return function(function(x))
'''

TOTALS = '''\
"""Add up arrays."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def row_means(A: Array) -> Array:
    """Return the mean of each row as a column."""
    return A.mean(axis=1, keepdims=True)


def centred(A: Array) -> Array:
    """Return `A` less the mean of each row."""
    return A - row_means(A)


def spread(sizes: dict[str, Array]) -> float:
    """Return the largest value less the smallest, over all arrays."""
    values = np.concatenate([np.ravel(size) for size in sizes.values()])
    return float(values.max() - values.min())
'''

MARKS = """\
import numpy as np

from autograder.checking import assert_close, equivalent, exercise, hidden, law, mistake, points, public, variant
"""

SCALING_CHECKS = '''

@exercise("double")
@law("2x")
@points(1)
@public
def test_one_becomes_two(student):
    """Ones become twos."""
    assert_close(student.double(np.ones(3)), 2 * np.ones(3))


@exercise("double")
@law("2x")
@points(1)
@hidden
def test_any_number_is_doubled(student, rng):
    """Any number is doubled."""
    x = rng.normal(size=5) + 7
    assert_close(student.double(x), 2 * x)


@exercise("quadruple")
@law("4x")
@points(2)
@public
def test_one_becomes_four(student, rng):
    """Ones become fours."""
    x = rng.normal(size=(2, 3))
    assert_close(student.quadruple(x), 4 * x)
'''

TOTALS_CHECKS = '''

@exercise("row_means")
@law("mean")
@points(2)
@public
def test_each_row_has_its_mean(student, rng):
    """Each row has a mean."""
    A = rng.normal(size=(3, 5))
    assert_close(student.row_means(A), A.mean(axis=1, keepdims=True), known={"m": 5})


@exercise("centred")
@law("rows sum to zero")
@points(2)
@public
def test_centred_rows_sum_to_zero(student, rng):
    """Centred rows sum to zero."""
    A = rng.normal(size=(3, 5)) + 2
    assert_close(student.centred(A), A - A.mean(axis=1, keepdims=True))


@exercise("spread")
@law("largest less smallest")
@points(2)
@public
def test_from_the_smallest_to_the_largest(student):
    """The spread is from the smallest to the largest."""
    assert_close(student.spread({"a": np.array([1.0, 5.0]), "b": np.array([[-2.0]])}), 7.0)
'''

SCALING_MISTAKES = '''

@mistake("double", caught_by="one_becomes_two")
def adds_three(x):
    """Adds three where it should double."""
    return np.asarray(x) + 3


@mistake("double", caught_by="one_becomes_two", covers="sign")
def double_sign_lost(x):
    """Loses the sign."""
    return -2.0 * np.asarray(x)


@mistake("quadruple", caught_by="one_becomes_four", covers="sign")
def quadruple_sign_lost(x):
    """Loses the sign."""
    return -4.0 * np.asarray(x)


@mistake("quadruple", caught_by="one_becomes_four")
def doubles_in_place(x):
    """Edits what it was given."""
    x *= 4
    return x


@equivalent("double", covers="scaling/sum")
def adds_itself(x):
    """x + x = 2x exactly."""
    return np.asarray(x) + np.asarray(x)
'''

TOTALS_MISTAKES = '''

@mistake("row_means", caught_by="each_row_has_its_mean", covers="sum_not_mean")
def sums(A):
    """Sums where it should average."""
    return A.sum(axis=1, keepdims=True)


@mistake("centred", caught_by="centred_rows_sum_to_zero", covers="sum_not_mean")
def centred_on_sums(A):
    """Sums where it should average."""
    return A - A.sum(axis=1, keepdims=True)


@mistake("spread", caught_by="from_the_smallest_to_the_largest")
def of_the_first(sizes):
    """Looks at one array only."""
    first = next(iter(sizes.values()))
    return float(first.max() - first.min())
'''

SCALING_VARIANTS = '''

@variant("quadruple")
def by_addition(x):
    """Four equal terms."""
    return x + x + x + x


@variant("double", group="floats")
def double_of_floats(x):
    """A float is as good."""
    return 2.0 * np.array(x, dtype=float)


@variant("quadruple", group="floats")
def quadruple_of_floats(x):
    """Twice the double."""
    return double(double(x))
'''

TOTALS_VARIANTS = '''

@variant("centred")
def centred_by_own_means(A):
    """The room's own means."""
    return A - row_means(A)
'''


def exercise(name: str, stars: int, builds_on: str = "") -> str:
    """The TOML of one exercise."""
    listed = f'["{builds_on}"]' if builds_on else "[]"
    return EXERCISE.replace("NAME", name).replace("STARS", str(stars)).replace("BUILDS_ON", listed)


@pytest.fixture
def tiny(tmp_path: Path) -> Course:
    """A course of five exercises in two rooms."""
    scaling = ROOM.replace("MODULE", "scaling") + exercise("double", 1) + exercise("quadruple", 2, "double")
    totals = ROOM.replace("MODULE", "totals") + exercise("row_means", 2)
    totals += exercise("centred", 3, "row_means") + exercise("spread", 4)
    files = {"assignments/course.toml": COURSE, "reference/scaling.py": SCALING, "reference/totals.py": TOTALS}
    for room, module, toml, checks, mistakes, variants in (
        ("a01_scaling", "scaling", scaling, SCALING_CHECKS, SCALING_MISTAKES, SCALING_VARIANTS),
        ("a02_totals", "totals", totals, TOTALS_CHECKS, TOTALS_MISTAKES, TOTALS_VARIANTS),
    ):
        files |= {
            f"assignments/{room}/assignment.toml": toml,
            f"assignments/{room}/README.md": "# Room\n",
            f"assignments/{room}/README.zh.md": "# 房间\n",
            f"assignments/{room}/{module}.py": "",
            f"assignments/{room}/checks/test_{module}.py": MARKS + checks,
            f"assignments/{room}/mistakes.py": MARKS + mistakes,
            f"assignments/{room}/variants.py": MARKS + variants,
        }
    for name, text in files.items():
        file = tmp_path / "course" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return read_course(tmp_path / "course" / "assignments")


@pytest.fixture
def graded(monkeypatch: pytest.MonkeyPatch) -> Callable[[Course, Path], list[Report]]:
    """`graded(course, folder)`: the reports of a real run, with a secret that the cohort's maker does not know."""
    problem = missing(BUBBLEWRAP)
    if problem and not os.environ.get("CI"):
        pytest.skip(problem)
    assert not problem, problem
    monkeypatch.setenv("AUTOGRADER_SECRET", "a secret of the tests of simulate")

    def run(course: Course, folder: Path) -> list[Report]:
        cohort = read_cohort(course, course.rooms, BUBBLEWRAP, folder)
        return [graded.report for graded in grade_all(cohort, processes=2)]

    return run
