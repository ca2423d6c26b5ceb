"""Known wrong ways to write regularization.py: what each author believed, and which check must object.

`covers` names rows of the course's lists of mistakes: a slug of the exercise's own table, or "area/name".
"""

import numpy as np

from autograder.checking import mistake


@mistake(
    "l2_penalty",
    caught_by="the_worked_example_has_its_price",
    covers=("no_half", "reg-L1L2/missing-half", "reg-L1L2/inconsistent-half"),
    read="F2 §4: λ/2m in the cost, λ/m in dw",
    suggest="differentiate your cost by hand: do you get your dW?",
)
def l2_cost_without_half(params, lambd, m):
    """The cost is lambda/m times the squares, without the 2 of 2m; the gradient does not belong to that cost."""
    weights = {key: W for key, W in params.items() if key.startswith("W")}
    cost = lambd / m * sum(np.sum(W**2) for W in weights.values())
    return cost, {"d" + key: lambd / m * W for key, W in weights.items()}


@mistake(
    "l2_penalty",
    caught_by=("the_worked_example_has_its_price", "the_gradient_is_the_slope_of_the_cost"),
    covers="no_half",
    read="F2 §4: λ/2m in the cost, λ/m in dw",
    suggest="compare lambda/(2m) with what stands before your sum",
)
def l2_without_half_throughout(params, lambd, m):
    """Cost and gradient agree with each other, but both lack the factor 1/2: this is the penalty of 2 lambda."""
    weights = {key: W for key, W in params.items() if key.startswith("W")}
    cost = lambd / m * sum(np.sum(W**2) for W in weights.values())
    return cost, {"d" + key: 2 * lambd / m * W for key, W in weights.items()}


@mistake(
    "l2_penalty",
    caught_by="the_gradient_is_the_slope_of_the_cost",
    covers=("grad_has_half", "reg-L1L2/half-in-gradient"),
    read="F2 §4: λ/2m in the cost, λ/m in dw",
    suggest="what is the derivative of w^2 / 2?",
)
def l2_gradient_with_half(params, lambd, m):
    """The gradient still has the factor 1/2 of the cost, although differentiating the square cancels it."""
    weights = {key: W for key, W in params.items() if key.startswith("W")}
    cost = lambd / (2 * m) * sum(np.sum(W**2) for W in weights.values())
    return cost, {"d" + key: lambd / (2 * m) * W for key, W in weights.items()}


@mistake(
    "l2_penalty",
    caught_by="the_gradient_is_the_slope_of_the_cost",
    covers="reg-L1L2/grad-missing",
    read="F0, 正则化: λ/m W is added to dW",
    suggest="change one weight: the cost changes, so what should its gradient not be?",
)
def l2_gradient_missing(params, lambd, m):
    """The cost is regularised, but the gradient is zero, so training never notices the penalty."""
    weights = {key: W for key, W in params.items() if key.startswith("W")}
    cost = lambd / (2 * m) * sum(np.sum(W**2) for W in weights.values())
    return cost, {"d" + key: np.zeros(W.shape) for key, W in weights.items()}


@mistake(
    "l2_penalty",
    caught_by="the_worked_example_has_its_price",
    covers=("frobenius_not_squared", "reg-L1L2/norm-not-squared"),
    read="F2 §4 calls the sum of squares the Frobenius norm; it is the square of the norm (erratum E39)",
    suggest="print np.linalg.norm(W), its square and np.sum(W * W): which two are equal?",
)
def l2_norm_not_squared(params, lambd, m):
    """The cost adds up the Frobenius norms themselves instead of their squares."""
    weights = {key: W for key, W in params.items() if key.startswith("W")}
    cost = lambd / (2 * m) * sum(np.linalg.norm(W) for W in weights.values())
    return cost, {"d" + key: lambd / m * W for key, W in weights.items()}


@mistake(
    "l2_penalty",
    caught_by="the_worked_example_has_its_price",
    read="F0, 正则化: the norm with the index F; in numpy, norm(W, 2) of a matrix is another one",
    suggest="print np.linalg.norm(W, 2) and np.linalg.norm(W) for a matrix",
)
def l2_spectral_norm(params, lambd, m):
    """norm(W, 2) of a matrix is its largest singular value; for a matrix the sum of squares belongs to norm(W)."""
    weights = {key: W for key, W in params.items() if key.startswith("W")}
    cost = lambd / (2 * m) * sum(np.linalg.norm(W, 2) ** 2 for W in weights.values())
    return cost, {"d" + key: lambd / m * W for key, W in weights.items()}


@mistake(
    "l2_penalty",
    caught_by="the_worked_example_has_its_price",
    read="F2 §4: wᵀw is for a vector, the double sum is for a matrix",
    suggest="print W.T @ W: which of its entries are sums of squares?",
)
def l2_sums_the_product_matrix(params, lambd, m):
    """All entries of W.T @ W are added up; of that matrix only the diagonal holds squares."""
    weights = {key: W for key, W in params.items() if key.startswith("W")}
    cost = lambd / (2 * m) * sum(np.sum(W.T @ W) for W in weights.values())
    return cost, {"d" + key: lambd / m * W for key, W in weights.items()}


@mistake(
    "l2_penalty",
    caught_by="biases_are_left_alone",
    covers=("includes_b", "reg-L1L2/penalises-bias"),
    read="F2 §4, the paragraph on why b is left out",
    suggest="multiply all biases by 10: does your cost change?",
)
def l2_includes_biases(params, lambd, m):
    """Biases are regularised as well: the loop runs over all parameters, not over the weights."""
    cost = lambd / (2 * m) * sum(np.sum(value**2) for value in params.values())
    return cost, {"d" + key: lambd / m * value for key, value in params.items()}


@mistake(
    "l2_penalty",
    caught_by="biases_are_left_alone",
    covers="reg-L1L2/penalises-bias",
    read="F2 §4, the paragraph on why b is left out",
    suggest="which keys does your dict of gradients have, and which should it have?",
)
def l2_gradient_for_biases(params, lambd, m):
    """The cost leaves the biases out, but they get a gradient, so training shrinks them all the same."""
    cost = lambd / (2 * m) * sum(np.sum(value**2) for key, value in params.items() if key.startswith("W"))
    return cost, {"d" + key: lambd / m * value for key, value in params.items()}


@mistake(
    "l2_penalty",
    caught_by="gamma_and_beta_are_no_weights",
    read="README, conventions: what is regularised",
    suggest="which keys does a network with batch norm have, and which of them does your condition let through?",
)
def l2_all_but_biases(params, lambd, m):
    """Everything that is no bias is regularised, gamma and beta of batch norm included."""
    weights = {key: W for key, W in params.items() if key.rstrip("0123456789") != "b"}
    cost = lambd / (2 * m) * sum(np.sum(W**2) for W in weights.values())
    return cost, {"d" + key: lambd / m * W for key, W in weights.items()}


