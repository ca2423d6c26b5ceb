"""Known wrong ways to write backprop.py: what each author believed, and which check must object.

`covers` names rows of the course's lists of mistakes: a slug of the exercise's own table, or "area/name".
"""

import numpy as np

from autograder.checking import equivalent, mistake


@mistake(
    "sigmoid_backward",
    caught_by="the_slope_is_a_quarter_at_zero_and_dies_far_from_it",
    covers="activations/sigmoid-deriv-of-z",
    read="F3 §1.1.2, sigmoid函数: the value of the sigmoid goes into a(1 - a), not the score",
    suggest="the slope at 2 should be 0.105; what is 2(1 - 2)?",
)
def sigmoid_slope_of_the_score(dA, Z):
    """The formula a(1 - a) is filled with the score Z instead of the value of the sigmoid there."""
    return dA * Z * (1 - Z)


@mistake(
    "sigmoid_backward",
    caught_by="the_slope_is_a_quarter_at_zero_and_dies_far_from_it",
    covers="uses_dA_as_A",
    suggest="which of the two arguments has gone through the sigmoid?",
)
def sigmoid_slope_of_the_gradient(dA, Z):
    """dA is taken for the value of the sigmoid: dA(1 - dA) knows nothing of the scores."""
    return dA * (1 - dA)


@mistake(
    "sigmoid_backward",
    caught_by="going_back_through_the_sigmoid_agrees_with_central_differences",
    covers="forgets_dA",
    read="F1 §2.5.2, 反向传播: dZ = dA * g'(Z), a product of two factors",
    suggest="double dA: should dZ stay the same?",
)
def sigmoid_slope_alone(dA, Z):
    """The slope of the sigmoid comes back alone; nobody multiplies it with dA."""
    A = 1 / (1 + np.exp(-np.clip(Z, -500, 500)))
    return A * (1 - A)


@mistake(
    "sigmoid_backward",
    caught_by="the_slope_is_the_same_on_both_sides_of_zero",
    covers="s(1+s)",
    suggest="at 0 the sigmoid is 1/2: is your slope 1/4 there?",
)
def sigmoid_plus_sign(dA, Z):
    """The slope is written a(1 + a); between a and its rest 1 - a stands a minus sign."""
    A = 1 / (1 + np.exp(-np.clip(Z, -500, 500)))
    return dA * A * (1 + A)


@mistake(
    "sigmoid_backward",
    caught_by="the_slope_is_a_quarter_at_zero_and_dies_far_from_it",
    suggest="draw the sigmoid: where is it steepest, and what is its value there?",
)
def sigmoid_value_for_slope(dA, Z):
    """dA is multiplied with the value of the sigmoid, where its slope is asked for."""
    return dA / (1 + np.exp(-np.clip(Z, -500, 500)))


@mistake(
    "sigmoid_backward",
    caught_by="scores_of_a_thousand_have_slope_zero",
    covers="activations/sigmoid-exp-ratio",
    suggest="evaluate np.exp(1000.0) / (1 + np.exp(1000.0)); write the sigmoid with exp(-z) instead",
)
def sigmoid_overflows_upwards(dA, Z):
    """The sigmoid is written exp(z) / (1 + exp(z)), and for large z that is inf / inf, which is NaN."""
    A = np.exp(Z) / (1 + np.exp(Z))
    return dA * A * (1 - A)


@mistake(
    "sigmoid_backward",
    caught_by="scores_of_a_thousand_have_slope_zero",
    suggest="evaluate exp(-z) / (1 + exp(-z))**2 at z = -1000; what does a(1 - a) give there?",
)
def sigmoid_overflows_downwards(dA, Z):
    """The slope is written exp(-z) / (1 + exp(-z))^2, and for z far below 0 that is inf / inf, which is NaN."""
    return dA * np.exp(-Z) / (1 + np.exp(-Z)) ** 2


@mistake(
    "sigmoid_backward",
    caught_by="whole_numbers_through_the_sigmoid_give_fractions",
    read="convention 'dtype': inputs may be int; results are float64",
    suggest="print np.zeros_like(np.array([1, 2])).dtype",
)
def sigmoid_integer_buffer(dA, Z):
    """The result is written into an array made like Z; for whole scores that array cuts off all fractions."""
    dZ = np.zeros_like(Z)
    A = 1 / (1 + np.exp(-np.clip(Z, -500, 500)))
    dZ[:] = dA * A * (1 - A)
    return dZ


@mistake(
    "sigmoid_backward",
    caught_by="going_back_through_the_sigmoid_agrees_with_central_differences",
    read="convention 'where 1/m lives': activations pass on what comes in; only linear_backward averages",
    suggest="take a batch of one example and the same example twice: should the first column of dZ change?",
)
def sigmoid_averaged(dA, Z):
    """The gradient is divided by m here, and `linear_backward` will do it once more."""
    A = 1 / (1 + np.exp(-np.clip(Z, -500, 500)))
    return dA * A * (1 - A) / Z.shape[1]


@mistake(
    "tanh_backward",
    caught_by="the_slope_is_one_at_zero_and_dies_far_from_it",
    covers="1-Z**2",
    read="F3 §1.1.2, tanh 函数: the value of tanh goes into 1 - a^2, not the score",
    suggest="the slope at 5 is almost 0; what is 1 - 25?",
)
def tanh_slope_of_the_score(dA, Z):
    """The formula 1 - a^2 is filled with the score Z instead of the value of tanh there."""
    return dA * (1 - Z**2)


