"""Known wrong ways to draw initial weights, and the check that notices each."""

import numpy as np

from autograder.checking import mistake

F2_11 = "F2 §11 Weight Initialization for Deep Networks"


@mistake(
    "initialize_small",
    caught_by="small_weights_have_both_signs_and_no_copies",
    covers=("rand_uniform", "init/uniform-positive"),
    suggest="print params['W1'].min(); a weight must be able to be negative",
)
def small_uniform(layer_dims, rng, scale=0.01):
    """The numbers are drawn between 0 and scale, so no weight is negative and every z drifts to one side."""
    params = {}
    for layer in range(1, len(layer_dims)):
        n_prev, n = layer_dims[layer - 1 : layer + 1]
        params[f"W{layer}"] = rng.random((n, n_prev)) * scale
        params[f"b{layer}"] = np.zeros((n, 1))
    return params


@mistake(
    "initialize_small",
    caught_by="small_weights_and_zero_biases_for_every_layer",
    covers="shape_transposed",
    read="README, conventions: layout; examples are columns, so Z = W A + b with W (n_l, n_{l-1})",
    suggest="multiply W1 by an input of shape (n_0, 1): do the shapes fit?",
)
def small_transposed(layer_dims, rng, scale=0.01):
    """W is (n_{l-1}, n_l), one column per unit; in this course a unit is a row of W."""
    params = {}
    for layer in range(1, len(layer_dims)):
        n_prev, n = layer_dims[layer - 1 : layer + 1]
        params[f"W{layer}"] = rng.standard_normal((n_prev, n)) * scale
        params[f"b{layer}"] = np.zeros((n, 1))
    return params


@mistake(
    "initialize_small",
    caught_by="small_weights_and_zero_biases_for_every_layer",
    covers=("b_random", "init/random-bias"),
    suggest="print b1: what would be lost if it were zero?",
)
def small_random_biases(layer_dims, rng, scale=0.01):
    """The biases are drawn like weights; the weights alone make the units differ."""
    params = {}
    for layer in range(1, len(layer_dims)):
        n_prev, n = layer_dims[layer - 1 : layer + 1]
        params[f"W{layer}"] = rng.standard_normal((n, n_prev)) * scale
        params[f"b{layer}"] = rng.standard_normal((n, 1)) * scale
    return params


@mistake(
    "initialize_small",
    caught_by="small_weights_and_zero_biases_for_every_layer",
    read="README, conventions: layout; (n,) is not (n, 1)",
    suggest="add np.zeros(3) to a (3, 3) matrix of Z: along which axis does it go?",
)
def small_flat_biases(layer_dims, rng, scale=0.01):
    """The biases have shape (n_l,) instead of (n_l, 1), and would be added along the wrong axis."""
    params = {}
    for layer in range(1, len(layer_dims)):
        n_prev, n = layer_dims[layer - 1 : layer + 1]
        params[f"W{layer}"] = rng.standard_normal((n, n_prev)) * scale
        params[f"b{layer}"] = np.zeros(n)
    return params


@mistake(
    "initialize_small",
    caught_by="each_draw_is_multiplied_by_the_scale",
    covers="init/unscaled",
    read="F3 §2 参数初始化: W × 0.01",
    suggest="print params['W1'].std() for scale=0.01",
)
def small_unscaled(layer_dims, rng, scale=0.01):
    """The draws are used as they come, with standard deviation 1; nothing is made small."""
    params = {}
    for layer in range(1, len(layer_dims)):
        n_prev, n = layer_dims[layer - 1 : layer + 1]
        params[f"W{layer}"] = rng.standard_normal((n, n_prev))
        params[f"b{layer}"] = np.zeros((n, 1))
    return params


@mistake(
    "initialize_small",
    caught_by="each_draw_is_multiplied_by_the_scale",
    suggest="call it with scale=1.0 and print params['W1'].std()",
)
def small_scale_ignored(layer_dims, rng, scale=0.01):
    """0.01 is written into the code, and the argument `scale` is not used."""
    params = {}
    for layer in range(1, len(layer_dims)):
        n_prev, n = layer_dims[layer - 1 : layer + 1]
        params[f"W{layer}"] = rng.standard_normal((n, n_prev)) * 0.01
        params[f"b{layer}"] = np.zeros((n, 1))
    return params


@mistake(
    "initialize_small",
    caught_by="each_draw_is_multiplied_by_the_scale",
    suggest="print params['W1'].std() for scale=0.01: is it 0.01 or 0.1?",
)
def small_scale_as_variance(layer_dims, rng, scale=0.01):
    """The draws are multiplied by the root of scale, as if scale were a variance: they are ten times too large."""
    params = {}
    for layer in range(1, len(layer_dims)):
        n_prev, n = layer_dims[layer - 1 : layer + 1]
        params[f"W{layer}"] = rng.standard_normal((n, n_prev)) * np.sqrt(scale)
        params[f"b{layer}"] = np.zeros((n, 1))
    return params


@mistake(
    "initialize_small",
    caught_by="each_draw_is_multiplied_by_the_scale",
    suggest="print the std of W1 for widths [4, 50] and [400, 50]: this rule makes no difference between them",
)
def small_scale_by_width(layer_dims, rng, scale=0.01):
    """The scale is also divided by the root of n_{l-1}, as in Xavier's rule; this rule does not look at widths."""
    params = {}
    for layer in range(1, len(layer_dims)):
        n_prev, n = layer_dims[layer - 1 : layer + 1]
        params[f"W{layer}"] = rng.standard_normal((n, n_prev)) * scale / np.sqrt(n_prev)
        params[f"b{layer}"] = np.zeros((n, 1))
    return params


@mistake(
    "initialize_small",
    caught_by="small_weights_and_zero_biases_for_every_layer",
    covers="init/zero-weights",
    read="F3 §2 参数初始化: 假设全部初始化为零可以吗？",
    suggest="compute the gradient of W1 in a network that starts at zero: how many different rows does it have?",
)
def small_zero_weights(layer_dims, rng, scale=0.01):
    """All weights are zero, whatever the scale: all units of a layer compute the same thing and stay twins for ever."""
    params = {}
    for layer in range(1, len(layer_dims)):
        n_prev, n = layer_dims[layer - 1 : layer + 1]
        params[f"W{layer}"] = np.zeros((n, n_prev))
        params[f"b{layer}"] = np.zeros((n, 1))
    return params


