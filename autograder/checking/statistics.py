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

from autograder.checking.evidence import NUMBERS, VALUES, Numbers, counted, number
from autograder.checking.failure import Pattern
from autograder.checking.mismatch import fail, fail_dtype, fail_shape, fail_type, not_finite_text
from autograder.language import label, phrase, say

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
        pattern = _matching(_MEAN[1], seen, expected, sigmas, candidates, lambda _: error)
        _fail(_MEAN[0], name, values, seen, (expected, sigmas * error), sigmas, pattern)


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
    if n < 2 or sigmas * math.sqrt(2.0 / (n - 1)) >= 1:
        _fail_for_few(n, name)
    with np.errstate(all="ignore"):
        seen = float(values.var(ddof=1))
    error = expected * math.sqrt(2.0 / (n - 1))
    if abs(seen - expected) <= sigmas * error:
        return
    kurtosis = _kurtosis(values)
    relative = math.sqrt(max(kurtosis - (n - 3) / (n - 1), 1.0 / n) / n)
    pattern = _matching(_VARIANCE[1], seen, expected, sigmas, candidates, lambda variance: variance * relative)
    if n >= _MIN_FOR_SHAPE and abs(kurtosis - _UNIFORM_KURTOSIS) < _KURTOSIS_MARGIN:
        pattern = _spread_evenly(pattern)
    _fail(_VARIANCE[0], name, values, seen, (expected, sigmas * error), sigmas, pattern)


def _fail_for_few(n: int, name: str) -> NoReturn:
    """Say that so few samples have no variance, or none that could be told from another."""
    if n < 2:
        told = say("{name} holds one number, which has no variance.", name=label(name))
        fail(told, say("{name} holds one number.", name=label(name)))
    text = say("{name} holds {n}, too few to tell a variance by.", name=label(name), n=counted(n, NUMBERS))
    fail(text, text)


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
        text = say("{name} holds numbers other than 0 and 1; expected True and False.", name=label(name))
        fail(text, text)

    def error(p: float) -> float:
        return math.sqrt(max(p * (1.0 - p), 0.0) / values.size)

    if sigmas * error(expected) >= min(expected, 1.0 - expected) > 0:
        n = counted(values.size, VALUES)
        text = say("{name}: {n}, too few to tell a fraction by.", name=label(name), n=n)
        fail(text, text)
    seen = float(values.mean())
    if not abs(seen - expected) <= sigmas * error(expected):
        pattern = _matching(_FRACTION[1], seen, expected, sigmas, candidates, error)
        _fail(_FRACTION[0], name, values, seen, (expected, sigmas * error(expected)), sigmas, pattern)


def _samples(samples: object, name: str, *, flags: bool = False) -> Numbers:
    if not isinstance(samples, np.ndarray):
        fail_type(samples, label(name), say("an array of samples"), wants_array=True)
    if samples.dtype.kind not in ("biuf" if flags else "iuf"):
        fail_dtype(samples, label(name), "bool" if flags else "float64")
    if samples.size == 0:
        fail_shape(label(name), samples.shape, say("samples"), None)
    values = samples.astype(np.float64)
    bad = ~np.isfinite(values)
    if bad.any():
        text = say("{name} holds {what}.", name=label(name), what=not_finite_text(values, bad))
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
    told = say("The numbers are spread evenly: a uniform draw where a normal one (rng.standard_normal) was due?")
    if pattern is None:
        return Pattern(say("uniform instead of normal"), told)
    return Pattern(pattern.name, f"{pattern.text} {told}")


_MEAN = phrase("mean"), phrase("the mean of another formula")
_VARIANCE = phrase("variance"), phrase("the variance of another formula")
_FRACTION = phrase("fraction of True"), phrase("the fraction of another formula")


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
    rate = number(math.erfc(sigmas / math.sqrt(2.0)), 2)
    law = say(
        "The margin is {sigmas:g} sigma: a right answer lands outside with probability {rate}.",
        sigmas=sigmas,
        rate=rate,
    )
    size = abs(seen - expected) / (abs(seen) + abs(expected)) if math.isfinite(seen) else 1.0
    told = say(
        "{name}: the {what} over {values} is {seen}; expected {expected} ± {margin}.",
        name=label(name),
        what=say(what),
        values=counted(values.size, VALUES),
        seen=number(seen, 5),
        expected=number(expected, 5),
        margin=number(margin, 2),
    )
    safe = say(
        "{name}: the {what} is outside its margin; relative error about {error}.",
        name=label(name),
        what=say(what),
        error=number(size, 1),
    )
    fail(f"{told}\n{law}", f"{safe}\n{law}", pattern)


def _matching(
    what: str,
    seen: float,
    expected: float,
    sigmas: float,
    candidates: Candidates | None,
    error: Callable[[float], float],
) -> Pattern | None:
    """Return which candidates have `seen` within their own margin; a single one is named, several are listed."""
    fits = {name: value for name, value in (candidates or {}).items() if abs(seen - value) <= sigmas * error(value)}
    if not fits:
        return None
    names = ", ".join(f"{label(name)} = {number(value, 4)}" for name, value in fits.items())
    if len(fits) > 1:
        return Pattern(say(what), say("Candidates, none of them certain: {names}.", names=names))
    ratio = say(", {ratio} times the expected one", ratio=number(seen / expected, 3)) if expected else ""
    told = phrase("{seen} is {names} within its margin{ratio}.")
    return Pattern(say(what), say(told, seen=number(seen, 4), names=names, ratio=ratio))
