"""Known wrong ways to write optimizers.py: what each author believed, and which check must object.

`covers` names rows of the course's lists of mistakes: a slug of the exercise's own table, or "area/name".
"""

import numpy as np

from autograder.checking import mistake


@mistake(
    "initialize_state",
    caught_by="zeros_stand_under_the_names_of_the_gradients",
    covers="keys_without_d",
    read="README, conventions: keys",
    suggest="print the keys of grads and the keys of your state",
)
def keys_without_d(params):
    """The keys are those of the parameters; the memory is about gradients and has their keys, with a d in front."""
    return {key: np.zeros(value.shape) for key, value in params.items()}


@mistake(
    "initialize_state",
    caught_by="zeros_stand_under_the_names_of_the_gradients",
    covers="shared_array",
    read="the docstring: an array of its own for each key",
    suggest="print the shape of each array next to the shape of its parameter",
)
def one_array_for_all(params):
    """One array of zeros serves all keys: its shape is wrong for most, and a change of one would change them all."""
    zeros = np.zeros(next(iter(params.values())).shape)
    return dict.fromkeys(["d" + key for key in params], zeros)


@mistake(
    "initialize_state",
    caught_by="whole_numbers_have_a_memory_of_floats",
    read="README, conventions: types",
    suggest="print np.zeros_like(np.array([1, 2])).dtype; what becomes of 0.1 in such an array?",
)
def zeros_of_the_same_type(params):
    """The zeros have the type of the parameters; in whole numbers there is no place for digits behind the point."""
    return {"d" + key: np.zeros_like(value) for key, value in params.items()}


@mistake(
    "initialize_state",
    caught_by="zeros_stand_under_the_names_of_the_gradients",
    read="the docstring: in the shape of the parameter",
    suggest="print the shape of state['dW1']: the memory has a number for each weight",
)
def one_zero_for_each_key(params):
    """Each key has a single zero; the memory has one for every number in the parameter."""
    return {"d" + key: 0.0 for key in params}


@mistake(
    "initialize_state",
    caught_by="zeros_stand_under_the_names_of_the_gradients",
    read="F4 §1.2.4 (14): all averages start at 0",
    suggest="print state['dW1'].max()",
)
def ones_instead(params):
    """The averages start at one; before the first step they have seen nothing, so they are zero."""
    return {"d" + key: np.ones(value.shape) for key, value in params.items()}


@mistake(
    "initialize_state",
    caught_by="zeros_stand_under_the_names_of_the_gradients",
    read="F4 §1.2.4 (14): all averages start at 0",
    suggest="print state['dW1'] for weights of 1: what should be in it?",
)
def starts_at_the_parameters(params):
    """The memory starts as a copy of the parameters; it is about gradients, and none has been seen yet."""
    return {"d" + key: np.array(value, dtype=float) for key, value in params.items()}


@mistake(
    "initialize_state",
    caught_by="gamma_and_beta_have_a_memory_too",
    read="README, conventions: keys",
    suggest="print which keys your loop visits",
)
def state_of_W_and_b_only(params):
    """Only W and b of each layer get a memory; gamma and beta of batch norm have none."""
    layers = sum(key.startswith("W") for key in params)
    names = [name + str(layer) for layer in range(1, layers + 1) for name in "Wb" if name + str(layer) in params]
    return {"d" + name: np.zeros(params[name].shape) for name in names}


@mistake(
    "update_momentum",
    caught_by="a_steady_gradient_builds_up_speed",
    covers=("no_(1-beta)", "momentum/no-one-minus-beta"),
    read="F4 §1.2.2 (12); many frameworks leave the factor out, and then lr means something else",
    suggest="with gradient 1 in every step v should come close to 1: print it",
)
def gradient_not_weighted(params, grads, v, lr, beta=0.9):
    """The gradient is added with weight 1 instead of 1 - beta, so steps are up to ten times as long at beta 0.9."""
    new_v = {d: beta * v[d] + g for d, g in grads.items()}
    return {key: p - lr * new_v["d" + key] for key, p in params.items()}, new_v


@mistake(
    "update_momentum",
    caught_by="a_steady_gradient_builds_up_speed",
    covers=("v_not_returned",),
    read="the docstring: the running average after this step",
    suggest="call it twice with gradient 1 and print v",
)
def velocity_not_returned(params, grads, v, lr, beta=0.9):
    """The v that came in is handed back, so the next step knows nothing of this one."""
    new_v = {d: beta * v[d] + (1 - beta) * g for d, g in grads.items()}
    return {key: p - lr * new_v["d" + key] for key, p in params.items()}, v


@mistake(
    "update_momentum",
    caught_by="three_momentum_steps_with_changing_gradients",
    covers=("updates_with_g", "momentum/gradient-used-not-v"),
    read="F4 §1.2.2 (12): w moves against v",
    suggest="does anything change when you change beta?",
)
def steps_along_the_gradient(params, grads, v, lr, beta=0.9):
    """The average is computed, but the step goes along the gradient itself: this is plain gradient descent."""
    new_v = {d: beta * v[d] + (1 - beta) * g for d, g in grads.items()}
    return {key: p - lr * grads["d" + key] for key, p in params.items()}, new_v


@mistake(
    "update_momentum",
    caught_by="three_momentum_steps_with_changing_gradients",
    covers=("sign", "momentum/sign-flipped"),
    read="F4 §1.2.2 (12)",
    suggest="minimise p**2 from p = 1: does p shrink?",
)
def momentum_uphill(params, grads, v, lr, beta=0.9):
    """The step is added instead of subtracted, so the cost is climbed."""
    new_v = {d: beta * v[d] + (1 - beta) * g for d, g in grads.items()}
    return {key: p + lr * new_v["d" + key] for key, p in params.items()}, new_v


