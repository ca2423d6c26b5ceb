"""What a wrong array has in common with the right one: a constant factor, a flipped sign, a lost axis.

Nothing is claimed that does not fit uniquely. A constant factor must be constant to 1e-6 and be the only
label within 1 %, else the candidates are listed; when several patterns fit, all of them are.
"""

import numpy as np

from autograder.checking.evidence import Numbers, number, shape_text
from autograder.checking.factors import Known, additive_term, constant_ratio, same
from autograder.checking.failure import Pattern
from autograder.language import label, phrase, say

MAX_SIZE = 100_000
_LARGE = 10.0


def find_pattern(got: Numbers, expected: Numbers, known: Known | None = None) -> Pattern | None:
    """Return the pattern that turns `expected` into `got`, or None.

    Parameters
    ----------
    got, expected : arrays of any shape, numeric or bool.
    known : labels for factors and terms: {"m": 7, "lambda/m * W": array}. An array of the input's shape also
        lets NaN be traced to the extremes of that input.
    """
    if max(got.size, expected.size) > MAX_SIZE or not min(got.size, expected.size):
        return None
    with np.errstate(all="ignore"):
        if got.shape != expected.shape:
            return _shape_pattern(got, expected)
        if got.dtype == np.bool_ and expected.dtype == np.bool_:
            return _bool_pattern(got, expected)
        return _value_pattern(got, expected, {label(name): value for name, value in (known or {}).items()})


def find_shape_pattern(got: tuple[int, ...], expected: tuple[int, ...]) -> Pattern | None:
    """Return what two different shapes have in common, numbers unseen, or None."""
    if len(expected) == 2 and 1 in expected:
        n = max(expected)
        if got in ((n,), (n, n)) and n > 1:
            told = _LOST_AXIS if len(got) == 1 else _LOST_AXIS_AND_SPREAD
            shapes = {"flat": f"({n},)", "got": shape_text(got), "expected": shape_text(expected)}
            return Pattern(say("missing keepdims"), say(told, axis=expected.index(1), **shapes))
    if len(expected) == len(got) == 2:
        if got == expected[::-1]:
            return Pattern(say("transposed"), say("The two axes are swapped."))
        if 1 in expected and 1 in got and expected.index(1) != got.index(1):
            told = phrase("The sum or mean runs over axis {axis}; axis {wanted} is asked for.")
            return Pattern(say("wrong axis"), say(told, axis=got.index(1), wanted=expected.index(1)))
    return None


_LOST_AXIS = phrase(
    "A sum or mean over axis {axis} gives {flat}, which broadcasts along the wrong axis;"
    " keepdims=True keeps {expected}."
)
_LOST_AXIS_AND_SPREAD = phrase(
    "{flat} meeting {expected} makes {got}: a sum or mean over axis {axis} gives {flat}, which broadcasts along the"
    " wrong axis; keepdims=True keeps {expected}."
)


def _shape_pattern(got: Numbers, expected: Numbers) -> Pattern | None:
    if got.ndim == 2 and got.T.shape == expected.shape and same(got.T, expected):
        return Pattern(say("transposed"), say(_TRANSPOSED))
    from_shapes = find_shape_pattern(got.shape, expected.shape)
    if from_shapes is None and got.size == expected.size and same(got.reshape(expected.shape), expected):
        told = say("Every number is right; only the shape {shape} is not.", shape=shape_text(got.shape))
        return Pattern(say("flattened"), told)
    return from_shapes


def _bool_pattern(got: Numbers, expected: Numbers) -> Pattern | None:
    if (got != expected).all():
        return Pattern(say("inverted"), say("Every entry is the opposite: the comparison points the other way."))
    return _rearranged(got.astype(np.float64), expected.astype(np.float64))


def _value_pattern(got: Numbers, expected: Numbers, known: Known) -> Pattern | None:
    g, e = got.astype(np.float64), expected.astype(np.float64)
    if not np.isfinite(e).all():
        return None
    if not np.isfinite(g).all():
        return _extremes(g, e, known)
    if same(g, e):
        told = say("The numbers agree to six digits: a constant is slightly different, or something was rounded.")
        return Pattern(say("nearly right"), told)
    if not g.any():
        return Pattern(say("all zeros"), say("Every number is 0.") + _whole_number_dtype(got))
    fits = [
        pattern
        for pattern in (
            constant_ratio(g, e, known),
            additive_term(g, e, known),
            _rearranged(g, e),
            _axis_sums(g, e),
            _rounded(g, e, got),
        )
        if pattern is not None
    ]
    if len(fits) < 2:
        return fits[0] if fits else None
    texts = "\n".join(f"- {pattern.text}" for pattern in fits[:3])
    return Pattern(say("several patterns fit"), say("More than one pattern fits:") + f"\n{texts}")


_TRANSPOSED = phrase("Transposed, every number is right: the two axes are swapped.")
_OFF_BY_ONE = {
    ("entry", "previous"): phrase("Each entry holds what belongs to the previous one: off by one."),
    ("entry", "next"): phrase("Each entry holds what belongs to the next one: off by one."),
    ("row", "previous"): phrase("Each row holds what belongs to the previous one: off by one."),
    ("row", "next"): phrase("Each row holds what belongs to the next one: off by one."),
    ("column", "previous"): phrase("Each column holds what belongs to the previous one: off by one."),
    ("column", "next"): phrase("Each column holds what belongs to the next one: off by one."),
}


