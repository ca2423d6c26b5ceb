"""What a03_gradcheck asks of a student's gradcheck.py.

Costs are lent to the student and run here: each looks at what it is called with, and some remember it. They raise
RuntimeError, which is what a student's code gets to see of whatever a lent function raises.
"""

from itertools import pairwise

import numpy as np

from autograder.checking import (
    assert_close,
    assert_dtype,
    assert_keys,
    assert_shape,
    exercise,
    hidden,
    law,
    points,
    public,
    require,
    say,
    see,
    suggest,
)

# Two layers: 13 parameters. Each parameter more is two calls more, so what is called back has fewer of them.
SHAPES = {"W1": (3, 2), "b1": (3, 1), "W2": (1, 3), "b2": (1, 1)}
TWO_LAYERS = {"W1": (2, 1), "b1": (2, 1), "W2": (1, 2), "b2": (1, 1)}
ONE_LAYER = {"W1": (3, 2), "b1": (3, 1)}
RECORDED = 2_000


def curve(f):
    """A function of one number, to be lent."""

    def call(theta):
        if np.size(theta) != 1 or np.asarray(theta).dtype.kind not in "iuf":
            raise RuntimeError(say("f takes one number, and was called with {seen}", seen=type(theta).__name__))
        return float(f(float(np.reshape(theta, ()))))

    return call


def cube(theta):
    """The function of the notes."""
    return theta**3


def cost(J, n, visits=None):
    """A cost of n parameters, to be lent; what it is called with is added to `visits`."""

    def call(theta):
        seen = np.shape(theta) if isinstance(theta, np.ndarray) else type(theta).__name__
        if seen != (n, 1) or theta.dtype.kind not in "iuf":
            told = "J takes an array of shape {wanted}, and was called with {seen}"
            raise RuntimeError(say(told, wanted=(n, 1), seen=seen))
        if visits is not None and len(visits) < RECORDED:
            visits.append(np.array(theta, dtype=float))
        return float(J(np.array(theta, dtype=float).ravel()))

    return call


def lying_flat(params, keys):
    """The values of a dict, one behind the other."""
    return np.concatenate([np.ravel(params[key]) for key in keys])


def network_cost(J, shapes, visits=None):
    """A cost of a dict of parameters, to be lent; J is given them lying flat, in the order of `shapes`."""

    def call(params):
        seen = {key: np.shape(value) for key, value in params.items()} if isinstance(params, dict) else None
        if seen is None or any(seen.get(key) != shape for key, shape in shapes.items()):
            told = "J takes a dict with the keys and shapes of params, and was called with {seen}"
            raise RuntimeError(say(told, seen=seen or type(params).__name__))
        flat = lying_flat(params, shapes).astype(float)
        if visits is not None and len(visits) < RECORDED:
            visits.append(flat)
        return float(J(flat))

    return call


def bowl(rng, shapes, gradient=None):
    """Parameters, a quadratic cost of them lying flat that mixes all, and its exact gradient as a dict."""
    n = sum(int(np.prod(shape)) for shape in shapes.values())
    at, bend, mix = rng.normal(size=n), rng.uniform(0.5, 2.0, size=n), 0.5 * rng.normal(size=n)
    if gradient is None:
        gradient = rng.uniform(1.0, 3.0, size=n) * rng.permutation(np.arange(n) % 2 * 2.0 - 1.0)
    slope = gradient - bend * at - mix * (mix @ at)

    def J(flat):
        return 0.5 * np.sum(bend * flat**2) + slope @ flat + 0.5 * (mix @ flat) ** 2

    return shaped(at, shapes), J, {f"d{key}": value for key, value in shaped(gradient, shapes).items()}


def shaped(flat, shapes):
    """A dict of arrays of these shapes from values lying flat."""
    cuts = np.cumsum([0, *(int(np.prod(shape)) for shape in shapes.values())])
    return {key: flat[a:b].reshape(shape) for (key, shape), (a, b) in zip(shapes.items(), pairwise(cuts), strict=True)}


def random_params(rng, widths):
    """Weights and biases for a network with these numbers of units from the input on."""
    params = {}
    for layer, (n_prev, n) in enumerate(pairwise(widths), start=1):
        params |= {f"W{layer}": rng.normal(size=(n, n_prev)), f"b{layer}": rng.normal(size=(n, 1))}
    return params


def scrambled(rng, params):
    """The same dict with its keys in another order, which is not the sorted one either."""
    keys = list(params)
    while keys in (list(params), sorted(params)):
        keys = [str(key) for key in rng.permutation(keys)]
    return {key: params[key] for key in keys}


