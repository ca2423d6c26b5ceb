"""Right ways to write tuning.py that look different from the reference."""

import numpy as np

from autograder.checking import variant


@variant("sample_log_uniform")
def rates_by_natural_exponents(low, high, n, rng):
    """Any base will do, as long as the power undoes the logarithm."""
    return np.exp(rng.uniform(np.log(low), np.log(high), size=n))


@variant("sample_log_uniform")
def rates_counted_from_above(low, high, n, rng):
    """Counting the exponents from the upper bound, as r = -4 * rand does, gives the same distribution."""
    return 10 ** (np.log10(high) - np.log10(high / low) * rng.random(n))


@variant("sample_log_uniform")
def rates_one_by_one(low, high, n, rng):
    """One draw after the other."""
    rates = np.zeros(n)
    for i in range(n):
        rates[i] = low * (high / low) ** rng.random()
    return rates


@variant("sample_log_uniform")
def rates_in_single_precision(low, high, n, rng):
    """Seven digits are plenty for a learning rate."""
    return np.power(10.0, rng.uniform(np.log10(low), np.log10(high), n)).astype(np.float32)


@variant("sample_beta")
def betas_by_rates(low, high, n, rng):
    """1 - beta is a rate between 1 - high and 1 - low, and the room's own function draws it."""
    return 1 - sample_log_uniform(1 - high, 1 - low, n, rng)  # noqa: F821 - every file of this room has one


@variant("sample_beta")
def betas_counted_from_far_away(low, high, n, rng):
    """Counting the exponents from the far end gives the same distribution."""
    far, near = np.log10(1 - low), np.log10(1 - high)
    return 1 - 10 ** (far + (near - far) * rng.random(n))


@variant("sample_beta")
def betas_one_by_one(low, high, n, rng):
    """One draw after the other."""
    return np.array([1 - 10 ** rng.uniform(np.log10(1 - high), np.log10(1 - low)) for _ in range(n)])


@variant("sample_beta")
def betas_by_natural_exponents(low, high, n, rng):
    """Any base will do; expm1 subtracts the 1 without losing digits."""
    return -np.expm1(rng.uniform(np.log1p(-high), np.log1p(-low), n))


@variant("search_points")
def search_by_loops(budget, bounds, method, rng=None):
    """Loops over axes and trials; the grid comes from itertools, in an order of its own."""
    from itertools import product

    d = len(bounds)
    if method == "random":
        return np.array([[rng.uniform(low, high) for low, high in bounds] for _ in range(budget)])
    k = 2
    while k**d < budget:
        k += 1
    if k**d != budget:
        raise ValueError(f"{budget} is no power of {d}")
    axes = [[low + (high - low) * i / (k - 1) for i in range(k)] for low, high in bounds]
    return np.array(list(product(*axes)))[::-1]


@variant("search_points")
def search_with_array_bounds(budget, bounds, method, rng=None):
    """rng.uniform takes a bound for each column; np.indices counts the grid's cells."""
    low, high = bounds[:, 0], bounds[:, 1]
    d = bounds.shape[0]
    if method == "random":
        return rng.uniform(low, high, (budget, d))
    k = int(np.rint(np.exp(np.log(budget) / d)))
    if k**d != budget:
        raise ValueError("no such grid")
    return low + (high - low) * np.indices((k,) * d).reshape(d, -1).T / (k - 1)


@variant("search_points")
def search_axis_by_axis(budget, bounds, method, rng=None):
    """One column after the other, in single precision; a grid is tiled and repeated."""
    columns = []
    d = len(bounds)
    k = round(budget ** (1 / d))
    if method == "grid" and k**d != budget:
        raise ValueError(budget)
    for i, (low, high) in enumerate(bounds):
        if method == "random":
            columns.append(low + (high - low) * rng.random(budget))
        else:
            columns.append(np.tile(np.repeat(np.linspace(low, high, k), k**i), k ** (d - 1 - i)))
    return np.stack(columns, axis=1).astype(np.float32)


@variant("refine_bounds")
def refine_by_clip(points, scores, bounds, top=3, margin=0.1):
    """Sorting upwards and taking the end; np.clip cuts off on both sides."""
    best = points[np.argsort(scores)[-top:]]
    low, high = np.amin(best, axis=0), np.amax(best, axis=0)
    width = high - low
    return np.clip(np.column_stack((low - margin * width, high + margin * width)), bounds[:, :1], bounds[:, 1:])


@variant("refine_bounds")
def refine_by_loops(points, scores, bounds, top=3, margin=0.1):
    """One hyper-parameter after the other, with Python's own sorting."""
    order = sorted(range(len(scores)), key=lambda i: scores[i], reverse=True)[:top]
    rows = []
    for j, (lowest, highest) in enumerate(bounds):
        values = [points[i][j] for i in order]
        room = margin * (max(values) - min(values))
        rows.append([max(min(values) - room, lowest), min(max(values) + room, highest)])
    return np.array(rows, dtype=float)


@variant("refine_bounds")
def refine_in_single_precision(points, scores, bounds, top=3, margin=0.1):
    """argpartition finds the best without sorting them; seven digits are enough for a bound."""
    best = points[np.argpartition(-np.asarray(scores), top - 1)[:top]].astype(np.float32)
    middle, half = (best.max(axis=0) + best.min(axis=0)) / 2, np.ptp(best, axis=0) / 2
    refined = np.empty((points.shape[1], 2), dtype=np.float32)
    refined[:, 0] = np.maximum(middle - half * (1 + 2 * margin), bounds[:, 0])
    refined[:, 1] = np.minimum(middle + half * (1 + 2 * margin), bounds[:, 1])
    return refined


@variant("window_sensitivity")
def window_by_distances(beta, delta):
    """The ratio of the windows is the inverse ratio of the distances from 1; a list is as good as a tuple."""
    distance = 1 - beta
    return [1 / distance, 1 / (distance - delta), distance / (distance - delta)]


@variant("window_sensitivity")
def window_by_a_function(beta, delta):
    """One function for both windows; small arrays are numbers too."""

    def window(b):
        return np.array([[1.0]]) / (1 - b)

    return window(beta), window(beta + delta), window(beta + delta) / window(beta)


@variant("window_sensitivity")
def window_in_single_values(beta, delta):
    """numpy's own numbers, with a fourth value after the promised three."""
    before, after = np.reciprocal(1.0 - np.array([beta, beta + delta]))
    return before, after, np.divide(after, before), after - before