def _rearranged(g: Numbers, e: Numbers) -> Pattern | None:
    if e.ndim == 2 and min(e.shape) > 1:
        if e.shape[0] == e.shape[1] and same(g.T, e):
            return Pattern(say("transposed"), say(_TRANSPOSED))
        if same(g.ravel(), e.ravel(order="F")):
            told = say("The right numbers, laid out row by row instead of column by column.")
            return Pattern(say("reading order"), told)
    for axis in range(min(e.ndim, 2)):
        a, b = np.moveaxis(g, axis, 0), np.moveaxis(e, axis, 0)
        if len(b) < 3 or same(b[1:], b[:-1]):
            continue
        place = "entry" if e.ndim == 1 else ("row", "column")[axis]
        for late, early, word in ((a[1:], b[:-1], "previous"), (a[:-1], b[1:], "next")):
            if early.any() and same(late, early):
                return Pattern(say("shifted by one"), say(_OFF_BY_ONE[place, word]))
    ordered = np.sort(e, axis=None)
    if np.unique(ordered).size >= 4 and same(np.sort(g, axis=None), ordered):
        return Pattern(say("reordered"), say("The right numbers, in another order."))
    return None


def _axis_sums(g: Numbers, e: Numbers) -> Pattern | None:
    """Find a sum (or mean) taken over the rows, or over everything, where one per column was right."""
    if e.ndim != 2 or min(e.shape) < 2:
        return None
    for axis, other, whole in ((0, _ROWS_NOT_COLUMNS, _ALL_NOT_COLUMNS), (1, _COLUMNS_NOT_ROWS, _ALL_NOT_ROWS)):
        totals = e.sum(axis=axis)
        total, scale = float(totals.mean()), float(np.abs(e).max())
        if np.ptp(totals) > 1e-9 * scale or np.ptp(e.sum(axis=1 - axis)) <= 1e-9 * scale:
            continue
        slack = 1e-9 * max(scale, float(np.abs(g).max()))
        if (np.abs(g.sum(axis=axis) - total) <= slack).all():
            continue
        shown = number(total, 4) if abs(total) > 1e-9 * scale else "0"
        if (np.abs(g.sum(axis=1 - axis) - total) <= slack).all():
            return Pattern(say("wrong axis"), say(other, total=shown))
        # One divisor for all leaves the proportions within each line as they were.
        in_proportion = same(g * (total / g.sum(axis=axis, keepdims=True)), e)
        if abs(total) > 1e-9 * scale and abs(float(g.sum()) - total) <= 1e-9 * abs(total) and in_proportion:
            return Pattern(say("one sum for everything"), say(whole, total=shown))
    return None


_ROWS_NOT_COLUMNS = phrase("Every row sums to {total}; every column should: the other axis.")
_COLUMNS_NOT_ROWS = phrase("Every column sums to {total}; every row should: the other axis.")
_ALL_NOT_COLUMNS = phrase("The whole array sums to {total}; every column should on its own.")
_ALL_NOT_ROWS = phrase("The whole array sums to {total}; every row should on its own.")


def _rounded(g: Numbers, e: Numbers, got: Numbers) -> Pattern | None:
    if e.size < 3 and got.dtype.kind == "f":
        return None
    for cut, told in (
        (np.trunc, phrase("Every number is cut off at the point.")),
        (np.floor, phrase("Every number is rounded down.")),
        (np.rint, phrase("Every number is rounded.")),
    ):
        if np.array_equal(g, cut(e)):
            return Pattern(say("whole numbers"), say(told) + _whole_number_dtype(got))
    for digits in range(1, 7):
        if (np.abs(g - np.round(e, digits)) <= 1e-12 * np.abs(e).max()).all():
            told = say("Every number is rounded to {digits} digits after the point.", digits=digits)
            return Pattern(say("rounded"), told)
    return None


def _whole_number_dtype(got: Numbers) -> str:
    if got.dtype.kind not in "iu":
        return ""
    return say(
        " Its dtype is {dtype}: an array made like one of whole numbers keeps only whole numbers.", dtype=got.dtype.name
    )


def _extremes(g: Numbers, e: Numbers, known: Known) -> Pattern | None:
    bad = ~np.isfinite(g)
    if bad.all():
        return None
    why = say("np.exp overflows above 709, and inf / inf, inf - inf and 0 * inf are NaN.")
    for name, value in known.items():
        if isinstance(value, np.ndarray) and value.shape == g.shape and value.dtype.kind in "iuf":
            sizes = np.abs(value.astype(np.float64))
            edge = sizes[bad].min()
            if edge > max(_LARGE, sizes[~bad].max()):
                told = phrase("NaN or inf only where |{name}| is {edge} or more. {why}")
                told = say(told, name=name, edge=number(edge, 3), why=why)
                return Pattern(say("not finite at extremes"), told)
    right = same(g[~bad], e[~bad])
    rest = say(" The rest is right.") if right else ""
    if g.ndim == 2:
        for axis, name, told in (
            (0, phrase("not finite in whole columns"), phrase("NaN or inf fills whole columns.{rest} {why}")),
            (1, phrase("not finite in whole rows"), phrase("NaN or inf fills whole rows.{rest} {why}")),
        ):
            whole = bad.all(axis=axis)
            if (whole == bad.any(axis=axis)).all() and bad.shape[axis] > 1:
                return Pattern(say(name), say(told, rest=rest, why=why))
    return Pattern(say("not finite in places"), say("Every finite number is right. {why}", why=why)) if right else None
