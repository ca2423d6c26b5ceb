"""Known wrong ways to write tuning.py: what each author believed, and which check must object.

`covers` names rows of the course's lists of mistakes: a slug of the exercise's own table, or "area/name".
"""

import numpy as np

from autograder.checking import mistake


@mistake(
    "sample_log_uniform",
    caught_by="every_decade_gets_its_quarter",
    covers=("linear_uniform", "sampling/linear-uniform"),
    read="F4 §1.4.3: a log scale, not a linear axis",
    suggest="count how many of a thousand draws are above 0.1",
)
def rates_along_the_line(low, high, n, rng):
    """The rates are drawn evenly along the line: nine out of ten land in the highest decade."""
    return rng.uniform(low, high, n)


@mistake(
    "sample_log_uniform",
    caught_by="known_exponents_give_known_rates",
    covers="natural_log_mix",
    suggest="the exponents come from np.log; which power undoes it?",
)
def rates_with_mixed_bases(low, high, n, rng):
    """The bounds go through the natural logarithm and come back through powers of 10: the two bases do not match."""
    return 10.0 ** rng.uniform(np.log(low), np.log(high), n)


@mistake(
    "sample_log_uniform",
    caught_by="known_exponents_give_known_rates",
    covers="sampling/natural-exp",
    suggest="the exponents come from np.log10; is np.exp its inverse?",
)
def rates_by_exp_of_log10(low, high, n, rng):
    """The exponents are those of 10, but np.exp raises e to them: between 0.0001 and 1 nothing is below 0.018."""
    return np.exp(rng.uniform(np.log10(low), np.log10(high), n))


@mistake(
    "sample_log_uniform",
    caught_by="known_exponents_give_known_rates",
    covers="wrong_sign",
    read="F0, 超参数调试: r = -4 * rand, with the minus sign",
    suggest="print the smallest of your draws: is it above 1?",
)
def rates_with_the_wrong_sign(low, high, n, rng):
    """The exponents have the wrong sign, so between 0.0001 and 1 the rates run from 1 to 10,000."""
    return 10.0 ** -rng.uniform(np.log10(low), np.log10(high), n)


@mistake(
    "sample_log_uniform",
    caught_by="known_exponents_give_known_rates",
    covers="sampling/exponent-bounds-wrong",
    suggest="what is 10 to the power of `high`, when high is 1?",
)
def rates_without_logarithm(low, high, n, rng):
    """The bounds themselves are used as exponents; their logarithms are meant."""
    return 10.0 ** rng.uniform(low, high, n)


@mistake(
    "sample_log_uniform",
    caught_by="known_exponents_give_known_rates",
    suggest="print your draws: can a rate be negative?",
)
def rates_left_as_exponents(low, high, n, rng):
    """The exponents r come back as they are; the last step, 10 to the power of r, is missing."""
    return rng.uniform(np.log10(low), np.log10(high), n)


@mistake(
    "sample_log_uniform",
    caught_by="any_positive_bounds_will_do",
    read="F0, 超参数调试: -4 there is the logarithm of the lower bound 0.0001",
    suggest="draw between 20 and 600",
)
def rates_from_the_notes(low, high, n, rng):
    """r = -4 * rand is copied from the notes: it fits the bounds 0.0001 and 1 and no others."""
    return 10.0 ** (-4.0 * rng.random(n))


@mistake(
    "sample_log_uniform",
    caught_by="there_are_rates_between_the_powers_of_ten",
    suggest="print ten draws: is there any between 0.001 and 0.01?",
)
def rates_powers_of_ten(low, high, n, rng):
    """The exponents are whole numbers, so only powers of ten are ever tried."""
    return np.clip(10.0 ** rng.integers(np.floor(np.log10(low)), np.ceil(np.log10(high)), n), low, high)


@mistake(
    "sample_log_uniform",
    caught_by="there_are_rates_between_the_powers_of_ten",
    covers="sampling/one-draw-reused",
    suggest="print your draws: how many different ones are there?",
)
def rates_all_equal(low, high, n, rng):
    """A single exponent is drawn and serves for all n rates."""
    return np.full(n, 10.0 ** rng.uniform(np.log10(low), np.log10(high)))


@mistake(
    "sample_log_uniform",
    caught_by=("known_exponents_give_known_rates", "all_rates_come_from_the_generator_that_is_passed"),
    covers="sampling/grid-not-random",
    read="F4 §1.4.2: points chosen at random, not evenly spaced",
    suggest="call it with two seeds: do the rates differ?",
)
def rates_on_a_grid(low, high, n, rng):
    """The rates are laid out evenly on the log scale; nothing is drawn, and every search tries the same ones."""
    return np.geomspace(low, high, n)


