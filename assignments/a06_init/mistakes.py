"""Known wrong ways to draw initial weights, and the check that notices each."""

import numpy as np

from autograder.checking import mistake

F2_11 = "F2 §11 Weight Initialization for Deep Networks"


@mistake(
    "initialize_he",
    caught_by="each_draw_is_scaled_by_the_inputs_of_its_unit",
    covers="xavier_factor",
    read=f"{F2_11}: 1/n is the rule for tanh, 2/n the one for ReLU",
    suggest="print params['W1'].var() * layer_dims[0]; ReLU needs 2 there, because it silences half of the signal",
)
def xavier_factor(layer_dims, rng):
    """The variance is 1/n_{l-1}. That is Xavier's rule, made for tanh; with ReLU every layer halves the signal."""
    params = {}
    for layer in range(1, len(layer_dims)):
        n_prev, n = layer_dims[layer - 1 : layer + 1]
        params[f"W{layer}"] = rng.standard_normal((n, n_prev)) * np.sqrt(1 / n_prev)
        params[f"b{layer}"] = np.zeros((n, 1))
    return params


@mistake(
    "initialize_he",
    caught_by="each_draw_is_scaled_by_the_inputs_of_its_unit",
    covers=("uses_n_l", "init/fan-out"),
    read=f"{F2_11}: n is the number of terms in the sum z = w_1 x_1 + ... + w_n x_n",
    suggest="layer_dims = [100, 4]: how many terms does one z add up? That number belongs into the variance",
)
def uses_n_l(layer_dims, rng):
    """The variance is 2/n_l: the number of units stands where the number of inputs of a unit belongs."""
    params = {}
    for layer in range(1, len(layer_dims)):
        n_prev, n = layer_dims[layer - 1 : layer + 1]
        params[f"W{layer}"] = rng.standard_normal((n, n_prev)) * np.sqrt(2 / n)
        params[f"b{layer}"] = np.zeros((n, 1))
    return params


@mistake(
    "initialize_he",
    caught_by="each_draw_is_scaled_by_the_inputs_of_its_unit",
    covers=("no_sqrt", "init/missing-sqrt"),
    read=f"{F2_11}: the code takes the root of 2/n",
    suggest="print np.var(3 * rng.standard_normal(10000)): what does a factor of 3 do to the variance?",
)
def no_sqrt(layer_dims, rng):
    """The draw is multiplied by the variance instead of its root, the standard deviation."""
    params = {}
    for layer in range(1, len(layer_dims)):
        n_prev, n = layer_dims[layer - 1 : layer + 1]
        params[f"W{layer}"] = rng.standard_normal((n, n_prev)) * (2 / n_prev)
        params[f"b{layer}"] = np.zeros((n, 1))
    return params


@mistake(
    "initialize_he",
    caught_by="each_draw_is_scaled_by_the_inputs_of_its_unit",
    covers="glorot",
    read=f"{F2_11}; erratum E15",
    suggest="look at a layer with 100 inputs and 1 unit: should its weights depend on there being 1 unit?",
)
def glorot_factor(layer_dims, rng):
    """The variance is 2/(n_{l-1} + n_l). That is Glorot's compromise between the two directions, not He's rule."""
    params = {}
    for layer in range(1, len(layer_dims)):
        n_prev, n = layer_dims[layer - 1 : layer + 1]
        params[f"W{layer}"] = rng.standard_normal((n, n_prev)) * np.sqrt(2 / (n_prev + n))
        params[f"b{layer}"] = np.zeros((n, 1))
    return params


@mistake(
    "initialize_he",
    caught_by="each_draw_is_scaled_by_the_inputs_of_its_unit",
    covers="E15_product",
    read=f"{F2_11}, last formula: 2/(n[l-1] n[l]) is a misprint in the notes (erratum E15), and not He's rule",
    suggest="print the variance for widths [100, 100]: a hundred times too small?",
)
def product_of_widths(layer_dims, rng):
    """The variance is 2/(n_{l-1} n_l), as the notes print it by mistake: far too small."""
    params = {}
    for layer in range(1, len(layer_dims)):
        n_prev, n = layer_dims[layer - 1 : layer + 1]
        params[f"W{layer}"] = rng.standard_normal((n, n_prev)) * np.sqrt(2 / (n_prev * n))
        params[f"b{layer}"] = np.zeros((n, 1))
    return params


