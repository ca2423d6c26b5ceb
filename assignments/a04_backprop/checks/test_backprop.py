"""What a04_backprop asks of a student's backprop.py.

Fixtures keep n, n_prev, m and m-1 apart, so that a result that is too large by one of them says by which. A cost to
differentiate numerically needs a forward pass, which belongs to another unit: a plain one stands here.
"""

from collections import namedtuple
from itertools import pairwise

import numpy as np

from autograder.checking import (
    assert_close,
    assert_dtype,
    assert_gradient,
    assert_keys,
    assert_shape,
    exercise,
    hidden,
    law,
    points,
    public,
    require,
    see,
    suggest,
)

# The wire knows it by its name and fields: a student gets the LayerCache of the stub.
LayerCache = namedtuple("LayerCache", ("A_prev", "W", "Z"))

SIGMOID_SLOPES = {0.0: 0.25, 2.0: 0.1049935854, 5.0: 0.0066480567, 10.0: 0.0000453958}
TANH_SLOPES = {0.0: 1.0, 0.5: 0.7864477330, 1.0: 0.4199743416, 5.0: 0.0001815832}

# Through a network the gradients may come by way of a function of single precision, which is welcome there.
BORROWED = 2e-6

X_EXAMPLE = np.array([[1.0, 0.0, 2.0, -1.0, 0.0], [0.0, 1.0, -1.0, 1.0, 2.0], [-1.0, 2.0, 0.0, 0.0, 1.0]])
Y_EXAMPLE = np.array([[1.0, 0.0, 1.0, 0.0, 0.0]])
PARAMS_EXAMPLE = {
    "W1": np.array([[0.5, -1.0, 0.25], [1.0, 0.5, -0.5]]),
    "b1": np.array([[0.1], [-0.2]]),
    "W2": np.array([[1.5, -2.0]]),
    "b2": np.array([[0.3]]),
}


def sigmoid(Z):
    """The logistic function, for scores of ordinary size."""
    return 1.0 / (1.0 + np.exp(-Z))


ACTIVATIONS = {"relu": lambda Z: np.maximum(Z, 0.0), "tanh": np.tanh, "sigmoid": sigmoid, "linear": lambda Z: Z}


def fresh_shape(rng):
    """n, n_prev and m of a hidden fixture; with m-1 they are pairwise distinct."""
    return int(rng.choice([3, 5])), int(rng.choice([2, 7])), int(rng.choice([11, 13, 17]))


def matrix(value, shape, name, axes="(n, m)"):
    """The value, once it is safe to compute with; a constant would obey most laws and is refused."""
    assert_shape(value, shape, name=name, axes=axes)
    assert_dtype(value, "float", name=name)
    told = "{name} is the same number everywhere, expected numbers that follow the input"
    # Not by rounding alone: any law of sums is kept by numbers that are small enough.
    require(value.size == 1 or not np.ptp(value) <= 1e-6, told, safe=told, name=name)
    return value


def three(result):
    """The three values that linear_backward promises, by name."""
    fine = isinstance(result, tuple | list) and len(result) >= 3
    told = "linear_backward gave {seen}, expected three values: dA_prev, dW, db"
    require(fine, told, safe=told, seen=f"{len(result)}" if isinstance(result, tuple | list) else type(result).__name__)
    return dict(zip(("dA_prev", "dW", "db"), result[:3], strict=True))


def affine_layer(rng, n, n_prev, m):
    """A gradient dZ (n, m) and the cache of a layer."""
    A_prev, W, b = rng.normal(size=(n_prev, m)), rng.normal(size=(n, n_prev)), rng.normal(size=(n, 1))
    return rng.normal(size=(n, m)), LayerCache(A_prev, W, W @ A_prev + b)


def network(rng, widths):
    """Weights and biases, none of them zero, for a network with these numbers of units from the input on."""
    params = {}
    for layer, (n_prev, n) in enumerate(pairwise(widths), start=1):
        params[f"W{layer}"] = rng.normal(size=(n, n_prev)) / np.sqrt(n_prev)
        params[f"b{layer}"] = 0.5 * rng.normal(size=(n, 1))
    return params


