"""What a11_tuning asks of a student's tuning.py.

Draws are judged by what they are like, at six standard deviations or by Kolmogorov's distance at a false-alarm rate of
2e-10 (too uneven) and 5e-13 (too even): a right solution fails a statistical check of this room less than once in ten
million. Where the recipe was followed, known random numbers have known results.
"""

import math

import numpy as np

from autograder.checking import (
    RecordingRNG,
    ScriptedRNG,
    SeededRNG,
    assert_close,
    assert_dtype,
    assert_fraction,
    assert_shape,
    exercise,
    hidden,
    law,
    points,
    public,
    require,
    see,
    suggest,
)

SIGMAS = 6.0
# For n even draws, P(sqrt(n) D > 3.4) = 2 exp(-2 * 3.4^2) = 1.8e-10 by Kolmogorov's law, and by its lower tail
# P(sqrt(n) D < 0.2) = 5e-13; a grid has sqrt(n) D = 1 / sqrt(n) or less.
FARTHEST, NEAREST = 3.4, 0.2
# Two of 125 random values may lie within a millionth of their range, with probability 0.015; four pairs do so with
# probability 2e-9.
CHANCE = 3
SHARES = np.array([0.0, 0.25, 0.375, 0.75, 0.5, 0.125, 0.0625])
TRIALS = np.array([[2.0, 0.5], [9.0, 0.1], [4.0, 0.3], [1.0, 0.9], [3.0, 0.6], [7.0, 0.2], [6.0, 0.8]])
SCORES = np.array([0.91, 0.52, 0.95, 0.60, 0.93, 0.40, 0.70])
BOX = np.array([[0.0, 10.0], [0.0, 1.0]])
# The best three trials lie in [2, 4] and [0.3, 0.6].
REFINED = np.array([[1.8, 4.2], [0.27, 0.63]])


def seeded(rng):
    """A generator for the student, with a seed that depends on the check."""
    return SeededRNG(int(rng.integers(2**31)))


def draws(value, n, low, high, name):
    """The draws, once they are n finite numbers between the bounds."""
    assert_shape(value, (n,), name=name, axes="(n,)")
    assert_dtype(value, "float", name=name)
    slack = 1e-6 * max(abs(low), abs(high))
    require(
        bool(np.all((value >= low - slack) & (value <= high + slack))),
        "the draws run from {smallest:.4g} to {largest:.4g}, expected numbers between {low:g} and {high:g}",
        safe="some of the draws are not between the bounds",
        smallest=float(np.min(value)),
        largest=float(np.max(value)),
        low=low,
        high=high,
    )
    return value.astype(float)


def spread_evenly(values, low, high):
    """Hold values against the even distribution between low and high by the largest distance of their shares."""
    n = values.size
    shares = np.sort((values.astype(float) - low) / (high - low))
    steps = np.arange(n + 1) / n
    distance = max(float(np.max(steps[1:] - shares)), float(np.max(shares - steps[:-1])))
    limit = FARTHEST / math.sqrt(n)
    require(
        distance >= NEAREST / math.sqrt(n),
        "the {n} draws are too evenly spaced to be random: a grid?",
        safe="the draws are too evenly spaced to be random",
        n=n,
    )
    require(
        distance <= limit,
        "the share of draws below some value is {distance:.3f} off what an even spread on this scale gives; with {n}"
        " draws a right answer stays within {limit:.3f}, but for one case in five billion",
        safe="the draws are not spread evenly on their scale",
        distance=distance,
        n=n,
        limit=limit,
    )


def followed(generator, shape):
    """Whether one draw of this shape was made, by either method that the script serves."""
    return list(generator.log) in ([("uniform", shape)], [("random", shape)])


def judge_script(student, function, bounds, exponent_of, known):
    """Compare with what known numbers give where the recipe was followed; else judge a larger sample by its spread.

    Who counts the exponents from the other end draws from the same distribution, so `known` holds both directions.
    """
    sample, n = getattr(student, function), SHARES.size
    generator = ScriptedRNG(random=[SHARES])
    got = draws(sample(*bounds, n, generator), n, *bounds, name="draws")
    direct, mirrored = known
    if not followed(generator, SHARES.shape):
        many = draws(sample(*bounds, 2000, SeededRNG(4)), 2000, *bounds, name="draws")
        spread_evenly(exponent_of(many), *sorted(exponent_of(np.array(bounds))))
    elif not np.allclose(got, mirrored, rtol=1e-3 if got.dtype == np.float32 else 1e-7, atol=0.0):
        assert_close(got, direct, name="draws")


