"""Right ways to write optimizers.py that look different from the reference."""

import numpy as np

from autograder.checking import variant


@variant("update_adam")
def three_comprehensions(params, grads, v, s, t, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    """Each dict is built in one expression; the answer is a list with t + 1 as an extra value."""
    v = {k: beta1 * v[k] + (1 - beta1) * g for k, g in grads.items()}
    s = {k: beta2 * s[k] + (1 - beta2) * np.square(g) for k, g in grads.items()}
    root = {k: np.sqrt(s[k] / (1 - beta2**t)) + eps for k in s}
    params = {k: p - lr / (1 - beta1**t) * v["d" + k] / root["d" + k] for k, p in params.items()}
    return [params, v, s, t + 1]


@variant("update_adam")
def moves_towards_the_gradient(params, grads, v, s, t, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    """v + (1 - beta) (g - v) is the same average, written as a step towards g."""
    new_params, new_v, new_s = {}, {}, {}
    for name, p in params.items():
        g, key = grads[f"d{name}"], f"d{name}"
        new_v[key] = v[key] + (1 - beta1) * (g - v[key])
        new_s[key] = s[key] + (1 - beta2) * (g * g - s[key])
        step = (new_v[key] / (1 - beta1**t)) / ((new_s[key] / (1 - beta2**t)) ** 0.5 + eps)
        new_params[name] = p - lr * step
    return new_params, new_v, new_s


@variant("update_adam")
def in_place_on_copies(params, grads, v, s, t, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    """Writing in place is right as long as the arrays are one's own."""
    params, v, s = ({key: np.array(value, dtype=float) for key, value in d.items()} for d in (params, v, s))
    for key, g in grads.items():
        v[key] *= beta1
        v[key] += (1 - beta1) * g
        s[key] *= beta2
        s[key] += (1 - beta2) * g**2
        params[key[1:]] -= lr * (v[key] / (1 - beta1**t)) / (np.sqrt(s[key] / (1 - beta2**t)) + eps)
    return params, v, s


@variant("update_adam")
def rebinds_in_the_given_dicts(params, grads, v, s, t, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    """New arrays in the dicts that came in: no array is changed, and what is returned is right."""
    for key in params:
        d = "d" + key
        v[d] = beta1 * v[d] + (1 - beta1) * grads[d]
        s[d] = beta2 * s[d] + (1 - beta2) * grads[d] ** 2
        params[key] = params[key] - lr * (v[d] / (1 - beta1**t)) / (np.sqrt(s[d] / (1 - beta2**t)) + eps)
    return params, v, s


@variant("update_adam")
def corrections_in_the_learning_rate(params, grads, v, s, t, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    """Kingma and Ba's shorter form: both corrections go into lr. Only eps weighs differently, which is a convention."""
    new_params, new_v, new_s = {}, {}, {}
    rate = lr * np.sqrt(1 - beta2**t) / (1 - beta1**t)
    for key, p in params.items():
        d = "d" + key
        new_v[d] = beta1 * v[d] + (1 - beta1) * grads[d]
        new_s[d] = beta2 * s[d] + (1 - beta2) * grads[d] ** 2
        new_params[key] = p - rate * new_v[d] / (np.sqrt(new_s[d]) + eps)
    return new_params, new_v, new_s


@variant("update_adam")
def all_parameters_in_one_vector(params, grads, v, s, t, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    """Adam treats all entries alike, so they may as well be one long vector."""
    names = list(params)
    flat_p, flat_g, flat_v, flat_s = (
        np.concatenate([np.ravel(d[prefix + name]) for name in names])
        for d, prefix in ((params, ""), (grads, "d"), (v, "d"), (s, "d"))
    )
    flat_v = beta1 * flat_v + (1 - beta1) * flat_g
    flat_s = beta2 * flat_s + (1 - beta2) * flat_g**2
    flat_p = flat_p - lr * (flat_v / (1 - beta1**t)) / (np.sqrt(flat_s / (1 - beta2**t)) + eps)
    ends = np.cumsum([params[name].size for name in names])[:-1]
    result = []
    for flat, prefix in ((flat_p, ""), (flat_v, "d"), (flat_s, "d")):
        pieces = zip(names, np.split(flat, ends))
        result.append({prefix + name: piece.reshape(params[name].shape) for name, piece in pieces})
    return tuple(result)


@variant("update_adam")
def entry_by_entry(params, grads, v, s, t, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    """Loops over all entries."""
    new_params, new_v, new_s = {}, {}, {}
    for key in params:
        d = "d" + key
        new_params[key], new_v[d], new_s[d] = (np.zeros(params[key].shape) for _ in range(3))
        for i in np.ndindex(*params[key].shape):
            g = float(grads[d][i])
            new_v[d][i] = beta1 * v[d][i] + (1 - beta1) * g
            new_s[d][i] = beta2 * s[d][i] + (1 - beta2) * g * g
            v_hat, s_hat = new_v[d][i] / (1 - beta1**t), new_s[d][i] / (1 - beta2**t)
            new_params[key][i] = params[key][i] - lr * v_hat / (s_hat**0.5 + eps)
    return new_params, new_v, new_s


@variant("update_adam")
def in_single_precision(params, grads, v, s, t, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    """float32 holds seven digits, enough for a step."""
    new_params, new_v, new_s = {}, {}, {}
    for key in params:
        d, g = "d" + key, grads["d" + key].astype(np.float32)
        new_v[d] = np.float32(beta1) * v[d].astype(np.float32) + np.float32(1 - beta1) * g
        new_s[d] = np.float32(beta2) * s[d].astype(np.float32) + np.float32(1 - beta2) * g**2
        v_hat, s_hat = new_v[d] / np.float32(1 - beta1**t), new_s[d] / np.float32(1 - beta2**t)
        new_params[key] = params[key].astype(np.float32) - np.float32(lr) * v_hat / (np.sqrt(s_hat) + np.float32(eps))
    return new_params, new_v, new_s
