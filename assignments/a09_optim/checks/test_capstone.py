"""Capstone: three arenas for the optimisers, rates that fall, and what kind of place it is where gradients vanish."""

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

# J = (x^2 + 50 y^2) / 2, from (10, 1) until J is below 0.001: plain descent may not step further than 2/50.
CURVATURES = np.array([[1.0], [50.0]])
# J = x^2 / 2 - 0.1 (y^2 / 2 - y^4 / 4), from (1, 0.001): a saddle at the origin, its minima at y = 1 and y = -1.
BEND = 0.1
FAR = 400
EPOCHS = 9


def walk(student, name, gradient, start, arrived, rate_at):
    """How many steps an optimiser of the student's takes until it has arrived; infinite beyond FAR."""
    update = getattr(student, f"update_{name}")
    averages = 2 if name == "adam" else 1
    params = {"p": np.array(start)}
    memory = [student.initialize_state(params) for _ in range(averages)]
    for t in range(1, FAR + 1):
        count = (t,) if name == "adam" else ()
        params, *memory = update(params, {"dp": gradient(params["p"])}, *memory, *count, rate_at(t))[: 1 + averages]
        if arrived(params["p"]):
            return t
    return np.inf


@trial(seeds=1, momentum=at_most(84), adam=at_most(92), rmsprop=at_most(90))
def ravine(student, lab, seed):
    """A ravine, fifty times as steep across as along. momentum, adam, rmsprop: steps until the cost is below 0.001.

    RMSProp steps as far as its rate says, be the gradient large or small, so its rate has to fall.
    """

    def steps(name, rate_at):
        def low(p):
            return 0.5 * np.sum(CURVATURES * p**2) < 1e-3

        return walk(student, name, lambda p: CURVATURES * p, [[10.0], [1.0]], low, rate_at)

    return {
        "momentum": steps("momentum", lambda t: 0.7),
        "adam": steps("adam", lambda t: 0.3),
        "rmsprop": steps("rmsprop", lambda t: lab.number(student.lr_inverse_time(0.5, 0.1, t))),
    }


@trial(seeds=1, adam=at_most(14), rmsprop=at_most(7))
def saddle(student, lab, seed):
    """A place that is nearly flat. adam, rmsprop: steps of rate 0.1 until y is nine tenths of the way to a minimum."""

    def steps(name):
        def slope(p):
            return np.array([p[0], -BEND * (p[1] - p[1] ** 3)])

        return walk(student, name, slope, [[1.0], [1e-3]], lambda p: abs(p[1, 0]) > 0.9, lambda t: 0.1)

    return {"adam": steps("adam"), "rmsprop": steps("rmsprop")}


@trial(seeds=3, epochs=at_most(EPOCHS), accuracy=(at_least(0.935, on_average=True), at_least(0.92)))
def race(student, lab, seed):
    """Digits, 64-32-32-10, Adam with rate 0.01. epochs: until the training cost is below 0.1. accuracy: after nine."""
    parts = lab.split(lab.digits(), seed)
    network = lab.Network((64, 32, 32, 10), EPOCHS, lr=0.01, optimizer="adam")
    own = {"initialize_state": student.initialize_state, "update_adam": student.update_adam}
    run = lab.train(parts.train, network, seed, **own)
    low = [epoch for epoch, state in enumerate(run.states) if lab.cost(state, parts.train) < 0.1]
    return {"epochs": low[0] if low else np.inf, "accuracy": lab.accuracy(run.end, parts.test)}


