"""What a10_batchnorm asks of a student's batchnorm.py.

Every fixture keeps n, m and m-1 apart, so that a result that is too large by one of them says by which. What a backward
pass needs of the forward pass comes from the oracle: nobody loses the same point twice.
"""

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

Z_EXAMPLE = np.array([[1.0, 2.0, 3.0, 4.0], [0.0, 0.0, 4.0, 4.0]])
GAMMA_EXAMPLE = np.array([[2.0], [1.0]])
BETA_EXAMPLE = np.array([[5.0], [-1.0]])
UPSTREAM_EXAMPLE = np.array([[1.0, 0.0, 0.0, 0.0], [0.0, 1.0, 0.0, 2.0]])


def fresh_shape(rng):
    """Rows and examples of a hidden fixture; the rows, m and m-1 are pairwise distinct."""
    return int(rng.choice([3, 5, 7])), int(rng.choice([11, 13, 17]))


def layer(rng, n, m):
    """Scores (n, m) of a layer with a different mean and spread in each row, with gamma and beta (n, 1)."""
    Z = rng.normal(size=(n, m)) * (1.0 + np.arange(n))[:, None] + np.linspace(-3.0, 4.0, n)[:, None]
    gamma = rng.permutation(np.linspace(0.6, 2.2, n))[:, None]
    return Z, gamma, 2.0 * rng.normal(size=(n, 1))


def matrix(value, shape, name):
    """The value, once it is safe to compute with; a constant would obey most laws and is refused."""
    assert_shape(value, shape, name=name, axes="(n, m)" if shape[1] > 1 else "(n, 1)")
    assert_dtype(value, "float", name=name)
    message = "{name} is the same number everywhere, expected numbers that follow the input"
    # Not by rounding alone: any law of sums is kept by numbers that are small enough.
    require(value.size == 1 or not np.ptp(value) <= 1e-6, message, safe=message, name=name)
    return value


def parts(result, *names, of="result"):
    """The promised values of a function that returns several; more of them are welcome."""
    wanted = {"of": of, "wanted": len(names), "names": ", ".join(names)}
    one = "{of} is one {kind}; expected {wanted} values: {names}"
    require(isinstance(result, tuple | list), one, safe=one, kind=type(result).__name__, **wanted)
    few = "{of} holds {count} values; expected {wanted}: {names}"
    require(len(result) >= len(names), few, safe=few, count=len(result), **wanted)
    return result[: len(names)]


def forward(result):
    """The two values that batchnorm_forward promises."""
    return parts(result, "Z_tilde", "cache")


def statistics(cache):
    """mu and var of the cache, which may be any tuple of its six values."""
    return parts(cache, "Z", "mu", "var", "Z_norm", "gamma", "eps", of="cache")[1:3]


def closed_form(result):
    """The three values that batchnorm_backward_compact promises, by name."""
    return dict(zip(("dZ", "dgamma", "dbeta"), parts(result, "dZ", "dgamma", "dbeta"), strict=True))


def scale_and_shift(result):
    """The two values that identity_gamma_beta promises."""
    return parts(result, "gamma", "beta")


def gradients(result):
    """The dict that batchnorm_backward promises."""
    keys = ("dZ_norm", "dvar", "dmu", "dZ", "dgamma", "dbeta")
    missing = [key for key in keys if key not in result] if isinstance(result, dict) else keys
    message = "the result lacks {missing}; expected a dict with the keys {keys}"
    require(not missing, message, safe=message, missing=", ".join(missing), keys=", ".join(keys))
    return result


def rounding(array, fine):
    """The tolerance of a law: `fine` in double precision, coarse in single, which is welcome too."""
    return fine if array.dtype == np.float64 else 1e-3


def assert_identity(oracle, Z, gamma, beta, eps):
    """Batch norm with this gamma and this beta changes nothing."""
    slack = rounding(matrix(gamma, (len(Z), 1), "gamma"), 1e-7)
    again = oracle.batchnorm_forward(Z, gamma, matrix(beta, (len(Z), 1), "beta"), eps)[0]
    assert_close(again, Z, name=f"batchnorm_forward(Z, gamma, beta, {eps})", rtol=slack, atol=slack)


