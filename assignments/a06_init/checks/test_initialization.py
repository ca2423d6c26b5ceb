"""What a06_init asks of a student's initialization.py.

Random weights are judged by what they are like, at six standard deviations: a right solution fails a statistical
check of this room less than once in ten million. Any independent draws of the right size are welcome.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

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
# Draws for the widths 5, 3, 7: no two alike, none of them 0 or 1.
DRAWS = [np.arange(-7, 8).reshape(3, 5) / 5 + 0.1, np.arange(21, 0, -1).reshape(7, 3) / 10 - 1.05]


@dataclass(frozen=True)
class Rule:
    """An initialisation: its function, the variance of a weight by n_prev and n, and what it is passed besides."""

    function: str
    variance: Callable[[int, int], float]
    more: tuple[float, ...] = ()

    def drawn_by(self, who, layer_dims, generator):
        """What the student's function, or the oracle's, gives."""
        return getattr(who, self.function)(layer_dims, generator, *self.more)

    def weights(self, who, layer_dims, generator):
        """W1, W2, … as a list."""
        return found(self.drawn_by(who, layer_dims, generator), "W", layer_dims)


def scaled(scale):
    """The rule of initialize_small for a scale that is passed."""
    return Rule("initialize_small", lambda *_: scale**2, (scale,))


SMALL = Rule("initialize_small", lambda *_: 0.01**2)
XAVIER = Rule("initialize_xavier", lambda n_prev, _: 1 / n_prev)
HE = Rule("initialize_he", lambda n_prev, _: 2 / n_prev)
GLOROT = Rule("initialize_glorot", lambda n_prev, n: 2 / (n_prev + n))


def seeded(rng):
    """A generator for the student, with a seed that depends on the check."""
    return SeededRNG(int(rng.integers(2**31)))


def found(params, kind, layer_dims):
    """The arrays "W1", "W2", … or "b1", "b2", … as a list; their shapes are the matter of another check."""
    message = "what comes back is no dict of arrays with the keys W1, b1, W2, b2, …"
    require(isinstance(params, dict), message, safe=message)
    layers = len(layer_dims) - 1
    for layer in range(1, layers + 1):
        key = f"{kind}{layer}"
        message = "there is no array {key}; {widths} widths make {layers} layers, counted from 1"
        array = params.get(key)
        require(isinstance(array, np.ndarray), message, safe=message, key=key, widths=layers + 1, layers=layers)
        # However they are arranged: two numbers have any variance, and a million meet a million in no time of ours.
        size = layer_dims[layer] * (layer_dims[layer - 1] if kind == "W" else 1)
        message = "{key} holds {seen:,} numbers, expected {size:,}"
        require(array.size == size and array.ndim <= 2, message, safe=message, key=key, seen=array.size, size=size)
        message = "{key} holds something that is no finite number"
        finite = array.dtype.kind in "iuf" and bool(np.isfinite(array).all())
        require(finite, message, safe=message, key=key)
    return [params[f"{kind}{layer}"] for layer in range(1, layers + 1)]


def judge_form(params, layer_dims, *, zero_biases):
    """Keys, shapes and types, and weights that are not all the same number, which would be right in form alone."""
    pairs = zip(found(params, "W", layer_dims), found(params, "b", layer_dims), strict=True)
    for layer, (W, b) in enumerate(pairs, start=1):
        n_prev, n = layer_dims[layer - 1 : layer + 1]
        assert_shape(W, (n, n_prev), name=f"W{layer}", axes="(n_l, n_{l-1})")
        assert_shape(b, (n, 1), name=f"b{layer}", axes="(n_l, 1)")
        assert_dtype(W, "float", name=f"W{layer}")
        assert_dtype(b, "float", name=f"b{layer}")
        differ = len(np.unique(W)) > W.size / 2
        require(differ, "W{layer} holds few different numbers, expected a draw of its own for each weight", layer=layer)
        if zero_biases:
            assert_close(b, np.zeros(b.shape), name=f"b{layer}")


def judge_variances(weights, layer_dims, rule):
    """Compare the spread of every layer with the rule, and with those that are often taken for it."""
    for layer, W in enumerate(weights, start=1):
        n_prev, n = layer_dims[layer - 1 : layer + 1]
        expected = rule.variance(n_prev, n)
        others = {
            "1/n_prev (Xavier)": 1 / n_prev,
            "2/n_prev (He)": 2 / n_prev,
            "1/n_l": 1 / n,
            "2/n_l": 2 / n,
            "2/(n_prev + n_l) (Glorot)": 2 / (n_prev + n),
            "2/(n_prev n_l)": 2 / (n_prev * n),
            "2 n_l/n_prev": 2 * n / n_prev,
            "0.01^2": 0.01**2,
            "1 (no factor)": 1.0,
            "the square of the variance that is asked for": expected**2,
        }
        others = {label: value for label, value in others.items() if abs(value / expected - 1) > 1e-9}
        assert_variance(W, expected, name=f"W{layer}", sigmas=SIGMAS, candidates=others)


def judge_script(student, oracle, rule, layer_dims, draws):
    """Accept what the recipe gives, and any other draws of the right spread."""
    rng = ScriptedRNG(standard_normal=draws)
    got = rule.weights(student, layer_dims, rng)
    right = rule.weights(oracle, layer_dims, ScriptedRNG(standard_normal=draws))
    if all(W.shape == R.shape and np.allclose(W, R, rtol=1e-6, atol=0.0) for W, R in zip(got, right, strict=True)):
        return
    large = rule.weights(student, WIDTHS, SeededRNG(1))
    pairs = zip(large, pairwise(WIDTHS), strict=True)
    spreads = [W.var() / rule.variance(*widths) for W, widths in pairs]
    followed = [shape for _, shape in rng.log] == [draw.shape for draw in draws]
    if followed and not np.allclose(spreads, 1, atol=0.12):
        for layer, (W, R) in enumerate(zip(got, right, strict=True), start=1):
            known = {"sqrt(n_l)": np.sqrt(layer_dims[layer]), "sqrt(n_prev)": np.sqrt(layer_dims[layer - 1])}
            # The deviation of a uniform draw is its limit over sqrt(3), which must not pass for the root of 3 units.
            assert_close(W, R, name=f"W{layer}", known=known | {"sqrt(3)": np.sqrt(3.0)})
    judge_variances(large, WIDTHS, rule)


def judge_signs(weights):
    """About half of the weights of every layer are negative."""
    for layer, W in enumerate(weights, start=1):
        assert_fraction(W < 0, 0.5, name=f"(W{layer} < 0)", sigmas=SIGMAS, candidates={"0 (W ≥ 0)": 0.0})


def judge_copies(weights):
    """No row twice in a layer, and not a single number in common between W1 and W2, which have the same shape."""
    for layer, W in enumerate(weights, start=1):
        distinct, rows = len(np.unique(W, axis=0)), len(W)
        message = "the {rows} units of W{layer} have {distinct} different rows; expected {rows}"
        require(distinct == rows, message, rows=rows, layer=layer, distinct=distinct)
    shared, size = int(np.sum(weights[0] == weights[1])), weights[0].size
    message = "W1 and W2 have the same shape, and {shared} of {size} entries are equal; expected none"
    require(shared == 0, message, shared=shared, size=size)


def judge_source(student, rule):
    """Equal seeds, equal weights; another seed, other weights; and np.random rests."""
    generators = [SeededRNG(seed) for seed in (11, 11, 12)]
    runs = [rule.weights(student, [5, 3, 7], generator) for generator in generators]
    for layer, (first, again, other) in enumerate(zip(*runs, strict=True), start=1):
        same = np.array_equal(first, again)
        require(same, "the same seed gave two different W{layer}; expected equal ones", layer=layer)
        shared, size = int(np.sum(first == other)), first.size
        message = "two seeds gave {shared} equal entries of {size} in W{layer}; expected none"
        require(shared == 0, message, shared=shared, size=size, layer=layer)
    touched = any(generator.global_state_touched for generator in generators)
    require(not touched, "the state of np.random has changed; expected all draws to come from the argument rng")


def fresh_widths(rng):
    """Four different primes and then a single unit."""
    return [*(int(n) for n in rng.permutation(PRIMES)[:4]), 1]


def judge_fresh_script(student, oracle, rng, rule):
    """Fresh widths, the last of them 1, and fresh random numbers."""
    layer_dims = fresh_widths(rng)
    draws = [rng.normal(size=(layer_dims[i + 1], layer_dims[i])) for i in range(4)]
    judge_script(student, oracle, rule, layer_dims, draws)


@exercise("initialize_small")
@law("W[l] is (n_l, n_{l-1}), b[l] is (n_l, 1) and zero, for l = 1 … L")
@points(0.25)
@public
@see("F3 §2 参数初始化; README, conventions: layout and params")
@suggest("print the shape of every array for the widths 3, 5, 2, 7")
def test_small_weights_and_zero_biases_for_every_layer(student):
    """Widths 3, 5, 2, 7 make three layers; each has a matrix of draws and a column of zeros."""
    judge_form(student.initialize_small([3, 5, 2, 7], SeededRNG(1)), [3, 5, 2, 7], zero_biases=True)


@exercise("initialize_small")
@law("W[l] is a standard normal draw times scale, in every layer")
@points(0.5)
@public
@see("F3 §2 参数初始化, 随机初始化参数: W × 0.01")
@suggest("print params['W1'] for scale = 1, then for scale = 100: each number must grow a hundredfold")
def test_each_draw_is_multiplied_by_the_scale(student, oracle):
    """With known random numbers the weights are known, for the scale 0.01 that nobody passed and for 0.3."""
    judge_script(student, oracle, SMALL, [5, 3, 7], DRAWS)
    judge_script(student, oracle, scaled(0.3), [5, 3, 7], DRAWS)


@exercise("initialize_small")
@law("the standard deviation of every layer is scale, whatever its width")
@points(0.25)
@public
@see("F3 §2 参数初始化")
@suggest("print params['W1'].std() for the widths 100 and 100: it should be near 0.01")
def test_the_spread_of_small_weights_is_one_hundredth(student, rng):
    """A hundredth in every layer, wide or narrow: this rule does not look at widths."""
    judge_variances(SMALL.weights(student, WIDTHS, seeded(rng)), WIDTHS, SMALL)


@exercise("initialize_small")
@law("P(w < 0) = 1/2; all weights are independent")
@points(0.25)
@public
@see("F3 §2 参数初始化: 假设全部初始化为零可以吗？")
@suggest("print params['W1'].min(), and for widths 5, 5, 5, 3 print W1 - W2")
def test_small_weights_have_both_signs_and_no_copies(student, rng):
    """Small is not enough: each weight needs a draw of its own, and may be negative."""
    judge_signs(SMALL.weights(student, WIDTHS, seeded(rng)))
    judge_copies(SMALL.weights(student, [5, 5, 5, 3], SeededRNG(5)))


@exercise("initialize_small")
@law("W of c · scale = c · W of scale; a scale of 0 makes every weight 0")
@points(0.25)
@public
@see("F3 §2 参数初始化: 假设全部初始化为零可以吗？")
@suggest("call it with scale=0.0: which of your lines does not see that?")
def test_the_weights_are_proportional_to_the_scale(student):
    """The same seed with scales 0.5, 2 and 0: the weights are 1, 4 and 0 times the first ones."""
    first, fourfold, none = (scaled(scale).weights(student, [5, 3, 7], SeededRNG(3)) for scale in (0.5, 2.0, 0.0))
    for layer, (W, large, zero) in enumerate(zip(first, fourfold, none, strict=True), start=1):
        require(W.any(), "W{layer} is all zeros for scale 0.5; expected zeros for scale 0 alone", layer=layer)
        assert_close(large, 4.0 * W, name=f"W{layer}(scale=2)", known={"scale": 2.0})
        assert_close(zero, np.zeros(W.shape), name=f"W{layer}(scale=0)")


@exercise("initialize_small")
@law("same state of rng, same weights; another state, other weights")
@points(0.25)
@public
@see("README, conventions: random numbers")
@suggest("call it with np.random.default_rng(0) twice, then with default_rng(1): which weights are equal?")
def test_small_weights_come_from_the_generator_that_is_passed(student):
    """Equal seeds give equal weights, other seeds other weights, and np.random keeps its state."""
    judge_source(student, SMALL)


@exercise("initialize_small")
@law("as the reference, for any widths and any scale")
@points(0.25)
@hidden
@see("F3 §2 参数初始化")
@suggest("try four layers of very different widths and a scale of 0.2")
def test_small_weights_of_other_widths_and_scales(student, oracle, rng):
    """Fresh widths, a fresh scale, and fresh random numbers."""
    judge_fresh_script(student, oracle, rng, scaled(float(rng.uniform(0.03, 0.7))))


@exercise("initialize_xavier")
@law("W[l] is (n_l, n_{l-1}), b[l] is (n_l, 1) and zero, for l = 1 … L")
@points(0.5)
@public
@see("F2 §11; README, conventions: layout and params")
@suggest("print the shape of every array for the widths 3, 5, 2, 7")
def test_xavier_gives_weights_and_zero_biases_to_every_layer(student):
    """Widths 3, 5, 2, 7 make three layers; each has a matrix of draws and a column of zeros."""
    judge_form(student.initialize_xavier([3, 5, 2, 7], SeededRNG(1)), [3, 5, 2, 7], zero_biases=True)


@exercise("initialize_xavier")
@law("W[l] is a standard normal draw times the root of 1 / n_{l-1}")
@points(0.75)
@public
@see("F2 §11, the code for tanh")
@suggest("widths 4 and 3: the variance is 1/4, so every draw must shrink to one half. Does yours?")
def test_each_draw_is_divided_by_the_root_of_the_inputs(student, oracle):
    """With known random numbers the weights are known: each draw meets a factor that depends on n_{l-1} alone.

    Draws of another kind are judged by their spread alone.
    """
    judge_script(student, oracle, XAVIER, [5, 3, 7], DRAWS)


@exercise("initialize_xavier")
@law("Var(W[l]) = 1 / n_{l-1}, layer by layer")
@points(0.5)
@public
@see("F2 §11, the rule for tanh")
@suggest("print params['W1'].var() * layer_dims[0], and W2 with layer_dims[1]: both should be near 1")
def test_the_variance_of_every_layer_is_one_over_its_inputs(student, rng):
    """The more inputs a unit has, the smaller its weights must be."""
    judge_variances(XAVIER.weights(student, WIDTHS, seeded(rng)), WIDTHS, XAVIER)


@exercise("initialize_xavier")
@law("inputs of variance 1 give z of variance 1")
@points(0.25)
@public
@see("F1, 标准化输入: z 的方差; F1, 参数初始化策略, with erratum E13")
@suggest("X = rng.standard_normal((100, 50)): print (W1 @ X).var() for widths 100 and 10")
def test_a_unit_with_many_inputs_is_no_louder_than_one_with_few(student, rng):
    """Whatever the number of products that z adds up, its size is that of one input."""
    weights = XAVIER.weights(student, WIDTHS, seeded(rng))
    for layer, W in enumerate(weights, start=1):
        n_prev, n = WIDTHS[layer - 1 : layer + 1]
        assert_shape(W, (n, n_prev), name=f"W{layer}", axes="(n_l, n_{l-1})")
        X = rng.normal(size=(n_prev, 59))
        X /= np.sqrt(np.mean(X**2, axis=0))
        seen = float(np.mean((W @ X) ** 2))
        # Given X the columns of Z are correlated by about n_prev^(-1/2), which adds to the variance of a mean of 59 n.
        margin = SIGMAS * np.sqrt(2 / (59 * n) * (1 + 58 / n_prev))
        message = "{n_prev} inputs of mean square 1 give z of mean square {seen:.3g}; expected 1 ± {margin:.2g}"
        require(abs(seen - 1) < margin, message, n_prev=n_prev, seen=seen, margin=margin)


@exercise("initialize_xavier")
@law("P(w < 0) = 1/2; all weights are independent")
@points(0.25)
@public
@see("F2 §11: the code draws with randn, not with rand; F3 §2 参数初始化")
@suggest("print params['W1'].min(), and for widths 5, 5, 5, 3 print W1 - W2")
def test_xavier_weights_have_both_signs_and_no_copies(student, rng):
    """A weight is as likely to be negative as positive, and no unit starts as a copy of another."""
    judge_signs(XAVIER.weights(student, WIDTHS, seeded(rng)))
    judge_copies(XAVIER.weights(student, [5, 5, 5, 3], SeededRNG(5)))


@exercise("initialize_xavier")
@law("same state of rng, same weights; another state, other weights")
@points(0.25)
@public
@see("README, conventions: random numbers")
@suggest("call it with np.random.default_rng(0) twice, then with default_rng(1): which weights are equal?")
def test_xavier_weights_come_from_the_generator_that_is_passed(student):
    """Equal seeds give equal weights, other seeds other weights, and np.random keeps its state."""
    judge_source(student, XAVIER)


@exercise("initialize_xavier")
@law("as the reference, for any widths")
@points(0.5)
@hidden
@see("F2 §11, the rule for tanh")
@suggest("try four layers of very different widths, the last one with a single unit")
def test_xavier_weights_of_other_widths(student, oracle, rng):
    """Fresh widths, the last of them 1, and fresh random numbers."""
    judge_fresh_script(student, oracle, rng, XAVIER)


@exercise("initialize_he")
@law("W[l] is (n_l, n_{l-1}) and b[l] is (n_l, 1), for l = 1 … L")
@points(0.5)
@public
@see("F1, 参数初始化策略（复习）; README, conventions: layout and params")
@suggest("print the shape of every array for the widths 3, 5, 2, 7")
def test_every_layer_has_weights_and_biases_of_its_own_shape(student):
    """Widths 3, 5, 2, 7 make three layers, and each has a W and a b."""
    judge_form(student.initialize_he([3, 5, 2, 7], SeededRNG(1)), [3, 5, 2, 7], zero_biases=False)


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
    """With known random numbers the weights are known: each draw meets a factor that depends on n_{l-1} alone.

    Draws of another kind are judged by their spread alone.
    """
    draws = [np.arange(-7, 8).reshape(3, 5) / 5, np.arange(21, 0, -1).reshape(7, 3) / 10 - 1.05]
    judge_script(student, oracle, HE, [5, 3, 7], draws)


@exercise("initialize_he")
@law("Var(W[l]) = 2 / n_{l-1}, layer by layer")
@points(0.75)
@public
@see("F2 §11 Weight Initialization for Deep Networks, the rule for ReLU")
@suggest("print params['W1'].var() * layer_dims[0], and W2 with layer_dims[1]: both should be near 2")
def test_the_variance_of_every_layer_is_two_over_its_inputs(student, rng):
    """The more inputs a unit has, the smaller its weights must be: from 300 to 200 units, 2/300 = 0.0066667."""
    judge_variances(HE.weights(student, WIDTHS, seeded(rng)), WIDTHS, HE)
    (W,) = HE.weights(student, [300, 200], seeded(rng))
    assert_variance(W, 0.0066667, name="W1", sigmas=SIGMAS, candidates={"1/n_prev (Xavier)": 1 / 300})


@exercise("initialize_he")
@law("P(w < 0) = 1/2, so E[w] = 0")
@points(0.25)
@public
@see("F2 §11: the code draws with randn, not with rand")
@suggest("print params['W1'].min(): about half of the weights should be negative")
def test_weights_are_centred_at_zero(student, rng):
    """A weight is as likely to be negative as to be positive."""
    judge_signs(HE.weights(student, WIDTHS, seeded(rng)))


@exercise("initialize_he")
@law("all weights are independent")
@points(0.25)
@public
@see("F3 §2 参数初始化: 假设全部初始化为零可以吗？")
@suggest("widths 5, 5, 5, 3: print W1 - W2. It should not contain a single zero")
def test_no_unit_starts_as_a_copy_of_another(student):
    """Units that start alike stay alike for ever, and layers of equal shape need draws of their own."""
    judge_copies(HE.weights(student, [5, 5, 5, 3], SeededRNG(5)))


@exercise("initialize_he")
@law("same state of rng, same weights; another state, other weights")
@points(0.5)
@public
@see("README, conventions: random numbers")
@suggest("call it with np.random.default_rng(0) twice, then with default_rng(1): which weights are equal?")
def test_all_randomness_comes_from_the_generator_that_is_passed(student):
    """Equal seeds give equal weights, other seeds other weights, and np.random keeps its state."""
    judge_source(student, HE)


@exercise("initialize_he")
@law("E[relu(z)^2] is the same in every layer")
@points(0.25)
@hidden
@see("F2 §11; F0, 梯度消失/梯度爆炸")
@suggest("send an input through 20 ReLU layers and print (A**2).mean() after each")
def test_the_signal_survives_twenty_relu_layers(student, rng):
    """After twenty ReLU layers the signal is neither dead nor huge."""
    layer_dims = [61, 67] * 10 + [61]
    weights = HE.weights(student, layer_dims, seeded(rng))
    A = rng.normal(size=(61, 7))
    before = float(np.mean(A**2))
    for layer, W in enumerate(weights, start=1):
        assert_shape(W, (layer_dims[layer], layer_dims[layer - 1]), name=f"W{layer}", axes="(n_l, n_{l-1})")
        # A matrix that adds the inputs up keeps the size of the signal too, and nothing else of it.
        few = "the weights of a layer are few different numbers"
        require(len(np.unique(W)) > W.size / 2, few, safe=few)
        A = np.maximum(W @ A, 0.0)
    factor = (float(np.mean(A**2)) / before) ** (1 / 20)
    # With right weights 20 log(factor) has mean -0.6 and sd 1.1, and both bounds are more than six sd away.
    require(
        0.65 < factor < 1.4,
        "each layer multiplies the mean square of the signal by {factor:.2g}; expected about 1",
        safe="the mean square of the signal grows or shrinks from layer to layer",
        factor=factor,
    )


@exercise("initialize_he")
@law("as the reference, for any widths")
@points(0.5)
@hidden
@see("F2 §11 Weight Initialization for Deep Networks")
@suggest("try four layers of very different widths, the last one with a single unit")
def test_other_widths_and_other_draws(student, oracle, rng):
    """Fresh widths, the last of them 1, and fresh random numbers."""
    judge_fresh_script(student, oracle, rng, HE)


@exercise("initialize_glorot")
@law("W[l] is (n_l, n_{l-1}), b[l] is (n_l, 1) and zero, for l = 1 … L")
@points(0.5)
@public
@see("F2 §11; README, conventions: layout and params")
@suggest("print the shape of every array for the widths 3, 5, 2, 7")
def test_glorot_gives_weights_and_zero_biases_to_every_layer(student):
    """Widths 3, 5, 2, 7 make three layers; each has a matrix of draws and a column of zeros."""
    judge_form(student.initialize_glorot([3, 5, 2, 7], SeededRNG(1)), [3, 5, 2, 7], zero_biases=True)


@exercise("initialize_glorot")
@law("W[l] is a standard normal draw times the root of 2 / (n_{l-1} + n_l)")
@points(0.75)
@public
@see("F2 §11, the last rule, with erratum E15")
@suggest("widths 5 and 3: the variance is 2/8, so every draw must shrink to one half. Does yours?")
def test_each_draw_is_scaled_by_the_sum_of_both_widths(student, oracle):
    """With known random numbers the weights are known: each draw meets a factor that depends on n_{l-1} + n_l.

    Draws of another kind are judged by their spread alone.
    """
    judge_script(student, oracle, GLOROT, [5, 3, 7], DRAWS)


@exercise("initialize_glorot")
@law("Var(W[l]) = 2 / (n_{l-1} + n_l), layer by layer")
@points(0.5)
@public
@see("F2 §11, the last rule, with erratum E15")
@suggest("print params['W1'].var() * (layer_dims[0] + layer_dims[1]): it should be near 2")
def test_the_variance_of_every_layer_is_two_over_both_widths(student, rng):
    """Half-way between what the signal wants and what the gradient wants."""
    judge_variances(GLOROT.weights(student, WIDTHS, seeded(rng)), WIDTHS, GLOROT)


@exercise("initialize_glorot")
@law("a layer from 101 to 41 units and one from 41 to 101 have the same variance")
@points(0.25)
@public
@see("F2 §11, the last rule, with erratum E15")
@suggest("exchange the two widths in your formula: it must not change")
def test_forward_and_backward_count_alike(student, rng):
    """Seen from the gradient, outputs are inputs: the rule may not prefer one of the two widths."""
    weights = GLOROT.weights(student, [101, 41, 101], seeded(rng))
    first, second = (float(W.var()) for W in weights)
    message = "the variance from 101 to 41 units is {first:.3g}, from 41 to 101 it is {second:.3g}; expected equal ones"
    # The logarithm of the ratio has a standard deviation of 0.031.
    require(0.83 * second < first < second / 0.83, message, first=first, second=second)


@exercise("initialize_glorot")
@law("P(w < 0) = 1/2; all weights are independent")
@points(0.25)
@public
@see("F2 §11: the code draws with randn, not with rand; F3 §2 参数初始化")
@suggest("print params['W1'].min(), and for widths 5, 5, 5, 3 print W1 - W2")
def test_glorot_weights_have_both_signs_and_no_copies(student, rng):
    """A weight is as likely to be negative as positive, and no unit starts as a copy of another."""
    judge_signs(GLOROT.weights(student, WIDTHS, seeded(rng)))
    judge_copies(GLOROT.weights(student, [5, 5, 5, 3], SeededRNG(5)))


@exercise("initialize_glorot")
@law("same state of rng, same weights; another state, other weights")
@points(0.25)
@public
@see("README, conventions: random numbers")
@suggest("call it with np.random.default_rng(0) twice, then with default_rng(1): which weights are equal?")
def test_glorot_weights_come_from_the_generator_that_is_passed(student):
    """Equal seeds give equal weights, other seeds other weights, and np.random keeps its state."""
    judge_source(student, GLOROT)


@exercise("initialize_glorot")
@law("as the reference, for any widths")
@points(0.5)
@hidden
@see("F2 §11, the last rule, with erratum E15")
@suggest("try four layers of very different widths, the last one with a single unit")
def test_glorot_weights_of_other_widths(student, oracle, rng):
    """Fresh widths, the last of them 1, and fresh random numbers."""
    judge_fresh_script(student, oracle, rng, GLOROT)


def trained(W1, rng):
    """W1 after fifty steps of gradient descent in a network with one hidden layer of tanh, on made-up data."""
    n, n_x = W1.shape
    X, Y = rng.normal(size=(n_x, 11)), (rng.uniform(size=(1, 11)) < 0.5).astype(float)
    W1, W2 = W1.copy(), np.full((1, n), 0.3)
    for _ in range(50):
        A1 = np.tanh(W1 @ X)
        dZ2 = 1 / (1 + np.exp(-W2 @ A1)) - Y
        dZ1 = W2.T @ dZ2 * (1 - A1**2)
        W2 -= 0.5 * dZ2 @ A1.T / 11
        W1 -= 0.5 * dZ1 @ X.T / 11
    return W1


@exercise("count_distinct_units")
@law("two units are the same only if all their weights are")
@points(0.5)
@public
@see("F3 §2 参数初始化: 假设全部初始化为零可以吗？")
@suggest("cross out by hand every row that stands further up already; how many are left?")
def test_seven_rows_of_which_four_differ(student):
    """The rows a, b, a, c, d, b, a are four different units: a row that stands further up already is not counted again.

    Neither an equal sum (a and b) nor a multiple (c is twice a) makes a copy.
    """
    a, b, c, d = [1.0, 2.0, 3.0], [2.0, 1.0, 3.0], [2.0, 4.0, 6.0], [0.0, 5.0, 1.0]
    seen = student.count_distinct_units(np.array([a, b, a, c, d, b, a]))
    assert_close(seen, 4, name="count", known={"n": 7})


@exercise("count_distinct_units")
@law("the order of units and of inputs is of no matter, and a copy more is no unit more")
@points(0.5)
@public
@suggest("stack W on itself, np.vstack([W, W]): does your count grow?")
def test_copies_and_shuffles_change_nothing(student, rng):
    """Five units stay five, in whatever order they and their inputs come, and however often each is repeated."""
    W = rng.normal(size=(5, 3))
    assert_close(student.count_distinct_units(W), 5, name="count")
    repeated = W[rng.permutation([0, 1, 2, 3, 4, 0, 3, 3])]
    assert_close(student.count_distinct_units(repeated), 5, name="count with copies", known={"n": 8})
    assert_close(student.count_distinct_units(repeated[:, ::-1]), 5, name="count, inputs reversed")


@exercise("count_distinct_units")
@law("two units differ as soon as one weight differs by more than tol, however small or large the weights are")
@points(0.25)
@public
@suggest("print W.round(3) for weights of 1e-9, and np.isclose(200.0, 200.0005)")
def test_small_differences_are_differences(student):
    """Three units of a billionth each are three, and 200 and 200.0005 differ: nothing is rounded, only tol decides."""
    tiny = 1e-9 * np.array([[1.0, 2.0], [1.0, 3.0], [2.0, 2.0], [1.0, 3.0], [2.0, 2.0]])
    assert_close(student.count_distinct_units(tiny), 3, name="count of tiny units", known={"n": 5})
    large = np.array([[100.0, 200.0], [100.0, 200.0005], [100.0, 200.0]])
    assert_close(student.count_distinct_units(large), 2, name="count of large units", known={"n": 3})


@exercise("count_distinct_units")
@law("units whose weights are all within tol of each other are the same")
@points(0.25)
@public
@suggest("print 0.1 + 0.2 == 0.3, and then 0.1 + 0.2 - 0.3")
def test_units_within_the_tolerance_are_the_same(student):
    """0.1 + 0.2 is not quite 0.3, and means the same; with tol = 0.1, so do 0.14 and 0.16."""
    W = np.array([[0.1 + 0.2, 0.7], [0.3, 0.7], [0.3, 0.1 + 0.6]])
    assert_close(student.count_distinct_units(W), 1, name="count", known={"n": 3})
    W = np.array([[0.14, 1.0], [0.16, 1.02], [0.5, 1.0], [0.16, 1.0], [0.52, 1.01]])
    assert_close(student.count_distinct_units(W, 0.1), 2, name="count(tol=0.1)", known={"n": 5})


@exercise("count_distinct_units")
@law("units that start alike get the same gradient and stay alike")
@points(0.25)
@public
@see("F3 §2 参数初始化: 假设全部初始化为零可以吗？")
@suggest("start a network with W1 full of 0.5, train it, and print W1")
def test_twins_stay_twins_through_training(student, rng):
    """All zeros are one unit; so is W1 after fifty steps from five equal rows; five random rows stay five."""
    assert_close(student.count_distinct_units(np.zeros((5, 3))), 1, name="count of zeros", known={"n": 5})
    twins = trained(np.tile([[0.4, -0.2, 0.1]], (5, 1)), rng)
    assert_close(student.count_distinct_units(twins), 1, name="count of trained twins", known={"n": 5})
    others = trained(0.01 * rng.normal(size=(5, 3)), rng)
    assert_close(student.count_distinct_units(others), 5, name="count after a random start")


@exercise("count_distinct_units")
@law("as the reference, for any layer")
@points(0.25)
@hidden
@suggest("try layers with many copies of a few units, in any order")
def test_other_layers_are_counted_too(student, oracle, rng):
    """A few units, each repeated a few times, of which you have not seen one."""
    distinct, n_prev = (int(n) for n in rng.permutation([4, 5, 6, 7])[:2])
    W = rng.normal(size=(distinct, n_prev))
    W = W[rng.permutation([*range(distinct), *rng.integers(0, distinct, size=11)])]
    assert_close(student.count_distinct_units(W), oracle.count_distinct_units(W), name="count")


@exercise("deep_linear_output")
@law("L times 1.5 I is 1.5^L I")
@points(0.5)
@public
@see("F0, 梯度消失/梯度爆炸, with erratum E05; F2 §10")
@suggest("count the matrices that meet x: all L of them should")
def test_one_and_a_half_to_the_power_of_the_depth(student):
    """Four layers multiply x by 5.0625, five by 7.59375, ten by 57.6650390625."""
    x = np.array([[1.0, 0.4, -2.0, 0.0, 7.0], [2.0, -1.0, 3.0, -5.0, 0.6]])
    for depth, factor in ((4, 5.0625), (5, 7.59375), (10, 57.6650390625)):
        y = student.deep_linear_output([1.5 * np.eye(2)] * depth, x)
        assert_close(y, factor * x, name=f"y(L={depth})", known={"1.5": 1.5})


@exercise("deep_linear_output")
@law("the L-th power of a matrix is no power of its entries: a 2 × 2 matrix full of 1.5 grows like 3^L")
@points(0.5)
@public
@see("F2 §10, with erratum E29")
@suggest("multiply [[1.5, 1.5], [1.5, 1.5]] by (1, 1) with a pencil, then once more")
def test_a_matrix_full_of_three_halves_grows_like_powers_of_three(student):
    """Ten layers take (1, 1) to 59049 times itself, not to 57.7 times, and (1, -1) to zero."""
    x = np.array([[1.0, 1.0, 0.0, 0.5], [1.0, -1.0, 2.0, 0.0]])
    y = student.deep_linear_output([np.full((2, 2), 1.5)] * 10, x)
    assert_close(y, np.array([[59049.0, 0.0, 59049.0, 14762.25]] * 2), name="y", known={"1.5": 1.5, "3": 3.0})


@exercise("deep_linear_output")
@law("y = W[L] … W[2] W[1] x: W[1] is the first to meet x")
@points(0.5)
@public
@see("F0, 梯度消失/梯度爆炸; F1, 梯度消失: y = W[L] … W[2] W[1] x")
@suggest("work it out by hand: which matrix stands next to x?")
def test_the_first_matrix_meets_the_input_first(student):
    """(1, 1) becomes (3, 1) and then (3, 10); the other way round it would become (1, 4) and (9, 4)."""
    Ws = [np.array([[1.0, 2.0], [0.0, 1.0]]), np.array([[1.0, 0.0], [3.0, 1.0]])]
    x = np.array([[1.0, 2.0, 0.0, 2.0], [1.0, 0.0, 1.0, 1.0]])
    expected = np.array([[3.0, 2.0, 2.0, 4.0], [10.0, 6.0, 7.0, 13.0]])
    assert_close(student.deep_linear_output(Ws, x), expected, name="y")


@exercise("deep_linear_output")
@law("factors a little above and a little below 1 explode and vanish")
@points(0.25)
@public
@see("F0, 梯度消失/梯度爆炸: L = 150; F2 §10")
@suggest("print 150 * np.log10(1.5)")
def test_150_layers_explode_and_vanish(student):
    """The decimal logarithms after 150 layers of 1.5, 0.5, 0.9 and 1.1 are 26.414, -45.154, -6.864 and 6.209."""
    for factors, expected in (((1.5, 0.5), (26.414, -45.154)), ((0.9, 1.1), (-6.864, 6.209))):
        # Large enough for single precision to hold what is left of it.
        x = np.array([[1.0], [1e10]])
        y = student.deep_linear_output([np.diag(factors)] * 150, x)
        assert_shape(y, (2, 1), name="y", axes="(n_L, m)")
        assert_dtype(y, "float", name="y")
        require(bool(np.all(y > 0)), "y holds numbers that are not above 0; expected powers of positive numbers")
        assert_close(np.log10(y / x), np.array(expected).reshape(2, 1), name="log10(y/x)", rtol=0.0, atol=6e-4)


@exercise("deep_linear_output")
@law("(n_L, n_{L-1}) … (n_1, n_0) times (n_0, m) is (n_L, m)")
@points(0.5)
@public
@suggest("write the shape of every matrix under the product, from left to right")
def test_layers_may_have_any_widths_and_whole_numbers(student, oracle, rng):
    """Widths 3, 5, 2, 7 and eleven examples: the result is (7, 11), and integers are welcome."""
    widths = [3, 5, 2, 7]
    Ws = [rng.integers(-3, 4, size=(widths[i + 1], widths[i])) for i in range(3)]
    x = rng.integers(-5, 6, size=(3, 11))
    assert_close(student.deep_linear_output(Ws, x), oracle.deep_linear_output(Ws, x), name="y")


@exercise("deep_linear_output")
@law("neighbouring matrices may be multiplied first: W[3] (W[2] W[1]) x = (W[3] W[2]) W[1] x")
@points(0.25)
@public
@suggest("one matrix alone must give W[1] x; two must give what their product gives")
def test_a_linear_network_may_be_folded_anywhere(student, rng):
    """Three layers do what two do, one of which is a product, and what a single one does."""
    first, second, third = rng.normal(size=(5, 3)), rng.normal(size=(7, 5)), rng.normal(size=(2, 7))
    x = rng.normal(size=(3, 11))
    folded = third @ second @ first
    for Ws in ([folded], [first, third @ second], [second @ first, third]):
        assert_close(student.deep_linear_output(Ws, x), folded @ x, name=f"y(L={len(Ws)})")


@exercise("deep_linear_output")
@law("y = W[L] … W[2] W[1] x")
@points(0.5)
@hidden
@suggest("try four layers of different widths")
def test_other_networks_have_their_output_too(student, oracle, rng):
    """Fresh widths and fresh numbers."""
    widths = fresh_widths(rng)
    Ws = [rng.normal(size=(widths[i + 1], widths[i])) for i in range(4)]
    x = rng.normal(size=(widths[0], 19))
    assert_close(student.deep_linear_output(Ws, x), oracle.deep_linear_output(Ws, x), name="y")


def network(rng, layer_dims, *, biases=0.0):
    """Weights of variance 1/n_prev, and biases of that size."""
    params = {}
    for layer in range(1, len(layer_dims)):
        n_prev, n = layer_dims[layer - 1 : layer + 1]
        params[f"W{layer}"] = rng.normal(size=(n, n_prev)) / np.sqrt(n_prev)
        params[f"b{layer}"] = biases * rng.normal(size=(n, 1))
    return params


def judge_profile(profile, hidden_layers):
    """One number above 0 for each hidden layer; zeros would obey any law of proportions."""
    assert_shape(profile, (hidden_layers,), name="profile", axes="(L-1,)")
    assert_dtype(profile, "float", name="profile")
    message = "the profile holds {seen}; expected numbers above 0, since the activations of every layer differ"
    require(bool(np.all(profile > 0)), message, seen=profile.tolist())
    return profile


@exercise("activation_profile")
@law("entry l-1 is the standard deviation over all numbers of A[l] = g(W[l] A[l-1] + b[l])")
@points(0.75)
@public
@see("F2 §11: a = g(z); README, activation_profile")
@suggest("write A1 and A2 down by hand and print yours beside them")
def test_a_network_small_enough_for_a_pencil(student):
    """A1 is 1 … 5 and five zeros, of variance 13/4; A2 is A1's first row, its double, and zeros, of variance 28/3."""
    X = np.array([[1.0, 2.0, 3.0, 4.0, 5.0]])
    params = {
        "W1": np.array([[1.0], [-1.0]]),
        "b1": np.zeros((2, 1)),
        "W2": np.array([[1.0, 1.0], [2.0, 0.0], [-1.0, 3.0]]),
        "b2": np.zeros((3, 1)),
        "W3": np.array([[7.0, -2.0, 1.0]]),
        "b3": np.zeros((1, 1)),
    }
    profile = student.activation_profile(X, params, "relu")
    assert_close(profile, np.array([1.8027756377, 3.0550504633]), name="profile", rtol=1e-9)