@mistake(
    "initialize_small",
    caught_by="the_weights_are_proportional_to_the_scale",
    suggest="print 0.0 or 0.01",
)
def small_zero_means_default(layer_dims, rng, scale=0.01):
    """A scale of 0 is taken for no scale at all, because 0 counts as false, and 0.01 is used in its place."""
    params = {}
    for layer in range(1, len(layer_dims)):
        n_prev, n = layer_dims[layer - 1 : layer + 1]
        params[f"W{layer}"] = rng.standard_normal((n, n_prev)) * (scale or 0.01)
        params[f"b{layer}"] = np.zeros((n, 1))
    return params


@mistake(
    "initialize_small",
    caught_by=("small_weights_have_both_signs_and_no_copies", "small_weights_come_from_the_generator_that_is_passed"),
    covers="init/reseeded-per-layer",
    read="README, conventions: random numbers",
    suggest="take every np.random.seed out of your file; the generator rng needs none",
)
def small_reseeded(layer_dims, rng, scale=0.01):
    """np.random is seeded anew for every layer: layers of equal shape get equal weights, and rng has no say."""
    params = {}
    for layer in range(1, len(layer_dims)):
        n_prev, n = layer_dims[layer - 1 : layer + 1]
        np.random.seed(1)
        params[f"W{layer}"] = np.random.randn(n, n_prev) * scale
        params[f"b{layer}"] = np.zeros((n, 1))
    return params


@mistake(
    "initialize_small",
    caught_by="small_weights_come_from_the_generator_that_is_passed",
    read="README, conventions: random numbers",
    suggest="search your function for default_rng: the generator is made by the caller",
)
def small_own_generator(layer_dims, rng, scale=0.01):
    """A generator with a fixed seed is made inside, and the one that was passed is ignored."""
    rng = np.random.default_rng(0)
    params = {}
    for layer in range(1, len(layer_dims)):
        n_prev, n = layer_dims[layer - 1 : layer + 1]
        params[f"W{layer}"] = rng.standard_normal((n, n_prev)) * scale
        params[f"b{layer}"] = np.zeros((n, 1))
    return params


@mistake(
    "initialize_xavier",
    caught_by="each_draw_is_divided_by_the_root_of_the_inputs",
    covers=("uses_n_l", "init/fan-out"),
    read=f"{F2_11}: n is the number of terms in the sum z = w_1 x_1 + ... + w_n x_n",
    suggest="layer_dims = [100, 4]: how many terms does one z add up? That number belongs into the variance",
)
def xavier_uses_n_l(layer_dims, rng):
    """The variance is 1/n_l: the number of units stands where the number of inputs of a unit belongs."""
    params = {}
    for layer in range(1, len(layer_dims)):
        n_prev, n = layer_dims[layer - 1 : layer + 1]
        params[f"W{layer}"] = rng.standard_normal((n, n_prev)) * np.sqrt(1 / n)
        params[f"b{layer}"] = np.zeros((n, 1))
    return params


@mistake(
    "initialize_xavier",
    caught_by="each_draw_is_divided_by_the_root_of_the_inputs",
    covers=("no_sqrt", "init/missing-sqrt"),
    read=f"{F2_11}: the code takes the root of 1/n",
    suggest="print np.var(3 * rng.standard_normal(10000)): what does a factor of 3 do to the variance?",
)
def xavier_no_sqrt(layer_dims, rng):
    """The draw is multiplied by the variance instead of its root, the standard deviation."""
    params = {}
    for layer in range(1, len(layer_dims)):
        n_prev, n = layer_dims[layer - 1 : layer + 1]
        params[f"W{layer}"] = rng.standard_normal((n, n_prev)) / n_prev
        params[f"b{layer}"] = np.zeros((n, 1))
    return params


@mistake(
    "initialize_xavier",
    caught_by="each_draw_is_divided_by_the_root_of_the_inputs",
    covers="he_factor",
    read=f"{F2_11}: 1/n is the rule for tanh, 2/n the one for ReLU",
    suggest="print params['W1'].var() * layer_dims[0]; it should be near 1",
)
def xavier_he_factor(layer_dims, rng):
    """The variance is 2/n_{l-1}. That is He's rule, made for ReLU, which silences half of the signal; tanh does not."""
    params = {}
    for layer in range(1, len(layer_dims)):
        n_prev, n = layer_dims[layer - 1 : layer + 1]
        params[f"W{layer}"] = rng.standard_normal((n, n_prev)) * np.sqrt(2 / n_prev)
        params[f"b{layer}"] = np.zeros((n, 1))
    return params


@mistake(
    "initialize_xavier",
    caught_by="each_draw_is_divided_by_the_root_of_the_inputs",
    read=f"{F2_11}: in the rule for tanh there is one width",
    suggest="look at a layer with 100 inputs and 1 unit: should its weights depend on there being 1 unit?",
)
def xavier_glorot_factor(layer_dims, rng):
    """The variance is 2/(n_{l-1} + n_l). That is Glorot's compromise between the two directions, not Xavier's rule."""
    params = {}
    for layer in range(1, len(layer_dims)):
        n_prev, n = layer_dims[layer - 1 : layer + 1]
        params[f"W{layer}"] = rng.standard_normal((n, n_prev)) * np.sqrt(2 / (n_prev + n))
        params[f"b{layer}"] = np.zeros((n, 1))
    return params


@mistake(
    "initialize_xavier",
    caught_by="each_draw_is_divided_by_the_root_of_the_inputs",
    read="F1, 参数初始化策略, with erratum E13: many inputs need small weights",
    suggest="print params['W1'].std() for 4 inputs and for 400: which should be smaller?",
)
def xavier_upside_down(layer_dims, rng):
    """The root of n_{l-1} multiplies the draws instead of dividing them: many inputs get the largest weights."""
    params = {}
    for layer in range(1, len(layer_dims)):
        n_prev, n = layer_dims[layer - 1 : layer + 1]
        params[f"W{layer}"] = rng.standard_normal((n, n_prev)) * np.sqrt(n_prev)
        params[f"b{layer}"] = np.zeros((n, 1))
    return params


