"""Known wrong ways to write forward.py: what each author believed, and which check must object.

`covers` names rows of the course's lists of mistakes: a slug of the exercise's own table, or "area/name".
"""

import numpy as np

from autograder.checking import mistake


@mistake(
    "sigmoid",
    caught_by="large_scores_do_not_make_numpy_warn",
    covers="naive_exp_overflow",
    read="the docstring, Notes: each of the two forms is harmless where its power is at most 1",
    suggest="evaluate np.exp(1000.0): numpy warns. For which scores does your line ask for a power above 1?",
)
def sigmoid_naive(Z):
    """The values are right, but e^-z is formed for very negative scores as well, where it overflows."""
    return 1.0 / (1.0 + np.exp(-Z))


@mistake(
    "sigmoid",
    caught_by="scores_of_a_thousand_are_certain",
    covers="activations/sigmoid-exp-ratio",
    suggest="evaluate np.exp(1000.0) / (1 + np.exp(1000.0)); by what can numerator and denominator be divided?",
)
def sigmoid_exp_ratio(Z):
    """Numerator and denominator both hold e^z, which overflows from 710 on: infinity over infinity is NaN."""
    return np.exp(Z) / (1.0 + np.exp(Z))


@mistake(
    "sigmoid",
    caught_by="the_sigmoid_of_2_is_0_88",
    covers="minus_sign",
    suggest="should the score 2 or the score -2 have the larger probability?",
)
def sigmoid_without_minus(Z):
    """The minus sign in the exponent is missing, so a large score gets a small probability."""
    return 1.0 / (1.0 + np.exp(Z))


@mistake(
    "sigmoid",
    caught_by="the_sigmoid_of_2_is_0_88",
    covers="scalar_only",
    read="numpy's exp works on every entry of an array; that of the module math takes one number",
    suggest="pass a matrix of shape (2, 5), not a number",
)
def sigmoid_of_one_number(Z):
    """math.exp takes a single number; an array of scores makes it stop."""
    import math

    return 1.0 / (1.0 + math.exp(-Z))


@mistake(
    "sigmoid",
    caught_by="the_sigmoid_of_2_is_0_88",
    suggest="print the result for Z = [[0.0]]: no sigmoid divides by zero",
)
def sigmoid_minus_below(Z):
    """The denominator is 1 minus the power instead of 1 plus the power: at 0 it vanishes."""
    return 1.0 / (1.0 - np.exp(-Z))


@mistake(
    "sigmoid",
    caught_by="a_larger_score_is_a_larger_probability",
    read="F3 §1.1.2: the sigmoid lies in (0, 1), tanh in (-1, 1)",
    suggest="print the result for Z = [[-2.0]]: can a probability be negative?",
)
def sigmoid_is_tanh(Z):
    """This is tanh, whose values run from -1 to 1; a probability is never negative."""
    return np.tanh(Z)


@mistake(
    "sigmoid",
    caught_by="a_larger_score_is_a_larger_probability",
    suggest="print the result for Z = [[0.0, 5.0]]: the second number should be near 1",
)
def sigmoid_slope(Z):
    """This is the slope of the sigmoid, s(1 - s), which is largest at 0; the sigmoid itself is asked for."""
    s = 1.0 / (1.0 + np.exp(-Z))
    return s * (1.0 - s)


@mistake(
    "sigmoid",
    caught_by="whole_number_scores_give_probabilities",
    read="convention 'dtype': inputs may be int; results are float64",
    suggest="print np.zeros_like(np.array([1, 2])).dtype",
)
def sigmoid_in_integer_array(Z):
    """The result is written into an array made like Z; for integer scores, that array holds only integers."""
    A = np.zeros_like(Z)
    A[:] = np.exp(np.minimum(Z, 0)) / (1.0 + np.exp(-np.abs(Z)))
    return A


@mistake(
    "sigmoid",
    caught_by="scores_of_a_thousand_are_certain",
    suggest="compute the sigmoid of -1000 by hand: how many zeros follow the point?",
)
def sigmoid_clipped_too_early(Z):
    """Scores are clipped to ±10 first, so no probability gets below 0.000045, however sure the unit is."""
    return 1.0 / (1.0 + np.exp(-np.clip(Z, -10.0, 10.0)))


@mistake(
    "sigmoid",
    caught_by="what_is_not_yes_is_no",
    read="convention 'purity': no argument is modified",
    suggest="write into an array of your own: Z belongs to the caller, and the backward pass needs it as it was",
)
def sigmoid_in_place(Z):
    """The scores of the caller are overwritten; they arrive read-only, so numpy refuses."""
    Z *= -1
    return 1.0 / (1.0 + np.exp(Z))


@mistake(
    "tanh",
    caught_by="saturated_units_give_plus_or_minus_one",
    covers="overflow_nan",
    suggest="evaluate np.exp(1000.0) - np.exp(-1000.0), then the sum, then their quotient",
)
def tanh_overflows(Z):
    """The powers overflow from 710 on, and infinity over infinity is NaN."""
    up, down = np.exp(Z), np.exp(-Z)
    return (up - down) / (up + down)


