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


@variant("initialize_state")
def zeros_like_each(params):
    """zeros_like with a type of its own, in a loop."""
    state = {}
    for key in params:
        state["d" + key] = np.zeros_like(params[key], dtype=np.float64)
    return state


@variant("initialize_state")
def zero_times_each(params):
    """Zero times a number is zero; minus zero is zero too."""
    return {f"d{key}": -0.0 * np.asarray(value) for key, value in params.items()}


@variant("initialize_state")
def zeros_in_single_precision(params):
    """float32 holds seven digits; the keys without d are extra."""
    state = {"d" + key: np.full(value.shape, 0, dtype=np.float32) for key, value in params.items()}
    return state | {"steps": 0}


@variant("update_momentum")
def velocity_towards_the_gradient(params, grads, v, lr, beta=0.9):
    """v + (1 - beta) (g - v) is the same average, written as a step towards g; a list is as good as a tuple."""
    new_v = {d: v[d] + (1 - beta) * (grads[d] - v[d]) for d in grads}
    return [{key: params[key] - lr * new_v["d" + key] for key in params}, new_v]


@variant("update_momentum")
def momentum_in_place_on_copies(params, grads, v, lr, beta=0.9):
    """Writing in place is right as long as the arrays are one's own; the third value is extra."""
    params, v = ({key: np.array(value, dtype=float) for key, value in d.items()} for d in (params, v))
    for d, g in grads.items():
        v[d] *= beta
        v[d] += (1 - beta) * g
        params[d[1:]] -= lr * v[d]
    return params, v, lr


@variant("update_momentum")
def momentum_entry_by_entry(params, grads, v, lr, beta=0.9):
    """Loops over all entries."""
    new_params, new_v = {}, {}
    for key in params:
        d = "d" + key
        new_params[key], new_v[d] = np.zeros(params[key].shape), np.zeros(params[key].shape)
        for i in np.ndindex(*params[key].shape):
            new_v[d][i] = beta * v[d][i] + (1 - beta) * grads[d][i]
            new_params[key][i] = params[key][i] - lr * new_v[d][i]
    return new_params, new_v


@variant("update_momentum")
def momentum_rebinding_in_the_given_dicts(params, grads, v, lr, beta=0.9):
    """New arrays in the dicts that came in: no array is changed, and what is returned is right."""
    for key in params:
        v["d" + key] = beta * v["d" + key] + (1 - beta) * grads["d" + key]
        params[key] = params[key] - lr * v["d" + key]
    return params, v


@variant("update_momentum")
def momentum_in_single_precision(params, grads, v, lr, beta=0.9):
    """float32 holds seven digits, enough for a step."""
    new_v = {d: np.float32(beta) * v[d].astype(np.float32) + np.float32((1 - beta) * g) for d, g in grads.items()}
    return {key: np.float32(p) - np.float32(lr) * new_v["d" + key] for key, p in params.items()}, new_v


@variant("update_rmsprop")
def power_of_minus_one_half(params, grads, s, lr, beta=0.9, eps=1e-8):
    """A power of -1/2 is one over the root; a list is as good as a tuple."""
    new_params, new_s = {}, {}
    for name, p in params.items():
        g = grads[f"d{name}"]
        average = s[f"d{name}"] + (1 - beta) * (np.square(g) - s[f"d{name}"])
        new_s[f"d{name}"] = average
        new_params[name] = p - lr * g * (average + eps) ** -0.5
    return [new_params, new_s]


@variant("update_rmsprop")
def rmsprop_in_place_on_copies(params, grads, s, lr, beta=0.9, eps=1e-8):
    """Writing in place is right as long as the arrays are one's own; the third value is extra."""
    params, s = ({key: np.array(value, dtype=float) for key, value in d.items()} for d in (params, s))
    for d, g in grads.items():
        s[d] *= beta
        s[d] += (1 - beta) * g * g
        params[d[1:]] -= lr * g / np.sqrt(s[d] + eps)
    return params, s, eps


@variant("update_rmsprop")
def rmsprop_entry_by_entry(params, grads, s, lr, beta=0.9, eps=1e-8):
    """Loops over all entries."""
    new_params, new_s = {}, {}
    for key in params:
        d = "d" + key
        new_params[key], new_s[d] = np.zeros(params[key].shape), np.zeros(params[key].shape)
        for i in np.ndindex(*params[key].shape):
            g = float(grads[d][i])
            new_s[d][i] = beta * s[d][i] + (1 - beta) * g * g
            new_params[key][i] = params[key][i] - lr * g / (new_s[d][i] + eps) ** 0.5
    return new_params, new_s


