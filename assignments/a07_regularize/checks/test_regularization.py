"""What a07_regularize asks of a student's regularization.py.

Every fixture keeps the numbers of units of its layers and m apart, so that a result that is too large by one of them
says by which. Random masks and noise are judged by what they are like, at six standard deviations: a right solution
fails a statistical check of this room less than once in ten million. A mask may come from any draw, and may hold True
and False, 1 and 0, or 1/keep_prob and 0.
"""

import math
from itertools import pairwise

import numpy as np

from autograder.checking import (
    RecordingRNG,
    ScriptedRNG,
    SeededRNG,
    assert_close,
    assert_dtype,
    assert_fraction,
    assert_gradient,
    assert_keys,
    assert_mean,
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
# Numbers below 0.3 and above 0.7 tell "less than keep_prob" from "more than 1 - keep_prob".
NUMBERS = np.array([[0.05, 0.95, 0.35, 0.65, 0.75], [0.85, 0.15, 0.55, 0.45, 0.98], [0.25, 0.72, 0.90, 0.02, 0.61]])
KEPT = NUMBERS < 0.7
NOTHING_SILENCED = "in training with keep_prob {keep_prob} no entry was silenced; expected some"
UNCHANGED = "with a mask the gradient comes back as it was; expected that the mask leaves its mark"
# Four weights whose squares add up to 14.25 and whose sizes add up to 6.5.
W_EXAMPLE = np.array([[1.0, -2.0], [3.0, 0.5]])
# The costs on the dev set of a real run.
DEV_COSTS = [0.82, 0.68, 0.65, 0.66, 0.65, 0.69, 0.71]
GRADIENT = np.array([[1.0, -2.0, 3.0, 0.5, 4.0], [2.5, 6.0, -1.5, 7.0, 1.0], [-3.0, 8.0, 2.0, -4.0, 5.0]])


def seeded(rng):
    """A generator for the student, with a seed that depends on the check."""
    return SeededRNG(int(rng.integers(2**31)))


def two_values(result, A):
    """A_out and the mask, A_out being safe to compute with."""
    message = "forward_dropout must give two values: A_out, then the mask"
    require(isinstance(result, tuple | list) and len(result) >= 2, message, safe=message)
    assert_shape(result[0], A.shape, name="A_out", axes="(n, m)")
    return result[0], result[1]


def passed_on(result, A, keep_prob):
    """A_out and the mask of a training pass, the mask as bool whatever its entries are made of."""
    A_out, mask = two_values(result, A)
    assert_dtype(A_out, "float", name="A_out")
    assert_shape(mask, A.shape, name="mask", axes="(n, m)")
    values = np.unique(mask)
    on = values[values != 0].astype(float)
    plain = len(on) == 0 or (len(on) == 1 and bool(np.isclose(on[0], (1, 1 / keep_prob), rtol=1e-5).any()))
    require(
        plain,
        "the mask holds {count} different values from {least:.3g} to {largest:.3g};"
        " expected two, kept (True) and silenced (False)",
        safe="the entries of the mask are neither on nor off",
        count=len(values),
        least=float(values[0]),
        largest=float(values[-1]),
    )
    return A_out, mask != 0


def judge_fraction(kept, keep_prob):
    """Compare how many entries survive with keep_prob, and with what other rules would keep."""
    normal = 0.5 * (1 + math.erf(keep_prob / math.sqrt(2)))
    rules = {"1 - keep_prob": 1 - keep_prob, "normal random numbers below keep_prob": normal}
    assert_fraction(kept, keep_prob, name="kept entries", sigmas=SIGMAS, candidates=rules)


def judge_pass(student, A, keep_prob, rng):
    """Judge a training pass by its own mask: what became of each entry, and how many survived."""
    A_out, kept = passed_on(student.forward_dropout(A, keep_prob, rng), A, keep_prob)
    assert_close(A_out, np.where(kept, A / keep_prob, 0.0), name="A_out", known={"keep_prob": keep_prob})
    judge_fraction(kept, keep_prob)


def judge_script(student, oracle, A, keep_prob, numbers):
    """Compare with the reference where the recipe was followed; otherwise judge a larger pass by its own mask."""
    rng = ScriptedRNG(random=[numbers])
    A_out, kept = passed_on(student.forward_dropout(A, keep_prob, rng), A, keep_prob)
    by_recipe = list(rng.log) in ([("random", A.shape)], [("uniform", A.shape)])
    # Whoever keeps what is above 1 - keep_prob tosses the same coins, seen from the other side.
    if by_recipe and not np.array_equal(kept, numbers > 1 - keep_prob):
        right_out, right_mask = oracle.forward_dropout(A, keep_prob, ScriptedRNG(random=[numbers]))
        assert_close(A_out, right_out, name="A_out", known={"keep_prob": keep_prob})
        assert_close(kept, right_mask, name="mask")
    else:
        judge_pass(student, np.resize(A, (41, 59)), keep_prob, SeededRNG(1))


def way_back(student, dA_out, mask, keep_prob):
    """What backward_dropout gives, and by what each gradient should have been multiplied.

    A student whose own forward pass returns a mask of 1/keep_prob and 0 may rely on getting that mask.
    """
    factor = np.where(mask, 1 / keep_prob, 0.0)
    dA = student.backward_dropout(dA_out, mask, keep_prob)
    assert_shape(dA, dA_out.shape, name="dA", axes="(n, m)")
    if keep_prob == 1 or not np.allclose(dA, dA_out * mask):
        return dA, factor
    A = np.ones(dA_out.shape)
    match student.attempt("forward_dropout", A, keep_prob, SeededRNG(1)):
        case np.ndarray(shape=A.shape) as A_out, np.ndarray(shape=A.shape) as own_mask, *_:
            kept = A_out != 0
            if kept.any() and np.allclose(own_mask, A_out) and np.allclose(A_out[kept], 1 / keep_prob):
                return student.backward_dropout(dA_out, own_mask, keep_prob), A_out
    return dA, factor


def network(rng, *sizes):
    """Weights and biases, none of them near zero, of a network with these numbers of units."""
    params = {}
    for index, (fan_in, units) in enumerate(pairwise(sizes), start=1):
        for key, shape in ((f"W{index}", (units, fan_in)), (f"b{index}", (units, 1))):
            params[key] = rng.choice([-1.0, 1.0], size=shape) * rng.uniform(0.2, 2.0, size=shape)
    return params


def weights_of(params):
    """The weight matrices alone."""
    return {key: value for key, value in params.items() if key.startswith("W")}


def number(value, name):
    """A single number, however it was wrapped; float32 stays what it is, to be judged by its own precision."""
    numeric = isinstance(value, int | float | np.number) or (
        isinstance(value, np.ndarray) and value.dtype.kind in "fiu" and value.size == 1
    )
    message = "{name} is of type {kind}, expected a single number"
    require(numeric, message, safe=message, name=name, kind=type(value).__name__)
    return np.asarray(value).reshape(())[()]


def priced(result, params):
    """The cost as a number and the gradients, one for each weight matrix, of what a penalty gave."""
    message = "the function must give two values: the cost, then a dict of gradients"
    require(isinstance(result, tuple | list) and len(result) >= 2, message, safe=message)
    cost, grads = number(result[0], "cost"), result[1]
    weights = weights_of(params)
    assert_keys(grads, *(f"d{key}" for key in weights), name="grads")
    for key, W in weights.items():
        assert_shape(grads[f"d{key}"], W.shape, name=f'grads["d{key}"]', axes="(n_l, n_{l-1})")
        assert_dtype(grads[f"d{key}"], "float", name=f'grads["d{key}"]')
    return cost, grads


def nothing_else(grads, params):
    """Nothing but weight matrices has a gradient; zeros do no harm."""
    owed = {f"d{key}" for key in weights_of(params)}
    others = [key for key, value in grads.items() if key not in owed and np.any(np.asarray(value) != 0)]
    message = "grads holds a gradient that is not zero for {keys}; expected gradients of the weights and no others"
    require(not others, message, safe=message, keys=", ".join(map(str, others[:4])))


def assert_free(penalty, params, richer):
    """What `richer` has beside the weights of `params` costs nothing and has no gradient."""
    cost, grads = priced(penalty(params), params)
    heavier, _ = priced(penalty(params | {key: 3.0 * W for key, W in weights_of(params).items()}), params)
    text = "weights that are three times as large cost {heavier:.4g} after {cost:.4g}; expected more"
    require(heavier > cost, text, heavier=heavier, cost=cost)
    other, other_grads = priced(penalty(richer), richer)
    assert_close(other, cost, name="cost")
    assert_close(other_grads, {f"d{key}": grads[f"d{key}"] for key in weights_of(params)}, name="grads")
    nothing_else(other_grads, richer)


def chosen_factor(cost, right):
    """Two where the student's L1 cost has lambda/m in place of lambda/(2m), and one otherwise.

    One check asks which it is; all others are content with either.
    """
    return 2.0 if abs(cost - 2.0 * right) <= 1e-3 * abs(right) else 1.0


def epochs(result):
    """The two epochs that early_stopping promises, by name."""
    message = "early_stopping must give two values: best_epoch, then stop_epoch"
    require(isinstance(result, tuple | list) and len(result) >= 2, message, safe=message)
    return {"best_epoch": result[0], "stop_epoch": result[1]}


def judge_noise(student, oracle, X, shape, shift, sd, numbers):
    """Compare with the reference where the recipe was followed; otherwise judge larger images by their statistics."""
    rng = ScriptedRNG(standard_normal=[numbers])
    got = student.augment_images(X, shape, "none", shift, sd, rng)
    if list(rng.log) in ([("standard_normal", X.shape)], [("normal", X.shape)]):
        right = oracle.augment_images(X, shape, "none", shift, sd, ScriptedRNG(standard_normal=[numbers]))
        assert_close(got, right, name="images", known={"noise": sd})
    else:
        dark, rng = np.zeros((77, 43)), RecordingRNG(1)
        judge_spread(student.augment_images(dark, (7, 11), "none", shift, sd, rng), dark, sd)
    message = "the state of np.random has changed; expected all draws to come from the argument rng"
    require(not rng.global_state_touched, message, safe=message)


def judge_spread(images, X, sd):
    """Every pixel has a normal random number of its own, with mean 0 and standard deviation sd."""
    assert_shape(images, X.shape, name="images", axes="(n_x, m)")
    assert_dtype(images, "float", name="images")
    added = images - X
    alone = np.ptp(added, axis=0).all() and np.ptp(added, axis=1).all()
    message = "all pixels of an image, or all images, got the same noise; expected a number of its own for each"
    require(alone, message, safe=message)
    assert_mean(added, 0.0, sd=sd, name="images - X", sigmas=SIGMAS)
    candidates = {"noise": sd, "noise^4": sd**4}
    assert_variance(added, sd**2, name="images - X", sigmas=SIGMAS, candidates=candidates)


@exercise("l2_penalty")
@law("cost = lambda/(2m) times the sum of W^2; dW = lambda/m times W")
@points(1)
@public
@see("F2 §4; F0, 正则化: λ/2m in the cost, λ/m in dW")
@suggest("work out sum(W^2) by hand: 1 + 4 + 9 + 0.25")
def test_the_worked_example_has_its_price(student):
    """Weights 1, -2, 3 and 0.5 with lambda 0.7 and m = 5: the squares add up to 14.25."""
    params = {"W1": W_EXAMPLE, "b1": np.array([[0.7], [-1.3]])}
    cost, grads = priced(student.l2_penalty(params, 0.7, 5), params)
    known = {"m": 5, "lambda": 0.7}
    assert_close(cost, 0.9975, name="cost", known=known)
    expected = np.array([[0.14, -0.28], [0.42, 0.07]])
    assert_close(grads["dW1"], expected, name='grads["dW1"]', known=known)


@exercise("l2_penalty")
@law("the penalty of a network is the sum of the penalties of its layers")
@points(0.5)
@public
@see("F0, 正则化: the sum over l from 1 to L; F2 §4")
@suggest("print the sum of squares that you have after each layer: 7, 19, 23?")
def test_every_layer_pays_for_its_weights(student):
    """Three layers whose squares add up to 7, 12 and 4 cost 0.2 times 23, and each has a gradient of its own."""
    W2 = np.array([[1, -1, 0], [0, 1, 1], [-1, 1, 1], [1, 0, -1], [1, -1, 1]])
    params = {"W1": np.array([[1, 0], [2, -1], [0, 1]]), "W2": W2, "W3": np.array([[0, 0, -2, 0, 0]])}
    biases = {"b1": np.ones((3, 1)), "b2": -np.ones((5, 1)), "b3": np.ones((1, 1))}
    cost, grads = priced(student.l2_penalty(params | biases, 2.8, 7), params)
    known = {"m": 7, "lambda": 2.8}
    assert_close(cost, 4.6, name="cost", known=known)
    assert_close(grads, {f"d{key}": 0.4 * W for key, W in params.items()}, name="grads", known=known)


@exercise("l2_penalty")
@law("biases cost nothing, and they have no gradient here")
@points(0.25)
@public
@see("F2 §4, the paragraph on why b is left out")
@suggest("multiply all biases by 10: does your cost change?")
def test_biases_are_left_alone(student):
    """A bias only shifts; there are few of them, and they are free."""
    params = {"W1": np.array([[1.0, -2.0, 0.0], [2.0, 1.0, 4.0]]), "b1": np.zeros((2, 1))}
    richer = params | {"b1": np.array([[30.0], [-20.0]])}
    assert_free(lambda each: student.l2_penalty(each, 0.6, 13), params, richer)


@exercise("l2_penalty")
@law("of all parameters, only W1, W2, … are regularised")
@points(0.25)
@public
@see("README, conventions: what is regularised")
@suggest("which keys does params.keys() show for a network with batch norm, and which of them begin with W?")
def test_gamma_and_beta_are_no_weights(student, rng):
    """A network with batch norm has four arrays a layer, and still one weight matrix."""
    params = network(rng, 2, 3, 5)
    richer = dict(params)
    for index, units in ((1, 3), (2, 5)):
        richer |= {f"gamma{index}": np.full((units, 1), 7.0), f"beta{index}": np.full((units, 1), -6.0)}
    assert_free(lambda each: student.l2_penalty(each, 0.6, 11), params, richer)


@exercise("l2_penalty")
@law("dW is the derivative of the cost with respect to W")
@points(0.75)
@public
@see("F2 §10-13 on gradient checking; the derivative of W^2 brings a factor 2")
@suggest("change one weight by 1e-5 and divide the change of the cost by 1e-5: which entry of dW is it?")
def test_the_gradient_is_the_slope_of_the_cost(student, oracle, rng):
    """Cost and gradient belong together; your gradient is compared with the slope of the right cost, not of yours."""
    params = network(rng, 3, 5, 2)
    _, grads = priced(student.l2_penalty(params, 0.6, 11), params)

    def cost(weights):
        return oracle.l2_penalty(weights, 0.6, 11)[0]

    assert_gradient(grads, cost, weights_of(params), name="grads", known={"m": 11, "lambda": 0.6})


@exercise("l2_penalty")
@law("twice the lambda: twice the penalty; twice the examples: half of it")
@points(0.5)
@public
@see("F0, 正则化: λ is divided by 2m")
@suggest("call it with m = 11 and with m = 22: what should happen to the cost, and what to dW?")
def test_the_penalty_grows_with_lambda_and_shrinks_with_m(student, rng):
    """The data speak with one voice however many they are; the penalty is weighed against each of them."""
    params = network(rng, 3, 5)
    cost, grads = priced(student.l2_penalty(params, 0.6, 11), params)
    require(cost > 0, "the cost is {cost:.4g}; expected a number above 0", cost=cost)
    doubled = {"with twice the lambda the cost is {ratio:.4g} times what it was; expected twice": (1.2, 11, 2.0)}
    doubled["with twice the examples the cost is {ratio:.4g} times what it was; expected half"] = (0.6, 22, 0.5)
    for text, (lambd, m, factor) in doubled.items():
        other, other_grads = priced(student.l2_penalty(params, lambd, m), params)
        require(abs(other / cost - factor) < 1e-3, text, ratio=other / cost)
        assert_close(other_grads["dW1"], factor * grads["dW1"], name='grads["dW1"]')


@exercise("l2_penalty")
@law("as the reference, for any network, lambda and m")
@points(0.75)
@hidden
@suggest("try other numbers of layers and units: is one of them written into the code?")
def test_other_networks_pay_too(student, oracle, rng):
    """The same for a network that you have not seen."""
    params = network(rng, int(rng.choice([2, 4])), 5, 3, int(rng.choice([7, 11])))
    lambd, m = rng.uniform(0.1, 3.0), int(rng.choice([13, 17, 19]))
    cost, grads = priced(student.l2_penalty(params, lambd, m), params)
    right, right_grads = oracle.l2_penalty(params, lambd, m)
    known = {"m": m, "lambda": lambd}
    assert_close(cost, right, name="cost", known=known)
    assert_close(grads, right_grads, name="grads", known=known)


@exercise("l1_penalty")
@law("cost = lambda/(2m) times the sum of |W|; dW = lambda/(2m) times sign(W)")
@points(0.5)
@public
@see("F2 §4: λ/2m; F0 prints λ/m (erratum E04)")
@suggest("work out sum(|W|) by hand, 6.5, and multiply by 0.7 / 10")
def test_the_sizes_of_the_worked_example_have_their_price(student):
    """The sizes 1, 2, 3 and 0.5 add up to 6.5; lambda is 0.7, m is 5, and the factor is lambda/(2m).

    The other checks take any factor, such as the lambda/m of F0, if cost and gradient have the same.
    """
    params = {"W1": W_EXAMPLE, "b1": np.array([[0.7], [-1.3]])}
    cost, grads = priced(student.l1_penalty(params, 0.7, 5), params)
    known = {"m": 5, "lambda": 0.7}
    assert_close(cost, 0.455, name="cost", known=known)
    assert_close(grads["dW1"], np.array([[0.07, -0.07], [0.07, 0.07]]), name='grads["dW1"]', known=known)


@exercise("l1_penalty")
@law("|-w| = |w|: a change of sign leaves the cost, and turns the gradient round")
@points(0.25)
@public
@see("F2 §4: the sum of |w_j|")
@suggest("what do the weights 3 and -3 cost together: 0 or something?")
def test_a_negative_weight_costs_as_much_as_a_positive_one(student, oracle):
    """Weights 2, -3, 1 and -2, 3, -1 have the same sizes, so they cost the same and are pulled in opposite ways."""
    params = {"W1": np.array([[2.0, -3.0, 1.0]]), "b1": np.zeros((1, 1))}
    mirrored = {"W1": -params["W1"], "b1": params["b1"]}
    (cost, grads), (other, other_grads) = (
        priced(student.l1_penalty(each, 0.6, 5), params) for each in (params, mirrored)
    )
    right, right_grads = oracle.l1_penalty(params, 0.6, 5)
    factor = chosen_factor(cost, right)
    known = {"m": 5, "lambda": 0.6}
    assert_close(cost, factor * right, name="cost", known=known)
    assert_close(other, factor * right, name="cost of the weights with their signs changed", known=known)
    assert_close(grads["dW1"], factor * right_grads["dW1"], name='grads["dW1"]', known=known)
    name = 'grads["dW1"] of the weights with their signs changed'
    assert_close(other_grads["dW1"], -factor * right_grads["dW1"], name=name, known=known)


@exercise("l1_penalty")
@law("L1 pulls every weight towards 0 with the same force, however small it is; at 0 it does not pull")
@points(0.25)
@public
@see("F3 §3.2.1: above 0 the weight becomes smaller, below 0 it becomes larger")
@suggest("print dW for the weights 5, 0.01, 0 and -0.01")
def test_all_weights_are_pulled_with_the_same_force(student, oracle):
    """This is why many weights become exactly 0 under L1: the pull does not fade away."""
    params = {"W1": np.array([[5.0, 0.01, 0.0], [-0.01, 0.0, -2.0]]), "b1": np.ones((2, 1))}
    cost, grads = priced(student.l1_penalty(params, 0.8, 7), params)
    factor = chosen_factor(cost, oracle.l1_penalty(params, 0.8, 7)[0])
    pull = factor * 0.4 / 7
    expected = np.array([[pull, pull, 0.0], [-pull, 0.0, -pull]])
    assert_close(grads["dW1"], expected, name='grads["dW1"]', known={"m": 7, "lambda": 0.8, "W": params["W1"]})


@exercise("l1_penalty")
@law("dW is the derivative of the cost with respect to W, away from 0")
@points(0.25)
@public
@see("F2 §10-13 on gradient checking")
@suggest("change one weight by 1e-5 and divide the change of your cost by 1e-5: which entry of dW is it?")
def test_the_gradient_is_the_slope_of_the_sizes(student, oracle, rng):
    """Whatever factor the cost has, the gradient has the same."""
    params = network(rng, 3, 5, 2)
    cost, grads = priced(student.l1_penalty(params, 0.6, 11), params)
    factor = chosen_factor(cost, oracle.l1_penalty(params, 0.6, 11)[0])

    def size(weights):
        return oracle.l1_penalty(weights, 0.6, 11)[0]

    at, known = weights_of(params), {"m": 11, "lambda": 0.6}
    assert_gradient(grads, size, at, name="grads", scale=factor, known=known)


@exercise("l1_penalty")
@law("every layer counts, and of its parameters only the weights")
@points(0.25)
@public
@see("README, conventions: what is regularised")
@suggest("multiply all biases by 10: does your cost change? And for which keys is there a gradient?")
def test_all_layers_pay_and_no_bias_does(student, oracle, rng):
    """Three layers, each with a bias that is free."""
    params = network(rng, 2, 5, 3, 7)
    cost, grads = priced(student.l1_penalty(params, 0.6, 11), params)
    right, right_grads = oracle.l1_penalty(params, 0.6, 11)
    factor = chosen_factor(cost, right)
    known = {"m": 11, "lambda": 0.6}
    assert_close(cost, factor * right, name="cost", known=known)
    assert_close(grads, {key: factor * dW for key, dW in right_grads.items()}, name="grads", known=known)
    nothing_else(grads, params)


@exercise("l1_penalty")
@law("as the reference, for any network, lambda and m")
@points(0.5)
@hidden
@suggest("try other numbers of layers and units: is one of them written into the code?")
def test_other_networks_pay_for_the_sizes_too(student, oracle, rng):
    """The same for a network that you have not seen."""
    params = network(rng, int(rng.choice([2, 4])), 5, 3, int(rng.choice([7, 11])))
    lambd, m = rng.uniform(0.1, 3.0), int(rng.choice([13, 17, 19]))
    cost, grads = priced(student.l1_penalty(params, lambd, m), params)
    right, right_grads = oracle.l1_penalty(params, lambd, m)
    factor = chosen_factor(cost, right)
    known = {"m": m, "lambda": lambd}
    assert_close(cost, factor * right, name="cost", known=known)
    assert_close(grads, {key: factor * dW for key, dW in right_grads.items()}, name="grads", known=known)


@exercise("weight_decay_step")
@law("without a gradient from the data, W shrinks to (1 - lr·lambda/m) W")
@points(0.5)
@public
@see("F2 §4: the factor (1 - αλ/m); F0, 正则化")
@suggest("compute 1 - 0.1 · 0.7 / 5 by hand")
def test_the_worked_example_shrinks_by_its_factor(student):
    """Learning rate 0.1, lambda 0.7 and m = 5: the weights 1, -2, 3 and 0.5 lose 1.4 per cent."""
    got = student.weight_decay_step(W_EXAMPLE, np.zeros((2, 2)), 0.1, 0.7, 5)
    assert_close(got, np.array([[0.986, -1.972], [2.958, 0.493]]), name="W")


@exercise("weight_decay_step")
@law("W := (1 - lr·lambda/m) W - lr·dW_data")
@points(0.25)
@public
@see("F2 §4, the last formulae")
@suggest("start with the first entry: 0.8 · 1 - 0.5 · 2 = -0.2")
def test_a_step_on_paper_comes_out(student):
    """Whole numbers with learning rate 0.5, lambda 2 and m = 5; work it out on paper first."""
    W, dW = np.array([[1, -2, 5], [3, 0, -1]]), np.array([[2, -4, 6], [0, 8, -2]])
    got = student.weight_decay_step(W, dW, 0.5, 2.0, 5)
    assert_close(got, np.array([[-0.2, 0.4, 1.0], [2.4, -4.0, 0.2]]), name="W", known={"dW": dW, "lr·dW": 0.5 * dW})


@exercise("weight_decay_step")
@law("weight decay = gradient descent on the regularised cost")
@points(0.5)
@public
@see("F2 §4: dw = dw_before + λ/m w, put into w := w - α dw")
@suggest("write out lr · (dW_data + lambda/m · W) and collect the terms with W")
def test_it_is_gradient_descent_on_the_regularised_cost(student, oracle, rng):
    """Add the gradient of the L2 penalty to that of the data and take an ordinary step: the same weights."""
    W, dW = rng.normal(size=(2, 3, 5))
    penalty = oracle.l2_penalty({"W1": W, "b1": np.zeros((3, 1))}, 0.9, 7)[1]["dW1"]
    got = student.weight_decay_step(W, dW, 0.2, 0.9, 7)
    assert_close(got, W - 0.2 * (dW + penalty), name="W", known={"lr·lambda/m·W": 0.2 * penalty, "lr·dW": 0.2 * dW})


@exercise("weight_decay_step")
@law("step(W, D) - step(W, E) = -lr·(D - E)")
@points(0.25)
@public
@see("F2 §4: only w carries the factor, dw_before does not")
@suggest("with W = 0 nothing can decay: is the step then exactly -lr·dW_data?")
def test_the_gradient_of_the_data_does_not_decay(student, rng):
    """The factor belongs to the weights; what the data say is heard in full."""
    W, D, E = rng.normal(size=(3, 2, 3))
    of_D, of_E = (student.weight_decay_step(W, each, 0.3, 4.0, 5) for each in (D, E))
    for step in (of_D, of_E):
        assert_shape(step, W.shape, name="W", axes="(n_l, n_{l-1})")
        assert_dtype(step, "float", name="W")
    known = {"1 - lr·lambda/m": 0.76}
    assert_close(of_D - of_E, -0.3 * (D - E), name="step(W, D) - step(W, E)", known=known)


@exercise("weight_decay_step")
@law("as the reference, for any shape, lr, lambda and m")
@points(0.5)
@hidden
@suggest("try other values of lr, lambda and m: is one of them written into the code?")
def test_other_weights_decay_too(student, oracle, rng):
    """The same for weights, a rate and a lambda that you have not seen."""
    W, dW = rng.normal(size=(2, int(rng.choice([3, 5])), int(rng.choice([7, 11]))))
    arguments = (W, dW, rng.uniform(0.05, 0.5), rng.uniform(0.5, 5.0), int(rng.choice([13, 17])))
    assert_close(student.weight_decay_step(*arguments), oracle.weight_decay_step(*arguments), name="W")


@exercise("forward_dropout")
@law("an entry is kept where its random number is less than keep_prob, and then divided by keep_prob")
@points(0.5)
@public
@see("F2 §6 Dropout Regularization; F0, dropout 正则化, with erratum E02")
@suggest("A = np.ones((2, 3)): every entry of A_out must be 0 or 1/keep_prob")
def test_known_random_numbers_give_a_known_result(student, oracle):
    """With fifteen known random numbers, mask and output are known too."""
    A = np.array([[1.0, -2.0, 3.0, 0.5, 4.0], [2.5, 6.0, -1.5, 7.0, 1.0], [-3.0, 8.0, 2.0, 0.0, 5.0]])
    judge_script(student, oracle, A, 0.7, NUMBERS)


@exercise("forward_dropout")
@law("all coins are independent")
@points(0.25)
@public
@see("F0, dropout 正则化: 每个样本和每个隐藏单元; erratum on 'per sample'")
@suggest("print the mask: do all its columns look the same, or all its rows?")
def test_every_entry_has_a_coin_of_its_own(student, rng):
    """Neither do examples share their coins, nor do units."""
    A = rng.normal(size=(38, 62))
    _, kept = passed_on(student.forward_dropout(A, 0.6, seeded(rng)), A, 0.6)
    neighbours = {
        "neighbouring examples with the same coin": kept[:, 0::2] == kept[:, 1::2],
        "neighbouring units with the same coin": kept[0::2] == kept[1::2],
    }
    for name, same in neighbours.items():
        assert_fraction(same, 0.52, name=name, sigmas=SIGMAS, candidates={"one coin for all": 1.0})


@exercise("forward_dropout")
@law("P(kept) = keep_prob")
@points(0.5)
@public
@see("F2 §6: np.random.rand(…) < keep_prob")
@suggest("print mask.mean() for a large A, with keep_prob 0.95 and with 0.7")
def test_a_fraction_keep_prob_of_the_entries_is_kept(student, rng):
    """keep_prob is the probability to keep, not the one to drop."""
    A = rng.normal(size=(59, 71))
    for keep_prob in (0.95, 0.7):
        _, kept = passed_on(student.forward_dropout(A, keep_prob, seeded(rng)), A, keep_prob)
        judge_fraction(kept, keep_prob)


@exercise("forward_dropout")
@law("E[A_out] = A")
@points(0.5)
@public
@see("F0, dropout 正则化: a3 /= keep_prob; F2 §6, scale up")
@suggest("A = np.ones((100, 100)): print A_out.mean(). Would the next layer notice that something is missing?")
def test_the_average_activation_does_not_change(student, rng):
    """What the silenced entries lose the others gain: on average over the coins, output is input."""
    A = rng.uniform(1, 2, size=(59, 71))
    A_out, _ = two_values(student.forward_dropout(A, 0.6, seeded(rng)), A)
    assert_dtype(A_out, "float", name="A_out")
    require(not A_out.all(), NOTHING_SILENCED, keep_prob=0.6)
    rules = {"keep_prob": 0.6, "keep_prob / (1 - keep_prob)": 1.5, "1 / keep_prob": 1 / 0.6}
    spread = math.sqrt(0.4 / 0.6)
    assert_mean(A_out / A, 1.0, sd=spread, name="A_out / A", sigmas=SIGMAS, candidates=rules)


@exercise("forward_dropout")
@law("A_out is A / keep_prob where the mask is on, and 0 elsewhere")
@points(0.25)
@public
@see("F0, dropout 正则化, with erratum E02")
@suggest("print A_out / A next to the mask: only two different numbers may occur")
def test_every_entry_is_either_silenced_or_scaled(student, rng):
    """There is nothing in between: an entry is gone or divided by keep_prob, just as its mask says."""
    A = rng.uniform(1, 2, size=(5, 11))
    A_out, kept = passed_on(student.forward_dropout(A, 0.6, seeded(rng)), A, 0.6)
    require(kept.any() and not kept.all(), "the mask is the same everywhere; expected kept entries and silenced ones")
    assert_close(A_out, np.where(kept, A / 0.6, 0.0), name="A_out", known={"keep_prob": 0.6})


@exercise("forward_dropout")
@law("keep_prob = 1: A_out = A")
@points(0.25)
@public
@see("F0, dropout 正则化: keep-prop 设置为 1")
@suggest("is the random number compared with keep_prob, or with 1 - keep_prob?")
def test_keep_prob_one_keeps_everything(student, rng):
    """Without dropout the cost must go down; this is how one switches it off to look."""
    A = rng.normal(size=(5, 7))
    A_out, _ = two_values(student.forward_dropout(A, 1.0, seeded(rng)), A)
    assert_close(A_out, A, name="A_out")
    halved, _ = two_values(student.forward_dropout(A, 0.5, seeded(rng)), A)
    require(not halved.all(), NOTHING_SILENCED, keep_prob=0.5)


@exercise("forward_dropout")
@law("train=False: A_out = A, no mask, no draw")
@points(0.5)
@public
@see("F2 §6, last paragraph; F0, dropout 正则化, the paragraph on 测试阶段")
@suggest("call it twice with train=False and the same rng: both results must be A")
def test_nothing_happens_at_test_time(student, rng):
    """At test time the whole network works: nothing is dropped, nothing is scaled, nothing is drawn."""
    A = rng.normal(size=(5, 7))
    generator = RecordingRNG(3)
    A_out, mask = two_values(student.forward_dropout(A, 0.7, generator, train=False), A)
    assert_close(A_out, A, name="A_out", known={"keep_prob": 0.7})
    require(mask is None, "the mask is not None; expected None, so that the way back knows of no dropout")
    draws = ", ".join(method for method, _ in generator.log)
    require(not draws, "random numbers were drawn ({draws}); expected none at test time", draws=draws)
    trained, _ = two_values(student.forward_dropout(A, 0.5, seeded(rng)), A)
    require(not trained.all(), NOTHING_SILENCED, keep_prob=0.5)


@exercise("forward_dropout")
@law("the number of survivors is random")
@points(0.25)
@public
@see("F2 §6: 40 of 50 units stay, on average")
@suggest("call it with eight different seeds and print mask.sum(): the numbers should differ")
def test_the_number_of_survivors_is_left_to_chance(student, rng):
    """With a coin for each entry sometimes more survive and sometimes fewer; a quota is another method."""
    A = rng.normal(size=(19, 23))
    masks = [passed_on(student.forward_dropout(A, 0.7, seeded(rng)), A, 0.7)[1] for _ in range(8)]
    totals, columns = np.sum(masks, axis=(1, 2)), np.sum(masks, axis=1)
    # Eight times the same number out of 437 coins has probability 1e-10, and equal columns far less.
    text = "each of 8 passes kept exactly {kept} of {size} entries; expected a spread"
    require(np.ptp(totals) > 0, text, kept=totals[0], size=A.size)
    text = "every column kept exactly {kept} of 19 entries; expected a spread"
    require(np.ptp(columns) > 0, text, kept=columns[0, 0])


@exercise("forward_dropout")
@law("same state of rng, same mask; another state, another mask")
@points(0.25)
@public
@see("README, conventions: random numbers")
@suggest("call it with np.random.default_rng(0) twice, then with default_rng(1): which masks are equal?")
def test_all_coins_come_from_the_generator_that_is_passed(student, rng):
    """Equal seeds give equal masks, other seeds other masks, and np.random keeps its state."""
    A = rng.normal(size=(13, 17))
    generators = [SeededRNG(seed) for seed in (11, 11, 12)]
    first, again, other = (two_values(student.forward_dropout(A, 0.6, each), A)[0] for each in generators)
    require(np.array_equal(first, again), "the same seed gave two different A_out; expected equal ones")
    require(not np.array_equal(first, other), "two different seeds gave the same A_out; expected different ones")
    touched = any(generator.global_state_touched for generator in generators)
    require(not touched, "the state of np.random has changed; expected all draws to come from the argument rng")


@exercise("forward_dropout")
@law("whatever A holds: A_out is float, and the mask is what the coins said")
@points(0.25)
@public
@see("README, conventions: types")
@suggest("try A = np.array([[0, 3]]): is the mask random where A is 0, and is 3/keep_prob not cut down to 3?")
def test_integers_and_resting_units_are_treated_alike(student, rng):
    """Activations may be whole numbers, and many are zero after a ReLU; their coins are tossed all the same."""
    A = np.maximum(rng.integers(-4, 9, size=(41, 59)), 0)
    judge_pass(student, A, rng.uniform(0.6, 0.8), seeded(rng))


@exercise("forward_dropout")
@law("as the reference, for any shape and keep_prob")
@points(0.5)
@hidden
@suggest("try other shapes and other values of keep_prob: is one of them written into the code?")
def test_other_activations_and_another_keep_prob(student, oracle, rng):
    """Fresh activations, fresh random numbers, and a keep_prob of their own."""
    A = rng.normal(size=(int(rng.choice([5, 7])), int(rng.choice([11, 13]))))
    judge_script(student, oracle, A, rng.uniform(0.55, 0.9), rng.random(A.shape))


@exercise("backward_dropout")
@law("dA = dA_out / keep_prob where the mask is on, and 0 elsewhere")
@points(0.75)
@public
@see("F0, dropout 正则化: differentiate a3 = a3 * d3 / keep_prob")
@suggest("dA_out = np.ones((2, 3)): every entry of dA must be 0 or 1/keep_prob")
def test_a_known_mask_gives_a_known_gradient(student):
    """The factor that an activation met on its way forward, its gradient meets on the way back."""
    dA, factor = way_back(student, GRADIENT, KEPT, 0.7)
    assert_close(dA, GRADIENT * factor, name="dA", known={"keep_prob": 0.7})


@exercise("backward_dropout")
@law("no gradient where the mask is off, some where it is on")
@points(0.5)
@public
@see("F0, dropout 正则化")
@suggest("print (dA != 0) next to the mask")
def test_gradients_flow_where_activations_flowed(student):
    """A silenced entry had no influence on the cost, so its gradient is zero; all others get theirs."""
    dA = student.backward_dropout(GRADIENT, KEPT, 0.6)
    assert_shape(dA, GRADIENT.shape, name="dA", axes="(n, m)")
    assert_close(dA != 0, KEPT, name="dA != 0")
    followed = np.array_equal(np.sign(dA), np.sign(GRADIENT) * KEPT)
    require(followed, "dA does not have the signs of dA_out where the mask is on; expected dA_out, scaled")


@exercise("backward_dropout")
@law("dA is the derivative of sum(dA_out * A_out) with respect to A")
@points(0.5)
@public
@see("F2 §10-13 on gradient checking, with the mask held fixed")
@suggest("change one entry of A by 1e-5, keep the mask, and watch the sum change")
def test_the_gradient_agrees_with_differences(student):
    """With the coins held fixed dropout is differentiable, and a numerical gradient can check it."""
    dA, factor = way_back(student, GRADIENT, KEPT, 0.9)
    assert_dtype(dA, "float", name="dA")
    assert_gradient(dA, lambda A: float(np.sum(GRADIENT * A * factor)), np.ones(GRADIENT.shape), name="dA")


@exercise("backward_dropout")
@law("backward(2 D - 3 E) = 2 backward(D) - 3 backward(E)")
@points(0.25)
@public
@see("F0, dropout 正则化: the mask decides, not the gradient")
@suggest("flip the sign of dA_out: dA must flip its sign and change in no other way")
def test_the_way_back_is_linear(student, rng):
    """The coins have fallen, so nothing on the way back depends on the gradient that travels it."""
    D, E = rng.normal(size=(2, 3, 5))
    whole, of_D, of_E = (student.backward_dropout(G, KEPT, 0.7) for G in (2 * D - 3 * E, D, E))
    for dA in (whole, of_D, of_E):
        assert_shape(dA, D.shape, name="dA", axes="(n, m)")
        assert_dtype(dA, "float", name="dA")
    require(of_D.any(), "dA is 0 everywhere; expected the gradient where the mask is on")
    require(not np.array_equal(of_D, D), UNCHANGED)
    assert_close(whole, 2 * of_D - 3 * of_E, name="backward(2 D - 3 E)")


@exercise("backward_dropout")
@law("mask None: dA = dA_out")
@points(0.5)
@public
@see("README, the task: no mask")
@suggest("forward with train=False returns A itself; what is its derivative?")
def test_without_a_mask_the_gradient_passes_unchanged(student):
    """A forward pass at test time changes nothing and returns no mask, so the way back changes nothing either."""
    assert_close(student.backward_dropout(GRADIENT, None, 0.7), GRADIENT, name="dA", known={"keep_prob": 0.7})
    masked = student.backward_dropout(GRADIENT, KEPT, 0.7)
    require(not np.array_equal(masked, GRADIENT), UNCHANGED)


@exercise("backward_dropout")
@law("as the reference, for any shape and keep_prob")
@points(0.5)
@hidden
@suggest("try other shapes and other values of keep_prob: is one of them written into the code?")
def test_other_gradients_and_another_keep_prob(student, rng):
    """Fresh gradients, whole numbers this time, a fresh mask and a keep_prob of their own."""
    dA_out = rng.integers(1, 9, size=(int(rng.choice([5, 7])), int(rng.choice([11, 13]))))
    keep_prob = rng.uniform(0.55, 0.9)
    dA, factor = way_back(student, dA_out, rng.random(dA_out.shape) < keep_prob, keep_prob)
    assert_close(dA, dA_out * factor, name="dA", known={"keep_prob": keep_prob})


@exercise("early_stopping")
@law("best_epoch has the lowest cost so far; stop_epoch is the first one that is patience epochs later")
@points(0.5)
@public
@see("F2 §8; F0, 其他正则化方法; F3 §3.2.4.1 with erratum E30: the dev set, not the test set")
@suggest("write the waiting time under each epoch: 0 0 0 1 2 3")
def test_the_curve_of_a_real_run_stops_at_epoch_5(student):
    """Dev costs .82 .68 .65 .66 .65 .69 .71 with patience 3: the best is epoch 2, and three epochs later it stops."""
    expected = {"best_epoch": 2, "stop_epoch": 5}
    assert_close(epochs(student.early_stopping(DEV_COSTS, 3)), expected, name="epochs")


@exercise("early_stopping")
@law("after an improvement the waiting begins at 0")
@points(0.5)
@public
@see("F2 §8: the dev error falls first and rises later, on the whole")
@suggest("write the waiting time under each epoch: 0 1 0 1 0 1 0 1 2 3")
def test_patience_begins_anew_with_every_improvement(student):
    """A saw-tooth on its way down: patience 3 lasts until the teeth no longer reach lower."""
    costs = [0.9, 0.95, 0.8, 0.85, 0.7, 0.75, 0.6, 0.7, 0.65, 0.62]
    assert_close(epochs(student.early_stopping(costs, 3)), {"best_epoch": 6, "stop_epoch": 9}, name="epochs")


@exercise("early_stopping")
@law("if patience never runs out, training stops with the last epoch")
@points(0.5)
@public
@see("README, early_stopping")
@suggest("does every way through the function end in a return, also for a curve of one epoch?")
def test_a_curve_that_keeps_falling_runs_to_its_end(student):
    """Five epochs, each better than the one before, stop at epoch 4; a single epoch is the best and the last."""
    falling = epochs(student.early_stopping([0.9, 0.7, 0.5, 0.4, 0.3], 2))
    assert_close(falling, {"best_epoch": 4, "stop_epoch": 4}, name="epochs")
    assert_close(epochs(student.early_stopping([0.5], 3)), {"best_epoch": 0, "stop_epoch": 0}, name="epochs")


@exercise("early_stopping")
@law("an epoch improves if its cost is less than the best so far minus min_delta")
@points(0.5)
@public
@see("README, early_stopping")
@suggest("which number is the first that lies more than 0.1 below the first cost?")
def test_small_gains_have_to_add_up_to_min_delta(student):
    """Costs fall by 0.03 an epoch, and min_delta is 0.1: epoch 4 is the first to be 0.1 better than epoch 0."""
    costs = [1.0, 0.97, 0.94, 0.91, 0.88, 0.85]
    expected = {"best_epoch": 4, "stop_epoch": 5}
    assert_close(epochs(student.early_stopping(costs, 4, 0.1)), expected, name="epochs")


@exercise("early_stopping")
@law("an equal cost is no improvement")
@points(0.25)
@public
@see("README, early_stopping: less than, not at most")
@suggest("is the new cost compared with < or with <=?")
def test_a_plateau_wears_patience_out(student):
    """From epoch 1 on nothing changes any more; with patience 3 training stops at epoch 4."""
    costs = [0.8, 0.5, 0.5, 0.5, 0.5, 0.5]
    assert_close(epochs(student.early_stopping(costs, 3)), {"best_epoch": 1, "stop_epoch": 4}, name="epochs")


@exercise("early_stopping")
@law("what comes after stop_epoch has no influence")
@points(0.25)
@public
@see("README, early_stopping: the training does not know the future")
@suggest("cut the list off behind stop_epoch: do you get the same answer?")
def test_what_comes_after_the_stop_is_never_seen(student):
    """Epoch 5 would have been the best of all, but with patience 2 training has stopped at epoch 3."""
    costs = [0.9, 0.6, 0.7, 0.8, 0.75, 0.3]
    assert_close(epochs(student.early_stopping(costs, 2)), {"best_epoch": 1, "stop_epoch": 3}, name="epochs")


@exercise("early_stopping")
@law("as the reference, for any curve, patience and min_delta")
@points(0.5)
@hidden
@suggest("draw a few noisy curves, and find both epochs by hand")
def test_other_curves_are_stopped_too(student, oracle, rng):
    """The same for noisy curves that you have not seen, with another patience and a min_delta."""
    t = np.arange(29)
    for patience, min_delta, spread in ((int(rng.integers(3, 6)), 0.0, 0.04), (4, rng.uniform(0.03, 0.06), 0.005)):
        costs = 0.5 + 0.5 * np.exp(-t / 5) + 0.004 * t + spread * rng.normal(size=t.size)
        arguments = (costs.tolist(), patience, min_delta)
        right = epochs(oracle.early_stopping(*arguments))
        assert_close(epochs(student.early_stopping(*arguments)), right, name="epochs")


@exercise("augment_images")
@law("a horizontal flip reverses each row of each image, a vertical flip the order of its rows")
@points(0.25)
@public
@see("F0, 其他正则化方法: 水平翻转; README, augment_images: how pixels become columns")
@suggest("print X[:, 0].reshape(2, 3), then the same of your result")
def test_a_flip_reverses_the_rows_or_their_order(student):
    """Two images of two rows and three columns, each pixel with a number of its own."""
    X = np.array([[1, 10], [2, 20], [3, 30], [4, 40], [5, 50], [6, 60]])
    across = np.array([[3.0, 30], [2, 20], [1, 10], [6, 60], [5, 50], [4, 40]])
    down = np.array([[4.0, 40], [5, 50], [6, 60], [1, 10], [2, 20], [3, 30]])
    assert_close(student.augment_images(X, (2, 3), flip="horizontal"), across, name="images")
    assert_close(student.augment_images(X, (2, 3), flip="vertical"), down, name="images")


@exercise("augment_images")
@law("shift = (down, right): what leaves the image is lost, and what becomes free is 0")
@points(0.25)
@public
@see("F3 §3.2.4.2: 平移变换; README, augment_images")
@suggest("draw the image on squared paper and slide it; what lies under the squares that become free?")
def test_a_shift_leaves_zeros_behind(student):
    """One row down and one column to the left; then further than the image is wide, and nothing remains."""
    X = np.array([[1, 10], [2, 20], [3, 30], [4, 40], [5, 50], [6, 60]])
    expected = np.array([[0.0, 0], [0, 0], [0, 0], [2, 20], [3, 30], [0, 0]])
    assert_close(student.augment_images(X, (2, 3), shift=(1, -1)), expected, name="images")
    assert_close(student.augment_images(X, (2, 3), shift=(0, 5)), np.zeros((6, 2)), name="images")


@exercise("augment_images")
@law("two flips cancel; a shift there and back loses a margin and nothing else")
@points(0.25)
@public
@see("README, augment_images")
@suggest("flip an image twice, and shift one by (1, -2) and then by (-1, 2); look at both")
def test_flips_and_shifts_can_be_undone(student, rng):
    """A mirror in a mirror shows the room as it is; a shifted image comes back without what left it."""
    shape, X = (5, 7), rng.uniform(1, 2, size=(35, 3))
    once = student.augment_images(X, shape, flip="horizontal")
    assert_shape(once, X.shape, name="images", axes="(n_x, m)")
    require(not np.array_equal(once, X), "the flipped images are the old ones; expected them mirrored")
    assert_close(student.augment_images(once, shape, flip="horizontal"), X, name="images flipped twice")
    away = student.augment_images(X, shape, shift=(1, -2))
    back = student.augment_images(away, shape, shift=(-1, 2))
    inside = np.zeros(shape, dtype=bool)
    inside[:4, 2:] = True
    expected = np.where(inside.reshape(35, 1), X, 0.0)
    assert_close(back, expected, name="images shifted there and back")


@exercise("augment_images")
@law("first the flip, then the shift")
@points(0.25)
@public
@see("README, augment_images: the order")
@suggest("do it by hand for the image 1, 2, 3: flip, then shift by one to the right")
def test_the_flip_comes_before_the_shift(student):
    """In a mirror, right is left: whoever shifts first ends up on the other side."""
    X = np.arange(1.0, 13.0).reshape(12, 1)
    expected = np.array([[0.0, 0, 4, 3], [0, 0, 8, 7], [0, 0, 12, 11]]).reshape(12, 1)
    assert_close(student.augment_images(X, (3, 4), "horizontal", (0, 2)), expected, name="images")


@exercise("augment_images")
@law("images + noise · standard normal numbers, one for each pixel, also where the shift left zeros")
@points(0.25)
@public
@see("F2 §8: 增加一些noise; README, conventions: random numbers")
@suggest("augment images of zeros: what is the standard deviation of the result?")
def test_known_random_numbers_give_known_noise(student, oracle):
    """The noise comes last, so the strip that the shift left empty is noisy like the rest."""
    X = np.arange(1.0, 13.0).reshape(6, 2)
    numbers = np.array([[0.5, -1.0], [1.5, 0.2], [-0.3, 0.8], [2.0, -0.6], [-1.2, 0.1], [0.4, -1.7]])
    judge_noise(student, oracle, X, (2, 3), (1, 0), 0.25, numbers)


@exercise("augment_images")
@law("images may be whole numbers; what comes back is float64, and nothing is cut off")
@points(0.25)
@public
@see("README, conventions: types")
@suggest("compute np.uint8(250) + np.uint8(10); then the same with astype(float) first")
def test_bright_pixels_do_not_become_dark(student, rng):
    """Photographs are stored with 8 bits, from 0 to 255, and noise must be able to leave that range."""
    X = rng.integers(240, 255, size=(35, 41)).astype(np.uint8)
    judge_spread(student.augment_images(X, (5, 7), noise=30.0, rng=seeded(rng)), X.astype(float), 30.0)


@exercise("augment_images")
@law("as the reference, for any images, flip, shift and noise")
@points(0.5)
@hidden
@suggest("try images that are taller than wide, other shifts, and both flips")
def test_other_images_are_augmented_too(student, oracle, rng):
    """The same for images, shifts and noise that you have not seen."""
    shape = (int(rng.choice([5, 7])), int(rng.choice([3, 11])))
    X = rng.uniform(1, 2, size=(shape[0] * shape[1], 2))
    for flip in ("horizontal", "vertical"):
        arguments = (X, shape, flip, tuple(rng.integers(-2, 3, size=2).tolist()))
        assert_close(student.augment_images(*arguments), oracle.augment_images(*arguments), name="images")
    judge_noise(student, oracle, X, shape, (1, -1), rng.uniform(0.1, 0.5), rng.normal(size=X.shape))