@mistake(
    "tanh",
    caught_by="tanh_is_a_sigmoid_stretched_around_zero",
    covers="sigmoid_instead",
    read="F3 §1.1.2 tanh 函数: centred on zero, from -1 to 1",
    suggest="print the result for Z = [[0.0]]: tanh is 0 there",
)
def tanh_is_sigmoid(Z):
    """This is the sigmoid: it is 0.5 at 0 and never negative, while tanh is centred on zero."""
    return 1.0 / (1.0 + np.exp(-Z))


@mistake(
    "tanh",
    caught_by="tanh_is_a_sigmoid_stretched_around_zero",
    read="F3 §1.1.2 tanh 函数 gives the interval as 1. You copied faithfully: the notes are wrong here (erratum E16);"
    " it is 2 wide, from -1 to 1",
    suggest="print the result for Z = [[-2.0]]: tanh has the sign of its argument",
)
def tanh_one_wide(Z):
    """The curve is squeezed into an interval of width 1, from 0 to 1; tanh runs from -1 to 1."""
    return (np.tanh(Z) + 1.0) / 2.0


@mistake(
    "tanh",
    caught_by="the_tanh_of_ln_2_is_0_6",
    suggest="print the result for Z = [[3.0]]: can it be above 1?",
)
def tanh_without_denominator(Z):
    """This is half the difference of the powers, the hyperbolic sine; it still has to be divided by half their sum."""
    return (np.exp(Z) - np.exp(-Z)) / 2.0


@mistake(
    "tanh",
    caught_by="the_tanh_of_ln_2_is_0_6",
    suggest="compare the slopes at 0: tanh has 1, the sigmoid has 1/4",
)
def tanh_half_as_steep(Z):
    """The sigmoid is stretched and moved, but taken at z instead of at 2z: the curve is half as steep as tanh."""
    return 2.0 / (1.0 + np.exp(-Z)) - 1.0


@mistake(
    "tanh",
    caught_by="the_tanh_of_ln_2_is_0_6",
    read="F2 §5: the power with the minus sign is subtracted",
    suggest="tanh of a positive score is positive: is yours?",
)
def tanh_upside_down(Z):
    """The two powers of the numerator are exchanged, so positive scores come out negative."""
    return -np.tanh(Z)


@mistake(
    "relu",
    caught_by="a_score_and_its_mirror_image_are_treated_differently",
    covers="alpha_on_positive",
    suggest="print relu of 2 and of -2 with alpha = 0.01: which of them should pass unchanged?",
)
def relu_shrinks_positive(Z, alpha=0.0):
    """The two sides are exchanged: positive scores are multiplied by alpha, and negative ones pass."""
    return np.where(Z > 0, alpha * Z, Z)


@mistake(
    "relu",
    caught_by="a_leaky_unit_lets_a_hundredth_through",
    covers=("alpha_on_positive", "activations/leaky-both-sides"),
    suggest="print relu of 2 with alpha = 0.01: it should be 2, not 2.02",
)
def relu_leaks_on_both_sides(Z, alpha=0.0):
    """alpha z is added everywhere, so positive scores get it on top: 2 becomes 2.02."""
    return np.maximum(0.0, Z) + alpha * Z


@mistake(
    "relu",
    caught_by="a_leaky_unit_lets_a_hundredth_through",
    covers=("slope_.1", "activations/leaky-slope-ten-x"),
    read="F3 §1.1.2 Leaky ReLU函数. You copied faithfully: the notes are wrong here (erratum E16). 0.01 x is right,"
    " the slope 0.1 in the same sentence is not; and here the slope is what is passed as alpha",
    suggest="print relu of -3 with alpha = 0.01: it should be -0.03",
)
def relu_slope_tenth(Z, alpha=0.0):
    """The slope for negative scores is 0.1 whenever there is one, as a sentence of F3 has it; alpha is what counts."""
    return np.where(Z > 0, Z, 0.1 * Z if alpha else 0.0)


@mistake(
    "relu",
    caught_by="negative_scores_are_cut_off",
    suggest="print relu of -3 without a second argument, and with alpha = 0.2",
)
def relu_slope_hundredth(Z, alpha=0.0):
    """The slope for negative scores is 0.01 whatever alpha says, so even a plain relu leaks."""
    return np.where(Z > 0, Z, 0.01 * Z)


@mistake(
    "relu",
    caught_by="a_leaky_unit_lets_a_hundredth_through",
    suggest="where in your function does alpha occur?",
)
def relu_ignores_alpha(Z, alpha=0.0):
    """alpha is never used: negative scores are cut off even where a hundredth should pass."""
    return np.maximum(0.0, Z)


@mistake(
    "relu",
    caught_by="negative_scores_are_cut_off",
    covers=("inplace", "activations/cache-overwritten"),
    read="convention 'purity': no argument is modified",
    suggest="make a copy first: the backward pass asks for Z as it was before the activation",
)
def relu_in_place(Z, alpha=0.0):
    """The scores of the caller are overwritten, and the backward pass would find none that is negative."""
    Z[Z < 0] *= alpha
    return Z