def log_distance(betas):
    """The exponents r of 1 - beta = 10^r."""
    return np.log10(1.0 - betas)


def judge_generators(sample, looked_at):
    """Draw with two equal seeds and a third one: they tell whether the generator that is passed decides."""
    generators = [RecordingRNG(seed) for seed in (11, 11, 12)]
    first, again, other = (looked_at(sample(each)) for each in generators)
    require(np.array_equal(first, again), "the same seed gave different draws; expected the same ones")
    require(not np.array_equal(first, other), "two different seeds gave the same draws; expected different ones")
    touched = any(generator.global_state_touched for generator in generators)
    require(not touched, "the state of np.random has changed; expected all draws to come from the argument rng")


def trials(value, budget, bounds):
    """The points, once they are (budget, d) finite numbers in the box."""
    d = len(bounds)
    assert_shape(value, (budget, d), name="points", axes="(budget, d)")
    assert_dtype(value, "float", name="points")
    slack = 1e-6 * np.abs(bounds).max()
    inside = bool(np.all((value >= bounds[:, 0] - slack) & (value <= bounds[:, 1] + slack)))
    message = "some of the points lie outside the bounds, expected every column within its own row of bounds"
    require(inside, message, safe=message)
    return value.astype(float)


def distinct(column):
    """How many different values a column holds, rounding errors aside."""
    ordered = np.sort(column)
    return 1 + int(np.sum(np.diff(ordered) > 1e-6 * max(float(np.ptp(column)), 1e-12)))


def in_order(rows):
    """The rows sorted by their first entry, then by the next; rounding errors aside."""
    return rows[np.lexsort(np.round(rows, 6).T[::-1])]


def lower_half(value, bounds):
    """For each trial and axis, whether it lies in the lower half of the bounds."""
    return value < bounds.mean(axis=1)


def windows(student, beta, delta, expected):
    """Compare as many of the three values as are given: the two windows, or their ratio too."""
    got = student.window_sensitivity(beta, delta)
    three = isinstance(got, tuple | list) and len(got) >= 3
    message = "window_sensitivity must give three numbers: before, after and ratio"
    require(three, message, safe=message)
    names = ("before", "after", "ratio")[: len(expected)]
    assert_close(dict(zip(names, got, strict=False)), dict(zip(names, expected, strict=True)), name="windows")


@exercise("sample_log_uniform")
@law("alpha = 10^r with r between log10(low) and log10(high)")
@points(0.75)
@public
@see("F4 §1.4.3: the ticks 0.0001, 0.001, 0.01, 0.1; F0, 超参数调试: a = 10^r")
@suggest("print the exponents that you draw: the first should run from -4 to 0")
def test_known_exponents_give_known_rates(student):
    """Between 0.0001 and 1, a quarter of the way is 0.001 and half of the way is 0.01."""
    rising = np.array([1e-4, 1e-3, 0.0031622777, 0.1, 0.01, 0.00031622777, 0.00017782794])
    falling = np.array([1.0, 0.1, 0.031622777, 1e-3, 0.01, 0.31622777, 0.56234133])
    judge_script(student, "sample_log_uniform", (1e-4, 1.0), np.log10, (rising, falling))


@exercise("sample_log_uniform")
@law("each of four decades gets a quarter of the draws")
@points(1)
@public
@see("F4 §1.4.3; F0, 超参数调试, on the log scale")
@suggest("count how many of a thousand draws are below 0.001, 0.01 and 0.1")
def test_every_decade_gets_its_quarter(student, rng):
    """Drawn evenly along the line, nine rates out of ten would be above 0.1, and two decades all but empty."""
    rates = draws(student.sample_log_uniform(1e-4, 1.0, 2000, seeded(rng)), 2000, 1e-4, 1.0, "rates")
    line = {"evenly along the line": 0.9}
    assert_fraction(rates > 0.1, 0.25, name="rates above 0.1", sigmas=SIGMAS, candidates=line)
    for low in (1e-4, 1e-3, 1e-2):
        decade = (rates > low) & (rates <= 10 * low)
        assert_fraction(decade, 0.25, name="rates of one decade", sigmas=SIGMAS)