@mistake(
    "update_momentum",
    caught_by="a_steady_gradient_builds_up_speed",
    covers="momentum/betas-swapped",
    read="F4 §1.2.2 (12): β belongs to the old v",
    suggest="print v after one step with gradient 1: 0.1 or 0.9?",
)
def old_and_new_swapped(params, grads, v, lr, beta=0.9):
    """beta and 1 - beta have changed places: nine tenths of v are the last gradient, and hardly any memory is left."""
    new_v = {d: (1 - beta) * v[d] + beta * g for d, g in grads.items()}
    return {key: p - lr * new_v["d" + key] for key, p in params.items()}, new_v


@mistake(
    "update_momentum",
    caught_by="a_steady_gradient_builds_up_speed",
    covers="momentum/velocity-not-kept",
    read="F4 §1.2.2 (12): v on the right-hand side is that of the last step",
    suggest="print v after the second step with gradient 1: it should be 0.19",
)
def starts_afresh_each_step(params, grads, v, lr, beta=0.9):
    """The old v is not used: every step starts from zero, so nothing builds up."""
    new_v = {d: (1 - beta) * g for d, g in grads.items()}
    return {key: p - lr * new_v["d" + key] for key, p in params.items()}, new_v


@mistake(
    "update_momentum",
    caught_by="three_momentum_steps_with_changing_gradients",
    covers="momentum/bias-corrected",
    read="F0, 动量梯度下降法, and F4 §1.2.2: nobody corrects the bias of momentum",
    suggest="after the first step with gradient 1, p should have moved by 0.1 lr, not by lr",
)
def corrected_as_if_first(params, grads, v, lr, beta=0.9):
    """The step is divided by 1 - beta as if the bias of a first step had to be corrected; that is Adam's business."""
    new_v = {d: beta * v[d] + (1 - beta) * g for d, g in grads.items()}
    return {key: p - lr * new_v["d" + key] / (1 - beta) for key, p in params.items()}, new_v


@mistake(
    "update_momentum",
    caught_by="three_momentum_steps_with_changing_gradients",
    covers="momentum/in-place-aliasing",
    read="README, conventions: purity",
    suggest="call it, then print the params that you passed: they should be as before",
)
def moves_the_callers_params(params, grads, v, lr, beta=0.9):
    """`-=` changes the caller's own arrays; put new arrays into a new dict."""
    new_v = {d: beta * v[d] + (1 - beta) * g for d, g in grads.items()}
    for key in params:
        params[key] -= lr * new_v["d" + key]
    return params, new_v


@mistake(
    "update_momentum",
    caught_by="the_step_goes_along_the_average_that_comes_back",
    read="F4 §1.2.2 (12): first v, then w",
    suggest="how far does p move in the very first step, from v = 0?",
)
def steps_before_averaging(params, grads, v, lr, beta=0.9):
    """The step is taken with the old v, before the gradient has been taken in, so it is one step late."""
    new_v = {d: beta * v[d] + (1 - beta) * g for d, g in grads.items()}
    return {key: p - lr * v["d" + key] for key, p in params.items()}, new_v


@mistake(
    "update_momentum",
    caught_by="the_step_goes_along_the_average_that_comes_back",
    read="F4 §1.2.2 (12); what you wrote is Nesterov's variant",
    suggest="how often does the new gradient enter the step? Once is enough",
)
def nesterov(params, grads, v, lr, beta=0.9):
    """The step looks one step ahead, as in Nesterov's momentum: the gradient enters it twice."""
    new_v = {d: beta * v[d] + (1 - beta) * g for d, g in grads.items()}
    ahead = {d: beta * new_v[d] + (1 - beta) * g for d, g in grads.items()}
    return {key: p - lr * ahead["d" + key] for key, p in params.items()}, new_v


@mistake(
    "update_momentum",
    caught_by="a_steady_gradient_builds_up_speed",
    read="F4 §1.2.2 (12): v is an average of gradients, and lr comes in with the step",
    suggest="print v for two different lr: should it differ?",
)
def learning_rate_inside_v(params, grads, v, lr, beta=0.9):
    """lr is multiplied into v, as some frameworks do; then v is no average of gradients, and depends on lr."""
    new_v = {d: beta * v[d] + (1 - beta) * lr * g for d, g in grads.items()}
    return {key: p - new_v["d" + key] for key, p in params.items()}, new_v


@mistake(
    "update_momentum",
    caught_by="gamma_and_beta_gather_speed_too",
    read="README, conventions: keys",
    suggest="print which keys your loop visits",
)
def momentum_for_W_and_b_only(params, grads, v, lr, beta=0.9):
    """Only W and b are updated; gamma and beta of batch norm are returned as they came."""
    new_params, new_v = dict(params), dict(v)
    for key in [key for key in params if key[0] in "Wb" and not key.startswith("beta")]:
        new_v["d" + key] = beta * v["d" + key] + (1 - beta) * grads["d" + key]
        new_params[key] = params[key] - lr * new_v["d" + key]
    return new_params, new_v


@mistake(
    "update_momentum",
    caught_by="without_memory_it_is_gradient_descent",
    read="the docstring: beta is an argument",
    suggest="search your function for 0.9",
)
def point_nine_written_in(params, grads, v, lr, beta=0.9):
    """0.9 is written into the code, and the argument beta is ignored."""
    new_v = {d: 0.9 * v[d] + 0.1 * g for d, g in grads.items()}
    return {key: p - lr * new_v["d" + key] for key, p in params.items()}, new_v