def assert_worked_example(grads):
    """The gradients of the worked example, to the digits of the statement."""
    dZ = np.array([[0.536656, -0.715542, -0.178885, 0.357771], [-0.25, 0.25, -0.5, 0.5]])
    expected = {"dZ": dZ, "dgamma": np.array([[-1.341641], [1.0]]), "dbeta": np.array([[1.0], [3.0]])}
    assert_close(grads, expected, name="grads", rtol=0.0, atol=6e-7, known={"m": 4, "n": 2})


def assert_rows_sum_to_zero(dZ, shape):
    """Adding a constant to a row of Z changes nothing, so the slopes along it cancel."""
    sums = np.sum(matrix(dZ, shape, "dZ"), axis=1)
    assert_close(sums, np.zeros(shape[0]), name="row sums of dZ", atol=rounding(dZ, 1e-9))


def assert_rows_orthogonal(dZ, Z_norm):
    """Stretching a row around its mean changes nothing, up to eps, so there is no slope in that direction."""
    products = np.sum(matrix(dZ, Z_norm.shape, "dZ") * Z_norm, axis=1)
    assert_close(products, np.zeros(len(Z_norm)), name="dZ · Z_norm per row", atol=rounding(dZ, 1e-6))


@exercise("batchnorm_forward")
@law("Z_norm = (Z - mu) / sqrt(var + eps); Z_tilde = gamma * Z_norm + beta, with the statistics of each row")
@points(1)
@public
@see("F4 §1.5.1, eq. 21-22; the variance divides by m, as eq. 21 prints it")
def test_the_worked_example_comes_out(student):
    """Row 1 is 1, 2, 3, 4 with mean 2.5 and variance 1.25; row 2 is 0, 0, 4, 4 with mean 2 and variance 4."""
    Z_tilde, cache = forward(student.batchnorm_forward(Z_EXAMPLE, GAMMA_EXAMPLE, BETA_EXAMPLE))
    expected = np.array([[2.316718, 4.105573, 5.894427, 7.683282], [-2.0, -2.0, 0.0, 0.0]])
    assert_close(Z_tilde, expected, name="Z_tilde", rtol=0.0, atol=6e-7, known={"m": 4, "n": 2})
    mu, var = statistics(cache)
    assert_close(mu, np.array([[2.5], [2.0]]), name="cache.mu")
    assert_close(var, np.array([[1.25], [4.0]]), name="cache.var", known={"m": 4, "n": 2})


@exercise("batchnorm_forward")
@law("what belongs to a unit is a column: mu and var are (n, 1)")
@points(0.25)
@public
@suggest("print Z.mean(axis=1).shape, then the same with keepdims=True")
def test_the_statistics_of_the_units_are_columns(student, rng):
    """Mean and variance are taken over the examples, and they keep both dimensions."""
    _, cache = forward(student.batchnorm_forward(*layer(rng, 3, 7)))
    mu, var = statistics(cache)
    assert_shape(mu, (3, 1), name="cache.mu", axes="(n, 1)")
    assert_shape(var, (3, 1), name="cache.var", axes="(n, 1)")


@exercise("batchnorm_forward")
@law("each row of Z_tilde has mean beta and standard deviation gamma")
@points(0.5)
@public
@see("F4 §1.5.1: gamma and beta set any mean and any variance")
def test_beta_is_the_mean_and_gamma_the_spread_of_every_row(student, rng):
    """Whatever comes in, the unit gets the mean and the spread that it asks for."""
    Z, gamma, beta = layer(rng, 3, 7)
    Z_tilde, _ = forward(student.batchnorm_forward(Z, gamma, beta))
    matrix(Z_tilde, (3, 7), "Z_tilde")
    known = {"m": 7, "n": 3}
    assert_close(np.mean(Z_tilde, axis=1, keepdims=True), beta, name="row means of Z_tilde", known=known)
    spread = np.std(Z_tilde, axis=1, keepdims=True)
    assert_close(spread, gamma, name="row standard deviations of Z_tilde", known=known)