@exercise("sample_log_uniform")
@law("the logarithms are spread evenly, within a decade too")
@points(0.5)
@public
@suggest("print ten draws: are there any between 0.001 and 0.01?")
def test_there_are_rates_between_the_powers_of_ten(student, rng):
    """The exponent is any real number between the bounds, not a whole one, and each draw has its own."""
    rates = draws(student.sample_log_uniform(0.003, 0.7, 1000, seeded(rng)), 1000, 0.003, 0.7, "rates")
    spread_evenly(np.log10(rates), math.log10(0.003), math.log10(0.7))


@exercise("sample_log_uniform")
@law("low <= alpha <= high, n of them, for any bounds")
@points(0.5)
@public
@suggest("try bounds that are no powers of ten, and greater than 1: 20 and 600")
def test_any_positive_bounds_will_do(student, rng):
    """Numbers of hidden units go up by factors as well: between 20 and 600, half of them are below 110."""
    units = draws(student.sample_log_uniform(20.0, 600.0, 700, seeded(rng)), 700, 20.0, 600.0, "units")
    assert_fraction(units < math.sqrt(20.0 * 600.0), 0.5, name="draws below 110", sigmas=SIGMAS)


@exercise("sample_log_uniform")
@law("low = high leaves no choice")
@points(0.25)
@public
def test_equal_bounds_give_equal_draws(student):
    """Whoever fixes a hyper-parameter gets what was fixed, seven times over."""
    assert_close(student.sample_log_uniform(0.02, 0.02, 7, SeededRNG(1)), np.full(7, 0.02), name="rates")


@exercise("sample_log_uniform")
@law("same state of rng, same draws; another state, other draws")
@points(0.5)
@public
@see("README, conventions: random numbers")
@suggest("draw with np.random.default_rng(0) twice, then with default_rng(1)")
def test_all_rates_come_from_the_generator_that_is_passed(student):
    """A search can be made again from its seed, and numpy's own generator rests."""

    def looked_at(rates):
        return draws(rates, 13, 1e-3, 10.0, "draws")

    judge_generators(lambda rng: student.sample_log_uniform(1e-3, 10.0, 13, rng), looked_at)


@exercise("sample_log_uniform")
@law("alpha = 10^r with r between log10(low) and log10(high)")
@points(0.5)
@hidden
def test_other_bounds_are_sampled_too(student, rng):
    """The same for bounds that you have not seen."""
    low = 10.0 ** rng.uniform(-6, -2)
    high = low * 10.0 ** rng.uniform(1, 3)
    known = low * (high / low) ** SHARES, high * (low / high) ** SHARES
    judge_script(student, "sample_log_uniform", (low, high), np.log10, known)


@exercise("sample_beta")
@law("beta = 1 - 10^r with r between log10(1 - high) and log10(1 - low)")
@points(0.75)
@public
@see("F0, 超参数调试, on beta: 1 - beta = 10^r with r in [-3, -1]; F4 §1.4.3")
@suggest("print log10 of 1 - beta for what you return: it should run from -3 to -1")
def test_known_exponents_give_known_betas(student):
    """Between 0.9 and 0.999, half of the way is 0.99, and 0.968 and 0.997 are a quarter from the ends."""
    rising = np.array([0.999, 0.9968377223, 0.9943765867, 0.9683772234, 0.99, 0.9982217206, 0.9986664785])
    falling = np.array([0.9, 0.9683772234, 0.9822172059, 0.9968377223, 0.99, 0.9437658675, 0.9250105791])
    judge_script(student, "sample_beta", (0.9, 0.999), log_distance, (rising, falling))


