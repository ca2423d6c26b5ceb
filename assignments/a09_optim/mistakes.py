"""Known wrong ways to write optimizers.py: what each author believed, and which check must object.

`covers` names rows of the course's lists of mistakes: a slug of the exercise's own table, or "area/name".
"""

import numpy as np

from autograder.checking import mistake


@mistake(
    "update_adam",
    caught_by="the_first_step_has_the_length_of_the_learning_rate",
    covers=("beta1_for_s", "adam/s-corrected-with-beta1"),
    read="F1 prints s / (1 - β1^t): that is erratum E09, and you copied faithfully. F0 and F4 eq. 16 have β2",
    suggest="print the step after t = 1: it should be lr, and is ten times as long",
)
def beta1_for_s(params, grads, v, s, t, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    """s is corrected with beta1 instead of its own beta2, so the first steps are about ten times too long."""
    new_params, new_v, new_s = {}, {}, {}
    for key in params:
        d, g = "d" + key, grads["d" + key]
        new_v[d] = beta1 * v[d] + (1 - beta1) * g
        new_s[d] = beta2 * s[d] + (1 - beta2) * g**2
        v_hat, s_hat = new_v[d] / (1 - beta1**t), new_s[d] / (1 - beta1**t)
        new_params[key] = params[key] - lr * v_hat / (np.sqrt(s_hat) + eps)
    return new_params, new_v, new_s


@mistake(
    "update_adam",
    caught_by="the_first_step_has_the_length_of_the_learning_rate",
    covers=("no_correction", "adam/no-bias-correction"),
    read="F4 §1.2.4, eq. 16",
    suggest="print v after one step with gradient 1: it is 0.1, although the only gradient so far was 1",
)
def no_correction(params, grads, v, s, t, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    """v and s are used as they are, without bias correction; they start at zero and are too small at first."""
    new_params, new_v, new_s = {}, {}, {}
    for key in params:
        d, g = "d" + key, grads["d" + key]
        new_v[d] = beta1 * v[d] + (1 - beta1) * g
        new_s[d] = beta2 * s[d] + (1 - beta2) * g**2
        v_hat, s_hat = new_v[d], new_s[d]
        new_params[key] = params[key] - lr * v_hat / (np.sqrt(s_hat) + eps)
    return new_params, new_v, new_s


@mistake(
    "update_adam",
    caught_by="the_first_step_has_the_length_of_the_learning_rate",
    covers=("correct_only_v", "adam/uncorrected-s-in-update"),
    read="F4 §1.2.4, eq. 16",
    suggest="print np.sqrt(s_hat) after one step with gradient 1: it should be 1",
)
def correct_only_v(params, grads, v, s, t, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    """Only v is corrected; under the root stands an s that is too small, and the first step is 32 times too long."""
    new_params, new_v, new_s = {}, {}, {}
    for key in params:
        d, g = "d" + key, grads["d" + key]
        new_v[d] = beta1 * v[d] + (1 - beta1) * g
        new_s[d] = beta2 * s[d] + (1 - beta2) * g**2
        v_hat, s_hat = new_v[d] / (1 - beta1**t), new_s[d]
        new_params[key] = params[key] - lr * v_hat / (np.sqrt(s_hat) + eps)
    return new_params, new_v, new_s


@mistake(
    "update_adam",
    caught_by="the_first_step_has_the_length_of_the_learning_rate",
    read="F4 §1.2.4, eq. 16",
    suggest="print v_hat after one step with gradient 1: it should be 1",
)
def correct_only_s(params, grads, v, s, t, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    """Only s is corrected; v is still too small, and the first step is ten times too short."""
    new_params, new_v, new_s = {}, {}, {}
    for key in params:
        d, g = "d" + key, grads["d" + key]
        new_v[d] = beta1 * v[d] + (1 - beta1) * g
        new_s[d] = beta2 * s[d] + (1 - beta2) * g**2
        v_hat, s_hat = new_v[d], new_s[d] / (1 - beta2**t)
        new_params[key] = params[key] - lr * v_hat / (np.sqrt(s_hat) + eps)
    return new_params, new_v, new_s


@mistake(
    "update_adam",
    caught_by="the_first_step_has_the_length_of_the_learning_rate",
    covers=("t_starts_0", "adam/t-zero"),
    read="F4 §1.2.4: t counts the steps; in the first one it is 1",
    suggest="print 1 - beta1**0",
)
def t_starts_at_zero(params, grads, v, s, t, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    """The power is t - 1, so the first step divides by 1 - 1 = 0 and gives NaN."""
    new_params, new_v, new_s = {}, {}, {}
    for key in params:
        d, g = "d" + key, grads["d" + key]
        new_v[d] = beta1 * v[d] + (1 - beta1) * g
        new_s[d] = beta2 * s[d] + (1 - beta2) * g**2
        v_hat, s_hat = new_v[d] / (1 - beta1 ** (t - 1)), new_s[d] / (1 - beta2 ** (t - 1))
        new_params[key] = params[key] - lr * v_hat / (np.sqrt(s_hat) + eps)
    return new_params, new_v, new_s


@mistake(
    "update_adam",
    caught_by=("the_first_step_has_the_length_of_the_learning_rate", "the_correction_fades_as_steps_go_by"),
    covers="adam/t-starts-at-2",
    read="the docstring: t is the number of this step, and the caller counts",
    suggest="print (params - new_params) / lr after one step: 0.74 instead of 1",
)
def t_starts_at_two(params, grads, v, s, t, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    """1 is added to t before it is used, but the caller has counted already."""
    new_params, new_v, new_s = {}, {}, {}
    for key in params:
        d, g = "d" + key, grads["d" + key]
        new_v[d] = beta1 * v[d] + (1 - beta1) * g
        new_s[d] = beta2 * s[d] + (1 - beta2) * g**2
        v_hat, s_hat = new_v[d] / (1 - beta1 ** (t + 1)), new_s[d] / (1 - beta2 ** (t + 1))
        new_params[key] = params[key] - lr * v_hat / (np.sqrt(s_hat) + eps)
    return new_params, new_v, new_s


@mistake(
    "update_adam",
    caught_by="the_correction_fades_as_steps_go_by",
    covers=("adam/t-frozen", "adam/t-is-epoch"),
    read="F4 §1.2.4, eq. 16: the powers grow with t",
    suggest="print 1 - beta1**t in your second step: it should be 0.19",
)
def t_frozen(params, grads, v, s, t, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    """The correction of the first step is used in every step: t stands still, and with it the factors."""
    new_params, new_v, new_s = {}, {}, {}
    for key in params:
        d, g = "d" + key, grads["d" + key]
        new_v[d] = beta1 * v[d] + (1 - beta1) * g
        new_s[d] = beta2 * s[d] + (1 - beta2) * g**2
        v_hat, s_hat = new_v[d] / (1 - beta1), new_s[d] / (1 - beta2)
        new_params[key] = params[key] - lr * v_hat / (np.sqrt(s_hat) + eps)
    return new_params, new_v, new_s


@mistake(
    "update_adam",
    caught_by="the_correction_fades_as_steps_go_by",
    covers="adam/t-hard-coded-two",
    read="F4 §1.2.4, eq. 16",
    suggest="which t do you find in your code?",
)
def t_hard_coded_two(params, grads, v, s, t, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    """The power is always 2, so only the second step is right."""
    new_params, new_v, new_s = {}, {}, {}
    for key in params:
        d, g = "d" + key, grads["d" + key]
        new_v[d] = beta1 * v[d] + (1 - beta1) * g
        new_s[d] = beta2 * s[d] + (1 - beta2) * g**2
        v_hat, s_hat = new_v[d] / (1 - beta1**2), new_s[d] / (1 - beta2**2)
        new_params[key] = params[key] - lr * v_hat / (np.sqrt(s_hat) + eps)
    return new_params, new_v, new_s


@mistake(
    "update_adam",
    caught_by="the_correction_fades_as_steps_go_by",
    read="F4 §1.2.4, eq. 16: β to the power t",
    suggest="print 1 - beta1 * t for t = 20",
)
def product_for_power(params, grads, v, s, t, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    """beta is multiplied by t instead of raised to the power t; only the first step does not notice."""
    new_params, new_v, new_s = {}, {}, {}
    for key in params:
        d, g = "d" + key, grads["d" + key]
        new_v[d] = beta1 * v[d] + (1 - beta1) * g
        new_s[d] = beta2 * s[d] + (1 - beta2) * g**2
        v_hat, s_hat = new_v[d] / (1 - beta1 * t), new_s[d] / (1 - beta2 * t)
        new_params[key] = params[key] - lr * v_hat / (np.sqrt(s_hat) + eps)
    return new_params, new_v, new_s


@mistake(
    "update_adam",
    caught_by="the_averages_come_back_uncorrected",
    covers="betas_swapped",
    read="F4 §1.2.4, eq. 15: β1 belongs to v, β2 to s",
    suggest="print v after one step with gradient 1: 0.1 or 0.001?",
)
def betas_swapped(params, grads, v, s, t, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    """beta1 and beta2 have changed places. The first step looks right, all later ones are wrong."""
    new_params, new_v, new_s = {}, {}, {}
    for key in params:
        d, g = "d" + key, grads["d" + key]
        new_v[d] = beta2 * v[d] + (1 - beta2) * g
        new_s[d] = beta1 * s[d] + (1 - beta1) * g**2
        v_hat, s_hat = new_v[d] / (1 - beta2**t), new_s[d] / (1 - beta1**t)
        new_params[key] = params[key] - lr * v_hat / (np.sqrt(s_hat) + eps)
    return new_params, new_v, new_s


@mistake(
    "update_adam",
    caught_by="the_averages_come_back_uncorrected",
    covers=("feeds_corrected_back", "adam/corrected-fed-back"),
    read="F4 §1.2.4, eq. 15-16: the averages of the next step are built from v and s",
    suggest="print v after three steps with gradient 1",
)
def feeds_corrected_back(params, grads, v, s, t, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    """The corrected averages are returned as v and s, so the next step corrects them once more."""
    new_params, new_v, new_s = {}, {}, {}
    for key in params:
        d, g = "d" + key, grads["d" + key]
        new_v[d] = beta1 * v[d] + (1 - beta1) * g
        new_s[d] = beta2 * s[d] + (1 - beta2) * g**2
        v_hat, s_hat = new_v[d] / (1 - beta1**t), new_s[d] / (1 - beta2**t)
        new_v[d], new_s[d] = v_hat, s_hat
        new_params[key] = params[key] - lr * v_hat / (np.sqrt(s_hat) + eps)
    return new_params, new_v, new_s


@mistake(
    "update_adam",
    caught_by="tiny_gradients_take_full_steps",
    covers=("eps_inside", "adam/eps-inside-sqrt"),
    read="README, conventions: eps (RMSProp has it under the root; erratum E10)",
    suggest="compare sqrt(g**2 + 1e-8) with sqrt(g**2) + 1e-8 for g = 1e-4",
)
def eps_inside_root(params, grads, v, s, t, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    """eps stands under the root, as in RMSProp. Nothing but tiny gradients shows it."""
    new_params, new_v, new_s = {}, {}, {}
    for key in params:
        d, g = "d" + key, grads["d" + key]
        new_v[d] = beta1 * v[d] + (1 - beta1) * g
        new_s[d] = beta2 * s[d] + (1 - beta2) * g**2
        v_hat, s_hat = new_v[d] / (1 - beta1**t), new_s[d] / (1 - beta2**t)
        new_params[key] = params[key] - lr * v_hat / np.sqrt(s_hat + eps)
    return new_params, new_v, new_s


@mistake(
    "update_adam",
    caught_by="the_first_step_has_the_length_of_the_learning_rate",
    covers="adam/product-for-sum",
    read="F4 §1.2.4, eq. 15: a sum of two terms",
    suggest="print v after one step from v = 0",
)
def product_for_sum(params, grads, v, s, t, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    """In v a product stands for the sum: beta1 v (1 - beta1) g is zero for ever when v starts at zero."""
    new_params, new_v, new_s = {}, {}, {}
    for key in params:
        d, g = "d" + key, grads["d" + key]
        new_v[d] = beta1 * v[d] * (1 - beta1) * g
        new_s[d] = beta2 * s[d] + (1 - beta2) * g**2
        v_hat, s_hat = new_v[d] / (1 - beta1**t), new_s[d] / (1 - beta2**t)
        new_params[key] = params[key] - lr * v_hat / (np.sqrt(s_hat) + eps)
    return new_params, new_v, new_s


@mistake(
    "update_adam",
    caught_by="the_averages_come_back_uncorrected",
    covers="adam/aliased-m-and-v",
    suggest="a = b = {}: put something into a and look at b",
)
def aliased_m_and_v(params, grads, v, s, t, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    """`new_v = new_s = {}` makes one dict with two names, and the second average overwrites the first."""
    new_params = {}
    new_v = new_s = {}
    for key in params:
        d, g = "d" + key, grads["d" + key]
        new_v[d] = beta1 * v[d] + (1 - beta1) * g
        new_s[d] = beta2 * s[d] + (1 - beta2) * g**2
        v_hat, s_hat = new_v[d] / (1 - beta1**t), new_s[d] / (1 - beta2**t)
        new_params[key] = params[key] - lr * v_hat / (np.sqrt(s_hat) + eps)
    return new_params, new_v, new_s


@mistake(
    "update_adam",
    caught_by="the_averages_come_back_uncorrected",
    read="F4 §1.2.4, eq. 15",
    suggest="call it twice with gradient 1 and print v",
)
def returns_old_averages(params, grads, v, s, t, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    """The averages that came in are returned, so nothing is ever remembered."""
    new_params, new_v, new_s = {}, {}, {}
    for key in params:
        d, g = "d" + key, grads["d" + key]
        new_v[d] = beta1 * v[d] + (1 - beta1) * g
        new_s[d] = beta2 * s[d] + (1 - beta2) * g**2
        v_hat, s_hat = new_v[d] / (1 - beta1**t), new_s[d] / (1 - beta2**t)
        new_params[key] = params[key] - lr * v_hat / (np.sqrt(s_hat) + eps)
    return new_params, v, s


@mistake(
    "update_adam",
    caught_by="the_first_step_has_the_length_of_the_learning_rate",
    read="F4 §1.2.4, eq. 17",
    suggest="minimise p**2 from p = 1: does p shrink?",
)
def climbs(params, grads, v, s, t, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    """The step is added instead of subtracted, so the cost is climbed."""
    new_params, new_v, new_s = {}, {}, {}
    for key in params:
        d, g = "d" + key, grads["d" + key]
        new_v[d] = beta1 * v[d] + (1 - beta1) * g
        new_s[d] = beta2 * s[d] + (1 - beta2) * g**2
        v_hat, s_hat = new_v[d] / (1 - beta1**t), new_s[d] / (1 - beta2**t)
        new_params[key] = params[key] + lr * v_hat / (np.sqrt(s_hat) + eps)
    return new_params, new_v, new_s


@mistake(
    "update_adam",
    caught_by="the_scale_of_the_gradients_does_not_matter",
    read="F4 §1.2.4, eq. 17",
    suggest="which unit does s have, if g is in metres?",
)
def forgets_the_root(params, grads, v, s, t, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    """The division is by s_hat instead of its root, so large gradients make tiny steps."""
    new_params, new_v, new_s = {}, {}, {}
    for key in params:
        d, g = "d" + key, grads["d" + key]
        new_v[d] = beta1 * v[d] + (1 - beta1) * g
        new_s[d] = beta2 * s[d] + (1 - beta2) * g**2
        v_hat, s_hat = new_v[d] / (1 - beta1**t), new_s[d] / (1 - beta2**t)
        new_params[key] = params[key] - lr * v_hat / (s_hat + eps)
    return new_params, new_v, new_s


@mistake(
    "update_adam",
    caught_by="the_first_step_has_the_length_of_the_learning_rate",
    read="F4 §1.2.4, eq. 15: (dW)^2",
    suggest="print s for a negative gradient",
)
def not_squared(params, grads, v, s, t, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    """s averages the gradient instead of its square, and the root of a negative number is NaN."""
    new_params, new_v, new_s = {}, {}, {}
    for key in params:
        d, g = "d" + key, grads["d" + key]
        new_v[d] = beta1 * v[d] + (1 - beta1) * g
        new_s[d] = beta2 * s[d] + (1 - beta2) * g
        v_hat, s_hat = new_v[d] / (1 - beta1**t), new_s[d] / (1 - beta2**t)
        new_params[key] = params[key] - lr * v_hat / (np.sqrt(s_hat) + eps)
    return new_params, new_v, new_s


@mistake(
    "update_adam",
    caught_by="the_first_step_has_the_length_of_the_learning_rate",
    read="F4 §1.2.4, eq. 15: the square is taken entry by entry",
    suggest="give one array two gradients of very different size: both entries should move by lr",
)
def one_average_for_all_entries(params, grads, v, s, t, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    """The squares are summed over the whole array, so all entries share one denominator."""
    new_params, new_v, new_s = {}, {}, {}
    for key in params:
        d, g = "d" + key, grads["d" + key]
        new_v[d] = beta1 * v[d] + (1 - beta1) * g
        new_s[d] = beta2 * s[d] + (1 - beta2) * np.sum(g**2)
        v_hat, s_hat = new_v[d] / (1 - beta1**t), new_s[d] / (1 - beta2**t)
        new_params[key] = params[key] - lr * v_hat / (np.sqrt(s_hat) + eps)
    return new_params, new_v, new_s


@mistake(
    "update_adam",
    caught_by="gamma_and_beta_are_parameters_like_any_other",
    read="README, conventions: keys",
    suggest="print which keys your loop visits",
)
def only_W_and_b(params, grads, v, s, t, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    """Only W and b are updated; gamma and beta of batch norm are returned as they came."""
    new_params, new_v, new_s = dict(params), dict(v), dict(s)
    for key in [key for key in params if key[0] in "Wb" and not key.startswith("beta")]:
        d, g = "d" + key, grads["d" + key]
        new_v[d] = beta1 * v[d] + (1 - beta1) * g
        new_s[d] = beta2 * s[d] + (1 - beta2) * g**2
        v_hat, s_hat = new_v[d] / (1 - beta1**t), new_s[d] / (1 - beta2**t)
        new_params[key] = params[key] - lr * v_hat / (np.sqrt(s_hat) + eps)
    return new_params, new_v, new_s


@mistake(
    "update_adam",
    caught_by="a_parameter_without_gradient_stays",
    read="F4 §1.2.4, eq. 17",
    suggest="compute 0 / 0 with numpy",
)
def no_eps(params, grads, v, s, t, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    """Without eps a gradient of zero gives 0 / 0, which is NaN."""
    new_params, new_v, new_s = {}, {}, {}
    for key in params:
        d, g = "d" + key, grads["d" + key]
        new_v[d] = beta1 * v[d] + (1 - beta1) * g
        new_s[d] = beta2 * s[d] + (1 - beta2) * g**2
        v_hat, s_hat = new_v[d] / (1 - beta1**t), new_s[d] / (1 - beta2**t)
        new_params[key] = params[key] - lr * v_hat / np.sqrt(s_hat)
    return new_params, new_v, new_s


@mistake(
    "update_adam",
    caught_by="other_networks_and_other_settings",
    read="the docstring: beta1 and beta2 are arguments",
    suggest="search your function for 0.9",
)
def betas_written_in(params, grads, v, s, t, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    """0.9 and 0.999 are written into the code, and the arguments beta1 and beta2 are ignored."""
    beta1, beta2 = 0.9, 0.999
    new_params, new_v, new_s = {}, {}, {}
    for key in params:
        d, g = "d" + key, grads["d" + key]
        new_v[d] = beta1 * v[d] + (1 - beta1) * g
        new_s[d] = beta2 * s[d] + (1 - beta2) * g**2
        v_hat, s_hat = new_v[d] / (1 - beta1**t), new_s[d] / (1 - beta2**t)
        new_params[key] = params[key] - lr * v_hat / (np.sqrt(s_hat) + eps)
    return new_params, new_v, new_s


@mistake(
    "update_adam",
    caught_by="three_steps_with_changing_gradients",
    read="README, conventions: purity",
    suggest="call it, then print the params that you passed: they should be as before",
)
def overwrites_params(params, grads, v, s, t, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    """`-=` changes the caller's own arrays; put new arrays into a new dict."""
    new_params, new_v, new_s = {}, {}, {}
    for key in params:
        d, g = "d" + key, grads["d" + key]
        new_v[d] = beta1 * v[d] + (1 - beta1) * g
        new_s[d] = beta2 * s[d] + (1 - beta2) * g**2
        v_hat, s_hat = new_v[d] / (1 - beta1**t), new_s[d] / (1 - beta2**t)
        params[key] -= lr * v_hat / (np.sqrt(s_hat) + eps)
        new_params[key] = params[key]
    return new_params, new_v, new_s