@mistake(
    "update_rmsprop",
    caught_by="the_average_of_the_squares_comes_back",
    covers=("no_square", "rmsprop/not-squared"),
    read="F4 §1.2.3 (13): the square of dw",
    suggest="print s for a negative gradient; what is its root?",
)
def gradient_not_squared(params, grads, s, lr, beta=0.9, eps=1e-8):
    """s averages the gradient instead of its square; the root of a negative average is NaN."""
    new_s = {d: beta * s[d] + (1 - beta) * g for d, g in grads.items()}
    new_params = {key: p - lr * grads["d" + key] / np.sqrt(new_s["d" + key] + eps) for key, p in params.items()}
    return new_params, new_s


@mistake(
    "update_rmsprop",
    caught_by="tiny_gradients_take_shorter_steps",
    covers="eps_outside",
    read="README, conventions: eps. F0 adds it to the root and you copied faithfully; F1 and F4 have it inside (E10)",
    suggest="compare sqrt(s + 1e-8) with sqrt(s) + 1e-8 for s = 1e-9",
)
def eps_beside_the_root(params, grads, s, lr, beta=0.9, eps=1e-8):
    """eps is added to the root, as in Adam; our RMSProp has it under the root. Only tiny gradients show it."""
    new_s = {d: beta * s[d] + (1 - beta) * g**2 for d, g in grads.items()}
    new_params = {key: p - lr * grads["d" + key] / (np.sqrt(new_s["d" + key]) + eps) for key, p in params.items()}
    return new_params, new_s


@mistake(
    "update_rmsprop",
    caught_by="steep_and_flat_directions_take_equal_first_steps",
    covers=("forgets_sqrt", "div_by_s", "rmsprop/no-sqrt"),
    read="F4 §1.2.3 (13): the root of s",
    suggest="which unit does s have, if g is in metres? And the quotient?",
)
def divides_by_the_square(params, grads, s, lr, beta=0.9, eps=1e-8):
    """The division is by s instead of its root, so large gradients make tiny steps and small ones huge steps."""
    new_s = {d: beta * s[d] + (1 - beta) * g**2 for d, g in grads.items()}
    new_params = {key: p - lr * grads["d" + key] / (new_s["d" + key] + eps) for key, p in params.items()}
    return new_params, new_s


@mistake(
    "update_rmsprop",
    caught_by="steep_and_flat_directions_take_equal_first_steps",
    covers="rmsprop/uses-old-s",
    read="F4 §1.2.3 (13): first s, then w",
    suggest="print the root that you divide by in the very first step, from s = 0",
)
def divides_by_the_old_average(params, grads, s, lr, beta=0.9, eps=1e-8):
    """The step is taken with the old s, before the new gradient is in it: the first step divides by nearly nothing."""
    new_s = {d: beta * s[d] + (1 - beta) * g**2 for d, g in grads.items()}
    new_params = {key: p - lr * grads["d" + key] / np.sqrt(s["d" + key] + eps) for key, p in params.items()}
    return new_params, new_s


@mistake(
    "update_rmsprop",
    caught_by="the_average_of_the_squares_comes_back",
    covers="rmsprop/adagrad-sum",
    read="F4 §1.2.3 (13): an average that forgets; what you wrote is AdaGrad",
    suggest="print s for gradient 2 in every step: it should come close to 4 and stop there",
)
def squares_added_up(params, grads, s, lr, beta=0.9, eps=1e-8):
    """The squares are added up and nothing is forgotten, so the steps become shorter and shorter."""
    new_s = {d: s[d] + g**2 for d, g in grads.items()}
    new_params = {key: p - lr * grads["d" + key] / np.sqrt(new_s["d" + key] + eps) for key, p in params.items()}
    return new_params, new_s


@mistake(
    "update_rmsprop",
    caught_by="steep_and_flat_directions_take_equal_first_steps",
    covers="rmsprop/global-norm",
    read="F0, RMSprop: each direction is divided by its own root",
    suggest="give one array two gradients of very different size: both entries should move equally far",
)
def one_root_for_the_array(params, grads, s, lr, beta=0.9, eps=1e-8):
    """The squares are summed over the whole array, so steep and flat directions share one denominator."""
    new_s = {d: beta * s[d] + (1 - beta) * np.sum(g**2) for d, g in grads.items()}
    new_params = {key: p - lr * grads["d" + key] / np.sqrt(new_s["d" + key] + eps) for key, p in params.items()}
    return new_params, new_s


@mistake(
    "update_rmsprop",
    caught_by="a_resting_unit_keeps_its_weights",
    covers="rmsprop/zero-gradient-nan",
    read="F0, RMSprop, the last but one paragraph",
    suggest="compute 0 / 0 with numpy",
)
def nothing_under_the_root(params, grads, s, lr, beta=0.9, eps=1e-8):
    """Without eps a gradient of zero gives 0 / 0, which is NaN."""
    new_s = {d: beta * s[d] + (1 - beta) * g**2 for d, g in grads.items()}
    new_params = {key: p - lr * grads["d" + key] / np.sqrt(new_s["d" + key]) for key, p in params.items()}
    return new_params, new_s


@mistake(
    "update_rmsprop",
    caught_by="the_average_of_the_squares_comes_back",
    read="F4 §1.2.3 (13): β belongs to the old s",
    suggest="print s after one step with gradient 2: 0.4 or 3.6?",
)
def old_and_new_squares_swapped(params, grads, s, lr, beta=0.9, eps=1e-8):
    """beta and 1 - beta have changed places, so s hardly remembers anything but the last gradient."""
    new_s = {d: (1 - beta) * s[d] + beta * g**2 for d, g in grads.items()}
    new_params = {key: p - lr * grads["d" + key] / np.sqrt(new_s["d" + key] + eps) for key, p in params.items()}
    return new_params, new_s