@mistake(
    "tanh_backward",
    caught_by="the_slope_is_one_at_zero_and_dies_far_from_it",
    covers=("1-tanh", "activations/tanh-deriv-unsquared"),
    suggest="tanh is steep at -5 according to this: look at its curve",
)
def tanh_without_the_square(dA, Z):
    """The slope is written 1 - a; the square is missing, so it does not die on the negative side."""
    return dA * (1 - np.tanh(Z))


@mistake(
    "tanh_backward",
    caught_by="tanh_is_four_times_as_steep_as_the_sigmoid_at_twice_the_score",
    suggest="compare tanh and sigmoid at 0: which is steeper, and how often?",
)
def tanh_with_the_slope_of_sigmoid(dA, Z):
    """This is the slope of the sigmoid, a(1 - a), with the value of tanh in it."""
    A = np.tanh(Z)
    return dA * A * (1 - A)


@mistake(
    "tanh_backward",
    caught_by="going_back_through_tanh_agrees_with_central_differences",
    suggest="double dA: should dZ stay the same?",
)
def tanh_slope_alone(dA, Z):
    """The slope of tanh comes back alone; nobody multiplies it with dA."""
    return 1 - np.tanh(Z) ** 2


@mistake(
    "tanh_backward",
    caught_by="the_slope_is_one_at_zero_and_dies_far_from_it",
    suggest="which of the two arguments has gone through tanh?",
)
def tanh_slope_of_the_gradient(dA, Z):
    """dA is taken for the value of tanh: 1 - dA^2 knows nothing of the scores."""
    return dA * (1 - dA**2)


@mistake(
    "tanh_backward",
    caught_by="scores_of_a_thousand_stop_tanh",
    suggest="evaluate np.exp(1000.0); np.tanh has no such trouble",
)
def tanh_overflows(dA, Z):
    """tanh is made of exponentials that overflow, and inf / inf is NaN."""
    A = (np.exp(Z) - np.exp(-Z)) / (np.exp(Z) + np.exp(-Z))
    return dA * (1 - A**2)


@mistake(
    "tanh_backward",
    caught_by="whole_numbers_through_tanh_give_fractions",
    read="convention 'dtype': inputs may be int; results are float64",
    suggest="print np.zeros_like(np.array([1, 2])).dtype",
)
def tanh_integer_buffer(dA, Z):
    """The result is written into an array made like Z; for whole scores that array cuts off all fractions."""
    dZ = np.zeros_like(Z)
    dZ[:] = dA * (1 - np.tanh(Z) ** 2)
    return dZ


@mistake(
    "tanh_backward",
    caught_by="going_back_through_tanh_agrees_with_central_differences",
    read="convention 'where 1/m lives': activations pass on what comes in; only linear_backward averages",
    suggest="take a batch of one example and the same example twice: should the first column of dZ change?",
)
def tanh_averaged(dA, Z):
    """The gradient is divided by m here, and `linear_backward` will do it once more."""
    return dA * (1 - np.tanh(Z) ** 2) / Z.shape[1]


@mistake(
    "relu_backward",
    caught_by="living_units_pass_everything_and_dead_units_nothing",
    covers=("mask_on_dA", "activations/relu-mask-from-dA"),
    suggest="take dA = -3 at Z = 2: the unit is alive, so -3 has to come back",
)
def relu_mask_from_the_gradient(dA, Z, alpha=0.0):
    """The mask is made of the sign of dA, not of Z: negative gradients are thrown away, dead units live."""
    return np.where(dA > 0, dA, alpha * dA)


@mistake(
    "relu_backward",
    caught_by="living_units_pass_everything_and_dead_units_nothing",
    covers=("inplace_dA", "activations/cache-overwritten"),
    read="convention 'purity': no argument is modified",
    suggest="dZ = dA names the same array twice; np.array(dA) makes a copy",
)
def relu_in_place(dA, Z, alpha=0.0):
    """`dZ = dA` is no copy: what is written into dZ is written into the caller's dA."""
    dZ = dA
    dZ[Z <= 0] *= alpha
    return dZ


@mistake(
    "relu_backward",
    caught_by="a_hundredth_of_the_gradient_leaks_through",
    covers="slope_.1",
    read="F3 §1.1.2, Leaky ReLU函数. You copied faithfully: the notes are wrong here (E16); 0.01x has slope 0.01",
    suggest="alpha is an argument: use it as it comes",
)
def relu_leaks_a_tenth(dA, Z, alpha=0.0):
    """Leaky units pass a tenth of the gradient, as the notes print it, and not alpha."""
    return np.where(Z > 0, dA, (0.1 if alpha else 0.0) * dA)


@mistake(
    "relu_backward",
    caught_by="going_back_through_relu_agrees_with_central_differences",
    suggest="call it with alpha = 0.3: does the result change?",
)
def relu_leaks_a_hundredth(dA, Z, alpha=0.0):
    """Leaky units always pass a hundredth of the gradient, whatever alpha is."""
    return np.where(Z > 0, dA, (0.01 if alpha else 0.0) * dA)