@exercise("batchnorm_forward")
@law("batchnorm(a Z + b) = batchnorm(Z) for a > 0, row by row (up to eps)")
@points(0.5)
@public
@see("F4 §1.5.2: the bias b has no effect in front of batch norm, and can be left out")
def test_shifting_and_stretching_a_row_changes_nothing(student, rng):
    """The mean takes away whatever a bias adds: a layer in front of batch norm needs none."""
    Z, gamma, beta = layer(rng, 3, 7)
    before, _ = forward(student.batchnorm_forward(Z, gamma, beta))
    matrix(before, (3, 7), "Z_tilde")
    moved = np.array([[3.0], [1.5], [2.0]]) * Z + np.array([[-4.0], [0.0], [6.0]])
    after, _ = forward(student.batchnorm_forward(moved, gamma, beta))
    assert_close(after, before, name="Z_tilde of a Z + b")


@exercise("batchnorm_forward")
@law("eps is added to the variance, inside the root")
@points(0.5)
@public
@see("F4 §1.5.1, eq. 21: eps is added to the variance (F0 calls eps the denominator itself)")
@suggest("for variance 1e-4 and eps 1e-5, compare 1/sqrt(var + eps) = 95.3 with 1/(sqrt(var) + eps) = 99.9")
def test_eps_sits_inside_the_root(student, oracle):
    """Row 1 has variance 1e-4, and eps is 1e-5: 95.3 times the distance from the mean, not 99.9 times."""
    Z = np.array([[0.01, -0.01, 0.01, -0.01, 0.01, -0.01], [0.3, 0.1, -0.2, 0.4, -0.1, 0.0]])
    arguments = (Z, np.ones((2, 1)), np.zeros((2, 1)), 1e-5)
    Z_tilde, _ = forward(student.batchnorm_forward(*arguments))
    assert_close(Z_tilde, oracle.batchnorm_forward(*arguments)[0], name="Z_tilde", known={"m": 6, "n": 2})


@exercise("batchnorm_forward")
@law("without spread there is nothing to divide: Z_tilde = beta")
@points(0.5)
@public
@suggest("what is 0 / sqrt(0), and what is 0 / sqrt(0 + eps)?")
def test_a_row_without_spread_comes_out_as_beta(student):
    """A dead unit gives the same score for every example, and a batch of one example has no spread at all."""
    Z = np.array([[1.0, 2.0, 4.0, 0.0, 3.0], [7.0, 7.0, 7.0, 7.0, 7.0]])
    Z_tilde, _ = forward(student.batchnorm_forward(Z, GAMMA_EXAMPLE, BETA_EXAMPLE))
    assert_close(matrix(Z_tilde, (2, 5), "Z_tilde")[1], np.full(5, -1.0), name="Z_tilde of the dead unit")
    single, _ = forward(student.batchnorm_forward(Z[:, 2:3], GAMMA_EXAMPLE, BETA_EXAMPLE))
    assert_close(single, BETA_EXAMPLE, name="Z_tilde of one example")


@exercise("batchnorm_forward")
@law("the cache holds Z as it came, and var without eps")
@points(0.25)
@public
@suggest("work on copies: Z arrives read-only, and the backward pass needs it as it was")
def test_the_cache_remembers_what_came_in(student, oracle, rng):
    """Z is neither edited in place nor replaced by its centred copy, and var is the variance, not its root."""
    arguments = layer(rng, 3, 7)
    _, cache = forward(student.batchnorm_forward(*arguments))
    assert_close(cache, oracle.batchnorm_forward(*arguments)[1], name="cache", known={"m": 7, "n": 3})


@exercise("batchnorm_forward")
@law("Z_norm = (Z - mu) / sqrt(var + eps); Z_tilde = gamma * Z_norm + beta, with the statistics of each row")
@points(0.5)
@hidden
def test_other_layers_are_normalised_too(student, oracle, rng):
    """The same for a layer that you have not seen."""
    n, m = fresh_shape(rng)
    arguments = layer(rng, n, m)
    Z_tilde, cache = forward(student.batchnorm_forward(*arguments))
    expected = oracle.batchnorm_forward(*arguments)
    assert_close(Z_tilde, expected[0], name="Z_tilde", known={"m": m, "n": n})
    assert_close(cache, expected[1], name="cache", known={"m": m, "n": n})


