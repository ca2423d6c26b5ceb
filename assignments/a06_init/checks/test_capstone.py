"""Capstone: one deep network, several starts; where it starts decides whether it learns."""

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

# Nine layers with weights: ten of units, the pixels among them.
DEEP = (64, *[32] * 8, 10)
EVEN = (64, *[128] * 8, 10)


def drawn(student, rule, sizes, rng, **scale):
    """Draw a network by one of the student's four rules."""
    params = getattr(student, f"initialize_{rule}")(list(sizes), rng, **scale)
    shapes = {}
    for layer in range(1, len(sizes)):
        shapes |= {f"W{layer}": (sizes[layer], sizes[layer - 1]), f"b{layer}": (sizes[layer], 1)}
    assert_keys(params, *shapes, name=f"initialize_{rule}")
    for key, shape in shapes.items():
        assert_shape(params[key], shape, name=key)
    return {key: params[key] for key in shapes}


def accuracy_from(student, lab, parts, seed, rule, **how):
    """Train from a start by `rule`; judged is the epoch that is best on the dev part, since the last one may be bad."""
    network = lab.Network(DEEP, initialize=rule, **how)
    own = {f"initialize_{rule}": lambda sizes, rng: drawn(student, rule, sizes, rng)}
    run = lab.train(parts.train, network, seed, **own)
    best = max(run.states, key=lambda state: lab.accuracy(state, parts.dev))
    return lab.accuracy(best, parts.test)


@trial(seeds=3, accuracy=(at_least(0.90, on_average=True), at_least(0.85)))
def relu_from_he(student, lab, seed):
    """Ten digits after 25 epochs of ReLU layers, from He's start: the accuracy on the test part."""
    parts = lab.split(lab.digits(), seed)
    return {"accuracy": accuracy_from(student, lab, parts, seed, "he", epochs=25, lr=0.05)}


@trial(seeds=2, xavier=at_most(0.88, on_average=True), small=at_most(0.20))
def relu_from_less(student, lab, seed):
    """The same steps on the same batches, with the same draws at smaller scales: the accuracy from each start."""
    parts, how = lab.split(lab.digits(), seed), {"epochs": 25, "lr": 0.05}
    return {rule: accuracy_from(student, lab, parts, seed, rule, **how) for rule in ("xavier", "small")}


@trial(seeds=2, xavier=at_least(0.84), glorot=at_least(0.84))
def tanh_from_both(student, lab, seed):
    """Ten digits after 15 epochs of tanh layers: the accuracy on the test part, from Xavier's start and Glorot's."""
    parts, how = lab.split(lab.digits(), seed), {"epochs": 15, "lr": 0.1, "hidden": "tanh"}
    return {rule: accuracy_from(student, lab, parts, seed, rule, **how) for rule in ("xavier", "glorot")}


@trial(seeds=3, he=at_most(0.06), xavier=at_most(0.06), small=at_most(0.06))
def forecast(student, lab, seed):
    """The spread of the activations in eight ReLU layers of 128 units, before any training.

    By rule: how far the mean step of the profile from layer to layer is from what the rule promises, in powers of ten.
    """
    X = lab.split(lab.digits(), seed).train.first(200).X
    promised = {"he": 0.0, "xavier": -np.log10(2) / 2, "small": np.log10(0.01 * np.sqrt(128 / 2))}

    def step(rule):
        profile = np.ravel(student.activation_profile(X, drawn(student, rule, EVEN, SeededRNG(seed)), "relu"))
        return np.log10(profile[-1] / profile[0]) / 7

    return {rule: abs(step(rule) - expected) for rule, expected in promised.items()}


@trial(seeds=3, drift=at_most(4), tenth=at_most(1e-3))
def long_way(student, lab, seed):
    """A signal on its way through 150 linear layers of 32 units, drawn by Xavier's rule; sizes in powers of ten.

    drift: how much the layers change its size. tenth: how far from 150 log 1.1 is what it gains when all weights grow
    by a tenth.
    """
    x = np.random.default_rng(seed).standard_normal((32, 1))
    params = drawn(student, "xavier", [32] * 151, SeededRNG(seed))
    Ws = [np.asarray(params[f"W{layer}"], dtype=np.float64) for layer in range(1, 151)]

    def gain(Ws):
        return np.log10(np.linalg.norm(student.deep_linear_output(Ws, x)) / np.linalg.norm(x))

    drift = gain(Ws)
    return {"drift": abs(drift), "tenth": abs(gain([1.1 * W for W in Ws]) - drift - 150 * np.log10(1.1))}


@trial(seeds=2, zeros=at_most(0), twins=at_most(0), free=at_most(0))
def symmetry(student, lab, seed):
    """Sixteen hidden units after five epochs: how far the number of different ones is from what their start allows.

    zeros: all weights zero, and both layers are one unit for ever. twins: each of eight units twice, and eight remain.
    free: a small random start, and all sixteen differ.
    """
    part, sizes = lab.split(lab.digits(), seed).train, (64, 16, 10)
    network = lab.Network(sizes, epochs=5, lr=0.3, hidden="tanh")

    def units(start, *keys):
        end = lab.train(part, network, seed, initialize_he=lambda sizes, rng: start).end.params
        return np.array([lab.number(student.count_distinct_units(end[key], 1e-9)) for key in keys])

    free = drawn(student, "small", sizes, SeededRNG(seed))
    W1, W2 = free["W1"][:8], free["W2"][:, :8]
    twins = free | {"W1": np.vstack([W1, W1]), "W2": np.hstack([W2, W2])}
    zeros = drawn(student, "small", sizes, SeededRNG(seed), scale=0.0)
    return {
        "zeros": np.max(np.abs(units(zeros, "W1", "W2") - 1)),
        "twins": abs(units(twins, "W1")[0] - 8),
        "free": abs(units(free, "W1")[0] - 16),
    }


