"""What a student is told when two values differ: one function for each thing that can be wrong first."""

from typing import NoReturn

import numpy as np

from autograder.checking.evidence import (
    NUMBERS,
    VALUES,
    Numbers,
    counted,
    describe,
    grid,
    index_text,
    is_small_shape,
    number,
    number_pair,
    relative_error,
    shape_text,
)
from autograder.checking.factors import Known
from autograder.checking.failure import CheckFailed, Pattern
from autograder.checking.patterns import find_pattern
from autograder.language import phrase, say

MAX_PARTS = 12
_DTYPE_ADVICE = {
    "O": phrase(" Lists of different lengths, or None among the numbers, make such an array."),
    "c": phrase(" The root or the logarithm of a negative number?"),
    "b": phrase(" Turn True and False into numbers with .astype(float)."),
    "i": phrase(" Whole-number storage cuts off what follows the point: make the array with dtype float64."),
    "f": phrase(" float16 keeps three digits; use float64."),
}


def fail(evidence: str, safe: str, pattern: Pattern | None = None) -> NoReturn:
    """Raise CheckFailed with these texts."""
    raise CheckFailed(
        evidence,
        safe_evidence=safe,
        pattern=pattern.text if pattern else "",
        pattern_name=pattern.name if pattern else "",
        pattern_fact=pattern.fact if pattern else "",
    )


def fail_type(
    got: object, name: str, expected: str, expected_safely: str = "", *, wants_array: bool = False
) -> NoReturn:
    """Say that `got` is not the kind of thing that was expected; `expected_safely` quotes no value of it."""
    advice = ""
    if got is None:
        advice = say(" Does every way through the function end in a return?")
    elif isinstance(got, list) and wants_array:
        advice = say(" np.array(...) makes an array of a list.")
    told = phrase("{name} is {got}; expected {expected}.{advice}")
    fail(
        say(told, name=name, got=describe(got), expected=expected, advice=advice),
        say(told, name=name, got=describe(got, values=False), expected=expected_safely or expected, advice=advice),
    )


def fail_shape(name: str, got: tuple[int, ...], expected: str, pattern: Pattern | None) -> NoReturn:
    """Say that the shape is another than expected; nothing is broadcast to make it fit."""
    told = phrase("{name} has shape {got} and is empty; expected {expected}.")
    if 0 not in got:
        told = phrase("{name} has shape {got}; expected {expected}.")
    text = say(told, name=name, got=shape_text(got), expected=expected)
    other = say("{name} has another shape; expected {expected}.", name=name, expected=expected)
    fail(text, text if is_small_shape(got) else other, pattern)


def fail_dtype(got: Numbers, name: str, expected: str) -> NoReturn:
    """Say that an array holds the wrong kind of thing."""
    advice = _DTYPE_ADVICE.get(got.dtype.kind, "") if "float" in expected else ""
    if expected == "bool":
        advice = phrase(" Keep the outcome of the comparison itself.")
    told = phrase("{name} holds things of dtype {dtype}; expected {expected}.{advice}")
    if got.dtype.kind in "biufc":
        told = phrase("{name} holds numbers of dtype {dtype}; expected {expected}.{advice}")
    text = say(told, name=name, dtype=got.dtype.name, expected=expected, advice=advice and say(advice))
    fail(text, text)


def fail_finiteness(got: Numbers, expected: Numbers, bad: Numbers, name: str, known: Known | None) -> NoReturn:
    """Say how many numbers are NaN or infinite that should not be, and where the first is."""
    if not got.ndim:
        fail(_another(name, number(got), number(expected)), say("{name} is {got}.", name=name, got=number(got)))
    holds = not_finite_text(got, bad)
    first = tuple(np.argwhere(bad)[0])
    told = say(
        "{name} has the right shape {shape}, but holds {what}; the first at {index}, where {expected} is expected.",
        name=name,
        shape=shape_text(got.shape),
        what=holds,
        index=index_text(first),
        expected=number(expected[first]),
    )
    fail(
        "\n".join([told, *grid(got, expected, bad)]),
        say("{name} has the right shape, but holds {what}.", name=name, what=holds),
        find_pattern(got, expected, known),
    )


