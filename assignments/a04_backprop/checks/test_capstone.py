"""Capstone: a network learns to tell malignant tumours from benign ones, from nothing, by the student's way back."""

from dataclasses import dataclass

import numpy as np

from autograder.checking import (
    SeededRNG,
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

ACTIVATIONS = ("relu", "tanh", "sigmoid")


@dataclass(frozen=True)
class Descent:
    """What gradient descent leaves behind: the parameters at its end, and the cost before each step and at the end.

    bare: the cost without the penalty.
    """

    params: dict
    costs: list[float]
    bare: list[float]

    @property
    def rise(self):
        """The largest change of the cost in a step: below 0 where it falls at all of them."""
        return float(np.max(np.diff(self.costs)))


def beginning(lab, seed):
    """A split of the tumours, normalised, and a network 30-8-1 that has learnt nothing yet."""
    parts = lab.normalized(lab.split(lab.breast_cancer(), seed))
    return parts, lab.reference.initialization.initialize_xavier([30, 8, 1], SeededRNG(seed))


def descend(lab, params, part, steps, way_back, update, hidden="tanh", lambd=0.0):
    """Batch gradient descent with learning rate 0.5: forward, backward, update, again and again."""
    X, Y = part.X, part.row
    forward, l2_penalty = lab.reference.forward, lab.reference.regularization.l2_penalty
    costs, bare = [], []
    for step in range(steps + 1):
        AL, caches = forward.model_forward(X, params, hidden, "sigmoid")
        penalty, decay = l2_penalty(params, lambd, X.shape[1])
        bare.append(forward.binary_cross_entropy(AL, Y))
        costs.append(bare[-1] + penalty)
        if step < steps:
            grads = way_back(AL, Y, caches, hidden)
            grads = {key: grads[key] + decay.get(key, 0.0) for key in (f"d{name}" for name in params)}
            params = update(params, grads, 0.5)
    return Descent(params, costs, bare)


def by_pieces(student):
    """Return a way back through two layers that is put together from the student's five pieces."""

    def way_back(AL, Y, caches, hidden):
        back = getattr(student, f"{hidden}_backward")
        dA, dW2, db2 = student.linear_backward(student.output_delta(AL, Y), caches[1])[:3]
        _, dW1, db1 = student.linear_backward(back(dA, caches[0].Z), caches[0])[:3]
        return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}

    return way_back


def answers(lab, params, part, hidden="tanh"):
    """P(benign) for each tumour of a part."""
    return lab.reference.forward.model_forward(part.X, params, hidden, "sigmoid")[0]


@trial(
    seeds=5,
    accuracy=(at_least(0.935, on_average=True), at_least(0.90)),
    rise=at_most(-1e-6),
    final_cost=at_most(0.06),
)
def tumours(student, lab, seed):
    """400 steps with model_backward and update_gd.

    accuracy: on the test part. rise: the largest change of the cost in a step. final_cost: on the training part.
    """
    parts, start = beginning(lab, seed)
    run = descend(lab, start, parts.train, 400, student.model_backward, student.update_gd)
    right = (answers(lab, run.params, parts.test) > 0.5) == parts.test.row
    return {"accuracy": float(np.mean(right)), "rise": run.rise, "final_cost": run.costs[-1]}


@trial(before=at_most(1e-5), after=at_most(1e-5))
def checked(student, lab, seed):
    """Relative errors of the gradient on twenty tumours, before the training and after fifty steps of it."""
    parts, start = beginning(lab, seed)
    part = parts.train.first(20)
    run = descend(lab, start, part, 50, student.model_backward, student.update_gd)

    def J(params):
        return lab.reference.forward.binary_cross_entropy(answers(lab, params, part), part.row)

    def error(params):
        AL, caches = lab.reference.forward.model_forward(part.X, params, "tanh", "sigmoid")
        grads = student.model_backward(AL, part.row, caches, "tanh")
        return lab.reference.gradcheck.gradient_check(J, params, grads)["error"]

    return {"before": error(start), "after": error(run.params)}


@trial(accuracy=at_least(0.90), apart=at_most(1e-3))
def activations(student, lab, seed):
    """Networks of ReLU, tanh and sigmoid, trained for a hundred steps by the five pieces and update_gd.

    accuracy: of the worst on the test part. apart: the largest distance of an answer from that of a network which the
    course's own functions have trained.
    """
    parts, start = beginning(lab, seed)
    ours = lab.reference.backprop
    accuracy, apart = [], []
    for name in ACTIVATIONS:
        run = descend(lab, start, parts.train, 100, by_pieces(student), student.update_gd, name)
        right = descend(lab, start, parts.train, 100, ours.model_backward, ours.update_gd, name)
        told, known = (answers(lab, each.params, parts.test, name) for each in (run, right))
        accuracy.append(np.mean((told > 0.5) == parts.test.row))
        apart.append(np.max(np.abs(told - known)))
    return {"accuracy": float(min(accuracy)), "apart": float(max(apart))}