@variant("update_rmsprop")
def rmsprop_in_single_precision(params, grads, s, lr, beta=0.9, eps=1e-8):
    """float32 holds seven digits, enough for a step."""
    new_params, new_s = {}, {}
    for key, p in params.items():
        d, g = "d" + key, grads["d" + key].astype(np.float32)
        new_s[d] = np.float32(beta) * s[d].astype(np.float32) + np.float32(1 - beta) * g**2
        new_params[key] = p.astype(np.float32) - np.float32(lr) * g / np.sqrt(new_s[d] + np.float32(eps))
    return new_params, new_s


@variant("lr_inverse_time")
def plain_formula(alpha0, decay_rate, epoch):
    """The formula works for numbers and arrays alike."""
    return alpha0 / (1 + decay_rate * epoch)


@variant("lr_inverse_time")
def rate_by_rate(alpha0, decay_rate, epoch):
    """Loops over the epochs; an array of shape () counts as a number."""
    epochs = np.asarray(epoch)
    rates = np.empty(epochs.shape)
    for i in np.ndindex(*epochs.shape):
        rates[i] = alpha0 / (1 + decay_rate * epochs[i])
    return rates


@variant("lr_inverse_time")
def reciprocal_in_single_precision(alpha0, decay_rate, epoch):
    """float32 holds seven digits, more than a learning rate needs."""
    return np.float32(alpha0) * np.reciprocal(1 + np.float32(decay_rate) * np.asarray(epoch, dtype=np.float32))


@variant("lr_schedule")
def table_of_schedules(kind, alpha0, epoch, *, base=0.95, k=1.0, drop=0.5, every=10):
    """A dict of functions in place of if and elif; int and floor are both ways to round down."""
    if kind == "inverse_sqrt" and epoch < 1:
        raise ValueError("epoch 0")
    schedules = {
        "exponential": lambda: np.power(base, epoch),
        "inverse_sqrt": lambda: k * np.power(float(epoch), -0.5),
        "staircase": lambda: drop ** int(epoch / every),
    }
    return alpha0 * schedules[kind]()


@variant("lr_schedule")
def by_repeated_multiplication(kind, alpha0, epoch, *, base=0.95, k=1.0, drop=0.5, every=10):
    """Goes through the epochs one by one."""
    rate = alpha0
    if kind == "inverse_sqrt":
        if epoch == 0:
            raise ValueError("the root schedule starts with epoch 1")
        return k * alpha0 / np.sqrt(epoch)
    for e in range(1, epoch + 1):
        if kind == "exponential":
            rate *= base
        elif e % every == 0:
            rate *= drop
    return rate


@variant("lr_schedule")
def logarithms_and_small_arrays(kind, alpha0, epoch, *, base=0.95, k=1.0, drop=0.5, every=10):
    """Powers as exponentials; an array of shape (1,) counts as a number."""
    if kind == "exponential":
        return np.array([alpha0 * np.exp(epoch * np.log(base))])
    if kind == "staircase":
        return np.array([alpha0 * np.exp(np.floor(epoch / every) * np.log(drop))])
    if not epoch:
        raise ValueError(epoch)
    return np.array([alpha0 * k * np.exp(-0.5 * np.log(epoch))])


@variant("classify_critical_point")
def counts_signs(H, tol=1e-8):
    """Counts directions up and down, with the eigenvalues of a general matrix."""
    curvatures = np.real(np.linalg.eigvals(H))
    up, down = int(np.sum(curvatures > tol)), int(np.sum(curvatures < -tol))
    if up and down:
        return "saddle"
    if up == len(curvatures):
        return "minimum"
    if down == len(curvatures):
        return "maximum"
    return "degenerate"


@variant("classify_critical_point")
def one_direction_after_the_other(H, tol=1e-8):
    """A loop over the curvatures, with the set of signs that it meets."""
    signs = set()
    for curvature in np.linalg.eigh(H)[0]:
        signs.add(0 if abs(curvature) <= tol else int(np.sign(curvature)))
    if {1, -1} <= signs:
        return "saddle"
    return {1: "minimum", -1: "maximum"}[signs.pop()] if len(signs) == 1 and 0 not in signs else "degenerate"


@variant("classify_critical_point")
def cholesky_first(H, tol=1e-8):
    """H - tol I has a Cholesky factor exactly when all curvatures are more than tol."""

    def all_above(matrix):
        try:
            np.linalg.cholesky(matrix - tol * np.eye(len(matrix)))
        except np.linalg.LinAlgError:
            return False
        return True

    if all_above(H):
        return "minimum"
    if all_above(-H):
        return "maximum"
    curvatures = np.linalg.eigvalsh(H)
    return "saddle" if curvatures[0] < -tol and curvatures[-1] > tol else "degenerate"
