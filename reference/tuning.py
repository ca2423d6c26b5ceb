"""Tuning: where to look for good hyper-parameters, and how finely.

Training finds weights; nobody finds the learning rate, the momentum or the number of units but you, by trial. A
trial costs minutes or days, so the art is to learn much from few. Three ideas go a long way.

**Look on the scale on which things change.** Between 0.0001 and 1 lie four decades, and a learning rate may do well
in any of them. Drawn evenly along the line, nine rates out of ten land above 0.1. Draw the exponent instead:

       r uniform in [log10 low, log10 high],     alpha = 10^r

1. `sample_log_uniform` gives every decade the same chance.
2. `sample_beta` draws 1 - beta on the log scale, for what matters about a beta near 1 is its distance from 1.

**Draw at random, do not lay a grid.** Of two hyper-parameters, one usually matters much more, and you do not know
which. Twenty-five trials on a 5 x 5 grid try five values of it, twenty-five random ones try twenty-five.

3. `search_points` lays out the trials, one way or the other.

**Go from coarse to fine.** Where the best trials lie close together, search again, in a smaller box.

4. `refine_bounds` draws that box around the best trials, a little wider than they need.

`search_points` and `refine_bounds` work in a box of any axes: to search a learning rate on its log scale, let an axis
be its exponent.

5. `window_sensitivity` gives the reason for the second exercise. A moving average with beta looks back over about
   1/(1 - beta) values: from 0.9 to 0.9005 this is 10 and 10.05, from 0.999 to 0.9995 it is 1000 and 2000.

Axes
----
n : draws; budget : trials, one per row.
d : hyper-parameters, one per column of the points and one per row of the bounds.
"""

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[Any]
Rng: TypeAlias = np.random.Generator


def sample_log_uniform(low: float, high: float, n: int, rng: Rng) -> Array:
    """Draw n numbers between low and high, every decade being as likely as any other.

    Parameters
    ----------
    low, high : The bounds, with 0 < low <= high; in the unit of what is drawn.
    n : The number of draws.
    rng : np.random.Generator. The only source of random numbers. The recipe is a single `rng.uniform(a, b, n)` for the
        exponents r, where a and b are the base-10 logarithms of `low` and `high`; other ways to the same distribution
        are accepted.

    Returns
    -------
    (n,) float64, in the unit of the bounds: 10 to the power of r.

    Raises
    ------
    ValueError : The bounds are not positive, or in the wrong order.

    Examples
    --------
    Between 0.0001 and 1, the exponents -4, -3, -2.5 and -1 give 0.0001, 0.001, 0.00316 and 0.1.

    References
    ----------
    Lecture notes F0, section "超参数调试" (r = -4 * np.random.rand() is the case of bounds 0.0001 and 1); F4, section
    1.4.3.
    Bergstra & Bengio, *Random Search for Hyper-Parameter Optimization* (2012).
    """
    if not 0 < low <= high:
        raise ValueError(f"the bounds are {low} and {high}, expected 0 < low <= high")
    exponents = rng.uniform(np.log10(low), np.log10(high), n)
    return 10.0**exponents


def sample_beta(low: float, high: float, n: int, rng: Rng) -> Array:
    """Draw n values of a beta close to 1, its distance from 1 being spread evenly over the decades.

    Parameters
    ----------
    low, high : The bounds of beta, with low <= high < 1, dimensionless. 1 - beta then lies between 1 - high and
        1 - low.
    n : The number of draws.
    rng : np.random.Generator. The only source of random numbers. The recipe is a single `rng.uniform(a, b, n)` for the
        exponents r of 1 - beta, where a is the base-10 logarithm of 1 - high, the smaller one, and b that of 1 - low;
        other ways to the same distribution are accepted.

    Returns
    -------
    (n,) float64, dimensionless, between `low` and `high` up to rounding.

    Raises
    ------
    ValueError : The bounds are in the wrong order, or not below 1.

    Notes
    -----
    Between 0.9 and 0.999 the distance from 1 spans two decades, [0.001, 0.1]: half of the draws are above 0.99.

    Examples
    --------
    Between 0.9 and 0.999, the exponents -3, -2 and -1.5 give 0.999, 0.99 and 0.968.

    References
    ----------
    Lecture notes F0, section "超参数调试", the paragraphs on beta (1 - beta = 10^r); F4, section 1.4.3.
    """
    if not low <= high < 1:
        raise ValueError(f"the bounds are {low} and {high}, expected low <= high < 1")
    exponents = rng.uniform(np.log10(1.0 - high), np.log10(1.0 - low), n)
    return 1.0 - 10.0**exponents


