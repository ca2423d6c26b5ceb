"""Constant factors and added terms: which named number turns the right array into the wrong one."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from autograder.checking.evidence import Numbers, number, shape_text
from autograder.checking.failure import Pattern
from autograder.language import phrase, say

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

_NOT_DIVIDED = phrase("where should it be divided by {divisor}?")
_DIVISION_MISSING = phrase("is a division by {divisor} missing?")
_ONCE_TOO_OFTEN = phrase("divided by {divisor} once too often?")
_IN_PLACE_OF = phrase("divided by {divisor} in place of {other}?")
_EXCHANGED = phrase("a variance with {other} and {divisor} exchanged?")


@dataclass(frozen=True)
class _Factor:
    """A number with a name, and what to ask a student whose answer is that many times too large.

    question: a template that may speak of the `divisor` and of the `other` that should stand in its place.
    """

    label: str
    value: float
    question: str = ""
    divisor: str = ""
    other: str = ""

    @property
    def is_bare(self) -> bool:
        """Whether the label is the number itself, or one over it, so that it names nothing."""
        return self.label.removeprefix("1/").replace(".", "").isdecimal()


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
        told = say("got = -expected everywhere: the sign is flipped. Which of the two is subtracted from the other?")
        return Pattern(say("opposite sign"), told, say("got = -expected everywhere."))
    near = [factor for factor in _factors(known) if abs(abs(c) / factor.value - 1) <= _NEAR]
    precision = _SAME if _lone(e) else _EXACT
    exact = [factor for factor in near if abs(abs(c) / factor.value - 1) <= precision]
    if _lone(e) and not exact:
        return None
    told = phrase("got / expected = {ratio} everywhere") if g.size > 1 else phrase("got / expected = {ratio}")
    start = say(told, ratio=number(c, 5))
    if len(near) == 1 and exact:
        return _named(exact[0], c, start)
    names = ", ".join(f"{factor.label} = {number(factor.value, 4)}" for factor in near[:6] if not factor.is_bare)
    if names:
        text = say("{start}. Candidates, none of them certain: {names}.", start=start, names=names)
    else:
        text = say("{start}, which is none of the sizes at hand.", start=start)
    return Pattern(say("constant factor"), text)


def _named(factor: _Factor, c: float, start: str) -> Pattern:
    """Return the pattern of a factor that one label fits; a label that is a bare number adds nothing to it."""
    sign = say(" with the opposite sign") if c < 0 else ""
    question = say(factor.question, divisor=factor.divisor, other=factor.other) if factor.question else ""
    plain = say("{start}, which is {name}{sign}.", start=start, name=factor.label, sign=sign)
    if factor.is_bare:
        text = say("{start}: {question}", start=start, question=question) if question else say("{start}.", start=start)
        return Pattern(say("constant factor"), text)
    if not question:
        return Pattern(say("constant factor"), plain, plain)
    told = phrase("{start}, and {name} = {size}{sign}: {question}")
    text = say(told, start=start, name=factor.label, size=number(abs(c), 5), sign=sign, question=question)
    return Pattern(say("constant factor"), text, plain)


def _factors(known: Known) -> list[_Factor]:
    """Return every factor that has a name: the known numbers, their inverses, quotients and n/(n-1)."""
    given = {label: abs(v) for label, v in _known_numbers(known).items() if v not in (0.0, 1.0, -1.0)}
    found: dict[str, _Factor] = {}

    def add(label: str, value: float, question: str = "", divisor: str = "", other: str = "") -> None:
        if 0 < value < math.inf:
            found[label] = _Factor(label, value, question, divisor, other)

    for label, v in (_BUILT_IN | given).items():
        if label in _BUILT_IN:
            add(label, v)
        else:
            add(label, v, _NOT_DIVIDED if v > 1 else _DIVISION_MISSING, label)
        if not label.startswith("1/"):
            add(f"1/{_bracketed(label)}", 1 / v, _ONCE_TOO_OFTEN, label)
    sizes = {label: v for label, v in given.items() if not label.startswith("1/") and label not in _BUILT_IN}
    for label, v in sizes.items():
        short, less = _bracketed(label), f"({_bracketed(label)}-1)"
        if v.is_integer() and v > 2:
            for a, b, value in ((short, less, v / (v - 1)), (less, short, (v - 1) / v)):
                add(f"{a}/{b}", value, _IN_PLACE_OF, b, a)
                add(f"sqrt({a}/{b})", math.sqrt(value), _EXCHANGED, less, short)
        for other, w in sizes.items():
            if other != label:
                add(f"{short}/{_bracketed(other)}", v / w, _IN_PLACE_OF, other, label)
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
    for name, value in known.items():
        term = _term(value, e.shape)
        if term is None:
            continue
        slack = _SAME * np.abs(term) + 1e-9 * max(largest, float(np.abs(term).max()))
        for sign, told in (
            (1, phrase("got - expected is {term}: that term is too much.")),
            (-1, phrase("got - expected is -{term}: that term is missing.")),
        ):
            if (np.abs(difference - sign * term) <= slack).all():
                return Pattern(say("additive term"), say(told, term=name))
    if _lone(e) or e.size < 3:
        return None
    if _constant_along(difference, None, largest):
        amount = number(float(difference.mean()), 5)
        told = say("got - expected = {amount} everywhere: one number too many or too few.", amount=amount)
        return Pattern(say("additive term"), told)
    if e.ndim != 2:
        return None
    for axis, told in (
        (1, phrase("got - expected is one number for each row: a term of shape {shape} is too much or missing.")),
        (0, phrase("got - expected is one number for each column: a term of shape {shape} is too much or missing.")),
    ):
        varied = e.shape[axis] > 1 and not _constant_along(e, axis, largest)
        if e.shape[1 - axis] > 1 and varied and _constant_along(difference, axis, largest):
            shape = (e.shape[0], 1) if axis else (1, e.shape[1])
            return Pattern(say("additive term"), say(told, shape=shape_text(shape)))
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