def vector_and_layout(result):
    """The two values that params_to_vector promises."""
    fine = isinstance(result, tuple | list) and len(result) >= 2
    told = "params_to_vector gave {seen}, expected two values: theta, then the layout"
    seen = f"{len(result)}" if isinstance(result, tuple | list) else type(result).__name__
    require(fine, told, safe=told, seen=seen)
    return result[0], result[1]


def number(value, name):
    """A single number, however it is wrapped."""
    assert_shape(value if not isinstance(value, np.ndarray) or value.size != 1 else value.reshape(()), (), name=name)
    assert_dtype(value, "float", name=name)
    return float(np.reshape(value, ()))


def findings(result, *keys):
    """What gradient_check promises, as far as a check looks at it."""
    assert_keys(result, *keys, name="result")
    return [result[key] for key in keys]


def moves_made(visits, start, eps):
    """The moves from `start` among the visits, in whole steps of eps; what is far away is no move."""
    steps = [(visit.ravel() - start.ravel()) / eps for visit in visits]
    return {tuple(np.rint(step).astype(int)) for step in steps if np.abs(step).max() < 10.0}


def single_moves(n):
    """One step forwards and one backwards for each of n parameters, the others standing still."""
    return {tuple(sign * row) for row in np.eye(n, dtype=int) for sign in (1, -1)}


def assert_all_moved(visits, start, eps):
    """J was called with each parameter moved by eps to either side, and the others where they were."""
    made, wanted = moves_made(visits, start, eps), single_moves(start.size)
    told = "{seen} of the {wanted} moves of one parameter alone by eps were made"
    require(wanted <= made, told, safe=told, seen=len(wanted & made), wanted=len(wanted))


@exercise("finite_difference")
@law("(f(theta + eps) - f(theta - eps)) / (2 * eps)")
@points(0.75)
@public
@see("F0, section 梯度的数值逼近: (1.01^3 - 0.99^3) / 0.02 = 3.0001")
@suggest("how far apart are theta + eps and theta - eps?")
def test_the_central_difference_of_the_notes(student):
    """The slope of theta^3 at 1 is 3; with eps = 0.01 the central difference is 3.0001, with 0.001 it is 3.000001."""
    assert_close(student.finite_difference(curve(cube), 1.0, 0.01, "central"), 3.0001, name="slope")
    assert_close(student.finite_difference(curve(cube), 1.0, 0.001, "central"), 3.000001, name="slope", rtol=1e-9)


@exercise("finite_difference")
@law("(f(theta + eps) - f(theta)) / eps")
@points(0.5)
@public
@see("F0, section 梯度的数值逼近: looking to one side only is less accurate")
@suggest("the forward difference looks to the right only: how far apart are its two points?")
def test_the_forward_difference_is_less_accurate(student):
    """One-sided, theta^3 at 1 gives 3.0301 with eps = 0.01 and 3.003001 with 0.001."""
    assert_close(student.finite_difference(curve(cube), 1.0, 0.01, "forward"), 3.0301, name="slope")
    assert_close(student.finite_difference(curve(cube), 1.0, 0.001, "forward"), 3.003001, name="slope", rtol=1e-9)


@exercise("finite_difference")
@law("for a parabola the central difference is exact, and the forward one is off by a * eps")
@points(0.5)
@public
@suggest("work out ((theta + eps)^2 - (theta - eps)^2) / (2 eps) on paper")
def test_for_a_parabola_the_central_difference_is_exact_at_any_step(student):
    """f = 3 theta^2 - 2 theta has slope 10 at 2, measured with a step of 1.5: the bends on both sides cancel."""
    f = curve(lambda theta: 3.0 * theta**2 - 2.0 * theta)
    assert_close(student.finite_difference(f, 2.0, 1.5, "central"), 10.0, name="slope")
    assert_close(student.finite_difference(f, 2.0, 1.5, "forward"), 14.5, name="forward slope")


@exercise("finite_difference")
@law("a tenth of the step, a hundredth of the error")
@points(0.25)
@public
@see("F2 §12; F0, section 梯度的数值逼近: the error of looking to both sides is of order eps^2")
@suggest("print the error for eps = 0.1, 0.01, 0.001: does it go down at all?")
def test_a_tenth_of_the_step_leaves_a_hundredth_of_the_error(student):
    """What is left over when you look to both sides shrinks with the square of the step."""
    errors = []
    for eps in (0.1, 0.01):
        slope = student.finite_difference(curve(np.exp), 1.0, eps, "central")
        errors.append(number(slope, "slope") - np.e)
    told = "the error went from {coarse:.3g} to {fine:.3g}, expected about a hundredth"
    fine = errors[1] != 0.0 and abs(errors[0] / errors[1] / 100.0 - 1.0) < 0.05
    require(fine, told, coarse=errors[0], fine=errors[1])


