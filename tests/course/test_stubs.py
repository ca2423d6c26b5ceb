"""A stub keeps what students are given and nothing of the solution."""

import textwrap

import pytest

from autograder.course import cut_stub, read_course
from autograder.errors import CourseError

SOURCE = '''\
"""Scale arrays."""

from __future__ import annotations

import functools
from typing import NamedTuple

Array = list[float]
EPS = 1e-8
"""Keeps a quotient finite."""

_TABLE = {"two": 2}
"""Not for students."""

_LIMIT = 7


class Cache(NamedTuple):
    """What the way back needs."""

    x: Array  # as it came
    size: int = _LIMIT


def _shift(x):
    # A solution's line.
    return [value - max(x) for value in x]


_ORDER = (1, 2, 3)
_STEPS = len(_ORDER)


# Explains the solution.
@functools.lru_cache(
    maxsize=None,
)
@functools.wraps(print)
def double(
    x: Array,  # one number a column
    *,
    by: dict[str, int] = {"a": 1},
    steps: int = _STEPS,
) -> tuple[
    Array, Cache
]:
    """把每一列加倍。 Return `x` twice.

    >>> double([1.0])
    """  # secret

    def inner(value):
        """Inner docstring."""
        return value * _TABLE["two"]

    return [inner(value) for value in _shift(x)], Cache(x)
    # secret too


def quadruple(x: Array) -> Array:
    """Return four times `x`."""
    return double(double(x))
'''

STUB = '''\
"""Scale arrays."""

from __future__ import annotations

import functools
from typing import NamedTuple

Array = list[float]
EPS = 1e-8
"""Keeps a quotient finite."""

_LIMIT = 7


class Cache(NamedTuple):
    """What the way back needs."""

    x: Array  # as it came
    size: int = _LIMIT


_ORDER = (1, 2, 3)
_STEPS = len(_ORDER)


@functools.lru_cache(
    maxsize=None,
)
@functools.wraps(print)
def double(
    x: Array,  # one number a column
    *,
    by: dict[str, int] = {"a": 1},
    steps: int = _STEPS,
) -> tuple[
    Array, Cache
]:
    """把每一列加倍。 Return `x` twice.

    >>> double([1.0])
    """
    raise NotImplementedError("a01_scaling.double")


def quadruple(x: Array) -> Array:
    """Return four times `x`."""
    raise NotImplementedError("a01_scaling.quadruple")
'''


@pytest.fixture
def room(tiny_course):
    return read_course(tiny_course).rooms[0]


def cut(source: str, room) -> str:
    return cut_stub(textwrap.dedent(source), ["double"], room)


def test_a_stub_keeps_the_formatting_and_drops_the_solution(room):
    """Decorators, long signatures, comments and blank lines stay; bodies and unused privates go."""
    assert cut_stub(SOURCE, ["double", "quadruple"], room) == STUB


def test_a_stub_runs_until_an_exercise_is_called(tiny_course, room):
    """The stub of the tiny course imports, and a call says which exercise is not written yet."""
    reference = (tiny_course.parent / "reference/scaling.py").read_text(encoding="utf-8")
    names = {}
    exec(compile(cut_stub(reference, ["double", "quadruple"], room), "stub", "exec"), names)
    with pytest.raises(NotImplementedError, match=r"^a01_scaling\.quadruple$"):
        names["quadruple"](1)
    assert names["FACTOR"] == 2.0
    assert names["double"].__doc__ == "Return twice `x`."
    assert "_twice" not in names
    assert "_SECRET" not in names


def test_what_follows_a_dropped_name_keeps_its_distance(room):
    """A constant that touched a private one stands two lines below the function before them."""
    source = 'def double(x):\n    """Twice."""\n    return x\n\n\n_HIDDEN = 1\nGIVEN = 2\n'
    assert cut(source, room).endswith('NotImplementedError("a01_scaling.double")\n\n\nGIVEN = 2\n')


def test_a_cut_stub_cut_again_is_the_same(room):
    """Cutting a stub changes nothing in it, so a stub holds nothing that could still be cut."""
    assert cut_stub(STUB, ["double", "quadruple"], room) == STUB


@pytest.mark.parametrize(
    ("source", "stub"),
    [
        ('def double(x): "双 twice"; return 2 * x\n', 'def double(x):\n    "双 twice"\n    raise'),
        ('def double(x, 步="双"): "2"', 'def double(x, 步="双"):\n    "2"\n    raise'),
        ('def double(x):\n\t"""Twice."""\n\treturn x\n', 'def double(x):\n\t"""Twice."""\n\traise'),
        ('def double(x):  # noqa\n  # Given.\n  r"""T\n  w."""\n  return x', None),
        (
            'def double(x):\r\n    """Twice."""\r\n    return x\r\n',
            'def double(x):\n    """Twice."""\n    raise',
        ),
        (
            'def double(x):\n    """A\x0cb\u2028c."""\n    return x\n',
            'def double(x):\n    """A\x0cb\u2028c."""\n    raise',
        ),
    ],
)
def test_unusual_layouts_are_cut_right(room, source, stub):
    """One-line functions, tabs, raw docstrings and odd line ends leave a stub that compiles."""
    stub = stub or 'def double(x):  # noqa\n  # Given.\n  r"""T\n  w."""\n  raise'
    result = cut(source, room)
    assert result == f'{stub} NotImplementedError("a01_scaling.double")\n'
    compile(result, "stub", "exec")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("def double(x):\n    return 2 * x\n", ":1: double has no docstring"),
        ('def duoble(x):\n    """D."""\n', "has no function 'double'. Did you mean 'duoble'?"),
        (
            'def double(x):\n    """D."""\n\ndef triple(x):\n    return 3 * x\n',
            ":4: triple is neither an exercise",
        ),
        (
            'def double(x):\n    """D."""\n\nprint(1)\n',
            ":4: expected imports, definitions and assignments only",
        ),
        ('if 1:\n    import re\nelse:\n    x = 1\n\ndef double(x):\n    """D."""\n', ":1: expected imports"),
        ('A = 1; B = 2\n\ndef double(x):\n    """D."""\n', ":1: two statements share a line"),
        ("def double(x)\n", ":1: is not valid Python"),
    ],
)
def test_a_reference_that_could_leak_or_confuse_is_refused(room, source, expected):
    """What cannot be cut for certain is an error with the line of the reference."""
    with pytest.raises(CourseError) as caught:
        cut(source, room)
    assert expected in str(caught.value)