@exercise("batchnorm_backward")
@law("each line of the derivation follows from the lines above it")
@points(1.5)
@public
@see("F4 §1.5.2, the six equations after the forward pass, in their order")
@suggest("mend the first line that is marked; the lines below it may be right as they are")
def test_every_line_of_the_derivation_is_right(student, oracle, rng):
    """dZ_norm, dvar, dmu, dZ, dgamma, dbeta: the first one that is wrong is the line to look at."""
    Z, gamma, beta = layer(rng, 3, 7)
    arguments = (rng.normal(size=(3, 7)), oracle.batchnorm_forward(Z, gamma, beta)[1])
    expected = oracle.batchnorm_backward(*arguments)
    assert_close(student.batchnorm_backward(*arguments), expected, name="grads", known={"m": 7, "n": 3})


@exercise("batchnorm_backward")
@law("dgamma and dbeta are sums over the examples; dZ has three terms")
@points(1)
@public
@see("F4 §1.5.2, the equations after the forward pass")
def test_the_gradients_of_the_worked_example_come_out(student, oracle):
    """The example of the forward pass again, with the gradient 1, 0, 0, 0 for row 1 and 0, 1, 0, 2 for row 2."""
    cache = oracle.batchnorm_forward(Z_EXAMPLE, GAMMA_EXAMPLE, BETA_EXAMPLE)[1]
    assert_worked_example(gradients(student.batchnorm_backward(UPSTREAM_EXAMPLE, cache)))


@exercise("batchnorm_backward")
@law("dZ is the derivative of sum(dZ_tilde * Z_tilde) with respect to Z")
@points(1)
@public
@suggest("build a Z of one row and three examples, and move one of its entries by 1e-5")
def test_dZ_agrees_with_central_differences(student, oracle, rng):
    """Move one score a little: it moves the mean and the variance of its row, and thereby the whole row."""
    Z, gamma, beta = layer(rng, 3, 7)
    upstream = rng.normal(size=(3, 7))
    grads = gradients(student.batchnorm_backward(upstream, oracle.batchnorm_forward(Z, gamma, beta)[1]))

    def loss(at):
        return float(np.sum(upstream * oracle.batchnorm_forward(at, gamma, beta)[0]))

    assert_gradient(grads["dZ"], loss, Z, name="dZ", known={"m": 7, "n": 3})


@exercise("batchnorm_backward")
@law("every row of dZ sums to 0")
@points(0.5)
@public
@see("F4 §1.5.2, last equation for x_i: the term that comes through the mean")
@suggest("add the terms of dZ one at a time, and watch the row sums")
def test_rows_of_dZ_sum_to_zero(student, oracle, rng):
    """If adding a constant to a row is free, then the slopes along it cancel: the road through the mean sees to it."""
    cache = oracle.batchnorm_forward(*layer(rng, 3, 7))[1]
    grads = gradients(student.batchnorm_backward(rng.normal(size=(3, 7)), cache))
    assert_rows_sum_to_zero(grads["dZ"], (3, 7))


@exercise("batchnorm_backward")
@law("every row of dZ is orthogonal to the same row of Z_norm (up to eps)")
@points(0.5)
@public
@see("F4 §1.5.2, last equation for x_i: the term that comes through the variance")
@suggest("add the terms of dZ one at a time, and watch the products with Z_norm")
def test_dZ_is_orthogonal_to_Z_norm_in_every_row(student, oracle, rng):
    """If stretching a row is free, there is no slope in that direction: the road through the variance sees to it."""
    cache = oracle.batchnorm_forward(*layer(rng, 3, 7))[1]
    grads = gradients(student.batchnorm_backward(rng.normal(size=(3, 7)), cache))
    assert_rows_orthogonal(grads["dZ"], cache.Z_norm)


