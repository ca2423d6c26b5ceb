"""Right ways to draw initial weights that look different from the reference."""

import numpy as np

from autograder.checking import variant


@variant("initialize_he")
def normal_with_scale(layer_dims, rng):
    """`rng.normal` takes the standard deviation as an argument; the distribution is the same."""
    params = {}
    for layer in range(1, len(layer_dims)):
        sd = (2 / layer_dims[layer - 1]) ** 0.5
        params["W" + str(layer)] = rng.normal(0, sd, size=(layer_dims[layer], layer_dims[layer - 1]))
        params["b" + str(layer)] = np.zeros((layer_dims[layer], 1))
    return params


@variant("initialize_he")
def last_layer_first(layer_dims, rng):
    """The order of the draws does not change what they are like."""
    params = {}
    for layer in reversed(range(1, len(layer_dims))):
        n_prev, n = layer_dims[layer - 1 : layer + 1]
        params[f"b{layer}"] = np.zeros((n, 1))
        params[f"W{layer}"] = np.sqrt(2) * rng.standard_normal((n, n_prev)) / np.sqrt(n_prev)
    return params


@variant("initialize_he")
def uniform_of_the_same_variance(layer_dims, rng):
    """A uniform draw from -a to a has variance a^2 / 3, so a^2 = 6 / n_{l-1} obeys the same law."""
    params = {}
    for layer in range(1, len(layer_dims)):
        n_prev, n = layer_dims[layer - 1 : layer + 1]
        limit = np.sqrt(6 / n_prev)
        params[f"W{layer}"] = rng.uniform(-limit, limit, (n, n_prev))
        params[f"b{layer}"] = np.zeros((n, 1))
    return params


@variant("initialize_he")
def truncated_normal(layer_dims, rng):
    """Draws beyond two standard deviations are repeated; that lowers the deviation to 0.8796, which is made up for."""
    params = {}
    for layer in range(1, len(layer_dims)):
        n_prev, n = layer_dims[layer - 1 : layer + 1]
        W = rng.standard_normal((n, n_prev))
        while np.any(np.abs(W) > 2):
            far = np.abs(W) > 2
            W[far] = rng.standard_normal(np.sum(far))
        params[f"W{layer}"] = W / 0.87962566 * np.sqrt(2 / n_prev)
        params[f"b{layer}"] = np.zeros((n, 1))
    return params


@variant("initialize_he")
def one_long_draw(layer_dims, rng):
    """All numbers are drawn at once and cut into layers; they are just as independent."""
    sizes = [layer_dims[i] * layer_dims[i + 1] for i in range(len(layer_dims) - 1)]
    pieces = np.split(rng.standard_normal(sum(sizes)), np.cumsum(sizes)[:-1])
    params = {}
    for layer, piece in enumerate(pieces, start=1):
        n_prev, n = layer_dims[layer - 1 : layer + 1]
        params[f"W{layer}"] = piece.reshape(n, n_prev) * np.sqrt(2 / n_prev)
        params[f"b{layer}"] = np.zeros(shape=(n, 1))
    return params


@variant("initialize_he")
def drawn_transposed(layer_dims, rng):
    """Drawn with one column per unit and then transposed."""
    params = {}
    for layer in range(1, len(layer_dims)):
        n_prev, n = layer_dims[layer - 1 : layer + 1]
        params[f"W{layer}"] = (rng.standard_normal((n_prev, n)) * np.sqrt(2 / n_prev)).T
        params[f"b{layer}"] = np.zeros((n, 1))
    return params


@variant("initialize_he")
def one_weight_at_a_time(layer_dims, rng):
    """Loops in place of array draws; slow, but right."""
    params = {}
    for layer in range(1, len(layer_dims)):
        n_prev, n = layer_dims[layer - 1 : layer + 1]
        W = np.empty((n, n_prev))
        for i in range(n):
            W[i] = [rng.standard_normal() * (2 / n_prev) ** 0.5 for _ in range(n_prev)]
        params[f"W{layer}"], params[f"b{layer}"] = W, np.zeros((n, 1))
    return params


@variant("initialize_he")
def in_single_precision(layer_dims, rng):
    """float32 holds seven digits, more than random numbers need; the count of layers is an extra key."""
    params = {"L": len(layer_dims) - 1}
    for layer in range(1, len(layer_dims)):
        n_prev, n = layer_dims[layer - 1 : layer + 1]
        W = rng.standard_normal((n, n_prev)) * np.sqrt(2 / n_prev)
        params[f"W{layer}"] = W.astype(np.float32)
        params[f"b{layer}"] = np.zeros((n, 1), dtype=np.float32)
    return params