@mistake(
    "relu_backward",
    caught_by="a_hundredth_of_the_gradient_leaks_through",
    suggest="call it with alpha = 0.01: does anything come back where Z is negative?",
)
def relu_never_leaks(dA, Z, alpha=0.0):
    """alpha is ignored, so that leaky units are as dead as plain ones."""
    return dA * (Z > 0)


@mistake(
    "relu_backward",
    caught_by="a_hundredth_of_the_gradient_leaks_through",
    suggest="the slope is alpha; what is the product of a slope and dA?",
)
def relu_leak_without_gradient(dA, Z, alpha=0.0):
    """Where Z is negative alpha itself comes back, and not alpha times dA."""
    return np.where(Z > 0, dA, alpha)


@mistake(
    "relu_backward",
    caught_by="living_units_pass_everything_and_dead_units_nothing",
    suggest="the slope of ReLU is 0 or 1: is it Z anywhere?",
)
def relu_value_for_slope(dA, Z, alpha=0.0):
    """dA is multiplied with the value of ReLU, where its slope is asked for."""
    return dA * np.where(Z > 0, Z, alpha * Z)


@mistake(
    "relu_backward",
    caught_by="living_units_pass_everything_and_dead_units_nothing",
    suggest="double dA: should dZ stay the same?",
)
def relu_slope_alone(dA, Z, alpha=0.0):
    """The slope comes back alone, 1 or alpha; nobody multiplies it with dA."""
    return np.where(Z > 0, 1.0, alpha)


@mistake(
    "relu_backward",
    caught_by="a_hundredth_of_the_gradient_leaks_through",
    suggest="which side of zero is the flat one?",
)
def relu_wrong_side(dA, Z, alpha=0.0):
    """The sides are exchanged: gradients pass where Z is negative and leak where it is positive."""
    return np.where(Z > 0, alpha * dA, dA)


@mistake(
    "relu_backward",
    caught_by="whole_numbers_leak_as_fractions",
    read="convention 'dtype': inputs may be int; results are float64",
    suggest="print (np.zeros_like(np.array([1, 2])) + 0.25).dtype, and then what happens when you write into the array",
)
def relu_integer_buffer(dA, Z, alpha=0.0):
    """The result is written into an array made like dA; for whole gradients it cuts off what leaks through."""
    dZ = np.zeros_like(dA)
    dZ[Z > 0] = dA[Z > 0]
    dZ[Z <= 0] = alpha * dA[Z <= 0]
    return dZ


@equivalent("relu_backward", covers=("ge_instead_gt", "activations/relu-grad-at-zero-one"))
def relu_slope_one_at_zero(dA, Z, alpha=0.0):
    """At Z = 0 the slope 1 is taken instead of alpha.

    Proof: it differs at Z = 0 alone, where ReLU has no derivative and every number between alpha and 1 is a
    subgradient. Scores that are exactly 0 have probability 0, and no check has one.
    """
    return np.where(Z >= 0, dA, alpha * dA)


@mistake(
    "linear_backward",
    caught_by=("dW_and_db_are_slopes_of_the_mean", "doubling_the_dataset_leaves_dW_unchanged"),
    covers=("no_1_over_m", "fwd-bwd/missing-one-over-m"),
    read="F1 §2.5.2, 反向传播: dW = (1/m) dZ A^T, db = (1/m) Σ dZ",
    suggest="stack the examples twice: a mean must not change, and yours doubles",
)
def linear_never_averaged(dZ, cache):
    """dW and db are summed over the examples but never averaged."""
    return cache.W.T @ dZ, dZ @ cache.A_prev.T, dZ.sum(axis=1, keepdims=True)


@mistake(
    "linear_backward",
    caught_by="dW_and_db_are_slopes_of_the_mean",
    covers="div_n",
    suggest="what is dZ.shape[0], and what dZ.shape[1]?",
)
def linear_divided_by_units(dZ, cache):
    """dW and db are divided by the number of units n, dZ.shape[0], not by the number of examples."""
    n = dZ.shape[0]
    return cache.W.T @ dZ, dZ @ cache.A_prev.T / n, dZ.sum(axis=1, keepdims=True) / n


@mistake(
    "linear_backward",
    caught_by="dW_and_db_are_slopes_of_the_mean",
    suggest="which axis of A_prev counts the examples?",
)
def linear_divided_by_inputs(dZ, cache):
    """dW and db are divided by the number of inputs n_prev, A_prev.shape[0], not by the number of examples."""
    n_prev = cache.A_prev.shape[0]
    return cache.W.T @ dZ, dZ @ cache.A_prev.T / n_prev, dZ.sum(axis=1, keepdims=True) / n_prev


@mistake(
    "linear_backward",
    caught_by="dW_and_db_are_slopes_of_the_mean",
    suggest="print dZ.mean(): how many numbers went into it, and how many biases are there?",
)
def linear_one_mean_for_all(dZ, cache):
    """db is one mean over the whole of dZ, the same for every unit."""
    m = dZ.shape[1]
    return cache.W.T @ dZ, dZ @ cache.A_prev.T / m, np.full((dZ.shape[0], 1), dZ.mean())


