"""Batch normalisation: give every unit of a layer the mean and the spread that it asks for.

Normalising the inputs of a network helps its first layer. Batch norm does the same for the layers inside: it
sits between the scores Z of a layer and the activation, and it works on one unit (one row of Z) at a time.

1. `batchnorm_forward` subtracts the row's mean over the mini-batch, divides by its standard deviation, then
   scales by gamma and shifts by beta, two numbers per unit that are learned like weights. Whatever a bias
   adds to a row, the mean takes away again: a layer in front of batch norm needs no bias, beta replaces it.
2. `batchnorm_backward` walks the same steps in reverse, one line of the notes at a time. The difficulty is
   that a score reaches the output along three roads: directly, through the variance of its row, and through
   the mean of its row.
3. `batchnorm_backward_compact` is what remains of those lines when they are put together and simplified.
4. `update_running_stats` remembers the means and variances of the batches as exponentially weighted averages.
5. `batchnorm_inference` uses them to normalise a single example, which has no variance of its own.
6. `identity_gamma_beta` finds the gamma and beta that undo the normalisation: the network can always say no.

Two laws watch over the way back. Adding a constant to a row of Z changes nothing, so every row of dZ sums to
zero. Stretching a row around its mean changes nothing either, so every row of dZ is orthogonal to the normalised
row (up to eps). A missing road breaks the first law or the second, and thereby says which road it is.

Axes
----
m : examples of the mini-batch, one per column.
n : units of the layer, one per row. Everything that belongs to a unit is a column, (n, 1).
"""

from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[np.float64]


class BNCache(NamedTuple):
    """What the backward pass needs to know about the forward pass."""

    Z: Array  # (n, m), the scores as they came
    mu: Array  # (n, 1), mean of each row
    var: Array  # (n, 1), population variance of each row, without eps
    Z_norm: Array  # (n, m), before gamma and beta
    gamma: Array  # (n, 1)
    eps: float


def batchnorm_forward(Z, gamma, beta, eps=1e-8)
    Z = Z.astype(np.float32)
    mu = Z.mean(axis=1, keepdims=True)
    var = Z.var(axis=1, keepdims=True)
    Z_norm = (Z - mu) / np.sqrt(var + np.float32(eps))
    Z_tilde = gamma.astype(np.float32) * Z_norm + beta.astype(np.float32)
    return Z_tilde, BNCache(Z, mu, var, Z_norm, gamma, eps)  # noqa: F821 - the stub defines it


def batchnorm_backward(dZ_tilde, cache):
    Z, mu, var, Z_norm, gamma, eps = cache
    m, sd = Z.shape[1], np.sqrt(var + eps)
    dZ_norm = dZ_tilde * gamma
    dvar = np.sum(dZ_norm * (Z - mu), axis=1, keepdims=True) * -0.5 / sd**3
    dmu = -np.sum(dZ_norm, axis=1, keepdims=True) / sd
    dZ = dZ_norm / sd + dvar * 2 * (Z - mu) / m + dmu / m
    dgamma = np.mean(dZ_tilde * Z_norm, axis=1, keepdims=True)
    dbeta = np.mean(dZ_tilde, axis=1, keepdims=True)
    return {"dZ_norm": dZ_norm, "dvar": dvar, "dmu": dmu, "dZ": dZ, "dgamma": dgamma, "dbeta": dbeta}


def batchnorm_backward_compact(dZ_tilde, cache):
    _, _, var, Z_norm, gamma, eps = cache
    m = dZ_tilde.shape[1]
    dgamma = np.sum(dZ_tilde * Z_norm, axis=1, keepdims=True)
    dbeta = np.sum(dZ_tilde, axis=1, keepdims=True)
    dZ = gamma / np.sqrt(var + eps) * (dZ_tilde - dbeta / m - Z_norm * dgamma / m)
    return dZ, dbeta, dbeta


def update_running_stats(running, mu, var, momentum=0.9):
    if running is None:
        return {"mu": mu.copy(), "var": var.copy()}
    mine = {key: np.array(value) for key, value in running.items()}
    for key, batch in zip(("mu", "var"), (mu, var), strict=True):
        mine[key] *= momentum
        mine[key] += (1.0 - momentum) * batch
    return mine


def batchnorm_inference(Z: Array, gamma: Array, beta: Array, running: dict[str, Array], eps: float = 1e-8) -> Array:
    """Batch norm at test time: every example by itself, with remembered statistics.

    Parameters
    ----------
    Z : (n, m) float64, float32 or int. Scores; m may be 1.
    gamma, beta : (n, 1) float64. Learned scale and shift.
    running : dict with "mu" and "var", (n, 1) float64 each, from `update_running_stats`.
    eps : Added to the variance inside the square root.

    Returns
    -------
    (n, m) float64. What one column gives does not depend on the other columns.

    References
    ----------
    Lecture notes F4, section 1.5.4.
    """
    return gamma * (np.asarray(Z, dtype=np.float64) - running["mu"]) / np.sqrt(running["var"] + eps) + beta


def identity_gamma_beta(mu: Array, var: Array, eps: float = 1e-8) -> tuple[Array, Array]:
    """Find the scale and the shift with which batch norm changes nothing.

    Parameters
    ----------
    mu : (n, 1) float64. Mean of each row of some Z.
    var : (n, 1) float64. Population variance of each row of the same Z.
    eps : The eps that `batchnorm_forward` will use.

    Returns
    -------
    gamma, beta : (n, 1) float64 each, with which `batchnorm_forward(Z, gamma, beta, eps)` gives Z back,
        whatever eps is.

    References
    ----------
    Lecture notes F4, section 1.5.1, last paragraph (what is cancelled there is the normalisation).
    """
    return np.sqrt(np.asarray(var, dtype=np.float64) + eps), np.array(mu, dtype=np.float64)
