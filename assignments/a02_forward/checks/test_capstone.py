"""Capstone: a network that a stranger has trained is put to work, and asked what its bends are good for."""

from dataclasses import dataclass

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

THRESHOLDS = np.arange(1, 10)[:, np.newaxis] / 10  # from who is easily reassured to who is hard to convince


@dataclass(frozen=True)
class Case:
    """What the network is asked, X (30, m) and the truth Y (1, m), and what its author had for an answer, (1, m)."""

    params: dict
    X: np.ndarray
    Y: np.ndarray
    known: np.ndarray


def case(lab, seed):
    """113 tumours: for seed 0 those that took no part in the training, else any."""
    net = lab.tumour_network()
    columns = net.test if seed == 0 else np.random.default_rng(seed).permutation(net.answers.shape[1])[:113]
    return Case(net.params, net.part.X[:, columns], net.part.row[:, columns], net.answers[:, columns])


def agreement(answers, known):
    """Return the share of the decisions at nine thresholds that are the same."""
    answers = np.asarray(answers)
    if answers.shape != known.shape:
        return 0.0
    return float(np.mean((answers > THRESHOLDS) == (known > THRESHOLDS)))


@trial(agreement=at_least(1.0), accuracy=at_least(0.95))
def whole(student, lab, seed):
    """The network in one call. agreement: of its decisions with its author's. accuracy: at 0.5, on the test part."""

    def answers(to):
        return np.asarray(student.model_forward(to.X, to.params, "tanh", "sigmoid")[0])

    asked, test = case(lab, seed), case(lab, 0)
    return {
        "agreement": agreement(answers(asked), asked.known),
        "accuracy": float(np.mean((answers(test) > 0.5) == test.Y)),
    }


@trial(agreement=at_least(1.0))
def links(student, lab, seed):
    """The network put together by hand. agreement: of its decisions with its author's."""
    asked = case(lab, seed)
    units = student.tanh(student.linear_forward(asked.X, asked.params["W1"], asked.params["b1"]))
    answers = student.sigmoid(student.linear_forward(units, asked.params["W2"], asked.params["b2"]))
    return {"agreement": agreement(answers, asked.known)}


@trial(gap=at_most(1e-5))
def price(student, lab, seed):
    """What the author's answers cost. gap: between the cost that the student charges and the true one."""
    asked = case(lab, seed)
    cost = lab.number(student.binary_cross_entropy(asked.known, asked.Y))
    return {"gap": abs(cost - lab.reference.forward.binary_cross_entropy(asked.known, asked.Y))}


@trial(difference=at_most(1e-5), accuracy=at_least(0.93))
def straightened(student, lab, seed):
    """The network without its bends, as two layers and as one.

    difference: the largest between their answers. accuracy: of the single layer.
    """
    asked = case(lab, seed)
    two = student.model_forward(asked.X, asked.params, "linear", "sigmoid")[0]
    W, b = student.collapse_linear_network(asked.params)[:2]
    one = student.sigmoid(student.linear_forward(asked.X, W, b))
    return {"difference": float(np.max(np.abs(one - two))), "accuracy": float(np.mean((one > 0.5) == asked.Y))}


@trial(miscounted=at_most(0))
def sizes(student, lab, seed):
    """The network and the single layer. miscounted: parameters that the student counts too many or too few."""
    there = [each.size for each in lab.tumour_network().params.values()]
    told = lab.number(student.count_parameters([30, 8, 1])), lab.number(student.count_parameters([30, 1]))
    return {"miscounted": abs(told[0] - sum(there)) + abs(told[1] - 31)}