@exercise("activation_profile")
@law("ReLU: W1 → c W1 makes every activation, and so the whole profile, c times as large (c > 0, b = 0)")
@points(0.5)
@public
@suggest("double W1 and print both profiles: every entry should double")
def test_scaling_the_first_layer_scales_the_whole_profile(student, rng):
    """relu(c z) = c relu(z): what the first layer gains, all the others pass on."""
    X, params = rng.normal(size=(3, 13)), network(rng, [3, 5, 7, 2])
    profile = judge_profile(student.activation_profile(X, params, "relu"), 2)
    louder = student.activation_profile(X, {**params, "W1": 3.0 * params["W1"]}, "relu")
    assert_close(louder, 3.0 * profile, name="profile of 3 W1", known={"c": 3.0})


@exercise("activation_profile")
@law("tanh(ln 3) = 0.8, sigmoid(ln 3) = 0.75, and linear changes nothing")
@points(0.5)
@public
@see("README, activation_profile: the four activations")
@suggest("print A1 for each of the four names")
def test_each_activation_has_a_profile_of_its_own(student):
    """z = 0, ln 3, -ln 3 becomes 0, 0.8, -0.8 by tanh and 0.5, 0.75, 0.25 by the sigmoid."""
    X = np.log([[1.0, 3.0, 1 / 3]])
    params = {"W1": np.ones((1, 1)), "b1": np.zeros((1, 1)), "W2": np.ones((2, 1)), "b2": np.ones((2, 1))}
    for name, expected in (("tanh", 0.6531972647), ("sigmoid", 0.2041241452), ("linear", 0.8970131775)):
        profile = student.activation_profile(X, params, name)
        assert_close(profile, np.array([expected]), name=f"profile({name})", rtol=1e-9)


