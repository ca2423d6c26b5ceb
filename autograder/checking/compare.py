"""The comparisons that checks are made of: type, shape, dtype, finiteness and value, in that order.

What a student returned is hostile data, and so may be `expected` when a check compares two of the student's
own answers: neither is trusted to be small, finite or of a sensible type.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from autograder.checking.evidence import KEYS, VALUES, Numbers, counted, describe, keys_text, shape_text
from autograder.checking.factors import Known
from autograder.checking.failure import CheckFailed
from autograder.checking.mismatch import (
    MAX_PARTS,
    fail,
    fail_dtype,
    fail_finiteness,
    fail_flags,
    fail_parts,
    fail_shape,
    fail_type,
    fail_values,
)
from autograder.checking.patterns import find_pattern, find_shape_pattern
from autograder.language import label, phrase, say

FLOAT32_RTOL = 1e-3
_FLOAT64, _BOOL = np.dtype(np.float64), np.dtype(np.bool_)


@dataclass(frozen=True)
class _Rules:
    rtol: float
    atol: float
    known: Known | None
    nan_ok: bool


def assert_close(
    got: object,
    expected: object,
    *,
    name: str = "result",
    rtol: float = 1e-7,
    atol: float = 1e-10,
    known: Known | None = None,
    nan_ok: bool = False,
) -> None:
    """Fail unless `got` is `expected` up to rounding: |got − expected| ≤ atol + rtol·|expected|, everywhere.

    Parameters
    ----------
    got : what the student returned.
    expected : number, array, text, None, or a dict, tuple or list of these. Of a dict every key must be
        there; a tuple or a list may come back as either; more keys or more values than expected are fine.
        A number may come back as an array of shape (), (1,) or (1, 1); an array must have exactly
        the expected shape, and nothing is ever broadcast.
    name : what the student calls it; used in every message.
    rtol, atol : dimensionless, and in the unit of `expected`. float32 answers are held to rtol 1e-3.
    known : labels for the diagnosis of a wrong factor or term, see `find_pattern`.
    nan_ok : NaN where NaN is expected is right.

    Raises
    ------
    CheckFailed : says which of type, shape, dtype, finiteness and value broke first, and where.
    """
    if not _same_at_once(got, expected, rtol, atol):
        _compare(got, expected, label(name), _Rules(rtol, atol, known, nan_ok))


def assert_shape(value: object, shape: tuple[int, ...], *, name: str = "result", axes: str = "") -> None:
    """Fail unless `value` is an array of exactly this shape; a plain number has the shape ().

    `axes` names the axes in the message: "(C, m)". Raises CheckFailed.
    """
    array = value if isinstance(value, np.ndarray) else _single(value)
    if array is not None and array.shape == shape:
        return
    name, expected = label(name), f"{shape_text(shape)} = {label(axes)}" if axes else shape_text(shape)
    if array is None:
        wanted = say("an array of shape {shape}", shape=expected) if shape else say("a number")
        fail_type(value, name, wanted, wants_array=bool(shape))
    fail_shape(name, array.shape, expected, find_shape_pattern(array.shape, shape))


def assert_dtype(value: object, kind: str = "float", *, name: str = "result") -> None:
    """Fail unless `value` holds numbers of that kind: "float" (float32 or float64), "int" or "bool".

    Raises CheckFailed.
    """
    array = value if isinstance(value, np.ndarray) else _single(value)
    if array is None:
        fail_type(value, label(name), say("numbers ({kind})", kind=kind))
    wanted = {"float": "f", "int": "iu", "bool": "b"}[kind]
    if array.dtype.kind not in wanted or array.dtype == np.float16:
        fail_dtype(array, label(name), kind)


def assert_keys(value: object, *keys: str, name: str = "result") -> None:
    """Fail unless `value` is a dict that has all of `keys`; others beside them are fine."""
    if not isinstance(value, dict):
        fail_type(value, label(name), say("a dict with {keys}", keys=keys_text(list(keys))))
    _dict_parts(value, dict.fromkeys(keys), label(name))


def require(condition: object, message: str, /, *, safe: str = "", **values: object) -> None:
    """Fail with `message` unless `condition` holds: for a law that is no comparison of two values.

    `message` says what was seen and what was expected, and is shown for public checks; `safe` is shown for
    hidden ones and holds no number of theirs. Both are templates, into which `values` are put: "column {j} sums to
    {total:.3g}". A condition that came out as an array, because the student returned one where a number was asked
    for, does not hold. Raises CheckFailed.
    """
    single = not isinstance(condition, np.ndarray) or condition.size == 1
    if not single or not condition:
        raise CheckFailed(say(message, **values), safe_evidence=say(safe or _BROKEN, **values))


_BROKEN = phrase("The law does not hold.")


def _same_at_once(got: object, expected: object, rtol: float, atol: float) -> bool:
    """Say quickly that a right answer is right; False only means that it takes a closer look."""
    if type(got) is np.ndarray and type(expected) is np.ndarray:
        if got.shape != expected.shape or got.dtype != expected.dtype:
            return False
        if got.dtype == _BOOL:
            return bool((got == expected).all())
        if got.dtype != _FLOAT64:
            return False
        with np.errstate(all="ignore"):
            difference = np.abs(got - expected)
            # An infinite expected number would allow any difference at all.
            finite = difference.max(initial=0.0) < np.inf
            return bool(finite and (difference <= atol + rtol * np.abs(expected)).all())
    if type(got) is float and type(expected) is float:
        return abs(got - expected) <= atol + rtol * abs(expected) < np.inf
    return False


def _compare(got: object, expected: object, name: str, rules: _Rules) -> None:
    if _same_at_once(got, expected, rules.rtol, rules.atol):
        return
    if isinstance(expected, dict):
        _compare_parts(_dict_parts(got, expected, name), rules)
    elif isinstance(expected, (tuple, list)):
        _compare_parts(_sequence_parts(got, expected, name), rules)
    elif expected is None or isinstance(expected, (str, bytes)):
        if type(got) is not type(expected):
            fail_type(got, name, describe(expected), describe(expected, values=False))
        if got != expected:
            fail_type(got, name, describe(expected), say("another one"))
    else:
        wanted = expected if isinstance(expected, np.ndarray) and expected.ndim else _single(expected)
        if wanted is None:
            fail_type(got, name, describe(expected), describe(expected, values=False))
        given = check_form(got, wanted, name=name, known=rules.known)
        if wanted.dtype != _BOOL:
            _compare_numbers(given, wanted, name, rules)
        elif (given != wanted).any():
            fail_flags(given, wanted, name)


def check_form(got: object, expected: Numbers, *, name: str, known: Known | None = None) -> Numbers:
    """Return `got` as an array of the shape and the kind of dtype that `expected` has; values are not compared.

    Raises CheckFailed that says which of type, shape and dtype is wrong.
    """
    array = _single(got) if not expected.ndim else got if isinstance(got, np.ndarray) else None
    if array is None:
        wanted = expected if expected.ndim else expected[()]
        safely = describe(wanted, values=False)
        fail_type(got, name, describe(wanted), safely, wants_array=isinstance(wanted, np.ndarray))
    if array.shape != expected.shape:
        numeric = array.dtype.kind in "biuf" and expected.dtype.kind in "biuf"
        pattern = find_pattern(array, expected, known) if numeric else None
        fail_shape(name, array.shape, shape_text(expected.shape), pattern)
    kinds, wanted_name = ("b", "bool") if expected.dtype == _BOOL else ("iuf", "float64")
    if array.dtype.kind not in kinds or array.dtype == np.float16:
        fail_dtype(array, name, wanted_name)
    if expected.dtype.kind not in "biuf":
        fail_type(array, name, describe(expected), describe(expected, values=False))
    return array


def _single(value: object) -> Numbers | None:
    """Return one number as an array of shape (): from a scalar or from an array of shape (), (1,), (1, 1)."""
    if isinstance(value, (bool, float, np.generic)):
        return np.asarray(value)
    if isinstance(value, int):
        try:
            return np.asarray(value if abs(value) < 2**63 else float(value))
        except OverflowError:
            return np.asarray(np.copysign(np.inf, value > 0 or -1))
    if isinstance(value, np.ndarray) and value.size == 1 and value.ndim <= 2:
        return value.reshape(())
    return None


def _dict_parts(got: object, expected: Mapping[str, object], name: str) -> list[tuple[str, object, object]]:
    if not isinstance(got, dict):
        fail_type(got, name, describe(expected), say("a dict with {keys}", keys=counted(len(expected), KEYS)))
    missing = [key for key in expected if key not in got]
    if missing:
        fail(
            say("{name} is {got}; it lacks {keys}.", name=name, got=describe(got), keys=keys_text(missing)),
            say("{name} is a dict that lacks {keys}.", name=name, keys=counted(len(missing), KEYS)),
        )
    return [(f'{name}["{key}"]', got[key], value) for key, value in expected.items()]


def _sequence_parts(
    got: object, expected: tuple[object, ...] | list[object], name: str
) -> list[tuple[str, object, object]]:
    fields = getattr(expected, "_fields", None)
    if not isinstance(got, (tuple, list)) or len(got) < len(expected):
        wanted = counted(len(expected), VALUES)
        fail_type(got, name, f"{wanted}: {', '.join(fields)}" if fields else wanted)
    labels = [f"{name}.{f}" for f in fields] if fields else [f"{name}[{i}]" for i in range(len(expected))]
    return list(zip(labels, got, expected, strict=False))


def _compare_parts(parts: list[tuple[str, object, object]], rules: _Rules) -> None:
    """Compare part by part; tell the first wrong one in full, under a line that says how all of them did."""
    failures: dict[str, CheckFailed] = {}
    for part, got, expected in parts:
        try:
            _compare(got, expected, part, rules)
        except CheckFailed as failure:
            failures[part] = failure
            if len(parts) > MAX_PARTS:
                break
    if failures:
        fail_parts([part for part, _, _ in parts], failures)


def _compare_numbers(got: Numbers, expected: Numbers, name: str, rules: _Rules) -> None:
    g, e = got.astype(np.float64), expected.astype(np.float64)
    rtol, atol = rules.rtol, rules.atol
    finite = np.isfinite(e)
    if np.float32 in (got.dtype, expected.dtype):
        rtol = max(rtol, FLOAT32_RTOL)
        # Differences of numbers near 1 carry float32's 6e-8 whatever their own size.
        atol = max(atol, 1e-6 * float(np.abs(e[finite]).max(initial=0.0)))
    with np.errstate(all="ignore"):
        equal = g == e
        if rules.nan_ok:
            equal |= np.isnan(g) & np.isnan(e)
        bad = ~np.isfinite(g) & ~equal
        if bad.any():
            fail_finiteness(g, e, bad, name, rules.known)
        # Against an infinite expected number the tolerance would be infinite too.
        wrong = ~equal & ~((np.abs(g - e) <= atol + rtol * np.abs(e)) & finite)
    if wrong.any():
        fail_values(got, expected, wrong, name, rules.known)