@mistake(
    "l2_penalty",
    caught_by="gamma_and_beta_are_no_weights",
    read="README, conventions: what is regularised",
    suggest="print len(params) for a network with batch norm and two layers",
)
def l2_counts_half_the_keys(params, lambd, m):
    """The number of layers is taken to be half the number of keys, which gamma and beta of batch norm double."""
    keys = [f"W{layer}" for layer in range(1, len(params) // 2 + 1)]
    cost = lambd / (2 * m) * sum(np.sum(params[key] ** 2) for key in keys)
    return cost, {"d" + key: lambd / m * params[key] for key in keys}


@mistake(
    "l2_penalty",
    caught_by="the_penalty_grows_with_lambda_and_shrinks_with_m",
    covers="forgets_m",
    read="F0, 正则化: λ is divided by 2m",
    suggest="call it with m = 11 and with m = 22: does anything change?",
)
def l2_forgets_m(params, lambd, m):
    """Nothing is divided by m, as in libraries that mean lambda/m by their weight decay."""
    weights = {key: W for key, W in params.items() if key.startswith("W")}
    cost = lambd / 2 * sum(np.sum(W**2) for W in weights.values())
    return cost, {"d" + key: lambd * W for key, W in weights.items()}


@mistake(
    "l2_penalty",
    caught_by="the_penalty_grows_with_lambda_and_shrinks_with_m",
    covers="reg-L1L2/m-from-features",
    read="F0, 正则化: m is the number of examples",
    suggest="params knows nothing of the examples: which argument does?",
)
def l2_m_from_features(params, lambd, m):
    """The number of inputs is taken for the number of examples, and the argument m is ignored."""
    weights = {key: W for key, W in params.items() if key.startswith("W")}
    n_x = weights["W1"].shape[1]
    cost = lambd / (2 * n_x) * sum(np.sum(W**2) for W in weights.values())
    return cost, {"d" + key: lambd / n_x * W for key, W in weights.items()}


@mistake(
    "l2_penalty",
    caught_by="every_layer_pays_for_its_weights",
    covers="reg-L1L2/accumulator-reset",
    read="F0, 正则化: the sum over l from 1 to L",
    suggest="print the total after each layer: does it grow?",
)
def l2_last_layer_only(params, lambd, m):
    """The sum is set to zero inside the loop, so only the last layer counts in the cost."""
    grads = {}
    for key, W in params.items():
        if key.startswith("W"):
            squares = 0.0
            squares += np.sum(W**2)
            grads["d" + key] = lambd / m * W
    return lambd / (2 * m) * squares, grads


@mistake(
    "l2_penalty",
    caught_by="every_layer_pays_for_its_weights",
    read="F0, 正则化: the sum over l from 1 to L",
    suggest="call it with a network of three layers and print the keys of the gradients",
)
def l2_first_layer_only(params, lambd, m):
    """Only W1 is regularised, whatever the number of layers."""
    W = params["W1"]
    return lambd / (2 * m) * np.sum(W**2), {"dW1": lambd / m * W}


@mistake(
    "l2_penalty",
    caught_by="the_worked_example_has_its_price",
    read="convention 'params': gradients are called d + key",
    suggest="print the keys of your dict of gradients",
)
def l2_keys_without_d(params, lambd, m):
    """The gradients are filed under W1, W2, …; they are to be called dW1, dW2, …"""
    weights = {key: W for key, W in params.items() if key.startswith("W")}
    cost = lambd / (2 * m) * sum(np.sum(W**2) for W in weights.values())
    return cost, {key: lambd / m * W for key, W in weights.items()}


@mistake(
    "l1_penalty",
    caught_by="the_sizes_of_the_worked_example_have_their_price",
    covers=("lambda_over_m", "reg-L1L2/missing-half"),
    read="F2 §4: λ/2m. F0 prints λ/m (erratum E04); if you took it from there, you copied faithfully",
    suggest="halve your lambda and compare again",
)
def l1_lambda_over_m(params, lambd, m):
    """The factor is lambda/m, as F0 prints it; this course takes lambda/(2m), as F2 does and as for L2."""
    weights = {key: W for key, W in params.items() if key.startswith("W")}
    cost = lambd / m * sum(np.sum(np.abs(W)) for W in weights.values())
    return cost, {"d" + key: lambd / m * np.sign(W) for key, W in weights.items()}


@mistake(
    "l1_penalty",
    caught_by="the_gradient_is_the_slope_of_the_sizes",
    covers=("lambda_over_m", "reg-L1L2/inconsistent-half"),
    read="F2 §4: λ/2m, in the cost and therefore in its derivative",
    suggest="the derivative of w^2 brings a 2; does that of |w|?",
)
def l1_gradient_without_half(params, lambd, m):
    """The gradient has lambda/m as under L2, but |w| has no 2 in its derivative that could cancel the one of 2m."""
    weights = {key: W for key, W in params.items() if key.startswith("W")}
    cost = lambd / (2 * m) * sum(np.sum(np.abs(W)) for W in weights.values())
    return cost, {"d" + key: lambd / m * np.sign(W) for key, W in weights.items()}


@mistake(
    "l1_penalty",
    caught_by="the_gradient_is_the_slope_of_the_sizes",
    covers=("lambda_over_m", "reg-L1L2/inconsistent-half"),
    read="F0 prints λ/m for the cost (erratum E04), F2 λ/2m; cost and gradient must have the same",
    suggest="differentiate your cost by hand: do you get your dW?",
)
def l1_cost_without_half(params, lambd, m):
    """The cost has lambda/m and the gradient lambda/(2m): they do not belong together."""
    weights = {key: W for key, W in params.items() if key.startswith("W")}
    cost = lambd / m * sum(np.sum(np.abs(W)) for W in weights.values())
    return cost, {"d" + key: lambd / (2 * m) * np.sign(W) for key, W in weights.items()}


@mistake(
    "l1_penalty",
    caught_by="all_weights_are_pulled_with_the_same_force",
    covers=("grad_is_abs", "reg-L1L2/l1-abs-gradient"),
    read="F3 §3.2.1: above 0 the weight becomes smaller, below 0 larger",
    suggest="take a step W - 0.1 dW from W = -2: do you come closer to 0?",
)
def l1_gradient_is_absolute(params, lambd, m):
    """The gradient holds the sizes |W| where the signs of W belong."""
    weights = {key: W for key, W in params.items() if key.startswith("W")}
    cost = lambd / (2 * m) * sum(np.sum(np.abs(W)) for W in weights.values())
    return cost, {"d" + key: lambd / (2 * m) * np.abs(W) for key, W in weights.items()}


@mistake(
    "l1_penalty",
    caught_by="all_weights_are_pulled_with_the_same_force",
    read="F3 §3.2.1 on the difference between L1 and L2",
    suggest="print dW for the weights 5 and 0.01",
)
def l1_gradient_of_l2(params, lambd, m):
    """The gradient is lambda/m times W, that of L2: it fades as the weight becomes small."""
    weights = {key: W for key, W in params.items() if key.startswith("W")}
    cost = lambd / (2 * m) * sum(np.sum(np.abs(W)) for W in weights.values())
    return cost, {"d" + key: lambd / m * W for key, W in weights.items()}


@mistake(
    "l1_penalty",
    caught_by="all_weights_are_pulled_with_the_same_force",
    read="README, l1_penalty: at 0 the gradient is 0",
    suggest="print dW for a weight of 0: does the next step leave it at 0?",
)
def l1_zero_has_a_sign(params, lambd, m):
    """A weight of 0 gets the gradient of a negative one, so a step drives it away from 0."""
    weights = {key: W for key, W in params.items() if key.startswith("W")}
    cost = lambd / (2 * m) * sum(np.sum(np.abs(W)) for W in weights.values())
    return cost, {"d" + key: lambd / (2 * m) * np.where(W > 0, 1.0, -1.0) for key, W in weights.items()}


@mistake(
    "l1_penalty",
    caught_by="the_gradient_is_the_slope_of_the_sizes",
    covers="reg-L1L2/grad-missing",
    read="F3 §3.2.1: the penalty changes the step",
    suggest="change one weight: the cost changes, so what should its gradient not be?",
)
def l1_gradient_missing(params, lambd, m):
    """The cost is regularised, but the gradient is zero, so training never notices the penalty."""
    weights = {key: W for key, W in params.items() if key.startswith("W")}
    cost = lambd / (2 * m) * sum(np.sum(np.abs(W)) for W in weights.values())
    return cost, {"d" + key: np.zeros(W.shape) for key, W in weights.items()}


@mistake(
    "l1_penalty",
    caught_by="a_negative_weight_costs_as_much_as_a_positive_one",
    read="F2 §4: the sum of |w_j|, with the bars",
    suggest="what do the weights 3 and -3 cost together?",
)
def l1_without_absolute_values(params, lambd, m):
    """The weights themselves are added up, without absolute values, so positive and negative ones cancel."""
    weights = {key: W for key, W in params.items() if key.startswith("W")}
    cost = lambd / (2 * m) * sum(np.sum(W) for W in weights.values())
    return cost, {"d" + key: lambd / (2 * m) * np.sign(W) for key, W in weights.items()}


@mistake(
    "l1_penalty",
    caught_by="the_sizes_of_the_worked_example_have_their_price",
    read="F2 §4: ‖w‖₁ of a vector; in numpy, norm(W, 1) of a matrix is another one",
    suggest="print np.linalg.norm(W, 1) and np.abs(W).sum() for a matrix",
)
def l1_matrix_norm(params, lambd, m):
    """norm(W, 1) of a matrix is its largest column sum, not the sum over all entries."""
    weights = {key: W for key, W in params.items() if key.startswith("W")}
    cost = lambd / (2 * m) * sum(np.linalg.norm(W, 1) for W in weights.values())
    return cost, {"d" + key: lambd / (2 * m) * np.sign(W) for key, W in weights.items()}


@mistake(
    "l1_penalty",
    caught_by="all_layers_pay_and_no_bias_does",
    covers=("includes_b", "reg-L1L2/penalises-bias"),
    read="README, conventions: what is regularised",
    suggest="multiply all biases by 10: does your cost change?",
)
def l1_includes_biases(params, lambd, m):
    """Biases are regularised as well: the loop runs over all parameters, not over the weights."""
    cost = lambd / (2 * m) * sum(np.sum(np.abs(value)) for value in params.values())
    return cost, {"d" + key: lambd / (2 * m) * np.sign(value) for key, value in params.items()}


@mistake(
    "l1_penalty",
    caught_by="all_layers_pay_and_no_bias_does",
    covers="reg-L1L2/accumulator-reset",
    read="F0, 正则化: the sum over l from 1 to L",
    suggest="print the total after each layer: does it grow?",
)
def l1_last_layer_only(params, lambd, m):
    """The sum is set to zero inside the loop, so only the last layer counts in the cost."""
    grads = {}
    for key, W in params.items():
        if key.startswith("W"):
            sizes = 0.0
            sizes += np.sum(np.abs(W))
            grads["d" + key] = lambd / (2 * m) * np.sign(W)
    return lambd / (2 * m) * sizes, grads


@mistake(
    "l1_penalty",
    caught_by="the_sizes_of_the_worked_example_have_their_price",
    covers="forgets_m",
    read="F2 §4: λ is divided by 2m",
    suggest="call it with m = 11 and with m = 22: does anything change?",
)
def l1_forgets_m(params, lambd, m):
    """Nothing is divided by m."""
    weights = {key: W for key, W in params.items() if key.startswith("W")}
    cost = lambd / 2 * sum(np.sum(np.abs(W)) for W in weights.values())
    return cost, {"d" + key: lambd / 2 * np.sign(W) for key, W in weights.items()}


@mistake(
    "weight_decay_step",
    caught_by="the_gradient_of_the_data_does_not_decay",
    covers="decays_gradient_too",
    read="F2 §4, the last formula: the factor stands before w alone",
    suggest="with W = 0: is the step exactly -lr·dW_data?",
)
def decays_gradient_too(W, dW_data, lr, lambd, m):
    """The step is taken first and everything shrinks afterwards, the gradient of the data included."""
    return (1 - lr * lambd / m) * (W - lr * dW_data)


@mistake(
    "weight_decay_step",
    caught_by="the_worked_example_shrinks_by_its_factor",
    covers=("forgets_lr", "reg-L1L2/decay-without-lr"),
    read="F2 §4: the factor is 1 - αλ/m",
    suggest="halve lr: should the weights shrink as fast as before?",
)
def decay_forgets_lr(W, dW_data, lr, lambd, m):
    """The decay lacks the learning rate: W shrinks by lambda/m in each step, however small the steps are."""
    return (1 - lambd / m) * W - lr * dW_data


@mistake(
    "weight_decay_step",
    caught_by="the_worked_example_shrinks_by_its_factor",
    covers="plus",
    read="F2 §4: (1 - αλ/m) < 1",
    suggest="are the weights smaller or larger after a step with dW_data = 0?",
)
def decay_grows(W, dW_data, lr, lambd, m):
    """The factor is 1 + lr·lambda/m: weights grow where they should decay."""
    return (1 + lr * lambd / m) * W - lr * dW_data


@mistake(
    "weight_decay_step",
    caught_by="the_worked_example_shrinks_by_its_factor",
    read="F2 §4 has the brackets that the sentence in F0, 正则化, lacks; if you followed F0, you copied faithfully",
    suggest="write out W - lr · (dW_data + lambda/m · W)",
)
def decay_as_the_sentence_reads(W, dW_data, lr, lambd, m):
    """lambda/m W is added, without lr and without the minus sign: the sentence in F0 has lost its brackets."""
    return W - lr * dW_data + lambd / m * W


@mistake(
    "weight_decay_step",
    caught_by="the_worked_example_shrinks_by_its_factor",
    covers="reg-L1L2/half-in-gradient",
    read="F2 §4: λ/2m in the cost, but λ/m in dw and in the factor",
    suggest="what becomes of the 2 of 2m when w^2 is differentiated?",
)
def decay_with_half(W, dW_data, lr, lambd, m):
    """The factor has the 2m of the cost; differentiating the square cancels the 2."""
    return (1 - lr * lambd / (2 * m)) * W - lr * dW_data


@mistake(
    "weight_decay_step",
    caught_by="the_worked_example_shrinks_by_its_factor",
    read="F2 §4: the factor is 1 - αλ/m",
    suggest="compute the factor for lr 0.1, lambda 0.7 and m = 5 by hand",
)
def decay_forgets_m(W, dW_data, lr, lambd, m):
    """lambda is not divided by m, so W decays m times too fast."""
    return (1 - lr * lambd) * W - lr * dW_data


@mistake(
    "weight_decay_step",
    caught_by="it_is_gradient_descent_on_the_regularised_cost",
    read="F2 §4: weight decay and the term in dW are two ways to write the same thing",
    suggest="take dW_data = 0: how much do the weights lose, once or twice lr·lambda/m?",
)
def decays_twice(W, dW_data, lr, lambd, m):
    """The penalty enters twice, in the factor and again in the gradient."""
    return (1 - lr * lambd / m) * W - lr * (dW_data + lambd / m * W)


@mistake(
    "weight_decay_step",
    caught_by="the_gradient_of_the_data_does_not_decay",
    read="F2 §4: - α dw",
    suggest="with W = 0: does the step go down the gradient or up?",
)
def decay_climbs(W, dW_data, lr, lambd, m):
    """The gradient of the data is added: that is ascent."""
    return (1 - lr * lambd / m) * W + lr * dW_data


@mistake(
    "weight_decay_step",
    caught_by="the_worked_example_shrinks_by_its_factor",
    read="README, conventions: purity",
    suggest="write the new weights into a new array, with * and -, not with *= and -=",
)
def decay_in_place(W, dW_data, lr, lambd, m):
    """`W *= …` changes the caller's own weights; make a new array."""
    W *= 1 - lr * lambd / m
    W -= lr * dW_data
    return W


@mistake(
    "forward_dropout",
    caught_by="the_average_activation_does_not_change",
    covers=("no_scaling", "dropout/not-rescaled"),
    read="F0, dropout 正则化: a3 /= keep_prob; F2 §6, scale up",
    suggest="A = np.ones((100, 100)): print A_out.mean() for keep_prob 0.8",
)
def survivors_not_scaled(A, keep_prob, rng, train=True):
    """The kept entries are not divided by keep_prob: this is plain dropout, and the next layer gets too little."""
    if not train:
        return A, None
    mask = rng.random(A.shape) < keep_prob
    return A * mask, mask


@mistake(
    "forward_dropout",
    caught_by=("nothing_happens_at_test_time", "the_average_activation_does_not_change"),
    covers="scales_at_test",
    read="F2 §6: with inverted dropout nothing has to be scaled at test time",
    suggest="compare A_out.mean() in training with A_out.mean() at test time, and both with A.mean()",
)
def scaled_at_test_time_instead(A, keep_prob, rng, train=True):
    """Training leaves the survivors as they are and the test multiplies by keep_prob: plain dropout, not inverted."""
    if not train:
        return A * keep_prob, None
    mask = rng.random(A.shape) < keep_prob
    return A * mask, mask


@mistake(
    "forward_dropout",
    caught_by="nothing_happens_at_test_time",
    covers=("scales_at_test", "dropout/rescaled-twice"),
    read="F2 §6: with inverted dropout nothing has to be scaled at test time",
    suggest="A = np.ones((2, 3)): what is the average of A_out in training, and what at test time?",
)
def scaled_twice(A, keep_prob, rng, train=True):
    """The survivors are divided by keep_prob in training, and the test multiplies by keep_prob as well."""
    if not train:
        return A * keep_prob, None
    mask = rng.random(A.shape) < keep_prob
    return A * mask / keep_prob, mask


@mistake(
    "forward_dropout",
    caught_by="a_fraction_keep_prob_of_the_entries_is_kept",
    covers=("mask_inverted", "dropout/inverted-comparison"),
    read="F2 §6: np.random.rand(…) < keep_prob",
    suggest="print mask.mean() for keep_prob 0.9: is it 0.9 or 0.1?",
)
def comparison_inverted(A, keep_prob, rng, train=True):
    """The comparison points the wrong way: entries survive with probability 1 - keep_prob."""
    if not train:
        return A, None
    mask = rng.random(A.shape) > keep_prob
    return A * mask / keep_prob, mask


@mistake(
    "forward_dropout",
    caught_by="a_fraction_keep_prob_of_the_entries_is_kept",
    covers=("mask_inverted", "dropout/p-meaning-inverted"),
    read="README, conventions: keep_prob is the probability to keep",
    suggest="keep_prob = 1 means no dropout at all; what does your function do with it?",
)
def keep_prob_taken_as_drop_prob(A, keep_prob, rng, train=True):
    """keep_prob is used throughout as the probability to drop, as some frameworks do; here it is the one to keep."""
    if not train:
        return A, None
    mask = rng.random(A.shape) < 1 - keep_prob
    return A * mask / (1 - keep_prob), mask


@mistake(
    "forward_dropout",
    caught_by="the_average_activation_does_not_change",
    covers="dropout/divide-by-wrong-prob",
    read="F0, dropout 正则化: a3 /= keep_prob",
    suggest="A = np.ones((100, 100)): which divisor brings A_out.mean() back to 1?",
)
def divided_by_drop_prob(A, keep_prob, rng, train=True):
    """The survivors are divided by the probability to drop, 1 - keep_prob, instead of the one to keep."""
    if not train:
        return A, None
    mask = rng.random(A.shape) < keep_prob
    return A * mask / (1 - keep_prob), mask


@mistake(
    "forward_dropout",
    caught_by="every_entry_is_either_silenced_or_scaled",
    covers=("rand_without_compare", "dropout/mask-not-thresholded"),
    read="F0, dropout 正则化, with erratum E02: the code lacks '< keep_prob'. F2 §6 has it. You copied faithfully",
    suggest="print the mask: it should hold nothing but True and False",
)
def never_compared(A, keep_prob, rng, train=True):
    """The random numbers themselves serve as the mask: they are never compared with keep_prob."""
    if not train:
        return A, None
    mask = rng.random(A.shape)
    return A * mask / keep_prob, mask


@mistake(
    "forward_dropout",
    caught_by="a_fraction_keep_prob_of_the_entries_is_kept",
    covers="dropout/randn-mask",
    read="F2 §6: np.random.rand, without the n",
    suggest="print (rng.standard_normal(10000) < 0.95).mean()",
)
def normal_coins(A, keep_prob, rng, train=True):
    """The coins are normal random numbers, of which 83 % and not 95 % are below 0.95; they should be uniform."""
    if not train:
        return A, None
    mask = rng.standard_normal(A.shape) < keep_prob
    return A * mask / keep_prob, mask


@mistake(
    "forward_dropout",
    caught_by="every_entry_has_a_coin_of_its_own",
    covers=("one_mask_per_row", "dropout/shared-mask"),
    read="F0, dropout 正则化: 每个样本和每个隐藏单元",
    suggest="print the mask: do all its columns look the same?",
)
def one_coin_per_unit(A, keep_prob, rng, train=True):
    """A unit is on or off for all examples at once; each example should meet a network of its own."""
    if not train:
        return A, None
    mask = np.repeat(rng.random((A.shape[0], 1)) < keep_prob, A.shape[1], axis=1)
    return A * mask / keep_prob, mask


@mistake(
    "forward_dropout",
    caught_by="every_entry_has_a_coin_of_its_own",
    covers="dropout/shared-mask",
    read="F0, dropout 正则化: 每个样本和每个隐藏单元",
    suggest="print the mask: do all its rows look the same?",
)
def one_coin_per_example(A, keep_prob, rng, train=True):
    """All units of an example are on or off together, so whole examples vanish."""
    if not train:
        return A, None
    mask = np.repeat(rng.random((1, A.shape[1])) < keep_prob, A.shape[0], axis=0)
    return A * mask / keep_prob, mask


@mistake(
    "forward_dropout",
    caught_by="the_number_of_survivors_is_left_to_chance",
    covers="exactly_k_dropped",
    read="F2 §6: 40 of 50 units is the average, not a quota",
    suggest="print mask.sum() for several seeds: it should vary",
)
def exactly_k_dropped(A, keep_prob, rng, train=True):
    """Exactly a fraction 1 - keep_prob of all entries is dropped, so the coins are not independent."""
    if not train:
        return A, None
    mask = np.ones(A.size, dtype=bool)
    mask[rng.permutation(A.size)[: round((1 - keep_prob) * A.size)]] = False
    mask = mask.reshape(A.shape)
    return A * mask / keep_prob, mask


@mistake(
    "forward_dropout",
    caught_by="the_number_of_survivors_is_left_to_chance",
    covers="exactly_k_dropped",
    read="F2 §6: 40 of 50 units is the average, not a quota",
    suggest="print mask.sum(axis=0): it should vary from example to example",
)
def exactly_k_per_example(A, keep_prob, rng, train=True):
    """Every example loses exactly the same number of units, so the coins are not independent."""
    if not train:
        return A, None
    rank = rng.random(A.shape).argsort(axis=0).argsort(axis=0)
    mask = rank < round(keep_prob * A.shape[0])
    return A * mask / keep_prob, mask


@mistake(
    "forward_dropout",
    caught_by="nothing_happens_at_test_time",
    covers="dropout/active-at-test",
    read="F2 §6, last paragraph",
    suggest="predict the same example twice: the answers should be equal",
)
def active_at_test_time(A, keep_prob, rng, train=True):
    """`train` is ignored, so predictions are random."""
    mask = rng.random(A.shape) < keep_prob
    return A * mask / keep_prob, mask


@mistake(
    "forward_dropout",
    caught_by="nothing_happens_at_test_time",
    suggest="what would backward_dropout do with that mask?",
)
def mask_of_ones_at_test_time(A, keep_prob, rng, train=True):
    """At test time a mask of ones is returned; the way back would divide by keep_prob although the way out did not."""
    if not train:
        return A, np.ones(A.shape, dtype=bool)
    mask = rng.random(A.shape) < keep_prob
    return A * mask / keep_prob, mask


@mistake(
    "forward_dropout",
    caught_by="all_coins_come_from_the_generator_that_is_passed",
    read="README, conventions: random numbers",
    suggest="take np.random.seed out of your file and draw from rng",
)
def seeds_np_random(A, keep_prob, rng, train=True):
    """np.random is seeded and used instead of rng: every pass drops the same entries."""
    if not train:
        return A, None
    np.random.seed(1)
    mask = np.random.rand(*A.shape) < keep_prob
    return A * mask / keep_prob, mask


@mistake(
    "forward_dropout",
    caught_by="integers_and_resting_units_are_treated_alike",
    suggest="A = np.zeros((2, 3)): is the mask still random?",
)
def mask_read_off_the_output(A, keep_prob, rng, train=True):
    """The mask is taken from A_out != 0, so it calls units dropped that were zero anyway."""
    if not train:
        return A, None
    A_out = A * (rng.random(A.shape) < keep_prob) / keep_prob
    return A_out, A_out != 0


@mistake(
    "forward_dropout",
    caught_by="integers_and_resting_units_are_treated_alike",
    read="README, conventions: types",
    suggest="print np.zeros_like(np.array([1, 2])).dtype; what happens to 2.5 in such an array?",
)
def truncates_integers(A, keep_prob, rng, train=True):
    """The output inherits the integer type of A, and everything behind the decimal point is lost."""
    if not train:
        return A, None
    mask = rng.random(A.shape) < keep_prob
    A_out = np.zeros_like(A)
    A_out[mask] = A[mask] / keep_prob
    return A_out, mask


@mistake(
    "forward_dropout",
    caught_by="known_random_numbers_give_a_known_result",
    read="F0, dropout 正则化: a3 *= d3 is meant for a copy of your own; README, conventions: purity",
    suggest="call it, then print A: the caller's activations should be as before",
)
def overwrites_A(A, keep_prob, rng, train=True):
    """`A *= mask` changes the caller's own activations; write to a new array."""
    if not train:
        return A, None
    mask = rng.random(A.shape) < keep_prob
    A *= mask
    A /= keep_prob
    return A, mask


@mistake(
    "backward_dropout",
    caught_by="a_known_mask_gives_a_known_gradient",
    covers=("no_scaling", "dropout/bwd-not-rescaled"),
    suggest="A_out = A / keep_prob for a kept entry: what is its derivative?",
)
def gradient_not_scaled(dA_out, mask, keep_prob):
    """The gradient meets the mask but not the division by keep_prob that the activation met."""
    if mask is None:
        return dA_out
    return dA_out * mask


@mistake(
    "backward_dropout",
    caught_by="gradients_flow_where_activations_flowed",
    covers="dropout/bwd-mask-missing",
    suggest="does a silenced entry change the cost when it changes a little? What is its gradient, then?",
)
def mask_not_applied(dA_out, mask, keep_prob):
    """The gradient is scaled, but it also flows into entries that were silenced."""
    if mask is None:
        return dA_out
    return dA_out / keep_prob


@mistake(
    "backward_dropout",
    caught_by="gradients_flow_where_activations_flowed",
    covers=("fresh_mask", "dropout/bwd-fresh-mask"),
    suggest="print (dA != 0) next to the mask that was passed in",
)
def fresh_mask(dA_out, mask, keep_prob):
    """New coins are tossed on the way back, so the gradient belongs to another network."""
    if mask is None:
        return dA_out
    return dA_out * (np.random.default_rng(0).random(dA_out.shape) < keep_prob) / keep_prob


@mistake(
    "backward_dropout",
    caught_by="without_a_mask_the_gradient_passes_unchanged",
    covers="mask_none_crash",
    suggest="call it with mask None, as after a forward pass with train=False",
)
def mask_none_crash(dA_out, mask, keep_prob):
    """A mask of None, which the forward pass returns at test time, is multiplied like an array."""
    return dA_out * mask / keep_prob


@mistake(
    "backward_dropout",
    caught_by="without_a_mask_the_gradient_passes_unchanged",
    suggest="forward with train=False returns A itself; what is its derivative?",
)
def none_still_divided(dA_out, mask, keep_prob):
    """Without a mask the gradient is divided by keep_prob all the same, though the forward pass changed nothing."""
    if mask is None:
        return dA_out / keep_prob
    return dA_out * mask / keep_prob


@mistake(
    "backward_dropout",
    caught_by="a_known_mask_gives_a_known_gradient",
    covers="no_scaling",
    suggest="A_out = A / keep_prob for a kept entry: is its derivative keep_prob or 1 / keep_prob?",
)
def gradient_multiplied(dA_out, mask, keep_prob):
    """The gradient is multiplied by keep_prob where it should be divided."""
    if mask is None:
        return dA_out
    return dA_out * mask * keep_prob


@mistake(
    "backward_dropout",
    caught_by="the_way_back_is_linear",
    suggest="flip the sign of dA_out: does dA flip its sign?",
)
def masked_by_sign(dA_out, mask, keep_prob):
    """Negative gradients are cut off, a habit from ReLU; for dropout the mask alone decides."""
    if mask is None:
        return dA_out
    return np.maximum(dA_out, 0) * mask / keep_prob


@mistake(
    "early_stopping",
    caught_by="the_curve_of_a_real_run_stops_at_epoch_5",
    covers=("stops_at_first_rise", "early-stop/first-rise"),
    read="F2 §8: the dev error rises later, but on its way down it is noisy",
    suggest="where is patience used in your function?",
)
def stops_at_first_rise(dev_costs, patience, min_delta=0.0):
    """Training stops at the first epoch that does not improve; noise alone would do that, so patience is ignored."""
    best = 0
    for epoch, cost in enumerate(dev_costs):
        if cost < dev_costs[best] - min_delta:
            best = epoch
        elif epoch > 0:
            return best, epoch
    return best, len(dev_costs) - 1


@mistake(
    "early_stopping",
    caught_by="a_plateau_wears_patience_out",
    covers=("last_tie", "early-stop/ties-as-improvement"),
    read="README, early_stopping: less than, not at most",
    suggest="is the new cost compared with < or with <=?",
)
def ties_improve(dev_costs, patience, min_delta=0.0):
    """An equal cost counts as an improvement, so a plateau never ends."""
    best = 0
    for epoch, cost in enumerate(dev_costs):
        if cost <= dev_costs[best] - min_delta:
            best = epoch
        elif epoch - best >= patience:
            return best, epoch
    return best, len(dev_costs) - 1


@mistake(
    "early_stopping",
    caught_by="the_curve_of_a_real_run_stops_at_epoch_5",
    covers=("patience_off_by_one", "early-stop/off-by-one-patience"),
    read="README, early_stopping: stop_epoch - best_epoch = patience",
    suggest="write the waiting time under each epoch; at which number does patience 3 end?",
)
def patience_one_too_many(dev_costs, patience, min_delta=0.0):
    """Training waits one epoch longer than patience allows: > stands where >= belongs."""
    best = 0
    for epoch, cost in enumerate(dev_costs):
        if cost < dev_costs[best] - min_delta:
            best = epoch
        elif epoch - best > patience:
            return best, epoch
    return best, len(dev_costs) - 1


@mistake(
    "early_stopping",
    caught_by="the_curve_of_a_real_run_stops_at_epoch_5",
    covers=("patience_off_by_one", "early-stop/off-by-one-patience"),
    read="README, early_stopping: stop_epoch - best_epoch = patience",
    suggest="write the waiting time under each epoch; at which number does patience 3 end?",
)
def patience_one_too_few(dev_costs, patience, min_delta=0.0):
    """Training stops one epoch too early: the best epoch itself is counted as waiting."""
    best, waited = 0, 0
    for epoch, cost in enumerate(dev_costs):
        if cost < dev_costs[best] - min_delta:
            best, waited = epoch, 0
        waited += 1
        if waited >= patience and epoch > best:
            return best, epoch
    return best, len(dev_costs) - 1


@mistake(
    "early_stopping",
    caught_by="patience_begins_anew_with_every_improvement",
    covers="early-stop/patience-not-reset",
    read="README, early_stopping: an improvement ends the waiting",
    suggest="print the counter next to each cost: does it fall back to 0?",
)
def patience_never_reset(dev_costs, patience, min_delta=0.0):
    """The counter survives an improvement, so bad epochs add up although better ones lie between them."""
    best, waited = 0, 0
    for epoch, cost in enumerate(dev_costs):
        if cost < dev_costs[best] - min_delta:
            best = epoch
        elif epoch > 0:
            waited += 1
            if waited >= patience:
                return best, epoch
    return best, len(dev_costs) - 1


@mistake(
    "early_stopping",
    caught_by="patience_begins_anew_with_every_improvement",
    read="README, early_stopping: the best so far, not the epoch before",
    suggest="costs 0.6, 0.7, 0.65: is the last one an improvement?",
)
def compared_with_the_epoch_before(dev_costs, patience, min_delta=0.0):
    """Each cost is compared with that of the epoch before, so coming down from a peak counts as progress."""
    best, waited = 0, 0
    for epoch in range(1, len(dev_costs)):
        if dev_costs[epoch] < dev_costs[epoch - 1] - min_delta:
            best, waited = epoch, 0
        else:
            waited += 1
            if waited >= patience:
                return best, epoch
    return best, len(dev_costs) - 1


@mistake(
    "early_stopping",
    caught_by="the_curve_of_a_real_run_stops_at_epoch_5",
    covers="early-stop/returns-last-not-best",
    read="F2 §8: the weights of the lowest dev error are the ones to keep",
    suggest="at which epoch is the cost lowest, and does your first value name it?",
)
def keeps_the_last_epoch(dev_costs, patience, min_delta=0.0):
    """The last epoch is kept in place of the best one; its weights are `patience` epochs past their best."""
    best = 0
    for epoch, cost in enumerate(dev_costs):
        if cost < dev_costs[best] - min_delta:
            best = epoch
        elif epoch - best >= patience:
            return epoch, epoch
    return len(dev_costs) - 1, len(dev_costs) - 1


@mistake(
    "early_stopping",
    caught_by="what_comes_after_the_stop_is_never_seen",
    read="README, early_stopping: the training does not know the future",
    suggest="cut the list off behind stop_epoch: do you get the same answer?",
)
def best_of_the_whole_curve(dev_costs, patience, min_delta=0.0):
    """The best epoch is looked up in the whole curve, also behind the epoch at which training had stopped."""
    best = 0
    for epoch, cost in enumerate(dev_costs):
        if cost < dev_costs[best] - min_delta:
            best = epoch
        elif epoch - best >= patience:
            return int(np.argmin(dev_costs)), epoch
    return best, len(dev_costs) - 1


@mistake(
    "early_stopping",
    caught_by="small_gains_have_to_add_up_to_min_delta",
    read="README, early_stopping: min_delta",
    suggest="call it with min_delta 0 and with min_delta 10: do the answers differ?",
)
def min_delta_ignored(dev_costs, patience, min_delta=0.0):
    """min_delta has no effect: any gain at all counts as an improvement."""
    best = 0
    for epoch, cost in enumerate(dev_costs):
        if cost < dev_costs[best]:
            best = epoch
        elif epoch - best >= patience:
            return best, epoch
    return best, len(dev_costs) - 1


@mistake(
    "early_stopping",
    caught_by="small_gains_have_to_add_up_to_min_delta",
    read="README, early_stopping: min_delta",
    suggest="with min_delta 0.1, is 1.05 an improvement on 1.0?",
)
def min_delta_added(dev_costs, patience, min_delta=0.0):
    """min_delta is added to the best cost, so epochs that are a little worse count as improvements."""
    best = 0
    for epoch, cost in enumerate(dev_costs):
        if cost < dev_costs[best] + min_delta:
            best = epoch
        elif epoch - best >= patience:
            return best, epoch
    return best, len(dev_costs) - 1


@mistake(
    "early_stopping",
    caught_by="small_gains_have_to_add_up_to_min_delta",
    read="README, early_stopping: the best so far is the cost of best_epoch",
    suggest="costs fall by 0.03 an epoch: after which epoch are they 0.1 below where they began?",
)
def small_gains_lower_the_bar(dev_costs, patience, min_delta=0.0):
    """Every lower cost becomes the one to beat, also when the gain was below min_delta; so gains never add up."""
    best, lowest, waited = 0, dev_costs[0], 0
    for epoch in range(1, len(dev_costs)):
        if dev_costs[epoch] < lowest - min_delta:
            best, waited = epoch, 0
        else:
            waited += 1
        lowest = min(lowest, dev_costs[epoch])
        if waited >= patience:
            return best, epoch
    return best, len(dev_costs) - 1


@mistake(
    "early_stopping",
    caught_by="the_curve_of_a_real_run_stops_at_epoch_5",
    read="README, early_stopping: epochs are counted from 0",
    suggest="call it with a single cost: both answers must be 0",
)
def epochs_counted_from_one(dev_costs, patience, min_delta=0.0):
    """Epochs are counted from 1; the first one is epoch 0."""
    best = 0
    for epoch, cost in enumerate(dev_costs):
        if cost < dev_costs[best] - min_delta:
            best = epoch
        elif epoch - best >= patience:
            return best + 1, epoch + 1
    return best + 1, len(dev_costs)


@mistake(
    "early_stopping",
    caught_by="a_curve_that_keeps_falling_runs_to_its_end",
    read="README, early_stopping: if patience never runs out",
    suggest="print the result for costs that only fall",
)
def nothing_if_never_stopped(dev_costs, patience, min_delta=0.0):
    """If patience never runs out, the loop ends without a return, and nothing comes back."""
    best = 0
    for epoch, cost in enumerate(dev_costs):
        if cost < dev_costs[best] - min_delta:
            best = epoch
        elif epoch - best >= patience:
            return best, epoch
    return None


@mistake(
    "early_stopping",
    caught_by="a_curve_that_keeps_falling_runs_to_its_end",
    read="README, early_stopping: the last epoch has the number len(dev_costs) - 1",
    suggest="a curve of five epochs: which number has the last of them?",
)
def stops_behind_the_end(dev_costs, patience, min_delta=0.0):
    """If patience never runs out, the number of epochs is returned, which is one more than the last epoch."""
    best = 0
    for epoch, cost in enumerate(dev_costs):
        if cost < dev_costs[best] - min_delta:
            best = epoch
        elif epoch - best >= patience:
            return best, epoch
    return best, len(dev_costs)


@mistake(
    "early_stopping",
    caught_by="the_curve_of_a_real_run_stops_at_epoch_5",
    read="README, early_stopping: best_epoch comes first",
    suggest="which of the two can never be larger than the other?",
)
def stop_before_best(dev_costs, patience, min_delta=0.0):
    """stop_epoch comes back before best_epoch; the order is best_epoch, stop_epoch."""
    best = 0
    for epoch, cost in enumerate(dev_costs):
        if cost < dev_costs[best] - min_delta:
            best = epoch
        elif epoch - best >= patience:
            return epoch, best
    return len(dev_costs) - 1, best


@mistake(
    "augment_images",
    caught_by="a_flip_reverses_the_rows_or_their_order",
    covers="column_major",
    read="README, augment_images: pixels are read row by row",
    suggest="X = np.arange(6).reshape(6, 1): is the second pixel right of the first or below it?",
)
def column_major(X, image_shape, flip="none", shift=(0, 0), noise=0.0, rng=None):
    """Pixels are read column by column; in a column of X the image lies row by row."""
    h, w = image_shape
    images = np.asarray(X, dtype=float).reshape((h, w, -1), order="F")
    images = images[:, ::-1] if flip == "horizontal" else images[::-1] if flip == "vertical" else images
    padded = np.pad(images, ((h, h), (w, w), (0, 0)))
    down, right = np.clip(shift, (-h, -w), (h, w))
    images = padded[h - down : 2 * h - down, w - right : 2 * w - right]
    X = images.reshape((h * w, -1), order="F")
    return X + noise * rng.standard_normal(X.shape) if noise else X


@mistake(
    "augment_images",
    caught_by="a_flip_reverses_the_rows_or_their_order",
    covers="column_major",
    read="README, augment_images: examples are columns, so their axis is the last",
    suggest="X = np.arange(12).reshape(6, 2): is the first image of your cube the first column of X?",
)
def cut_across_images(X, image_shape, flip="none", shift=(0, 0), noise=0.0, rng=None):
    """X is cut into images of shape (m, h, w) without transposing it first, so each one mixes pixels of several."""
    h, w = image_shape
    images = np.asarray(X, dtype=float).reshape(-1, h, w)
    images = images[:, :, ::-1] if flip == "horizontal" else images[:, ::-1] if flip == "vertical" else images
    padded = np.pad(images, ((0, 0), (h, h), (w, w)))
    down, right = np.clip(shift, (-h, -w), (h, w))
    images = padded[:, h - down : 2 * h - down, w - right : 2 * w - right]
    X = images.reshape(X.shape)
    return X + noise * rng.standard_normal(X.shape) if noise else X


@mistake(
    "augment_images",
    caught_by="a_flip_reverses_the_rows_or_their_order",
    covers=("flips_columns_of_X", "augment/wrong-axis-flip"),
    read="README, augment_images: a column of X is an image",
    suggest="flip a single image: does anything happen?",
)
def reverses_the_examples(X, image_shape, flip="none", shift=(0, 0), noise=0.0, rng=None):
    """The horizontal flip reverses the columns of X: the images change places, and each stays as it was."""
    h, w = image_shape
    X = np.asarray(X, dtype=float)
    X = X[:, ::-1] if flip == "horizontal" else X
    images = X.reshape(h, w, -1)
    images = images[::-1] if flip == "vertical" else images
    padded = np.pad(images, ((h, h), (w, w), (0, 0)))
    down, right = np.clip(shift, (-h, -w), (h, w))
    X = padded[h - down : 2 * h - down, w - right : 2 * w - right].reshape(h * w, -1)
    return X + noise * rng.standard_normal(X.shape) if noise else X


@mistake(
    "augment_images",
    caught_by="a_flip_reverses_the_rows_or_their_order",
    covers="augment/wrong-axis-flip",
    read="README, augment_images: a flip reverses one axis of the image",
    suggest="reverse 1, 2, 3, 4, 5, 6 and look at it as two rows of three: what has happened to the rows?",
)
def turned_upside_down(X, image_shape, flip="none", shift=(0, 0), noise=0.0, rng=None):
    """Each column of X is reversed as a whole, which turns the image by 180 degrees instead of mirroring it."""
    h, w = image_shape
    X = np.asarray(X, dtype=float)
    images = (X if flip == "none" else X[::-1]).reshape(h, w, -1)
    padded = np.pad(images, ((h, h), (w, w), (0, 0)))
    down, right = np.clip(shift, (-h, -w), (h, w))
    X = padded[h - down : 2 * h - down, w - right : 2 * w - right].reshape(h * w, -1)
    return X + noise * rng.standard_normal(X.shape) if noise else X


@mistake(
    "augment_images",
    caught_by="a_flip_reverses_the_rows_or_their_order",
    covers=("augment/wrong-axis-flip", "augment/label-changing"),
    read="README, augment_images: horizontal exchanges left and right",
    suggest="flip a 6 horizontally: does it still stand on its feet?",
)
def flips_exchanged(X, image_shape, flip="none", shift=(0, 0), noise=0.0, rng=None):
    """A horizontal flip exchanges top and bottom, and a vertical one left and right: the two are mixed up."""
    h, w = image_shape
    images = np.asarray(X, dtype=float).reshape(h, w, -1)
    images = images[::-1] if flip == "horizontal" else images[:, ::-1] if flip == "vertical" else images
    padded = np.pad(images, ((h, h), (w, w), (0, 0)))
    down, right = np.clip(shift, (-h, -w), (h, w))
    X = padded[h - down : 2 * h - down, w - right : 2 * w - right].reshape(h * w, -1)
    return X + noise * rng.standard_normal(X.shape) if noise else X


@mistake(
    "augment_images",
    caught_by=("a_shift_leaves_zeros_behind", "flips_and_shifts_can_be_undone"),
    covers="wraps_around",
    read="README, augment_images: what leaves the image is lost",
    suggest="look at the margin where the image came from: what does np.roll put there?",
)
def wraps_around(X, image_shape, flip="none", shift=(0, 0), noise=0.0, rng=None):
    """np.roll brings what leaves the image back in on the other side; it is to be lost, and zeros take its place."""
    h, w = image_shape
    images = np.asarray(X, dtype=float).reshape(h, w, -1)
    images = images[:, ::-1] if flip == "horizontal" else images[::-1] if flip == "vertical" else images
    X = np.roll(images, shift, axis=(0, 1)).reshape(h * w, -1)
    return X + noise * rng.standard_normal(X.shape) if noise else X


@mistake(
    "augment_images",
    caught_by="a_shift_leaves_zeros_behind",
    read="README, augment_images: (down, right)",
    suggest="shift one bright pixel by (1, 0): in which row is it now?",
)
def shifts_the_other_way(X, image_shape, flip="none", shift=(0, 0), noise=0.0, rng=None):
    """Positive shifts move up and left; they are to move down and right."""
    h, w = image_shape
    images = np.asarray(X, dtype=float).reshape(h, w, -1)
    images = images[:, ::-1] if flip == "horizontal" else images[::-1] if flip == "vertical" else images
    padded = np.pad(images, ((h, h), (w, w), (0, 0)))
    down, right = np.clip(shift, (-h, -w), (h, w))
    X = padded[h + down : 2 * h + down, w + right : 2 * w + right].reshape(h * w, -1)
    return X + noise * rng.standard_normal(X.shape) if noise else X


@mistake(
    "augment_images",
    caught_by="a_shift_leaves_zeros_behind",
    read="README, augment_images: (down, right), like an index (row, column)",
    suggest="shift one bright pixel by (1, 0): has its row changed, or its column?",
)
def shift_read_as_x_and_y(X, image_shape, flip="none", shift=(0, 0), noise=0.0, rng=None):
    """The two numbers of the shift are exchanged: the first one is to move rows, the second one columns."""
    h, w = image_shape
    images = np.asarray(X, dtype=float).reshape(h, w, -1)
    images = images[:, ::-1] if flip == "horizontal" else images[::-1] if flip == "vertical" else images
    padded = np.pad(images, ((h, h), (w, w), (0, 0)))
    down, right = np.clip(shift[::-1], (-h, -w), (h, w))
    X = padded[h - down : 2 * h - down, w - right : 2 * w - right].reshape(h * w, -1)
    return X + noise * rng.standard_normal(X.shape) if noise else X


@mistake(
    "augment_images",
    caught_by="the_flip_comes_before_the_shift",
    read="README, augment_images: flip, shift, noise",
    suggest="do it by hand for the image 1, 2, 3, in both orders",
)
def shifts_before_flipping(X, image_shape, flip="none", shift=(0, 0), noise=0.0, rng=None):
    """The shift comes before the flip, so in a mirrored image right becomes left."""
    h, w = image_shape
    padded = np.pad(np.asarray(X, dtype=float).reshape(h, w, -1), ((h, h), (w, w), (0, 0)))
    down, right = np.clip(shift, (-h, -w), (h, w))
    images = padded[h - down : 2 * h - down, w - right : 2 * w - right]
    images = images[:, ::-1] if flip == "horizontal" else images[::-1] if flip == "vertical" else images
    X = images.reshape(h * w, -1)
    return X + noise * rng.standard_normal(X.shape) if noise else X


@mistake(
    "augment_images",
    caught_by="known_random_numbers_give_known_noise",
    read="README, augment_images: flip, shift, noise",
    suggest="shift an image and add noise: is the empty strip exactly 0?",
)
def noise_before_the_shift(X, image_shape, flip="none", shift=(0, 0), noise=0.0, rng=None):
    """The noise is added first and shifted along, so the strip that becomes free stays free of noise."""
    h, w = image_shape
    X = np.asarray(X, dtype=float)
    images = (X + noise * rng.standard_normal(X.shape) if noise else X).reshape(h, w, -1)
    images = images[:, ::-1] if flip == "horizontal" else images[::-1] if flip == "vertical" else images
    padded = np.pad(images, ((h, h), (w, w), (0, 0)))
    down, right = np.clip(shift, (-h, -w), (h, w))
    return padded[h - down : 2 * h - down, w - right : 2 * w - right].reshape(h * w, -1)


@mistake(
    "augment_images",
    caught_by="bright_pixels_do_not_become_dark",
    covers="augment/uint8-wraparound",
    read="README, conventions: types",
    suggest="compute np.array([250], dtype=np.uint8) + np.array([10], dtype=np.uint8)",
)
def noise_in_eight_bits(X, image_shape, flip="none", shift=(0, 0), noise=0.0, rng=None):
    """The noise is added in the type of the image: with 8 bits, 250 + 10 is 4, and bright pixels become dark."""
    h, w = image_shape
    images = X.reshape(h, w, -1)
    images = images[:, ::-1] if flip == "horizontal" else images[::-1] if flip == "vertical" else images
    padded = np.pad(images, ((h, h), (w, w), (0, 0)))
    down, right = np.clip(shift, (-h, -w), (h, w))
    out = padded[h - down : 2 * h - down, w - right : 2 * w - right].reshape(h * w, -1)
    if noise:
        drawn = noise * rng.standard_normal(out.shape)
        out = out + (drawn.astype(int).astype(out.dtype) if out.dtype.kind in "iu" else drawn)
    return out.astype(float)


@mistake(
    "augment_images",
    caught_by="bright_pixels_do_not_become_dark",
    read="README, augment_images: the result is not cut off",
    suggest="compare the mean of many noisy copies of a bright pixel with the pixel",
)
def cut_off_at_255(X, image_shape, flip="none", shift=(0, 0), noise=0.0, rng=None):
    """The noisy image is cut off at 0 and 255, so on average noise darkens bright pixels and brightens dark ones."""
    h, w = image_shape
    images = np.asarray(X, dtype=float).reshape(h, w, -1)
    images = images[:, ::-1] if flip == "horizontal" else images[::-1] if flip == "vertical" else images
    padded = np.pad(images, ((h, h), (w, w), (0, 0)))
    down, right = np.clip(shift, (-h, -w), (h, w))
    X = padded[h - down : 2 * h - down, w - right : 2 * w - right].reshape(h * w, -1)
    return np.clip(X + noise * rng.standard_normal(X.shape), 0, 255) if noise else X


@mistake(
    "augment_images",
    caught_by=("known_random_numbers_give_known_noise", "bright_pixels_do_not_become_dark"),
    read="README, augment_images: noise is a standard deviation",
    suggest="augment images of zeros with noise 0.25 and print the standard deviation of the result",
)
def noise_taken_for_a_variance(X, image_shape, flip="none", shift=(0, 0), noise=0.0, rng=None):
    """`noise` is taken for a variance: the normal numbers are multiplied by its root."""
    h, w = image_shape
    images = np.asarray(X, dtype=float).reshape(h, w, -1)
    images = images[:, ::-1] if flip == "horizontal" else images[::-1] if flip == "vertical" else images
    padded = np.pad(images, ((h, h), (w, w), (0, 0)))
    down, right = np.clip(shift, (-h, -w), (h, w))
    X = padded[h - down : 2 * h - down, w - right : 2 * w - right].reshape(h * w, -1)
    return X + np.sqrt(noise) * rng.standard_normal(X.shape) if noise else X


@mistake(
    "augment_images",
    caught_by=("known_random_numbers_give_known_noise", "bright_pixels_do_not_become_dark"),
    read="README, augment_images: standard normal numbers, with mean 0",
    suggest="augment images of zeros: is the mean of the result 0?",
)
def uniform_noise(X, image_shape, flip="none", shift=(0, 0), noise=0.0, rng=None):
    """The noise is drawn between 0 and 1, so it only brightens; normal numbers have mean 0."""
    h, w = image_shape
    images = np.asarray(X, dtype=float).reshape(h, w, -1)
    images = images[:, ::-1] if flip == "horizontal" else images[::-1] if flip == "vertical" else images
    padded = np.pad(images, ((h, h), (w, w), (0, 0)))
    down, right = np.clip(shift, (-h, -w), (h, w))
    X = padded[h - down : 2 * h - down, w - right : 2 * w - right].reshape(h * w, -1)
    return X + noise * rng.random(X.shape) if noise else X


@mistake(
    "augment_images",
    caught_by=("known_random_numbers_give_known_noise", "bright_pixels_do_not_become_dark"),
    read="README, augment_images: a number of its own for each pixel of each image",
    suggest="augment two equal images: do the results differ?",
)
def one_noise_for_all_images(X, image_shape, flip="none", shift=(0, 0), noise=0.0, rng=None):
    """One noisy pattern is drawn and added to all images; each image should get its own."""
    h, w = image_shape
    images = np.asarray(X, dtype=float).reshape(h, w, -1)
    images = images[:, ::-1] if flip == "horizontal" else images[::-1] if flip == "vertical" else images
    padded = np.pad(images, ((h, h), (w, w), (0, 0)))
    down, right = np.clip(shift, (-h, -w), (h, w))
    X = padded[h - down : 2 * h - down, w - right : 2 * w - right].reshape(h * w, -1)
    return X + noise * rng.standard_normal((h * w, 1)) if noise else X


@mistake(
    "augment_images",
    caught_by="known_random_numbers_give_known_noise",
    read="README, conventions: random numbers",
    suggest="draw from the rng that is passed, not from np.random",
)
def noise_from_np_random(X, image_shape, flip="none", shift=(0, 0), noise=0.0, rng=None):
    """The noise comes from np.random, which the caller cannot seed; the argument rng is ignored."""
    h, w = image_shape
    images = np.asarray(X, dtype=float).reshape(h, w, -1)
    images = images[:, ::-1] if flip == "horizontal" else images[::-1] if flip == "vertical" else images
    padded = np.pad(images, ((h, h), (w, w), (0, 0)))
    down, right = np.clip(shift, (-h, -w), (h, w))
    X = padded[h - down : 2 * h - down, w - right : 2 * w - right].reshape(h * w, -1)
    return X + noise * np.random.randn(*X.shape)


@mistake(
    "augment_images",
    caught_by="a_flip_reverses_the_rows_or_their_order",
    read="README, augment_images: without noise rng may be None",
    suggest="call it with flip alone: which line asks None for a random number?",
)
def draws_without_noise(X, image_shape, flip="none", shift=(0, 0), noise=0.0, rng=None):
    """Random numbers are drawn even if noise is 0, and then rng may be None."""
    h, w = image_shape
    images = np.asarray(X, dtype=float).reshape(h, w, -1)
    images = images[:, ::-1] if flip == "horizontal" else images[::-1] if flip == "vertical" else images
    padded = np.pad(images, ((h, h), (w, w), (0, 0)))
    down, right = np.clip(shift, (-h, -w), (h, w))
    X = padded[h - down : 2 * h - down, w - right : 2 * w - right].reshape(h * w, -1)
    return X + noise * rng.standard_normal(X.shape)


@mistake(
    "augment_images",
    caught_by="a_shift_leaves_zeros_behind",
    covers="augment/view-aliasing",
    read="README, conventions: purity",
    suggest="reshape makes a view, not a copy: print X after images[0] = 0",
)
def edits_the_callers_images(X, image_shape, flip="none", shift=(0, 0), noise=0.0, rng=None):
    """The margin is set to 0 in a view of X, so the caller's own images would change; work on a copy."""
    h, w = image_shape
    images = X.reshape(h, w, -1)
    images = images[:, ::-1] if flip == "horizontal" else images[::-1] if flip == "vertical" else images
    down, right = shift
    if down > 0:
        images[h - down :] = 0
    if down < 0:
        images[:-down] = 0
    if right > 0:
        images[:, w - right :] = 0
    if right < 0:
        images[:, :-right] = 0
    X = np.roll(images, shift, axis=(0, 1)).reshape(h * w, -1).astype(float)
    return X + noise * rng.standard_normal(X.shape) if noise else X