@mistake(
    "sample_log_uniform",
    caught_by="all_rates_come_from_the_generator_that_is_passed",
    read="README, conventions: random numbers",
    suggest="take np.random.seed out of your file and draw from rng",
)
def rates_seed_np_random(low, high, n, rng):
    """np.random is seeded and used instead of rng: every search draws the same rates."""
    np.random.seed(0)
    return 10.0 ** np.random.uniform(np.log10(low), np.log10(high), n)


@mistake(
    "sample_log_uniform",
    caught_by="equal_bounds_give_equal_draws",
    suggest="print the shape for n = 7",
)
def rates_squeezed(low, high, n, rng):
    """Equal draws are merged into one: np.unique sorts and throws away, and n rates were asked for."""
    return np.unique(10.0 ** rng.uniform(np.log10(low), np.log10(high), n))


@mistake(
    "sample_beta",
    caught_by="half_of_the_betas_are_above_0_99",
    covers=("uniform_beta", "sampling/beta-direct"),
    read="F0, 超参数调试, on beta: take 1 - beta on the log scale",
    suggest="count how many of a thousand draws are above 0.99",
)
def betas_along_the_line(low, high, n, rng):
    """beta is drawn evenly along the line: only 9 % of the draws are above 0.99, where it matters most."""
    return rng.uniform(low, high, n)


@mistake(
    "sample_beta",
    caught_by="half_of_the_betas_are_above_0_99",
    covers="log_of_beta",
    read="F0, 超参数调试, on beta: it is 1 - beta that is 10^r",
    suggest="print log10 of 0.9 and of 0.999: is there a decade between them?",
)
def betas_on_their_own_log_scale(low, high, n, rng):
    """The log scale is that of beta itself, on which 0.9 and 0.999 are next to each other: it is as good as a line."""
    return 10.0 ** rng.uniform(np.log10(low), np.log10(high), n)


@mistake(
    "sample_beta",
    caught_by="known_exponents_give_known_betas",
    covers="sampling/beta-direct",
    suggest="what you draw runs from 0.001 to 0.1: what is it the distance of?",
)
def betas_not_subtracted(low, high, n, rng):
    """1 - beta comes back instead of beta: the subtraction from 1 is missing at the end."""
    return 10.0 ** rng.uniform(np.log10(1 - high), np.log10(1 - low), n)


@mistake(
    "sample_beta",
    caught_by="half_of_the_betas_are_above_0_99",
    read="docstring: a is the logarithm of 1 - high, the smaller one",
    suggest="which is larger, 1 - 0.9 or 1 - 0.999?",
)
def betas_with_bounds_not_exchanged(low, high, n, rng):
    """1 - low is passed as the lower bound, but it is the larger of the two, and rng.uniform refuses that order."""
    return 1 - 10.0 ** rng.uniform(np.log10(1 - low), np.log10(1 - high), n)


@mistake(
    "sample_beta",
    caught_by="betas_stay_between_their_bounds",
    read="F0, 超参数调试, on beta: [-3, -1] belongs to the bounds 0.9 and 0.999",
    suggest="draw between 0.8 and 0.95",
)
def betas_from_the_notes(low, high, n, rng):
    """The exponents -3 and -1 are copied from the notes; they fit the bounds 0.9 and 0.999 and no others."""
    return 1 - 10.0 ** rng.uniform(-3, -1, n)


@mistake(
    "sample_beta",
    caught_by="half_of_the_betas_are_above_0_99",
    suggest="count how many of a thousand draws are above 0.99; half of them should be",
)
def betas_with_even_windows(low, high, n, rng):
    """The window 1/(1 - beta) is drawn evenly, from 10 to 1000: now nine out of ten draws are above 0.99."""
    return 1 - 1 / rng.uniform(1 / (1 - low), 1 / (1 - high), n)


@mistake(
    "sample_beta",
    caught_by="known_exponents_give_known_betas",
    covers="sampling/natural-exp",
    suggest="the exponents come from np.log10; is np.exp its inverse?",
)
def betas_by_exp_of_log10(low, high, n, rng):
    """The exponents are those of 10, but np.exp raises e to them, so the betas are far below their bounds."""
    return 1 - np.exp(rng.uniform(np.log10(1 - high), np.log10(1 - low), n))