@mistake(
    "linear_backward",
    caught_by="dW_and_db_are_slopes_of_the_mean",
    suggest="db is a mean over the examples for the same reason as dW",
)
def linear_db_not_averaged(dZ, cache):
    """dW is averaged over the examples, db is only summed."""
    return cache.W.T @ dZ, dZ @ cache.A_prev.T / dZ.shape[1], dZ.sum(axis=1, keepdims=True)


@mistake(
    "linear_backward",
    caught_by="every_gradient_has_the_shape_of_its_partner",
    covers=("keepdims_missing", "fwd-bwd/db-shape-1d"),
    read="F1 §2.5.2, 反向传播. You copied faithfully: the notes are wrong here (E14); db needs keepdims=True",
    suggest="what is the shape of b - db for b of shape (3, 1) and db of shape (3,)?",
)
def linear_flat_db(dZ, cache):
    """db has one dimension, and b - lr db would broadcast to (n, n)."""
    m = dZ.shape[1]
    return cache.W.T @ dZ, dZ @ cache.A_prev.T / m, np.sum(dZ, axis=1) / m


@mistake(
    "linear_backward",
    caught_by="dA_prev_is_the_slope_of_the_sum",
    covers="dA_also_div_m",
    read="convention 'where 1/m lives': dA and dZ belong to the sum of the losses",
    suggest="the layer in front divides by m itself: how often would its dW be divided then?",
)
def linear_averages_the_way_back(dZ, cache):
    """dA_prev is divided by m as well, so that every layer in front divides once too often."""
    m = dZ.shape[1]
    return cache.W.T @ dZ / m, dZ @ cache.A_prev.T / m, dZ.sum(axis=1, keepdims=True) / m


@mistake(
    "linear_backward",
    caught_by="a_square_weight_matrix_still_needs_its_transpose",
    covers="W_not_transposed",
    read="F1 §2.5.2, 反向传播: dA = W^T dZ",
    suggest="write the shapes under W and dZ: which product has shape (n_prev, m)?",
)
def linear_weights_not_transposed(dZ, cache):
    """The way back multiplies with W, not with its transpose; only for a square W does that not fail at once."""
    m = dZ.shape[1]
    return cache.W @ dZ, dZ @ cache.A_prev.T / m, dZ.sum(axis=1, keepdims=True) / m


@mistake(
    "linear_backward",
    caught_by="a_single_example_is_a_batch_of_one",
    covers="fwd-bwd/missing-transpose",
    read="F1 §2.5.2, 反向传播. You copied faithfully: the notes are wrong here (E14); it is dZ times a transposed",
    suggest="write the shapes under dZ and A_prev: which product has shape (n, n_prev)?",
)
def linear_inputs_not_transposed(dZ, cache):
    """dW multiplies dZ with A_prev as it is, without the transpose, as the notes print it for one example."""
    m = dZ.shape[1]
    return cache.W.T @ dZ, dZ @ cache.A_prev / m, dZ.sum(axis=1, keepdims=True) / m


@mistake(
    "linear_backward",
    caught_by="every_gradient_has_the_shape_of_its_partner",
    suggest="dW is subtracted from W: print both shapes",
)
def linear_dW_transposed(dZ, cache):
    """The factors of dW are exchanged: every number is right, but rows and columns are swapped."""
    m = dZ.shape[1]
    return cache.W.T @ dZ, cache.A_prev @ dZ.T / m, dZ.sum(axis=1, keepdims=True) / m


@mistake(
    "linear_backward",
    caught_by="every_gradient_has_the_shape_of_its_partner",
    covers="sums_axis0",
    read="convention 'reductions': over examples = axis 1",
    suggest="how many biases does the layer have, and how long is your db?",
)
def linear_sums_the_units(dZ, cache):
    """db is summed over the units (axis 0): one number for each example, where one for each unit is asked for."""
    m = dZ.shape[1]
    return cache.W.T @ dZ, dZ @ cache.A_prev.T / m, dZ.sum(axis=0, keepdims=True) / m


@mistake(
    "linear_backward",
    caught_by="every_gradient_has_the_shape_of_its_partner",
    suggest="read the Returns section again: which of the three comes first?",
)
def linear_other_order(dZ, cache):
    """The three come back in another order: dW, db, dA_prev, where dA_prev, dW, db is asked for."""
    m = dZ.shape[1]
    return dZ @ cache.A_prev.T / m, dZ.sum(axis=1, keepdims=True) / m, cache.W.T @ dZ


@mistake(
    "linear_backward",
    caught_by="the_worked_example_of_one_layer_comes_out",
    suggest="Z is linear in A_prev, W and b: its derivative needs no Z. What does cache.Z add?",
)
def linear_gated_by_scores(dZ, cache):
    """dZ is masked with Z > 0 once more, but the activation has already been gone through when dZ arrives."""
    m = dZ.shape[1]
    dZ = dZ * (cache.Z > 0)
    return cache.W.T @ dZ, dZ @ cache.A_prev.T / m, dZ.sum(axis=1, keepdims=True) / m


@mistake(
    "linear_backward",
    caught_by="doubling_the_dataset_leaves_dW_unchanged",
    read="convention 'where 1/m lives': a mean divides by m, not by m-1",
    suggest="take a single example: what do you divide by?",
)
def linear_divided_by_m_minus_one(dZ, cache):
    """dW and db are divided by m - 1; a mean divides by the number of examples itself."""
    less = max(dZ.shape[1] - 1, 1)
    return cache.W.T @ dZ, dZ @ cache.A_prev.T / less, dZ.sum(axis=1, keepdims=True) / less