@mistake(
    "update_rmsprop",
    caught_by="steep_and_flat_directions_take_equal_first_steps",
    read="F4 §1.2.3 (13): the gradient of this step over the root",
    suggest="print the sign of each step next to the sign of its gradient",
)
def numerator_forgotten(params, grads, s, lr, beta=0.9, eps=1e-8):
    """The step is lr over the root: the gradient itself is missing, and with it the direction."""
    new_s = {d: beta * s[d] + (1 - beta) * g**2 for d, g in grads.items()}
    new_params = {key: p - lr / np.sqrt(new_s["d" + key] + eps) for key, p in params.items()}
    return new_params, new_s


@mistake(
    "update_rmsprop",
    caught_by="the_average_of_the_squares_comes_back",
    read="the docstring: the running average after this step",
    suggest="call it twice with gradient 2 and print s",
)
def old_average_returned(params, grads, s, lr, beta=0.9, eps=1e-8):
    """The s that came in is handed back, so nothing is ever remembered."""
    new_s = {d: beta * s[d] + (1 - beta) * g**2 for d, g in grads.items()}
    new_params = {key: p - lr * grads["d" + key] / np.sqrt(new_s["d" + key] + eps) for key, p in params.items()}
    return new_params, s


@mistake(
    "update_rmsprop",
    caught_by="steep_and_flat_directions_take_equal_first_steps",
    read="the docstring: no bias correction",
    suggest="the first step should be 3.162 lr long, not lr",
)
def corrected_as_in_adam(params, grads, s, lr, beta=0.9, eps=1e-8):
    """The root is divided by sqrt(1 - beta), to correct the bias of a first step; that is Adam's business."""
    new_s = {d: beta * s[d] + (1 - beta) * g**2 for d, g in grads.items()}
    new_params = {
        key: p - lr * grads["d" + key] / np.sqrt(new_s["d" + key] / (1 - beta) + eps) for key, p in params.items()
    }
    return new_params, new_s


@mistake(
    "update_rmsprop",
    caught_by="three_rmsprop_steps_with_changing_gradients",
    read="F4 §1.2.3 (13)",
    suggest="minimise p**2 from p = 1: does p shrink?",
)
def rmsprop_uphill(params, grads, s, lr, beta=0.9, eps=1e-8):
    """The step is added instead of subtracted, so the cost is climbed."""
    new_s = {d: beta * s[d] + (1 - beta) * g**2 for d, g in grads.items()}
    new_params = {key: p + lr * grads["d" + key] / np.sqrt(new_s["d" + key] + eps) for key, p in params.items()}
    return new_params, new_s


@mistake(
    "update_rmsprop",
    caught_by="gamma_and_beta_are_measured_too",
    read="README, conventions: keys",
    suggest="print which keys your loop visits",
)
def rmsprop_for_W_and_b_only(params, grads, s, lr, beta=0.9, eps=1e-8):
    """Only W and b are updated; gamma and beta of batch norm are returned as they came."""
    new_params, new_s = dict(params), dict(s)
    for key in [key for key in params if key[0] in "Wb" and not key.startswith("beta")]:
        d = "d" + key
        new_s[d] = beta * s[d] + (1 - beta) * grads[d] ** 2
        new_params[key] = params[key] - lr * grads[d] / np.sqrt(new_s[d] + eps)
    return new_params, new_s


@mistake(
    "update_rmsprop",
    caught_by="three_rmsprop_steps_with_changing_gradients",
    covers="momentum/in-place-aliasing",
    read="README, conventions: purity",
    suggest="call it, then print the s that you passed: it should be as before",
)
def changes_the_callers_average(params, grads, s, lr, beta=0.9, eps=1e-8):
    """`*=` changes the caller's own s; put new arrays into a new dict."""
    for d, g in grads.items():
        s[d] *= beta
        s[d] += (1 - beta) * g**2
    return {key: p - lr * grads["d" + key] / np.sqrt(s["d" + key] + eps) for key, p in params.items()}, s


@mistake(
    "update_rmsprop",
    caught_by="other_networks_and_other_averages",
    read="the docstring: beta is an argument",
    suggest="search your function for 0.9",
)
def beta_written_in(params, grads, s, lr, beta=0.9, eps=1e-8):
    """0.9 is written into the code, and the argument beta is ignored."""
    new_s = {d: 0.9 * s[d] + 0.1 * g**2 for d, g in grads.items()}
    new_params = {key: p - lr * grads["d" + key] / np.sqrt(new_s["d" + key] + eps) for key, p in params.items()}
    return new_params, new_s