@mistake(
    "sample_beta",
    caught_by="the_distance_from_one_is_spread_over_its_decades",
    covers="sampling/one-draw-reused",
    suggest="print your draws: how many different ones are there?",
)
def betas_all_equal(low, high, n, rng):
    """A single exponent is drawn and serves for all n betas."""
    return np.full(n, 1 - 10.0 ** rng.uniform(np.log10(1 - high), np.log10(1 - low)))


@mistake(
    "sample_beta",
    caught_by=("known_exponents_give_known_betas", "all_betas_come_from_the_generator_that_is_passed"),
    covers="sampling/grid-not-random",
    read="F4 §1.4.2: points chosen at random, not evenly spaced",
    suggest="call it with two seeds: do the betas differ?",
)
def betas_on_a_grid(low, high, n, rng):
    """The betas are laid out evenly on the log scale of 1 - beta; nothing is drawn."""
    return 1 - np.geomspace(1 - high, 1 - low, n)


@mistake(
    "sample_beta",
    caught_by="all_betas_come_from_the_generator_that_is_passed",
    read="README, conventions: random numbers",
    suggest="take np.random.seed out of your file and draw from rng",
)
def betas_seed_np_random(low, high, n, rng):
    """np.random is seeded and used instead of rng: every search draws the same betas."""
    np.random.seed(0)
    return 1 - 10.0 ** np.random.uniform(np.log10(1 - high), np.log10(1 - low), n)


@mistake(
    "sample_beta",
    caught_by="equal_bounds_give_equal_betas",
    suggest="print the shape for n = 7",
)
def betas_squeezed(low, high, n, rng):
    """Equal draws are merged into one: np.unique sorts and throws away, and n betas were asked for."""
    return np.unique(1 - 10.0 ** rng.uniform(np.log10(1 - high), np.log10(1 - low), n))


@mistake(
    "search_points",
    caught_by="twenty_five_trials_try_five_values_or_twenty_five",
    covers=("grid_repeats", "sampling/grid-not-random"),
    read="F4 §1.4.2: choose points at random",
    suggest="print np.unique(points[:, 0]).size for method 'random': 25 are due",
)
def search_always_a_grid(budget, bounds, method, rng=None):
    """Random points are picked from the grid's values, so they try no more values than a grid does."""
    low, high = np.asarray(bounds, dtype=float).T
    d = len(low)
    k = round(budget ** (1 / d))
    if method == "random":
        levels = np.linspace(low, high, max(k, 2))
        picks = rng.integers(0, len(levels), size=(budget, d))
        return np.take_along_axis(levels, picks, axis=0)
    if k**d != budget:
        raise ValueError("no grid")
    return np.stack(np.meshgrid(*np.linspace(low, high, k).T, indexing="ij"), axis=-1).reshape(budget, d)


@mistake(
    "search_points",
    caught_by="each_trial_is_a_row_and_stays_in_the_box",
    covers="bounds_transposed",
    read="docstring: row i holds the bounds of hyper-parameter i",
    suggest="print bounds[0] and bounds[:, 0]: which of them holds the bounds of the first hyper-parameter?",
)
def search_bounds_transposed(budget, bounds, method, rng=None):
    """The first two rows are taken for all lower and all upper bounds; lower and upper are columns."""
    bounds = np.asarray(bounds, dtype=float)
    low, high = np.resize(bounds[0], len(bounds)), np.resize(bounds[1], len(bounds))
    d = len(low)
    if method == "random":
        return low + (high - low) * rng.random((budget, d))
    k = round(budget ** (1 / d))
    if k**d != budget:
        raise ValueError("no grid")
    return np.stack(np.meshgrid(*np.linspace(low, high, k).T, indexing="ij"), axis=-1).reshape(budget, d)


@mistake(
    "search_points",
    caught_by="each_trial_is_a_row_and_stays_in_the_box",
    read="docstring, Returns: one trial per row",
    suggest="print the shape of the points for 7 trials and 3 hyper-parameters",
)
def search_trials_as_columns(budget, bounds, method, rng=None):
    """The points come back as (d, budget), one trial a column; here a trial is a row."""
    low, high = np.asarray(bounds, dtype=float).T
    d = len(low)
    if method == "random":
        return (low + (high - low) * rng.random((budget, d))).T
    k = round(budget ** (1 / d))
    if k**d != budget:
        raise ValueError("no grid")
    return np.stack(np.meshgrid(*np.linspace(low, high, k).T, indexing="ij"), axis=-1).reshape(budget, d).T


