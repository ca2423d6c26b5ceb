"""What a06_init asks of a student's initialization.py.

Random weights are judged by what they are like, at six standard deviations: a right solution fails a statistical
check of this room less than once in ten million. Any independent draws of the right size are welcome.
"""

import numpy as np

from autograder.checking import (
    ScriptedRNG,
    SeededRNG,
    assert_close,
    assert_dtype,
    assert_fraction,
    assert_shape,
    assert_variance,
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
# Unequal, so that no two rules give a layer nearly the same variance, and just large enough for six sigma.
WIDTHS = [101, 61, 89, 53]
PRIMES = [3, 5, 7, 11, 13, 17]


def seeded(rng):
    """A generator for the student, with a seed that depends on the check."""
    return SeededRNG(int(rng.integers(2**31)))


def found(params, kind, layer_dims):
    """The arrays "W1", "W2", … or "b1", "b2", … as a list; their shapes are the matter of another check."""
    message = "initialize_he must give a dict of arrays"
    require(isinstance(params, dict), message, safe=message)
    keys = [f"{kind}{layer}" for layer in range(1, len(layer_dims))]
    for layer, key in enumerate(keys, start=1):
        message = f"there is no {key}; {len(layer_dims)} widths make {len(keys)} layers, counted from 1"
        require(isinstance(params.get(key), np.ndarray), message, safe=message)
        # However they are arranged: two numbers have any variance, and a million meet a million in no time of ours.
        size = layer_dims[layer] * (layer_dims[layer - 1] if kind == "W" else 1)
        message = f"{key} holds {params[key].size:,} numbers, expected {size:,}"
        require(params[key].size == size and params[key].ndim <= 2, message, safe=message)
    return [params[key] for key in keys]


def judge_variances(params, layer_dims):
    """Compare the spread of every layer with the law, and with the rules that are often taken for it."""
    for layer, W in enumerate(found(params, "W", layer_dims), start=1):
        n_prev, n = layer_dims[layer - 1 : layer + 1]
        rules = {
            "1/n_prev (Xavier)": 1 / n_prev,
            "2/n_l": 2 / n,
            "2/(n_prev + n_l) (Glorot)": 2 / (n_prev + n),
            "2/(n_prev n_l)": 2 / (n_prev * n),
            "2 n_l/n_prev": 2 * n / n_prev,
            "(2/n_prev)^2": (2 / n_prev) ** 2,
            "1 (no factor)": 1.0,
        }
        assert_variance(W, 2 / n_prev, name=f"W{layer}", sigmas=SIGMAS, candidates=rules)


def judge_script(student, oracle, layer_dims, draws):
    """Accept what the recipe gives, and any other draws of the right spread."""
    rng = ScriptedRNG(standard_normal=draws)
    got = found(student.initialize_he(layer_dims, rng), "W", layer_dims)
    right = found(oracle.initialize_he(layer_dims, ScriptedRNG(standard_normal=draws)), "W", layer_dims)
    if all(W.shape == R.shape and np.allclose(W, R, rtol=1e-6) for W, R in zip(got, right, strict=True)):
        return
    large = student.initialize_he(WIDTHS, SeededRNG(1))
    spreads = [W.var() * n_prev / 2 for W, n_prev in zip(found(large, "W", WIDTHS), WIDTHS[:-1], strict=True)]
    followed = [shape for _, shape in rng.log] == [draw.shape for draw in draws]
    if followed and not np.allclose(spreads, 1, atol=0.12):
        for layer, (W, R) in enumerate(zip(got, right, strict=True), start=1):
            known = {"sqrt(n_l)": np.sqrt(layer_dims[layer]), "sqrt(n_prev)": np.sqrt(layer_dims[layer - 1])}
            assert_close(W, R, name=f"W{layer}", known=known)
    judge_variances(large, WIDTHS)


@exercise("initialize_he")
@law("W[l] is (n_l, n_{l-1}) and b[l] is (n_l, 1), for l = 1 … L")
@points(0.5)
@public
@see("F1, 参数初始化策略（复习）; README, conventions: layout and params")
@suggest("print the shape of every array for the widths 3, 5, 2, 7")
def test_every_layer_has_weights_and_biases_of_its_own_shape(student):
    """Widths 3, 5, 2, 7 make three layers, and each has a W and a b."""
    layer_dims = [3, 5, 2, 7]
    params = student.initialize_he(layer_dims, SeededRNG(1))
    pairs = zip(found(params, "W", layer_dims), found(params, "b", layer_dims), strict=True)
    for layer, (W, b) in enumerate(pairs, start=1):
        n_prev, n = layer_dims[layer - 1 : layer + 1]
        assert_shape(W, (n, n_prev), name=f"W{layer}", axes="(n_l, n_{l-1})")
        assert_shape(b, (n, 1), name=f"b{layer}", axes="(n_l, 1)")
        assert_dtype(W, "float", name=f"W{layer}")
        assert_dtype(b, "float", name=f"b{layer}")


@exercise("initialize_he")
@law("b[l] = 0")
@points(0.25)
@public
@see("F2 §11 Weight Initialization for Deep Networks")
@suggest("print b1: the weights make the units differ already, so what is left for luck to do?")
def test_biases_start_at_zero(student):
    """The weights alone make the units differ, so the biases can start at zero."""
    params = student.initialize_he([3, 5, 2, 7], SeededRNG(2))
    for layer, b in enumerate(found(params, "b", [3, 5, 2, 7]), start=1):
        assert_close(b, np.zeros(b.shape), name=f"b{layer}")


@exercise("initialize_he")
@law("W[l] is a standard normal draw times the standard deviation of its layer")
@points(0.75)
@public
@see("F2 §11 Weight Initialization for Deep Networks")
@suggest("widths 8 and 3: the variance is 2/8, so every draw must shrink to one half. Does yours?")
def test_each_draw_is_scaled_by_the_inputs_of_its_unit(student, oracle):
    """With known random numbers the weights are known: each draw meets a factor that depends on n_{l-1} alone."""
    draws = [np.arange(-7, 8).reshape(3, 5) / 5, np.arange(21, 0, -1).reshape(7, 3) / 10 - 1.05]
    judge_script(student, oracle, [5, 3, 7], draws)


@exercise("initialize_he")
@law("Var(W[l]) = 2 / n_{l-1}, layer by layer")
@points(0.75)
@public
@see("F2 §11 Weight Initialization for Deep Networks, the rule for ReLU")
@suggest("print params['W1'].var() * layer_dims[0], and W2 with layer_dims[1]: both should be near 2")
def test_the_variance_of_every_layer_is_two_over_its_inputs(student, rng):
    """The more inputs a unit has, the smaller its weights must be."""
    judge_variances(student.initialize_he(WIDTHS, seeded(rng)), WIDTHS)


@exercise("initialize_he")
@law("P(w < 0) = 1/2, so E[w] = 0")
@points(0.25)
@public
@see("F2 §11: the code draws with randn, not with rand")
@suggest("print params['W1'].min(): about half of the weights should be negative")
def test_weights_are_centred_at_zero(student, rng):
    """A weight is as likely to be negative as to be positive."""
    params = student.initialize_he(WIDTHS, seeded(rng))
    for layer, W in enumerate(found(params, "W", WIDTHS), start=1):
        name = f"negative weights in W{layer}"
        assert_fraction(W < 0, 0.5, name=name, sigmas=SIGMAS, candidates={"none is negative": 0.0})


@exercise("initialize_he")
@law("all weights are independent")
@points(0.25)
@public
@see("F3 §2 参数初始化: 假设全部初始化为零可以吗？")
@suggest("widths 5, 5, 5, 3: print W1 - W2. It should not contain a single zero")
def test_no_unit_starts_as_a_copy_of_another(student):
    """Units that start alike stay alike for ever, and layers of equal shape need draws of their own."""
    weights = found(student.initialize_he([5, 5, 5, 3], SeededRNG(5)), "W", [5, 5, 5, 3])
    for layer, W in enumerate(weights, start=1):
        distinct = len(np.unique(W, axis=0))
        require(distinct == len(W), f"the {len(W)} units of W{layer} have {distinct} different rows; expected {len(W)}")
    shared = int(np.sum(weights[0] == weights[1]))
    require(shared == 0, f"W1 and W2 have the same shape, and {shared} of 25 entries are equal; expected none")


@exercise("initialize_he")
@law("same state of rng, same weights; another state, other weights")
@points(0.5)
@public
@see("README, conventions: random numbers")
@suggest("call it with np.random.default_rng(0) twice, then with default_rng(1): which weights are equal?")
def test_all_randomness_comes_from_the_generator_that_is_passed(student):
    """Equal seeds give equal weights, other seeds other weights, and np.random keeps its state."""
    generators = [SeededRNG(seed) for seed in (11, 11, 12)]
    runs = [found(student.initialize_he([5, 3, 7], generator), "W", [5, 3, 7]) for generator in generators]
    for layer, (first, again, other) in enumerate(zip(*runs, strict=True), start=1):
        require(np.array_equal(first, again), f"the same seed gave two different W{layer}; expected equal ones")
        shared = int(np.sum(first == other))
        require(shared == 0, f"two seeds gave {shared} equal entries of {first.size} in W{layer}; expected none")
    touched = any(generator.global_state_touched for generator in generators)
    require(not touched, "the state of np.random has changed; expected all draws to come from the argument rng")


@exercise("initialize_he")
@law("E[relu(z)^2] is the same in every layer")
@points(0.25)
@hidden
@see("F2 §11; F0, 梯度消失/梯度爆炸")
@suggest("send an input through 20 ReLU layers and print (A**2).mean() after each")
def test_the_signal_survives_twenty_relu_layers(student, rng):
    """After twenty ReLU layers the signal is neither dead nor huge."""
    layer_dims = [61, 67] * 10 + [61]
    weights = found(student.initialize_he(layer_dims, seeded(rng)), "W", layer_dims)
    A = rng.normal(size=(61, 7))
    before = float(np.mean(A**2))
    for layer, W in enumerate(weights, start=1):
        assert_shape(W, (layer_dims[layer], layer_dims[layer - 1]), name=f"W{layer}", axes="(n_l, n_{l-1})")
        A = np.maximum(W @ A, 0.0)
    factor = (float(np.mean(A**2)) / before) ** (1 / 20)
    # With right weights 20 log(factor) has mean -0.6 and sd 1.1, and both bounds are more than six sd away.
    require(
        0.65 < factor < 1.4,
        f"each layer multiplies the mean square of the signal by {factor:.2g}; expected about 1",
        safe="the mean square of the signal grows or shrinks from layer to layer",
    )


@exercise("initialize_he")
@law("as the reference, for any widths")
@points(0.5)
@hidden
@see("F2 §11 Weight Initialization for Deep Networks")
@suggest("try four layers of very different widths, the last one with a single unit")
def test_other_widths_and_other_draws(student, oracle, rng):
    """Fresh widths, the last of them 1, and fresh random numbers."""
    layer_dims = [*(int(n) for n in rng.permutation(PRIMES)[:4]), 1]
    draws = [rng.normal(size=(layer_dims[i + 1], layer_dims[i])) for i in range(4)]
    judge_script(student, oracle, layer_dims, draws)