@mistake(
    "initialize_xavier",
    caught_by="each_draw_is_divided_by_the_root_of_the_inputs",
    suggest="print W2.var() * layer_dims[1]: it should be near 1",
)
def xavier_first_width(layer_dims, rng):
    """n_0 stands in the variance of every layer; but a layer has as many inputs as the layer before has units."""
    params = {}
    for layer in range(1, len(layer_dims)):
        n_prev, n = layer_dims[layer - 1 : layer + 1]
        params[f"W{layer}"] = rng.standard_normal((n, n_prev)) / np.sqrt(layer_dims[0])
        params[f"b{layer}"] = np.zeros((n, 1))
    return params


@mistake(
    "initialize_xavier",
    caught_by="xavier_weights_have_both_signs_and_no_copies",
    covers="init/uniform-positive",
    read=f"{F2_11}: the code calls randn",
    suggest="print params['W1'].min(); a weight must be able to be negative",
)
def xavier_uniform(layer_dims, rng):
    """The numbers are drawn between 0 and 1, so no weight is negative and every z drifts to one side."""
    params = {}
    for layer in range(1, len(layer_dims)):
        n_prev, n = layer_dims[layer - 1 : layer + 1]
        params[f"W{layer}"] = rng.random((n, n_prev)) * np.sqrt(1 / n_prev)
        params[f"b{layer}"] = np.zeros((n, 1))
    return params


@mistake(
    "initialize_xavier",
    caught_by="xavier_gives_weights_and_zero_biases_to_every_layer",
    read="README, conventions: layout; examples are columns, so Z = W A + b with W (n_l, n_{l-1})",
    suggest="multiply W1 by an input of shape (n_0, 1): do the shapes fit?",
)
def xavier_transposed(layer_dims, rng):
    """W is (n_{l-1}, n_l), one column per unit; in this course a unit is a row of W."""
    params = {}
    for layer in range(1, len(layer_dims)):
        n_prev, n = layer_dims[layer - 1 : layer + 1]
        params[f"W{layer}"] = rng.standard_normal((n_prev, n)) * np.sqrt(1 / n_prev)
        params[f"b{layer}"] = np.zeros((n, 1))
    return params


@mistake(
    "initialize_xavier",
    caught_by="xavier_gives_weights_and_zero_biases_to_every_layer",
    covers="init/random-bias",
    suggest="print b1: what would be lost if it were zero?",
)
def xavier_random_biases(layer_dims, rng):
    """The biases are drawn like weights; they should start at zero."""
    params = {}
    for layer in range(1, len(layer_dims)):
        n_prev, n = layer_dims[layer - 1 : layer + 1]
        params[f"W{layer}"] = rng.standard_normal((n, n_prev)) * np.sqrt(1 / n_prev)
        params[f"b{layer}"] = rng.standard_normal((n, 1))
    return params


@mistake(
    "initialize_xavier",
    caught_by="each_draw_is_divided_by_the_root_of_the_inputs",
    covers="init/unscaled",
    read=f"{F2_11}: every line of code there multiplies randn by a root",
    suggest="send an input through 20 layers and print (A**2).mean() after each",
)
def xavier_unscaled(layer_dims, rng):
    """The draws are used as they come, with variance 1: the signal explodes with depth."""
    params = {}
    for layer in range(1, len(layer_dims)):
        n_prev, n = layer_dims[layer - 1 : layer + 1]
        params[f"W{layer}"] = rng.standard_normal((n, n_prev))
        params[f"b{layer}"] = np.zeros((n, 1))
    return params


@mistake(
    "initialize_xavier",
    caught_by="xavier_gives_weights_and_zero_biases_to_every_layer",
    covers="init/zero-weights",
    read="F3 §2 参数初始化: 假设全部初始化为零可以吗？",
    suggest="compute the gradient of W1 in a network that starts at zero: how many different rows does it have?",
)
def xavier_zero_weights(layer_dims, rng):
    """All weights are zero, so all units of a layer compute the same thing and learn the same thing for ever."""
    params = {}
    for layer in range(1, len(layer_dims)):
        n_prev, n = layer_dims[layer - 1 : layer + 1]
        params[f"W{layer}"] = np.zeros((n, n_prev))
        params[f"b{layer}"] = np.zeros((n, 1))
    return params


@mistake(
    "initialize_xavier",
    caught_by=("xavier_weights_have_both_signs_and_no_copies", "xavier_weights_come_from_the_generator_that_is_passed"),
    covers="init/reseeded-per-layer",
    read="README, conventions: random numbers",
    suggest="take every np.random.seed out of your file; the generator rng needs none",
)
def xavier_reseeded(layer_dims, rng):
    """np.random is seeded anew for every layer: layers of equal shape get equal weights, and nothing comes from rng."""
    params = {}
    for layer in range(1, len(layer_dims)):
        n_prev, n = layer_dims[layer - 1 : layer + 1]
        np.random.seed(1)
        params[f"W{layer}"] = np.random.randn(n, n_prev) * np.sqrt(1 / n_prev)
        params[f"b{layer}"] = np.zeros((n, 1))
    return params


@mistake(
    "initialize_xavier",
    caught_by="xavier_weights_come_from_the_generator_that_is_passed",
    read="README, conventions: random numbers",
    suggest="search your function for default_rng: the generator is made by the caller",
)
def xavier_own_generator(layer_dims, rng):
    """A generator with a fixed seed is made inside, and the one that was passed is ignored."""
    rng = np.random.default_rng(0)
    params = {}
    for layer in range(1, len(layer_dims)):
        n_prev, n = layer_dims[layer - 1 : layer + 1]
        params[f"W{layer}"] = rng.standard_normal((n, n_prev)) * np.sqrt(1 / n_prev)
        params[f"b{layer}"] = np.zeros((n, 1))
    return params


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
    suggest="take n_l out of the formula: for widths 8 and 3 the variance is 2/8",
)
def precedence_bug(layer_dims, rng):
    """The notes print this line, and it is wrong: no n_l belongs to He's rule, so brackets do not mend it either."""
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