@mistake(
    "output_delta",
    caught_by="too_high_an_answer_has_a_positive_delta",
    covers=("sign", "fwd-bwd/loss-grad-sign"),
    read="F0, section Softmax 回归: dz = y-hat - y",
    suggest="the answer 0.9 is below the truth 1, so Z should grow: which sign has the slope of the loss?",
)
def delta_truth_minus_answer(AL, Y):
    """Truth minus answer points downhill; a gradient points uphill, and `update_gd` subtracts it."""
    return Y - AL


@mistake(
    "output_delta",
    caught_by="the_delta_is_m_times_the_slope_of_the_cost",
    covers="divided_by_m",
    read="convention 'where 1/m lives': linear_backward is the only layer that averages",
    suggest="compare the delta of one example alone with that of the same example among others",
)
def delta_averaged(AL, Y):
    """The delta is divided by m here, and `linear_backward` will do it once more."""
    return (AL - Y) / AL.shape[1]


@mistake(
    "output_delta",
    caught_by="too_high_an_answer_has_a_positive_delta",
    covers="BCE'_instead",
    suggest="this is dAL; which factor leads from AL back to Z?",
)
def delta_of_the_answer(AL, Y):
    """This is the derivative of the loss by the answer AL; the way back through the sigmoid to Z is missing."""
    return -Y / AL + (1 - Y) / (1 - AL)


@mistake(
    "output_delta",
    caught_by="an_answer_that_is_completely_sure_has_a_finite_delta",
    suggest="cancel AL(1 - AL) against the two quotients on paper",
)
def delta_by_quotients(AL, Y):
    """The derivative of the loss and the slope of the sigmoid are multiplied as they are: 0/0 at AL = 0 or 1."""
    return (-Y / AL + (1 - Y) / (1 - AL)) * AL * (1 - AL)


@mistake(
    "output_delta",
    caught_by="too_high_an_answer_has_a_positive_delta",
    suggest="which loss has the derivative AL - Y by AL, and is it cross-entropy?",
)
def delta_of_squares(AL, Y):
    """This is the delta of the squared error: AL - Y times the slope of the sigmoid, which cross-entropy cancels."""
    return (AL - Y) * AL * (1 - AL)


@mistake(
    "output_delta",
    caught_by="too_high_an_answer_has_a_positive_delta",
    suggest="0.9 and 0.99 are not equally good answers to 1: which of your lines forgets the difference?",
)
def delta_of_decisions(AL, Y):
    """The answers are rounded to 0 or 1 first, so that nothing is left to learn once the side is right."""
    return (AL > 0.5) - Y


@mistake(
    "output_delta",
    caught_by="the_delta_is_m_times_the_slope_of_the_cost",
    suggest="the slope of |AL - Y|^2/2 by AL is not what is asked for, and neither is a size without a sign",
)
def delta_without_sign(AL, Y):
    """Only the size of the error comes back; without its sign every score would be pushed down."""
    return np.abs(AL - Y)


@mistake(
    "model_backward",
    caught_by="sigmoid_and_linear_layers_pass_the_gradient_in_their_own_way",
    covers=("uses_A_for_Z", "fwd-bwd/deriv-from-A-not-Z"),
    suggest="A_prev of layer l is the output of the layer in front: where are the scores that it was made of?",
)
def model_slopes_at_outputs(AL, Y, caches, hidden="relu"):
    """Slopes are taken at the outputs A of the hidden layers instead of their scores Z; only ReLU does not notice."""
    back = {"relu": relu_backward, "tanh": tanh_backward, "sigmoid": sigmoid_backward}  # noqa: F821
    grads, dZ = {}, output_delta(AL, Y)  # noqa: F821
    for layer in range(len(caches), 0, -1):
        dA, grads[f"dW{layer}"], grads[f"db{layer}"] = linear_backward(dZ, caches[layer - 1])  # noqa: F821
        if layer > 1:
            dZ = back.get(hidden, lambda d, _: d)(dA, caches[layer - 1].A_prev)
    return grads


@mistake(
    "model_backward",
    caught_by="gradients_of_a_deep_tanh_network_agree_with_central_differences",
    covers="wrong_cache_index",
    suggest="linear_backward hands you the gradient at the output of the layer in front: whose Z made that output?",
)
def model_own_scores(AL, Y, caches, hidden="relu"):
    """The gradient for the layer in front goes through the activation with the scores of the layer behind it."""
    back = {"relu": relu_backward, "tanh": tanh_backward, "sigmoid": sigmoid_backward}  # noqa: F821
    grads, dZ = {}, output_delta(AL, Y)  # noqa: F821
    for layer in range(len(caches), 0, -1):
        dA, grads[f"dW{layer}"], grads[f"db{layer}"] = linear_backward(dZ, caches[layer - 1])  # noqa: F821
        if layer > 1:
            dZ = back.get(hidden, lambda d, _: d)(dA, caches[layer - 1].Z)
    return grads