@exercise("ten_layer_race")
@law("from He's start, nine layers of ReLU units learn to read")
@points(3)
@public
@spoiled_by(
    "xavier_factor",
    "glorot_factor",
    "no_sqrt",
    "product_of_widths",
    "precedence_bug",
    "rand_not_randn",
    "unscaled",
    "zero_weights",
    "flat_biases",
)
@see("F2 §11; F0, 梯度消失/梯度爆炸")
@suggest("print activation_profile for your start: does it stay level?")
def test_nine_relu_layers_learn_to_read(measure):
    """25 epochs from He's start on three splits; what does not learn guesses one digit in ten."""
    assert_bars(measure(relu_from_he), "accuracy", "the accuracy from He's start")


@exercise("ten_layer_race")
@law("with ReLU the same network learns less from Xavier's start, and nothing from small numbers")
@points(2)
@public
@spoiled_by("xavier_he_factor", "xavier_transposed", "small_transposed", "small_flat_biases")
@see("F2 §11; F3 §2")
@suggest("compare W3.std() of your three starts: they are 0.01, the root of 1/32 and the root of 2/32")
def test_the_same_draws_at_other_scales_lose_the_race(measure):
    """Only the scale of the weights differs, for Xavier by no more than the root of 2; but in every layer."""
    assert_bars(measure(relu_from_less), "xavier", "the accuracy from Xavier's start")
    assert_bars(measure(relu_from_less), "small", "the accuracy from small numbers")


@exercise("ten_layer_race")
@law("tanh layers learn from Xavier's start and from Glorot's")
@points(1)
@public
@spoiled_by(
    "xavier_no_sqrt",
    "xavier_upside_down",
    "xavier_uniform",
    "xavier_unscaled",
    "glorot_product_in_denominator",
    "glorot_precedence_bug",
    "glorot_no_brackets",
    "glorot_no_sqrt",
    "glorot_uniform",
)
@see("F2 §11, with erratum E15")
@suggest("print activation_profile for 'tanh': a profile near 1 says that the units are saturated")
def test_nine_tanh_layers_learn_to_read(measure):
    """15 epochs from each of the two starts that were made for tanh."""
    assert_bars(measure(tanh_from_both), "xavier", "the accuracy from Xavier's start")
    assert_bars(measure(tanh_from_both), "glorot", "the accuracy from Glorot's start")


@exercise("ten_layer_race")
@law("the step of the profile is 1 for He, 0.71 for Xavier and 0.08 for small numbers")
@points(1)
@public
@spoiled_by(
    "xavier_factor",
    "xavier_he_factor",
    "small_unscaled",
    "small_scale_as_variance",
    "small_scale_by_width",
    "profile_of_variances",
    "profile_rounded",
)
@suggest("print the logarithm of the profile: it is a straight line, and its slope tells how the race will end")
def test_the_profile_foretells_the_race(measure):
    """What a rule promises for each layer is seen before the first step, in eight layers of 128 units."""
    assert_bars(measure(forecast), "he", "the distance of He's profile from a level one")
    assert_bars(measure(forecast), "xavier", "the distance of Xavier's profile from its promise")
    assert_bars(measure(forecast), "small", "the distance of the profile of small numbers from its promise")


@exercise("ten_layer_race")
@law("150 layers raise the factor of one layer to the power 150")
@points(1)
@public
@spoiled_by(
    "xavier_he_factor",
    "xavier_no_sqrt",
    "xavier_unscaled",
    "deep_entrywise_power",
    "deep_last_left_out",
    "deep_first_twice",
    "deep_with_relu",
)
@see("F0, 梯度消失/梯度爆炸; F2 §10")
@suggest("how many powers of ten are 1.1 to the power 150? And with 149?")
def test_a_signal_survives_150_layers(measure):
    """Xavier's weights keep its size within four powers of ten; a tenth more on every weight adds 6.2 of them."""
    assert_bars(measure(long_way), "drift", "the change of the signal's size, in powers of ten")
    assert_bars(measure(long_way), "tenth", "the distance from 150 log 1.1")


@exercise("ten_layer_race")
@law("units that start alike stay alike")
@points(1)
@public
@spoiled_by(
    "small_random_biases",
    "small_scale_ignored",
    "small_zero_weights",
    "small_zero_means_default",
    "count_columns",
    "count_without_twins",
    "count_of_copies",
    "count_against_the_first",
    "count_neighbours",
)
@see("F3 §2 参数初始化: 假设全部初始化为零可以吗？")
@suggest("write down dW1 for two equal rows of W1 and two equal columns of W2")
def test_twins_stay_twins(measure):
    """Five epochs later zeros are still one unit, twins are still twins, and units that started apart all differ."""
    assert_bars(measure(symmetry), "zeros", "the units too many or too few, from zeros")
    assert_bars(measure(symmetry), "twins", "the units too many or too few, from twins")
    assert_bars(measure(symmetry), "free", "the units too many or too few, from random numbers")


@exercise("ten_layer_race")
@law("from He's start, nine layers of ReLU units learn to read")
@points(1)
@hidden
@spoiled_by("no_sqrt", "product_of_widths", "rand_not_randn", "unscaled")
def test_other_draws_and_other_splits_learn_too(measure, rng):
    """The same on a split that you have not seen."""
    assert_bars(measure(relu_from_he, seeds=[int(rng.integers(3, 10))]), "accuracy", "the accuracy from He's start")