@exercise("finite_difference")
@law("without more said, eps = 0.01 and both sides")
@points(0.25)
@public
@suggest("keep the default values that the stub has")
def test_two_arguments_are_enough(student):
    """Step and kind have default values: 0.01 and "central"."""
    assert_close(student.finite_difference(curve(lambda theta: -cube(theta)), 1.0), -3.0001, name="slope")


@exercise("finite_difference")
@law("rise over run, between the two points that `kind` names")
@points(0.75)
@hidden
def test_other_curves_have_their_slope_too(student, oracle, rng):
    """The same for a curve, a place and a step that you have not seen."""
    a, b, c = rng.uniform(0.5, 2.0, size=3)
    f = curve(lambda theta: a * theta**3 - b * theta**2 + c * theta)
    theta, eps = float(rng.uniform(0.5, 2.0)), float(rng.uniform(0.05, 0.2))
    for kind in ("central", "forward"):
        got = student.finite_difference(f, theta, eps, kind)
        assert_close(got, oracle.finite_difference(f, theta, eps, kind), name="slope", known={"eps": eps})


@exercise("numerical_gradient")
@law("entry i: (J(theta_i + eps) - J(theta_i - eps)) / (2 eps), all other entries where they were")
@points(0.75)
@public
@see("F0, section 梯度检验（grad check）: only theta_i moves, to both sides")
@suggest("compute the second entry by hand: what are the two values of J?")
def test_three_entries_that_can_be_done_by_hand(student):
    """J = t1^3 + t2 * t3^2 at (1, 4, -3) has slopes 3.0001 (measured with eps = 0.01), 9 and -24."""
    J = cost(lambda t: t[0] ** 3 + t[1] * t[2] ** 2, 3)
    got = student.numerical_gradient(J, np.array([[1.0], [4.0], [-3.0]]), 0.01)
    assert_close(got, np.array([[3.0001], [9.0], [-24.0]]), name="gradient", rtol=1e-9, known={"eps": 0.01, "n": 3})


@exercise("numerical_gradient")
@law("the gradient has the shape of theta")
@points(0.25)
@public
@suggest("print theta.shape and the shape of what you return")
def test_the_gradient_is_a_column_like_theta(student):
    """Five parameters in a column have five slopes in a column; for the sum of the squares they are twice theta."""
    theta = np.array([[1.0], [-2.0], [3.0], [0.5], [-4.0]])
    got = student.numerical_gradient(cost(lambda t: np.sum(t**2), 5), theta)
    assert_shape(got, (5, 1), name="gradient", axes="(n, 1)")
    near = np.all(np.abs(got - 2.0 * theta) < np.abs(theta))
    require(near, "a slope of the sum of the squares is far from twice the entry of theta")


@exercise("numerical_gradient")
@law("2n calls of J, each with one entry moved by eps and all others where they were")
@points(0.75)
@public
@see("F0, section 梯度检验（grad check）: all other entries keep their values")
@suggest("print what you call J with, for a theta of three entries and eps = 0.1")
def test_each_entry_moves_alone_and_comes_back(student, rng):
    """Ten calls for five parameters; a network of a million would need two million, so none may be wasted."""
    visits, theta = [], rng.normal(size=(5, 1))
    mix = rng.normal(size=5)
    got = student.numerical_gradient(cost(lambda t: 0.5 * (mix @ t) ** 2, 5, visits), theta, 0.25)
    assert_all_moved(visits, theta, 0.25)
    told = "J was called {seen} times for {n} parameters, expected {wanted}: twice for each"
    require(len(visits) == 10, told, seen=len(visits), n=5, wanted=10)
    expected = (mix * (mix @ theta.ravel())).reshape(5, 1)
    assert_close(got, expected, name="gradient", known={"eps": 0.25, "n": 5})


@exercise("numerical_gradient")
@law("J = t'At/2 + b't has the gradient At + b, at any step")
@points(0.75)
@public
@suggest("take J = t1 * t2: is the slope along t1 what t2 is, before and after t2 had its turn?")
def test_for_a_quadratic_cost_the_gradient_is_exact(student, rng):
    """Every parameter feels every other one, and still each has a slope of its own."""
    root, b, theta = rng.normal(size=(5, 5)), rng.normal(size=5), rng.normal(size=(5, 1))
    A = root @ root.T
    got = student.numerical_gradient(cost(lambda t: 0.5 * t @ A @ t + b @ t, 5), theta, 0.5)
    assert_close(got, A @ theta + b[:, None], name="gradient", known={"eps": 0.5, "n": 5})


