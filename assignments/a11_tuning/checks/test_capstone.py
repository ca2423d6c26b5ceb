"""Capstone: caviar first, thirty networks that are trained for a moment; then panda, the best three watched over.

What trains and scores is the reference; the student's functions say where to search. A network is known by its setting,
which is rounded, so that one that has been trained before, for whatever submission, is not trained again.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from autograder.checking import (
    SeededRNG,
    assert_bars,
    assert_dtype,
    assert_shape,
    at_least,
    at_most,
    exercise,
    hidden,
    law,
    points,
    public,
    require,
    see,
    spoiled_by,
    suggest,
    trial,
)

RATES, BETAS, UNITS = (1e-4, 10.0), (0.5, 0.999), (16.0, 96.0)
# The same box as the search sees it: log10 of the rate, log10 of 1 - beta, hidden units.
BOX = np.array([np.log10(RATES), np.log10(1.0 - np.array(BETAS[::-1])), UNITS])
COARSE, FINE, FINALISTS = 20, 10, 3
TRIED, WATCHED = 3, 12
# Grids of nine have three rates each, 2.5 decades apart. Where the good ones are, nobody knows beforehand, so the boxes
# are shifted over one such distance.
DUEL, SHIFTS = 9, np.linspace(-1.25, 1.25, 16, endpoint=False)


@dataclass(frozen=True)
class Setting:
    """One trial: learning rate and beta1 of Adam, hidden units of a network 64-units-10."""

    rate: float
    beta: float
    units: int

    @classmethod
    def at(cls, exponent, distance, units):
        """Read a point of the search; of a learning rate nobody needs more than three digits."""
        rate, away = np.power(10.0, exponent), np.power(10.0, distance)
        return cls(float(f"{rate:.3g}"), 1.0 - float(f"{away:.3g}"), round(float(units)))


@lru_cache(maxsize=16)
def parts_of(lab, seed):
    """The digits, dealt out into train, dev and test."""
    return lab.split(lab.digits(), seed)


def trained(lab, seed, setting, epochs, rate_at):
    """Train a network with Adam and return the run; rate_at(step, params) is the learning rate of each step."""
    adam = lab.reference.optimizers.update_adam

    def step(params, grads, v, s, t, _):
        return adam(params, grads, v, s, t, rate_at(t, params), setting.beta)

    network = lab.Network((64, setting.units, 10), epochs, setting.rate, optimizer="adam")
    return lab.train(parts_of(lab, seed).train, network, seed, update_adam=step)


@lru_cache(maxsize=4096)
def tried(lab, seed, setting, epochs=TRIED):
    """What comes of a short trial: the accuracy on the dev part."""
    run = trained(lab, seed, setting, epochs, lambda *_: setting.rate)
    return lab.accuracy(run.end, parts_of(lab, seed).dev)


@lru_cache(maxsize=256)
def watched(lab, seed, setting):
    """Train a network and watch it: whenever an epoch has not brought the lowest dev cost, the rate is halved.

    Of its states the one with the lowest dev cost is kept; returns this cost, and its accuracy on the test part.
    """
    parts = parts_of(lab, seed)
    network = lab.Network((64, setting.units, 10), WATCHED, setting.rate)
    steps = -(-parts.train.y.size // network.batch_size)
    costs, rate = [], setting.rate

    def rate_at(t, params):
        nonlocal rate
        if t % steps == 1:
            costs.append(lab.cost(lab.State(network, params), parts.dev))
            if not costs[-1] <= min(costs):
                rate /= 2
        return rate

    run = trained(lab, seed, setting, WATCHED, rate_at)
    dev_costs = [np.nan_to_num(lab.cost(state, parts.dev), nan=np.inf) for state in run.states]
    lowest = int(np.argmin(dev_costs))
    return dev_costs[lowest], lab.accuracy(run.states[lowest], parts.test)


def asked(value, budget, bounds):
    """The points of a search, once they are numbers in or near the box: a million units would be no trial."""
    assert_shape(value, (budget, len(bounds)), name="points", axes="(budget, d)")
    assert_dtype(value, "float", name="points")
    room = 0.2 * (bounds[:, 1] - bounds[:, 0])
    inside = bool(np.all((value >= bounds[:, 0] - room) & (value <= bounds[:, 1] + room)))
    message = "some trials are far outside the bounds of the search, expected all of them inside"
    require(inside, message, safe=message)
    return value.astype(float)


def coarse_search(student, seed):
    """The first trials, all over the box: rates and betas on their log scales, units evenly."""
    rates = student.sample_log_uniform(*RATES, COARSE, SeededRNG(1000 + seed))
    betas = student.sample_beta(*BETAS, COARSE, SeededRNG(2000 + seed))
    units = asked(student.search_points(COARSE, BOX[2:], "random", SeededRNG(3000 + seed)), COARSE, BOX[2:])
    for name, draws in (("rates", rates), ("betas", betas)):
        assert_shape(draws, (COARSE,), name=name, axes="(n,)")
        assert_dtype(draws, "float", name=name)
    usable = bool(np.all((rates > 0) & np.isfinite(rates) & (betas < 1) & np.isfinite(betas)))
    message = "some rates or betas cannot be trained with, expected rates above 0 and betas below 1"
    require(usable, message, safe=message)
    exponents = np.log10(rates.astype(float))
    different = len(np.unique(exponents))
    require(
        different == COARSE,
        "{budget} trials try {different} learning rates, expected as many as trials",
        safe="some trials have the same learning rate, expected one of its own for each",
        budget=COARSE,
        different=different,
    )
    return np.column_stack([exponents, np.log10(1.0 - betas.astype(float)), units])


def searched(student, lab, seed):
    """Search from coarse to fine: all trials with their scores on the dev part, the coarse ones first."""
    coarse = coarse_search(student, seed)
    scores = np.array([tried(lab, seed, Setting.at(*point)) for point in coarse])
    box = student.refine_bounds(coarse, scores, BOX)
    assert_shape(box, BOX.shape, name="bounds", axes="(d, 2)")
    fine = asked(student.search_points(FINE, box, "random", SeededRNG(4000 + seed)), FINE, BOX)
    fine_scores = np.array([tried(lab, seed, Setting.at(*point)) for point in fine])
    return np.concatenate([coarse, fine]), np.concatenate([scores, fine_scores])


@trial(
    seeds=3,
    accuracy=at_least(0.90),
    silver=at_least(0.93, on_average=True),
    gold=at_least(0.945, on_average=True),
    decades=at_least(2.5, on_average=True),
    aim=at_least(0.75, on_average=True),
)
def challenge(student, lab, seed):
    """Thirty trials of three epochs; the best three are trained on and watched, and one of them is tested, once.

    accuracy, silver, gold: on the test part, one number with three bars. decades: from the lowest to the highest rate
    of the coarse search. aim: the mean accuracy of the fine trials on the dev part.
    """
    trials, scores = searched(student, lab, seed)
    best = trials[np.argsort(-scores, kind="stable")[:FINALISTS]]
    # The dev cost chooses; who looked at the test part first would no longer know how good the choice is.
    _, accuracy = min(watched(lab, seed, Setting.at(*point)) for point in best)
    return {
        "accuracy": accuracy,
        "silver": accuracy,
        "gold": accuracy,
        "decades": np.ptp(trials[:COARSE, 0]),
        "aim": np.mean(scores[COARSE:]),
    }


@trial(seeds=1, gain=at_least(0.03))
def duel(student, lab, seed):
    """Nine trials of one epoch in a grid against nine at random, on rate and beta, in sixteen boxes.

    gain: how much better the best random trial reads the dev part than the best of the grid, on average.
    """
    gains = []
    for number, shift in enumerate(SHIFTS):
        box = BOX[:2] + np.array([[shift], [0.0]])
        grid = asked(student.search_points(DUEL, box, "grid"), DUEL, box)
        drawn = asked(student.search_points(DUEL, box, "random", SeededRNG(5000 + number)), DUEL, box)
        best = [max(tried(lab, seed, Setting.at(*point, 16), 1) for point in way) for way in (grid, drawn)]
        gains.append(best[1] - best[0])
    return {"gain": np.mean(gains)}


@trial(seeds=3, astray=at_most(1e-3))
def memory(student, lab, seed):
    """The beta of the best trial. astray: how far, relatively, what is told of its window is from what it is."""
    trials, scores = searched(student, lab, seed)
    beta = Setting.at(*trials[np.argmax(scores)]).beta
    more = (1.0 - beta) / 3.0
    told = student.window_sensitivity(beta, more)
    three = isinstance(told, tuple | list) and len(told) >= 3
    message = "window_sensitivity must give three numbers: before, after and ratio"
    require(three, message, safe=message)
    before, after = (lab.reference.batches.effective_window(each)[0] for each in (beta, beta + more))
    true = np.array([before, after, after / before])
    return {"astray": np.max(np.abs(np.array([lab.number(value) for value in told[:3]]) / true - 1.0))}


@exercise("digits_challenge")
@law("rates on a log scale reach over the decades")
@points(2)
@public
@spoiled_by("rates_along_the_line", "rates_by_exp_of_log10", "rates_all_equal", "rates_powers_of_ten")
@see("F4 §1.4.3")
@suggest("print np.log10 of your twenty rates, sorted")
def test_the_coarse_search_reaches_over_the_decades(measure):
    """Twenty rates between 0.0001 and 10; whether the good ones are among them, nobody knows beforehand."""
    assert_bars(measure(challenge), "decades", "the decades from the lowest to the highest rate")


@exercise("digits_challenge")
@law("what is searched finely is where the coarse trials were good")
@points(3)
@public
@spoiled_by(
    "refine_around_the_worst",
    "refine_around_all",
    "refine_sorts_the_columns",
    "refine_one_width_for_all",
    "rates_with_the_wrong_sign",
)
@see("F4 §1.4.2; F0 §超参数调试")
@suggest("print the best three trials of the coarse search and the box that you draw around them")
def test_the_fine_search_is_aimed_at_good_networks(measure):
    """Ten trials in the refined box: after three epochs they read nine digits in ten on the whole."""
    assert_bars(measure(challenge), "aim", "the mean accuracy of the fine trials on the dev part")


@exercise("digits_challenge")
@law("pass: nine digits in ten, on every split")
@points(4)
@public
@spoiled_by("rates_along_the_line", "rates_without_logarithm", "betas_with_bounds_not_exchanged", "refine_transposed")
@see("F4 §1.4.4")
@suggest("print the trials and their scores, best first: which rates do the finalists have?")
def test_pass_the_chosen_network_reads_nine_digits_in_ten(measure):
    """What the dev part has chosen meets the test part once, on three splits of the data."""
    assert_bars(measure(challenge), "accuracy", "the accuracy on the test part")


@exercise("digits_challenge")
@law("silver: 93 digits in a hundred, on average")
@points(2)
@public
@spoiled_by("rates_along_the_line", "rates_without_logarithm", "search_trials_as_columns")
@suggest("print the best dev accuracy after the coarse search and after the fine one")
def test_silver_the_chosen_network_is_better_than_that(measure):
    """The same networks and a higher bar, for the mean of the three splits."""
    assert_bars(measure(challenge), "silver", "the accuracy on the test part")


@exercise("digits_challenge")
@law("gold: 94.5 digits in a hundred, on average")
@points(2)
@public
@spoiled_by("rates_along_the_line", "rates_with_the_wrong_sign", "rates_left_as_exponents")
@suggest("compare the finalists' rates on the three splits: all of them should be near 0.02")
def test_gold_the_search_has_found_the_best_region(measure):
    """The same networks and the highest bar, for the mean of the three splits."""
    assert_bars(measure(challenge), "gold", "the accuracy on the test part")


@exercise("digits_challenge")
@law("random trials beat a grid where one hyper-parameter matters more than the other")
@points(3)
@public
@spoiled_by("search_always_a_grid", "search_bounds_transposed", "search_budget_shared_out", "search_trials_as_columns")
@see("F4 §1.4.2")
@suggest("print np.unique(points[:, 0]).size for both methods: 3 rates or 9?")
def test_nine_random_trials_beat_a_grid_of_nine(measure):
    """In sixteen boxes: a grid has three rates and may step over the good ones, random trials have nine."""
    assert_bars(measure(duel), "gain", "the gain of random trials over a grid")


@exercise("digits_challenge")
@law("the window of beta is 1/(1 - beta)")
@points(1)
@public
@spoiled_by(
    "window_brackets_lost",
    "window_of_one_over_beta",
    "window_ratio_inverted",
    "window_relative_delta",
    "window_delta_on_the_window",
)
@see("F4 §1.4.3")
def test_you_know_how_far_the_best_beta_looks_back(measure):
    """What you tell of the winner's memory, and of one that is half as long again, is what the lab finds."""
    assert_bars(measure(memory), "astray", "the relative error of the window")


@exercise("digits_challenge")
@law("pass: nine digits in ten, on every split")
@points(3)
@hidden
@spoiled_by("rates_without_logarithm", "betas_with_bounds_not_exchanged", "refine_transposed")
def test_other_splits_are_searched_as_well(measure, rng):
    """The same on a split that you have not seen."""
    assert_bars(measure(challenge, seeds=[int(rng.integers(3, 10))]), "accuracy", "the accuracy on the test part")