@trial(rise=at_most(-1e-6), bare_rise=at_least(1e-4))
def decayed(student, lab, seed):
    """Fifty more steps after training, now with a penalty on large weights (lambda = 20).

    rise: the largest change of the cost with the penalty in a step. bare_rise: that of the cost without it.
    """
    parts, start = beginning(lab, seed)
    end = descend(lab, start, parts.train, 100, student.model_backward, student.update_gd).params
    run = descend(lab, end, parts.train, 50, student.model_backward, student.update_gd, lambd=20.0)
    return {"rise": run.rise, "bare_rise": float(np.max(np.diff(run.bare)))}


@exercise("train_from_scratch")
@law("a network of eight tanh units learns to tell tumours apart, and errs less than twice in twenty")
@points(4)
@public
@spoiled_by(
    "model_uphill",
    "model_averages_twice",
    "model_never_averages",
    "update_uphill",
    "update_step_alone",
    "update_forgets_the_last_layer",
)
@see("F3 §1; F1 §2.5.2; F4 §1.1.1")
@suggest("print the cost before the first step, after 1, 10 and 100 steps: about 0.7, then less and less")
def test_the_network_learns_to_tell_tumours_apart(measure):
    """400 steps with learning rate 0.5 from five starts on five splits; whoever always says benign is right in 63 %."""
    found = measure(tumours)
    assert_bars(found, "accuracy", "the accuracy on the test part")
    assert_bars(found, "final_cost", "the cost after the last step")


@exercise("train_from_scratch")
@law("in batch gradient descent with a small step, J falls at every step")
@points(1)
@public
@spoiled_by("model_uphill", "model_never_averages", "update_uphill", "update_step_alone")
@suggest("print J for the first five steps")
def test_the_cost_falls_at_every_step(measure):
    """A cost that does not fall says that the gradient is not that of this cost, or that the step is too long."""
    assert_bars(measure(tumours), "rise", "the largest change of J in a step")


@exercise("train_from_scratch")
@law("the way back gives the derivative, where the network starts and where it has got to")
@points(1.5)
@public
@spoiled_by(
    "model_averages_between_layers",
    "model_slopes_at_outputs",
    "model_steps_on_the_way",
    "model_sigmoid_everywhere",
    "model_skips_activations",
)
@see("F0 §梯度检验; F2 §14")
@suggest("check your gradient yourself, with gradient_check of a03, on a network whose weights are not small")
def test_the_gradient_is_right_before_and_after_training(measure):
    """At the start many a mistake is asleep, since weights are small and tanh is almost a line; so look again later."""
    found = measure(checked)
    assert_bars(found, "before", "the relative error of the gradient before training")
    assert_bars(found, "after", "the relative error of the gradient after fifty steps")


@exercise("train_from_scratch")
@law("the pieces put together by hand train the same network, whatever bends its hidden units")
@points(2)
@public
@spoiled_by(
    "linear_averages_the_way_back",
    "linear_db_not_averaged",
    "relu_mask_from_the_gradient",
    "tanh_slope_of_the_score",
    "sigmoid_plus_sign",
    "delta_of_squares",
    "delta_truth_minus_answer",
    "update_weights_only",
)
@see("F3 §1.1.2, §1.1.3")
@suggest("for two layers write out all five calls, and compare what they give with model_backward")
def test_relu_tanh_and_sigmoid_learn_by_the_pieces(measure):
    """output_delta, linear_backward, the activation, linear_backward, update_gd: a hundred times for each of them."""
    found = measure(activations)
    assert_bars(found, "accuracy", "the accuracy on the test part of the worst of the three")
    assert_bars(found, "apart", "the largest distance of an answer from the right one")


@exercise("train_from_scratch")
@law("it is the cost with the penalty that has to fall")
@points(0.5)
@public
@spoiled_by("model_averages_twice", "update_uphill", "update_scales_everything")
@see("F0 §正则化（Regularization）")
def test_with_a_penalty_it_is_the_whole_cost_that_falls(measure):
    """Fifty steps with a penalty on large weights: the whole cost falls at each of them, and the bare cost rises."""
    found = measure(decayed)
    assert_bars(found, "rise", "the largest change of the cost with its penalty in a step")
    assert_bars(found, "bare_rise", "the largest rise of the cost without its penalty in a step")


@exercise("train_from_scratch")
@law("a network of eight tanh units learns to tell tumours apart, and errs less than twice in twenty")
@points(1)
@hidden
@spoiled_by("model_uphill", "update_uphill", "update_step_alone")
def test_other_starts_and_splits_are_learned_too(measure, rng):
    """The same from a start and on a split that you have not seen."""
    found = measure(tumours, seeds=[int(rng.integers(5, 10))])
    assert_bars(found, "accuracy", "the accuracy on the test part")
    assert_bars(found, "rise", "the largest change of J in a step")