@variant("initialize_small")
def small_with_scale(layer_dims, rng, scale=0.01):
    """`rng.normal` takes the standard deviation as an argument; the distribution is the same."""
    params = {}
    for layer in range(1, len(layer_dims)):
        n_prev, n = layer_dims[layer - 1 : layer + 1]
        params["W" + str(layer)] = rng.normal(0, scale, size=(n, n_prev))
        params["b" + str(layer)] = np.zeros((n, 1))
    return params


@variant("initialize_small")
def small_from_a_uniform_draw(layer_dims, rng, scale=0.01):
    """A uniform draw from -a to a has variance a^2 / 3, so the root of 3 makes up for its shape."""
    params = {}
    for layer in range(1, len(layer_dims)):
        n_prev, n = layer_dims[layer - 1 : layer + 1]
        limit = np.sqrt(3) * scale
        params[f"W{layer}"] = rng.uniform(-limit, limit, (n, n_prev))
        params[f"b{layer}"] = np.zeros((n, 1))
    return params


@variant("initialize_small")
def small_in_single_precision(layer_dims, rng, scale=0.01):
    """float32 holds seven digits, more than random numbers need; the count of layers is an extra key."""
    params = {"L": len(layer_dims) - 1}
    for layer in range(1, len(layer_dims)):
        n_prev, n = layer_dims[layer - 1 : layer + 1]
        params[f"W{layer}"] = (rng.standard_normal((n, n_prev)) * scale).astype(np.float32)
        params[f"b{layer}"] = np.zeros((n, 1), dtype=np.float32)
    return params


@variant("initialize_small")
def small_last_layer_first(layer_dims, rng, scale=0.01):
    """The order of the draws does not change what they are like; each is drawn transposed."""
    params = {}
    for layer in reversed(range(1, len(layer_dims))):
        n_prev, n = layer_dims[layer - 1 : layer + 1]
        params[f"b{layer}"] = np.zeros((n, 1))
        params[f"W{layer}"] = (rng.standard_normal((n_prev, n)) * scale).T
    return params


@variant("initialize_small")
def small_by_loops(layer_dims, rng, scale=0.01):
    """Loops in place of array draws; slow, but right."""
    params = {}
    for layer in range(1, len(layer_dims)):
        n_prev, n = layer_dims[layer - 1 : layer + 1]
        W = np.empty((n, n_prev))
        for i in range(n):
            W[i] = [rng.standard_normal() * scale for _ in range(n_prev)]
        params[f"W{layer}"], params[f"b{layer}"] = W, np.zeros((n, 1))
    return params


@variant("initialize_xavier")
def xavier_with_scale(layer_dims, rng):
    """`rng.normal` takes the standard deviation as an argument; the distribution is the same."""
    params = {}
    for layer in range(1, len(layer_dims)):
        n_prev, n = layer_dims[layer - 1 : layer + 1]
        params["W" + str(layer)] = rng.normal(0, np.sqrt(1 / n_prev), size=(n, n_prev))
        params["b" + str(layer)] = np.zeros((n, 1))
    return params


@variant("initialize_xavier")
def xavier_from_a_uniform_draw(layer_dims, rng):
    """A uniform draw from -a to a has variance a^2 / 3, so the root of 3 makes up for its shape."""
    params = {}
    for layer in range(1, len(layer_dims)):
        n_prev, n = layer_dims[layer - 1 : layer + 1]
        limit = np.sqrt(3) * np.sqrt(1 / n_prev)
        params[f"W{layer}"] = rng.uniform(-limit, limit, (n, n_prev))
        params[f"b{layer}"] = np.zeros((n, 1))
    return params


@variant("initialize_xavier")
def xavier_in_single_precision(layer_dims, rng):
    """float32 holds seven digits, more than random numbers need; the count of layers is an extra key."""
    params = {"L": len(layer_dims) - 1}
    for layer in range(1, len(layer_dims)):
        n_prev, n = layer_dims[layer - 1 : layer + 1]
        params[f"W{layer}"] = (rng.standard_normal((n, n_prev)) * np.sqrt(1 / n_prev)).astype(np.float32)
        params[f"b{layer}"] = np.zeros((n, 1), dtype=np.float32)
    return params