@exercise("numerical_gradient")
@law("the step is eps, and the derivative of c t^3 comes out as c (3 t^2 + eps^2)")
@points(0.5)
@public
@suggest("call it with eps = 0.1 and with eps = 1e-5: do the results differ?")
def test_the_step_is_the_one_that_is_passed(student):
    """With a step of 0.1 the measured slope of 2 t^3 is off by 2 * 0.01, and that is right."""
    c, t = np.array([2.0, -1.0, 3.0, 1.0, -4.0]), np.array([1.0, 2.0, -1.0, 0.5, 3.0])
    got = student.numerical_gradient(cost(lambda at: c @ at**3, 5), t[:, None], 0.1)
    expected = (c * (3.0 * t**2 + 0.01))[:, None]
    assert_close(got, expected, name="gradient", known={"eps": 0.1, "n": 5, "c * eps^2": (c * 0.01)[:, None]})


@exercise("numerical_gradient")
@law("whole numbers can be moved by a fraction, too")
@points(0.5)
@public
@suggest("print np.array([6, 8]) before and after its first entry is set to 6.00001")
def test_whole_number_parameters_move_by_fractions(student):
    """J = t1^2 + t1 * t2 - 3 t3^2 at (6, 8, -2), given as integers, has slopes 20, 6 and 12."""
    J = cost(lambda t: t[0] ** 2 + t[0] * t[1] - 3.0 * t[2] ** 2, 3)
    got = student.numerical_gradient(J, np.array([[6], [8], [-2]]))
    assert_close(got, np.array([[20.0], [6.0], [12.0]]), name="gradient", rtol=1e-7, atol=1e-7)


@exercise("numerical_gradient")
@law("with eps = 1e-5, central differences agree with the derivative to about ten digits")
@points(0.5)
@public
@see("F0, section 梯度检验（grad check）; the valley of the error lies near eps = 1e-5")
@suggest("for cos(t) at 1 the derivative is -0.841470985: how many of these digits do you get?")
def test_without_a_step_the_gradient_has_many_right_digits(student, rng):
    """J = sin(a't) + cos(t1) t2 is neither a parabola nor a cubic, and the default step is 1e-5."""
    a, theta = rng.uniform(0.3, 0.9, size=3), rng.uniform(0.2, 0.6, size=(3, 1))
    got = student.numerical_gradient(cost(lambda t: np.sin(a @ t) + np.cos(t[0]) * t[1], 3), theta)
    t = theta.ravel()
    expected = a * np.cos(a @ t) + np.array([-np.sin(t[0]) * t[1], np.cos(t[0]), 0.0])
    assert_close(got, expected[:, None], name="gradient", rtol=2e-7, atol=1e-9)


@exercise("numerical_gradient")
@law("entry i: (J(theta_i + eps) - J(theta_i - eps)) / (2 eps), all other entries where they were")
@points(1)
@hidden
def test_other_costs_have_their_gradient_too(student, oracle, rng):
    """The same for a cost that you have not seen."""
    n, eps = int(rng.choice([2, 4, 7])), float(rng.uniform(0.05, 0.2))
    a, c, theta = rng.normal(size=n), rng.normal(size=n), rng.normal(size=(n, 1))
    J = cost(lambda t: c @ t**3 + (a @ t) ** 2 + np.sin(t[0]) * t[-1], n)
    expected = oracle.numerical_gradient(J, theta, eps)
    assert_close(student.numerical_gradient(J, theta, eps), expected, name="gradient", known={"eps": eps, "n": n})


@exercise("params_to_vector")
@law("W1, b1, W2, b2, …, each matrix row by row")
@points(0.5)
@public
@see("F2 §13: all parameters become one long vector")
@suggest("print W1.ravel(): are these the first numbers of your theta?")
def test_two_small_layers_lie_end_to_end(student):
    """W1 = [[1, 2], [3, 4], [5, 6]] starts theta with 1, 2, 3, 4, 5, 6; then come b1, W2 and b2."""
    params = {
        "W1": np.array([[1, 2], [3, 4], [5, 6]]),
        "b1": np.array([[7], [8], [9]]),
        "W2": np.array([[10, 11, 12]]),
        "b2": np.array([[13]]),
    }
    theta, _ = vector_and_layout(student.params_to_vector(params))
    assert_close(theta, np.arange(1.0, 14.0).reshape(13, 1), name="theta")