@exercise("sample_beta")
@law("half of the draws between 0.9 and 0.999 are above 0.99")
@points(1)
@public
@see("F4 §1.4.3: a small change matters more the closer beta is to 1")
@suggest("count how many of a thousand draws are above 0.99; evenly drawn betas give 9 %")
def test_half_of_the_betas_are_above_0_99(student, rng):
    """From 0.9 to 0.99 the window grows tenfold, and from 0.99 to 0.999 it does so again."""
    betas = draws(student.sample_beta(0.9, 0.999, 2000, seeded(rng)), 2000, 0.9, 0.999, "betas")
    line = {"evenly along the line": 1 / 11, "evenly in 1/(1 - beta)": 10 / 11}
    assert_fraction(betas > 0.99, 0.5, name="betas above 0.99", sigmas=SIGMAS, candidates=line)


@exercise("sample_beta")
@law("the logarithms of 1 - beta are spread evenly")
@points(0.5)
@public
@suggest("sort the draws and print their distances from 1")
def test_the_distance_from_one_is_spread_over_its_decades(student, rng):
    """It is 1 - beta that has a scale; beta itself is 0.9-something all the time."""
    betas = draws(student.sample_beta(0.5, 0.9995, 1000, seeded(rng)), 1000, 0.5, 0.9995, "betas")
    spread_evenly(log_distance(betas), math.log10(1.0 - 0.9995), math.log10(0.5))


@exercise("sample_beta")
@law("low <= beta <= high, for any bounds")
@points(0.5)
@public
@suggest("print the smallest and the largest of a hundred draws between 0.8 and 0.95")
def test_betas_stay_between_their_bounds(student, rng):
    """Between 0.8 and 0.95 as well: the exponents -3 and -1 belong to 0.999 and 0.9 alone."""
    betas = draws(student.sample_beta(0.8, 0.95, 300, seeded(rng)), 300, 0.8, 0.95, "betas")
    assert_fraction(betas > 0.9, 0.5, name="betas above 0.9", sigmas=SIGMAS)


@exercise("sample_beta")
@law("low = high leaves no choice")
@points(0.25)
@public
def test_equal_bounds_give_equal_betas(student):
    """Whoever fixes beta gets what was fixed, seven times over."""
    assert_close(student.sample_beta(0.97, 0.97, 7, SeededRNG(1)), np.full(7, 0.97), name="betas")


@exercise("sample_beta")
@law("same state of rng, same draws; another state, other draws")
@points(0.5)
@public
@see("README, conventions: random numbers")
@suggest("draw with np.random.default_rng(0) twice, then with default_rng(1)")
def test_all_betas_come_from_the_generator_that_is_passed(student):
    """A search can be made again from its seed, and numpy's own generator rests."""

    def looked_at(betas):
        return draws(betas, 13, 0.9, 0.99, "draws")

    judge_generators(lambda rng: student.sample_beta(0.9, 0.99, 13, rng), looked_at)


@exercise("sample_beta")
@law("beta = 1 - 10^r with r between log10(1 - high) and log10(1 - low)")
@points(0.5)
@hidden
def test_other_betas_are_sampled_too(student, rng):
    """The same for bounds that you have not seen."""
    near, far = 10.0 ** rng.uniform(-4, -3), 10.0 ** rng.uniform(-1.5, -0.5)
    known = 1.0 - near * (far / near) ** SHARES, 1.0 - far * (near / far) ** SHARES
    judge_script(student, "sample_beta", (1.0 - far, 1.0 - near), log_distance, known)


@exercise("search_points")
@law("the points are (budget, d), and column i lies within row i of the bounds")
@points(0.25)
@public
@see("docstring, Returns: one trial per row")
@suggest("print the shape of your points for 7 trials and 3 hyper-parameters, and the range of each column")
def test_each_trial_is_a_row_and_stays_in_the_box(student, rng):
    """A column is a hyper-parameter, with bounds of its own."""
    bounds = np.array([[1.0, 3.0], [-5.0, -4.0], [10.0, 20.0]])
    value = trials(student.search_points(7, bounds, "random", seeded(rng)), 7, bounds)
    require(len(np.unique(value, axis=0)) == 7, "some of the 7 trials are the same, expected 7 different points")


