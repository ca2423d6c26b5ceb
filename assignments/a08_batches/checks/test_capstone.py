"""Capstone: a network trained with mini-batches of one, of 64 and of all examples; then its noisy cost, smoothed."""

from dataclasses import replace

import numpy as np

from autograder.checking import (
    SeededRNG,
    assert_bars,
    assert_shape,
    at_least,
    at_most,
    exercise,
    hidden,
    law,
    points,
    public,
    require,
    say,
    see,
    spoiled_by,
    suggest,
    trial,
)

EPOCHS = 5


def in_order_of_their_labels(part):
    """Return the same examples, all zeros first, then all ones: as many files hold them."""
    order = np.argsort(part.y, kind="stable")
    return replace(part, X=part.X[:, order], y=part.y[order], Y=part.Y[:, order])


def dealt(student, X, Y, batch_size, rng):
    """Return the student's mini-batches, when they can be trained with at all."""
    batches = student.random_mini_batches(X, Y, batch_size, rng)
    for number, batch in enumerate(batches, start=1):
        require(len(batch) >= 2, "mini-batch {number} is no pair of examples and labels", number=number)
        size = np.shape(batch[0])[-1] if np.ndim(batch[0]) else 0
        require(size > 0, "mini-batch {number} has no examples", number=number)
        for part, whole, name in ((batch[0], X, "X_batch"), (batch[1], Y, "Y_batch")):
            assert_shape(
                part, (whole.shape[0], size), name=say("{name} of mini-batch {number}", name=name, number=number)
            )
    return [batch[:2] for batch in batches]


def trained(student, lab, part, seed, batch_size, lr):
    """Train on the student's mini-batches, for five epochs."""
    network = lab.Network((64, 32, 10), EPOCHS, lr, batch_size=batch_size)
    return lab.train(part, network, seed, random_mini_batches=lambda *given: dealt(student, *given))


def share_of_rises(costs):
    """Return in how many of all steps the cost rises; with fewer than two costs there is none."""
    return np.sum(np.diff(costs) > 0) / np.float64(len(costs) - 1)


def wobble(series):
    """Return the mean change from step to step, up or down, once the first fall is over."""
    return np.sum(np.abs(np.diff(series[50:]))) / np.float64(series.size - 51)


def rms(errors):
    """Return the root of the mean of the squares."""
    return np.sqrt(np.mean(errors**2))


@trial(
    seeds=2,
    one=at_least(0.88),
    some=at_least(0.85),
    lead=at_least(0.25),
    steps=at_most(0),
    calm=at_most(0),
    restless=at_least(0.25),
)
def race(student, lab, seed):
    """Five epochs with each size of mini-batch that the student's plan gives for 1, for 64 and for no size at all.

    one, some: the accuracy on the test part with 1 and with 64 examples. lead: of 64 over all. steps: how far the
    planned number of steps is from that of steps taken. calm, restless: the share of the steps in which the cost rises,
    with all examples and with 64.
    """
    parts = lab.split(lab.digits(), seed)
    part = in_order_of_their_labels(parts.train)
    accuracy, rises, steps = {}, {}, 0
    for name, size, lr in (("one", 1, 0.02), ("some", 64, 0.3), ("whole", None, 0.3)):
        batch_size, number = (int(lab.number(value)) for value in student.plan_batches(part.y.size, size)[:2])
        run = trained(student, lab, part, seed, batch_size, lr)
        accuracy[name], rises[name] = lab.accuracy(run.end, parts.test), share_of_rises(run.costs)
        steps = max(steps, abs(number * EPOCHS - len(run.costs)))
    return {
        "one": accuracy["one"],
        "some": accuracy["some"],
        "lead": accuracy["some"] - accuracy["whole"],
        "steps": steps,
        "calm": rises["whole"],
        "restless": rises["some"],
    }


@trial(seeds=2, apart=at_most(1e-6))
def at_rest(student, lab, seed):
    """A trained network, looked at in mini-batches. apart: how far their cost is from that of all examples at once."""
    part = lab.split(lab.digits(), seed).train
    end = trained(student, lab, part, seed, 64, 0.3).end
    parts = [replace(part, X=X, Y=Y) for X, Y in dealt(student, part.X, part.Y, 64, SeededRNG(seed))]
    costs, sizes = [lab.cost(end, each) for each in parts], [each.Y.shape[1] for each in parts]
    return {"apart": abs(lab.number(student.epoch_cost(costs, sizes)) - lab.cost(end, part))}