def forward(X, params, hidden):
    """Answers AL and one cache per layer."""
    A, caches = X, []
    for layer in range(1, len(params) // 2 + 1):
        Z = params[f"W{layer}"] @ A + params[f"b{layer}"]
        caches.append(LayerCache(A, params[f"W{layer}"], Z))
        A = ACTIVATIONS[hidden](Z)
    return sigmoid(caches[-1].Z), caches


def cross_entropy(AL, Y):
    """Mean over the examples of the loss that output_delta is made for."""
    return float(-np.sum(Y * np.log(AL) + (1.0 - Y) * np.log(1.0 - AL)) / Y.shape[1])


def truth(rng, n, m):
    """Zeros and ones (n, m), both of them in every row."""
    return np.array([rng.permutation(np.arange(m) % 2) for _ in range(n)], dtype=float)


def task(rng, widths, m, hidden):
    """X, Y and a network whose hidden scores stay clear of the kink of ReLU."""
    while True:
        X, params = rng.normal(size=(widths[0], m)), network(rng, widths)
        inner = forward(X, params, hidden)[1][:-1]
        if hidden != "relu" or all(np.abs(cache.Z).min() > 0.02 for cache in inner):
            return X, truth(rng, widths[-1], m), params


def gradients(result, params):
    """The dict that model_backward promises, with a gradient of the right shape for every parameter."""
    assert_keys(result, *(f"d{key}" for key in params), name="grads")
    return {f"d{key}": matrix(result[f"d{key}"], value.shape, f'grads["d{key}"]', "") for key, value in params.items()}


def assert_slopes_of_the_cost(student, rng, widths, m, hidden):
    """Every gradient agrees with central differences of the cost."""
    X, Y, params = task(rng, widths, m, hidden)
    AL, caches = forward(X, params, hidden)

    def cost(at):
        return cross_entropy(forward(X, at, hidden)[0], Y)

    grads = student.model_backward(AL, Y, caches, hidden)
    assert_gradient(grads, cost, params, name="grads", tolerance=BORROWED, known={"m": m})


@exercise("sigmoid_backward")
@law("dZ = dA * s(Z) * (1 - s(Z)), entry by entry")
@points(0.5)
@public
@see("F3 §1.1.2, sigmoid函数: far from 0 the gradient dies; F1 §2.5.2, 反向传播: dZ = dA * g'(Z)")
@suggest("the slope at 2 is 0.105: what does your formula give there, and what at 0?")
def test_the_slope_is_a_quarter_at_zero_and_dies_far_from_it(student):
    """The slopes at 0, 2, 5, 10 are 0.25, 0.105, 0.00665, 0.000045, and dA multiplies them."""
    Z = np.array([[0.0, 5.0, -2.0], [10.0, 2.0, -5.0]])
    dA = np.array([[4.0, 1000.0, -3.0], [50000.0, 2.0, 100.0]])
    slopes = np.vectorize(SIGMOID_SLOPES.get)(np.abs(Z))
    assert_close(student.sigmoid_backward(dA, Z), dA * slopes, name="dZ", rtol=2e-6)


@exercise("sigmoid_backward")
@law("dZ is the derivative of sum(dA * sigmoid(Z)) with respect to Z")
@points(0.5)
@public
@suggest("move one entry of Z by 1e-5 and watch sigmoid(Z) at that entry, times dA there")
def test_going_back_through_the_sigmoid_agrees_with_central_differences(student, rng):
    """Move one score a little: the sigmoid moves by the slope there, and the loss by dA times as much."""
    dA, Z = rng.normal(size=(3, 7)), 2.0 * rng.normal(size=(3, 7))
    dZ = student.sigmoid_backward(dA, Z)
    assert_gradient(dZ, lambda at: float(np.sum(dA * sigmoid(at))), Z, name="dZ", known={"m": 7, "n": 3, "dA": dA})


@exercise("sigmoid_backward")
@law("s'(-z) = s'(z), and 0 < s'(z) <= 1/4")
@points(0.25)
@public
@suggest("print the slopes at -2 and at 2: the curve is equally steep in both places")
def test_the_slope_is_the_same_on_both_sides_of_zero(student, rng):
    """The sigmoid rises everywhere, and as fast at -z as at z."""
    Z, ones = 2.0 * rng.normal(size=(3, 7)), np.ones((3, 7))
    right = matrix(student.sigmoid_backward(ones, Z), (3, 7), "dZ")
    between = bool(np.all((right > 0.0) & (right <= 0.25 + 1e-6)))
    told = "a slope of the sigmoid lies outside (0, 1/4]"
    require(between, told, safe=told)
    assert_close(student.sigmoid_backward(ones, -Z), right, name="dZ for -Z")


@exercise("sigmoid_backward")
@law("s'(z) goes to 0 for large |z|, and is never NaN")
@points(0.25)
@public
@suggest("evaluate np.exp(1000.0), and inf / inf")
def test_scores_of_a_thousand_have_slope_zero(student):
    """A saturated unit passes nothing on; it does not turn the whole network into NaN."""
    Z, dA = np.array([[1000.0, -1000.0, 0.0], [0.0, 800.0, -800.0]]), np.array([[3.0, -2.0, 8.0], [-4.0, 1.0, 5.0]])
    expected = np.array([[0.0, 0.0, 2.0], [-1.0, 0.0, 0.0]])
    assert_close(student.sigmoid_backward(dA, Z), expected, name="dZ", known={"Z": Z})


@exercise("sigmoid_backward")
@law("whole numbers come in, fractions go out, and nothing is edited in place")
@points(0.25)
@public
@suggest("print np.zeros_like(np.array([1, 2])).dtype")
def test_whole_numbers_through_the_sigmoid_give_fractions(student, oracle):
    """dA and Z may hold integers; an array made like them would cut off what follows the point."""
    dA, Z = np.array([[7, -3, 4], [2, 9, -8]]), np.array([[1, 0, -2], [3, -1, 2]])
    assert_close(student.sigmoid_backward(dA, Z), oracle.sigmoid_backward(dA, Z), name="dZ")


@exercise("sigmoid_backward")
@law("dZ = dA * s(Z) * (1 - s(Z)), entry by entry")
@points(0.25)
@hidden
def test_other_gradients_pass_the_sigmoid_too(student, oracle, rng):
    """The same for scores that you have not seen."""
    n, _, m = fresh_shape(rng)
    dA, Z = rng.normal(size=(n, m)), 3.0 * rng.normal(size=(n, m))
    assert_close(student.sigmoid_backward(dA, Z), oracle.sigmoid_backward(dA, Z), name="dZ", known={"m": m, "n": n})


@exercise("tanh_backward")
@law("dZ = dA * (1 - tanh(Z)^2), entry by entry")
@points(0.5)
@public
@see("F3 §1.1.2, tanh 函数: far from 0 the gradient dies too; F1 §2.5.2, 反向传播: dZ = dA * g'(Z)")
@suggest("the slope at 0.5 is 0.786: what does your formula give there, and what at 5?")
def test_the_slope_is_one_at_zero_and_dies_far_from_it(student):
    """The slopes at 0, 0.5, 1, 5 are 1, 0.786, 0.420, 0.00018, and dA multiplies them."""
    Z = np.array([[0.0, 5.0, -0.5], [-1.0, 0.5, -5.0]])
    dA = np.array([[4.0, 1000.0, -3.0], [5.0, 2.0, 9000.0]])
    slopes = np.vectorize(TANH_SLOPES.get)(np.abs(Z))
    assert_close(student.tanh_backward(dA, Z), dA * slopes, name="dZ", rtol=1e-6)


@exercise("tanh_backward")
@law("dZ is the derivative of sum(dA * tanh(Z)) with respect to Z")
@points(0.5)
@public
@suggest("move one entry of Z by 1e-5 and watch tanh(Z) at that entry, times dA there")
def test_going_back_through_tanh_agrees_with_central_differences(student, rng):
    """Move one score a little: tanh moves by the slope there, and the loss by dA times as much."""
    dA, Z = rng.normal(size=(3, 7)), rng.normal(size=(3, 7))
    dZ = student.tanh_backward(dA, Z)
    assert_gradient(dZ, lambda at: float(np.sum(dA * np.tanh(at))), Z, name="dZ", known={"m": 7, "n": 3, "dA": dA})


@exercise("tanh_backward")
@law("tanh(z) = 2 s(2z) - 1, so tanh'(z) = 4 s'(2z)")
@points(0.25)
@public
@suggest("at 0 the sigmoid has slope 1/4 and tanh has slope 1: does your function say so?")
def test_tanh_is_four_times_as_steep_as_the_sigmoid_at_twice_the_score(student, oracle, rng):
    """tanh is a sigmoid, squeezed to half its width and stretched to twice its height."""
    dA, Z = rng.normal(size=(3, 7)), rng.normal(size=(3, 7))
    expected = 4.0 * oracle.sigmoid_backward(dA, 2.0 * Z)
    assert_close(student.tanh_backward(dA, Z), expected, name="dZ", known={"m": 7, "n": 3, "dA": dA})


@exercise("tanh_backward")
@law("tanh'(z) goes to 0 for large |z|, and is never NaN")
@points(0.25)
@public
@suggest("evaluate np.exp(1000.0), and inf / inf; np.tanh(1000.0) is fine")
def test_scores_of_a_thousand_stop_tanh(student):
    """A saturated unit passes nothing on; it does not turn the whole network into NaN."""
    Z, dA = np.array([[1000.0, -1000.0, 0.0], [0.0, 800.0, -800.0]]), np.array([[3.0, -2.0, 8.0], [-4.0, 1.0, 5.0]])
    expected = np.array([[0.0, 0.0, 8.0], [-4.0, 0.0, 0.0]])
    assert_close(student.tanh_backward(dA, Z), expected, name="dZ", known={"Z": Z})


@exercise("tanh_backward")
@law("whole numbers come in, fractions go out, and nothing is edited in place")
@points(0.25)
@public
@suggest("print np.zeros_like(np.array([1, 2])).dtype")
def test_whole_numbers_through_tanh_give_fractions(student, oracle):
    """dA and Z may hold integers; an array made like them would cut off what follows the point."""
    dA, Z = np.array([[7, -3, 4], [2, 9, -8]]), np.array([[1, 0, -2], [3, -1, 2]])
    assert_close(student.tanh_backward(dA, Z), oracle.tanh_backward(dA, Z), name="dZ")


@exercise("tanh_backward")
@law("dZ = dA * (1 - tanh(Z)^2), entry by entry")
@points(0.25)
@hidden
def test_other_gradients_pass_tanh_too(student, oracle, rng):
    """The same for scores that you have not seen."""
    n, _, m = fresh_shape(rng)
    dA, Z = rng.normal(size=(n, m)), rng.normal(size=(n, m))
    assert_close(student.tanh_backward(dA, Z), oracle.tanh_backward(dA, Z), name="dZ", known={"m": m, "n": n})


@exercise("relu_backward")
@law("dZ = dA where Z > 0, alpha * dA where Z < 0")
@points(0.5)
@public
@see("F3 §1.1.2, Leaky ReLU函数: 0.01x has slope 0.01; the 0.1 in the notes is erratum E16")
@suggest("alpha is an argument: which number multiplies dA where Z is negative?")
def test_a_hundredth_of_the_gradient_leaks_through(student):
    """With alpha = 0.01, gradients 5 and -3 become 0.05 and -0.03 where the score is negative."""
    Z = np.array([[2.0, -1.0, 0.5], [-4.0, 3.0, -0.2]])
    dA = np.array([[4.0, 5.0, -2.0], [-3.0, 7.0, 600.0]])
    expected = np.array([[4.0, 0.05, -2.0], [-0.03, 7.0, 6.0]])
    assert_close(student.relu_backward(dA, Z, 0.01), expected, name="dZ", known={"dA": dA})


@exercise("relu_backward")
@law("the sign of Z decides, never that of dA")
@points(0.5)
@public
@suggest("take a negative dA at a positive Z: nothing should be lost there")
def test_living_units_pass_everything_and_dead_units_nothing(student, rng):
    """Where Z > 0 the gradient comes back unchanged, be it positive or negative; where Z < 0 it is 0."""
    sign = rng.permutation(np.arange(21) % 2 * 2.0 - 1.0).reshape(3, 7)
    Z, dA = sign * rng.uniform(0.1, 2.0, size=(3, 7)), rng.normal(size=(3, 7))
    assert_close(student.relu_backward(dA, Z), np.where(sign > 0, dA, 0.0), name="dZ", known={"dA": dA})


@exercise("relu_backward")
@law("dZ is the derivative of sum(dA * relu(Z)) with respect to Z")
@points(0.25)
@public
@suggest("draw the leaky ReLU for alpha = 0.3 and read the two slopes off it")
def test_going_back_through_relu_agrees_with_central_differences(student, rng):
    """Two straight lines have two slopes, whatever alpha is; here it is 0.3."""
    sign = rng.permutation(np.arange(21) % 2 * 2.0 - 1.0).reshape(3, 7)
    Z, dA = sign * rng.uniform(0.1, 2.0, size=(3, 7)), rng.normal(size=(3, 7))
    dZ = student.relu_backward(dA, Z, 0.3)
    assert_gradient(dZ, lambda at: float(np.sum(dA * np.maximum(at, 0.3 * at))), Z, name="dZ", known={"dA": dA})


@exercise("relu_backward")
@law("whole numbers come in, float64 goes out, and nothing is edited in place")
@points(0.5)
@public
@suggest("np.zeros_like of an integer array holds integers: 0.01 written into it is 0")
def test_whole_numbers_leak_as_fractions(student):
    """dA and Z may hold integers, and they arrive read-only: the result is an array of your own."""
    Z, dA = np.array([[2, -1, 5], [-4, 3, -2]]), np.array([[4, 5, -2], [-3, 7, 6]])
    expected = np.array([[4.0, 1.25, -2.0], [-0.75, 7.0, 1.5]])
    assert_close(student.relu_backward(dA, Z, 0.25), expected, name="dZ", known={"dA": dA})


@exercise("relu_backward")
@law("dZ = dA where Z > 0, alpha * dA where Z < 0")
@points(0.25)
@hidden
def test_other_gradients_pass_relu_too(student, oracle, rng):
    """The same for scores and an alpha that you have not seen."""
    n, _, m = fresh_shape(rng)
    arguments = (rng.normal(size=(n, m)), rng.normal(size=(n, m)), float(rng.uniform(0.02, 0.2)))
    assert_close(student.relu_backward(*arguments), oracle.relu_backward(*arguments), name="dZ")


@exercise("linear_backward")
@law("dA_prev = W^T dZ; dW = (1/m) dZ A_prev^T; db = (1/m) (row sums of dZ)")
@points(1)
@public
@see("F1 §2.5.2, 反向传播, the formulae for m examples; db needs keepdims=True (erratum E14)")
@suggest("compute the first entry of dW by hand: row 1 of dZ times row 1 of A_prev, over 5")
def test_the_worked_example_of_one_layer_comes_out(student):
    """Two units feed three, for five examples; whole numbers go in, so that everything can be checked by hand."""
    dZ = np.array([[1, 0, -1, 2, 3], [0, 5, 0, -5, 10], [2, -2, 4, 1, -1]])
    A_prev, W = np.array([[1, 2, 0, -1, 1], [3, 0, 1, 2, -2]]), np.array([[1, -1], [2, 0], [0, 3]])
    got = three(student.linear_backward(dZ, LayerCache(A_prev, W, W @ A_prev + 1)))
    expected = {
        "dA_prev": np.array([[1.0, 10.0, -1.0, -8.0, 23.0], [5.0, -6.0, 13.0, 1.0, -6.0]]),
        "dW": np.array([[0.4, 0.0], [5.0, -6.0], [-0.8, 2.8]]),
        "db": np.array([[1.0], [2.0], [0.8]]),
    }
    assert_close(got, expected, name="result", known={"m": 5, "n": 3})


@exercise("linear_backward")
@law("a gradient has the shape of what it is the gradient of")
@points(0.5)
@public
@see("convention 'reductions': over examples = axis 1, keepdims=True; F1 prints db without it (erratum E14)")
@suggest("print dZ.sum(axis=1).shape, then the same with keepdims=True")
def test_every_gradient_has_the_shape_of_its_partner(student, rng):
    """Five units feed three, for seven examples: dA_prev is (5, 7), dW is (3, 5), db is a column (3, 1)."""
    got = three(student.linear_backward(*affine_layer(rng, 3, 5, 7)))
    assert_shape(got["dA_prev"], (5, 7), name="dA_prev", axes="(n_prev, m)")
    assert_shape(got["dW"], (3, 5), name="dW", axes="(n, n_prev)")
    assert_shape(got["db"], (3, 1), name="db", axes="(n, 1)")


@exercise("linear_backward")
@law("dW and db are derivatives of the mean over the examples")
@points(0.75)
@public
@see("F1 §2.5.2, 反向传播: dW = (1/m) dZ A^T, db = (1/m) Σ dZ; convention 'where 1/m lives'")
@suggest("how many columns does one weight touch, and what does a mean divide by?")
def test_dW_and_db_are_slopes_of_the_mean(student, rng):
    """Move one weight a little: every example feels it, and the cost is the mean of what they feel."""
    dZ, cache = affine_layer(rng, 3, 5, 7)
    got = three(student.linear_backward(dZ, cache))

    def mean_loss(at):
        return float(np.sum(dZ * (at["W"] @ cache.A_prev + at["b"])) / 7)

    at = {"W": cache.W, "b": np.zeros((3, 1))}
    assert_gradient(got, mean_loss, at, name="result", known={"m": 7, "n": 3, "n_prev": 5})


@exercise("linear_backward")
@law("dA_prev is the derivative of the sum over the examples: no 1/m")
@points(0.75)
@public
@see("convention 'where 1/m lives': dA and dZ belong to the sum of the losses; only dW and db are averaged")
@suggest("one column of A_prev belongs to one example: is there anything to average?")
def test_dA_prev_is_the_slope_of_the_sum(student, rng):
    """Each column of A_prev touches its own example alone, so there is nothing to average."""
    dZ, cache = affine_layer(rng, 3, 5, 7)
    got = three(student.linear_backward(dZ, cache))

    def summed_loss(at):
        return float(np.sum(dZ * (cache.W @ at)))

    known = {"m": 7, "n": 3, "n_prev": 5}
    assert_gradient(got["dA_prev"], summed_loss, cache.A_prev, name="dA_prev", known=known)


@exercise("linear_backward")
@law("with every example taken twice, dW and db stay and dA_prev repeats itself")
@points(0.75)
@public
@see("F1 §2.5.2, 反向传播: dW = (1/m) dZ A^T; convention 'where 1/m lives'")
@suggest("stack dZ and A_prev twice (np.hstack): a mean must not change. Does yours double?")
def test_doubling_the_dataset_leaves_dW_unchanged(student, rng):
    """A mean does not care how often the same data are counted."""
    dZ, cache = affine_layer(rng, 3, 5, 7)
    once = three(student.linear_backward(dZ, cache))
    shapes = {"dA_prev": (5, 7), "dW": (3, 5), "db": (3, 1)}
    for name, shape in shapes.items():
        matrix(once[name], shape, name, "")
    both = LayerCache(np.hstack([cache.A_prev] * 2), cache.W, np.hstack([cache.Z] * 2))
    twice = three(student.linear_backward(np.hstack([dZ] * 2), both))
    expected = {**once, "dA_prev": np.hstack([once["dA_prev"]] * 2)}
    assert_close(twice, expected, name="twice")


@exercise("linear_backward")
@law("dA_prev = W^T dZ, also where W is square")
@points(0.25)
@public
@suggest("take W = [[0, 1], [0, 0]]: unit 2 feeds unit 1, so what unit 1 is blamed for goes back to unit 2")
def test_a_square_weight_matrix_still_needs_its_transpose(student, oracle, rng):
    """With as many units in front as behind, a forgotten transpose raises no error; it only gives wrong numbers."""
    arguments = affine_layer(rng, 5, 5, 3)
    expected = three(oracle.linear_backward(*arguments))
    assert_close(three(student.linear_backward(*arguments)), expected, name="result", known={"m": 3, "n": 5})


@exercise("linear_backward")
@law("for one example, dW is the column dZ times the row A_prev^T, and db is dZ")
@points(0.25)
@public
@see("F1 §2.5.2, 反向传播, the formulae for one example; the transpose of a is missing there (erratum E14)")
@suggest("which shapes do dZ, A_prev and dW have when m is 1?")
def test_a_single_example_is_a_batch_of_one(student, oracle, rng):
    """With one column there is nothing to average, and the shapes stay two-dimensional."""
    dZ, cache = affine_layer(rng, 3, 5, 1)
    got = three(student.linear_backward(dZ, cache))
    assert_close(got, three(oracle.linear_backward(dZ, cache)), name="result", known={"n": 3, "n_prev": 5})


@exercise("linear_backward")
@law("dA_prev = W^T dZ; dW = (1/m) dZ A_prev^T; db = (1/m) (row sums of dZ)")
@points(0.75)
@hidden
def test_other_layers_pass_their_gradients_back_too(student, oracle, rng):
    """The same for a layer that you have not seen."""
    n, n_prev, m = fresh_shape(rng)
    arguments = affine_layer(rng, n, n_prev, m)
    expected, known = three(oracle.linear_backward(*arguments)), {"m": m, "n": n, "n_prev": n_prev}
    assert_close(three(student.linear_backward(*arguments)), expected, name="result", known=known)


@exercise("output_delta")
@law("dZ of the last layer is answer minus truth")
@points(0.5)
@public
@see("F0, section Softmax 回归: dz = y-hat - y, the gradient of the loss of one example (erratum E25)")
@suggest("the answer was 0.9 and the truth 1: should Z grow or shrink to lower the loss?")
def test_too_high_an_answer_has_a_positive_delta(student):
    """0.9 where 1 is true gives -0.1, 0.2 where 0 is true gives 0.2: push up the first, push down the second."""
    AL, Y = np.array([[0.9, 0.2, 0.6, 0.5, 0.3]]), np.array([[1.0, 0.0, 0.0, 1.0, 1.0]])
    expected = np.array([[-0.1, 0.2, 0.6, -0.5, -0.7]])
    assert_close(student.output_delta(AL, Y), expected, name="dZ", known={"m": 5})


@exercise("output_delta")
@law("dZ = m times the derivative of J with respect to Z")
@points(0.5)
@public
@see("convention 'where 1/m lives': dZ is the gradient of the sum of the losses; linear_backward averages")
@suggest("J = mean of -(y ln a + (1-y) ln(1-a)) with a = sigmoid(z): differentiate one term by z, on paper")
def test_the_delta_is_m_times_the_slope_of_the_cost(student, rng):
    """Move one score a little and watch the mean cross-entropy: m times its slope is the delta of that score."""
    Z, Y = rng.normal(size=(1, 7)), truth(rng, 1, 7)
    dZ = student.output_delta(sigmoid(Z), Y)
    known = {"m": 7}
    assert_gradient(dZ, lambda at: cross_entropy(sigmoid(at), Y), Z, name="dZ", scale=7.0, known=known)


@exercise("output_delta")
@law("what one column holds has no influence on any other column")
@points(0.25)
@public
@suggest("compute the delta of the first three examples alone: does it change?")
def test_more_examples_leave_the_deltas_of_the_others_alone(student, rng):
    """dZ belongs to the sum of the losses, so the number of examples plays no part."""
    AL, Y = rng.uniform(0.05, 0.95, size=(1, 7)), truth(rng, 1, 7)
    all_of_them = matrix(student.output_delta(AL, Y), (1, 7), "dZ", "(1, m)")
    few = matrix(student.output_delta(AL[:, :3], Y[:, :3]), (1, 3), "dZ", "(1, m)")
    told = "a delta is above 1 or below -1, or has the sign of truth minus answer"
    fine = bool(np.all((np.abs(all_of_them) <= 1.0) & (np.sign(all_of_them) == 1.0 - 2.0 * Y)))
    require(fine, told, safe=told)
    assert_close(few, all_of_them[:, :3], name="dZ of three of the seven examples", known={"3/7": 3 / 7, "7/3": 7 / 3})


@exercise("output_delta")
@law("the delta is finite for every answer, 0 and 1 included")
@points(0.25)
@public
@suggest("divide nothing: the quotients of the derivative of the loss cancel against the slope of the sigmoid")
def test_an_answer_that_is_completely_sure_has_a_finite_delta(student):
    """The sigmoid of 40 is 1 to the last bit; sure and right gives 0, sure and wrong gives 1 or -1."""
    AL, Y = np.array([[1.0, 0.0, 1.0, 0.0, 0.25]]), np.array([[1.0, 0.0, 0.0, 1.0, 1.0]])
    assert_close(student.output_delta(AL, Y), np.array([[0.0, 0.0, 1.0, -1.0, -0.75]]), name="dZ", known={"AL": AL})


@exercise("output_delta")
@law("dZ of the last layer is answer minus truth, for every unit of it")
@points(0.5)
@hidden
def test_other_answers_have_their_delta_too(student, oracle, rng):
    """The same for answers that you have not seen; the truth is in whole numbers, and there are several units."""
    n, _, m = fresh_shape(rng)
    AL, Y = rng.uniform(0.02, 0.98, size=(n, m)), truth(rng, n, m).astype(int)
    assert_close(student.output_delta(AL, Y), oracle.output_delta(AL, Y), name="dZ", known={"m": m, "n": n})


@exercise("model_backward")
@law("a dict with dW1, db1, …, dWL, dbL, each of the shape of its parameter")
@points(0.5)
@public
@see("F1, the network of four layers; layers are counted from 1")
@suggest("print sorted(grads) for four layers: which keys should be there?")
def test_every_layer_gets_its_two_gradients(student, rng):
    """Four layers of 5, 5, 3 and 1 units, as in the notes, need eight gradients."""
    X, Y, params = task(rng, (2, 5, 5, 3, 1), 7, "tanh")
    AL, caches = forward(X, params, "tanh")
    grads = student.model_backward(AL, Y, caches, "tanh")
    assert_keys(grads, *(f"d{key}" for key in params), name="grads")
    for key, value in params.items():
        assert_shape(grads[f"d{key}"], value.shape, name=f'grads["d{key}"]')


@exercise("model_backward")
@law("dZ2 = A2 - Y; dZ1 = (W2^T dZ2) * (1 - A1^2); dW and db of each layer by linear_backward")
@points(1)
@public
@see("F3 §1.1.3: two layers, tanh and then sigmoid; F1 §2.5.2, 反向传播")
@suggest("the first wrong gradient from the last layer backwards is the place to look")
def test_the_network_of_two_layers_comes_out(student):
    """Three inputs, two tanh units, one sigmoid, five examples: the numbers of the statement."""
    AL, caches = forward(X_EXAMPLE, PARAMS_EXAMPLE, "tanh")
    expected = {
        "dW2": np.array([[-0.323994137, -0.351567566]]),
        "db2": np.array([[0.042958893]]),
        "dW1": np.array([[-0.242710183, 0.241441391, 0.565720273], [0.313307777, -0.486967487, -0.496341725]]),
        "db1": np.array([[0.027586193], [-0.254342778]]),
    }
    grads = student.model_backward(AL, Y_EXAMPLE, caches, "tanh")
    assert_close(grads, expected, name="grads", rtol=0.0, atol=BORROWED, known={"m": 5})


@exercise("model_backward")
@law("every gradient is the derivative of the mean cost with respect to its parameter")
@points(1)
@public
@see("F1 §2.5.2, 反向传播: dA of a layer comes from W and dZ of the layer behind it")
@suggest("the gradients of the last layer are the simplest: if they are right, look at the step to the layer in front")
def test_gradients_of_a_deep_tanh_network_agree_with_central_differences(student, rng):
    """Move one weight, run the network, watch the cost: backpropagation promises the same number."""
    assert_slopes_of_the_cost(student, rng, (5, 3, 2, 1), 7, "tanh")


@exercise("model_backward")
@law("the slope of an activation is taken at the scores Z of the layer that it belongs to")
@points(0.5)
@public
@suggest("`hidden` names the activation: what does your function do for the others?")
def test_sigmoid_and_linear_layers_pass_the_gradient_in_their_own_way(student, rng):
    """Each activation has its own slope, and "linear" has slope 1 everywhere."""
    assert_slopes_of_the_cost(student, rng, (5, 3, 2, 1), 7, "sigmoid")
    assert_slopes_of_the_cost(student, rng, (5, 3, 2, 1), 7, "linear")


@exercise("model_backward")
@law("every gradient is the derivative of the mean cost with respect to its parameter")
@points(0.5)
@public
@suggest("the last layer ends in a sigmoid whatever `hidden` is: which of your lines treats it like the others?")
def test_gradients_of_a_relu_network_agree_with_central_differences(student, rng):
    """ReLU is what `hidden` means when nothing is said; this network has two units at the end."""
    X, Y, params = task(rng, (5, 3, 2), 7, "relu")
    AL, caches = forward(X, params, "relu")

    def cost(at):
        return cross_entropy(forward(X, at, "relu")[0], Y)

    grads = student.model_backward(AL, Y, caches)
    assert_gradient(grads, cost, params, name="grads", tolerance=BORROWED, known={"m": 7})


@exercise("model_backward")
@law("gradients of a mean do not depend on the order of the examples, nor on how often all of them are counted")
@points(0.5)
@public
@suggest("take every example twice: does any gradient double, or halve?")
def test_shuffling_and_doubling_the_examples_changes_no_gradient(student, rng):
    """The cost is a mean over a set of examples, and a set has no order."""
    X, Y, params = task(rng, (5, 3, 1), 7, "tanh")
    AL, caches = forward(X, params, "tanh")
    once = gradients(student.model_backward(AL, Y, caches, "tanh"), params)
    order = rng.permutation(np.tile(np.arange(7), 2))
    AL, caches = forward(X[:, order], params, "tanh")
    grads = student.model_backward(AL, Y[:, order], caches, "tanh")
    assert_close(grads, once, name="grads", rtol=BORROWED, atol=BORROWED)


@exercise("model_backward")
@law("L = 1 is logistic regression")
@points(0.25)
@public
@suggest("how often does your loop run for one layer, and which cache does it look for?")
def test_a_network_of_one_layer_is_logistic_regression(student, oracle, rng):
    """Without a hidden layer there is no activation to go back through; the number of layers is that of the caches."""
    X, Y, params = task(rng, (5, 1), 7, "relu")
    AL, caches = forward(X, params, "relu")
    expected = oracle.model_backward(AL, Y, caches)
    grads = student.model_backward(AL, Y, caches)
    assert_close(grads, expected, name="grads", rtol=BORROWED, atol=BORROWED, known={"m": 7})


@exercise("model_backward")
@law("every gradient is the derivative of the mean cost with respect to its parameter")
@points(0.75)
@hidden
def test_other_networks_have_their_gradients_too(student, oracle, rng):
    """The same for a network that you have not seen: its depth, its widths and its activation may be others."""
    hidden_units = [int(n) for n in rng.choice([2, 3, 5, 7], size=int(rng.integers(2, 5)))]
    name = str(rng.choice(["tanh", "sigmoid"]))
    X, Y, params = task(rng, (4, *hidden_units, 1), 11, name)
    AL, caches = forward(X, params, name)
    expected = oracle.model_backward(AL, Y, caches, name)
    grads = student.model_backward(AL, Y, caches, name)
    assert_close(grads, expected, name="grads", rtol=BORROWED, atol=BORROWED, known={"m": 11})


@exercise("update_gd")
@law("W := W - lr * dW, b := b - lr * db")
@points(0.5)
@public
@see("F0, section Mini-batch梯度下降法; F4 §1.1.1, eq. 1")
@suggest("the gradient points uphill: which way is down?")
def test_one_step_goes_against_the_gradient(student):
    """With lr = 0.1, a weight of 2 with gradient 5 becomes 1.5."""
    params = {"W1": np.array([[2.0, -1.0, 0.5]]), "b1": np.array([[3.0]])}
    grads = {"dW1": np.array([[5.0, -2.0, 10.0]]), "db1": np.array([[-4.0]])}
    expected = {"W1": np.array([[1.5, -0.8, -0.5]]), "b1": np.array([[3.4]])}
    assert_close(student.update_gd(params, grads, 0.1), expected, name="params")


@exercise("update_gd")
@law("the new dict has every key of params, and what else is in grads does not matter")
@points(0.5)
@public
@suggest("print sorted(params) before and after: is every layer there, with weights and biases?")
def test_every_layer_moves_with_its_biases(student, rng):
    """Three layers, six arrays; the gradients of the activations lie in the same dict and are left alone."""
    params = network(rng, (5, 3, 2, 1))
    grads = {f"d{key}": rng.normal(size=value.shape) for key, value in params.items()}
    moved = {key: value - 0.3 * grads[f"d{key}"] for key, value in params.items()}
    more = {**grads, "dA1": rng.normal(size=(3, 7)), "dA2": rng.normal(size=(2, 7))}
    assert_close(student.update_gd(params, more, 0.3), moved, name="params")


@exercise("update_gd")
@law("in the bowl J = |p|^2 / 2 the gradient is p itself, and a step with lr leaves (1 - lr) p")
@points(0.25)
@public
@suggest("is the cost smaller after the step than before?")
def test_a_ball_in_a_bowl_rolls_to_the_bottom(student, rng):
    """Three steps with lr 0.2 leave 0.8 * 0.8 * 0.8 = 0.512 of the distance to the bottom."""
    start = network(rng, (5, 3, 1))
    at = start
    for _ in range(3):
        at = student.update_gd(at, {f"d{key}": value for key, value in at.items()}, 0.2)
        assert_keys(at, *start, name="params")
        at = {key: matrix(at[key], value.shape, f'params["{key}"]', "") for key, value in start.items()}
    expected = {key: 0.512 * value for key, value in start.items()}
    assert_close(at, expected, name="params after three steps")


@exercise("update_gd")
@law("twice the learning rate, twice the way; learning rate 0, no way at all")
@points(0.25)
@public
@suggest("where does lr enter your formula, and how often?")
def test_the_way_is_in_proportion_to_the_learning_rate(student, rng):
    """The gradient says where to, the learning rate says how far."""
    params = network(rng, (3, 2))
    grads = {f"d{key}": rng.normal(size=value.shape) for key, value in params.items()}
    assert_close(student.update_gd(params, grads, 0.0), params, name="params after lr 0")
    expected = {key: value - 2.0 * grads[f"d{key}"] for key, value in params.items()}
    assert_close(student.update_gd(params, grads, 2.0), expected, name="params after lr 2")


@exercise("update_gd")
@law("W := W - lr * dW, b := b - lr * db")
@points(0.5)
@hidden
def test_other_networks_take_their_step_too(student, oracle, rng):
    """The same for a network that you have not seen."""
    widths = [int(n) for n in rng.permutation([2, 3, 4, 5, 7])[: int(rng.integers(3, 6))]]
    params = network(rng, widths)
    grads = {f"d{key}": rng.normal(size=value.shape) for key, value in params.items()}
    lr = float(rng.uniform(0.02, 0.3))
    assert_close(student.update_gd(params, grads, lr), oracle.update_gd(params, grads, lr), name="params")
