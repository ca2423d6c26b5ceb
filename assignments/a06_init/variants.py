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