@exercise("search_points")
@law("25 trials: a grid tries 5 values of each hyper-parameter, random points try 25")
@points(0.75)
@public
@see("F4 §1.4.2; F0, 超参数调试: a square for two hyper-parameters")
@suggest("print np.unique(points[:, 0]).size for both methods")
def test_twenty_five_trials_try_five_values_or_twenty_five(student, rng):
    """If one of two hyper-parameters decides, the grid makes the same five trials five times."""
    bounds = np.array([[-4.0, 0.0], [16.0, 128.0]])
    for method, generator, expected in (("grid", None, 5), ("random", seeded(rng), 25)):
        value = trials(student.search_points(25, bounds, method, generator), 25, bounds)
        for axis in range(2):
            n = distinct(value[:, axis])
            right = n == 5 if method == "grid" else n >= 25 - CHANCE
            text = "method {method!r}: hyper-parameter {axis} takes {n} different values, expected {expected}"
            require(right, text, method=method, axis=axis, n=n, expected=expected)


@exercise("search_points")
@law("a grid is evenly spaced from the lower to the upper bound, both included")
@points(0.5)
@public
@see("docstring, Returns: both bounds are included")
@suggest("print np.linspace(-4, -1, 3)")
def test_three_by_three_trials_make_a_known_grid(student):
    """0, 0.5, 1 on one axis and -4, -2.5, -1 on the other, in all nine combinations; their order does not matter.

    This check alone depends on the convention that the bounds themselves are tried.
    """
    bounds = np.array([[0.0, 1.0], [-4.0, -1.0]])
    value = trials(student.search_points(9, bounds, "grid"), 9, bounds)
    expected = np.array([[x, y] for x in (0.0, 0.5, 1.0) for y in (-4.0, -2.5, -1.0)])
    assert_close(in_order(value), expected, name="sorted points")


@exercise("search_points")
@law("a grid holds every combination of its values once")
@points(0.25)
@public
@suggest("draw the points on paper: a square, or a diagonal?")
def test_a_grid_leaves_no_combination_out(student):
    """Sixteen trials on two axes are sixteen different points in four columns of four."""
    bounds = np.array([[2.0, 8.0], [30.0, 90.0]])
    value = trials(student.search_points(16, bounds, "grid"), 16, bounds)
    n = len(np.unique(np.round(value, 6), axis=0))
    require(n == 16, "the grid holds {n} different points, expected 16", n=n)
    for axis in range(2):
        levels = np.sort(value[:, axis]).reshape(4, 4)
        together = float(np.ptp(levels, axis=1).max()) < 1e-6
        require(together, "each of the 4 values of hyper-parameter {axis} is due in 4 trials", axis=axis)
        gaps = np.diff(levels[:, 0])
        even = bool(np.allclose(gaps, gaps[0], rtol=1e-4)) and gaps[0] > 0
        require(even, "the values of hyper-parameter {axis} are not evenly spaced", axis=axis)


@exercise("search_points")
@law("64 trials on three axes are a cube of 4 by 4 by 4")
@points(0.25)
@public
@see("F0, 超参数调试: a cube for three hyper-parameters")
@suggest("print 64 ** (1 / 3), and int() of it")
def test_the_cube_root_of_sixty_four_is_four(student):
    """Rounding down a root that is 3.9999999999999996 loses a whole layer of the cube."""
    bounds = np.array([[0.0, 3.0], [5.0, 6.0], [-9.0, -3.0]])
    value = trials(student.search_points(64, bounds, "grid"), 64, bounds)
    for axis in range(3):
        n = distinct(value[:, axis])
        require(n == 4, "hyper-parameter {axis} takes {n} different values, expected 4", axis=axis, n=n)


@exercise("search_points")
@law("random points are spread evenly between the bounds of each axis")
@points(0.5)
@public
@suggest("print the mean of each column for a thousand trials: the middle of its bounds?")
def test_random_points_fill_the_box_evenly(student, rng):
    """No corner of the box is better known than another before the search."""
    bounds = np.array([[-4.0, -1.0], [100.0, 500.0]])
    value = trials(student.search_points(500, bounds, "random", seeded(rng)), 500, bounds)
    for axis in range(2):
        spread_evenly(value[:, axis], *bounds[axis])
    off_centre = np.abs(value - bounds.mean(axis=1)) / np.ptp(bounds, axis=1)
    assert_fraction(off_centre < 0.25, 0.5, name="coordinates in the middle half", sigmas=SIGMAS)