@exercise("someone_elses_network")
@law("the same weights give the same answers, whoever runs them")
@points(3)
@public
@spoiled_by(
    "model_hidden_activation_everywhere",
    "model_ignores_hidden",
    "model_never_bends",
    "model_centres_scores",
    "model_stops_one_layer_early",
)
@suggest("run the network on one patient, and print the eight hidden activations: are they between -1 and 1?")
def test_every_decision_is_that_of_the_author(measure):
    """113 tumours, nine thresholds, 1,017 decisions, each as the author made it; at 0.5, 110 of the 113 are right."""
    found = measure(whole)
    assert_bars(found, "agreement", "the share of the decisions that agree")
    assert_bars(found, "accuracy", "the accuracy at threshold 0.5")


@exercise("someone_elses_network")
@law("a network is its links: scores, tanh, scores, sigmoid")
@points(2)
@public
@spoiled_by(
    "sigmoid_without_minus",
    "sigmoid_slope",
    "tanh_is_sigmoid",
    "tanh_half_as_steep",
    "tanh_upside_down",
    "linear_without_bias",
    "linear_subtracts_bias",
    "linear_adds_all_biases",
)
@see("F3 §1.1.2; F1 §2.5.2.1")
@suggest("print the shapes after each link: (8, 113), (8, 113), (1, 113), (1, 113)")
def test_the_links_put_together_by_hand_decide_alike(measure):
    """The same decisions once more, without model_forward: linear_forward, tanh, linear_forward, sigmoid."""
    assert_bars(measure(links), "agreement", "the share of the decisions that agree, link by link,")


@exercise("someone_elses_network")
@law("the price of an answer is minus the logarithm of the probability that it gave to the truth")
@points(1.5)
@public
@spoiled_by("bce_summed", "bce_sign_lost", "bce_log10", "bce_of_class_1_only", "bce_halved", "bce_classes_swapped")
@see("F0 §正则化（Regularization）; F4 §1.6 (27)")
@suggest("the answers cost 0.127 on average; a coin would cost ln 2 = 0.6931")
def test_the_answers_cost_what_they_cost(measure):
    """Being right is not all that counts: the cost also asks how sure the network was."""
    assert_bars(measure(price), "gap", "the distance of your cost of the answers from the true one")


@exercise("someone_elses_network")
@law("without bends, two layers are one")
@points(2)
@public
@spoiled_by(
    "collapse_keeps_last_bias",
    "collapse_adds_biases",
    "collapse_without_biases",
    "collapse_forgets_last_layer",
    "linear_without_bias",
)
@see("F3 §1.1.2 为什么要使用激活函数")
@suggest("compare W2 W1 X + W2 b1 + b2 with what model_forward answers for hidden = 'linear' and output = 'linear'")
def test_without_its_bends_the_network_is_a_single_layer(measure):
    """257 parameters shrink to 31, and the answers stay those of the network with linear hidden units."""
    found = measure(straightened)
    assert_bars(found, "difference", "the largest difference between the answers of two layers and of one")
    assert_bars(found, "accuracy", "the accuracy of the single layer")


@exercise("someone_elses_network")
@law("each unit has a weight for each unit below it, and a bias")
@points(0.5)
@public
@spoiled_by("count_without_biases", "count_layers", "count_units", "count_biases_below", "count_hidden_layers_only")
def test_the_parameters_are_as_many_as_came_in_the_file(measure):
    """The file holds 240 + 8 + 8 + 1 numbers; the single layer has 30 + 1."""
    assert_bars(measure(sizes), "miscounted", "the number of parameters that are miscounted")


@exercise("someone_elses_network")
@law("the same weights give the same answers, whoever runs them")
@points(1)
@hidden
@spoiled_by("model_ignores_hidden", "tanh_half_as_steep", "linear_without_bias", "bce_sign_lost")
def test_other_patients_are_answered_alike_too(measure, rng):
    """The same for tumours that you have not seen."""
    other = [int(rng.integers(1, 10))]
    assert_bars(measure(whole, seeds=other), "agreement", "the share of the decisions that agree")
    assert_bars(measure(links, seeds=other), "agreement", "the share of the decisions that agree, link by link,")
    assert_bars(measure(price, seeds=other), "gap", "the distance of your cost of the answers from the true one")