@mistake(
    "model_backward",
    caught_by="gradients_of_a_deep_tanh_network_agree_with_central_differences",
    covers="uses_updated_W",
    suggest="which W made the scores of the forward pass, the one before the step or the one after it?",
)
def model_steps_on_the_way(AL, Y, caches, hidden="relu"):
    """Each layer takes its step before the gradient has passed it, so that dA is computed with the updated W."""
    back = {"relu": relu_backward, "tanh": tanh_backward, "sigmoid": sigmoid_backward}  # noqa: F821
    grads, dZ = {}, output_delta(AL, Y)  # noqa: F821
    for layer in range(len(caches), 0, -1):
        _, dW, grads[f"db{layer}"] = linear_backward(dZ, caches[layer - 1])  # noqa: F821
        grads[f"dW{layer}"] = dW
        if layer > 1:
            dA = (caches[layer - 1].W - 0.01 * dW).T @ dZ
            dZ = back.get(hidden, lambda d, _: d)(dA, caches[layer - 2].Z)
    return grads


@mistake(
    "model_backward",
    caught_by="every_layer_gets_its_two_gradients",
    covers="off_by_one_layer",
    read="convention 'params': the layer index starts at 1",
    suggest="print sorted(grads): is there a dW0?",
)
def model_counts_from_zero(AL, Y, caches, hidden="relu"):
    """Layers are counted from 0: the gradients of layer 1 are called dW0 and db0, and those of layer L are missing."""
    back = {"relu": relu_backward, "tanh": tanh_backward, "sigmoid": sigmoid_backward}  # noqa: F821
    grads, dZ = {}, output_delta(AL, Y)  # noqa: F821
    for layer in reversed(range(len(caches))):
        dA, grads[f"dW{layer}"], grads[f"db{layer}"] = linear_backward(dZ, caches[layer])  # noqa: F821
        if layer > 0:
            dZ = back.get(hidden, lambda d, _: d)(dA, caches[layer - 1].Z)
    return grads


@mistake(
    "model_backward",
    caught_by="every_layer_gets_its_two_gradients",
    covers="fwd-bwd/dA-index-shift",
    suggest="write down which dA exists after layer L has been gone through, and under which name you look for it",
)
def model_asks_for_dA_too_early(AL, Y, caches, hidden="relu"):
    """A dA is looked up under the index of the layer itself, before anybody has computed it."""
    back = {"relu": relu_backward, "tanh": tanh_backward, "sigmoid": sigmoid_backward}  # noqa: F821
    L = len(caches)
    grads, dZ = {}, output_delta(AL, Y)  # noqa: F821
    grads[f"dA{L - 1}"], grads[f"dW{L}"], grads[f"db{L}"] = linear_backward(dZ, caches[L - 1])  # noqa: F821
    for layer in range(L - 1, 0, -1):
        dZ = back.get(hidden, lambda d, _: d)(grads[f"dA{layer + 1}"], caches[layer - 1].Z)
        front = linear_backward(dZ, caches[layer - 1])  # noqa: F821
        grads[f"dA{layer - 1}"], grads[f"dW{layer}"], grads[f"db{layer}"] = front
    return grads


@mistake(
    "model_backward",
    caught_by="gradients_of_a_relu_network_agree_with_central_differences",
    covers="fwd-bwd/hidden-uses-output-activation",
    suggest="the last layer ends in a sigmoid; in what do the others end?",
)
def model_sigmoid_everywhere(AL, Y, caches, hidden="relu"):
    """The hidden layers are gone through with the slope of the sigmoid, which is the activation of the last one."""
    grads, dZ = {}, output_delta(AL, Y)  # noqa: F821
    for layer in range(len(caches), 0, -1):
        dA, grads[f"dW{layer}"], grads[f"db{layer}"] = linear_backward(dZ, caches[layer - 1])  # noqa: F821
        if layer > 1:
            dZ = sigmoid_backward(dA, caches[layer - 2].Z)  # noqa: F821
    return grads


@mistake(
    "model_backward",
    caught_by="the_network_of_two_layers_comes_out",
    suggest="call it with hidden='tanh' and with hidden='relu': do the gradients differ?",
)
def model_relu_everywhere(AL, Y, caches, hidden="relu"):
    """The argument `hidden` is ignored: every hidden layer is treated as ReLU."""
    grads, dZ = {}, output_delta(AL, Y)  # noqa: F821
    for layer in range(len(caches), 0, -1):
        dA, grads[f"dW{layer}"], grads[f"db{layer}"] = linear_backward(dZ, caches[layer - 1])  # noqa: F821
        if layer > 1:
            dZ = relu_backward(dA, caches[layer - 2].Z)  # noqa: F821
    return grads


@mistake(
    "model_backward",
    caught_by="gradients_of_a_deep_tanh_network_agree_with_central_differences",
    suggest="dA is not dZ: what lies between the output of a layer and its scores?",
)
def model_skips_activations(AL, Y, caches, hidden="relu"):
    """What linear_backward gives goes straight into the layer in front: nobody goes back through the activation."""
    grads, dZ = {}, output_delta(AL, Y)  # noqa: F821
    for layer in range(len(caches), 0, -1):
        dZ, grads[f"dW{layer}"], grads[f"db{layer}"] = linear_backward(dZ, caches[layer - 1])  # noqa: F821
    return grads