@mistake(
    "initialize_glorot",
    caught_by="each_draw_is_scaled_by_the_sum_of_both_widths",
    covers="product_in_denominator",
    read=f"You copied faithfully: the notes are wrong here (E15). {F2_11}: not the product, the sum of the widths",
    suggest="print the variance for widths [100, 100]: a hundred times too small?",
)
def glorot_product_in_denominator(layer_dims, rng):
    """The variance is 2/(n_{l-1} n_l), with the product of the widths where their sum belongs: far too small."""
    params = {}
    for layer in range(1, len(layer_dims)):
        n_prev, n = layer_dims[layer - 1 : layer + 1]
        params[f"W{layer}"] = rng.standard_normal((n, n_prev)) * np.sqrt(2 / (n_prev * n))
        params[f"b{layer}"] = np.zeros((n, 1))
    return params


@mistake(
    "initialize_glorot",
    caught_by=("each_draw_is_scaled_by_the_sum_of_both_widths", "forward_and_backward_count_alike"),
    covers=("precedence_bug", "init/precedence-bug"),
    read=f"You copied faithfully: the notes are wrong here (E15). {F2_11}, last line of code",
    suggest="for widths 8 and 3 the variance is 2/11: which sum stands below the line?",
)
def glorot_precedence_bug(layer_dims, rng):
    """The variance is 2 n_l/n_{l-1}: in Glorot's rule the two widths are added, and both stand below the line."""
    params = {}
    for layer in range(1, len(layer_dims)):
        n_prev, n = layer_dims[layer - 1 : layer + 1]
        params[f"W{layer}"] = rng.standard_normal((n, n_prev)) * np.sqrt(2 / n_prev * n)
        params[f"b{layer}"] = np.zeros((n, 1))
    return params


@mistake(
    "initialize_glorot",
    caught_by=("each_draw_is_scaled_by_the_sum_of_both_widths", "forward_and_backward_count_alike"),
    suggest="type 2/4+8 into Python: is it 2/12 or 8.5?",
)
def glorot_no_brackets(layer_dims, rng):
    """The brackets around the sum are missing: 2 / n_{l-1} + n_l divides first, and n_l is added to the variance."""
    params = {}
    for layer in range(1, len(layer_dims)):
        n_prev, n = layer_dims[layer - 1 : layer + 1]
        params[f"W{layer}"] = rng.standard_normal((n, n_prev)) * np.sqrt(2 / n_prev + n)
        params[f"b{layer}"] = np.zeros((n, 1))
    return params


@mistake(
    "initialize_glorot",
    caught_by="each_draw_is_scaled_by_the_sum_of_both_widths",
    suggest="for equal widths n and n the rule must give 1/n; what does yours give?",
)
def glorot_one_over_the_sum(layer_dims, rng):
    """The variance is one over the sum of both widths. Glorot's is one over their mean, 2/(n_{l-1} + n_l): double."""
    params = {}
    for layer in range(1, len(layer_dims)):
        n_prev, n = layer_dims[layer - 1 : layer + 1]
        params[f"W{layer}"] = rng.standard_normal((n, n_prev)) * np.sqrt(1 / (n_prev + n))
        params[f"b{layer}"] = np.zeros((n, 1))
    return params


@mistake(
    "initialize_glorot",
    caught_by="each_draw_is_scaled_by_the_sum_of_both_widths",
    read="Glorot & Bengio (2010), eq. 16: U[-a, a] has the variance a²/3",
    suggest="which variance has a uniform draw from -a to a, and which a normal one times a?",
)
def glorot_uniform_limit(layer_dims, rng):
    """The draw is normal and its deviation the root of 6/(n_{l-1} + n_l); that is the limit of a *uniform* draw."""
    params = {}
    for layer in range(1, len(layer_dims)):
        n_prev, n = layer_dims[layer - 1 : layer + 1]
        params[f"W{layer}"] = rng.standard_normal((n, n_prev)) * np.sqrt(6 / (n_prev + n))
        params[f"b{layer}"] = np.zeros((n, 1))
    return params


@mistake(
    "initialize_glorot",
    caught_by=("each_draw_is_scaled_by_the_sum_of_both_widths", "forward_and_backward_count_alike"),
    suggest="does your formula change when layer_dims = [100, 4] becomes [100, 400]? It should",
)
def glorot_he_factor(layer_dims, rng):
    """The variance is 2/n_{l-1}. That is He's rule: the way back, with its n_l terms, is not considered."""
    params = {}
    for layer in range(1, len(layer_dims)):
        n_prev, n = layer_dims[layer - 1 : layer + 1]
        params[f"W{layer}"] = rng.standard_normal((n, n_prev)) * np.sqrt(2 / n_prev)
        params[f"b{layer}"] = np.zeros((n, 1))
    return params


@mistake(
    "initialize_glorot",
    caught_by="each_draw_is_scaled_by_the_sum_of_both_widths",
    covers="init/missing-sqrt",
    suggest="print np.var(3 * rng.standard_normal(10000)): what does a factor of 3 do to the variance?",
)
def glorot_no_sqrt(layer_dims, rng):
    """The draw is multiplied by the variance instead of its root, the standard deviation."""
    params = {}
    for layer in range(1, len(layer_dims)):
        n_prev, n = layer_dims[layer - 1 : layer + 1]
        params[f"W{layer}"] = rng.standard_normal((n, n_prev)) * (2 / (n_prev + n))
        params[f"b{layer}"] = np.zeros((n, 1))
    return params