@exercise("search_points")
@law("the coordinates of a random point are independent")
@points(0.25)
@public
@suggest("does each coordinate have a random number of its own?")
def test_each_coordinate_has_a_draw_of_its_own(student, rng):
    """One random number for a whole trial would put all trials on the diagonal of the box."""
    bounds = np.array([[0.0, 2.0], [-7.0, -4.0]])
    value = trials(student.search_points(500, bounds, "random", seeded(rng)), 500, bounds)
    low = lower_half(value, bounds)
    name = "trials in the same half of both axes"
    assert_fraction(low[:, 0] == low[:, 1], 0.5, name=name, sigmas=SIGMAS)


@exercise("search_points")
@law("a random number u is the point a share u of the way from the lower to the upper bound")
@points(0.25)
@public
@see("docstring: rng.random((budget, d)) exactly once")
@suggest("print low + (high - low) * u for u = 0.25 and bounds 2 and 10")
def test_known_random_numbers_give_known_points(student, rng):
    """A quarter of the way from 2 to 10 is 4. Who draws in another way is judged by the spread alone."""
    bounds = np.array([[2.0, 10.0], [-1.0, 1.0]])
    shares = np.array([[0.25, 0.75], [0.5, 0.125], [0.9, 0.0]])
    generator = ScriptedRNG(random=[shares])
    value = trials(student.search_points(3, bounds, "random", generator), 3, bounds)
    if followed(generator, (3, 2)):
        expected = np.array([[4.0, 0.5], [6.0, -0.75], [9.2, -1.0]])
        assert_close(value, expected, name="points")
    else:
        many = trials(student.search_points(300, bounds, "random", seeded(rng)), 300, bounds)
        low = lower_half(many, bounds)
        assert_fraction(low, 0.5, name="coordinates in the lower half", sigmas=SIGMAS)


@exercise("search_points")
@law("same state of rng, same points; another state, other points")
@points(0.25)
@public
@see("README, conventions: random numbers")
@suggest("draw with np.random.default_rng(0) twice, then with default_rng(1)")
def test_random_points_come_from_the_generator_that_is_passed(student):
    """A search can be made again from its seed, and numpy's own generator rests."""
    bounds = np.array([[-2.0, -1.0], [3.0, 9.0]])

    def looked_at(value):
        return trials(value, 5, bounds)

    judge_generators(lambda rng: student.search_points(5, bounds, "random", rng), looked_at)


@exercise("search_points")
@law("a grid of 24 points on two axes does not exist: ValueError")
@points(0.25)
@public
@see("docstring, Raises")
@suggest("raise ValueError(...) when no whole number to the power of d is the budget")
def test_a_budget_that_makes_no_grid_is_refused(student):
    """Twenty-four is not a square; neither 16 nor 25 trials are what was paid for."""
    bounds = np.array([[0.0, 1.0], [3.0, 9.0]])
    trials(student.search_points(36, bounds, "grid"), 36, bounds)
    student.attempt("search_points", 24, bounds, "grid")
    kind = getattr(student.calls[-1][1], "type", "")
    require(kind, "24 trials on 2 axes gave points, expected a ValueError")
    require(kind == "ValueError", "24 trials on 2 axes raised {kind}, expected a ValueError", kind=kind)


@exercise("search_points")
@law("a grid of k^d points, or budget random ones, within the bounds")
@points(0.5)
@hidden
def test_other_boxes_are_searched_too(student, rng):
    """The same for bounds and budgets that you have not seen."""
    d, k = int(rng.choice([2, 3])), int(rng.choice([3, 5]))
    low = rng.normal(size=d)
    bounds = np.stack([low, low + rng.uniform(0.5, 5.0, size=d)], axis=1)
    grid = trials(student.search_points(k**d, bounds, "grid"), k**d, bounds)
    scattered = trials(student.search_points(k**d, bounds, "random", seeded(rng)), k**d, bounds)
    few = all(distinct(column) == k for column in grid.T)
    message = "the grid does not have k values on each axis"
    require(few, message, safe=message)
    whole = len(np.unique(np.round(grid, 6), axis=0)) == k**d
    message = "some points of the grid are the same"
    require(whole, message, safe=message)
    many = all(distinct(column) >= k**d - CHANCE for column in scattered.T)
    message = "random points share the value of a hyper-parameter"
    require(many, message, safe=message)