def search_points(budget: int, bounds: Array, method: str, rng: Rng | None = None) -> Array:
    """Lay out the trials of a search in a box.

    Parameters
    ----------
    budget : The number of trials, at least 1.
    bounds : (d, 2). Row i holds the lower and the upper bound of hyper-parameter i, each in a unit of its own.
    method : "grid" or "random".
    rng : np.random.Generator, for "random" alone. The recipe is a single `rng.random((budget, d))`; a number u becomes
        the point that lies a share u of the way from the lower to the upper bound of its axis. Other ways to the same
        distribution are accepted. A grid draws nothing and works without it.

    Returns
    -------
    (budget, d) float64: one trial per row, one hyper-parameter per column, each in the unit of its bounds.
        "grid": k evenly spaced values on each axis, lower and upper bound included, and every combination of them
        once, in any order; so budget = k^d.
        "random": each number drawn on its own, evenly between its bounds.

    Raises
    ------
    ValueError : `method` is "grid" and there is no whole number k of at least 2 with k^d = budget; or `method` is
        neither of the two.

    Notes
    -----
    Roots of floats miss whole numbers: 64 ** (1 / 3) is 3.9999999999999996.

    Examples
    --------
    budget 4 and bounds [[0, 1], [5, 9]]: the grid is (0, 5), (0, 9), (1, 5), (1, 9).

    References
    ----------
    Lecture notes F0, section "超参数调试" (a square for two hyper-parameters, a cube for three); F4, section 1.4.2
    (points chosen at random).
    Bergstra & Bengio, *Random Search for Hyper-Parameter Optimization* (2012), figure 1.
    """
    low, high = np.asarray(bounds, dtype=np.float64).T
    d = len(low)
    if method == "random" and rng is not None:
        points: Array = low + (high - low) * rng.random((budget, d))
        return points
    if method != "grid":
        raise ValueError(f"method is {method!r} and rng {rng!r}, expected 'grid', or 'random' with a generator")
    k = round(float(budget) ** (1.0 / d))
    if k < 2 or k**d != budget:
        raise ValueError(f"a grid of {budget} points on {d} axes, expected k^d points with a whole number k from 2 on")
    axes = np.linspace(low, high, k).T
    return np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1).reshape(budget, d)


def refine_bounds(points: Array, scores: Array, bounds: Array, top: int = 3, margin: float = 0.1) -> Array:
    """Draw a smaller box around the best trials, for a finer search.

    Parameters
    ----------
    points : (budget, d). The trials, one per row.
    scores : (budget,). What each trial reached, say its accuracy on the dev set: *higher is better*.
    bounds : (d, 2). Lower and upper bound of each hyper-parameter in the search so far.
    top : How many of the best trials the new box has to hold, at least 1; all of them, if there are no more. Where
        scores are equal at the last place, either trial may be taken.
    margin : Share of the box's own width that is added on each side, dimensionless, at least 0.

    Returns
    -------
    (d, 2) float64: lower and upper bound of each hyper-parameter, within the old ones.

    Notes
    -----
    On each axis on its own:

    1. the box runs from the smallest to the largest value among the `top` best trials; its width is the difference;
    2. it is widened by margin * width below and by as much above;
    3. what sticks out of the old bounds is cut off.

    On an axis on which the best trials agree, as they often do on a grid, the new box has width 0; nothing is repaired.

    Examples
    --------
    Best trials at 2, 4 and 3 on an axis from 0 to 10: the box [2, 4] is 2 wide, and with margin 0.1 it becomes
    [1.8, 4.2]. On an axis from 2 to 10 it would be [2, 4.2].

    References
    ----------
    Lecture notes F0, section "超参数调试" (from coarse to fine, the small blue square); F4, section 1.4.2.
    """
    best = np.asarray(points, dtype=np.float64)[np.argsort(-np.asarray(scores, dtype=np.float64))[:top]]
    low, high = best.min(axis=0), best.max(axis=0)
    room = margin * (high - low)
    outer = np.asarray(bounds, dtype=np.float64)
    return np.stack([np.maximum(low - room, outer[:, 0]), np.minimum(high + room, outer[:, 1])], axis=1)


def window_sensitivity(beta: float, delta: float) -> tuple[float, float, float]:
    """How much longer a moving average remembers when its beta grows by delta.

    Parameters
    ----------
    beta : Below 1, dimensionless.
    delta : What is *added* to beta; may be negative. beta + delta is below 1.

    Returns
    -------
    before : float, in steps. The window of beta, 1 over (1 - beta), not rounded.
    after : float, in steps. The window of beta + delta.
    ratio : float, dimensionless. How many times the first the second is.

    Examples
    --------
    From 0.9 to 0.9005: 10, 10.05 and 1.005. From 0.999 to 0.9995: 1000, 2000 and 2.

    References
    ----------
    Lecture notes F4, section 1.4.3; F0, section "超参数调试", the paragraphs on beta.
    """
    before, after = 1.0 / (1.0 - beta), 1.0 / (1.0 - beta - delta)
    return before, after, after / before