@trial(
    seeds=2, start=at_most(1e-5), low=at_most(0.1), noise=at_most(0.15), lag=at_least(0.1), written_out=at_most(1e-5)
)
def own_curve(student, lab, seed):
    """The cost of 340 steps with 16 examples each, averaged with beta 0.9 and 0.98.

    start: how far from the first cost the corrected average and the one from the first value begin. low: where the one
    from zero begins, as a share of the first cost. noise: the share of the wobble that is left with 0.9. lag: by how
    much the average with 0.98 is higher than the cost, which falls. written_out: how far the average is from the sum
    of weights times costs.
    """
    part = lab.split(lab.digits(), seed).train
    costs = np.array(trained(student, lab, part, seed, 16, 0.1).costs)
    short, long = (np.ravel(student.ewa_bias_corrected(costs, beta)) for beta in (0.9, 0.98))
    zero, first = (np.ravel(student.ewa(costs, 0.98, init)) for init in ("zero", "first"))
    weights = np.ravel(student.ewa_weights(0.98, costs.size))
    return {
        "start": max(abs(long[0] - costs[0]), abs(first[0] - costs[0])),
        "low": zero[0] / costs[0],
        "noise": wobble(short) / wobble(costs),
        "lag": np.mean(long - costs),
        "written_out": abs(weights @ costs[::-1] - zero[-1]),
    }


@trial(seeds=3, error=at_most(0.6), late=at_least(2.0), lag=at_most(3), left=at_most(1e-6))
def year(student, lab, seed):
    """A year of temperatures, made up: a season that swings by 12 degrees, and weather of 4 degrees.

    error: how far the average with beta 0.9 is from the season, as a share of the weather. late: how many degrees
    farther the one with 0.98 is. lag: how far the days by which 0.9 is late are from the window less one. left: how far
    what is left after a window is from what the weights of its days leave.
    """
    days = np.arange(365)
    season = 10 - 12 * np.cos(2 * np.pi * (days - 20) / 365)
    measured = season + 4 * np.random.default_rng(seed).standard_normal(365)
    short, long = (np.ravel(student.ewa_bias_corrected(measured, beta)) for beta in (0.9, 0.98))
    windows = {beta: [lab.number(each) for each in student.effective_window(beta)[:2]] for beta in (0.5, 0.9, 0.98)}
    left = [
        left - 1 + np.sum(student.ewa_weights(beta, max(1, round(window)))) for beta, (window, left) in windows.items()
    ]
    shifts = [rms(short[60:] - season[60 - shift : 365 - shift]) for shift in range(60)]
    return {
        "error": rms(short - season) / rms(measured - season),
        "late": rms(long - season) - rms(short - season),
        "lag": abs(np.argmin(shifts) - (windows[0.9][0] - 1)),
        "left": np.max(np.abs(left)),
    }


@exercise("batch_size_race")
@law("after five epochs, mini-batches of 64 have learnt what all examples at once have not")
@points(3)
@public
@spoiled_by(
    "sixty_four_for_all",
    "two_orders",
    "labels_stay_behind",
    "never_shuffled",
    "shuffled_within_each_batch",
    "only_whole_batches_shuffled",
    "first_batch_only",
)
@see("F0, Mini-batch梯度下降法; F1, 大小选择")
@suggest("print the labels of your first mini-batch: the examples come sorted, all zeros first")
def test_mini_batches_beat_all_examples_at_once(measure):
    """85 small steps against 5 good ones, on digits that come in the order of their labels."""
    assert_bars(measure(race), "some", "the accuracy with mini-batches of 64")
    assert_bars(measure(race), "lead", "the lead of 64 over all examples")


@exercise("batch_size_race")
@law("one example at a time is gradient descent too: noisy, and with a small step")
@points(1)
@public
@spoiled_by("number_before_size", "two_orders", "labels_stay_behind", "never_shuffled", "shuffled_within_each_batch")
@see("F4 §1.1.2; F1, 大小选择")
@suggest("print the sizes of your mini-batches for batch_size=1")
def test_one_example_at_a_time_learns_as_well(measure):
    """Stochastic descent: 5,395 steps with learning rate 0.02, where J has a single example, m = 1."""
    assert_bars(measure(race), "one", "the accuracy with one example at a time")