@trial(seeds=3, left=at_most(0.75, on_average=True), fall=at_most(0.5))
def wandering(student, lab, seed):
    """Tumours, one layer, batches of four, rate 4, and the same with rates that fall in four ways.

    left: what is left of the late cost, at worst. fall: the last rate in units of the first, at most.
    """
    part = lab.normalized(lab.split(lab.breast_cancer(), seed)).train
    network = lab.Network((30, 2), epochs=12, lr=4.0, batch_size=4)
    per_epoch = -(-part.y.size // network.batch_size)
    descend = lab.reference.backprop.update_gd

    def late_cost(rates):
        each = iter(np.repeat(rates, per_epoch))
        run = lab.train(part, network, seed, update_gd=lambda params, grads, _: descend(params, grads, next(each)))
        return np.mean([lab.cost(state, part) for state in run.states[-5:]])

    ways = (
        lambda epoch: student.lr_inverse_time(4.0, 1.0, epoch),
        lambda epoch: student.lr_schedule("exponential", 4.0, epoch, base=0.75),
        lambda epoch: student.lr_schedule("inverse_sqrt", 4.0, epoch + 1, k=0.5),
        lambda epoch: student.lr_schedule("staircase", 4.0, epoch, drop=0.2, every=4),
    )
    falling = np.array([[lab.number(rate_of(epoch)) for epoch in range(network.epochs)] for rate_of in ways])
    return {
        "left": np.max([late_cost(rates) for rates in falling]) / late_cost([4.0] * network.epochs),
        # A small rate that stays the same would not wander either; it would take its time.
        "fall": np.max(falling[:, -1] / falling[:, 0]),
    }


def hessian(lab, part, params, lambd=0.0):
    """The second derivatives of a tanh network's cost with respect to all its parameters, by central differences."""
    reference, keys = lab.reference, list(params)
    layers = len(keys) // 2

    def gradient(theta):
        ends = np.cumsum([params[key].size for key in keys])[:-1]
        here = {key: piece.reshape(params[key].shape) for key, piece in zip(keys, np.split(theta, ends), strict=True)}
        A, caches = part.X, []
        for layer in range(1, layers + 1):
            W = here[f"W{layer}"]
            Z = reference.forward.linear_forward(A, W, here[f"b{layer}"])
            caches.append(reference.backprop.LayerCache(A, W, Z))
            A = reference.forward.tanh(Z)
        grads = reference.regularization.l2_penalty(here, lambd, part.X.shape[1])[1]
        dZ = reference.softmax.softmax_loss(Z, part.Y)[1]
        for layer in range(layers, 0, -1):
            dA, dW, grads[f"db{layer}"] = reference.backprop.linear_backward(dZ, caches[layer - 1])
            grads[f"dW{layer}"] = grads[f"dW{layer}"] + dW
            if layer > 1:
                dZ = reference.backprop.tanh_backward(dA, caches[layer - 2].Z)
        return np.concatenate([grads["d" + key].ravel() for key in keys])

    theta = np.concatenate([params[key].ravel() for key in keys])
    rows = [gradient(theta + step) - gradient(theta - step) for step in 1e-4 * np.eye(theta.size)]
    return (np.array(rows) + np.array(rows).T) / 4e-4


def critical_points(lab, seed):
    """Hessians: of networks that read irises, in places where their gradient vanishes, and of random numbers."""
    part = lab.normalized(lab.split(lab.iris(), seed)).train
    shares = np.log(part.Y.mean(axis=1, keepdims=True))
    zeros = {"W1": np.zeros((2, 4)), "b1": np.zeros((2, 1)), "W2": np.zeros((3, 2)), "b2": shares}
    layer = lab.Network((4, 3), 300, lr=0.5, batch_size=None, initialize="zeros", lambd=5.0)
    learned = lab.train(part, layer, seed).end.params
    # The same number added to all biases changes no probability; the weights alone, with their penalty, lie in a bowl.
    flat = hessian(lab, part, learned, 5.0)
    bowl = flat[:12, :12]
    found = [hessian(lab, part, zeros), flat, bowl, -bowl]
    rng = np.random.default_rng(seed)
    for n in range(1, 6):
        found += [square + square.T for square in rng.normal(size=(80, n, n))]
    return found


@trial(seeds=1, misjudged=at_most(0))
def places(student, lab, seed):
    """What kind of place it is, in four places of networks that read irises and in 400 drawn at random.

    misjudged: how many are called by another name than they deserve.
    """
    every = [(student.classify_critical_point(H, 1e-6), H) for H in critical_points(lab, seed)]
    return {"misjudged": sum(told != lab.reference.optimizers.classify_critical_point(H, 1e-6) for told, H in every)}


@exercise("three_arenas")
@law("Adam brings the training cost below 0.1 within nine epochs, and nine digits in ten are read")
@points(4)
@public
@spoiled_by(
    "ones_instead",
    "correct_only_v",
    "betas_swapped",
    "feeds_corrected_back",
    "one_average_for_all_entries",
    "returns_old_averages",
)
@see("F4 §1.2.4")
@suggest("print the training cost after each epoch, and the norms of v and s: which of them stands still, or explodes?")
def test_adam_wins_the_digits_race(measure):
    """Four layers, rate 0.01, on three splits; plain descent at rate 0.1 needs two dozen epochs."""
    race_run = measure(race)
    assert_bars(race_run, "epochs", "the epochs until the training cost is below 0.1")
    assert_bars(race_run, "accuracy", "the accuracy on the test part")


@exercise("three_arenas")
@law("momentum and Adam bear rates in a ravine at which plain descent explodes")
@points(2)
@public
@spoiled_by(
    "gradient_not_weighted",
    "steps_along_the_gradient",
    "velocity_not_returned",
    "divides_by_the_square",
    "one_average_for_all_entries",
    "decay_rate_ignored",
)
@see("F4 §1.2.2, §1.2.3, §1.2.4")
@suggest("print x and y of the first twenty steps: does y swing, and do the swings die away?")
def test_the_ravine_is_walked_down(measure):
    """From (10, 1) down J = (x² + 50 y²)/2; plain descent needs 137 steps at rate 0.039, and explodes at 0.041."""
    steps = measure(ravine)
    assert_bars(steps, "momentum", "the steps with momentum")
    assert_bars(steps, "adam", "the steps with Adam")
    assert_bars(steps, "rmsprop", "the steps with RMSProp")


@exercise("three_arenas")
@law("where the slope is tiny, whoever divides by it is soon away")
@points(1)
@public
@spoiled_by("correct_only_s", "one_root_for_the_array", "corrected_as_in_adam", "squares_added_up")
@see("F0 §局部最优问题")
def test_the_saddle_is_left_at_once(measure):
    """A thousandth beside a saddle; plain descent and momentum stay there for hundreds of steps."""
    steps = measure(saddle)
    assert_bars(steps, "adam", "the steps with Adam")
    assert_bars(steps, "rmsprop", "the steps with RMSProp")


@exercise("three_arenas")
@law("with a fixed rate small batches wander about the minimum; with a falling one they come to rest")
@points(1)
@public
@spoiled_by("grows_instead", "one_plus_forgotten", "epoch_to_the_power_of_base", "knobs_written_in")
@see("F0 §学习率衰减; F4 §1.2.5")
@suggest("print the twelve rates of each of your four schedules")
def test_falling_rates_end_the_wandering(measure):
    """Twelve epochs in batches of four, at rate 4: far too much to stay with, and a good start."""
    rates = measure(wandering)
    assert_bars(rates, "fall", "the last rate in units of the first")
    assert_bars(rates, "left", "what is left of the cost of the last epochs")


@exercise("three_arenas")
@law("a network that starts with zeros stands on a saddle")
@points(1)
@public
@spoiled_by("determinant_of_two_variables", "looks_along_the_axes", "flat_hides_the_saddle", "flat_counts_as_minimum")
@see("F4 §1.3")
@suggest("how many eigenvalues of a 19 by 19 Hessian are negative, how many positive, how many nearly zero?")
def test_you_know_what_kind_of_place_it_is(measure):
    """Four places of networks that read irises, nineteen parameters and fewer, and 400 places drawn at random."""
    assert_bars(measure(places), "misjudged", "the places that are called by a wrong name")


@exercise("three_arenas")
@law("Adam brings the training cost below 0.1 within nine epochs, and nine digits in ten are read")
@points(1)
@hidden
@spoiled_by("correct_only_v", "feeds_corrected_back")
def test_the_race_is_won_on_other_splits_too(measure, rng):
    """The same on a split that you have not seen."""
    race_run = measure(race, seeds=[int(rng.integers(3, 10))])
    assert_bars(race_run, "epochs", "the epochs until the training cost is below 0.1")
    assert_bars(race_run, "accuracy", "the accuracy on the test part")