@variant("initialize_xavier")
def xavier_last_layer_first(layer_dims, rng):
    """The order of the draws does not change what they are like; each is drawn transposed."""
    params = {}
    for layer in reversed(range(1, len(layer_dims))):
        n_prev, n = layer_dims[layer - 1 : layer + 1]
        params[f"b{layer}"] = np.zeros((n, 1))
        params[f"W{layer}"] = (rng.standard_normal((n_prev, n)) * np.sqrt(1 / n_prev)).T
    return params


@variant("initialize_xavier")
def xavier_by_loops(layer_dims, rng):
    """Loops in place of array draws; slow, but right."""
    params = {}
    for layer in range(1, len(layer_dims)):
        n_prev, n = layer_dims[layer - 1 : layer + 1]
        W = np.empty((n, n_prev))
        for i in range(n):
            W[i] = [rng.standard_normal() * np.sqrt(1 / n_prev) for _ in range(n_prev)]
        params[f"W{layer}"], params[f"b{layer}"] = W, np.zeros((n, 1))
    return params


@variant("initialize_glorot")
def glorot_with_scale(layer_dims, rng):
    """`rng.normal` takes the standard deviation as an argument; the distribution is the same."""
    params = {}
    for layer in range(1, len(layer_dims)):
        n_prev, n = layer_dims[layer - 1 : layer + 1]
        params["W" + str(layer)] = rng.normal(0, np.sqrt(2 / (n_prev + n)), size=(n, n_prev))
        params["b" + str(layer)] = np.zeros((n, 1))
    return params


@variant("initialize_glorot")
def glorot_from_a_uniform_draw(layer_dims, rng):
    """A uniform draw from -a to a has variance a^2 / 3, so the root of 3 makes up for its shape."""
    params = {}
    for layer in range(1, len(layer_dims)):
        n_prev, n = layer_dims[layer - 1 : layer + 1]
        limit = np.sqrt(3) * np.sqrt(2 / (n_prev + n))
        params[f"W{layer}"] = rng.uniform(-limit, limit, (n, n_prev))
        params[f"b{layer}"] = np.zeros((n, 1))
    return params


@variant("initialize_glorot")
def glorot_in_single_precision(layer_dims, rng):
    """float32 holds seven digits, more than random numbers need; the count of layers is an extra key."""
    params = {"L": len(layer_dims) - 1}
    for layer in range(1, len(layer_dims)):
        n_prev, n = layer_dims[layer - 1 : layer + 1]
        params[f"W{layer}"] = (rng.standard_normal((n, n_prev)) * np.sqrt(2 / (n_prev + n))).astype(np.float32)
        params[f"b{layer}"] = np.zeros((n, 1), dtype=np.float32)
    return params


@variant("initialize_glorot")
def glorot_last_layer_first(layer_dims, rng):
    """The order of the draws does not change what they are like; each is drawn transposed."""
    params = {}
    for layer in reversed(range(1, len(layer_dims))):
        n_prev, n = layer_dims[layer - 1 : layer + 1]
        params[f"b{layer}"] = np.zeros((n, 1))
        params[f"W{layer}"] = (rng.standard_normal((n_prev, n)) * np.sqrt(2 / (n_prev + n))).T
    return params


@variant("initialize_glorot")
def glorot_by_loops(layer_dims, rng):
    """Loops in place of array draws; slow, but right."""
    params = {}
    for layer in range(1, len(layer_dims)):
        n_prev, n = layer_dims[layer - 1 : layer + 1]
        W = np.empty((n, n_prev))
        for i in range(n):
            W[i] = [rng.standard_normal() * np.sqrt(2 / (n_prev + n)) for _ in range(n_prev)]
        params[f"W{layer}"], params[f"b{layer}"] = W, np.zeros((n, 1))
    return params


@variant("count_distinct_units")
def count_by_all_distances(W, tol=1e-12):
    """All distances at once; a row is new if no row above it is within tol. float32 and NumPy integers are welcome."""
    distances = np.abs(W[:, None, :] - W[None, :, :]).max(axis=2)
    return np.sum(~np.tril(distances <= tol, k=-1).any(axis=1))