@mistake(
    "model_backward",
    caught_by="a_network_of_one_layer_is_logistic_regression",
    suggest="AL - Y is the gradient at Z already: which slope is contained in it?",
)
def model_sigmoid_twice(AL, Y, caches, hidden="relu"):
    """After AL - Y the last layer goes through its sigmoid once more, but AL - Y is the gradient at Z already."""
    back = {"relu": relu_backward, "tanh": tanh_backward, "sigmoid": sigmoid_backward}  # noqa: F821
    grads, dZ = {}, sigmoid_backward(output_delta(AL, Y), caches[-1].Z)  # noqa: F821
    for layer in range(len(caches), 0, -1):
        dA, grads[f"dW{layer}"], grads[f"db{layer}"] = linear_backward(dZ, caches[layer - 1])  # noqa: F821
        if layer > 1:
            dZ = back.get(hidden, lambda d, _: d)(dA, caches[layer - 2].Z)
    return grads


@mistake(
    "model_backward",
    caught_by=(
        "the_network_of_two_layers_comes_out",
        "shuffling_and_doubling_the_examples_changes_no_gradient",
    ),
    covers="fwd-bwd/double-one-over-m",
    read="convention 'where 1/m lives': linear_backward is the only layer that averages",
    suggest="take every example twice: do your gradients halve?",
)
def model_averages_twice(AL, Y, caches, hidden="relu"):
    """The delta is divided by m at the start, and linear_backward divides again: all is m times too small."""
    back = {"relu": relu_backward, "tanh": tanh_backward, "sigmoid": sigmoid_backward}  # noqa: F821
    grads, dZ = {}, output_delta(AL, Y) / Y.shape[1]  # noqa: F821
    for layer in range(len(caches), 0, -1):
        dA, grads[f"dW{layer}"], grads[f"db{layer}"] = linear_backward(dZ, caches[layer - 1])  # noqa: F821
        if layer > 1:
            dZ = back.get(hidden, lambda d, _: d)(dA, caches[layer - 2].Z)
    return grads


@mistake(
    "model_backward",
    caught_by="shuffling_and_doubling_the_examples_changes_no_gradient",
    covers="fwd-bwd/double-one-over-m",
    read="convention 'where 1/m lives': linear_backward is the only layer that averages",
    suggest="the last layer is right and the layer in front is m times too small: what happens between them?",
)
def model_averages_between_layers(AL, Y, caches, hidden="relu"):
    """Between two layers the gradient is divided by m: the last layer is right, each in front is m times smaller."""
    back = {"relu": relu_backward, "tanh": tanh_backward, "sigmoid": sigmoid_backward}  # noqa: F821
    grads, dZ = {}, output_delta(AL, Y)  # noqa: F821
    for layer in range(len(caches), 0, -1):
        dA, grads[f"dW{layer}"], grads[f"db{layer}"] = linear_backward(dZ, caches[layer - 1])  # noqa: F821
        if layer > 1:
            dZ = back.get(hidden, lambda d, _: d)(dA, caches[layer - 2].Z) / Y.shape[1]
    return grads


@mistake(
    "model_backward",
    caught_by="shuffling_and_doubling_the_examples_changes_no_gradient",
    covers="fwd-bwd/missing-one-over-m",
    suggest="take every example twice: do your gradients double?",
)
def model_never_averages(AL, Y, caches, hidden="relu"):
    """These are gradients of the sum of the losses: nobody divides by m."""
    back = {"relu": relu_backward, "tanh": tanh_backward, "sigmoid": sigmoid_backward}  # noqa: F821
    grads, dZ = {}, output_delta(AL, Y)  # noqa: F821
    for layer in range(len(caches), 0, -1):
        grads[f"dW{layer}"] = dZ @ caches[layer - 1].A_prev.T
        grads[f"db{layer}"] = dZ.sum(axis=1, keepdims=True)
        if layer > 1:
            dZ = back.get(hidden, lambda d, _: d)(caches[layer - 1].W.T @ dZ, caches[layer - 2].Z)
    return grads


@mistake(
    "model_backward",
    caught_by="gradients_of_a_deep_tanh_network_agree_with_central_differences",
    covers="fwd-bwd/loss-grad-sign",
    suggest="the gradient points uphill, and `update_gd` subtracts it: which way would your network walk?",
)
def model_uphill(AL, Y, caches, hidden="relu"):
    """The walk begins with truth minus answer, so that every gradient has the opposite sign."""
    back = {"relu": relu_backward, "tanh": tanh_backward, "sigmoid": sigmoid_backward}  # noqa: F821
    grads, dZ = {}, Y - AL
    for layer in range(len(caches), 0, -1):
        dA, grads[f"dW{layer}"], grads[f"db{layer}"] = linear_backward(dZ, caches[layer - 1])  # noqa: F821
        if layer > 1:
            dZ = back.get(hidden, lambda d, _: d)(dA, caches[layer - 2].Z)
    return grads


@mistake(
    "model_backward",
    caught_by=("every_layer_gets_its_two_gradients", "a_network_of_one_layer_is_logistic_regression"),
    covers="fwd-bwd/hard-coded-sizes",
    suggest="how many caches does the list have? Write a loop over them",
)
def model_two_layers_only(AL, Y, caches, hidden="relu"):
    """Exactly two layers are written out; a network of another depth does not fit."""
    first, second = caches[0], caches[1]
    back = {"relu": relu_backward, "tanh": tanh_backward, "sigmoid": sigmoid_backward}  # noqa: F821
    dA1, dW2, db2 = linear_backward(output_delta(AL, Y), second)  # noqa: F821
    _, dW1, db1 = linear_backward(back.get(hidden, lambda d, _: d)(dA1, first.Z), first)  # noqa: F821
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}