@exercise("params_to_vector")
@law("theta is a column: (n, 1)")
@points(0.25)
@public
@suggest("count: 3 * 5 + 5 weights and biases in the first layer, and so on")
def test_a_network_of_3_5_5_3_and_1_units_has_72_parameters(student, rng):
    """15 + 5 + 25 + 5 + 15 + 3 + 3 + 1 = 72, weights and biases together."""
    theta, _ = vector_and_layout(student.params_to_vector(random_params(rng, (3, 5, 5, 3, 1))))
    assert_shape(theta, (72, 1), name="theta", axes="(n, 1)")


@exercise("params_to_vector")
@law("the layout lists (name, shape) in the order of theta")
@points(0.25)
@public
@suggest("a layout is what somebody needs who has theta and nothing else")
def test_the_layout_says_what_lies_where(student, rng):
    """With names and shapes in order, the column can be taken apart again."""
    _, layout = vector_and_layout(student.params_to_vector(random_params(rng, (2, 3, 1))))
    assert_close(layout, list(SHAPES.items()), name="layout")


@exercise("params_to_vector")
@law("the order of theta does not depend on the order of the dict")
@points(0.5)
@public
@see("F2 §13: gradients have to be laid out in the same order as the parameters")
@suggest("print list(params) for a dict that was filled from the last layer to the first, as backpropagation does")
def test_the_order_of_the_dict_means_nothing(student, oracle, rng):
    """Backpropagation fills its dict from the back; gradients and parameters must lie in one order all the same."""
    params = random_params(rng, (2, 3, 5, 1))
    theta, layout = vector_and_layout(student.params_to_vector(scrambled(rng, params)))
    expected = oracle.params_to_vector(params)
    assert_close(theta, expected[0], name="theta")
    assert_close(layout, expected[1], name="layout")


@exercise("params_to_vector")
@law("layer 10 comes after layer 9")
@points(0.25)
@public
@suggest('is "W10" < "W2"? Compare numbers, not texts')
def test_the_tenth_layer_comes_last(student, oracle, rng):
    """As texts, "W10" and "b10" come before "W2"; as layers they do not."""
    params = random_params(rng, (2, 1, 1, 2, 1, 1, 2, 1, 1, 2, 1))
    theta, _ = vector_and_layout(student.params_to_vector(params))
    assert_close(theta, oracle.params_to_vector(params)[0], name="theta")


@exercise("params_to_vector")
@law("W1, b1, W2, b2, …, each matrix row by row")
@points(0.25)
@hidden
def test_other_networks_become_a_column_too(student, oracle, rng):
    """The same for a network that you have not seen."""
    widths = [int(n) for n in rng.permutation([2, 3, 4, 5])[: int(rng.integers(3, 5))]]
    params = random_params(rng, widths)
    got = vector_and_layout(student.params_to_vector(scrambled(rng, params)))
    expected = oracle.params_to_vector(params)
    assert_close(got[0], expected[0], name="theta")
    assert_close(got[1], expected[1], name="layout")


@exercise("vector_to_params")
@law("each parameter takes its share of theta, row by row, and the next one goes on from there")
@points(0.5)
@public
@see("F2 §13")
@suggest("where in theta does b1 begin, and how many numbers does W1 take?")
def test_a_column_becomes_two_small_layers(student):
    """1 to 6 fill W1 row by row, 7 to 9 are b1, 10 to 12 are W2, 13 is b2."""
    expected = {
        "W1": np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]),
        "b1": np.array([[7.0], [8.0], [9.0]]),
        "W2": np.array([[10.0, 11.0, 12.0]]),
        "b2": np.array([[13.0]]),
    }
    theta = np.arange(1.0, 14.0).reshape(13, 1)
    assert_close(student.vector_to_params(theta, list(SHAPES.items())), expected, name="params")


@exercise("vector_to_params")
@law("there and back again nothing has changed, in both directions")
@points(0.5)
@public
@suggest("walk one dict through both functions and compare every entry")
def test_there_and_back_again_nothing_has_changed(student, oracle, rng):
    """From a dict to a column to a dict, and from a column to a dict to a column."""
    params = random_params(rng, (5, 3, 2, 1))
    theta, layout = oracle.params_to_vector(params)
    back = student.vector_to_params(theta, layout)
    assert_close(back, params, name="params")
    other = rng.normal(size=theta.shape)
    again = student.vector_to_params(other, layout)
    assert_keys(again, *params, name="params")
    for key, value in params.items():
        assert_shape(again[key], value.shape, name=f'params["{key}"]')
    assert_close(oracle.params_to_vector({key: again[key] for key in params})[0], other, name="theta")


