"""Statistical checks: a sample mean, variance or fraction against what the recipe gives.

Each check accepts a band of `sigmas` standard errors around the expected value. A correct answer falls outside
it with probability erfc(sigmas / √2), two-sided: 5.7e-7 at five sigma, 2.0e-9 at six. That rate is for a fresh
seed; with a fixed seed the outcome is fixed too, so a correct answer that passes once passes always. Every
message states the rate.
"""

import math
from collections.abc import Callable, Mapping
from typing import NoReturn

import numpy as np

from autograder.checking.evidence import Numbers, counted, number
from autograder.checking.failure import Pattern
from autograder.checking.mismatch import fail, fail_dtype, fail_shape, fail_type, not_finite_text

Candidates = Mapping[str, float]

# Below this many samples a flat histogram cannot be told from a bell.
_MIN_FOR_SHAPE = 1000
_UNIFORM_KURTOSIS, _KURTOSIS_MARGIN = 1.8, 0.3


def assert_mean(
    samples: object,
    expected: float,
    *,
    sd: float,
    name: str,
    sigmas: float = 5.0,
    candidates: Candidates | None = None,
) -> None:
    """Fail unless the mean of `samples` lies within `sigmas` · sd / √n of `expected`.

    Parameters
    ----------
    samples : numeric array of any shape, n numbers in all.
    expected, sd : mean and standard deviation of one number when the answer is right, in the samples' unit.
    name : what the samples are called. candidates : means that known mistakes would give, by formula.

    Raises
    ------
    CheckFailed : the mean is outside. A right answer is failed with probability 5.7e-7 at five sigma (exact for
        normal samples, by the central limit theorem for others when n is in the hundreds).
    """
    values = _samples(samples, name)
    error = sd / math.sqrt(values.size)
    with np.errstate(all="ignore"):
        seen = float(values.mean())
    if not abs(seen - expected) <= sigmas * error:
        pattern = _matching("mean", seen, expected, sigmas, candidates, lambda _: error)
        _fail("mean", name, values, seen, (expected, sigmas * error), sigmas, pattern)


def assert_variance(
    samples: object,
    expected: float,
    *,
    name: str,
    sigmas: float = 5.0,
    candidates: Candidates | None = None,
) -> None:
    """Fail unless the variance of `samples` (divided by n - 1) lies within `sigmas` standard errors of `expected`.

    Parameters
    ----------
    samples : numeric array of any shape, n numbers in all, normally distributed when the answer is right. Then
        sd(s²) = σ²·√(2 / (n - 1)); numbers that are drawn uniformly spread less and only widen the margin.
    expected : variance of one number when the answer is right, in the samples' unit squared.
    name : what the samples are called. candidates : variances that known mistakes would give: {"1/n_prev": 0.01}.
        They are held to the standard error that the samples' own fourth moment gives, whatever their law.

    Raises
    ------
    CheckFailed : the variance is outside. A right answer is failed with probability 5.7e-7 at five sigma (the
        normal limit of the χ² law; use some thousands of samples).
    """
    values = _samples(samples, name)
    n = values.size
    if n < 2:
        fail(f"{name} holds one number, which has no variance.", f"{name} holds one number.")
    if sigmas * math.sqrt(2.0 / (n - 1)) >= 1:
        text = f"{name} holds {counted(n, 'number')}, too few to tell a variance by."
        fail(text, text)
    with np.errstate(all="ignore"):
        seen = float(values.var(ddof=1))
    error = expected * math.sqrt(2.0 / (n - 1))
    if abs(seen - expected) <= sigmas * error:
        return
    kurtosis = _kurtosis(values)
    relative = math.sqrt(max(kurtosis - (n - 3) / (n - 1), 1.0 / n) / n)
    pattern = _matching("variance", seen, expected, sigmas, candidates, lambda variance: variance * relative)
    if n >= _MIN_FOR_SHAPE and abs(kurtosis - _UNIFORM_KURTOSIS) < _KURTOSIS_MARGIN:
        pattern = _spread_evenly(pattern)
    _fail("variance", name, values, seen, (expected, sigmas * error), sigmas, pattern)