@exercise("activation_profile")
@law("A[l] = g(W[l] A[l-1] + b[l]): the biases belong to the network")
@points(0.25)
@public
@suggest("put a large number into b1 and see whether your profile notices")
def test_biases_move_the_activations(student, oracle, rng):
    """A bias pushes a ReLU open or shut, and each unit has its own."""
    X, params = rng.normal(size=(3, 13)), network(rng, [3, 5, 7, 2], biases=1.5)
    profile = student.activation_profile(X, params, "relu")
    assert_close(profile, oracle.activation_profile(X, params, "relu"), name="profile")


@exercise("activation_profile")
@law("L layers have L-1 hidden ones: 1, 2, …, L-1, in this order; the output is not among them")
@points(0.25)
@public
@suggest("print sorted(['W2', 'W10', 'W1'])")
def test_eleven_layers_have_ten_hidden_ones_in_their_order(student, oracle, rng):
    """The profile begins with layer 1, ends with layer 10, and has layer 10 behind layer 9."""
    X, params = rng.normal(size=(3, 13)), network(rng, [3] * 12, biases=0.3)
    profile = student.activation_profile(X, params, "tanh")
    assert_shape(profile, (10,), name="profile", axes="(L-1,)")
    assert_close(profile, oracle.activation_profile(X, params, "tanh"), name="profile")