@mistake(
    "initialize_he",
    caught_by="each_draw_is_scaled_by_the_inputs_of_its_unit",
    covers=("E15_product", "init/precedence-bug"),
    read=f"{F2_11}, last line of code: erratum E15. He's rule is the line before it",
    suggest="type 2/4*8 into Python: is it 2/32 or 4?",
)
def precedence_bug(layer_dims, rng):
    """A factor n_l multiplies instead of dividing: `a / b * c` is (a / b) * c. The notes print this line."""
    params = {}
    for layer in range(1, len(layer_dims)):
        n_prev, n = layer_dims[layer - 1 : layer + 1]
        params[f"W{layer}"] = rng.standard_normal((n, n_prev)) * np.sqrt(2 / n_prev * n)
        params[f"b{layer}"] = np.zeros((n, 1))
    return params


@mistake(
    "initialize_he",
    caught_by="weights_are_centred_at_zero",
    covers=("rand_not_randn", "init/uniform-positive"),
    read=f"{F2_11}: the code calls randn",
    suggest="print params['W1'].min(); a weight must be able to be negative",
)
def rand_not_randn(layer_dims, rng):
    """The numbers are drawn between 0 and 1, so no weight is negative and every z drifts to one side."""
    params = {}
    for layer in range(1, len(layer_dims)):
        n_prev, n = layer_dims[layer - 1 : layer + 1]
        params[f"W{layer}"] = rng.random((n, n_prev)) * np.sqrt(2 / n_prev)
        params[f"b{layer}"] = np.zeros((n, 1))
    return params


@mistake(
    "initialize_he",
    caught_by="each_draw_is_scaled_by_the_inputs_of_its_unit",
    covers="init/unscaled",
    read=f"{F2_11}: every line of code there multiplies randn by a root",
    suggest="send an input through 20 layers and print (A**2).mean() after each",
)
def unscaled(layer_dims, rng):
    """The draws are used as they come, with variance 1: the signal explodes with depth."""
    params = {}
    for layer in range(1, len(layer_dims)):
        n_prev, n = layer_dims[layer - 1 : layer + 1]
        params[f"W{layer}"] = rng.standard_normal((n, n_prev))
        params[f"b{layer}"] = np.zeros((n, 1))
    return params


@mistake(
    "initialize_he",
    caught_by="no_unit_starts_as_a_copy_of_another",
    covers="same_draw_each_layer",
    suggest="layer_dims = [5, 5, 5, 3]: print W1 - W2",
)
def same_draw_each_layer(layer_dims, rng):
    """One large draw is cut to size for every layer, so the layers share their weights."""
    widest = max(layer_dims)
    draw = rng.standard_normal((widest, widest))
    params = {}
    for layer in range(1, len(layer_dims)):
        n_prev, n = layer_dims[layer - 1 : layer + 1]
        params[f"W{layer}"] = draw[:n, :n_prev] * np.sqrt(2 / n_prev)
        params[f"b{layer}"] = np.zeros((n, 1))
    return params


@mistake(
    "initialize_he",
    caught_by=("no_unit_starts_as_a_copy_of_another", "all_randomness_comes_from_the_generator_that_is_passed"),
    covers=("same_draw_each_layer", "init/reseeded-per-layer"),
    read="README, conventions: random numbers",
    suggest="take every np.random.seed out of your file; the generator rng needs none",
)
def reseeded_per_layer(layer_dims, rng):
    """np.random is seeded anew for every layer: layers of equal shape get equal weights, and rng has no say."""
    params = {}
    for layer in range(1, len(layer_dims)):
        n_prev, n = layer_dims[layer - 1 : layer + 1]
        np.random.seed(1)
        params[f"W{layer}"] = np.random.randn(n, n_prev) * np.sqrt(2 / n_prev)
        params[f"b{layer}"] = np.zeros((n, 1))
    return params