def assert_fraction(
    flags: object,
    expected: float,
    *,
    name: str,
    sigmas: float = 5.0,
    candidates: Candidates | None = None,
) -> None:
    """Fail unless the fraction of True among `flags` lies within `sigmas` · √(p(1 - p) / n) of `expected` = p.

    Parameters
    ----------
    flags : array of True and False, or of zeros and ones, of any shape, n in all.
    expected : probability of True when the answer is right, dimensionless; at 0 or 1 there is no margin.
    name : what is counted: "kept entries". candidates : fractions that known mistakes would give, by formula.

    Raises
    ------
    CheckFailed : the fraction is outside. A right answer is failed with probability 5.7e-7 at five sigma (the
        normal limit of the binomial law; use enough flags that n·p·(1 - p) is in the hundreds).
    """
    values = _samples(flags, name, flags=True)
    if not ((values == 0) | (values == 1)).all():
        text = f"{name} holds numbers other than 0 and 1; expected True and False."
        fail(text, text)

    def error(p: float) -> float:
        return math.sqrt(max(p * (1.0 - p), 0.0) / values.size)

    if sigmas * error(expected) >= min(expected, 1.0 - expected) > 0:
        text = f"{name}: {counted(values.size, 'value')}, too few to tell a fraction by."
        fail(text, text)
    seen = float(values.mean())
    if not abs(seen - expected) <= sigmas * error(expected):
        pattern = _matching("fraction", seen, expected, sigmas, candidates, error)
        _fail("fraction of True", name, values, seen, (expected, sigmas * error(expected)), sigmas, pattern)


def _samples(samples: object, name: str, *, flags: bool = False) -> Numbers:
    if not isinstance(samples, np.ndarray):
        fail_type(samples, name, "an array of samples", "an array of samples")
    if samples.dtype.kind not in ("biuf" if flags else "iuf"):
        fail_dtype(samples, name, "bool" if flags else "float64")
    if samples.size == 0:
        fail_shape(name, samples.shape, "samples", None)
    values = samples.astype(np.float64)
    bad = ~np.isfinite(values)
    if bad.any():
        text = f"{name} holds {not_finite_text(values, bad)}."
        fail(text, text)
    return values


def _kurtosis(values: Numbers) -> float:
    """Return the fourth central moment over the squared variance: 3 for normal numbers, 1.8 for uniform ones."""
    with np.errstate(all="ignore"):
        centred = values - values.mean()
        largest = np.abs(centred).max()
        squares = (centred / largest) ** 2 if 0 < largest < np.inf else np.ones(values.shape)
        return float((squares**2).mean() / squares.mean() ** 2)


def _spread_evenly(pattern: Pattern | None) -> Pattern:
    text = "The numbers are spread evenly: a uniform draw where a normal one (rng.standard_normal) was due?"
    if pattern is None:
        return Pattern("uniform instead of normal", text)
    return Pattern(pattern.name, f"{pattern.text} {text}")


def _fail(
    what: str,
    name: str,
    values: Numbers,
    seen: float,
    band: tuple[float, float],
    sigmas: float,
    pattern: Pattern | None,
) -> NoReturn:
    expected, margin = band
    rate = math.erfc(sigmas / math.sqrt(2.0))
    law = f"The margin is {sigmas:g} sigma: a right answer lands outside with probability {number(rate, 2)}."
    size = abs(seen - expected) / (abs(seen) + abs(expected)) if math.isfinite(seen) else 1.0
    fail(
        f"{name}: the {what} over {counted(values.size, 'value')} is {number(seen, 5)}; "
        f"expected {number(expected, 5)} ± {number(margin, 2)}.\n{law}",
        f"{name}: the {what} is outside its margin; relative error about {number(size, 1)}.\n{law}",
        pattern,
    )


def _matching(
    what: str,
    seen: float,
    expected: float,
    sigmas: float,
    candidates: Candidates | None,
    error: Callable[[float], float],
) -> Pattern | None:
    """Return which candidates have `seen` within their own margin; a single one is named, several are listed."""
    fits = {label: value for label, value in (candidates or {}).items() if abs(seen - value) <= sigmas * error(value)}
    if not fits:
        return None
    names = ", ".join(f"{label} = {number(value, 4)}" for label, value in fits.items())
    ratio = f", {number(seen / expected, 3)} times the expected one" if expected else ""
    text = f"{number(seen, 4)} is {names} within its margin{ratio}."
    if len(fits) > 1:
        text = f"Candidates, none of them certain: {names}."
    return Pattern(f"the {what} of another formula", text)