@exercise("refine_bounds")
@law("the box of the best three, widened by 0.1 of its own width on each side")
@points(0.75)
@public
@see("F0, 超参数调试: the small square around the best points; F4 §1.4.2")
@suggest("which rows are the best three? Write down the smallest and the largest value on each axis")
def test_three_best_trials_make_a_smaller_box(student):
    """The best three lie in [2, 4] and [0.3, 0.6]; a tenth of 2 and of 0.3 more on each side."""
    got = student.refine_bounds(TRIALS, SCORES, BOX)
    assert_close(got, REFINED, name="bounds", known={"budget": 7, "d": 2})


@exercise("refine_bounds")
@law("one row (low, high) per hyper-parameter: (d, 2)")
@points(0.25)
@public
@suggest("print the shape for three hyper-parameters: (3, 2)")
def test_the_new_bounds_look_like_the_old_ones(student):
    """What comes back goes straight into the next search, so low stands before high in every row."""
    more = np.column_stack([TRIALS, -TRIALS[:, 0]])
    box = np.array([[0.0, 10.0], [0.0, 1.0], [-10.0, 0.0]])
    got = student.refine_bounds(more, SCORES, box)
    assert_shape(got, (3, 2), name="bounds", axes="(d, 2)")
    assert_close(got[2], np.array([-4.2, -1.8]), name="bounds[2]")


@exercise("refine_bounds")
@law("the new bounds lie within the old ones")
@points(0.5)
@public
@see("docstring, Notes, step 3")
@suggest("a learning-rate exponent above the old bound: why was it not searched before?")
def test_what_sticks_out_of_the_old_box_is_cut_off(student):
    """With old bounds at 1.9 and 0.61 the margin ends there; the other two sides have room."""
    got = student.refine_bounds(TRIALS, SCORES, np.array([[1.9, 10.0], [0.0, 0.61]]))
    assert_close(got, np.array([[1.9, 4.2], [0.27, 0.61]]), name="bounds")


@exercise("refine_bounds")
@law("margin 0: the box touches the best trials, and the very best lies in it")
@points(0.5)
@public
@suggest("with margin 0, the four sides are the smallest and largest values of the best three")
def test_without_a_margin_the_box_fits_tightly(student):
    """The margin is a share of the width on each axis: 0 leaves [2, 4] and [0.3, 0.6], a half adds 1 and 0.15."""
    tight = np.array([[2.0, 4.0], [0.3, 0.6]])
    assert_close(student.refine_bounds(TRIALS, SCORES, BOX, 3, 0.0), tight, name="bounds, margin=0")
    wide = np.array([[1.0, 5.0], [0.15, 0.75]])
    assert_close(student.refine_bounds(TRIALS, SCORES, BOX, 3, 0.5), wide, name="bounds, margin=0.5")


@exercise("refine_bounds")
@law("as many trials as `top` says decide")
@points(0.25)
@public
@suggest("call it with top=2 and look at which two trials are best")
def test_top_says_how_many_trials_decide(student):
    """The best two are (4, 0.3) and (3, 0.6); with the best five, (6, 0.8) and (1, 0.9) join them."""
    two = np.array([[2.9, 4.1], [0.27, 0.63]])
    assert_close(student.refine_bounds(TRIALS, SCORES, BOX, 2), two, name="bounds, top=2")
    five = np.array([[0.5, 6.5], [0.24, 0.96]])
    assert_close(student.refine_bounds(TRIALS, SCORES, BOX, 5), five, name="bounds, top=5")


@exercise("refine_bounds")
@law("only the order of the scores counts, and not that of the trials")
@points(0.5)
@public
@suggest("subtract 1 from all scores: are the best trials still the same ones?")
def test_shifted_scores_and_shuffled_trials_change_nothing(student):
    """Negative costs are scores too, and the search does not remember in which order it was made."""
    got = student.refine_bounds(TRIALS, SCORES - 1.0, BOX)
    assert_close(got, REFINED, name="bounds, scores - 1")
    order = np.array([3, 5, 0, 6, 2, 1, 4])
    assert_close(student.refine_bounds(TRIALS[order], SCORES[order], BOX), REFINED, name="bounds, shuffled trials")