@mistake(
    "search_points",
    caught_by="a_grid_leaves_no_combination_out",
    suggest="draw your points for 16 trials on paper: a square, or a diagonal?",
)
def search_on_the_diagonal(budget, bounds, method, rng=None):
    """The values of the axes are put side by side instead of being combined: the grid is a diagonal, repeated."""
    low, high = np.asarray(bounds, dtype=float).T
    d = len(low)
    if method == "random":
        return low + (high - low) * rng.random((budget, d))
    k = round(budget ** (1 / d))
    if k**d != budget:
        raise ValueError("no grid")
    return np.tile(np.linspace(low, high, k), (budget // k, 1))


@mistake(
    "search_points",
    caught_by="twenty_five_trials_try_five_values_or_twenty_five",
    read="docstring, Returns: k values on each axis, with k^d = budget",
    suggest="how many points has a grid with 12 values on each of two axes?",
)
def search_budget_shared_out(budget, bounds, method, rng=None):
    """The budget is divided by the number of axes; the numbers of values are multiplied in a grid, so a root is due."""
    low, high = np.asarray(bounds, dtype=float).T
    d = len(low)
    if method == "random":
        return low + (high - low) * rng.random((budget, d))
    levels = np.linspace(low, high, budget // d)
    return np.stack(np.meshgrid(*levels.T, indexing="ij"), axis=-1).reshape(-1, d)


@mistake(
    "search_points",
    caught_by="the_cube_root_of_sixty_four_is_four",
    read="F0, 超参数调试: a cube for three hyper-parameters",
    suggest="8 values on each of three axes: how many trials is that?",
)
def search_always_a_square(budget, bounds, method, rng=None):
    """The square root of the budget is taken for any number of axes, which is right for two of them only."""
    low, high = np.asarray(bounds, dtype=float).T
    d = len(low)
    if method == "random":
        return low + (high - low) * rng.random((budget, d))
    k = round(budget**0.5)
    if k**2 != budget:
        raise ValueError("no square")
    return np.stack(np.meshgrid(*np.linspace(low, high, k).T, indexing="ij"), axis=-1).reshape(-1, d)


@mistake(
    "search_points",
    caught_by="the_cube_root_of_sixty_four_is_four",
    read="docstring, Notes: roots of floats miss whole numbers",
    suggest="print 64 ** (1 / 3), int(64 ** (1 / 3)) and round(64 ** (1 / 3))",
)
def search_root_cut_off(budget, bounds, method, rng=None):
    """The root is cut off by int(), and the cube root of 64 becomes 3: a float root may be a hair too small."""
    low, high = np.asarray(bounds, dtype=float).T
    d = len(low)
    if method == "random":
        return low + (high - low) * rng.random((budget, d))
    k = int(budget ** (1 / d))
    if k**d != budget:
        raise ValueError("no grid")
    return np.stack(np.meshgrid(*np.linspace(low, high, k).T, indexing="ij"), axis=-1).reshape(budget, d)


@mistake(
    "search_points",
    caught_by="three_by_three_trials_make_a_known_grid",
    read="docstring, Returns: lower and upper bound included",
    suggest="is the upper bound among the values on each axis?",
)
def search_without_upper_bound(budget, bounds, method, rng=None):
    """The grid ends one step short of the upper bound, as np.arange does."""
    low, high = np.asarray(bounds, dtype=float).T
    d = len(low)
    if method == "random":
        return low + (high - low) * rng.random((budget, d))
    k = round(budget ** (1 / d))
    if k**d != budget:
        raise ValueError("no grid")
    levels = np.linspace(low, high, k, endpoint=False)
    return np.stack(np.meshgrid(*levels.T, indexing="ij"), axis=-1).reshape(budget, d)


@mistake(
    "search_points",
    caught_by="three_by_three_trials_make_a_known_grid",
    read="docstring, Returns: lower and upper bound included",
    suggest="print the smallest and the largest value of each column of a grid",
)
def search_in_the_middle_of_cells(budget, bounds, method, rng=None):
    """The grid's values stand in the middle of k equal cells; here the bounds themselves are tried."""
    low, high = np.asarray(bounds, dtype=float).T
    d = len(low)
    if method == "random":
        return low + (high - low) * rng.random((budget, d))
    k = round(budget ** (1 / d))
    if k**d != budget:
        raise ValueError("no grid")
    levels = low + (high - low) * (np.arange(k)[:, None] + 0.5) / k
    return np.stack(np.meshgrid(*levels.T, indexing="ij"), axis=-1).reshape(budget, d)


@mistake(
    "search_points",
    caught_by="each_coordinate_has_a_draw_of_its_own",
    covers="sampling/one-draw-reused",
    read="docstring: rng.random((budget, d))",
    suggest="plot the two columns against each other: a cloud, or a line?",
)
def search_one_draw_per_trial(budget, bounds, method, rng=None):
    """One random number serves for all coordinates of a trial, so all trials lie on the diagonal of the box."""
    low, high = np.asarray(bounds, dtype=float).T
    d = len(low)
    if method == "random":
        return low + (high - low) * rng.random((budget, 1))
    k = round(budget ** (1 / d))
    if k**d != budget:
        raise ValueError("no grid")
    return np.stack(np.meshgrid(*np.linspace(low, high, k).T, indexing="ij"), axis=-1).reshape(budget, d)


@mistake(
    "search_points",
    caught_by="random_points_fill_the_box_evenly",
    suggest="print the mean and the spread of each column for a thousand trials",
)
def search_normal_points(budget, bounds, method, rng=None):
    """The points are normal draws around the middle, so the middle of the box is searched best, for no reason."""
    low, high = np.asarray(bounds, dtype=float).T
    d = len(low)
    if method == "random":
        points = (low + high) / 2 + (high - low) / 4 * rng.standard_normal((budget, d))
        return np.clip(points, low, high)
    k = round(budget ** (1 / d))
    if k**d != budget:
        raise ValueError("no grid")
    return np.stack(np.meshgrid(*np.linspace(low, high, k).T, indexing="ij"), axis=-1).reshape(budget, d)


@mistake(
    "search_points",
    caught_by="known_random_numbers_give_known_points",
    read="docstring: u is the share of the way from the lower to the upper bound",
    suggest="where should a point with u = 0 be?",
)
def search_from_above(budget, bounds, method, rng=None):
    """The shares are counted from the upper bound downwards; they are meant from the lower one upwards."""
    low, high = np.asarray(bounds, dtype=float).T
    d = len(low)
    if method == "random":
        return high - (high - low) * rng.random((budget, d))
    k = round(budget ** (1 / d))
    if k**d != budget:
        raise ValueError("no grid")
    return np.stack(np.meshgrid(*np.linspace(low, high, k).T, indexing="ij"), axis=-1).reshape(budget, d)


@mistake(
    "search_points",
    caught_by="random_points_come_from_the_generator_that_is_passed",
    read="README, conventions: random numbers",
    suggest="take np.random.seed out of your file and draw from rng",
)
def search_seeds_np_random(budget, bounds, method, rng=None):
    """np.random is seeded and used instead of rng: every search tries the same points."""
    low, high = np.asarray(bounds, dtype=float).T
    d = len(low)
    if method == "random":
        np.random.seed(0)
        return low + (high - low) * np.random.rand(budget, d)
    k = round(budget ** (1 / d))
    if k**d != budget:
        raise ValueError("no grid")
    return np.stack(np.meshgrid(*np.linspace(low, high, k).T, indexing="ij"), axis=-1).reshape(budget, d)


@mistake(
    "search_points",
    caught_by="a_budget_that_makes_no_grid_is_refused",
    read="docstring, Raises",
    suggest="how many points do you return for 24 trials on two axes?",
)
def search_rounds_the_budget(budget, bounds, method, rng=None):
    """A budget that is no power gives the nearest grid, with more or fewer trials than were asked for."""
    low, high = np.asarray(bounds, dtype=float).T
    d = len(low)
    if method == "random":
        return low + (high - low) * rng.random((budget, d))
    k = round(budget ** (1 / d))
    return np.stack(np.meshgrid(*np.linspace(low, high, k).T, indexing="ij"), axis=-1).reshape(-1, d)


@mistake(
    "refine_bounds",
    caught_by="three_best_trials_make_a_smaller_box",
    covers="minimises_instead",
    read="docstring: higher is better",
    suggest="which three rows did you choose? Print their scores",
)
def refine_around_the_worst(points, scores, bounds, top=3, margin=0.1):
    """The trials with the lowest scores are chosen; a score is a success here, not a cost."""
    best = points[np.argsort(scores)[:top]]
    low, high = best.min(axis=0), best.max(axis=0)
    room = margin * (high - low)
    return np.stack([np.maximum(low - room, bounds[:, 0]), np.minimum(high + room, bounds[:, 1])], axis=1)


@mistake(
    "refine_bounds",
    caught_by="what_sticks_out_of_the_old_box_is_cut_off",
    covers="no_clip",
    read="docstring, Notes, step 3",
    suggest="compare the new bounds with the old ones: is the box inside?",
)
def refine_without_clipping(points, scores, bounds, top=3, margin=0.1):
    """The widened box is not cut off at the old bounds, and may ask for a dropout of 1.03."""
    best = points[np.argsort(-scores)[:top]]
    low, high = best.min(axis=0), best.max(axis=0)
    room = margin * (high - low)
    return np.stack([low - room, high + room], axis=1)


@mistake(
    "refine_bounds",
    caught_by="three_best_trials_make_a_smaller_box",
    covers="uses_all",
    read="docstring, Notes, step 1: the `top` best trials",
    suggest="does the argument scores change anything in your answer?",
)
def refine_around_all(points, scores, bounds, top=3, margin=0.1):
    """The box is drawn around all the trials, good and bad, so nothing is refined."""
    low, high = points.min(axis=0), points.max(axis=0)
    room = margin * (high - low)
    return np.stack([np.maximum(low - room, bounds[:, 0]), np.minimum(high + room, bounds[:, 1])], axis=1)


@mistake(
    "refine_bounds",
    caught_by="three_best_trials_make_a_smaller_box",
    suggest="does each row of points still stand beside its own score?",
)
def refine_first_rows(points, scores, bounds, top=3, margin=0.1):
    """The first `top` trials are taken as they come; they were never sorted by their scores."""
    best = points[:top]
    low, high = best.min(axis=0), best.max(axis=0)
    room = margin * (high - low)
    return np.stack([np.maximum(low - room, bounds[:, 0]), np.minimum(high + room, bounds[:, 1])], axis=1)


@mistake(
    "refine_bounds",
    caught_by="three_best_trials_make_a_smaller_box",
    suggest="print the rows that you call best: are they rows of points?",
)
def refine_sorts_the_columns(points, scores, bounds, top=3, margin=0.1):
    """Each column of points is sorted on its own and its largest values are taken; the scores are forgotten."""
    best = np.sort(points, axis=0)[-top:]
    low, high = best.min(axis=0), best.max(axis=0)
    room = margin * (high - low)
    return np.stack([np.maximum(low - room, bounds[:, 0]), np.minimum(high + room, bounds[:, 1])], axis=1)


@mistake(
    "refine_bounds",
    caught_by="three_best_trials_make_a_smaller_box",
    read="docstring: margin is a share of the box's own width",
    suggest="the best three lie in [2, 4]: how wide is that, and what is a tenth of it?",
)
def refine_margin_of_the_old_width(points, scores, bounds, top=3, margin=0.1):
    """The margin is a share of the old bounds' width; here it is a share of the new box's own width."""
    best = points[np.argsort(-scores)[:top]]
    low, high = best.min(axis=0), best.max(axis=0)
    room = margin * (bounds[:, 1] - bounds[:, 0])
    return np.stack([np.maximum(low - room, bounds[:, 0]), np.minimum(high + room, bounds[:, 1])], axis=1)


@mistake(
    "refine_bounds",
    caught_by="three_best_trials_make_a_smaller_box",
    read="docstring, Notes, step 2: margin * width below and as much above",
    suggest="the best three lie in [2, 4]: what is a tenth of 2?",
)
def refine_half_a_margin(points, scores, bounds, top=3, margin=0.1):
    """The margin is shared between the two sides; each side is due the whole of it."""
    best = points[np.argsort(-scores)[:top]]
    low, high = best.min(axis=0), best.max(axis=0)
    room = margin * (high - low) / 2
    return np.stack([np.maximum(low - room, bounds[:, 0]), np.minimum(high + room, bounds[:, 1])], axis=1)


@mistake(
    "refine_bounds",
    caught_by="three_best_trials_make_a_smaller_box",
    read="docstring: margin is a share, dimensionless",
    suggest="an axis from 16 to 128 units: how much is a margin of 0.1 there?",
)
def refine_margin_in_units(points, scores, bounds, top=3, margin=0.1):
    """The margin itself is added, in whatever unit the axis has; it is a share of the box's width."""
    best = points[np.argsort(-scores)[:top]]
    low, high = best.min(axis=0), best.max(axis=0)
    return np.stack([np.maximum(low - margin, bounds[:, 0]), np.minimum(high + margin, bounds[:, 1])], axis=1)


@mistake(
    "refine_bounds",
    caught_by="three_best_trials_make_a_smaller_box",
    read="docstring, Notes: on each axis on its own",
    suggest="print the width of the box on each axis: two axes, two widths",
)
def refine_one_width_for_all(points, scores, bounds, top=3, margin=0.1):
    """The largest width of all axes is used on each of them, although every axis has a unit of its own."""
    best = points[np.argsort(-scores)[:top]]
    low, high = best.min(axis=0), best.max(axis=0)
    room = margin * np.max(high - low)
    return np.stack([np.maximum(low - room, bounds[:, 0]), np.minimum(high + room, bounds[:, 1])], axis=1)


@mistake(
    "refine_bounds",
    caught_by="three_best_trials_make_a_smaller_box",
    suggest="are the best three inside your box?",
)
def refine_shrinks(points, scores, bounds, top=3, margin=0.1):
    """The margin is taken away instead of added, so the best trials stick out of the box."""
    best = points[np.argsort(-scores)[:top]]
    low, high = best.min(axis=0), best.max(axis=0)
    room = margin * (high - low)
    return np.stack([np.maximum(low + room, bounds[:, 0]), np.minimum(high - room, bounds[:, 1])], axis=1)


@mistake(
    "refine_bounds",
    caught_by="the_new_bounds_look_like_the_old_ones",
    read="docstring, Returns: (d, 2)",
    suggest="print the shape for three hyper-parameters",
)
def refine_transposed(points, scores, bounds, top=3, margin=0.1):
    """The result is (2, d), all lower bounds and then all upper bounds; each row should be one hyper-parameter."""
    best = points[np.argsort(-scores)[:top]]
    low, high = best.min(axis=0), best.max(axis=0)
    room = margin * (high - low)
    return np.stack([np.maximum(low - room, bounds[:, 0]), np.minimum(high + room, bounds[:, 1])])


@mistake(
    "refine_bounds",
    caught_by="without_a_margin_the_box_fits_tightly",
    suggest="call it with margin=0: does anything change?",
)
def refine_margin_written_in(points, scores, bounds, top=3, margin=0.1):
    """0.1 is written into the code, and the margin that is passed is ignored."""
    best = points[np.argsort(-scores)[:top]]
    low, high = best.min(axis=0), best.max(axis=0)
    room = 0.1 * (high - low)
    return np.stack([np.maximum(low - room, bounds[:, 0]), np.minimum(high + room, bounds[:, 1])], axis=1)


@mistake(
    "refine_bounds",
    caught_by="top_says_how_many_trials_decide",
    suggest="call it with top=2 and with top=5: do the boxes differ?",
)
def refine_top_written_in(points, scores, bounds, top=3, margin=0.1):
    """The best three are taken whatever `top` says."""
    best = points[np.argsort(-scores)[:3]]
    low, high = best.min(axis=0), best.max(axis=0)
    room = margin * (high - low)
    return np.stack([np.maximum(low - room, bounds[:, 0]), np.minimum(high + room, bounds[:, 1])], axis=1)


@mistake(
    "refine_bounds",
    caught_by="shifted_scores_and_shuffled_trials_change_nothing",
    suggest="subtract 1 from all the scores: are the best trials still the same?",
)
def refine_by_size_of_score(points, scores, bounds, top=3, margin=0.1):
    """The scores are compared by their size without their sign, so of negative ones the worst win."""
    best = points[np.argsort(-np.abs(scores))[:top]]
    low, high = best.min(axis=0), best.max(axis=0)
    room = margin * (high - low)
    return np.stack([np.maximum(low - room, bounds[:, 0]), np.minimum(high + room, bounds[:, 1])], axis=1)


@mistake(
    "refine_bounds",
    caught_by="whole_number_trials_are_welcome",
    read="README, conventions: integers are welcome",
    suggest="print np.zeros_like(np.array([[1, 10]])).dtype",
)
def refine_integer_buffer(points, scores, bounds, top=3, margin=0.1):
    """The new bounds are written into an array like the old ones; if those are whole numbers, decimals are cut off."""
    best = points[np.argsort(-scores)[:top]]
    low, high = best.min(axis=0), best.max(axis=0)
    room = margin * (high - low)
    refined = np.zeros_like(bounds)
    refined[:, 0] = np.maximum(low - room, bounds[:, 0])
    refined[:, 1] = np.minimum(high + room, bounds[:, 1])
    return refined


@mistake(
    "refine_bounds",
    caught_by="three_best_trials_make_a_smaller_box",
    read="README, conventions: no argument is changed",
    suggest="make a new array for the new bounds; the old ones may be needed for another try",
)
def refine_in_place(points, scores, bounds, top=3, margin=0.1):
    """The new bounds are written over the old ones, which belong to the caller."""
    best = points[np.argsort(-scores)[:top]]
    low, high = best.min(axis=0), best.max(axis=0)
    room = margin * (high - low)
    bounds[:, 0] = np.maximum(low - room, bounds[:, 0])
    bounds[:, 1] = np.minimum(high + room, bounds[:, 1])
    return bounds


@mistake(
    "window_sensitivity",
    caught_by="far_from_one_a_little_more_changes_little",
    covers="relative_delta",
    read="docstring: delta is added to beta",
    suggest="what is 0.9 + 0.0005, and what is 0.9 * 1.0005?",
)
def window_relative_delta(beta, delta):
    """delta is taken as a share of beta; it is added to beta as it is."""
    before, after = 1 / (1 - beta), 1 / (1 - beta * (1 + delta))
    return before, after, after / before


@mistake(
    "window_sensitivity",
    caught_by="far_from_one_a_little_more_changes_little",
    read="docstring: delta is added to beta, so it is subtracted from 1 - beta",
    suggest="print 1 - (0.9 + 0.0005)",
)
def window_brackets_lost(beta, delta):
    """The brackets of 1 - (beta + delta) are lost: with 1 - beta + delta the window shrinks where it should grow."""
    before, after = 1 / (1 - beta), 1 / (1 - beta + delta)
    return before, after, after / before


@mistake(
    "window_sensitivity",
    caught_by="the_ratio_says_how_many_times_longer",
    suggest="is the second window longer or shorter than the first? Then is the ratio above or below 1?",
)
def window_ratio_inverted(beta, delta):
    """The ratio is the first window over the second; it should say how many times the first the second is."""
    before, after = 1 / (1 - beta), 1 / (1 - beta - delta)
    return before, after, before / after


@mistake(
    "window_sensitivity",
    caught_by="the_ratio_says_how_many_times_longer",
    suggest="from 1000 to 2000 steps: is the ratio 1000, or 2?",
)
def window_difference(beta, delta):
    """The third value is the difference of the two windows, not their quotient."""
    before, after = 1 / (1 - beta), 1 / (1 - beta - delta)
    return before, after, after - before


@mistake(
    "window_sensitivity",
    caught_by="the_ratio_says_how_many_times_longer",
    suggest="from 1000 to 2000 steps: is the ratio 1, or 2?",
)
def window_relative_change(beta, delta):
    """The third value is the relative change, ratio minus 1."""
    before, after = 1 / (1 - beta), 1 / (1 - beta - delta)
    return before, after, after / before - 1


@mistake(
    "window_sensitivity",
    caught_by="far_from_one_a_little_more_changes_little",
    suggest="print 1 / (1 - 0.9005): is it 10?",
)
def window_whole_steps(beta, delta):
    """The windows are rounded to whole steps, which hides a change of half a per cent."""
    before, after = round(1 / (1 - beta)), round(1 / (1 - beta - delta))
    return before, after, after / before


@mistake(
    "window_sensitivity",
    caught_by="far_from_one_a_little_more_changes_little",
    read="F4 §1.4.3: the window is 1/(1 - beta)",
    suggest="how far does an average with beta = 0.9 look back: 1.1 or 10 steps?",
)
def window_of_one_over_beta(beta, delta):
    """The window is taken to be 1/beta; it is 1/(1 - beta)."""
    before, after = 1 / beta, 1 / (beta + delta)
    return before, after, after / before


@mistake(
    "window_sensitivity",
    caught_by="close_to_one_the_same_step_doubles_the_window",
    read="docstring: delta is added to beta, not to the window",
    suggest="compute the second window from beta + delta, just as the first from beta",
)
def window_delta_on_the_window(beta, delta):
    """delta is added to the window instead of to beta, so hardly anything changes."""
    before = 1 / (1 - beta)
    after = before + delta
    return before, after, after / before


@mistake(
    "window_sensitivity",
    caught_by="a_step_back_shortens_the_window",
    suggest="call it with a negative delta: does the window shrink?",
)
def window_absolute_delta(beta, delta):
    """The sign of delta is dropped, so a step away from 1 counts like a step towards it."""
    before, after = 1 / (1 - beta), 1 / abs(1 - beta - abs(delta))
    return before, after, after / before