@mistake(
    "update_adam",
    caught_by="the_first_step_has_the_length_of_the_learning_rate",
    covers=("beta1_for_s", "adam/s-corrected-with-beta1"),
    read="F1 prints s / (1 - β1^t): that is erratum E09, and you copied faithfully. F0 and F4 (16) have β2",
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
    read="F4 §1.2.4 (16)",
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
    read="F4 §1.2.4 (16)",
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
    read="F4 §1.2.4 (16)",
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
    read="F4 §1.2.4 (16): the powers grow with t",
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
    read="F4 §1.2.4 (16)",
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
    read="F4 §1.2.4 (16): β to the power t",
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
    read="F4 §1.2.4 (15): β1 belongs to v, β2 to s",
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
    read="F4 §1.2.4 (15)-(16): the averages of the next step are built from v and s",
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
    read="F4 §1.2.4 (15): a sum of two terms",
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
    read="F4 §1.2.4 (15)",
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
    read="F4 §1.2.4 (17)",
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
    read="F4 §1.2.4 (17)",
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
    read="F4 §1.2.4 (15): (dW)^2",
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
    read="F4 §1.2.4 (15): the square is taken entry by entry",
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
    read="F4 §1.2.4 (17)",
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


@mistake(
    "lr_inverse_time",
    caught_by="the_rates_of_the_first_four_epochs",
    covers=("epoch_minus_1", "lr-decay/epoch-off-by-one"),
    read="README, conventions: the epoch is taken as it is given. F0 speaks of the first epoch, and means epoch 1",
    suggest="print the rate of epoch 1: it should be 0.1 already",
)
def decays_one_epoch_late(alpha0, decay_rate, epoch):
    """1 is subtracted from the epoch, so the rate is that of the epoch before."""
    return alpha0 / (1 + decay_rate * (epoch - 1))


@mistake(
    "lr_inverse_time",
    caught_by="the_rate_halves_after_one_over_decay_rate",
    covers="lr-decay/epoch-off-by-one",
    read="README, conventions: the epoch is taken as it is given",
    suggest="print the rate of epoch 0: it should be alpha0",
)
def decays_one_epoch_early(alpha0, decay_rate, epoch):
    """1 is added to the epoch, so even epoch 0 has a smaller rate than alpha0."""
    return alpha0 / (1 + decay_rate * (epoch + 1))


@mistake(
    "lr_inverse_time",
    caught_by="the_rates_of_the_first_four_epochs",
    covers=("compound", "lr-decay/compounding"),
    read="F4 §1.2.5 (18): α0 is the rate at the start, in every epoch",
    suggest="0.1, 0.0333, 0.0083? It should be 0.1, 0.0667, 0.05: what is divided, alpha0 or the last rate?",
)
def divides_again_and_again(alpha0, decay_rate, epoch):
    """The rate of the last epoch is divided instead of alpha0, so it falls much too fast."""
    rates = []
    for last in np.ravel(epoch):
        rate = alpha0
        for e in range(1, int(last) + 1):
            rate = rate / (1 + decay_rate * e)
        rates.append(rate)
    return np.array(rates).reshape(np.shape(epoch)) if np.ndim(epoch) else rates[0]


@mistake(
    "lr_inverse_time",
    caught_by="the_rates_of_the_first_four_epochs",
    covers="decay*epoch without 1+",
    read="F4 §1.2.5 (18): 1 + decay_rate · epoch",
    suggest="what is your rate in epoch 0?",
)
def one_plus_forgotten(alpha0, decay_rate, epoch):
    """The 1 in the denominator is missing, so the rate of epoch 0 is infinite and all others are too large."""
    with np.errstate(divide="ignore"):
        return alpha0 / np.multiply(decay_rate, epoch, dtype=float)


@mistake(
    "lr_inverse_time",
    caught_by="the_rates_of_the_first_four_epochs",
    covers="lr-decay/multiplies",
    read="F4 §1.2.5 (18): 1 over (1 + …)",
    suggest="print the rates of epochs 0 to 4: do they fall?",
)
def grows_instead(alpha0, decay_rate, epoch):
    """alpha0 is multiplied by 1 + decay_rate · epoch instead of divided by it, so the rate grows."""
    return alpha0 * (1 + decay_rate * epoch)


@mistake(
    "lr_inverse_time",
    caught_by="the_rates_of_the_first_four_epochs",
    read="F4 §1.2.5: (18) and (19) are two schedules",
    suggest="epoch 2 with decay_rate 1: 0.2 / 3, not 0.2 / 4",
)
def decays_by_a_power(alpha0, decay_rate, epoch):
    """1 + decay_rate is raised to the power of the epoch: that decay is exponential, and falls much faster."""
    return alpha0 / (1.0 + decay_rate) ** epoch


@mistake(
    "lr_inverse_time",
    caught_by="the_rate_halves_after_one_over_decay_rate",
    read="F4 §1.2.5 (18)",
    suggest="print the rate of epoch 4 for decay_rate 0.25 and for 1: should they be equal?",
)
def decay_rate_ignored(alpha0, decay_rate, epoch):
    """decay_rate is not used, as if it were 1."""
    return alpha0 / (1 + epoch)


@mistake(
    "lr_inverse_time",
    caught_by="many_epochs_at_once",
    read="the docstring: a number, or an array of any shape",
    suggest="call it with np.arange(5): which line needs a single number?",
)
def one_epoch_at_a_time(alpha0, decay_rate, epoch):
    """The epoch is taken for a single number, so an array of epochs fails."""
    return alpha0 / (1 + decay_rate * float(epoch))


@mistake(
    "lr_inverse_time",
    caught_by="many_epochs_at_once",
    read="README, conventions: types",
    suggest="print np.zeros_like(np.arange(5)).dtype; what happens to 0.1 in such an array?",
)
def rates_in_whole_numbers(alpha0, decay_rate, epoch):
    """The rates are written to an array like that of the epochs, which holds whole numbers: all are cut off to 0."""
    if np.ndim(epoch) == 0:
        return alpha0 / (1 + decay_rate * epoch)
    rates = np.zeros_like(epoch)
    rates[...] = alpha0 / (1 + decay_rate * epoch)
    return rates


@mistake(
    "lr_schedule",
    caught_by="the_root_schedule_halves_in_epoch_four",
    covers="sqrt_of_alpha",
    read="F4 §1.2.5 (20): the root is taken of the epoch alone",
    suggest="print the rate of epoch 1: it should be alpha0 itself",
)
def alpha_under_the_root(kind, alpha0, epoch, *, base=0.95, k=1.0, drop=0.5, every=10):
    """alpha0 has come under the root together with the epoch."""
    if kind == "exponential":
        return alpha0 * base**epoch
    if kind == "staircase":
        return alpha0 * drop ** (epoch // every)
    if epoch == 0:
        raise ValueError
    return k * (alpha0 / epoch) ** 0.5


@mistake(
    "lr_schedule",
    caught_by="the_staircase_drops_in_epochs_ten_and_twenty",
    covers="step_at_wrong_epoch",
    read="the docstring: 0.8 in epochs 0 to 4, 0.4 in epochs 5 to 9",
    suggest="print the rates of epochs 8, 9 and 10: where does it drop?",
)
def drops_one_epoch_early(kind, alpha0, epoch, *, base=0.95, k=1.0, drop=0.5, every=10):
    """The staircase drops one epoch too early: epochs count from 0, so the tenth is epoch 9."""
    if kind == "exponential":
        return alpha0 * base**epoch
    if kind == "staircase":
        return alpha0 * drop ** ((epoch + 1) // every)
    if epoch == 0:
        raise ValueError
    return alpha0 * k / epoch**0.5


@mistake(
    "lr_schedule",
    caught_by="the_staircase_drops_in_epochs_ten_and_twenty",
    covers="step_at_wrong_epoch",
    read="the docstring: 0.8 in epochs 0 to 4, 0.4 in epochs 5 to 9",
    suggest="print the rates of epochs 0, 10 and 11",
)
def drops_one_epoch_late(kind, alpha0, epoch, *, base=0.95, k=1.0, drop=0.5, every=10):
    """The staircase drops one epoch too late, and its first step is of another length than the others."""
    if kind == "exponential":
        return alpha0 * base**epoch
    if kind == "staircase":
        return alpha0 * drop ** ((epoch - 1) // every)
    if epoch == 0:
        raise ValueError
    return alpha0 * k / epoch**0.5


@mistake(
    "lr_schedule",
    caught_by="the_exponential_schedule_takes_five_per_cent_each_epoch",
    covers="exp(-.95k)",
    read="F4 §1.2.5 (19): 0.95 to the power of the epoch",
    suggest="epoch 1 should have 95 % of the rate, not 39 %",
)
def exponential_of_base(kind, alpha0, epoch, *, base=0.95, k=1.0, drop=0.5, every=10):
    """e is raised to the power -base · epoch; base itself is what has to be raised to the power of the epoch."""
    if kind == "exponential":
        return alpha0 * float(np.exp(-base * epoch))
    if kind == "staircase":
        return alpha0 * drop ** (epoch // every)
    if epoch == 0:
        raise ValueError
    return alpha0 * k / epoch**0.5


@mistake(
    "lr_schedule",
    caught_by="the_exponential_schedule_takes_five_per_cent_each_epoch",
    covers="lr-decay/exponent-base",
    read="F4 §1.2.5 (19): base and exponent",
    suggest="which of the two grows, base or epoch? That one is the exponent",
)
def epoch_to_the_power_of_base(kind, alpha0, epoch, *, base=0.95, k=1.0, drop=0.5, every=10):
    """Base and exponent have changed places: the epoch is raised to the power of base, and the rate grows."""
    if kind == "exponential":
        return alpha0 * epoch**base
    if kind == "staircase":
        return alpha0 * drop ** (epoch // every)
    if epoch == 0:
        raise ValueError
    return alpha0 * k / epoch**0.5


@mistake(
    "lr_schedule",
    caught_by="the_exponential_schedule_takes_five_per_cent_each_epoch",
    covers="lr-decay/epoch-off-by-one",
    read="README, conventions: the epoch is taken as it is given",
    suggest="print the rates of epochs 0 and 1: alpha0 and 0.95 alpha0",
)
def power_one_epoch_late(kind, alpha0, epoch, *, base=0.95, k=1.0, drop=0.5, every=10):
    """1 is subtracted from the epoch of the exponential schedule, so epoch 0 has more than alpha0."""
    if kind == "exponential":
        return alpha0 * base ** (epoch - 1)
    if kind == "staircase":
        return alpha0 * drop ** (epoch // every)
    if epoch == 0:
        raise ValueError
    return alpha0 * k / epoch**0.5


@mistake(
    "lr_schedule",
    caught_by="the_staircase_drops_in_epochs_ten_and_twenty",
    covers="lr-decay/no-floor",
    read="F4 §1.2.5: 离散下降",
    suggest="print the rates of epochs 0 to 9: they should be equal",
)
def slope_instead_of_stairs(kind, alpha0, epoch, *, base=0.95, k=1.0, drop=0.5, every=10):
    """The quotient epoch / every is not rounded down, so the stairs become a smooth slope."""
    if kind == "exponential":
        return alpha0 * base**epoch
    if kind == "staircase":
        return alpha0 * drop ** (epoch / every)
    if epoch == 0:
        raise ValueError
    return alpha0 * k / epoch**0.5


@mistake(
    "lr_schedule",
    caught_by="the_root_schedule_refuses_epoch_zero",
    covers="lr-decay/sqrt-zero",
    read="F4 §1.2.5 (20) says nothing of epoch 0; the docstring does",
    suggest="print lr_schedule('inverse_sqrt', 0.6, 0)",
)
def infinite_at_epoch_zero(kind, alpha0, epoch, *, base=0.95, k=1.0, drop=0.5, every=10):
    """At epoch 0 the root schedule gives infinity instead of refusing."""
    if kind == "exponential":
        return alpha0 * base**epoch
    if kind == "staircase":
        return alpha0 * drop ** (epoch // every)
    with np.errstate(divide="ignore"):
        return float(alpha0 * k / np.sqrt(np.float64(epoch)))


@mistake(
    "lr_schedule",
    caught_by="the_root_schedule_refuses_epoch_zero",
    covers="lr-decay/sqrt-zero",
    read="the docstring: Raises",
    suggest="if epoch == 0: raise ValueError(...)",
)
def division_by_zero_at_epoch_zero(kind, alpha0, epoch, *, base=0.95, k=1.0, drop=0.5, every=10):
    """At epoch 0 the root schedule stops with a ZeroDivisionError; a ValueError that says why was asked for."""
    if kind == "exponential":
        return alpha0 * base**epoch
    if kind == "staircase":
        return alpha0 * drop ** (epoch // every)
    return alpha0 * k / epoch**0.5


@mistake(
    "lr_schedule",
    caught_by="the_root_schedule_refuses_epoch_zero",
    read="the docstring: Raises",
    suggest="print lr_schedule('inverse_sqrt', 0.6, 0): a rate that looks right hides the mistake of the caller",
)
def start_rate_at_epoch_zero(kind, alpha0, epoch, *, base=0.95, k=1.0, drop=0.5, every=10):
    """At epoch 0 the root schedule gives alpha0 instead of refusing."""
    if kind == "exponential":
        return alpha0 * base**epoch
    if kind == "staircase":
        return alpha0 * drop ** (epoch // every)
    return alpha0 * k / max(epoch, 1) ** 0.5


@mistake(
    "lr_schedule",
    caught_by="the_root_schedule_halves_in_epoch_four",
    covers="lr-decay/epoch-off-by-one",
    read="F4 §1.2.5 (20); README, conventions: the epoch is taken as it is given",
    suggest="print the rate of epoch 1: it should be alpha0",
)
def root_of_epoch_plus_one(kind, alpha0, epoch, *, base=0.95, k=1.0, drop=0.5, every=10):
    """1 is added under the root, so epoch 0 does no harm and all rates are those of the epoch after."""
    if kind == "exponential":
        return alpha0 * base**epoch
    if kind == "staircase":
        return alpha0 * drop ** (epoch // every)
    return alpha0 * k / (epoch + 1) ** 0.5


@mistake(
    "lr_schedule",
    caught_by="the_root_schedule_halves_in_epoch_four",
    read="F4 §1.2.5 (20): the root of the epoch",
    suggest="the rate of epoch 4 should be half of alpha0, not a quarter",
)
def root_forgotten(kind, alpha0, epoch, *, base=0.95, k=1.0, drop=0.5, every=10):
    """The rate is divided by the epoch itself: the root is missing, and epoch 9 gets a ninth instead of a third."""
    if kind == "exponential":
        return alpha0 * base**epoch
    if kind == "staircase":
        return alpha0 * drop ** (epoch // every)
    if epoch == 0:
        raise ValueError
    return alpha0 * k / epoch


@mistake(
    "lr_schedule",
    caught_by="the_staircase_drops_in_epochs_ten_and_twenty",
    read="the docstring: each time another `every` epochs are over",
    suggest="print the rates of epochs 10, 20 and 30",
)
def drops_only_once(kind, alpha0, epoch, *, base=0.95, k=1.0, drop=0.5, every=10):
    """The staircase has a single step: after the first drop the rate stays for ever."""
    if kind == "exponential":
        return alpha0 * base**epoch
    if kind == "staircase":
        return alpha0 * (drop if epoch >= every else 1)
    if epoch == 0:
        raise ValueError
    return alpha0 * k / epoch**0.5


@mistake(
    "lr_schedule",
    caught_by="the_staircase_drops_in_epochs_ten_and_twenty",
    read="the docstring: multiplied by `drop` each time",
    suggest="print the rate of epoch 3: no drop yet, so alpha0 itself",
)
def drop_times_number_of_steps(kind, alpha0, epoch, *, base=0.95, k=1.0, drop=0.5, every=10):
    """drop is multiplied by the number of steps instead of raised to its power, so the first step has rate 0."""
    if kind == "exponential":
        return alpha0 * base**epoch
    if kind == "staircase":
        return alpha0 * drop * (epoch // every)
    if epoch == 0:
        raise ValueError
    return alpha0 * k / epoch**0.5


@mistake(
    "lr_schedule",
    caught_by="each_schedule_has_its_own_knobs",
    read="the docstring: parameters",
    suggest="search your function for 0.95, 0.5 and 10",
)
def knobs_written_in(kind, alpha0, epoch, *, base=0.95, k=1.0, drop=0.5, every=10):
    """0.95, 0.5 and 10 are written into the code, and the arguments are ignored."""
    if kind == "exponential":
        return alpha0 * 0.95**epoch
    if kind == "staircase":
        return alpha0 * 0.5 ** (epoch // 10)
    if epoch == 0:
        raise ValueError
    return alpha0 / epoch**0.5


@mistake(
    "classify_critical_point",
    caught_by="three_directions_need_more_than_a_determinant",
    covers="determinant_test_only",
    read="F4 §1.3: many dimensions; the test with the determinant is for two of them",
    suggest="print the determinant and the eigenvalues of np.diag([-1, -1, 1]) and of np.diag([-1, -1, -1])",
)
def determinant_of_two_variables(H, tol=1e-8):
    """This is the test for two variables, by determinant and first entry; in three and more directions it fails."""
    determinant = np.linalg.det(H)
    if abs(determinant) <= tol:
        return "degenerate"
    if determinant < 0:
        return "saddle"
    return "minimum" if H[0, 0] > 0 else "maximum"


@mistake(
    "classify_critical_point",
    caught_by="directions_need_not_be_the_axes",
    covers="diag_only",
    read="README §7: the directions of H need not be the axes",
    suggest="x² - y² and 2 x y are the same saddle, turned: print the diagonals of both Hessians",
)
def looks_along_the_axes(H, tol=1e-8):
    """Only the diagonal is looked at, that is the directions of the axes; between them it may go the other way."""
    curvatures = np.diag(H)
    if np.any(curvatures > tol) and np.any(curvatures < -tol):
        return "saddle"
    if np.all(curvatures > tol):
        return "minimum"
    return "maximum" if np.all(curvatures < -tol) else "degenerate"


@mistake(
    "classify_critical_point",
    caught_by="a_bowl_a_hill_and_a_saddle",
    read="F4 §1.3 asks for all directions to be concave: erratum E23, and you copied faithfully; a minimum is convex",
    suggest="stand in a bowl: does it go up or down when you walk?",
)
def minimum_and_maximum_swapped(H, tol=1e-8):
    """Minimum and maximum have changed places: positive curvatures bend upwards, as around a minimum."""
    curvatures = np.linalg.eigvalsh(H)
    if np.any(curvatures > tol) and np.any(curvatures < -tol):
        return "saddle"
    if np.all(curvatures > tol):
        return "maximum"
    return "minimum" if np.all(curvatures < -tol) else "degenerate"


@mistake(
    "classify_critical_point",
    caught_by="nearly_flat_counts_as_flat",
    read="the docstring: tol",
    suggest="print np.linalg.eigvalsh(np.array([[1.0, 1.0], [1.0, 1.0]])): is the first exactly 0?",
)
def compares_with_zero(H, tol=1e-8):
    """Eigenvalues are compared with 0 instead of tol, so rounding decides what is flat."""
    curvatures = np.linalg.eigvalsh(H)
    if np.any(curvatures > 0) and np.any(curvatures < 0):
        return "saddle"
    if np.all(curvatures > 0):
        return "minimum"
    return "maximum" if np.all(curvatures < 0) else "degenerate"


@mistake(
    "classify_critical_point",
    caught_by="nearly_flat_counts_as_flat",
    read="the docstring: tol",
    suggest="search your function for 1e-8",
)
def tolerance_written_in(H, tol=1e-8):
    """1e-8 is written into the code, and the argument tol is ignored."""
    curvatures = np.linalg.eigvalsh(H)
    if np.any(curvatures > 1e-8) and np.any(curvatures < -1e-8):
        return "saddle"
    if np.all(curvatures > 1e-8):
        return "minimum"
    return "maximum" if np.all(curvatures < -1e-8) else "degenerate"


@mistake(
    "classify_critical_point",
    caught_by="a_flat_direction_leaves_the_question_open",
    read="the docstring: degenerate",
    suggest="(x + y)² is flat along (1, -1) and goes up elsewhere: is anything going down?",
)
def saddle_if_nothing_else(H, tol=1e-8):
    """Whatever is neither minimum nor maximum is called a saddle, even when no direction goes down."""
    curvatures = np.linalg.eigvalsh(H)
    if np.all(curvatures > tol):
        return "minimum"
    return "maximum" if np.all(curvatures < -tol) else "saddle"


@mistake(
    "classify_critical_point",
    caught_by="a_flat_direction_leaves_the_question_open",
    read="the docstring: degenerate",
    suggest="x² has a minimum along y = anything; x² - y⁴ has the same Hessian: is it a minimum too?",
)
def flat_counts_as_minimum(H, tol=1e-8):
    """A flat direction is let pass, so a valley is called a minimum; the Hessian alone cannot tell."""
    curvatures = np.linalg.eigvalsh(H)
    if np.all(curvatures >= -tol):
        return "minimum"
    return "maximum" if np.all(curvatures <= tol) else "saddle"


@mistake(
    "classify_critical_point",
    caught_by="a_flat_direction_leaves_the_question_open",
    read="the docstring: saddle, whatever the others are",
    suggest="up along x and down along y: can a flat z change that this is a saddle?",
)
def flat_hides_the_saddle(H, tol=1e-8):
    """One flat direction is taken to leave everything open, though other directions go up and down already."""
    curvatures = np.linalg.eigvalsh(H)
    if np.any(np.abs(curvatures) <= tol):
        return "degenerate"
    if np.all(curvatures > 0):
        return "minimum"
    return "maximum" if np.all(curvatures < 0) else "saddle"


@mistake(
    "classify_critical_point",
    caught_by="a_bowl_a_hill_and_a_saddle",
    read="README §7: all directions have to agree",
    suggest="curvatures 3 and -1 add up to 2: is it a minimum?",
)
def sum_of_curvatures(H, tol=1e-8):
    """The sum of the curvatures decides, so one steep direction outvotes all others."""
    total = np.trace(H)
    if abs(total) <= tol:
        return "saddle"
    return "minimum" if total > 0 else "maximum"


@mistake(
    "classify_critical_point",
    caught_by="a_bowl_a_hill_and_a_saddle",
    read="README §7: eigenvalues",
    suggest="print np.linalg.svd(H) and np.linalg.eigvalsh(H) for a hill: which of them know down from up?",
)
def singular_values(H, tol=1e-8):
    """Singular values are never negative, so they cannot tell up from down; eigenvalues can."""
    curvatures = np.linalg.svd(H, compute_uv=False)
    return "minimum" if np.all(curvatures > tol) else "degenerate"


@mistake(
    "classify_critical_point",
    caught_by="a_bowl_a_hill_and_a_saddle",
    read="README §7: all directions have to agree",
    suggest="print all eigenvalues of x² - 3y²: which of them does your function look at?",
)
def any_instead_of_all(H, tol=1e-8):
    """One direction that goes up is enough to be called a minimum; all of them have to."""
    curvatures = np.linalg.eigvalsh(H)
    if np.any(curvatures > tol):
        return "minimum"
    return "maximum" if np.any(curvatures < -tol) else "degenerate"