@mistake(
    "relu",
    caught_by="whole_number_scores_leak_fractions",
    read="convention 'dtype': inputs may be int; results are float64",
    suggest="print Z.copy().dtype for whole-number scores",
)
def relu_in_integer_array(Z, alpha=0.0):
    """The result is written into a copy of Z; for integer scores, that copy cuts off the decimals."""
    A = Z.copy()
    A[Z < 0] = alpha * Z[Z < 0]
    return A


@mistake(
    "relu",
    caught_by="negative_scores_are_cut_off",
    read="np.maximum compares two arrays entry by entry; the second argument of np.max is an axis",
    suggest="compare np.max(Z, 0) with np.maximum(Z, 0)",
)
def relu_max_of_columns(Z, alpha=0.0):
    """np.max(Z, 0) is the largest entry of each column; the comparison with zero is np.maximum."""
    return np.max(Z, 0)


@mistake(
    "relu",
    caught_by="negative_scores_are_cut_off",
    suggest="print relu of 3: the score passes as it is",
)
def relu_slope_of_it(Z, alpha=0.0):
    """This is the slope of the unit, 1 or alpha; the forward pass needs the score itself."""
    return np.where(Z > 0, 1.0, alpha)


@mistake(
    "linear_forward",
    caught_by="a_square_layer_forgives_shapes_but_not_values",
    covers=("W.T", "fwd-bwd/missing-transpose"),
    read="convention 'layout': W[l] is (n_l, n_{l-1}), one row per unit",
    suggest="write the shapes under the product: (n, n_prev) times (n_prev, m)",
)
def linear_transposes_W(A_prev, W, b):
    """W is transposed, as if it had one column per unit; here it has one row per unit and fits as it is."""
    return W.T @ A_prev + b


@mistake(
    "linear_forward",
    caught_by="a_square_layer_forgives_shapes_but_not_values",
    covers="A@W",
    read="F1 §2.5.2.1: W stands on the left of A",
    suggest="write the shapes under the product: the inner two must be the same number",
)
def linear_swaps_factors(A_prev, W, b):
    """The factors of the matrix product are exchanged: A W instead of W A."""
    return A_prev @ W + b


@mistake(
    "linear_forward",
    caught_by="a_square_layer_forgives_shapes_but_not_values",
    covers="b_row_broadcast",
    read="convention 'layout': b is (n, 1), a column, one number per unit",
    suggest="print b.shape, and the shape of what you add",
)
def linear_bias_as_row(A_prev, W, b):
    """The bias is laid down as a row, one number per example; it belongs to the units and is a column."""
    return W @ A_prev + b.reshape(1, -1)


@mistake(
    "linear_forward",
    caught_by="doubling_the_input_doubles_all_but_the_bias",
    covers="forgets_b",
    suggest="what should the layer give for an input of zeros?",
)
def linear_without_bias(A_prev, W, b):
    """The bias is never added: an input of zeros gives scores of zero."""
    return W @ A_prev


@mistake(
    "linear_forward",
    caught_by="a_bias_shifts_the_row_of_its_unit",
    suggest="raise one entry of b by 1: its row of Z should rise by 1",
)
def linear_subtracts_bias(A_prev, W, b):
    """The bias is subtracted, as if it were a threshold; in this course it is added."""
    return W @ A_prev - b


@mistake(
    "linear_forward",
    caught_by="a_square_layer_forgives_shapes_but_not_values",
    read="F3 §2 writes Z=W*X+b. You copied faithfully; what is meant is the matrix product, W @ X in numpy",
    suggest="compare W * A with W @ A for two matrices of shape (2, 2)",
)
def linear_multiplies_entries(A_prev, W, b):
    """The star multiplies entry by entry; a score is a sum of products, row times column."""
    return W * A_prev + b


@mistake(
    "linear_forward",
    caught_by="a_square_layer_forgives_shapes_but_not_values",
    suggest="use two different biases, and see where each of them arrives",
)
def linear_bias_inside(A_prev, W, b):
    """The bias is added to the input and then weighed; it should be added to the result."""
    return W @ (A_prev + b)


@mistake(
    "linear_forward",
    caught_by="one_example_or_many_get_the_same_scores",
    read="convention 'layout': examples are columns, in Z as well",
    suggest="print Z.shape for 2 units and 5 examples: it should be (2, 5)",
)
def linear_rows_layout(A_prev, W, b):
    """Each example is a row of the result; in this course examples are columns."""
    return A_prev.T @ W.T + b.T


@mistake(
    "linear_forward",
    caught_by="the_worked_example_of_a_layer_comes_out",
    suggest="give the units different biases: does each row get its own?",
)
def linear_adds_all_biases(A_prev, W, b):
    """The biases are added up, and every unit gets their sum instead of its own."""
    return W @ A_prev + np.sum(b)