@exercise("batchnorm_backward")
@law("dgamma = sum of dZ_tilde * Z_norm, dbeta = sum of dZ_tilde, over the examples, as columns")
@points(0.5)
@public
@see("F4 §1.5.2, the last two equations: sums, no 1/m")
def test_dgamma_and_dbeta_are_the_slopes_of_gamma_and_beta(student, oracle, rng):
    """They have the shape of what they update, and they agree with central differences."""
    Z, gamma, beta = layer(rng, 3, 7)
    upstream = rng.normal(size=(3, 7))
    grads = gradients(student.batchnorm_backward(upstream, oracle.batchnorm_forward(Z, gamma, beta)[1]))

    def loss(at):
        return float(np.sum(upstream * oracle.batchnorm_forward(Z, at["gamma"], at["beta"])[0]))

    at = {"gamma": gamma, "beta": beta}
    assert_gradient(grads, loss, at, name="grads", known={"m": 7, "n": 3})


@exercise("batchnorm_backward")
@law("each line of the derivation follows from the lines above it")
@points(1)
@hidden
@suggest("mend the first line that is marked; the lines below it may be right as they are")
def test_every_line_is_right_for_other_layers_too(student, oracle, rng):
    """The same for a layer that you have not seen."""
    n, m = fresh_shape(rng)
    cache = oracle.batchnorm_forward(*layer(rng, n, m))[1]
    upstream = rng.normal(size=(n, m))
    expected = oracle.batchnorm_backward(upstream, cache)
    assert_close(student.batchnorm_backward(upstream, cache), expected, name="grads", known={"m": m, "n": n})


@exercise("batchnorm_backward_compact")
@law("the closed form equals the staged form")
@points(1)
@public
@suggest("put dvar and dmu into the line for dZ, and write sums over (Z - mu) in terms of Z_norm")
def test_the_closed_form_equals_the_staged_form(student, oracle, rng):
    """Simplifying on paper changes the number of lines, not the numbers."""
    cache = oracle.batchnorm_forward(*layer(rng, 3, 7))[1]
    upstream = rng.normal(size=(3, 7))
    staged = oracle.batchnorm_backward(upstream, cache)
    got = closed_form(student.batchnorm_backward_compact(upstream, cache))
    assert_close(got, {key: staged[key] for key in got}, name="grads", known={"m": 7, "n": 3})


@exercise("batchnorm_backward_compact")
@law("dgamma and dbeta are sums over the examples; dZ has three terms")
@points(0.5)
@public
def test_the_closed_form_gives_the_worked_example(student, oracle):
    """The example of the forward pass again, with the gradient 1, 0, 0, 0 for row 1 and 0, 1, 0, 2 for row 2."""
    cache = oracle.batchnorm_forward(Z_EXAMPLE, GAMMA_EXAMPLE, BETA_EXAMPLE)[1]
    assert_worked_example(closed_form(student.batchnorm_backward_compact(UPSTREAM_EXAMPLE, cache)))


@exercise("batchnorm_backward_compact")
@law("dZ is the derivative of sum(dZ_tilde * Z_tilde) with respect to Z")
@points(1)
@public
@suggest("build a Z of one row and three examples, and move one of its entries by 1e-5")
def test_the_closed_form_agrees_with_central_differences(student, oracle, rng):
    """Move one score a little: it moves the mean and the variance of its row, and thereby the whole row."""
    Z, gamma, beta = layer(rng, 3, 7)
    upstream, cache = rng.normal(size=(3, 7)), oracle.batchnorm_forward(Z, gamma, beta)[1]
    grads = closed_form(student.batchnorm_backward_compact(upstream, cache))

    def loss(at):
        return float(np.sum(upstream * oracle.batchnorm_forward(at, gamma, beta)[0]))

    assert_gradient(grads["dZ"], loss, Z, name="dZ", known={"m": 7, "n": 3})


@exercise("batchnorm_backward_compact")
@law("every row of dZ sums to 0")
@points(0.5)
@public
@suggest("which of your three terms makes the mean of a row of dZ vanish?")
def test_rows_of_the_closed_form_sum_to_zero(student, oracle, rng):
    """One term takes the mean of dZ_tilde away: the road through the mean."""
    cache = oracle.batchnorm_forward(*layer(rng, 3, 7))[1]
    grads = closed_form(student.batchnorm_backward_compact(rng.normal(size=(3, 7)), cache))
    assert_rows_sum_to_zero(grads["dZ"], (3, 7))