@exercise("vector_to_params")
@law("biases are columns: (n, 1)")
@points(0.25)
@public
@suggest("which shape does the layout ask for, and which does a slice of theta have?")
def test_every_parameter_has_the_shape_of_the_layout(student, rng):
    """A bias of shape (3,) would broadcast; the layout asks for (3, 1)."""
    params = student.vector_to_params(rng.normal(size=(13, 1)), list(SHAPES.items()))
    assert_keys(params, *SHAPES, name="params")
    for key, shape in SHAPES.items():
        assert_shape(params[key], shape, name=f'params["{key}"]')


@exercise("vector_to_params")
@law("the layout alone says what lies where")
@points(0.25)
@public
@suggest("go through the layout in its own order; do not sort it")
def test_the_layout_rules_not_the_alphabet(student):
    """A layout in another order describes another column."""
    layout = [("b1", (2, 1)), ("W2", (1, 2)), ("W1", (2, 3))]
    expected = {
        "b1": np.array([[1.0], [2.0]]),
        "W2": np.array([[3.0, 4.0]]),
        "W1": np.array([[5.0, 6.0, 7.0], [8.0, 9.0, 10.0]]),
    }
    assert_close(student.vector_to_params(np.arange(1.0, 11.0).reshape(10, 1), layout), expected, name="params")


@exercise("vector_to_params")
@law("each parameter takes its share of theta, row by row, and the next one goes on from there")
@points(0.5)
@hidden
def test_other_columns_become_networks_too(student, oracle, rng):
    """The same for a network that you have not seen."""
    widths = [int(n) for n in rng.permutation([2, 3, 4, 5])[: int(rng.integers(3, 5))]]
    theta, layout = oracle.params_to_vector(random_params(rng, widths))
    assert_close(student.vector_to_params(theta, layout), oracle.vector_to_params(theta, layout), name="params")


@exercise("relative_error")
@law("if one gradient is c times the other, the error is |c - 1| / (|c| + 1)")
@points(0.5)
@public
@see("F0, section 梯度检验（grad check）: the length of the difference over the sum of the lengths")
@suggest("for a factor of 7 the difference has 6 lengths and the sum has 8")
def test_a_factor_of_seven_is_an_error_of_three_quarters(student):
    """7 times too large gives 0.75, twice too large 1/3; equal gradients give 0."""
    exact = np.array([[3.0], [-1.0], [2.0], [0.5]])
    assert_close(student.relative_error(7.0 * exact, exact), 0.75, name="error", known={"7": 7})
    assert_close(student.relative_error(2.0 * exact, exact), 1.0 / 3.0, name="error")
    assert_close(student.relative_error(exact, exact), 0.0, name="error")


@exercise("relative_error")
@law("||approx - exact|| / (||approx|| + ||exact||), with Euclidean lengths")
@points(0.5)
@public
@see("F2 §13; the Euclidean length is the root of the sum of the squares")
@suggest("write down the three lengths: of the difference, and of each gradient")
def test_lengths_of_three_four_and_five(student):
    """(3, 4) has length 5 and (0, 4) has length 4; they are 3 apart, so the error is 3 / 9."""
    got = student.relative_error(np.array([[3.0], [4.0]]), np.array([[0.0], [4.0]]))
    assert_close(got, 1.0 / 3.0, name="error")


@exercise("relative_error")
@law("opposite gradients have error 1, the largest there is")
@points(0.25)
@public
@suggest("add the two gradients: what is the length of their sum, and what the sum of their lengths?")
def test_opposite_gradients_are_as_far_apart_as_can_be(student):
    """A flipped sign is the worst mistake of all, and the error says so: 1."""
    g = np.array([[1.0], [-2.0], [3.0], [0.25], [-5.0]])
    assert_close(student.relative_error(-g, g), 1.0, name="error")
    assert_close(student.relative_error(1.5 * g, g), 0.2, name="error")


@exercise("relative_error")
@law("error(c a, c e) = error(a, e) = error(e, a)")
@points(0.5)
@public
@suggest("what becomes of the error when both gradients are measured in thousandths?")
def test_the_error_has_no_unit_and_no_favourite(student, rng):
    """It depends neither on the unit nor on which of the two comes first."""
    a, e = rng.normal(size=(5, 1)), rng.normal(size=(5, 1))
    error = number(student.relative_error(a, e), "error")
    other = number(student.relative_error(a, 1.1 * a), "error")
    told = "gradients that differ much and gradients that hardly differ have errors {error:.3g} and {other:.3g}"
    require(0.0 < other < 0.5 * error, told, error=error, other=other)
    assert_close(student.relative_error(e, a), error, name="error with exact and approx exchanged")
    assert_close(student.relative_error(1e-4 * a, 1e-4 * e), error, name="error of ten-thousandths")
    assert_close(student.relative_error(1e6 * a, 1e6 * e), error, name="error of millions")