@mistake(
    "linear_forward",
    caught_by="whole_numbers_meet_a_fractional_bias",
    read="convention 'dtype': inputs may be int; results are float64",
    suggest="Z = W @ A_prev + b makes a new array and chooses its dtype; += keeps the old one",
)
def linear_adds_in_place(A_prev, W, b):
    """The bias is added in place to the product; of whole numbers, that is an integer array and takes no fractions."""
    Z = W @ A_prev
    Z += b
    return Z


@mistake(
    "model_forward",
    caught_by="the_worked_example_of_a_network_comes_out",
    covers="output_uses_hidden_act",
    read="F1 §2.5.2.1: the last layer has the sigmoid, whatever the hidden ones have",
    suggest="print AL: is every entry a probability?",
)
def model_hidden_activation_everywhere(X, params, hidden="relu", output="sigmoid"):
    """The last layer is bent like the hidden ones; it has an activation of its own, `output`."""
    bend = {"relu": relu, "tanh": tanh, "sigmoid": sigmoid, "linear": lambda Z: Z}  # noqa: F821 - of this room
    A, caches = X, []
    for l in range(1, len(params) // 2 + 1):  # noqa: E741
        Z = params[f"W{l}"] @ A + params[f"b{l}"]
        caches.append(LayerCache(A, params[f"W{l}"], Z))  # noqa: F821
        A = bend[hidden](Z)
    return A, caches


@mistake(
    "model_forward",
    caught_by="the_worked_example_of_a_network_comes_out",
    suggest="print A after the first layer of the worked example: the score -0.5 should have become 0",
)
def model_output_activation_everywhere(X, params, hidden="relu", output="sigmoid"):
    """Every layer is bent like the last one; `hidden` says what the layers before it do."""
    A, caches = X, []
    for l in range(1, len(params) // 2 + 1):  # noqa: E741
        Z = params[f"W{l}"] @ A + params[f"b{l}"]
        caches.append(LayerCache(A, params[f"W{l}"], Z))  # noqa: F821
        A = sigmoid(Z) if output == "sigmoid" else Z  # noqa: F821
    return A, caches


@mistake(
    "model_forward",
    caught_by="the_network_of_the_notes_has_four_layers",
    covers="layer_off_by_one",
    suggest="how often does `for l in range(1, L)` run for L = 4?",
)
def model_stops_one_layer_early(X, params, hidden="relu", output="sigmoid"):
    """The loop ends before the last layer, so what comes out belongs to a hidden layer."""
    bend = {"relu": relu, "tanh": tanh, "sigmoid": sigmoid, "linear": lambda Z: Z}  # noqa: F821
    A, caches = X, []
    for l in range(1, len(params) // 2):  # noqa: E741
        Z = params[f"W{l}"] @ A + params[f"b{l}"]
        caches.append(LayerCache(A, params[f"W{l}"], Z))  # noqa: F821
        A = bend[hidden](Z)
    return A, caches


@mistake(
    "model_forward",
    caught_by="the_network_of_the_notes_has_four_layers",
    covers="layer_off_by_one",
    read="convention 'params': the layer index starts at 1",
    suggest="with which number do the names in `params` begin?",
)
def model_counts_layers_from_zero(X, params, hidden="relu", output="sigmoid"):
    """Layers are counted from 0, and there is no W0: the first layer is W1."""
    A, caches = X, []
    for l in range(len(params) // 2):  # noqa: E741
        Z = params[f"W{l}"] @ A + params[f"b{l}"]
        caches.append(LayerCache(A, params[f"W{l}"], Z))  # noqa: F821
        A = np.maximum(0, Z)
    return A, caches


@mistake(
    "model_forward",
    caught_by="the_caches_hold_what_each_layer_saw",
    covers="cache_A_instead_of_A_prev",
    suggest="print caches[0].A_prev.shape: it should be that of X",
)
def model_caches_its_own_A(X, params, hidden="relu", output="sigmoid"):
    """The cache is made after the activation and holds what leaves the layer, where what came in is asked for."""
    bend = {"relu": relu, "tanh": tanh, "sigmoid": sigmoid, "linear": lambda Z: Z}  # noqa: F821
    A, caches, L = X, [], len(params) // 2
    for l in range(1, L + 1):  # noqa: E741
        Z = params[f"W{l}"] @ A + params[f"b{l}"]
        A = bend[output if l == L else hidden](Z)
        caches.append(LayerCache(A, params[f"W{l}"], Z))  # noqa: F821
    return A, caches


@mistake(
    "model_forward",
    caught_by="the_caches_hold_what_each_layer_saw",
    read="F1 §反向传播: the gradient needs g'(Z), so Z itself has to be kept",
    suggest="print the last field of caches[0]: with tanh, scores may leave [-1, 1], and activations may not",
)
def model_caches_A_for_Z(X, params, hidden="relu", output="sigmoid"):
    """The third field of the cache holds the activation instead of the score Z."""
    bend = {"relu": relu, "tanh": tanh, "sigmoid": sigmoid, "linear": lambda Z: Z}  # noqa: F821
    A, caches, L = X, [], len(params) // 2
    for l in range(1, L + 1):  # noqa: E741
        A_prev = A
        A = bend[output if l == L else hidden](params[f"W{l}"] @ A_prev + params[f"b{l}"])
        caches.append(LayerCache(A_prev, params[f"W{l}"], A))  # noqa: F821
    return A, caches


@mistake(
    "model_forward",
    caught_by="the_caches_hold_what_each_layer_saw",
    suggest="count the caches of a network with three layers",
)
def model_forgets_last_cache(X, params, hidden="relu", output="sigmoid"):
    """Only the hidden layers leave a cache; the output layer has weights to learn like the others."""
    bend = {"relu": relu, "tanh": tanh, "sigmoid": sigmoid, "linear": lambda Z: Z}  # noqa: F821
    A, caches, L = X, [], len(params) // 2
    for l in range(1, L):  # noqa: E741
        Z = params[f"W{l}"] @ A + params[f"b{l}"]
        caches.append(LayerCache(A, params[f"W{l}"], Z))  # noqa: F821
        A = bend[hidden](Z)
    return bend[output](params[f"W{L}"] @ A + params[f"b{L}"]), caches


@mistake(
    "model_forward",
    caught_by="a_network_of_one_layer_is_logistic_regression",
    covers="fwd-bwd/hard-coded-sizes",
    suggest="how can you tell from `params` how many layers there are?",
)
def model_always_two_layers(X, params, hidden="relu", output="sigmoid"):
    """Two layers are written down one after the other, whatever the number of layers in `params`."""
    bend = {"relu": relu, "tanh": tanh, "sigmoid": sigmoid, "linear": lambda Z: Z}  # noqa: F821
    Z1 = params["W1"] @ X + params["b1"]
    A1 = bend[hidden](Z1)
    Z2 = params["W2"] @ A1 + params["b2"]
    caches = [LayerCache(X, params["W1"], Z1), LayerCache(A1, params["W2"], Z2)]  # noqa: F821
    return bend[output](Z2), caches


@mistake(
    "model_forward",
    caught_by="names_count_and_not_the_order_of_the_dict",
    suggest="build a dict with W2 before W1, and print what your loop sees first",
)
def model_trusts_dict_order(X, params, hidden="relu", output="sigmoid"):
    """Weights and biases are taken in the order in which the dict holds them, and not by their names."""
    bend = {"relu": relu, "tanh": tanh, "sigmoid": sigmoid, "linear": lambda Z: Z}  # noqa: F821
    values = list(params.values())
    A, caches = X, []
    for place in range(0, len(values), 2):
        Z = values[place] @ A + values[place + 1]
        caches.append(LayerCache(A, values[place], Z))  # noqa: F821
        A = bend[output if place + 2 == len(values) else hidden](Z)
    return A, caches


@mistake(
    "model_forward",
    caught_by="names_count_and_not_the_order_of_the_dict",
    suggest="evaluate sorted(['W1', 'W2', 'W10']): texts are sorted letter by letter",
)
def model_sorts_names_as_text(X, params, hidden="relu", output="sigmoid"):
    """The names are sorted as texts, and 'W10' comes before 'W2'; from ten layers on, the order is wrong."""
    bend = {"relu": relu, "tanh": tanh, "sigmoid": sigmoid, "linear": lambda Z: Z}  # noqa: F821
    names = sorted(key for key in params if key[0] == "W")
    A, caches = X, []
    for name in names:
        Z = params[name] @ A + params[f"b{name[1:]}"]
        caches.append(LayerCache(A, params[name], Z))  # noqa: F821
        A = bend[output if name == names[-1] else hidden](Z)
    return A, caches


@mistake(
    "model_forward",
    caught_by="each_name_bends_the_hidden_layers_in_its_own_way",
    suggest="run the same network with hidden = 'relu' and with hidden = 'tanh': the answers should differ",
)
def model_ignores_hidden(X, params, hidden="relu", output="sigmoid"):
    """`hidden` is never looked at: the hidden layers are relu whatever it says."""
    A, caches, L = X, [], len(params) // 2
    for l in range(1, L + 1):  # noqa: E741
        Z = params[f"W{l}"] @ A + params[f"b{l}"]
        caches.append(LayerCache(A, params[f"W{l}"], Z))  # noqa: F821
        A = np.maximum(0, Z) if l < L else sigmoid(Z) if output == "sigmoid" else Z  # noqa: F821
    return A, caches


@mistake(
    "model_forward",
    caught_by="a_linear_output_is_the_last_score_as_it_is",
    suggest="run the worked example with output = 'linear': the last answer should be 2.5, which is no probability",
)
def model_ignores_output(X, params, hidden="relu", output="sigmoid"):
    """`output` is never looked at: the last layer is a sigmoid whatever it says."""
    bend = {"relu": relu, "tanh": tanh, "sigmoid": sigmoid, "linear": lambda Z: Z}  # noqa: F821
    A, caches, L = X, [], len(params) // 2
    for l in range(1, L + 1):  # noqa: E741
        Z = params[f"W{l}"] @ A + params[f"b{l}"]
        caches.append(LayerCache(A, params[f"W{l}"], Z))  # noqa: F821
        A = bend[hidden](Z) if l < L else sigmoid(Z)  # noqa: F821
    return A, caches


@mistake(
    "model_forward",
    caught_by="the_worked_example_of_a_network_comes_out",
    read="F3 §1.1.2 为什么要使用激活函数",
    suggest="print A after the first layer of the worked example: the score -0.5 should have become 0",
)
def model_never_bends(X, params, hidden="relu", output="sigmoid"):
    """The scores of a hidden layer go into the next one as they are; the activation between them is missing."""
    A, caches = X, []
    for l in range(1, len(params) // 2 + 1):  # noqa: E741
        Z = params[f"W{l}"] @ A + params[f"b{l}"]
        caches.append(LayerCache(A, params[f"W{l}"], Z))  # noqa: F821
        A = Z
    return sigmoid(A) if output == "sigmoid" else A, caches  # noqa: F821


@mistake(
    "model_forward",
    caught_by="no_example_knows_of_another",
    suggest="run one example alone, then the same example within a batch: do the answers agree?",
)
def model_centres_scores(X, params, hidden="relu", output="sigmoid"):
    """The mean over the batch is taken from each unit's scores, so every answer depends on the other examples."""
    bend = {"relu": relu, "tanh": tanh, "sigmoid": sigmoid, "linear": lambda Z: Z}  # noqa: F821
    A, caches, L = X, [], len(params) // 2
    for l in range(1, L + 1):  # noqa: E741
        Z = params[f"W{l}"] @ A + params[f"b{l}"]
        Z = Z - Z.mean(axis=1, keepdims=True)
        caches.append(LayerCache(A, params[f"W{l}"], Z))  # noqa: F821
        A = bend[output if l == L else hidden](Z)
    return A, caches


@mistake(
    "binary_cross_entropy",
    caught_by="three_copies_of_the_examples_leave_the_cost_unchanged",
    covers="sum_not_mean",
    read="F0 §正则化（Regularization）: the cost has a 1/m",
    suggest="take every example three times: a mean must not change",
)
def bce_summed(AL, Y):
    """The prices of the examples are added up but not averaged."""
    P = np.clip(AL, 1e-12, 1.0 - 1e-12)
    return float(-np.sum(Y * np.log(P) + (1.0 - Y) * np.log(1.0 - P)))


@mistake(
    "binary_cross_entropy",
    caught_by="who_knows_nothing_pays_ln_2",
    covers="sign",
    read="F4 §1.6 (27): there is a minus sign in front of the sum; the last form of (29) has lost it (erratum E20)",
    suggest="can the price of a wrong answer be negative?",
)
def bce_sign_lost(AL, Y):
    """The minus sign is missing: logarithms of probabilities are negative, and costs are not."""
    P = np.clip(AL, 1e-12, 1.0 - 1e-12)
    return float(np.mean(Y * np.log(P) + (1.0 - Y) * np.log(1.0 - P)))


@mistake(
    "binary_cross_entropy",
    caught_by="who_knows_nothing_pays_ln_2",
    covers="log10",
    suggest="evaluate np.log(0.5) and np.log10(0.5): which one has the derivative 1/x?",
)
def bce_log10(AL, Y):
    """The logarithm has base 10; the natural one is meant, and only with it is the gradient A - Y."""
    P = np.clip(AL, 1e-12, 1.0 - 1e-12)
    return float(-np.mean(Y * np.log10(P) + (1.0 - Y) * np.log10(1.0 - P)))


@mistake(
    "binary_cross_entropy",
    caught_by="yes_and_no_are_worth_the_same",
    covers=("only_y1_term", "fwd-bwd/half-cross-entropy"),
    suggest="what does the answer 0.9 cost when the truth is 0?",
)
def bce_of_class_1_only(AL, Y):
    """Only examples of class 1 are charged; whatever is said about the others costs nothing."""
    return float(-np.mean(Y * np.log(np.clip(AL, 1e-12, 1.0))))


@mistake(
    "binary_cross_entropy",
    caught_by="certainty_is_free_when_right_and_finite_when_wrong",
    suggest="evaluate 0 * np.log(0.0): the term that should vanish is NaN",
)
def bce_log_of_zero(AL, Y):
    """The logarithm meets 0 where an answer is certain: the cost becomes NaN or infinite."""
    return float(-np.mean(Y * np.log(AL) + (1.0 - Y) * np.log(1.0 - AL)))


@mistake(
    "binary_cross_entropy",
    caught_by="four_answers_cost_0_747_on_average",
    covers="softmax-loss/large-log-eps",
    suggest="compute the four prices of the worked example to ten digits, and compare",
)
def bce_with_large_eps(AL, Y):
    """1e-5 is added inside each logarithm: every price is a little too small, and none can exceed 11.5."""
    return float(-np.mean(Y * np.log(AL + 1e-5) + (1.0 - Y) * np.log(1.0 - AL + 1e-5)))


@mistake(
    "binary_cross_entropy",
    caught_by="being_certain_and_wrong_costs_27_631",
    read="the docstring, Notes: probabilities are kept in [1e-12, 1 - 1e-12]",
    suggest="compute -ln of the bound that you use: the largest price an example can have",
)
def bce_other_bound(AL, Y):
    """Probabilities are kept 1e-7 away from 0 and 1, as some libraries do; here it is 1e-12."""
    P = np.clip(AL, 1e-7, 1.0 - 1e-7)
    return float(-np.mean(Y * np.log(P) + (1.0 - Y) * np.log(1.0 - P)))


@mistake(
    "binary_cross_entropy",
    caught_by="four_answers_cost_0_747_on_average",
    suggest="compute the price of the answer 0.7 to the truth 1 by hand: -ln 0.7 = 0.357",
)
def bce_classes_swapped(AL, Y):
    """Each probability is charged to the other class: being right is expensive, and being wrong is cheap."""
    P = np.clip(AL, 1e-12, 1.0 - 1e-12)
    return float(-np.mean((1.0 - Y) * np.log(P) + Y * np.log(1.0 - P)))


@mistake(
    "binary_cross_entropy",
    caught_by="who_knows_nothing_pays_ln_2",
    read="cross-entropy is -ln of the probability of the truth; the square of the distance is another cost",
    suggest="compute the price of the answer 0.01 to the truth 1: can it be below 1?",
)
def bce_squared_error(AL, Y):
    """The distance between answer and truth is squared; cross-entropy takes the logarithm of a probability."""
    return float(np.mean((AL - Y) ** 2))


@mistake(
    "binary_cross_entropy",
    caught_by="four_answers_cost_0_747_on_average",
    suggest="by what do you divide, and how many examples are there?",
)
def bce_halved(AL, Y):
    """The sum is divided by 2m, a habit from squared errors; here it is divided by m."""
    P = np.clip(AL, 1e-12, 1.0 - 1e-12)
    return float(-np.sum(Y * np.log(P) + (1.0 - Y) * np.log(1.0 - P)) / (2 * AL.shape[1]))


@mistake(
    "binary_cross_entropy",
    caught_by="four_answers_cost_0_747_on_average",
    read="convention 'costs': J is one number, the mean over the m columns",
    suggest="print the shape of your result for four examples",
)
def bce_of_each(AL, Y):
    """Each example has its price, but the mean is not taken."""
    P = np.clip(AL, 1e-12, 1.0 - 1e-12)
    return -(Y * np.log(P) + (1.0 - Y) * np.log(1.0 - P))


@mistake(
    "collapse_linear_network",
    caught_by="equal_widths_forgive_every_order_but_one_is_right",
    covers="wrong_order_product",
    suggest="x meets W1 first, so W1 stands next to x: on which side of the product is that?",
)
def collapse_in_wrong_order(params):
    """The factors stand in the order of the layers, W1 first; x meets W1 first only if W1 stands last."""
    W_eff, b_eff = params["W1"], params["b1"]
    for l in range(2, len(params) // 2 + 1):  # noqa: E741
        W_eff, b_eff = W_eff @ params[f"W{l}"], params[f"W{l}"] @ b_eff + params[f"b{l}"]
    return W_eff, b_eff


@mistake(
    "collapse_linear_network",
    caught_by="each_bias_passes_through_the_weights_above_it",
    covers="b_not_propagated",
    suggest="what does the network answer to X = 0?",
)
def collapse_keeps_last_bias(params):
    """b_eff is the bias of the last layer alone; those below it reach the output too, through the weights."""
    W_eff = params["W1"]
    L = len(params) // 2
    for l in range(2, L + 1):  # noqa: E741
        W_eff = params[f"W{l}"] @ W_eff
    return W_eff, params[f"b{L}"]


@mistake(
    "collapse_linear_network",
    caught_by="equal_widths_forgive_every_order_but_one_is_right",
    covers="b_not_propagated",
    suggest="b1 is added before layer 2 multiplies: by which matrix is it multiplied?",
)
def collapse_adds_biases(params):
    """The biases are simply added up; every bias but the last is multiplied by the weights above it."""
    W_eff, b_eff = params["W1"], params["b1"]
    for l in range(2, len(params) // 2 + 1):  # noqa: E741
        W_eff, b_eff = params[f"W{l}"] @ W_eff, b_eff + params[f"b{l}"]
    return W_eff, b_eff


@mistake(
    "collapse_linear_network",
    caught_by="equal_widths_forgive_every_order_but_one_is_right",
    suggest="in layer l, is the old bias multiplied by W[l] alone, or by the whole product so far?",
)
def collapse_bias_through_product(params):
    """The bias is multiplied by the whole product so far, first layer included; it starts above that layer."""
    W_eff, b_eff = params["W1"], params["b1"]
    for l in range(2, len(params) // 2 + 1):  # noqa: E741
        W_eff = params[f"W{l}"] @ W_eff
        b_eff = W_eff @ b_eff + params[f"b{l}"]
    return W_eff, b_eff


@mistake(
    "collapse_linear_network",
    caught_by="each_bias_passes_through_the_weights_above_it",
    read="F0 §梯度消失/梯度爆炸 drops the biases to keep the formula short (b = 0); here they are not 0",
    suggest="what does the network answer to X = 0?",
)
def collapse_without_biases(params):
    """The product of the weights is right, but the biases are left out, as if they were all 0."""
    W_eff = params["W1"]
    for l in range(2, len(params) // 2 + 1):  # noqa: E741
        W_eff = params[f"W{l}"] @ W_eff
    return W_eff, np.zeros((W_eff.shape[0], 1))


@mistake(
    "collapse_linear_network",
    caught_by="the_single_layer_answers_as_the_whole_network_does",
    suggest="how often does `for l in range(2, L)` run for L = 2?",
)
def collapse_forgets_last_layer(params):
    """The loop ends one layer early: this is the summary of the layers below the last one."""
    W_eff, b_eff = params["W1"], params["b1"]
    for l in range(2, len(params) // 2):  # noqa: E741
        W_eff, b_eff = params[f"W{l}"] @ W_eff, params[f"W{l}"] @ b_eff + params[f"b{l}"]
    return W_eff, b_eff


@mistake(
    "collapse_linear_network",
    caught_by="a_single_layer_stays_as_it_is",
    covers="fwd-bwd/hard-coded-sizes",
    suggest="try it with one layer, then with three",
)
def collapse_two_layers(params):
    """The formula for two layers is written down, whatever the number of layers in `params`."""
    return params["W2"] @ params["W1"], params["W2"] @ params["b1"] + params["b2"]


@mistake(
    "collapse_linear_network",
    caught_by="two_layers_become_one",
    read="convention 'layout': b is (n, 1), a column, one number per unit",
    suggest="print the shape of b_eff for four units: it should be (4, 1)",
)
def collapse_flat_bias(params):
    """b_eff is flattened to (n_L,); added to scores of shape (n_L, m) it would not fit, or lie down as a row."""
    W_eff, b_eff = params["W1"], params["b1"]
    for l in range(2, len(params) // 2 + 1):  # noqa: E741
        W_eff, b_eff = params[f"W{l}"] @ W_eff, params[f"W{l}"] @ b_eff + params[f"b{l}"]
    return W_eff, b_eff.ravel()


@mistake(
    "count_parameters",
    caught_by="the_network_of_the_notes_has_72_parameters",
    covers="no_bias",
    suggest="count the entries of W1 and of b1 for [4, 2]: there are 10",
)
def count_without_biases(layer_dims):
    """Only the weights are counted; each unit has a bias too."""
    return sum(layer_dims[l] * layer_dims[l - 1] for l in range(1, len(layer_dims)))  # noqa: E741


@mistake(
    "count_parameters",
    caught_by="layers_count_one_by_one",
    covers="counts_layers",
    suggest="a layer is more than one number: count the entries of W1 and of b1 for [4, 2]",
)
def count_layers(layer_dims):
    """The layers are counted, not the numbers in them."""
    return len(layer_dims) - 1


@mistake(
    "count_parameters",
    caught_by="the_count_is_the_size_of_the_arrays",
    suggest="for [4, 2], write down W1 and b1 and count their entries",
)
def count_units(layer_dims):
    """The units are counted, and so the biases; the weights between them are missing."""
    return sum(layer_dims[1:])


@mistake(
    "count_parameters",
    caught_by="the_network_of_the_notes_has_72_parameters",
    suggest="does a feature have a bias?",
)
def count_biases_of_inputs(layer_dims):
    """The features get a bias as well; they are given, and nothing is added to them."""
    weights = sum(layer_dims[l] * layer_dims[l - 1] for l in range(1, len(layer_dims)))  # noqa: E741
    return weights + sum(layer_dims)


@mistake(
    "count_parameters",
    caught_by="the_network_of_the_notes_has_72_parameters",
    suggest="a bias belongs to a unit: is it counted with the units of its layer, or with those below?",
)
def count_biases_below(layer_dims):
    """Each layer gets as many biases as it has inputs, where it has one for each of its own units."""
    return sum(layer_dims[l - 1] * (layer_dims[l] + 1) for l in range(1, len(layer_dims)))  # noqa: E741


@mistake(
    "count_parameters",
    caught_by="the_count_is_the_size_of_the_arrays",
    suggest="how many layers does [3, 5, 5, 3, 1] have, and how many do you count?",
)
def count_hidden_layers_only(layer_dims):
    """The loop ends before the last layer, whose weights and biases are learnt like all the others."""
    return sum(layer_dims[l] * (layer_dims[l - 1] + 1) for l in range(1, len(layer_dims) - 1))  # noqa: E741