@exercise("batchnorm_backward_compact")
@law("every row of dZ is orthogonal to the same row of Z_norm (up to eps)")
@points(0.5)
@public
@suggest("which of your three terms takes away the share of dZ_tilde along Z_norm?")
def test_the_closed_form_is_orthogonal_to_Z_norm(student, oracle, rng):
    """One term takes the share along Z_norm away: the road through the variance."""
    cache = oracle.batchnorm_forward(*layer(rng, 3, 7))[1]
    grads = closed_form(student.batchnorm_backward_compact(rng.normal(size=(3, 7)), cache))
    assert_rows_orthogonal(grads["dZ"], cache.Z_norm)


@exercise("batchnorm_backward_compact")
@law("the closed form equals the staged form")
@points(0.5)
@hidden
def test_the_closed_form_holds_for_other_layers_too(student, oracle, rng):
    """The same for a layer that you have not seen."""
    n, m = fresh_shape(rng)
    cache = oracle.batchnorm_forward(*layer(rng, n, m))[1]
    upstream = rng.normal(size=(n, m))
    got = closed_form(student.batchnorm_backward_compact(upstream, cache))
    expected = closed_form(oracle.batchnorm_backward_compact(upstream, cache))
    assert_close(got, expected, name="grads", known={"m": m, "n": n})


@exercise("update_running_stats")
@law("new = momentum * old + (1 - momentum) * batch, for mu and for var")
@points(0.5)
@public
@see("F4 §1.5.4 and §1.2.1, eq. 6; convention 'BN running': torch's momentum is the other weight")
def test_nine_tenths_of_the_old_and_one_tenth_of_the_new(student):
    """Old means 10, 20, 30 and batch means 20, 0, 35 give 11, 18, 30.5."""
    running = {"mu": np.array([[10.0], [20.0], [30.0]]), "var": np.array([[1.0], [4.0], [9.0]])}
    mu, var = np.array([[20.0], [0.0], [35.0]]), np.array([[2.0], [9.0], [4.0]])
    expected = {"mu": np.array([[11.0], [18.0], [30.5]]), "var": np.array([[1.1], [4.5], [8.5]])}
    assert_close(student.update_running_stats(running, mu, var), expected, name="running")


@exercise("update_running_stats")
@law("the first batch is the first estimate")
@points(0.25)
@public
@see("F4 §1.2.1, eq. 6, case t = 1")
def test_the_first_batch_is_taken_as_it_is(student):
    """Starting at zero would make the first averages ten times too small."""
    mu, var = np.array([[2.0], [-1.0], [0.5]]), np.array([[4.0], [0.25], [9.0]])
    assert_close(student.update_running_stats(None, mu, var), {"mu": mu, "var": var}, name="running")


@exercise("update_running_stats")
@law("new = momentum * old + (1 - momentum) * batch")
@points(0.25)
@public
def test_the_momentum_that_is_passed_is_the_one_that_counts(student):
    """With momentum 0.75 and old values 4, a batch of 8 moves the average to 5."""
    running = {"mu": np.array([[4.0], [-4.0]]), "var": np.array([[4.0], [12.0]])}
    got = student.update_running_stats(running, np.array([[8.0], [-8.0]]), np.array([[8.0], [4.0]]), 0.75)
    expected = {"mu": np.array([[5.0], [-5.0]]), "var": np.array([[5.0], [10.0]])}
    assert_close(got, expected, name="running")


@exercise("update_running_stats")
@law("the mean of equal things is that thing")
@points(0.5)
@public
@suggest("average the variance 4 with the variance 4: is the result 4?")
def test_batches_like_the_average_leave_it_where_it_is(student, rng):
    """When every batch has the same mean and variance, these are what the average holds and keeps."""
    mu, var = rng.normal(size=(5, 1)), rng.uniform(2.0, 9.0, size=(5, 1))
    got = student.update_running_stats({"mu": mu, "var": var}, mu, var)
    assert_close(got, {"mu": mu, "var": var}, name="running")
    other = student.update_running_stats({"mu": mu, "var": var}, mu + 1.0, var + 1.0)
    assert_keys(other, "mu", "var", name="running")
    require(not np.array_equal(other["mu"], mu), "another batch left the average where it was; expected it to move")