@exercise("activation_profile")
@law("weights of 0.01 shrink the signal in every layer; He's rule keeps it")
@points(0.25)
@public
@see("F2 §10-11; F3 §2 参数初始化")
@suggest("plot np.log10(profile) against the layer: a straight line down is a vanishing signal")
def test_the_ladder_of_small_weights_goes_down(student, oracle, rng):
    """Four hidden ReLU layers: each less than a fifth of the one before with weights of 0.01, none with He's rule."""
    X, layer_dims = rng.normal(size=(37, 13)), [37, 41, 31, 43, 29, 2]
    for rule, is_down in ((SMALL, np.less), (HE, np.greater)):
        params = rule.drawn_by(oracle, layer_dims, seeded(rng))
        profile = judge_profile(student.activation_profile(X, params, "relu"), 4)
        steps = profile[1:] / profile[:-1]
        message = "from layer to layer the spread changes by {steps}; expected less than 1/5 for small weights alone"
        require(bool(np.all(is_down(steps, 0.2))), message, steps=np.round(steps, 3).tolist())


@exercise("activation_profile")
@law("as the reference, for any network")
@points(0.5)
@hidden
@suggest("try networks with different widths and biases, and each of the four activations")
def test_other_networks_have_their_profiles_too(student, oracle, rng):
    """Fresh widths, biases and numbers, with two of the four activations."""
    layer_dims = fresh_widths(rng)
    X, params = rng.normal(size=(layer_dims[0], 19)), network(rng, layer_dims, biases=0.7)
    for name in rng.permutation(["relu", "tanh", "sigmoid", "linear"])[:2]:
        profile = student.activation_profile(X, params, str(name))
        expected = oracle.activation_profile(X, params, str(name))
        assert_close(profile, expected, name="profile")