def _another(name: str, got: str, expected: str) -> str:
    return say("{name} is {got}; expected {expected}.", name=name, got=got, expected=expected)


def not_finite_text(values: Numbers, bad: Numbers) -> str:
    """Return "3 NaN and 1 inf among 12 numbers" for the entries that `bad` marks."""
    n_nan, n_inf = int(np.isnan(values[bad]).sum()), int(np.isinf(values[bad]).sum())
    told = phrase("{n_nan:,} NaN and {n_inf:,} inf among {numbers}")
    if not (n_nan and n_inf):
        told = phrase("{n_nan:,} NaN among {numbers}") if n_nan else phrase("{n_inf:,} inf among {numbers}")
    return say(told, n_nan=n_nan, n_inf=n_inf, numbers=counted(values.size, NUMBERS))


def fail_values(got: Numbers, expected: Numbers, wrong: Numbers, name: str, known: Known | None) -> NoReturn:
    """Say how many numbers are wrong, how far off, and where the worst is; small arrays are shown whole."""
    g, e = got.astype(np.float64), expected.astype(np.float64)
    pattern = find_pattern(got, expected, known)
    error = relative_error(g, e)
    size = say("relative error {error}", error=number(error, 2))
    safe = say("relative error about {error}", error=number(error, 1))
    with np.errstate(all="ignore"):
        worst = np.unravel_index(int(np.argmax(np.where(wrong, np.abs(g - e), -1.0))), g.shape)
    seen, wanted = number_pair(float(g[worst]), float(e[worst]))
    if not got.ndim:
        told = say("{name} is {got}; expected {expected} ({size}).", name=name, got=seen, expected=wanted, size=size)
        fail(told, say("{name} is another number ({size}).", name=name, size=safe), pattern)
    right = _right_form(got, name)
    place = say(
        "Worst at {index}: got {got}, expected {expected}. Relative error of the whole array: {error}.",
        index=index_text(worst),
        got=seen,
        expected=wanted,
        error=number(error, 2),
    )
    lines = [say("{right}, but {count}.", right=right, count=_wrong_count(wrong)), place, *grid(got, expected, wrong)]
    fail("\n".join(lines), say("{right}, but not the right numbers ({size}).", right=right, size=safe), pattern)


def _right_form(got: Numbers, name: str) -> str:
    told = phrase("{name} has the right shape {shape} and dtype {dtype}")
    return say(told, name=name, shape=shape_text(got.shape), dtype=got.dtype.name)


def _wrong_count(wrong: Numbers) -> str:
    n = int(wrong.sum())
    told = phrase("{n:,} of {values} is wrong") if n == 1 else phrase("{n:,} of {values} are wrong")
    return say(told, n=n, values=counted(wrong.size, VALUES))


def fail_flags(got: Numbers, expected: Numbers, name: str) -> NoReturn:
    """Say how many entries of True and False are wrong."""
    wrong = got != expected
    pattern = find_pattern(got, expected)
    if not got.ndim:
        told = _another(name, str(bool(got)), str(bool(expected)))
        fail(told, say("{name} is the opposite.", name=name), pattern)
    right = _right_form(got, name)
    lines = [say("{right}, but {count}.", right=right, count=_wrong_count(wrong))]
    if got.size > 1:
        first = tuple(np.argwhere(wrong)[0])
        place = say(
            "First at {index}: got {got}, expected {expected}.",
            index=index_text(first),
            got=bool(got[first]),
            expected=bool(expected[first]),
        )
        lines.append(place)
    lines += grid(got, expected, wrong)
    fail("\n".join(lines), say("{right}, but not the right entries.", right=right), pattern)


def fail_parts(labels: list[str], failures: dict[str, CheckFailed]) -> NoReturn:
    """Tell the first wrong part in full; of up to twelve parts, one line says how each of them did."""
    first = next(iter(failures.values()))
    status = ""
    if 1 < len(labels) <= MAX_PARTS:
        status = "   ".join(f"{label} {'✗' if label in failures else '✓'}" for label in labels) + "\n"
    pattern = Pattern(first.pattern_name, first.pattern, first.pattern_fact)
    fail(status + first.evidence, status + first.safe_evidence, pattern)
