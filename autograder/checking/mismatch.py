"""What a student is told when two values differ: one function for each thing that can be wrong first."""

from typing import NoReturn

import numpy as np

from autograder.checking.evidence import (
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

MAX_PARTS = 12
_DTYPE_ADVICE = {
    "O": " Lists of different lengths, or None among the numbers, make such an array.",
    "c": " The root or the logarithm of a negative number?",
    "b": " Turn True and False into numbers with .astype(float).",
    "i": " Whole-number storage cuts off what follows the point: make the array with dtype float64.",
    "f": " float16 keeps three digits; use float64.",
}


def fail(evidence: str, safe: str, pattern: Pattern | None = None) -> NoReturn:
    """Raise CheckFailed with these texts."""
    raise CheckFailed(
        evidence,
        safe_evidence=safe,
        pattern=pattern.text if pattern else "",
        pattern_name=pattern.name if pattern else "",
    )


def fail_type(got: object, name: str, expected: str, expected_safely: str) -> NoReturn:
    """Say that `got` is not the kind of thing that was expected."""
    advice = ""
    if got is None:
        advice = " Does every way through the function end in a return?"
    elif isinstance(got, list) and expected.startswith("an array"):
        advice = " np.array(...) makes an array of a list."
    fail(
        f"{name} is {describe(got)}; expected {expected}.{advice}",
        f"{name} is {describe(got, values=False)}; expected {expected_safely}.{advice}",
    )


def fail_shape(name: str, got: tuple[int, ...], expected: str, pattern: Pattern | None) -> NoReturn:
    """Say that the shape is another than expected; nothing is broadcast to make it fit."""
    size = " and is empty" if 0 in got else ""
    text = f"{name} has shape {shape_text(got)}{size}; expected {expected}."
    safe = text if is_small_shape(got) else f"{name} has another shape; expected {expected}."
    fail(text, safe, pattern)


def fail_dtype(got: Numbers, name: str, expected: str) -> NoReturn:
    """Say that an array holds the wrong kind of thing."""
    advice = _DTYPE_ADVICE.get(got.dtype.kind, "") if "float" in expected else ""
    if expected == "bool":
        advice = " Keep the outcome of the comparison itself."
    what = "numbers" if got.dtype.kind in "biufc" else "things"
    text = f"{name} holds {what} of dtype {got.dtype.name}; expected {expected}.{advice}"
    fail(text, text)


def fail_finiteness(got: Numbers, expected: Numbers, bad: Numbers, name: str, known: Known | None) -> NoReturn:
    """Say how many numbers are NaN or infinite that should not be, and where the first is."""
    if not got.ndim:
        fail(f"{name} is {number(got)}; expected {number(expected)}.", f"{name} is {number(got)}.")
    holds = not_finite_text(got, bad)
    first = tuple(np.argwhere(bad)[0])
    place = f"the first at {index_text(first)}, where {number(expected[first])} is expected"
    lines = [f"{name} has the right shape {shape_text(got.shape)}, but holds {holds}; {place}."]
    lines += grid(got, expected, bad)
    fail(
        "\n".join(lines),
        f"{name} has the right shape, but holds {holds}.",
        find_pattern(got, expected, known),
    )


def not_finite_text(values: Numbers, bad: Numbers) -> str:
    """Return "3 NaN and 1 inf among 12 numbers" for the entries that `bad` marks."""
    kinds = {"NaN": int(np.isnan(values[bad]).sum()), "inf": int(np.isinf(values[bad]).sum())}
    found = " and ".join(f"{n:,} {kind}" for kind, n in kinds.items() if n)
    return f"{found} among {counted(values.size, 'number')}"


def fail_values(got: Numbers, expected: Numbers, wrong: Numbers, name: str, known: Known | None) -> NoReturn:
    """Say how many numbers are wrong, how far off, and where the worst is; small arrays are shown whole."""
    g, e = got.astype(np.float64), expected.astype(np.float64)
    pattern = find_pattern(got, expected, known)
    error = relative_error(g, e)
    size = f"relative error {number(error, 2)}"
    safe = f"relative error about {number(error, 1)}"
    with np.errstate(all="ignore"):
        worst = np.unravel_index(int(np.argmax(np.where(wrong, np.abs(g - e), -1.0))), g.shape)
    seen, wanted = number_pair(float(g[worst]), float(e[worst]))
    if not got.ndim:
        fail(f"{name} is {seen}; expected {wanted} ({size}).", f"{name} is another number ({safe}).", pattern)
    right = f"{name} has the right shape {shape_text(got.shape)} and dtype {got.dtype.name}"
    lines = [
        f"{right}, but {_wrong_count(wrong)}.",
        f"Worst at {index_text(worst)}: got {seen}, expected {wanted}. All of it: {size}.",
        *grid(got, expected, wrong),
    ]
    fail("\n".join(lines), f"{right}, but not the right numbers ({safe}).", pattern)


def _wrong_count(wrong: Numbers) -> str:
    n = int(wrong.sum())
    return f"{n:,} of {counted(wrong.size, 'value')} {'is' if n == 1 else 'are'} wrong"


def fail_flags(got: Numbers, expected: Numbers, name: str) -> NoReturn:
    """Say how many entries of True and False are wrong."""
    wrong = got != expected
    pattern = find_pattern(got, expected)
    if not got.ndim:
        fail(f"{name} is {bool(got)}; expected {bool(expected)}.", f"{name} is the opposite.", pattern)
    right = f"{name} has the right shape {shape_text(got.shape)} and dtype bool"
    lines = [f"{right}, but {_wrong_count(wrong)}."]
    if got.size > 1:
        first = tuple(np.argwhere(wrong)[0])
        lines.append(f"First at {index_text(first)}: got {bool(got[first])}, expected {bool(expected[first])}.")
    lines += grid(got, expected, wrong)
    fail("\n".join(lines), f"{right}, but not the right entries.", pattern)


def fail_parts(labels: list[str], failures: dict[str, CheckFailed]) -> NoReturn:
    """Tell the first wrong part in full; of up to twelve parts, one line says how each of them did."""
    first = next(iter(failures.values()))
    status = ""
    if 1 < len(labels) <= MAX_PARTS:
        status = "   ".join(f"{label} {'✗' if label in failures else '✓'}" for label in labels) + "\n"
    pattern = Pattern(first.pattern_name, first.pattern)
    fail(status + first.evidence, status + first.safe_evidence, pattern)