@mistake(
    "initialize_glorot",
    caught_by="glorot_weights_have_both_signs_and_no_copies",
    covers="init/uniform-positive",
    read=f"{F2_11}: the code calls randn",
    suggest="print params['W1'].min(); a weight must be able to be negative",
)
def glorot_uniform(layer_dims, rng):
    """The numbers are drawn between 0 and 1, so no weight is negative and every z drifts to one side."""
    params = {}
    for layer in range(1, len(layer_dims)):
        n_prev, n = layer_dims[layer - 1 : layer + 1]
        params[f"W{layer}"] = rng.random((n, n_prev)) * np.sqrt(2 / (n_prev + n))
        params[f"b{layer}"] = np.zeros((n, 1))
    return params


@mistake(
    "initialize_glorot",
    caught_by="glorot_gives_weights_and_zero_biases_to_every_layer",
    read="README, conventions: layout; examples are columns, so Z = W A + b with W (n_l, n_{l-1})",
    suggest="multiply W1 by an input of shape (n_0, 1): do the shapes fit?",
)
def glorot_transposed(layer_dims, rng):
    """W is (n_{l-1}, n_l), one column per unit; in this course a unit is a row of W."""
    params = {}
    for layer in range(1, len(layer_dims)):
        n_prev, n = layer_dims[layer - 1 : layer + 1]
        params[f"W{layer}"] = rng.standard_normal((n_prev, n)) * np.sqrt(2 / (n_prev + n))
        params[f"b{layer}"] = np.zeros((n, 1))
    return params


@mistake(
    "initialize_glorot",
    caught_by="glorot_gives_weights_and_zero_biases_to_every_layer",
    covers="init/random-bias",
    suggest="print b1: what would be lost if it were zero?",
)
def glorot_random_biases(layer_dims, rng):
    """The biases are drawn like weights; they should start at zero."""
    params = {}
    for layer in range(1, len(layer_dims)):
        n_prev, n = layer_dims[layer - 1 : layer + 1]
        params[f"W{layer}"] = rng.standard_normal((n, n_prev)) * np.sqrt(2 / (n_prev + n))
        params[f"b{layer}"] = rng.standard_normal((n, 1))
    return params


@mistake(
    "initialize_glorot",
    caught_by="each_draw_is_scaled_by_the_sum_of_both_widths",
    covers="init/unscaled",
    read=f"{F2_11}: every line of code there multiplies randn by a root",
    suggest="send an input through 20 layers and print (A**2).mean() after each",
)
def glorot_unscaled(layer_dims, rng):
    """The draws are used as they come, with variance 1: the signal explodes with depth."""
    params = {}
    for layer in range(1, len(layer_dims)):
        n_prev, n = layer_dims[layer - 1 : layer + 1]
        params[f"W{layer}"] = rng.standard_normal((n, n_prev))
        params[f"b{layer}"] = np.zeros((n, 1))
    return params


@mistake(
    "initialize_glorot",
    caught_by="glorot_gives_weights_and_zero_biases_to_every_layer",
    covers="init/zero-weights",
    read="F3 §2 参数初始化: 假设全部初始化为零可以吗？",
    suggest="compute the gradient of W1 in a network that starts at zero: how many different rows does it have?",
)
def glorot_zero_weights(layer_dims, rng):
    """All weights are zero, so all units of a layer compute the same thing and learn the same thing for ever."""
    params = {}
    for layer in range(1, len(layer_dims)):
        n_prev, n = layer_dims[layer - 1 : layer + 1]
        params[f"W{layer}"] = np.zeros((n, n_prev))
        params[f"b{layer}"] = np.zeros((n, 1))
    return params


@mistake(
    "initialize_glorot",
    caught_by=("glorot_weights_have_both_signs_and_no_copies", "glorot_weights_come_from_the_generator_that_is_passed"),
    covers="init/reseeded-per-layer",
    read="README, conventions: random numbers",
    suggest="take every np.random.seed out of your file; the generator rng needs none",
)
def glorot_reseeded(layer_dims, rng):
    """np.random is seeded anew for every layer: layers of equal shape get equal weights, and rng has no say."""
    params = {}
    for layer in range(1, len(layer_dims)):
        n_prev, n = layer_dims[layer - 1 : layer + 1]
        np.random.seed(1)
        params[f"W{layer}"] = np.random.randn(n, n_prev) * np.sqrt(2 / (n_prev + n))
        params[f"b{layer}"] = np.zeros((n, 1))
    return params


@mistake(
    "initialize_glorot",
    caught_by="glorot_weights_come_from_the_generator_that_is_passed",
    read="README, conventions: random numbers",
    suggest="search your function for default_rng: the generator is made by the caller",
)
def glorot_own_generator(layer_dims, rng):
    """A generator with a fixed seed is made inside, and the one that was passed is ignored."""
    rng = np.random.default_rng(0)
    params = {}
    for layer in range(1, len(layer_dims)):
        n_prev, n = layer_dims[layer - 1 : layer + 1]
        params[f"W{layer}"] = rng.standard_normal((n, n_prev)) * np.sqrt(2 / (n_prev + n))
        params[f"b{layer}"] = np.zeros((n, 1))
    return params


@mistake(
    "count_distinct_units",
    caught_by="seven_rows_of_which_four_differ",
    covers="columns",
    read="README, conventions: layout; a unit is a row of W",
    suggest="W = np.ones((5, 3)) with one other row: how many rows, and how many columns, are different?",
)
def count_columns(W, tol=1e-12):
    """Columns are compared, so what is counted are the different inputs and not the different units."""
    kept = []
    for column in W.T:
        if all(np.abs(column - other).max() > tol for other in kept):
            kept.append(column)
    return len(kept)


@mistake(
    "count_distinct_units",
    caught_by="small_differences_are_differences",
    covers="rounds",
    suggest="print W.round(3) for weights of 1e-9; compare the rows as they are, entry by entry",
)
def count_rounded(W, tol=1e-12):
    """Weights are rounded to three places first, and `tol` is not used at all: small weights all become 0."""
    return len(np.unique(np.round(W, 3), axis=0))


@mistake(
    "count_distinct_units",
    caught_by="units_within_the_tolerance_are_the_same",
    covers="rounds",
    suggest="tol = 0.1: on which multiples of it do 0.14 and 0.16 land?",
)
def count_on_a_grid(W, tol=1e-12):
    """Weights are rounded to multiples of tol: two that are close can land on either side of a line."""
    return len(np.unique(np.round(np.asarray(W) / tol), axis=0))


