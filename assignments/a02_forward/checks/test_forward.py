"""What a02_forward asks of a student's forward.py.

Every fixture keeps the units, the inputs, m and m-1 apart, so that a result that is too large by one of them says by
which. Two checks use square layers on purpose: there every shape fits, so mistakes that only crash elsewhere show what
they compute.
"""

import numpy as np

from autograder.checking import (
    assert_close,
    assert_dtype,
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

X_EXAMPLE = np.array([[1.0, 0.0, 2.0, -1.0, 1.0], [0.0, 1.0, 1.0, 2.0, -1.0], [1.0, -1.0, 0.0, 1.0, 2.0]])
NETWORK_EXAMPLE = {
    "W1": np.array([[1.0, -1.0, 0.0], [0.0, 2.0, 1.0]]),
    "b1": np.array([[0.0], [-0.5]]),
    "W2": np.array([[1.0, -2.0]]),
    "b2": np.array([[0.5]]),
}

# A network may be built of activations and layers of single precision, which is welcome there.
BORROWED = 1e-6


def fresh_shape(rng):
    """Rows and examples of a hidden fixture; the rows, m and m-1 are pairwise distinct."""
    return int(rng.choice([3, 5, 7])), int(rng.choice([11, 13, 17]))


def network(rng, *dims):
    """Weights and biases of a network with these widths, no bias zero."""
    params = {}
    for layer in range(1, len(dims)):
        n_prev, n = dims[layer - 1], dims[layer]
        params[f"W{layer}"] = 1.5 * rng.normal(size=(n, n_prev)) / np.sqrt(n_prev)
        params[f"b{layer}"] = 0.2 + 0.6 * rng.random(size=(n, 1)) * rng.choice([-1.0, 1.0], size=(n, 1))
    return params


def fresh_network(rng):
    """A network of three or four layers that nobody has seen, and a batch for it."""
    widths = rng.permutation([2, 3, 5, 7])[: int(rng.integers(3, 5))]
    dims = [*(int(width) for width in widths), int(rng.choice([1, 4]))]
    return network(rng, *dims), rng.normal(size=(dims[0], int(rng.choice([11, 13, 17]))))


def truth(rng, examples):
    """A row of 0 and 1 with at least one of each."""
    return rng.permutation(np.arange(examples) % 3 == 0).astype(np.float64).reshape(1, -1)


def matrix(value, shape, name):
    """The value, once it is safe to compute with; a constant would obey most laws and is refused."""
    assert_shape(value, shape, name=name, axes="(n, m)")
    assert_dtype(value, "float", name=name)
    message = "{name} is the same number everywhere, expected numbers that follow the input"
    # Not by rounding alone: any law of sums is kept by numbers that are small enough.
    require(value.size == 1 or not np.ptp(value) <= 1e-6, message, safe=message, name=name)
    return value


def number(value, name):
    """A single number, however it is wrapped."""
    numeric = isinstance(value, int | float | np.number) or (
        isinstance(value, np.ndarray) and value.dtype.kind in "fiu" and value.size == 1
    )
    message = "{name} is of type {kind}, expected a single number"
    require(numeric, message, safe=message, name=name, kind=type(value).__name__)
    return float(np.asarray(value).reshape(()))


def pair(result, promised):
    """The two values that a function promises."""
    several = isinstance(result, tuple | list)
    message = "the function gave one value of type {kind}, expected two: {promised}"
    require(several, message, safe=message, kind=type(result).__name__, promised=promised)
    message = "the function gave {count} of the two values that it promises: {promised}"
    require(len(result) >= 2, message, safe=message, count=len(result), promised=promised)
    return result[0], result[1]


def answer(result):
    """AL, of the two values that model_forward promises."""
    return pair(result, "AL, caches")[0]


def records(result):
    """The caches, of the two values that model_forward promises."""
    return pair(result, "AL, caches")[1]


def assert_answers(got, expected, name="AL", known=None):
    """The values of a network that may borrow single precision from its parts."""
    assert_close(got, expected, name=name, rtol=BORROWED, atol=BORROWED, known=known)


def single_layer(result, rows, columns):
    """W_eff and b_eff, once they are safe to compute with."""
    W_eff, b_eff = pair(result, "W_eff, b_eff")
    assert_shape(W_eff, (rows, columns), name="W_eff", axes="(n_L, n_0)")
    assert_dtype(W_eff, "float", name="W_eff")
    assert_shape(b_eff, (rows, 1), name="b_eff", axes="(n_L, 1)")
    assert_dtype(b_eff, "float", name="b_eff")
    return W_eff, b_eff


@exercise("sigmoid")
@law("s(z) = 1 / (1 + e^-z), entry by entry")
@points(0.75)
@public
@see("F3 §1.1.2 sigmoid函数")
def test_the_sigmoid_of_2_is_0_88(student):
    """Zero is undecided and gets one half, 2 gets 0.8807971, and ln 3 gets odds of 3 to 1."""
    Z = np.array([[0.0, 2.0, -2.0, 5.0, -1.0], [np.log(3.0), -np.log(4.0), -0.5, 10.0, 0.25]])
    expected = np.array(
        [[0.5, 0.8807971, 0.1192029, 0.9933071, 0.2689414], [0.75, 0.2, 0.3775407, 0.9999546, 0.5621765]]
    )
    assert_close(student.sigmoid(Z), expected, name="A", rtol=0.0, atol=6e-8, known={"Z": Z})


@exercise("sigmoid")
@law("s(-z) = 1 - s(z)")
@points(0.5)
@public
def test_what_is_not_yes_is_no(student, rng):
    """Turning the score around turns the answer around: the two probabilities add up to 1."""
    Z = 2.0 * rng.normal(size=(3, 7))
    A = matrix(student.sigmoid(Z), (3, 7), "A")
    assert_close(student.sigmoid(-Z), 1.0 - A, name="sigmoid(-Z)")


@exercise("sigmoid")
@law("0 < s(z) < 1, and s grows with z")
@points(0.5)
@public
@see("F3 §1.1.2 sigmoid函数: the range is (0, 1)")
def test_a_larger_score_is_a_larger_probability(student):
    """From -7 to 7 the curve climbs all the way, and never leaves the space between 0 and 1."""
    A = matrix(student.sigmoid(np.linspace(-7.0, 7.0, 15).reshape(3, 5)), (3, 5), "A")
    within = "A runs from {low:.3g} to {high:.3g}, expected numbers above 0 and below 1"
    inside = bool(np.all((A > 0.0) & (A < 1.0)))
    require(inside, within, safe=within, low=float(np.min(A)), high=float(np.max(A)))
    require(bool(np.all(np.diff(A.ravel()) > 0.0)), "A does not grow with every step of Z, expected that it does")


@exercise("sigmoid")
@law("s(-1000) = 0 and s(1000) = 1, up to rounding")
@points(0.25)
@public
@suggest("evaluate np.exp(1000.0), then np.exp(1000.0) / (1 + np.exp(1000.0))")
def test_scores_of_a_thousand_are_certain(student):
    """A very sure answer is 0 or 1, and never NaN."""
    Z = np.array([[1000.0, -1000.0, 300.0, 0.0, -300.0], [-1000.0, 1000.0, 0.0, 40.0, 1000.0]])
    expected = np.array([[1.0, 0.0, 1.0, 0.5, 0.0], [0.0, 1.0, 0.5, 1.0, 1.0]])
    assert_close(student.sigmoid(Z), expected, name="A", atol=1e-8, known={"Z": Z})


@exercise("sigmoid")
@law("e^|z| is never needed: no finite score overflows")
@points(0.25)
@public
@suggest("for which z is e^-z at most 1, and for which is e^z? np.where alone computes both branches for every z")
def test_large_scores_do_not_make_numpy_warn(student):
    """A value can be right and the way there be wrong: the docstring asks for no warning at ±1000."""
    Z = np.array([[1000.0, -1000.0, 2.0], [-1000.0, 0.0, 1000.0]])
    expected = np.array([[1.0, 0.0, 0.8807971], [0.0, 0.5, 1.0]])
    assert_close(student.sigmoid(Z), expected, name="A", atol=6e-8, known={"Z": Z})
    seen = "; ".join(student.warnings[:1])
    message = "the values are right, but numpy warned: {seen}; expected no overflow on the way"
    require(not student.warnings, message, safe=message, seen=seen)


@exercise("sigmoid")
@law("the sigmoid of whole numbers is not a whole number")
@points(0.25)
@public
def test_whole_number_scores_give_probabilities(student, oracle):
    """Scores may arrive as integers; probabilities written into an integer array lose their decimals."""
    Z = np.array([[3, 0, -1, 2, -4], [1, -2, 5, -3, 4]])
    assert_close(student.sigmoid(Z), oracle.sigmoid(Z), name="A")


@exercise("sigmoid")
@law("s(z) = 1 / (1 + e^-z), entry by entry")
@points(0.5)
@hidden
def test_other_scores_are_squeezed_too(student, oracle, rng):
    """The same for scores that you have not seen."""
    Z = 3.0 * rng.normal(size=fresh_shape(rng))
    assert_close(student.sigmoid(Z), oracle.sigmoid(Z), name="A")


@exercise("tanh")
@law("tanh z = (e^z - e^-z) / (e^z + e^-z), entry by entry")
@points(0.25)
@public
@see("F2 §5, the formula")
def test_the_tanh_of_ln_2_is_0_6(student):
    """e^z = 2 and e^-z = 1/2 make (2 - 1/2) / (2 + 1/2) = 0.6; and tanh 0.1 is 0.1 - 0.00033: almost a line."""
    Z = np.array([[np.log(2.0), -np.log(2.0), 0.0, 0.1, -0.1], [np.log(3.0), 1.0, -2.0, -0.01, 3.0]])
    expected = np.array([[0.6, -0.6, 0.0, 0.0996680, -0.0996680], [0.8, 0.7615942, -0.9640276, -0.0099997, 0.9950548]])
    A = student.tanh(Z)
    assert_close(A, expected, name="A", rtol=0.0, atol=6e-8, known={"Z": Z})
    bend = float(A[0, 3]) - 0.1
    assert_close(bend, -0.000332, name="tanh(0.1) - 0.1", rtol=0.0, atol=6e-7)


@exercise("tanh")
@law("tanh(-z) = -tanh(z), and tanh(z) = 2 s(2z) - 1")
@points(0.25)
@public
@see("F3 §1.1.2 tanh 函数: centred on zero; the range is (-1, 1), 2 wide and not 1 (erratum E16)")
def test_tanh_is_a_sigmoid_stretched_around_zero(student, oracle, rng):
    """The same curve as the sigmoid: twice as steep, twice as high, and moved down until it is centred."""
    Z = 1.5 * rng.normal(size=(3, 7))
    A = matrix(student.tanh(Z), (3, 7), "A")
    assert_close(student.tanh(-Z), -A, name="tanh(-Z)")
    assert_close(A, 2.0 * oracle.sigmoid(2.0 * Z) - 1.0, name="A")


@exercise("tanh")
@law("tanh(±1000) = ±1")
@points(0.25)
@public
@suggest("divide numerator and denominator by one of the powers, so that only powers of at most 1 are left")
def test_saturated_units_give_plus_or_minus_one(student):
    """Large scores saturate; infinity over infinity would be NaN."""
    Z = np.array([[1000.0, -1000.0, 400.0, 0.0, -400.0], [-1000.0, 1000.0, 0.0, 30.0, -30.0]])
    expected = np.array([[1.0, -1.0, 1.0, 0.0, -1.0], [-1.0, 1.0, 0.0, 1.0, -1.0]])
    assert_close(student.tanh(Z), expected, name="A", atol=1e-8, known={"Z": Z})


@exercise("tanh")
@law("tanh z = (e^z - e^-z) / (e^z + e^-z), entry by entry")
@points(0.25)
@hidden
def test_other_scores_have_their_tanh_too(student, oracle, rng):
    """The same for scores that you have not seen."""
    Z = 2.0 * rng.normal(size=fresh_shape(rng))
    assert_close(student.tanh(Z), oracle.tanh(Z), name="A")


@exercise("relu")
@law("relu(z) = z where z > 0, else 0")
@points(0.5)
@public
@see("F3 §1.1.2 ReLU 函数")
def test_negative_scores_are_cut_off(student):
    """Without alpha, the unit is silent for every negative score."""
    Z = np.array([[-2.0, 3.0, 0.5, -0.1, 1.0], [4.0, -7.0, 2.5, -1.0, -0.5]])
    expected = np.array([[0.0, 3.0, 0.5, 0.0, 1.0], [4.0, 0.0, 2.5, 0.0, 0.0]])
    assert_close(student.relu(Z), expected, name="A")


@exercise("relu")
@law("relu(z, alpha) = z where z > 0, else alpha z")
@points(0.5)
@public
@see("F3 §1.1.2 Leaky ReLU函数: 0.01 x; the slope 0.1 in the same sentence is a misprint (erratum E16)")
def test_a_leaky_unit_lets_a_hundredth_through(student):
    """With alpha = 0.01, the score -3 becomes -0.03; with alpha = 0.2, it becomes -0.6."""
    Z = np.array([[-3.0, 2.0, -0.5, 1.5, -10.0], [7.0, -1.0, 0.25, -2.0, 4.0]])
    hundredth = np.array([[-0.03, 2.0, -0.005, 1.5, -0.1], [7.0, -0.01, 0.25, -0.02, 4.0]])
    assert_close(student.relu(Z, 0.01), hundredth, name="A for alpha = 0.01")
    fifth = np.array([[-0.6, 2.0, -0.1, 1.5, -2.0], [7.0, -0.2, 0.25, -0.4, 4.0]])
    assert_close(student.relu(Z, 0.2), fifth, name="A for alpha = 0.2")


@exercise("relu")
@law("relu(z, alpha) + relu(-z, alpha) = (1 - alpha) |z|")
@points(0.25)
@public
@suggest("try the scores 2 and -2 with alpha = 0.3: one of them passes, the other is shrunk")
def test_a_score_and_its_mirror_image_are_treated_differently(student, rng):
    """Of z and -z, one passes whole and the other is multiplied by alpha; never both, never neither."""
    Z = rng.normal(size=(3, 7))
    A = matrix(student.relu(Z, 0.3), (3, 7), "A")
    mirrored = matrix(student.relu(-Z, 0.3), (3, 7), "A")
    assert_close(A + mirrored, 0.7 * np.abs(Z), name="relu(Z) + relu(-Z)")


@exercise("relu")
@law("alpha times a whole number is not a whole number")
@points(0.25)
@public
def test_whole_number_scores_leak_fractions(student):
    """Scores may arrive as integers; a quarter of -3 has no place in an integer array."""
    Z = np.array([[-3, 2, -1, 5, -6], [4, -2, 1, -7, 3]])
    expected = np.array([[-0.75, 2.0, -0.25, 5.0, -1.5], [4.0, -0.5, 1.0, -1.75, 3.0]])
    assert_close(student.relu(Z, 0.25), expected, name="A")


@exercise("relu")
@law("relu(z, alpha) = z where z > 0, else alpha z")
@points(0.5)
@hidden
def test_other_scores_are_rectified_too(student, oracle, rng):
    """The same for scores and slopes that you have not seen."""
    Z = rng.normal(size=fresh_shape(rng))
    assert_close(student.relu(Z), oracle.relu(Z), name="A")
    alpha = float(rng.uniform(0.02, 0.4))
    assert_close(student.relu(Z, alpha), oracle.relu(Z, alpha), name="A with a slope")


@exercise("linear_forward")
@law("Z = W A_prev + b: row i of W times column j of A_prev, plus b_i")
@points(0.75)
@public
@see("F1 §2.5.2.1 m个样本的向量表示")
def test_the_worked_example_of_a_layer_comes_out(student):
    """Two units, three inputs, five examples; the first example (1, 0, 2) scores -2.5 and 3."""
    W, b = np.array([[1.0, 0.0, -2.0], [3.0, -1.0, 0.5]]), np.array([[0.5], [-1.0]])
    A_prev = np.array([[1.0, 2.0, 0.0, -1.0, 4.0], [0.0, 1.0, 1.0, 2.0, -3.0], [2.0, 0.0, 1.0, 3.0, 1.0]])
    expected = np.array([[-2.5, 2.5, -1.5, -6.5, 2.5], [3.0, 4.0, -1.5, -4.5, 14.5]])
    assert_close(student.linear_forward(A_prev, W, b), expected, name="Z", known={"b": b, "n": 2, "m": 5})


@exercise("linear_forward")
@law("column j of Z depends on column j of A_prev alone")
@points(0.5)
@public
@see("F3 §1.1.1: from one example (3, 1) to m examples (3, m)")
def test_one_example_or_many_get_the_same_scores(student, rng):
    """From x with shape (3, 1) to X with shape (3, m): the m examples are m independent columns."""
    W, b = rng.normal(size=(5, 3)), 1.0 + rng.random(size=(5, 1))
    X = rng.normal(size=(3, 7))
    Z = matrix(student.linear_forward(X, W, b), (5, 7), "Z")
    assert_close(student.linear_forward(X[:, 4:5], W, b), Z[:, 4:5], name="Z of one example", known={"b": b})


@exercise("linear_forward")
@law("Z(2 A_prev) - b = 2 (Z(A_prev) - b)")
@points(0.25)
@public
def test_doubling_the_input_doubles_all_but_the_bias(student, rng):
    """Without its bias a layer is linear; the bias is there whatever comes in."""
    A_prev, W, b = rng.normal(size=(3, 7)), rng.normal(size=(2, 3)), 1.0 + rng.random(size=(2, 1))
    Z = matrix(student.linear_forward(A_prev, W, b), (2, 7), "Z")
    doubled = student.linear_forward(2.0 * A_prev, W, b)
    assert_close(doubled, 2.0 * Z - b, name="Z of the doubled input", known={"b": b})


@exercise("linear_forward")
@law("Z(b + c) = Z(b) + c, row by row")
@points(0.25)
@public
def test_a_bias_shifts_the_row_of_its_unit(student, rng):
    """Every unit has a bias of its own, the same for all examples."""
    A_prev, W, b = rng.normal(size=(5, 7)), rng.normal(size=(3, 5)), rng.normal(size=(3, 1))
    shift = np.array([[10.0], [0.0], [-4.0]])
    Z = matrix(student.linear_forward(A_prev, W, b), (3, 7), "Z")
    assert_close(student.linear_forward(A_prev, W, b + shift), Z + shift, name="Z with b + c", known={"c": shift})


@exercise("linear_forward")
@law("Z = W A_prev + b, in this order, also where every shape fits")
@points(0.5)
@public
@suggest("work out entry (0, 1) of Z by hand: which row and which column meet, and which bias is added?")
def test_a_square_layer_forgives_shapes_but_not_values(student):
    """Three units, three inputs, three examples: a swapped product or a lying bias fits, and gives other numbers."""
    W = np.array([[1.0, 2.0, 0.0], [0.0, 1.0, -1.0], [3.0, 0.0, 1.0]])
    A_prev = np.array([[2.0, 1.0, 0.0], [-1.0, 3.0, 1.0], [0.0, 1.0, 4.0]])
    b = np.array([[0.5], [-1.0], [10.0]])
    expected = np.array([[0.5, 7.5, 2.5], [-2.0, 1.0, -4.0], [16.0, 14.0, 14.0]])
    assert_close(student.linear_forward(A_prev, W, b), expected, name="Z", known={"b": b})


@exercise("linear_forward")
@law("with a fractional bias, whole weights and whole inputs give fractional scores")
@points(0.25)
@public
def test_whole_numbers_meet_a_fractional_bias(student):
    """The product of integer matrices is an integer matrix, and 0.25 cannot be added to it in place."""
    W, A_prev = np.array([[1, -2, 3]]), np.array([[4, 0, 1, 2, -1], [1, 1, 0, -2, 3], [0, 2, 5, 1, 1]])
    expected = np.array([[2.25, 4.25, 16.25, 9.25, -3.75]])
    assert_close(student.linear_forward(A_prev, W, np.array([[0.25]])), expected, name="Z")


@exercise("linear_forward")
@law("Z = W A_prev + b")
@points(0.5)
@hidden
def test_other_layers_give_their_scores_too(student, oracle, rng):
    """The same for a layer that you have not seen."""
    n, m = fresh_shape(rng)
    n_prev = int(rng.choice([2, 4, 9]))
    arguments = (rng.normal(size=(n_prev, m)), rng.normal(size=(n, n_prev)), rng.normal(size=(n, 1)))
    known = {"b": arguments[2], "m": m, "n": n, "n_prev": n_prev}
    assert_close(student.linear_forward(*arguments), oracle.linear_forward(*arguments), name="Z", known=known)


@exercise("model_forward")
@law("A[l] = g(W[l] A[l-1] + b[l]); relu inside, sigmoid at the end")
@points(0.75)
@public
@see("F1 §2.5.2.1: the chain from a[0] = x to a[L]")
@suggest("follow the first example (1, 0, 1) by hand: scores 1 and 0.5, then 0.5, then the sigmoid of 0.5")
def test_the_worked_example_of_a_network_comes_out(student):
    """Three features, two relu units, one sigmoid; the scores at the end are 0.5, -0.5, -1.5, -8.5 and 2.5."""
    AL = answer(student.model_forward(X_EXAMPLE, NETWORK_EXAMPLE))
    expected = np.array([[0.6224593, 0.3775407, 0.1824255, 0.0002034, 0.9241418]])
    assert_answers(AL, expected)


@exercise("model_forward")
@law("L layers: hidden activation in layers 1 to L-1, the output's in layer L")
@points(0.5)
@public
@see("F1 §2.5.2: the network with n = [5, 5, 3, 1]; here it has three features")
def test_the_network_of_the_notes_has_four_layers(student, oracle, rng):
    """Layers of 5, 5, 3 and 1 units, as the notes draw them: none is left out, and every bias counts."""
    params, X = network(rng, 3, 5, 5, 3, 1), rng.normal(size=(3, 7))
    AL = answer(student.model_forward(X, params, "tanh"))
    assert_answers(AL, oracle.model_forward(X, params, "tanh")[0])


@exercise("model_forward")
@law("hidden = 'relu', 'tanh', 'sigmoid' or 'linear' bends the hidden layers, and them alone")
@points(0.5)
@public
def test_each_name_bends_the_hidden_layers_in_its_own_way(student, oracle, rng):
    """The same weights, four times, with another activation in the hidden layers each time."""
    params, X = network(rng, 3, 5, 2, 4), rng.normal(size=(3, 7))
    for hidden_name in ("relu", "tanh", "sigmoid", "linear"):
        AL = answer(student.model_forward(X, params, hidden_name))
        assert_answers(AL, oracle.model_forward(X, params, hidden_name)[0])


@exercise("model_forward")
@law("with output = 'linear', AL is Z[L]; with output = 'sigmoid', it is the sigmoid of that")
@points(0.25)
@public
def test_a_linear_output_is_the_last_score_as_it_is(student):
    """The worked example without the last bend: 0.5, -0.5, -1.5, -8.5, 2.5; the hidden layer is still a relu."""
    AL = answer(student.model_forward(X_EXAMPLE, NETWORK_EXAMPLE, "relu", "linear"))
    assert_answers(AL, np.array([[0.5, -0.5, -1.5, -8.5, 2.5]]))


@exercise("model_forward")
@law("caches[l-1] = (A[l-1], W[l], Z[l]), for l = 1 to L")
@points(0.5)
@public
@see("F1 §反向传播: each layer's gradient needs what came in, the weights and the scores")
@suggest("print the shapes in caches[0]: A_prev has the shape of X, and Z has a row for each unit")
def test_the_caches_hold_what_each_layer_saw(student, oracle, rng):
    """What came in, the weights, the scores before the bend: first layer first, the output layer too."""
    params, X = network(rng, 3, 5, 4, 2), rng.normal(size=(3, 11))
    caches = records(student.model_forward(X, params, "tanh"))
    expected = oracle.model_forward(X, params, "tanh")[1]
    for cache, name in zip(expected, ("caches[0]", "caches[1]", "caches[2]"), strict=True):
        position = int(name[-2])
        kept = isinstance(caches, tuple | list) and len(caches) > position
        message = "there is no {name}: expected a list of 3 caches, one per layer"
        require(kept, message, safe=message, name=name)
        assert_answers(caches[position], cache, name)


@exercise("model_forward")
@law("shuffle the columns of X, and the columns of AL are shuffled alike")
@points(0.25)
@public
def test_no_example_knows_of_another(student, rng):
    """An answer does not depend on the company in the batch, nor on the place there."""
    params, X = network(rng, 3, 5, 2), rng.normal(size=(3, 7))
    order = np.array([3, 0, 6, 5, 1, 4, 2])
    AL = matrix(answer(student.model_forward(X, params, "tanh")), (2, 7), "AL")
    assert_answers(answer(student.model_forward(X[:, order], params, "tanh")), AL[:, order], "AL of shuffled X")
    assert_answers(answer(student.model_forward(X[:, 2:3], params, "tanh")), AL[:, 2:3], "AL of one example")


@exercise("model_forward")
@law("with L = 1 there is no hidden layer: AL = s(W1 X + b1)")
@points(0.25)
@public
def test_a_network_of_one_layer_is_logistic_regression(student):
    """How many layers there are, the parameters say; one is enough."""
    params = {"W1": np.array([[2.0, -1.0, 0.5]]), "b1": np.array([[0.5]])}
    AL = answer(student.model_forward(X_EXAMPLE, params, "relu"))
    expected = np.array([[0.9525741, 0.2689414, 0.9706878, 0.0474259, 0.9890131]])
    assert_answers(AL, expected)


@exercise("model_forward")
@law("layers are found by their names: W1 is the first, W10 comes after W9")
@points(0.25)
@public
@suggest("evaluate sorted(['W1', 'W2', 'W10'])")
def test_names_count_and_not_the_order_of_the_dict(student, oracle, rng):
    """The parameters of two layers, last one first; then those of eleven."""
    backwards = {key: NETWORK_EXAMPLE[key] for key in ("b2", "W2", "b1", "W1")}
    AL = answer(student.model_forward(X_EXAMPLE, backwards))
    assert_answers(AL, oracle.model_forward(X_EXAMPLE, NETWORK_EXAMPLE)[0])
    deep = network(rng, 3, 2, 4, 2, 5, 3, 2, 4, 3, 2, 5, 1)
    AL = answer(student.model_forward(X_EXAMPLE[:, :2], deep, "tanh"))
    assert_answers(AL, oracle.model_forward(X_EXAMPLE[:, :2], deep, "tanh")[0], "AL of eleven layers")


@exercise("model_forward")
@law("A[l] = g(W[l] A[l-1] + b[l]), and caches[l-1] = (A[l-1], W[l], Z[l])")
@points(0.75)
@hidden
def test_other_networks_run_too(student, oracle, rng):
    """The same for networks of other depths and widths, with other activations."""
    for output_name in ("sigmoid", "linear"):
        params, X = fresh_network(rng)
        arguments = (X, params, str(rng.choice(["relu", "tanh", "sigmoid"])), output_name)
        AL, caches = pair(student.model_forward(*arguments), "AL, caches")
        expected = oracle.model_forward(*arguments)
        assert_answers(AL, expected[0])
        assert_answers(caches, expected[1], "caches")


@exercise("binary_cross_entropy")
@law("J = -(1/m) sum of y ln a + (1 - y) ln(1 - a)")
@points(0.75)
@public
@see("F0 §正则化（Regularization）: J is the mean of the losses; F4 §1.6 (27), with two classes")
def test_four_answers_cost_0_747_on_average(student):
    """For a = 0.7, 0.1, 0.6, 0.2 and y = 1, 0, 0, 1, J is 0.7469410; for y = 1, 0, 1, 0 it is 0.2990012.

    The first y gives 0.7, 0.9, 0.4 and 0.2 to the true classes, and J is the mean of their -ln.
    """
    AL = np.array([[0.7, 0.1, 0.6, 0.2]])
    known = {"m": 4}
    J = student.binary_cross_entropy(AL, np.array([[1.0, 0.0, 0.0, 1.0]]))
    assert_close(J, 0.7469410, name="J", rtol=0.0, atol=1e-6, known=known)
    J = student.binary_cross_entropy(AL, np.array([[1, 0, 1, 0]]))
    assert_close(J, 0.2990012, name="J of better answers", rtol=0.0, atol=1e-6, known=known)


@exercise("binary_cross_entropy")
@law("a = 1/2 for every example costs ln 2, whatever the truth is")
@points(0.25)
@public
@suggest("is ln 2 = 0.693 what you get? np.log is the natural logarithm")
def test_who_knows_nothing_pays_ln_2(student, rng):
    """Before the first step of training the cost should be near 0.693: a quick test of every classifier."""
    J = student.binary_cross_entropy(np.full((1, 7), 0.5), truth(rng, 7))
    assert_close(J, 0.6931472, name="J", rtol=0.0, atol=1e-6, known={"m": 7})


@exercise("binary_cross_entropy")
@law("J is a mean: three copies of every example leave it as it is; exp(-m J) is the likelihood of the truth")
@points(0.5)
@public
@suggest("take every example three times, np.tile(AL, 3): a mean must not change")
def test_three_copies_of_the_examples_leave_the_cost_unchanged(student, rng):
    """A cost that grows with the number of examples cannot be compared between batches."""
    AL, Y = rng.uniform(0.05, 0.95, size=(1, 5)), truth(rng, 5)
    J = student.binary_cross_entropy(AL, Y)
    copied = student.binary_cross_entropy(np.tile(AL, 3), np.tile(Y, 3))
    assert_close(copied, number(J, "J"), name="J of three copies", rtol=1e-6, known={"m": 5})
    likelihood = float(np.prod(np.where(Y == 1.0, AL, 1.0 - AL)))
    assert_close(J, -float(np.log(likelihood)) / 5, name="J", rtol=1e-6, known={"m": 5})


@exercise("binary_cross_entropy")
@law("J(a, y) = J(1 - a, 1 - y)")
@points(0.5)
@public
@suggest("try the single example a = 0.9, y = 0: it is confident and wrong. Does it cost anything?")
def test_yes_and_no_are_worth_the_same(student, rng):
    """Calling class 1 class 0 and the other way round changes no price: both terms of the sum are needed."""
    AL, Y = rng.uniform(0.05, 0.95, size=(1, 7)), truth(rng, 7)
    J = number(student.binary_cross_entropy(AL, Y), "J")
    assert_close(student.binary_cross_entropy(1.0 - AL, 1.0 - Y), J, name="J(1 - AL, 1 - Y)", rtol=1e-6)
    wrong = number(student.binary_cross_entropy(AL, 1.0 - Y), "J(AL, 1 - Y)")
    message = "J is {J:.4g} for Y and for 1 - Y alike, expected that the truth matters"
    require(not abs(wrong - J) <= 1e-6, message, safe="J is the same for Y and for 1 - Y", J=J)


@exercise("binary_cross_entropy")
@law("0 ln 0 counts as 0, and no cost is infinite")
@points(0.5)
@public
@suggest("evaluate np.log(0.0) and 0 * np.log(0.0): from what do you have to keep the logarithm away?")
def test_certainty_is_free_when_right_and_finite_when_wrong(student):
    """Answers of exactly 0 and 1: five right ones cost nothing; one wrong among five costs more than 3 a head."""
    Y = np.array([[1.0, 0.0, 1.0, 1.0, 0.0]])
    assert_close(student.binary_cross_entropy(Y, Y), 0.0, name="J of right answers", atol=1e-6)
    wrong = number(student.binary_cross_entropy(np.array([[1.0, 1.0, 1.0, 1.0, 0.0]]), Y), "J")
    message = "J is {J:.4g} with one certain answer wrong, expected a finite number above 3"
    require(np.isfinite(wrong) and wrong > 3.0, message, safe=message, J=wrong)


@exercise("binary_cross_entropy")
@law("probabilities are kept in [1e-12, 1 - 1e-12], so no example costs more than 27.631")
@points(0.25)
@public
@see("the docstring, Notes: 1e-12 is a convention of this course; other courses keep another distance from 0")
def test_being_certain_and_wrong_costs_27_631(student):
    """This check alone depends on the number 1e-12: three answers, all certain, all wrong."""
    J = student.binary_cross_entropy(np.array([[0.0, 1.0, 0.0]]), np.array([[1.0, 0.0, 1.0]]))
    assert_close(J, 27.6310, name="J", rtol=1e-4, known={"m": 3})


@exercise("binary_cross_entropy")
@law("J = -(1/m) sum of y ln a + (1 - y) ln(1 - a)")
@points(0.25)
@hidden
def test_other_answers_have_their_price_too(student, oracle, rng):
    """The same for answers that you have not seen, some of them almost certain."""
    m = fresh_shape(rng)[1]
    AL, Y = oracle.sigmoid(4.0 * rng.normal(size=(1, m))), truth(rng, m)
    J = student.binary_cross_entropy(AL, Y)
    assert_close(J, oracle.binary_cross_entropy(AL, Y), name="J", rtol=1e-6, known={"m": m})


@exercise("collapse_linear_network")
@law("W_eff = W2 W1 and b_eff = W2 b1 + b2")
@points(0.5)
@public
@see("F3 §1.1.2 为什么要使用激活函数")
@suggest("put Z1 = W1 X + b1 into Z2 = W2 Z1 + b2, and multiply out")
def test_two_layers_become_one(student):
    """Three features, two units, four units: what is left is one layer with four units."""
    params = {
        "W1": np.array([[1.0, 2.0, 0.0], [0.0, -1.0, 3.0]]),
        "b1": np.array([[1.0], [-2.0]]),
        "W2": np.array([[1.0, 0.0], [2.0, 1.0], [0.0, -1.0], [0.5, 3.0]]),
        "b2": np.array([[0.0], [1.0], [2.0], [-1.0]]),
    }
    W_eff, b_eff = pair(student.collapse_linear_network(params), "W_eff, b_eff")
    expected = np.array([[1.0, 2.0, 0.0], [2.0, 3.0, 3.0], [0.0, 1.0, -3.0], [0.5, -2.0, 9.0]])
    assert_answers(W_eff, expected, "W_eff")
    assert_answers(b_eff, np.array([[1.0], [1.0], [4.0], [-6.5]]), "b_eff", known={"b2": params["b2"]})


@exercise("collapse_linear_network")
@law("W_eff X + b_eff is what the linear network gives, for every X")
@points(0.75)
@public
@see("F3 §1.1.2 为什么要使用激活函数: however many layers, the output is a linear combination of the input")
def test_the_single_layer_answers_as_the_whole_network_does(student, oracle, rng):
    """Depth without activations buys nothing: four layers or one, the answers are the same."""
    params, X = network(rng, 3, 5, 2, 4, 7), rng.normal(size=(3, 11))
    W_eff, b_eff = single_layer(student.collapse_linear_network(params), 7, 3)
    answers = oracle.model_forward(X, params, "linear", "linear")[0]
    fine = BORROWED if W_eff.dtype == b_eff.dtype == np.float64 else 1e-3
    assert_close(W_eff @ X + b_eff, answers, name="W_eff X + b_eff", rtol=fine, atol=fine, known={"b_eff": b_eff})


@exercise("collapse_linear_network")
@law("b_eff is the answer of the linear network to X = 0")
@points(0.5)
@public
@suggest("follow the input 0 through a network of two layers: what does layer 2 do to b1?")
def test_each_bias_passes_through_the_weights_above_it(student, oracle, rng):
    """When all features are 0, only the biases speak; the first of them has the longest way."""
    params = network(rng, 5, 2, 4, 3)
    _, b_eff = single_layer(student.collapse_linear_network(params), 3, 5)
    silence = oracle.model_forward(np.zeros((5, 1)), params, "linear", "linear")[0]
    assert_answers(b_eff, silence, "b_eff", known={"b3": params["b3"]})


@exercise("collapse_linear_network")
@law("W_eff = W[L] … W[2] W[1]: the layer that comes last stands first")
@points(0.5)
@public
@see("F0 §梯度消失/梯度爆炸: y = W[L] W[L-1] … W[1] x, with biases 0")
@suggest("which matrix touches x first, and on which side of the product does it stand?")
def test_equal_widths_forgive_every_order_but_one_is_right(student, oracle, rng):
    """Three layers of three units: every order of the factors fits, and each gives another product."""
    params = network(rng, 3, 3, 3, 3)
    W_eff, b_eff = pair(student.collapse_linear_network(params), "W_eff, b_eff")
    expected = oracle.collapse_linear_network(params)
    assert_answers(W_eff, expected[0], "W_eff")
    assert_answers(b_eff, expected[1], "b_eff", known={"b3": params["b3"]})


@exercise("collapse_linear_network")
@law("with L = 1 there is nothing to collapse: W_eff = W1, b_eff = b1")
@points(0.25)
@public
def test_a_single_layer_stays_as_it_is(student):
    """The smallest network is its own summary."""
    params = {"W1": np.array([[1.5, -2.0, 0.25], [3.0, 0.5, -1.0]]), "b1": np.array([[0.5], [-4.0]])}
    W_eff, b_eff = pair(student.collapse_linear_network(params), "W_eff, b_eff")
    assert_answers(W_eff, params["W1"], "W_eff")
    assert_answers(b_eff, params["b1"], "b_eff")


@exercise("collapse_linear_network")
@law("W_eff X + b_eff is what the linear network gives, for every X")
@points(0.5)
@hidden
def test_other_linear_networks_collapse_too(student, oracle, rng):
    """The same for a network that you have not seen."""
    params, _ = fresh_network(rng)
    W_eff, b_eff = pair(student.collapse_linear_network(params), "W_eff, b_eff")
    expected = oracle.collapse_linear_network(params)
    assert_answers(W_eff, expected[0], "W_eff")
    assert_answers(b_eff, expected[1], "b_eff")


@exercise("count_parameters")
@law("layer l has n_l n_{l-1} weights and n_l biases")
@points(0.25)
@public
@see("F1 §2.5.2, and F3 §1.2: n = [5, 5, 3, 1], to which the input has to be added")
def test_the_network_of_the_notes_has_72_parameters(student):
    """Three features, then 5, 5, 3 and 1 units: 58 weights and 14 biases."""
    assert_close(student.count_parameters([3, 5, 5, 3, 1]), 72, name="count")


@exercise("count_parameters")
@law("the count is the number of entries of W1, b1, …, WL, bL")
@points(0.25)
@public
@suggest("write down the shapes of W1 and b1 for [5, 2]")
def test_the_count_is_the_size_of_the_arrays(student, rng):
    """5 features, 2 units, 7 units, 4 units: as many numbers as the arrays hold."""
    arrays = network(rng, 5, 2, 7, 4).values()
    assert_close(student.count_parameters([5, 2, 7, 4]), sum(array.size for array in arrays), name="count")


@exercise("count_parameters")
@law("count([a, b, c]) = count([a, b]) + count([b, c])")
@points(0.25)
@public
def test_layers_count_one_by_one(student):
    """[4, 7] has 28 + 7 = 35 parameters, and what is stacked upon it adds its own."""
    lower = student.count_parameters([4, 7])
    assert_close(lower, 35, name="count of [4, 7]")
    upper = number(student.count_parameters([7, 2]), "count of [7, 2]")
    assert_close(student.count_parameters([4, 7, 2]), 35 + upper, name="count of [4, 7, 2]")


@exercise("count_parameters")
@law("layer l has n_l n_{l-1} weights and n_l biases")
@points(0.25)
@hidden
def test_other_networks_are_counted_too(student, oracle, rng):
    """The same for a network that you have not seen."""
    dims = [int(width) for width in rng.integers(2, 30, size=int(rng.integers(3, 7)))]
    assert_close(student.count_parameters(dims), oracle.count_parameters(dims), name="count")
