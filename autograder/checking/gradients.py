"""Gradient checks: a student's gradient against central differences of a trusted function.

The relative error of a block is ‖ga − g‖ / (‖ga‖ + ‖g‖), with ga measured and g the student's: near 1e-10 where
g is right (truncation of order eps² and the rounding of f divided by eps), |c − 1| / (c + 1) where g is c
times too large, 1 where it points the other way. Keep `at` away from the kinks of f.

References
----------
Goodfellow, Bengio & Courville, *Deep Learning* (2016), section 11.5, "Compare back-propagated derivatives to
numerical derivatives".
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.checking.compare import FLOAT32_RTOL, check_form
from autograder.checking.evidence import Numbers, grid, index_text, number, number_pair, relative_error
from autograder.checking.factors import Known
from autograder.checking.failure import CheckFailed
from autograder.checking.mismatch import fail, fail_finiteness, fail_parts, fail_type
from autograder.checking.patterns import find_pattern
from autograder.language import label, say

# How many roundings of f a measured slope may be off.
_ROUNDINGS = 16.0


@dataclass(frozen=True)
class _Measured:
    """Slopes of f at every entry, and the size of what rounding alone puts into each."""

    slopes: Numbers
    noise: float


def assert_gradient(
    gradient: object,
    f: Callable[[Any], float],
    at: Numbers | Mapping[str, Numbers],
    *,
    name: str,
    eps: float = 1e-5,
    tolerance: float = 1e-7,
    scale: float = 1.0,
    known: Known | None = None,
) -> None:
    """Fail unless `gradient` holds the slopes of `f` at `at`, as central differences measure them.

    Parameters
    ----------
    gradient : what the student returned, of the shape of `at`; where `at` is a dict, a dict with a key "dW1" (or
        "W1") for its key "W1". Every block is judged on its own and the message names the wrong ones.
    f : trusted; takes what `at` is and returns one number.
    at : array or dict of arrays; where to measure. Copied, so nothing is changed.
    eps : step, in the unit of `at`. tolerance : of the relative error; float32 gradients get 1e-3.
    scale : multiplies the measured slopes (m, where f is a mean and the gradient belongs to the sum).
    known : labels for the diagnosis of a wrong factor, see `find_pattern`.

    Raises
    ------
    CheckFailed : type, shape, dtype or finiteness is wrong, or the relative error is above `tolerance`
        and the difference above what rounding explains. ValueError : `f` is not finite, which is the check's fault.
    """
    name = label(name)
    if isinstance(at, Mapping):
        _judge_blocks(gradient, f, at, name, eps=eps, tolerance=tolerance, scale=scale, known=known)
    else:
        measured = _measure(f, np.array(at, dtype=np.float64), eps, scale)
        _judge(gradient, measured, name, tolerance, known)


def _judge_blocks(
    gradient: object,
    f: Callable[[Any], float],
    at: Mapping[str, Numbers],
    name: str,
    *,
    eps: float,
    tolerance: float,
    scale: float,
    known: Known | None,
) -> None:
    """Measure and judge one parameter after the other, the rest standing still."""
    blocks = {key: np.array(value, dtype=np.float64) for key, value in at.items()}
    failures: dict[str, CheckFailed] = {}
    labels = []
    for key, (part, given) in _blocks(gradient, list(blocks), name).items():
        labels.append(part)
        try:
            _judge(given, _measure(lambda _: f(blocks), blocks[key], eps, scale), part, tolerance, known)
        except CheckFailed as failure:
            failures[part] = failure
    if failures:
        fail_parts(labels, failures)


def _blocks(gradient: object, keys: list[str], name: str) -> dict[str, tuple[str, object]]:
    """Return, for each key of `at`, what the student calls its gradient and the value found there."""
    wanted = say("a dict with the keys {keys}", keys=", ".join("d" + key for key in keys))
    if not isinstance(gradient, dict):
        fail_type(gradient, name, wanted)
    found = {}
    for key in keys:
        own = f"d{key}" if f"d{key}" in gradient else key
        if own not in gradient:
            fail(
                say("{name} lacks the key 'd{key}'; expected {expected}.", name=name, key=key, expected=wanted),
                say("{name} lacks the key 'd{key}'.", name=name, key=key),
            )
        found[key] = (f'{name}["{own}"]', gradient[own])
    return found


def _measure(f: Callable[[Any], float], x: Numbers, eps: float, scale: float) -> _Measured:
    """Return the central differences of f at every entry of `x`, which is moved in place and put back."""
    slopes, largest = np.empty(x.shape), 0.0
    for index in np.ndindex(x.shape):
        value = x[index]
        x[index] = above = value + eps
        up = float(f(x))
        x[index] = below = value - eps
        down = float(f(x))
        x[index] = value
        # The step that was taken, not the one that was asked for: the sum above is rounded.
        slopes[index] = scale * (up - down) / (above - below)
        largest = max(largest, abs(up), abs(down))
    if not np.isfinite(slopes).all():
        raise ValueError("the function under a gradient check is not finite everywhere around `at`")
    return _Measured(slopes, _ROUNDINGS * np.finfo(np.float64).eps * largest / eps * abs(scale))


def _judge(gradient: object, measured: _Measured, name: str, tolerance: float, known: Known | None) -> None:
    slopes = measured.slopes
    array = check_form(gradient, slopes, name=name, known=known)
    if array.dtype == np.float32:
        tolerance = max(tolerance, FLOAT32_RTOL)
    g = array.astype(np.float64)
    bad = ~np.isfinite(g)
    if bad.any():
        fail_finiteness(g, slopes, bad, name, known)
    error = relative_error(g, slopes)
    with np.errstate(all="ignore"):
        off = np.abs(g - slopes)
        distance = float(np.linalg.norm(off))
    if error <= tolerance or distance <= measured.noise * np.sqrt(g.size):
        return
    wrong = off > 1e-5 * np.abs(slopes) + measured.noise
    worst = np.unravel_index(int(np.argmax(off)), g.shape)
    seen, wanted = number_pair(float(g[worst]), float(slopes[worst]))
    told = say(
        "{name} is not the slope of the function: relative error {error}; a right gradient stays below {most}.",
        name=name,
        error=number(error, 2),
        most=number(tolerance),
    )
    place = say(
        "Worst at {index}: got {got}, measured {expected}.",
        index=index_text(worst) or say("the number itself"),
        got=seen,
        expected=wanted,
    )
    safe = say(
        "{name} has the right shape but is not the slope of the function (relative error about {error}).",
        name=name,
        error=number(error, 1),
    )
    fail("\n".join([told, place, *grid(g, slopes, wrong)]), safe, find_pattern(array, slopes, known))