@mistake(
    "count_distinct_units",
    caught_by="units_within_the_tolerance_are_the_same",
    suggest="print 0.1 + 0.2 == 0.3",
)
def count_exactly(W, tol=1e-12):
    """Rows count as different as soon as a last digit differs, and `tol` is not used."""
    return len(np.unique(W, axis=0))


@mistake(
    "count_distinct_units",
    caught_by="small_differences_are_differences",
    suggest="read the signature of np.allclose: which tolerance do you leave at its default?",
)
def count_with_allclose(W, tol=1e-12):
    """np.allclose also has a relative tolerance, by default 1e-5: 200 and 200.0005 are the same to it."""
    kept = []
    for row in W:
        if not any(np.allclose(row, other, atol=tol) for other in kept):
            kept.append(row)
    return len(kept)


@mistake(
    "count_distinct_units",
    caught_by="seven_rows_of_which_four_differ",
    suggest="are (1, 2) and (2, 1) the same unit?",
)
def count_sums(W, tol=1e-12):
    """Only the sum of each row is compared, and different units can have the same sum."""
    sums = np.sort(W.sum(axis=1))
    return 1 + int(np.sum(np.diff(sums) > tol))


@mistake(
    "count_distinct_units",
    caught_by="seven_rows_of_which_four_differ",
    suggest="what is the rank of the rows (1, 2) and (2, 4), and are they the same unit?",
)
def count_rank(W, tol=1e-12):
    """The rank is the number of *independent* rows; a unit that is twice another is a different unit all the same."""
    return int(np.linalg.matrix_rank(W))


@mistake(
    "count_distinct_units",
    caught_by="seven_rows_of_which_four_differ",
    suggest="give np.unique the argument that makes it look at rows",
)
def count_values(W, tol=1e-12):
    """The different numbers in W are counted, not the different rows."""
    values = np.unique(W)
    return 1 + int(np.sum(np.diff(values) > tol))


@mistake(
    "count_distinct_units",
    caught_by="copies_and_shuffles_change_nothing",
    suggest="count the rows a, a, b: which of them do you leave out?",
)
def count_without_twins(W, tol=1e-12):
    """Units that have a twin are left out altogether; only those that occur once are counted."""
    same = np.abs(W[:, None, :] - W[None, :, :]).max(axis=2) <= tol
    return int(np.sum(same.sum(axis=1) == 1))


@mistake(
    "count_distinct_units",
    caught_by="seven_rows_of_which_four_differ",
    suggest="count a layer whose units are all different: should the answer be 0?",
)
def count_of_copies(W, tol=1e-12):
    """This is the number of copies, not the number of units that are left without them."""
    kept = []
    for row in W:
        if all(np.abs(row - other).max() > tol for other in kept):
            kept.append(row)
    return len(W) - len(kept)


@mistake(
    "count_distinct_units",
    caught_by="seven_rows_of_which_four_differ",
    suggest="count the rows a, b, b: with which rows is the third compared?",
)
def count_against_the_first(W, tol=1e-12):
    """Every row is compared with the first one only, so copies of later rows count as new."""
    return 1 + int(np.sum(np.abs(W[1:] - W[0]).max(axis=1) > tol))


@mistake(
    "count_distinct_units",
    caught_by="copies_and_shuffles_change_nothing",
    suggest="count the rows a, b, a: with which rows is the third compared?",
)
def count_neighbours(W, tol=1e-12):
    """Every row is compared with the one above it only; a copy further up is not seen."""
    return 1 + int(np.sum(np.abs(np.diff(W, axis=0)).max(axis=1) > tol))


@mistake(
    "count_distinct_units",
    caught_by="seven_rows_of_which_four_differ",
    suggest="are (1, 2) and (1, 3) the same unit? One of their weights is",
)
def count_any_weight(W, tol=1e-12):
    """Two units count as the same if any of their weights agree; all of them must."""
    kept = []
    for row in W:
        if all(np.abs(row - other).min() > tol for other in kept):
            kept.append(row)
    return len(kept)


@mistake(
    "deep_linear_output",
    caught_by="the_first_matrix_meets_the_input_first",
    covers="reversed_order",
    read="F1, 梯度消失: in W[L] … W[2] W[1] x it is W[1] that stands next to x",
    suggest="print the shapes: which matrix has as many columns as x has rows?",
)
def deep_reversed(Ws, x):
    """The matrices are applied in the wrong order: the last one meets the input first."""
    for W in reversed(Ws):
        x = W @ x
    return x


@mistake(
    "deep_linear_output",
    caught_by="a_matrix_full_of_three_halves_grows_like_powers_of_three",
    covers=("elementwise_power", "vanishing/entrywise-power"),
    read="F0, 梯度消失/梯度爆炸: its 1.5^L belongs to 1.5 times the identity (erratum E29 in F2 §10)",
    suggest="compare W**2 with W @ W for W full of 1.5",
)
def deep_entrywise_power(Ws, x):
    """Entries are raised to the power L one by one. That is a power of the matrix only if it is diagonal."""
    return Ws[0] ** len(Ws) @ x


@mistake(
    "deep_linear_output",
    caught_by="a_matrix_full_of_three_halves_grows_like_powers_of_three",
    suggest="compare A * B with A @ B for two matrices full of ones",
)
def deep_entrywise_product(Ws, x):
    """The matrices are multiplied entry by entry, with *, before they meet x; the matrix product is @."""
    product = Ws[0]
    for W in Ws[1:]:
        product = W * product
    return product @ x


@mistake(
    "deep_linear_output",
    caught_by="one_and_a_half_to_the_power_of_the_depth",
    covers=("L-1", "vanishing/layer-count-off"),
    read="F0, 梯度消失/梯度爆炸: the power L-1 there leaves W[L] apart (erratum E05); here all L matrices count",
    suggest="call it with a list of one matrix: does x come back unchanged?",
)
def deep_last_left_out(Ws, x):
    """The last matrix is left out: L-1 of them are applied."""
    for W in Ws[:-1]:
        x = W @ x
    return x


