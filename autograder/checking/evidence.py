"""Numbers, values and small arrays as short text; whatever is described may have come from a student."""

from typing import Any

import numpy as np

from autograder.language import cells, phrase, say

Numbers = np.ndarray[Any, Any]

MAX_GRID = (6, 8)
_GRID_COLUMNS = 66
_STACKED_ROWS = 3
MANY = 100
_MAX_KEYS = 6


def describe(value: object, *, values: bool = True) -> str:
    """Return what `value` is: "an array of shape (3, 5), float64"; without `values`, quote none of them."""
    if value is None:
        return "None"
    if isinstance(value, np.ndarray):
        return _describe_array(value, values=values)
    if isinstance(value, (bool, np.bool_)):
        return str(bool(value)) if values else say("True or False")
    if isinstance(value, (complex, np.complexfloating)):
        return say("the complex number {value}", value=f"{complex(value):.4g}") if values else say("a complex number")
    if isinstance(value, (int, float, np.number)):
        return say("the number {value}", value=number(value)) if values else say("a number")
    if isinstance(value, str):
        return say("the text {value}", value=repr(value[:40])) if values else say("a text")
    if isinstance(value, dict):
        return say("a dict with {keys}", keys=keys_text(list(value))) if values else say("a dict")
    if isinstance(value, (tuple, list)):
        told, long = _SEQUENCES[isinstance(value, list)]
        return say(told, values=counted(len(value), VALUES)) if values or len(value) < MANY else say(long)
    return say("an object of type {name}", name=type(value).__name__)


_SEQUENCES = (
    (phrase("a tuple of {values}"), phrase("a long tuple")),
    (phrase("a list of {values}"), phrase("a long list")),
)


def _describe_array(array: Numbers, *, values: bool) -> str:
    shape, dtype = shape_text(array.shape), array.dtype.name
    if values or is_small_shape(array.shape):
        told = phrase("an array of shape {shape}, {dtype}")
        return say(_EMPTY_ARRAY if array.size == 0 else told, shape=shape, dtype=dtype)
    return say(phrase("an empty array, {dtype}") if array.size == 0 else phrase("an array, {dtype}"), dtype=dtype)


_EMPTY_ARRAY = phrase("an empty array of shape {shape}, {dtype}")


def is_small_shape(shape: tuple[int, ...]) -> bool:
    """Whether a shape may be shown for a hidden check: sixteen extents of 64 bits would carry its inputs out."""
    return len(shape) <= 4 and max(shape, default=0) < 1000


VALUES = (phrase("{n:,} value"), phrase("{n:,} values"))
NUMBERS = (phrase("{n:,} number"), phrase("{n:,} numbers"))
KEYS = (phrase("{n:,} key"), phrase("{n:,} keys"))


def counted(n: int, noun: tuple[str, str]) -> str:
    """Return "1 value", "3 values", "1,024 values": `noun` is for one of them and for more."""
    return say(noun[n != 1], n=n)


def keys_text(keys: list[Any]) -> str:
    """Return the keys of a dict: "the keys 'dW1', 'db1'"; long keys are cut and of many the first six named."""
    shown = ", ".join(_key_text(key) for key in keys[:_MAX_KEYS])
    if len(keys) > _MAX_KEYS:
        return say("the keys {keys} and {n:,} more", keys=shown, n=len(keys) - _MAX_KEYS)
    if len(keys) == 1:
        return say("the key {keys}", keys=shown)
    return say("the keys {keys}", keys=shown) if keys else say("no keys")


def _key_text(key: object) -> str:
    return repr(key[:24]) if isinstance(key, str) else say("a {type}", type=type(key).__name__)


def number(value: object, digits: int = 7) -> str:
    """Return a number in at most `digits` significant digits; one too large for a float reads as inf."""
    try:
        # Adding zero turns -0.0 into 0.0.
        return f"{float(value) + 0.0:.{digits}g}"  # type: ignore[arg-type]
    except OverflowError:
        return "inf"


def number_pair(first: object, second: object, least: int = 7) -> tuple[str, str]:
    """Return two different numbers in as few digits, from `least`, as show that they differ."""
    for digits in range(least, 18):
        texts = number(first, digits), number(second, digits)
        if texts[0] != texts[1]:
            return texts
    return texts


