"""Capstone: a network learns three hundred digits by heart, wrong labels and all; four cures bring it back."""

from dataclasses import replace

import numpy as np

from autograder.checking import (
    SeededRNG,
    assert_bars,
    assert_keys,
    assert_shape,
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


def with_wrong_labels(lab, part, seed):
    """Return 300 examples, 75 of which have a wrong label."""
    part, y = part.first(300), part.y[:300].copy()
    y[:75] = (y[:75] + np.random.default_rng(seed).integers(1, 10, size=75)) % 10
    return replace(part, y=y, Y=lab.reference.softmax.one_hot(y, 10))


def large_network(lab, **cures):
    """Nine thousand weights for three hundred examples."""
    return lab.Network((64, 96, 32, 10), epochs=60, lr=0.01, batch_size=100, optimizer="adam", **cures)


def penalty(function, name):
    """Return a penalty of the student's; L1 is called in the same way as L2, and can stand in its place."""

    def checked(params, lambd, m):
        cost, grads = function(params, lambd, m)[:2]
        weights = [key for key in params if key.startswith("W")]
        assert_keys(grads, *(f"d{key}" for key in weights), name=name)
        return cost, grads

    return {"l2_penalty": checked}


def accuracy_with(student, lab, seed, **cures):
    """Train the large network on wrong labels, and return its accuracy on test digits with right ones."""
    parts = lab.split(lab.digits(), seed)
    own = {
        **penalty(student.l2_penalty, "l2_penalty"),
        "forward_dropout": student.forward_dropout,
        "backward_dropout": student.backward_dropout,
    }
    run = lab.train(with_wrong_labels(lab, parts.train, seed), large_network(lab, **cures), seed, **own)
    return lab.accuracy(run.end, parts.test)


@trial(
    seeds=3,
    accuracy=(at_least(0.84, on_average=True), at_least(0.80)),
    gain=(at_least(0.08, on_average=True), at_least(0.05)),
)
def rescue(student, lab, seed):
    """Digits read by a network that has learnt from wrong labels, with L2 and dropout together.

    accuracy: on the test part. gain: what that is more than without any cure.
    """
    accuracy = accuracy_with(student, lab, seed, lambd=1.0, keep_prob=(0.5, 0.8))
    return {"accuracy": accuracy, "gain": accuracy - accuracy_with(student, lab, seed)}


@trial(seeds=2, l2=at_least(0.06, on_average=True), dropout=at_least(0.05, on_average=True))
def alone(student, lab, seed):
    """What each of the two cures gains on the test part without the other."""
    none = accuracy_with(student, lab, seed)
    return {
        "l2": accuracy_with(student, lab, seed, lambd=2.0) - none,
        "dropout": accuracy_with(student, lab, seed, keep_prob=(0.5, 0.8)) - none,
    }


@trial(seeds=3, gain=at_least(0.05, on_average=True), epoch=at_most(45))
def stopped(student, lab, seed):
    """The network without any cure, stopped with patience 10.

    gain: what its best epoch is more than its last, on the test part. epoch: at which training stops, of sixty.
    """
    parts = lab.split(lab.digits(), seed)
    run = lab.train(with_wrong_labels(lab, parts.train, seed), large_network(lab), seed)
    dev_costs = [lab.cost(state, parts.dev) for state in run.states]
    best, stop = (int(lab.number(epoch)) for epoch in student.early_stopping(dev_costs, 10)[:2])
    gain = lab.accuracy(run.states[best], parts.test) - lab.accuracy(run.end, parts.test)
    return {"gain": gain, "epoch": stop}


@trial(seeds=1, l2=at_most(0.05), l1=at_most(0.1), rise=at_most(1e-6), apart=at_most(1e-3))
def slopes(student, lab, seed):
    """Batch descent from the same start, with each penalty.

    l2, l1: a small step lowers J by the learning rate times the squared length of the gradient; the largest relative
    distance from that in forty steps. rise: the largest rise of J with L2 in a step. apart: the largest difference of a
    score when the same steps are done by weight decay.
    """
    parts = lab.split(lab.digits(), seed)
    part = with_wrong_labels(lab, parts.train, seed)
    start = lab.Network((64, 32, 10), epochs=40, lr=0.03, batch_size=None, hidden="tanh", initialize="xavier")

    def relative(lambd, **own):
        lengths = []

        def noting(params, grads, lr):
            lengths.append(sum(float(np.sum(np.square(grad))) for grad in grads.values()))
            return lab.reference.backprop.update_gd(params, grads, lr)

        costs = lab.train(part, replace(start, lambd=lambd), seed, update_gd=noting, **own).costs
        return np.max(np.abs(np.diff(costs) / (-start.lr * np.array(lengths[:-1])) - 1))

    def decaying(params, grads, lr):
        free = lab.reference.backprop.update_gd(params, grads, lr)
        weights = [key for key in params if key.startswith("W")]
        return free | {key: student.weight_decay_step(params[key], grads["d" + key], lr, 60.0, 300) for key in weights}

    fast, by_l2 = replace(start, lr=0.3), penalty(student.l2_penalty, "l2_penalty")
    by_penalty = lab.train(part, replace(fast, lambd=60.0), seed, **by_l2)
    by_decay = lab.train(part, fast, seed, update_gd=decaying)
    apart = lab.scores(by_penalty.end, parts.test.X) - lab.scores(by_decay.end, parts.test.X)
    return {
        "l2": relative(30.0, **by_l2),
        "l1": relative(3.0, **penalty(student.l1_penalty, "l1_penalty")),
        "rise": np.max(np.diff(by_penalty.costs)),
        "apart": np.max(np.abs(apart)),
    }


@trial(seeds=1, straight=at_least(0.08), zeros=at_least(0.4))
def small_weights(student, lab, seed):
    """150 steps of batch descent without a penalty, with L2 and with L1.

    straight: by how much L2 raises the mean slope of the hidden tanh, on the test part; in its linear zone it is 1.
    zeros: by how much L1 raises the share of weights below 0.02.
    """
    parts = lab.split(lab.digits(), seed)
    part = with_wrong_labels(lab, parts.train, seed)
    start = lab.Network((64, 32, 10), epochs=150, lr=0.3, batch_size=None, hidden="tanh", initialize="xavier")

    def end(lambd, **own):
        return lab.train(part, replace(start, lambd=lambd), seed, **own).end.params

    def slope(params):
        return np.mean(1 - np.tanh(params["W1"] @ parts.test.X + params["b1"]) ** 2)

    def share(params):
        return np.mean(np.abs(np.concatenate([params["W1"].ravel(), params["W2"].ravel()])) < 0.02)

    plain = end(0.0)
    l2 = end(30.0, **penalty(student.l2_penalty, "l2_penalty"))
    l1 = end(3.0, **penalty(student.l1_penalty, "l1_penalty"))
    return {"straight": slope(l2) - slope(plain), "zeros": share(l1) - share(plain)}


@trial(seeds=1, crowd=at_most(0.16), wander=at_least(0.1), calm=at_most(1e-6))
def coins(student, lab, seed):
    """What dropout does to a network of one hidden layer, and to its cost in batch descent.

    crowd: how far the mean scores of a hundred thinned networks are from those of the whole one, relative to these.
    wander: the share of the steps in which J rises with keep_prob 0.5. calm: the largest rise with keep_prob 1.
    """
    parts = lab.split(lab.digits(), seed)
    part = with_wrong_labels(lab, parts.train, seed)
    network = lab.Network((64, 48, 10), epochs=60, lr=0.1, batch_size=None, keep_prob=0.5)
    own = {"forward_dropout": student.forward_dropout, "backward_dropout": student.backward_dropout}
    run = lab.train(part, network, seed, **own)
    kept = {
        "forward_dropout": lambda A, keep_prob, rng: student.forward_dropout(A, 1.0, rng),
        "backward_dropout": lambda dA, mask, keep_prob: student.backward_dropout(dA, mask, 1.0),
    }
    calm = lab.train(part, network, seed, **kept)
    X, params = parts.test.first(50).X, run.end.params
    A = np.maximum(params["W1"] @ X + params["b1"], 0)
    whole = student.forward_dropout(A, 0.5, SeededRNG(seed), False)[0]
    thinned = sum(student.forward_dropout(A, 0.5, SeededRNG(1000 * seed + k))[0] for k in range(100)) / 100
    apart = np.linalg.norm(params["W2"] @ (thinned - whole)) / np.linalg.norm(params["W2"] @ whole)
    return {"crowd": apart, "wander": np.mean(np.diff(run.costs) > 0), "calm": np.max(np.diff(calm.costs))}


@trial(seeds=1, moved=at_least(0.83), gain=at_least(0.25))
def one_pixel(student, lab, seed):
    """Test digits that stand one pixel lower than the training digits.

    moved: the accuracy on them after training with 300 digits and their copies one pixel lower. gain: over the same
    number of steps without the copies.
    """
    parts = lab.split(lab.digits(), seed)
    few = parts.train.first(300)
    lower = replace(parts.test, X=lab.reference.regularization.augment_images(parts.test.X, (8, 8), shift=(1, 0)))
    copies = student.augment_images(few.X, (8, 8), "none", (1, 0))
    assert_shape(copies, few.X.shape, name="X_new", axes="(n_x, m)")
    double = replace(few, X=np.hstack([few.X, copies]), y=np.tile(few.y, 2), Y=np.tile(few.Y, 2))

    def accuracy(part, epochs):
        network = lab.Network((64, 64, 10), epochs=epochs, lr=0.01, batch_size=100, optimizer="adam")
        return lab.accuracy(lab.train(part, network, seed).end, lower)

    moved = accuracy(double, 30)
    return {"moved": moved, "gain": moved - accuracy(few, 60)}


@exercise("label_noise_rescue")
@law("L2 and dropout together bring a network back that has learnt wrong labels by heart")
@points(3)
@public
@spoiled_by(
    "l2_forgets_m",
    "comparison_inverted",
    "keep_prob_taken_as_drop_prob",
    "divided_by_drop_prob",
    "one_coin_per_example",
    "fresh_mask",
    "masked_by_sign",
)
@see("F2 §4-7; F0, dropout 正则化")
@suggest("train with L2 alone, then with dropout alone: which of the two goes wrong?")
def test_the_cures_together_rescue_the_network(measure):
    """Nine thousand weights, 300 digits, 75 of them labelled wrongly; keep_prob is 0.5 for the large layer, 0.8 for the
    small one.
    """
    assert_bars(measure(rescue), "accuracy", "the accuracy on the test part")
    assert_bars(measure(rescue), "gain", "what both cures together gain on the test part")


@exercise("label_noise_rescue")
@law("each of the two cures helps by itself")
@points(1)
@public
@spoiled_by(
    "l2_gradient_missing",
    "l2_forgets_m",
    "l2_first_layer_only",
    "keep_prob_taken_as_drop_prob",
    "one_coin_per_example",
    "masked_by_sign",
)
@suggest("print the norm of W1 after training, with and without the cure")
def test_each_cure_helps_alone(measure):
    """L2 with lambda 2, or dropout; the digits on which they are judged are all labelled right."""
    assert_bars(measure(alone), "l2", "what L2 alone gains on the test part")
    assert_bars(measure(alone), "dropout", "what dropout alone gains on the test part")


@exercise("label_noise_rescue")
@law("the weights of the best epoch are better than those of the last")
@points(1)
@public
@spoiled_by("compared_with_the_epoch_before", "keeps_the_last_epoch", "stop_before_best")
@see("F2 §8; F0, 其他正则化方法")
@suggest("plot the cost on the dev part: where is it lowest, and where do you stop?")
def test_early_stopping_keeps_better_weights(measure):
    """The network without any cure: the epoch that you choose with patience 10, against the sixtieth and last."""
    assert_bars(measure(stopped), "gain", "what early stopping gains on the test part")
    assert_bars(measure(stopped), "epoch", "the epoch at which training stops")


@exercise("label_noise_rescue")
@law("J is the cost with the penalty: a small step lowers it by lr times the squared length of its gradient")
@points(1.5)
@public
@spoiled_by(
    "l2_cost_without_half",
    "l2_without_half_throughout",
    "l2_gradient_with_half",
    "l2_norm_not_squared",
    "l2_last_layer_only",
    "l2_includes_biases",
    "l2_forgets_m",
    "l1_gradient_without_half",
    "l1_cost_without_half",
    "l1_without_absolute_values",
    "decay_grows",
    "decay_with_half",
    "decays_twice",
    "decay_forgets_lr",
    "decays_gradient_too",
)
@see("F0, 正则化: watch J with both terms; F2 §4")
@suggest("switch dropout off and print J for ten small steps: each must be lower than the one before")
def test_cost_gradient_and_decay_belong_together(measure):
    """Batch descent with each penalty, and once more by weight decay: three ways to say the same."""
    assert_bars(measure(slopes), "l2", "the relative distance of a step of J from its slope, with L2")
    assert_bars(measure(slopes), "l1", "the relative distance of a step of J from its slope, with L1")
    assert_bars(measure(slopes), "rise", "the largest rise of J in a step")
    assert_bars(measure(slopes), "apart", "the largest difference between the scores by penalty and by decay")


@exercise("label_noise_rescue")
@law("L2 makes weights small and tanh nearly linear; L1 makes many of them zero")
@points(1)
@public
@spoiled_by(
    "l2_gradient_missing",
    "l2_forgets_m",
    "l1_gradient_is_absolute",
    "l1_gradient_of_l2",
    "l1_gradient_missing",
)
@see("F2 §5; F3 §3.2.2")
@suggest("draw a histogram of the weights after training: without a penalty, with L2 and with L1")
def test_small_weights_straighten_tanh_and_many_are_zero(measure):
    """A hidden layer of tanh after 150 steps of batch descent, with lambda 30 for L2 and 3 for L1."""
    assert_bars(measure(small_weights), "straight", "what L2 adds to the mean slope of tanh")
    assert_bars(measure(small_weights), "zeros", "what L1 adds to the share of weights near zero")


@exercise("label_noise_rescue")
@law("dropout is a crowd of thinned networks; the whole network is their mean")
@points(1)
@public
@spoiled_by(
    "survivors_not_scaled",
    "scaled_twice",
    "divided_by_drop_prob",
    "never_compared",
    "normal_coins",
    "active_at_test_time",
    "seeds_np_random",
    "masked_by_sign",
)
@see("F2 §7; F0, dropout 正则化")
@suggest("call forward_dropout a hundred times on one matrix: what is the mean, and do the masks differ?")
def test_a_crowd_of_thinned_networks_is_the_whole_one(measure):
    """J wanders while coins are tossed, for each step has a network of its own; with keep_prob 1 it only falls."""
    assert_bars(measure(coins), "crowd", "the distance of the crowd's scores from those of the whole network")
    assert_bars(measure(coins), "wander", "the share of steps in which J rises with dropout")
    assert_bars(measure(coins), "calm", "the largest rise of J in a step with keep_prob 1")


@exercise("label_noise_rescue")
@law("copies that are shifted teach the network that the place does not matter")
@points(0.5)
@public
@spoiled_by("column_major", "cut_across_images", "wraps_around", "shifts_the_other_way", "shift_read_as_x_and_y")
@see("F2 §8; F3 §3.2.4.2")
@suggest("print X[:, 0].reshape(8, 8) and its copy: where has the digit gone?")
def test_digits_one_pixel_lower_are_read_after_augmentation(measure):
    """300 digits and their copies, one pixel lower; then test digits that stand one pixel lower."""
    assert_bars(measure(one_pixel), "moved", "the accuracy on the digits that stand lower")
    assert_bars(measure(one_pixel), "gain", "what the copies gain on them")


@exercise("label_noise_rescue")
@law("L2 and dropout together bring a network back that has learnt wrong labels by heart")
@points(1)
@hidden
@spoiled_by("l2_forgets_m", "comparison_inverted", "keep_prob_taken_as_drop_prob", "masked_by_sign")
def test_other_digits_and_other_lies_are_no_obstacle(measure, rng):
    """The same on a split that you have not seen."""
    assert_bars(measure(rescue, seeds=[int(rng.integers(3, 10))]), "accuracy", "the accuracy on the test part")