@exercise("refine_bounds")
@law("whole-number trials and bounds have fractions for new bounds")
@points(0.25)
@public
@see("README, conventions: integers are welcome, arguments stay as they were")
def test_whole_number_trials_are_welcome(student):
    """Layers and units are whole numbers; [20, 33] becomes [18.7, 34.3] all the same."""
    layers = np.array([[2, 20], [5, 64], [3, 33], [9, 99], [3, 29]])
    got = student.refine_bounds(layers, np.array([8, 3, 9, 1, 7]), np.array([[1, 10], [10, 100]]))
    assert_close(got, np.array([[1.9, 3.1], [18.7, 34.3]]), name="bounds")


@exercise("refine_bounds")
@law("the box of the best trials, widened on each side, within the old bounds")
@points(1)
@hidden
def test_other_searches_are_refined_too(student, oracle, rng):
    """The same for trials that you have not seen."""
    budget, d, top = int(rng.choice([11, 13, 17])), int(rng.choice([2, 3])), int(rng.choice([4, 5]))
    box = np.sort(rng.normal(size=(d, 2)) * 5.0, axis=1)
    trial = box[:, 0] + (box[:, 1] - box[:, 0]) * rng.random((budget, d))
    arguments = (trial, rng.normal(size=budget), box, top, rng.uniform(0.05, 0.3))
    assert_close(student.refine_bounds(*arguments), oracle.refine_bounds(*arguments), name="bounds")


@exercise("window_sensitivity")
@law("from 0.9 to 0.9005: 10 and 10.05 steps")
@points(0.75)
@public
@see("F4 §1.4.3: from 0.9 to 0.9005 almost nothing changes")
@suggest("compute 1 - 0.9005 by hand, and one over it")
def test_far_from_one_a_little_more_changes_little(student):
    """Five ten-thousandths on top of 0.9 lengthen the window by half a per cent."""
    windows(student, 0.9, 0.0005, (10.0, 10.0502513))


@exercise("window_sensitivity")
@law("from 0.999 to 0.9995: 1000 and 2000 steps")
@points(0.75)
@public
@see("F4 §1.4.3: from 0.999 to 0.9995 the window doubles")
@suggest("1 - 0.999 is 0.001, and 1 - 0.9995 is half of that")
def test_close_to_one_the_same_step_doubles_the_window(student):
    """The same five ten-thousandths on top of 0.999 halve the distance from 1."""
    windows(student, 0.999, 0.0005, (1000.0, 2000.0))


@exercise("window_sensitivity")
@law("a negative delta shortens the window")
@points(0.5)
@public
def test_a_step_back_shortens_the_window(student):
    """From 0.98 back to 0.9 the window falls from 50 to 10 steps."""
    windows(student, 0.98, -0.08, (50.0, 10.0))


@exercise("window_sensitivity")
@law("ratio = after / before")
@points(1)
@public
@see("F4 §1.4.3: the result hardly changes, or doubles")
@suggest("print after / before for 0.75 and 0.15: 10 over 4")
def test_the_ratio_says_how_many_times_longer(student):
    """Windows of 4 and 10 steps are 2.5 apart: a quotient, not a difference and not a percentage."""
    windows(student, 0.75, 0.15, (4.0, 10.0, 2.5))
    windows(student, 0.9, 0.0005, (10.0, 10.0502513, 1.00502513))
    windows(student, 0.999, 0.0005, (1000.0, 2000.0, 2.0))


@exercise("window_sensitivity")
@law("1/(1 - beta), 1/(1 - beta - delta) and their quotient")
@points(1)
@hidden
def test_other_betas_are_as_sensitive_as_they_are(student, oracle, rng):
    """The same for values that you have not seen."""
    beta = 1.0 - 10.0 ** rng.uniform(-3, -0.5)
    delta = (1.0 - beta) * rng.uniform(0.2, 0.7)
    windows(student, beta, delta, oracle.window_sensitivity(beta, delta))