@variant("count_distinct_units")
def count_with_allclose_in_full(W, tol=1e-12):
    """np.allclose with its relative tolerance switched off asks the right question."""
    kept = []
    for row in np.asarray(W):
        if not any(np.allclose(row, other, rtol=0, atol=tol) for other in kept):
            kept.append(row)
    return len(kept)


@variant("count_distinct_units")
def count_by_striking_out(W, tol=1e-12):
    """Take the first row, strike out its twins, and go on with the rest; an array of shape () is one number."""
    rest, count = np.array(W, dtype=float), 0
    while len(rest):
        rest = rest[np.abs(rest - rest[0]).max(axis=1) > tol]
        count += 1
    return np.array(count)


@variant("count_distinct_units")
def count_number_by_number(W, tol=1e-12):
    """Three loops and no arrays; slow for wide layers, and right."""
    count = 0
    for i in range(W.shape[0]):
        new = True
        for j in range(i):
            if all(abs(W[i, k] - W[j, k]) <= tol for k in range(W.shape[1])):
                new = False
        count += new
    return float(count)


@variant("deep_linear_output")
def deep_product_first(Ws, x):
    """The matrices are multiplied together before they meet x: more work, the same result."""
    product = np.eye(len(x))
    for W in Ws:
        product = np.dot(W, product)
    return np.matmul(product, x.astype(float))


@variant("deep_linear_output")
def deep_by_folding(Ws, x):
    """functools.reduce carries the signal from matrix to matrix; single precision is welcome."""
    from functools import reduce

    A = reduce(lambda A, W: W @ A, Ws, np.array(x, dtype=float))
    return A.astype(np.float32)


@variant("deep_linear_output")
def deep_by_columns(Ws, x):
    """One example after the other."""
    columns = []
    for j in range(x.shape[1]):
        a = x[:, j].astype(float)
        for W in Ws:
            a = W @ a
        columns.append(a)
    return np.stack(columns, axis=1)


@variant("deep_linear_output")
def deep_by_multi_dot(Ws, x):
    """np.linalg.multi_dot chooses the cheapest order of products; it wants the last factor last."""
    return np.linalg.multi_dot([*Ws[::-1], np.asarray(x, dtype=float)])


@variant("activation_profile")
def profile_by_a_plain_sigmoid(X, params, hidden):
    """The textbook sigmoid may overflow to 1/inf, which is the right 0; both ends of ReLU are the same at z = 0."""
    A, profile = X, []
    for layer in range(1, len(params) // 2):
        Z = np.dot(params["W" + str(layer)], A) + params["b" + str(layer)]
        if hidden == "relu":
            A = np.where(Z >= 0, Z, 0.0)
        elif hidden == "tanh":
            A = np.tanh(Z)
        elif hidden == "sigmoid":
            A = 1 / (1 + np.exp(-Z))
        else:
            A = Z
        profile.append(np.sqrt(np.mean((A - A.mean()) ** 2)))
    return np.array(profile)


@variant("activation_profile")
def profile_in_single_precision(X, params, hidden):
    """Seven digits are more than enough for a standard deviation."""
    g = {
        "relu": lambda Z: np.maximum(0, Z),
        "tanh": np.tanh,
        "sigmoid": lambda Z: np.reciprocal(1 + np.exp(-Z)),
        "linear": lambda Z: Z,
    }[hidden]
    A, layers = np.asarray(X, dtype=np.float32), [key for key in params if key[0] == "W"]
    profile = np.empty(len(layers) - 1, dtype=np.float32)
    for i, key in enumerate(layers[:-1]):
        A = g((params[key] @ A + params[key.replace("W", "b")]).astype(np.float32))
        profile[i] = np.std(A)
    return profile


@variant("activation_profile")
def profile_until_there_is_no_next_layer(X, params, hidden):
    """A layer is hidden if another one follows; the variance is mean of squares minus square of mean."""
    A, layer, profile = np.array(X, dtype=float), 1, []
    while f"W{layer + 1}" in params:
        A = params[f"W{layer}"] @ A + params[f"b{layer}"]
        if hidden == "relu":
            A[A < 0] = 0
        if hidden == "tanh":
            A = 2 / (1 + np.exp(-2 * A)) - 1
        if hidden == "sigmoid":
            A = 0.5 * (1 + np.tanh(A / 2))
        profile.append((np.mean(A**2) - np.mean(A) ** 2) ** 0.5)
        layer += 1
    return np.array(profile)