@exercise("update_running_stats")
@law("a new dict comes back; what was passed stays as it was")
@points(0.25)
@public
@suggest("build a new dict and return it; the arrays that arrive are read-only")
def test_a_new_dict_comes_back(student, oracle, rng):
    """Whoever still holds the old averages must find them unchanged."""
    running = {"mu": rng.normal(size=(3, 1)), "var": rng.uniform(1.0, 2.0, size=(3, 1))}
    arguments = (running, rng.normal(size=(3, 1)), rng.uniform(1.0, 2.0, size=(3, 1)))
    got = student.update_running_stats(*arguments)
    assert_close(got, oracle.update_running_stats(*arguments), name="running")


@exercise("update_running_stats")
@law("new = momentum * old + (1 - momentum) * batch, for mu and for var")
@points(0.25)
@hidden
def test_other_batches_are_averaged_too(student, oracle, rng):
    """The same for batches and a momentum that you have not seen."""
    n, _ = fresh_shape(rng)
    running = {"mu": rng.normal(size=(n, 1)), "var": rng.uniform(1.0, 9.0, size=(n, 1))}
    arguments = (running, rng.normal(size=(n, 1)), rng.uniform(1.0, 9.0, size=(n, 1)), rng.uniform(0.8, 0.98))
    got = student.update_running_stats(*arguments)
    assert_close(got, oracle.update_running_stats(*arguments), name="running")


@exercise("batchnorm_inference")
@law("Z_tilde = gamma * (Z - running mu) / sqrt(running var + eps) + beta")
@points(0.5)
@public
@see("F4 §1.5.4")
def test_the_remembered_statistics_are_used(student):
    """Remembered means 1 and 2, variances 4 and 0.25: row 1 becomes 5, 6, 7, 8 and row 2 becomes -5, -5, 3, 3.

    Z has the rows 1, 2, 3, 4 and 0, 0, 4, 4; gamma is 2 and 1, beta 5 and -1.
    """
    running = {"mu": np.array([[1.0], [2.0]]), "var": np.array([[4.0], [0.25]])}
    got = student.batchnorm_inference(Z_EXAMPLE, GAMMA_EXAMPLE, BETA_EXAMPLE, running)
    expected = np.array([[5.0, 6.0, 7.0, 8.0], [-5.0, -5.0, 3.0, 3.0]])
    assert_close(got, expected, name="Z_tilde", rtol=1e-6, atol=1e-6, known={"m": 4, "n": 2})


@exercise("batchnorm_inference")
@law("what one column gives does not depend on the others")
@points(0.5)
@public
def test_every_example_is_treated_by_itself(student, rng):
    """Two examples and five examples give together what seven give at once."""
    Z, gamma, beta = layer(rng, 3, 7)
    running = {"mu": rng.normal(size=(3, 1)), "var": rng.uniform(1.0, 4.0, size=(3, 1))}
    left, right = (
        matrix(student.batchnorm_inference(part, gamma, beta, running), part.shape, "Z_tilde")
        for part in (Z[:, :2], Z[:, 2:])
    )
    whole = student.batchnorm_inference(Z, gamma, beta, running)
    assert_close(whole, np.hstack([left, right]), name="Z_tilde of all seven")
    require(not np.array_equal(whole, Z), "Z_tilde is Z; expected the examples scaled and shifted")


@exercise("batchnorm_inference")
@law("batch norm at test time works for m = 1")
@points(0.25)
@public
@see("F4 §1.5.4, first paragraph: why a single example has no statistics of its own")
def test_a_single_example_is_more_than_beta(student):
    """One example is its own mean; normalised with its own statistics it would always become beta."""
    running = {"mu": np.array([[1.0], [-2.0], [0.0]]), "var": np.array([[4.0], [9.0], [1.0]])}
    Z, gamma = np.array([[7.0], [-5.0], [2.0]]), np.array([[1.0], [2.0], [3.0]])
    got = student.batchnorm_inference(Z, gamma, np.array([[10.0], [20.0], [30.0]]), running)
    assert_close(got, np.array([[13.0], [18.0], [36.0]]), name="Z_tilde", rtol=1e-6)


