"""Constant factors and added terms: which named number turns the right array into the wrong one."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from autograder.checking.evidence import Numbers, number, shape_text
from autograder.checking.failure import Pattern

Known = Mapping[str, object]

_SAME = 1e-6
_NEAR = 0.01
_EXACT = 1e-4
_BUILT_IN = {
    "2": 2.0,
    "10": 10.0,
    "sqrt(2)": math.sqrt(2),
    "sqrt(10)": math.sqrt(10),
    "ln 10": math.log(10),
}


@dataclass(frozen=True)
class _Factor:
    """A number with a name, and what to ask a student whose answer is that many times too large."""

    label: str
    value: float
    question: str


def same(a: Numbers, b: Numbers) -> bool:
    """Say whether two arrays of one shape agree to 1e-6, looser where `b` is a billionth of its largest."""
    largest = float(np.abs(b).max(initial=0.0))
    return bool((np.abs(a.astype(np.float64) - b) <= _SAME * np.abs(b) + 1e-9 * largest).all())


def _lone(e: Numbers) -> bool:
    """Say whether one size is all that `e` holds, so that any multiple of it would look regular."""
    sizes = np.abs(e[e != 0])
    return sizes.size == 0 or bool(np.ptp(sizes) <= 1e-9 * sizes.max())


def constant_ratio(g: Numbers, e: Numbers, known: Known) -> Pattern | None:
    """Return the pattern of `g` being one number times `e`, named if exactly one label fits, or None."""
    largest = np.abs(e).max()
    if largest == 0:
        return None
    unit = e / largest
    c = float(np.vdot(unit, g) / np.vdot(unit, unit) / largest)
    if not math.isfinite(c) or c == 0 or not same(g, c * e):
        return None
    if abs(c + 1) < _SAME:
        return Pattern(
            "opposite sign",
            "got = -expected everywhere: the sign is flipped. Which of the two is subtracted from the other?",
        )
    near = [factor for factor in _factors(known) if abs(abs(c) / factor.value - 1) <= _NEAR]
    precision = _SAME if _lone(e) else _EXACT
    exact = [factor for factor in near if abs(abs(c) / factor.value - 1) <= precision]
    if _lone(e) and not exact:
        return None
    start = f"got / expected = {number(c, 5)}" + (" everywhere" if g.size > 1 else "")
    if len(near) == 1 and exact:
        return Pattern("constant factor", f"{start}, {_named(exact[0], c)}")
    if near:
        names = ", ".join(f"{factor.label} = {number(factor.value, 4)}" for factor in near[:6])
        return Pattern("constant factor", f"{start}. Candidates, none of them certain: {names}.")
    return Pattern("constant factor", f"{start}, which is none of the sizes at hand.")


def _named(factor: _Factor, c: float) -> str:
    sign = " with the opposite sign" if c < 0 else ""
    if not factor.question:
        return f"which is {factor.label}{sign}."
    error = f" (A factor c gives relative error |c - 1| / (c + 1): {number(abs(c - 1) / (c + 1), 2)}.)"
    return f"and {factor.label} = {number(abs(c), 5)}{sign}: {factor.question}{error if c > 0 else ''}"


def _factors(known: Known) -> list[_Factor]:
    """Return every factor that has a name: the known numbers, their inverses, quotients and n/(n-1)."""
    given = {label: abs(v) for label, v in _known_numbers(known).items() if v not in (0.0, 1.0, -1.0)}
    found: dict[str, _Factor] = {}

    def add(label: str, value: float, question: str) -> None:
        if 0 < value < math.inf:
            found[label] = _Factor(label, value, question)

    for label, v in (_BUILT_IN | given).items():
        if label in _BUILT_IN:
            add(label, v, "")
        else:
            missing = f"where should it be divided by {label}?" if v > 1 else f"is a division by {label} missing?"
            add(label, v, missing)
        if not label.startswith("1/"):
            add(f"1/{_bracketed(label)}", 1 / v, f"divided by {label} once too often?")
    sizes = {label: v for label, v in given.items() if not label.startswith("1/") and label not in _BUILT_IN}
    for label, v in sizes.items():
        short, less = _bracketed(label), f"({_bracketed(label)}-1)"
        if v.is_integer() and v > 2:
            for a, b, value in ((short, less, v / (v - 1)), (less, short, (v - 1) / v)):
                add(f"{a}/{b}", value, f"divided by {b} in place of {a}?")
                add(f"sqrt({a}/{b})", math.sqrt(value), f"a variance with {short} and {less} exchanged?")
        for other, w in sizes.items():
            if other != label:
                add(f"{short}/{_bracketed(other)}", v / w, f"divided by {other} in place of {label}?")
    return list(found.values())


def _bracketed(label: str) -> str:
    atomic = label.replace("sqrt(", "").removesuffix(")").removeprefix("ln ").replace(".", "")
    return label if atomic.isalnum() or atomic.isidentifier() else f"({label})"


def _known_numbers(known: Known) -> dict[str, float]:
    return {
        label: float(value)
        for label, value in known.items()
        if isinstance(value, (int, float, np.number)) and math.isfinite(value)
    }


def additive_term(g: Numbers, e: Numbers, known: Known) -> Pattern | None:
    """Return the pattern of one term too many or missing: a known one, or one number for each row or column."""
    difference, largest = g - e, float(np.abs(e).max())
    for label, value in known.items():
        term = _term(value, e.shape)
        if term is None:
            continue
        slack = _SAME * np.abs(term) + 1e-9 * max(largest, float(np.abs(term).max()))
        for sign, word in ((1, "too much"), (-1, "missing")):
            if (np.abs(difference - sign * term) <= slack).all():
                return Pattern("additive term", f"got - expected is {'-' * (sign < 0)}{label}: that term is {word}.")
    if _lone(e) or e.size < 3:
        return None
    if _constant_along(difference, None, largest):
        amount = number(float(difference.mean()), 5)
        return Pattern("additive term", f"got - expected = {amount} everywhere: one number too many or too few.")
    if e.ndim != 2:
        return None
    for axis, lines in ((1, "row"), (0, "column")):
        varied = e.shape[axis] > 1 and not _constant_along(e, axis, largest)
        if e.shape[1 - axis] > 1 and varied and _constant_along(difference, axis, largest):
            text = f"got - expected is one number for each {lines}: a term of shape "
            shape = (e.shape[0], 1) if axis else (1, e.shape[1])
            return Pattern("additive term", f"{text}{shape_text(shape)} is too much or missing.")
    return None


def _term(value: object, shape: tuple[int, ...]) -> Numbers | None:
    if not isinstance(value, (int, float, np.number, np.ndarray)) or isinstance(value, bool):
        return None
    term = np.asarray(value, dtype=np.float64)
    if not term.any() or not np.isfinite(term).all():
        return None
    try:
        return np.broadcast_to(term, shape)
    except ValueError:
        return None


def _constant_along(values: Numbers, axis: int | None, largest: float) -> bool:
    return bool((np.ptp(values, axis=axis) <= _SAME * np.abs(values).max() + 1e-12 * largest).all())