def shape_text(shape: tuple[int, ...]) -> str:
    """Return a shape as Python writes it, or that it has no axes."""
    return str(tuple(shape)) if len(shape) <= 8 else say("of {n} axes", n=len(shape))


def index_text(index: tuple[Any, ...]) -> str:
    """Return an index as it is typed: "[1, 4]"; empty for a single number."""
    return f"[{', '.join(str(int(i)) for i in index)}]" if index else ""


def relative_error(got: Numbers, expected: Numbers) -> float:
    """Return ‖got − expected‖ / (‖got‖ + ‖expected‖), between 0 and 1; NaN when a number is not finite."""
    largest = max(float(np.abs(got).max(initial=0.0)), float(np.abs(expected).max(initial=0.0)))
    if largest == 0.0:
        return 0.0
    with np.errstate(all="ignore"):
        a, b = got / largest, expected / largest
        return float(np.linalg.norm(a - b) / (np.linalg.norm(a) + np.linalg.norm(b)))


def grid(got: Numbers, expected: Numbers, wrong: Numbers) -> list[str]:
    """Return both arrays as aligned lines, wrong cells marked with `*`; nothing above 6 rows or 8 columns.

    Lines that would be too long for a page of 80 columns show fewer columns of the arrays, the first wrong one among
    them.
    """
    if not 1 <= got.ndim <= 2 or got.size == 1:
        return []
    got, expected, wrong = np.atleast_2d(got), np.atleast_2d(expected), np.atleast_2d(wrong)
    if got.shape[0] > MAX_GRID[0] or got.shape[1] > MAX_GRID[1]:
        return []
    pairs = [[_cells(*three) for three in zip(*rows, strict=True)] for rows in zip(got, expected, wrong, strict=True)]
    left, right = ([[pair[side] for pair in row] for row in pairs] for side in (0, 1))
    first = int(np.argmax(wrong.any(axis=0)))
    for width in range(got.shape[1], 0, -1):
        part = slice(start := max(0, first - width + 1), start + width)
        some = [[_window(row, part) for row in side] for side in (left, right)]
        for lay, most in ((_side_by_side, MAX_GRID[0]), (_stacked, _STACKED_ROWS)):
            lines = lay(*some)
            if len(got) <= most and max(map(cells, lines)) <= _GRID_COLUMNS:
                return lines
    return []


_LEFT_OUT = "… "
_GOT, _EXPECTED = phrase("got (* = wrong)"), phrase("expected")


def _window(row: list[str], part: slice) -> list[str]:
    """Return part of a row, with an ellipsis at each end where something is left out."""
    return [*[_LEFT_OUT][: part.start], *row[part], *[_LEFT_OUT][: len(row) - part.stop]]


def _side_by_side(left: list[list[str]], right: list[list[str]]) -> list[str]:
    columns = [say(_GOT), *_rows(left)], [say(_EXPECTED), *_rows(right)]
    width = max(map(cells, columns[0])) + 3
    return [f"  {a}{' ' * (width - cells(a))}{b}".rstrip() for a, b in zip(*columns, strict=True)]


def _stacked(left: list[list[str]], right: list[list[str]]) -> list[str]:
    return [f"  {line}".rstrip() for line in (say(_GOT), *_rows(left), say(_EXPECTED), *_rows(right))]


def _rows(texts: list[list[str]]) -> list[str]:
    """Return rows whose columns are aligned; what is left out needs no more width than its ellipsis."""
    width = max(len(text) for row in texts for text in row)
    return [" ".join(text if text == _LEFT_OUT else text.rjust(width) for text in row) for row in texts]


def _cells(got: object, expected: object, wrong: object) -> tuple[str, str]:
    """Return two entries as they are shown: a wrong one has a star, and digits enough to differ from the right one."""
    if isinstance(got, np.bool_):
        texts = str(bool(got)), str(bool(expected))
    else:
        texts = number_pair(got, expected, 4) if wrong else (number(got, 4), number(expected, 4))
    return texts[0] + ("*" if wrong else " "), texts[1] + " "