@exercise("batchnorm_inference")
@law("eps is added to the variance, inside the root, at test time as well")
@points(0.25)
@public
@suggest("what is the result for a unit whose remembered variance is 0?")
def test_a_unit_that_never_varied_stays_finite(student, oracle, rng):
    """Remembered variances of 0 and 1e-4, with eps = 1e-5: nothing is infinite, and eps shows."""
    running = {"mu": np.array([[0.5], [0.1], [-1.0]]), "var": np.array([[0.0], [1e-4], [4.0]])}
    arguments = (rng.normal(size=(3, 5)), np.ones((3, 1)), np.zeros((3, 1)), running, 1e-5)
    expected = oracle.batchnorm_inference(*arguments)
    assert_close(student.batchnorm_inference(*arguments), expected, name="Z_tilde", known={"m": 5, "n": 3})


@exercise("batchnorm_inference")
@law("Z_tilde = gamma * (Z - running mu) / sqrt(running var + eps) + beta")
@points(0.5)
@hidden
def test_other_examples_are_normalised_too(student, oracle, rng):
    """The same for examples that you have not seen."""
    n, m = fresh_shape(rng)
    running = {"mu": rng.normal(size=(n, 1)), "var": rng.uniform(0.5, 4.0, size=(n, 1))}
    arguments = (*layer(rng, n, m), running)
    expected = oracle.batchnorm_inference(*arguments)
    assert_close(student.batchnorm_inference(*arguments), expected, name="Z_tilde", known={"m": m, "n": n})


@exercise("identity_gamma_beta")
@law("gamma = sqrt(var + eps), beta = mu")
@points(0.25)
@public
@see("F4 §1.5.1, last paragraph")
def test_gamma_restores_the_spread_and_beta_the_mean(student):
    """For means 2.5 and 2 and variances 1.25 and 4, gamma is 1.118 and 2, and beta is 2.5 and 2."""
    mu, var = np.array([[2.5], [2.0]]), np.array([[1.25], [4.0]])
    gamma, beta = scale_and_shift(student.identity_gamma_beta(mu, var))
    assert_close(gamma, np.array([[1.1180340], [2.0]]), name="gamma", rtol=1e-7, atol=1e-7)
    assert_close(beta, mu, name="beta")


@exercise("identity_gamma_beta")
@law("batchnorm_forward(Z, gamma, beta) = Z")
@points(0.75)
@public
def test_batch_norm_with_them_gives_back_what_came_in(student, oracle, rng):
    """The network can always undo the normalisation, if that is what lowers the cost."""
    Z = layer(rng, 3, 7)[0]
    mu, var = Z.mean(axis=1, keepdims=True), Z.var(axis=1, keepdims=True)
    gamma, beta = scale_and_shift(student.identity_gamma_beta(mu, var))
    assert_identity(oracle, Z, gamma, beta, 1e-8)


@exercise("identity_gamma_beta")
@law("batchnorm_forward(Z, gamma, beta, eps) = Z for every eps")
@points(0.5)
@public
@suggest("batch norm divides by sqrt(var + eps): what must gamma be, so that nothing remains?")
def test_the_identity_holds_for_a_large_eps(student, oracle, rng):
    """With eps = 0.3 the root of the variance alone is not enough."""
    Z = layer(rng, 3, 7)[0]
    mu, var = Z.mean(axis=1, keepdims=True), Z.var(axis=1, keepdims=True)
    gamma, beta = scale_and_shift(student.identity_gamma_beta(mu, var, 0.3))
    assert_identity(oracle, Z, gamma, beta, 0.3)


@exercise("identity_gamma_beta")
@law("gamma = sqrt(var + eps), beta = mu")
@points(0.5)
@hidden
def test_other_layers_have_their_identity_too(student, oracle, rng):
    """The same for statistics and an eps that you have not seen."""
    n, _ = fresh_shape(rng)
    arguments = (rng.normal(size=(n, 1)), rng.uniform(0.5, 9.0, size=(n, 1)), rng.uniform(0.01, 0.5))
    got = scale_and_shift(student.identity_gamma_beta(*arguments))
    expected = oracle.identity_gamma_beta(*arguments)
    for name, value, wanted in zip(("gamma", "beta"), got, expected, strict=True):
        assert_close(value, wanted, name=name)