@mistake(
    "deep_linear_output",
    caught_by="one_and_a_half_to_the_power_of_the_depth",
    covers="vanishing/layer-count-off",
    suggest="call it with a list of one matrix: how many times is it applied?",
)
def deep_first_twice(Ws, x):
    """The first matrix is applied before the loop and once more inside it: one factor too many."""
    A = Ws[0] @ x
    for W in Ws:
        A = W @ A
    return A


@mistake(
    "deep_linear_output",
    caught_by="the_first_matrix_meets_the_input_first",
    suggest="call it with two different matrices: where does the second one come in?",
)
def deep_power_of_the_first(Ws, x):
    """The first matrix is raised to the power L, as if all layers were equal; the others are never looked at."""
    return np.linalg.matrix_power(Ws[0], len(Ws)) @ x


@mistake(
    "deep_linear_output",
    caught_by="one_and_a_half_to_the_power_of_the_depth",
    suggest="double x: does your result double?",
)
def deep_without_x(Ws, x):
    """The product of the matrices comes back, and x has no say."""
    product = Ws[0]
    for W in Ws[1:]:
        product = W @ product
    return product


@mistake(
    "deep_linear_output",
    caught_by="one_and_a_half_to_the_power_of_the_depth",
    read="README, deep_linear_output: no activations, g(z) = z",
    suggest="change the sign of x: the sign of y must change, and nothing else",
)
def deep_with_relu(Ws, x):
    """Negative numbers are cut off between the layers; this network has no activation, g(z) = z."""
    for W in Ws:
        x = np.maximum(W @ x, 0.0)
    return x


@mistake(
    "deep_linear_output",
    caught_by="the_first_matrix_meets_the_input_first",
    read="README, conventions: layout; z = W a, with W (n_l, n_{l-1})",
    suggest="print the shapes of W[1] and x: which axis of W[1] belongs to the inputs?",
)
def deep_transposed(Ws, x):
    """Each matrix is transposed first, which exchanges the inputs and the units of its layer."""
    for W in Ws:
        x = W.T @ x
    return x


@mistake(
    "deep_linear_output",
    caught_by="one_and_a_half_to_the_power_of_the_depth",
    suggest="print the shape of the result for x of shape (2, 3)",
)
def deep_flat(Ws, x):
    """The result is flattened to one dimension; examples are columns, so it should be (n_L, m)."""
    for W in Ws:
        x = W @ x
    return x.ravel()


@mistake(
    "deep_linear_output",
    caught_by="one_and_a_half_to_the_power_of_the_depth",
    read="convention 'purity': no argument is modified",
    suggest="keep what travels from layer to layer in a variable of its own",
)
def deep_in_place(Ws, x):
    """Each layer writes its result into x, which would change the input of the caller."""
    for W in Ws:
        x[:] = W @ x
    return x