@exercise("relative_error")
@law("both zero: 0; one of them zero: 1")
@points(0.5)
@public
@suggest("what is 0 / 0 in numpy, and what should the error of two equal gradients be?")
def test_two_zero_gradients_agree(student):
    """At a flat spot both gradients vanish, and nothing is wrong; if only one does, everything is."""
    zero = np.zeros((3, 1))
    assert_close(student.relative_error(zero, zero), 0.0, name="error of two zeros")
    assert_close(student.relative_error(zero, np.array([[1.0], [-2.0], [0.5]])), 1.0, name="error of zero")


@exercise("relative_error")
@law("||approx - exact|| / (||approx|| + ||exact||), over all entries")
@points(0.75)
@hidden
def test_other_gradients_have_their_error_too(student, oracle, rng):
    """The same for gradients that you have not seen; they may be matrices, and hold whole numbers."""
    shape = tuple(int(n) for n in rng.choice([2, 3, 5], size=2))
    a, e = rng.normal(size=shape), rng.integers(-3, 4, size=shape)
    assert_close(student.relative_error(a, e), oracle.relative_error(a, e), name="error")
    nearly = a * (1.0 + 1e-3 * rng.normal(size=shape))
    assert_close(student.relative_error(nearly, a), oracle.relative_error(nearly, a), name="error")


@exercise("gradient_check")
@law("a right gradient has an error near 1e-10, and the verdict is ok")
@points(0.75)
@public
@see("F0, section 梯度检验（grad check）: 1e-7 or less is fine")
@suggest("print measured and claimed gradient side by side")
def test_a_right_gradient_is_found_to_be_right(student, rng):
    """The cost is a quadratic of seven parameters, and the gradient is exact."""
    params, J, grads = bowl(rng, TWO_LAYERS)
    result = student.gradient_check(network_cost(J, TWO_LAYERS), params, grads)
    error, verdict, per_key = findings(result, "error", "verdict", "per_key")
    assert_close(error, 0.0, name='result["error"]', atol=1e-8)
    assert_close(verdict, "ok", name='result["verdict"]')
    assert_close(per_key, dict.fromkeys(TWO_LAYERS, 0.0), name='result["per_key"]', atol=1e-7)


@exercise("gradient_check")
@law("ok up to 1e-7, bug from 1e-3, inspect in between")
@points(0.75)
@public
@see("F0, section 梯度检验（grad check）; F2 §13: 1e-7, 1e-5, 1e-3; this course settles the gap in between")
@suggest("which verdict does a gradient deserve that is off by a millionth?")
def test_the_verdict_follows_from_the_size_of_the_error(student, rng):
    """Errors of 1e-8, 1e-6, 1e-4, 1e-2 and 1: ok, inspect, inspect, bug, bug."""
    shapes = {"W1": (1, 1), "b1": (1, 1)}
    params, J, grads = bowl(rng, shapes)
    for target, expected in ((1e-8, "ok"), (1e-6, "inspect"), (1e-4, "inspect"), (1e-2, "bug"), (1.0, "bug")):
        factor = (1.0 + target) / (1.0 - target) if target < 1.0 else -1.0
        claimed = {key: factor * value for key, value in grads.items()}
        error, verdict = findings(student.gradient_check(network_cost(J, shapes), params, claimed), "error", "verdict")
        assert_close(error, target, name='result["error"]', rtol=1e-3, atol=3e-9)
        assert_close(verdict, expected, name=say("verdict for an error of {target:g}", target=target))


@exercise("gradient_check")
@law("per_key holds the error of each parameter by itself")
@points(1)
@public
@see("F0, section 梯度检验（grad check）: include the regularisation term; find the component that is wrong")
@suggest("compute the relative error of dW2 alone, against the measured gradient of W2 alone")
def test_the_guilty_parameter_is_found(student, rng):
    """The cost has a term in W1 that the gradient has forgotten: the error of dW1 says so, the others stay at 0."""
    params, J, grads = bowl(rng, TWO_LAYERS)
    size = int(np.prod(TWO_LAYERS["W1"]))

    def with_penalty(flat):
        return J(flat) + 0.15 * np.sum(flat[:size] ** 2)

    right = grads["dW1"] + 0.3 * params["W1"]
    apart = np.linalg.norm(grads["dW1"] - right) / (np.linalg.norm(grads["dW1"]) + np.linalg.norm(right))
    result = student.gradient_check(network_cost(with_penalty, TWO_LAYERS), params, grads)
    (per_key,) = findings(result, "per_key")
    expected = {"W1": float(apart), "b1": 0.0, "W2": 0.0, "b2": 0.0}
    assert_close(per_key, expected, name='result["per_key"]', rtol=1e-4, atol=1e-7)