@mistake(
    "initialize_he",
    caught_by="all_randomness_comes_from_the_generator_that_is_passed",
    read="README, conventions: random numbers",
    suggest="search your function for default_rng: the generator is made by the caller",
)
def own_generator(layer_dims, rng):
    """A generator with a fixed seed is made inside, and the one that was passed is ignored."""
    rng = np.random.default_rng(0)
    params = {}
    for layer in range(1, len(layer_dims)):
        n_prev, n = layer_dims[layer - 1 : layer + 1]
        params[f"W{layer}"] = rng.standard_normal((n, n_prev)) * np.sqrt(2 / n_prev)
        params[f"b{layer}"] = np.zeros((n, 1))
    return params


@mistake(
    "initialize_he",
    caught_by="no_unit_starts_as_a_copy_of_another",
    covers="init/zero-weights",
    read="F3 §2 参数初始化: 假设全部初始化为零可以吗？",
    suggest="compute the gradient of W1 in a network that starts at zero: how many different rows does it have?",
)
def zero_weights(layer_dims, rng):
    """All weights are zero, so all units of a layer compute the same thing and learn the same thing for ever."""
    params = {}
    for layer in range(1, len(layer_dims)):
        n_prev, n = layer_dims[layer - 1 : layer + 1]
        params[f"W{layer}"] = np.zeros((n, n_prev))
        params[f"b{layer}"] = np.zeros((n, 1))
    return params


@mistake(
    "initialize_he",
    caught_by="biases_start_at_zero",
    covers="init/random-bias",
    suggest="print b1: what would be lost if it were zero?",
)
def random_bias(layer_dims, rng):
    """The biases are drawn like weights; they should start at zero."""
    params = {}
    for layer in range(1, len(layer_dims)):
        n_prev, n = layer_dims[layer - 1 : layer + 1]
        params[f"W{layer}"] = rng.standard_normal((n, n_prev)) * np.sqrt(2 / n_prev)
        params[f"b{layer}"] = rng.standard_normal((n, 1))
    return params


@mistake(
    "initialize_he",
    caught_by="every_layer_has_weights_and_biases_of_its_own_shape",
    read="README, conventions: layout; examples are columns, so Z = W A + b with W (n_l, n_{l-1})",
    suggest="multiply W1 by an input of shape (n_0, 1): do the shapes fit?",
)
def shape_transposed(layer_dims, rng):
    """W is (n_{l-1}, n_l), one column per unit; in this course a unit is a row of W."""
    params = {}
    for layer in range(1, len(layer_dims)):
        n_prev, n = layer_dims[layer - 1 : layer + 1]
        params[f"W{layer}"] = rng.standard_normal((n_prev, n)) * np.sqrt(2 / n_prev)
        params[f"b{layer}"] = np.zeros((n, 1))
    return params


@mistake(
    "initialize_he",
    caught_by="every_layer_has_weights_and_biases_of_its_own_shape",
    read="README, conventions: layout; (n,) is not (n, 1)",
    suggest="add np.zeros(3) to a (3, 3) matrix of Z: along which axis does it go?",
)
def flat_biases(layer_dims, rng):
    """The biases have shape (n_l,) instead of (n_l, 1), and would be added along the wrong axis."""
    params = {}
    for layer in range(1, len(layer_dims)):
        n_prev, n = layer_dims[layer - 1 : layer + 1]
        params[f"W{layer}"] = rng.standard_normal((n, n_prev)) * np.sqrt(2 / n_prev)
        params[f"b{layer}"] = np.zeros(n)
    return params


@mistake(
    "initialize_he",
    caught_by="every_layer_has_weights_and_biases_of_its_own_shape",
    suggest="layer_dims = [3, 5, 2]: which keys do you expect, and which are there?",
)
def last_layer_forgotten(layer_dims, rng):
    """The loop ends one layer early: range(1, L) stops at L - 1."""
    params = {}
    for layer in range(1, len(layer_dims) - 1):
        n_prev, n = layer_dims[layer - 1 : layer + 1]
        params[f"W{layer}"] = rng.standard_normal((n, n_prev)) * np.sqrt(2 / n_prev)
        params[f"b{layer}"] = np.zeros((n, 1))
    return params
