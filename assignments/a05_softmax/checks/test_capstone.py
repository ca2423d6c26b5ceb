"""Capstone: softmax regression reads handwritten digits, and tells irises apart."""

from dataclasses import replace

import numpy as np

from autograder.checking import (
    assert_bars,
    at_least,
    at_most,
    exercise,
    hidden,
    law,
    points,
    public,
    see,
    spoiled_by,
    suggest,
    trial,
)


def regression(student, lab, parts, seed):
    """Train one layer on all examples at once, with the student's truth and the student's cost."""
    classes, n_x = parts.train.Y.shape[0], parts.train.X.shape[0]
    network = lab.Network(sizes=(n_x, classes), epochs=300, lr=0.5, batch_size=None, initialize="zeros")
    part = replace(parts.train, Y=student.one_hot(parts.train.y, classes))
    return lab.train(part, network, seed, softmax_loss=student.softmax_loss)


@trial(
    seeds=3,
    accuracy=(at_least(0.92, on_average=True), at_least(0.89)),
    first_cost=at_most(1e-5),
    rise=at_most(-1e-5),
    gap=at_most(1e-6),
)
def digits(student, lab, seed):
    """Ten digits in 64 pixels.

    accuracy: on the test part. first_cost: how far the first cost is from ln 10. rise: the largest from step to step,
    below zero where the cost falls at all of them. gap: between the accuracy that the student's functions report and
    the true one.
    """
    parts = lab.split(lab.digits(), seed)
    run = regression(student, lab, parts, seed)
    told = lab.number(student.accuracy(student.softmax(lab.scores(run.end, parts.test.X)), parts.test.y))
    accuracy = lab.accuracy(run.end, parts.test)
    return {
        "accuracy": accuracy,
        "first_cost": abs(run.costs[0] - np.log(10)),
        "rise": np.max(np.diff(run.costs)),
        "gap": abs(told - accuracy),
    }


@trial(seeds=5, accuracy=at_least(0.92, on_average=True))
def irises(student, lab, seed):
    """Three kinds of irises, each in four lengths. accuracy: on the test part."""
    parts = lab.normalized(lab.split(lab.iris(), seed))
    return {"accuracy": lab.accuracy(regression(student, lab, parts, seed).end, parts.test)}


@exercise("softmax_regression")
@law("J = ln C when every class has the same score")
@points(1)
@public
@spoiled_by("loss_summed", "loss_divided_by_classes", "loss_mean_of_the_matrix", "loss_sign_lost")
@suggest("call softmax_loss with a Z of zeros: what does it cost to know nothing about ten classes?")
def test_the_first_cost_is_that_of_a_guess(measure):
    """Before the first step all scores are 0, so ten classes cost ln 10 = 2.3026; look there first of all."""
    assert_bars(measure(digits), "first_cost", "the distance of the first cost from ln 10")


@exercise("softmax_regression")
@law("in batch gradient descent on a convex cost with a small step, J falls at every step")
@points(1)
@public
@spoiled_by("loss_gradient_upside_down", "loss_sign_lost")
@suggest("print J for the first five steps")
def test_the_cost_falls_at_every_step(measure):
    """300 steps on all examples at once: a cost that does not fall says that J and dZ do not belong together."""
    assert_bars(measure(digits), "rise", "the largest change of J in a step")


@exercise("softmax_regression")
@law("one layer with softmax reads more than nine digits in ten")
@points(4)
@public
@spoiled_by("loss_dz_averaged", "loss_gradient_upside_down", "one_hot_counts_from_one", "one_hot_one_row_up")
@see("convention 'where 1/m lives': dZ belongs to the sum of the losses, and the layer averages")
@suggest("if the cost falls, but far too slowly, ask who divides by m, and how often")
def test_nine_digits_in_ten_are_read(measure):
    """300 steps with learning rate 0.5, on three splits of the data; a guess would be right once in ten."""
    assert_bars(measure(digits), "accuracy", "the accuracy on the test part")


@exercise("softmax_regression")
@law("three classes are no other case than ten")
@points(2)
@public
@spoiled_by("loss_dz_averaged", "one_hot_counts_from_one", "one_hot_one_row_up")
def test_irises_are_told_apart_by_their_four_lengths(measure):
    """The same code learns three kinds of flowers, on five splits; thirty flowers are few, so their mean counts."""
    assert_bars(measure(irises), "accuracy", "the accuracy on the test part")


@exercise("softmax_regression")
@law("the accuracy that is reported is the share of the examples that are right")
@points(1)
@public
@spoiled_by("softmax_of_rows", "accuracy_of_rows", "accuracy_count")
def test_the_accuracy_that_you_report_is_the_true_one(measure):
    """Your softmax and your accuracy judge the network that your loss has trained."""
    assert_bars(measure(digits), "gap", "the distance of the accuracy that you report from the true one")


@exercise("softmax_regression")
@law("one layer with softmax reads more than nine digits in ten")
@points(1)
@hidden
@spoiled_by("loss_dz_averaged", "one_hot_one_row_up")
def test_other_splits_are_learned_too(measure, rng):
    """The same on a split that you have not seen."""
    assert_bars(measure(digits, seeds=[int(rng.integers(3, 10))]), "accuracy", "the accuracy on the test part")