@exercise("batch_size_race")
@law("with all examples the cost falls at every step; with mini-batches it wanders")
@points(1)
@public
@spoiled_by(
    "rounds_down",
    "always_one_more",
    "sixty_four_for_all",
    "number_before_size",
    "drops_the_rest",
    "loses_the_first_batch",
    "empty_batch_at_the_end",
)
@see("F0, Mini-batch梯度下降法; F0, 学习率衰减")
@suggest("compare the number that you planned with the number of mini-batches that you made, for m = 1079")
def test_as_many_steps_as_planned_and_a_cost_that_wanders(measure):
    """How many steps an epoch takes is known before; how the cost goes at each of them is not, unless it sees all."""
    assert_bars(measure(race), "steps", "the steps too many or too few")
    assert_bars(measure(race), "calm", "the share of steps in which J rises, with all examples")
    assert_bars(measure(race), "restless", "the share of steps in which J rises, with 64")


@exercise("batch_size_race")
@law("the cost of an epoch, put together from its mini-batches, is the cost of all examples")
@points(1)
@public
@spoiled_by(
    "drops_the_rest",
    "drawn_with_replacement",
    "unweighted_mean",
    "divides_by_number_of_batches",
    "last_batch_taken_as_full",
    "last_batch_left_out",
)
@see("F0, Mini-batch梯度下降法; F4 §1.1.3 (5), with errata E08 and E18")
@suggest("1079 examples make 16 mini-batches of 64 and one of 55: does each example count alike?")
def test_an_epoch_costs_what_all_its_examples_cost(measure):
    """A network that stands still, looked at in mini-batches and as a whole."""
    assert_bars(measure(at_rest), "apart", "the distance of the two costs")


@exercise("batch_size_race")
@law("the average sees through the noise: corrected it starts right, and a longer memory is later")
@points(1.5)
@public
@spoiled_by(
    "weights_swapped",
    "always_from_the_first_value",
    "always_from_zero",
    "one_day_late",
    "value_not_weighted",
    "not_corrected",
    "feeds_corrected_back",
    "one_divisor_for_all_days",
    "days_from_two",
    "power_forgotten",
    "oldest_first",
    "factor_left_out",
)
@see("F4 §1.2.1; F0, 指数加权平均数")
@suggest("draw the cost of your own training with its averages for beta 0.5, 0.9 and 0.98")
def test_your_own_cost_becomes_a_smooth_curve(measure):
    """The cost of 340 steps with 16 examples each: from zero, from the first value, and corrected."""
    assert_bars(measure(own_curve), "start", "the distance of the beginning from the first cost")
    assert_bars(measure(own_curve), "low", "the beginning of the average from zero, as a share of the first cost")
    assert_bars(measure(own_curve), "noise", "the share of the wobble that is left with beta 0.9")
    assert_bars(measure(own_curve), "lag", "how high the average with beta 0.98 stays above a falling cost")
    assert_bars(measure(own_curve), "written_out", "the distance of the average from weights times costs")


@exercise("batch_size_race")
@law("with beta = 0.9 an average remembers ten days, and is nine days late")
@points(1.5)
@public
@spoiled_by(
    "days_from_zero",
    "feeds_corrected_back",
    "power_forgotten",
    "factor_left_out",
    "made_to_add_up_to_one",
    "powers_from_one",
    "one_over_beta",
    "always_one_over_e",
    "the_weight_itself",
    "half_life",
    "what_is_gone",
)
@see("F4 §1.2.1 (8); F1, 指数加权平均")
@suggest("draw the year with its averages: which is closest to the season, and which comes weeks after it?")
def test_a_year_of_weather_shows_its_season(measure):
    """A season of 12 degrees under weather of 4: beta = 0.9 finds it, 0.98 is smoother and weeks behind."""
    assert_bars(measure(year), "error", "the distance from the season, as a share of the weather")
    assert_bars(measure(year), "late", "by how many degrees beta 0.98 is farther from the season")
    assert_bars(measure(year), "lag", "the distance of the days of delay from the window less one")
    assert_bars(measure(year), "left", "the distance of what is left from what the weights leave")


@exercise("batch_size_race")
@law("after five epochs, mini-batches of 64 have learnt what all examples at once have not")
@points(1)
@hidden
@spoiled_by("two_orders", "labels_stay_behind", "never_shuffled", "shuffled_within_each_batch")
def test_the_race_ends_alike_on_another_split(measure, rng):
    """The same on a split that you have not seen."""
    again = measure(race, seeds=[int(rng.integers(2, 10))])
    assert_bars(again, "some", "the accuracy with mini-batches of 64")
    assert_bars(again, "one", "the accuracy with one example at a time")