@exercise("gradient_check")
@law("worst = (key, index) of the entry that is off most")
@points(0.5)
@public
@suggest("np.unravel_index turns a place in the flattened array into row and column")
def test_the_worst_entry_is_pointed_at(student, rng):
    """One entry of dW1 is off by 0.5, in row 2 and column 1; all others are exact."""
    params, J, grads = bowl(rng, ONE_LAYER)
    claimed = {key: value.copy() for key, value in grads.items()}
    claimed["dW1"][2, 1] -= 0.5
    (worst,) = findings(student.gradient_check(network_cost(J, ONE_LAYER), params, claimed), "worst")
    assert_close(worst, ("W1", (2, 1)), name='result["worst"]')


@exercise("gradient_check")
@law("worst is measured by the absolute difference")
@points(0.25)
@public
@suggest("compare |measured - claimed| entry by entry, without dividing by anything")
def test_the_worst_entry_is_the_one_with_the_largest_difference(student, rng):
    """This course measures in absolute value (a convention): 1 off in 50 is worse than 0.5 off in 2."""
    gradient = np.full(9, 2.0)
    gradient[7] = 50.0
    params, J, grads = bowl(rng, ONE_LAYER, gradient)
    claimed = {key: value.copy() for key, value in grads.items()}
    claimed["dW1"][1, 0] -= 0.5
    claimed["db1"][1, 0] += 1.0
    (worst,) = findings(student.gradient_check(network_cost(J, ONE_LAYER), params, claimed), "worst")
    assert_close(worst, ("b1", (1, 0)), name='result["worst"]')


@exercise("gradient_check")
@law("the order of the keys means nothing, and neither do keys that belong to no parameter")
@points(0.5)
@public
@see("F2 §13: gradients have to be laid out in the same order as the parameters")
@suggest("print list(params) and list(grads): do your two vectors lie in the same order?")
def test_gradients_in_the_order_of_backpropagation_are_matched_by_name(student, rng):
    """Backpropagation fills its dict from the last layer to the first, and leaves gradients of activations in it."""
    params, J, grads = bowl(rng, TWO_LAYERS)
    backwards = {"dA1": rng.normal(size=(2, 7)), **{key: grads[key] for key in ("dW2", "db2", "dW1", "db1")}}
    reordered = {key: params[key] for key in ("b2", "W1", "W2", "b1")}
    result = student.gradient_check(network_cost(J, TWO_LAYERS), reordered, backwards)
    error, verdict = findings(result, "error", "verdict")
    assert_close(error, 0.0, name='result["error"]', atol=1e-8)
    assert_close(verdict, "ok", name='result["verdict"]')


@exercise("gradient_check")
@law("every parameter is moved by eps to both sides, weights and biases")
@points(0.5)
@public
@see("F0, section 梯度检验（grad check）: theta holds all parameters")
@suggest("print how J is called: is every bias moved too, and by eps?")
def test_every_parameter_is_moved_to_both_sides(student, rng):
    """Nothing is left out, and the step is the one that is passed, here 0.001."""
    visits = []
    params, J, grads = bowl(rng, TWO_LAYERS)
    claimed = {**grads, "db2": 3.0 * grads["db2"]}
    result = student.gradient_check(network_cost(J, TWO_LAYERS, visits), params, claimed, 1e-3)
    assert_all_moved(visits, lying_flat(params, TWO_LAYERS), 1e-3)
    (per_key,) = findings(result, "per_key")
    assert_close(per_key, {"b2": 0.5}, name='result["per_key"]', rtol=1e-4)


@exercise("gradient_check")
@law("error and per_key are relative errors, worst is where the difference is largest")
@points(0.75)
@hidden
def test_other_gradients_are_judged_too(student, oracle, rng):
    """The same for a cost that you have not seen; two of its gradients are wrong."""
    n, n_prev = 2, int(rng.choice([3, 4]))
    shapes = {"W1": (n, n_prev), "b1": (n, 1), "W2": (1, n), "b2": (1, 1)}
    params, J, grads = bowl(rng, shapes)
    claimed = {key: value.copy() for key, value in grads.items()}
    claimed["dW1"][int(rng.integers(n)), int(rng.integers(n_prev))] += 2.0 + float(rng.uniform())
    claimed["dW2"] *= 1.0 + 0.1 * float(rng.uniform(0.5, 1.0))
    arguments = (network_cost(J, shapes), params, claimed)
    result, expected = student.gradient_check(*arguments), oracle.gradient_check(*arguments)
    assert_close(result, expected, name="result", rtol=1e-4, atol=1e-7)