@mistake(
    "model_backward",
    caught_by="every_layer_gets_its_two_gradients",
    covers="fwd-bwd/db-shape-1d",
    read="convention 'reductions': over examples = axis 1, keepdims=True; F1 prints db without it (E14)",
    suggest="print grads['db1'].shape: it should be a column",
)
def model_flat_db(AL, Y, caches, hidden="relu"):
    """Every db has one dimension; b - lr db would broadcast to a square."""
    back = {"relu": relu_backward, "tanh": tanh_backward, "sigmoid": sigmoid_backward}  # noqa: F821
    grads, dZ = {}, output_delta(AL, Y)  # noqa: F821
    for layer in range(len(caches), 0, -1):
        dA, grads[f"dW{layer}"], _ = linear_backward(dZ, caches[layer - 1])  # noqa: F821
        grads[f"db{layer}"] = np.mean(dZ, axis=1)
        if layer > 1:
            dZ = back.get(hidden, lambda d, _: d)(dA, caches[layer - 2].Z)
    return grads


@mistake(
    "update_gd",
    caught_by=("one_step_goes_against_the_gradient", "a_ball_in_a_bowl_rolls_to_the_bottom"),
    covers="plus_sign",
    read="F0, section Mini-batch梯度下降法: W := W - a dW",
    suggest="the gradient points uphill: does the cost go down after your step?",
)
def update_uphill(params, grads, lr):
    """The gradient is added: each step climbs the hill that it should go down."""
    return {key: value + lr * grads["d" + key] for key, value in params.items()}


@mistake(
    "update_gd",
    caught_by="one_step_goes_against_the_gradient",
    covers="inplace",
    read="convention 'purity': no argument is modified",
    suggest="`a -= b` writes into a; `a - b` makes a new array",
)
def update_in_place(params, grads, lr):
    """`-=` writes into the caller's arrays, which the caller may still need."""
    for key in params:
        params[key] -= lr * grads["d" + key]
    return params


@mistake(
    "update_gd",
    caught_by="every_layer_moves_with_its_biases",
    covers="forgets_b",
    suggest="which keys of the new dict differ from the old ones?",
)
def update_weights_only(params, grads, lr):
    """Only the weights take a step; the biases stay where they are."""
    return {key: value - lr * grads["d" + key] * key.startswith("W") for key, value in params.items()}


@mistake(
    "update_gd",
    caught_by="every_layer_moves_with_its_biases",
    covers="forgets_b",
    suggest="print sorted(params) before and after",
)
def update_drops_biases(params, grads, lr):
    """The new dict holds the weights only; the biases are lost."""
    return {key: value - lr * grads["d" + key] for key, value in params.items() if key.startswith("W")}


@mistake(
    "update_gd",
    caught_by="every_layer_moves_with_its_biases",
    suggest="range(1, L) ends at L - 1: which layer never learns?",
)
def update_forgets_the_last_layer(params, grads, lr):
    """The loop ends one layer too early: the last layer never moves."""
    new = dict(params)
    for layer in range(1, len(params) // 2):
        for kind in ("W", "b"):
            new[f"{kind}{layer}"] = params[f"{kind}{layer}"] - lr * grads[f"d{kind}{layer}"]
    return new


@mistake(
    "update_gd",
    caught_by="the_way_is_in_proportion_to_the_learning_rate",
    suggest="call it with lr = 0: does anything move?",
)
def update_full_gradient(params, grads, lr):
    """The learning rate is ignored: the whole gradient is subtracted."""
    return {key: value - grads["d" + key] for key, value in params.items()}


@mistake(
    "update_gd",
    caught_by="a_ball_in_a_bowl_rolls_to_the_bottom",
    suggest="where does the step start from?",
)
def update_step_alone(params, grads, lr):
    """Only the step itself comes back; nobody adds it to the parameters."""
    return {key: -lr * grads["d" + key] for key in params}


@mistake(
    "update_gd",
    caught_by="the_way_is_in_proportion_to_the_learning_rate",
    suggest="what does lr = 0 leave of the parameters?",
)
def update_scales_everything(params, grads, lr):
    """The learning rate stands outside of the bracket, so that it shrinks the parameters too."""
    return {key: lr * (value - grads["d" + key]) for key, value in params.items()}


@mistake(
    "update_gd",
    caught_by="every_layer_moves_with_its_biases",
    suggest="loop over the keys of params; grads may hold more than their gradients",
)
def update_loops_over_gradients(params, grads, lr):
    """The loop runs over all of grads, and the gradient of an activation belongs to no parameter."""
    return {key[1:]: params[key[1:]] - lr * gradient for key, gradient in grads.items()}


@equivalent("update_gd", covers="inplace")
def update_rebinds_the_callers_dict(params, grads, lr):
    """New arrays are put into the dict that came in, and the same dict goes back.

    Proof: every array that is returned is new and right. The dict is the copy that was made for this call, so
    no caller can see that its entries were replaced; in one's own program it would be the caller's.
    """
    for key in params:
        params[key] = params[key] - lr * grads["d" + key]
    return params