@mistake(
    "activation_profile",
    caught_by="a_network_small_enough_for_a_pencil",
    covers="includes_output",
    suggest="a network with W1 and W2 has one hidden layer: how many numbers do you return?",
)
def profile_with_output(X, params, hidden):
    """The output layer is measured like a hidden one: there are L numbers instead of L-1."""
    g = {"relu": lambda Z: Z * (Z > 0), "tanh": np.tanh, "sigmoid": lambda Z: 1 / (1 + np.exp(-Z)), "linear": np.copy}
    A, profile = X, []
    for layer in range(1, len(params) // 2 + 1):
        A = g[hidden](params[f"W{layer}"] @ A + params[f"b{layer}"])
        profile.append(A.std())
    return np.array(profile)


@mistake(
    "activation_profile",
    caught_by="a_network_small_enough_for_a_pencil",
    covers="std_per_unit",
    suggest="two units that always give 0 and 10: is the layer's spread 0 or 5?",
)
def profile_per_unit(X, params, hidden):
    """Each unit's own standard deviation is taken and these are averaged; what the units differ by is lost."""
    g = {"relu": lambda Z: Z * (Z > 0), "tanh": np.tanh, "sigmoid": lambda Z: 1 / (1 + np.exp(-Z)), "linear": np.copy}
    A, profile = X, []
    for layer in range(1, len(params) // 2):
        A = g[hidden](params[f"W{layer}"] @ A + params[f"b{layer}"])
        profile.append(A.std(axis=1).mean())
    return np.array(profile)


@mistake(
    "activation_profile",
    caught_by="a_network_small_enough_for_a_pencil",
    suggest="three examples give (0, 0), (5, 5), (10, 10): what is the spread within each, and what over all numbers?",
)
def profile_per_example(X, params, hidden):
    """Each example's own standard deviation is taken and these are averaged; one number over all is asked for."""
    g = {"relu": lambda Z: Z * (Z > 0), "tanh": np.tanh, "sigmoid": lambda Z: 1 / (1 + np.exp(-Z)), "linear": np.copy}
    A, profile = X, []
    for layer in range(1, len(params) // 2):
        A = g[hidden](params[f"W{layer}"] @ A + params[f"b{layer}"])
        profile.append(A.std(axis=0).mean())
    return np.array(profile)


@mistake(
    "activation_profile",
    caught_by="a_network_small_enough_for_a_pencil",
    covers="uses_Z",
    suggest="print the smallest number of what you take the standard deviation of: can ReLU give it?",
)
def profile_of_Z(X, params, hidden):
    """The spread is measured before the activation, on Z; A = g(Z) is what the next layer gets."""
    g = {"relu": lambda Z: Z * (Z > 0), "tanh": np.tanh, "sigmoid": lambda Z: 1 / (1 + np.exp(-Z)), "linear": np.copy}
    A, profile = X, []
    for layer in range(1, len(params) // 2):
        Z = params[f"W{layer}"] @ A + params[f"b{layer}"]
        profile.append(Z.std())
        A = g[hidden](Z)
    return np.array(profile)


@mistake(
    "activation_profile",
    caught_by=("a_network_small_enough_for_a_pencil", "scaling_the_first_layer_scales_the_whole_profile"),
    suggest="double all activations: does your number double, or grow fourfold?",
)
def profile_of_variances(X, params, hidden):
    """Variances come back; the root of each is missing."""
    g = {"relu": lambda Z: Z * (Z > 0), "tanh": np.tanh, "sigmoid": lambda Z: 1 / (1 + np.exp(-Z)), "linear": np.copy}
    A, profile = X, []
    for layer in range(1, len(params) // 2):
        A = g[hidden](params[f"W{layer}"] @ A + params[f"b{layer}"])
        profile.append(A.var())
    return np.array(profile)


@mistake(
    "activation_profile",
    caught_by="a_network_small_enough_for_a_pencil",
    read="convention 'variance': that of the population, ddof=0",
    suggest="print np.std([0.0, 2.0]) and np.std([0.0, 2.0], ddof=1)",
)
def profile_with_ddof_1(X, params, hidden):
    """The sum of squares is divided by the number of entries minus 1; the population's divides by their number."""
    g = {"relu": lambda Z: Z * (Z > 0), "tanh": np.tanh, "sigmoid": lambda Z: 1 / (1 + np.exp(-Z)), "linear": np.copy}
    A, profile = X, []
    for layer in range(1, len(params) // 2):
        A = g[hidden](params[f"W{layer}"] @ A + params[f"b{layer}"])
        profile.append(A.std(ddof=1))
    return np.array(profile)


@mistake(
    "activation_profile",
    caught_by="a_network_small_enough_for_a_pencil",
    suggest="what is the standard deviation of numbers that are all 5?",
)
def profile_of_root_mean_squares(X, params, hidden):
    """The mean is not subtracted: the root of the mean of the squares is not a spread."""
    g = {"relu": lambda Z: Z * (Z > 0), "tanh": np.tanh, "sigmoid": lambda Z: 1 / (1 + np.exp(-Z)), "linear": np.copy}
    A, profile = X, []
    for layer in range(1, len(params) // 2):
        A = g[hidden](params[f"W{layer}"] @ A + params[f"b{layer}"])
        profile.append(np.sqrt(np.mean(A**2)))
    return np.array(profile)


@mistake(
    "activation_profile",
    caught_by="biases_move_the_activations",
    suggest="put 100 into b1: what becomes of A1?",
)
def profile_without_biases(X, params, hidden):
    """Z is W A; the biases are left out, which shows only when they are not zero."""
    g = {"relu": lambda Z: Z * (Z > 0), "tanh": np.tanh, "sigmoid": lambda Z: 1 / (1 + np.exp(-Z)), "linear": np.copy}
    A, profile = X, []
    for layer in range(1, len(params) // 2):
        A = g[hidden](params[f"W{layer}"] @ A)
        profile.append(A.std())
    return np.array(profile)


@mistake(
    "activation_profile",
    caught_by="a_network_small_enough_for_a_pencil",
    suggest="is your first number the spread of X or that of A1?",
)
def profile_of_inputs(X, params, hidden):
    """The spread is measured on what goes into each layer, so X comes first and the last hidden layer is missing."""
    g = {"relu": lambda Z: Z * (Z > 0), "tanh": np.tanh, "sigmoid": lambda Z: 1 / (1 + np.exp(-Z)), "linear": np.copy}
    A, profile = X, []
    for layer in range(1, len(params) // 2):
        profile.append(A.std())
        A = g[hidden](params[f"W{layer}"] @ A + params[f"b{layer}"])
    return np.array(profile)


@mistake(
    "activation_profile",
    caught_by="each_activation_has_a_profile_of_its_own",
    suggest='call it with "relu" and with "tanh": should the profiles be equal?',
)
def profile_always_relu(X, params, hidden):
    """Every hidden layer is a ReLU layer, whatever `hidden` says."""
    A, profile = X, []
    for layer in range(1, len(params) // 2):
        A = np.maximum(params[f"W{layer}"] @ A + params[f"b{layer}"], 0)
        profile.append(A.std())
    return np.array(profile)


@mistake(
    "activation_profile",
    caught_by="a_network_small_enough_for_a_pencil",
    suggest="print the input of layer 2: is it X or A1?",
)
def profile_always_from_X(X, params, hidden):
    """Every layer is fed with X; what a layer gives is not handed on to the next."""
    g = {"relu": lambda Z: Z * (Z > 0), "tanh": np.tanh, "sigmoid": lambda Z: 1 / (1 + np.exp(-Z)), "linear": np.copy}
    layers = range(1, len(params) // 2)
    return np.array([g[hidden](params[f"W{layer}"] @ X + params[f"b{layer}"]).std() for layer in layers])


@mistake(
    "activation_profile",
    caught_by="eleven_layers_have_ten_hidden_ones_in_their_order",
    suggest="print sorted(['W2', 'W10', 'W1'])",
)
def profile_in_alphabetical_order(X, params, hidden):
    """The keys are sorted as texts, and in that order W10 comes before W2."""
    g = {"relu": lambda Z: Z * (Z > 0), "tanh": np.tanh, "sigmoid": lambda Z: 1 / (1 + np.exp(-Z)), "linear": np.copy}
    A, profile = X, []
    for key in sorted(key for key in params if key.startswith("W"))[:-1]:
        A = g[hidden](params[key] @ A + params["b" + key[1:]])
        profile.append(A.std())
    return np.array(profile)


@mistake(
    "activation_profile",
    caught_by="the_ladder_of_small_weights_goes_down",
    suggest="print the profile of a layer whose activations are all about 0.001",
)
def profile_rounded(X, params, hidden):
    """The standard deviations are rounded to three places, and the small ones, which the profile is for, become 0."""
    g = {"relu": lambda Z: Z * (Z > 0), "tanh": np.tanh, "sigmoid": lambda Z: 1 / (1 + np.exp(-Z)), "linear": np.copy}
    A, profile = X, []
    for layer in range(1, len(params) // 2):
        A = g[hidden](params[f"W{layer}"] @ A + params[f"b{layer}"])
        profile.append(round(float(A.std()), 3))
    return np.array(profile)
