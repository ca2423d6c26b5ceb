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


def batchnorm_forward(Z: Array, gamma: Array, beta: Array, eps: float = 1e-8) -> tuple[Array, BNCache]:
    """Normalise each row over the mini-batch, then scale and shift it.

    Parameters
    ----------
    Z : (n, m) float64, float32 or int. Scores of the layer, one column per example.
    gamma : (n, 1) float64, float32 or int. Standard deviation that each row is to have; a negative one turns the row
        over.
    beta : (n, 1) float64, float32 or int. Mean that each row is to have.
    eps : Added to the variance *inside* the square root, so that a row without spread stays finite.

    Returns
    -------
    Z_tilde : (n, m) float64. The scaled and shifted rows.
    cache : BNCache. `Z` as it came, `mu` and `var` (n, 1), `Z_norm` (n, m), `gamma`, `eps`.

    Raises
    ------
    ValueError : `gamma` or `beta` is not (n, 1).

    Notes
    -----
    1. Mean and variance of each row over the examples, kept as columns. The variance divides by m, not m-1.
    2. `Z_norm`: distance from the mean, in units of the standard deviation (with `eps`).
    3. Scale by gamma, shift by beta.

    References
    ----------
    Lecture notes F4, section 1.5.1, eq. 21-22; F0, section "将 Batch Norm 拟合进神经网络".
    Ioffe & Szegedy, *Batch Normalization* (2015), algorithm 1.
    """
    Z = np.asarray(Z, dtype=np.float64)
    for name, column in (("gamma", gamma), ("beta", beta)):
        if np.shape(column) != (Z.shape[0], 1):
            raise ValueError(f"{name} is {np.shape(column)}, expected one per row of Z: ({Z.shape[0]}, 1)")
    mu: Array = Z.mean(axis=1, keepdims=True)
    var: Array = Z.var(axis=1, keepdims=True)
    Z_norm: Array = (Z - mu) / np.sqrt(var + eps)
    return gamma * Z_norm + beta, BNCache(Z, mu, var, Z_norm, gamma, eps)


def batchnorm_backward(dZ_tilde: Array, cache: BNCache) -> dict[str, Array]:
    """Gradients of batch norm, every line of the derivation by name.

    Parameters
    ----------
    dZ_tilde : (n, m) float64, float32 or int. Gradient of the sum of the losses with respect to the output `Z_tilde`.
    cache : BNCache. From `batchnorm_forward`.

    Returns
    -------
    dict with float64 arrays (also where integers came in), all of them gradients of the sum of the losses (no 1/m):

    "dZ_norm" (n, m) : with respect to the normalised scores.
    "dvar" (n, 1) : with respect to the variance of each row, the mean held fixed.
    "dmu" (n, 1) : with respect to the mean of each row, by way of Z_norm and by way of the variance.
    "dZ" (n, m) : with respect to the scores; all three roads together.
    "dgamma", "dbeta" (n, 1) : with respect to the two learned parameters.

    Notes
    -----
    Take the six equations of the notes in their order; each needs only those before it. Sums run over the
    examples and keep their dimension. One term is zero for every Z: find out why, then keep it or leave it out.

    References
    ----------
    Lecture notes F4, section 1.5.2, the equations after the forward pass.
    Ioffe & Szegedy, *Batch Normalization* (2015), section 3.
    """
    Z, mu, var, Z_norm, gamma, eps = cache
    dZ_tilde = np.asarray(dZ_tilde, dtype=np.float64)
    m = Z.shape[1]
    centred = Z - mu
    sd = np.sqrt(var + eps)
    dZ_norm = dZ_tilde * gamma
    dvar: Array = np.sum(dZ_norm * centred, axis=1, keepdims=True) * -0.5 / sd**3
    # The second term is zero for every Z: the distances from a mean cancel. The notes print it, and so does this.
    dmu: Array = -np.sum(dZ_norm, axis=1, keepdims=True) / sd + dvar * np.mean(-2.0 * centred, axis=1, keepdims=True)
    return {
        "dZ_norm": dZ_norm,
        "dvar": dvar,
        "dmu": dmu,
        "dZ": dZ_norm / sd + dvar * 2.0 * centred / m + dmu / m,
        "dgamma": np.sum(dZ_tilde * Z_norm, axis=1, keepdims=True),
        "dbeta": np.sum(dZ_tilde, axis=1, keepdims=True),
    }


def batchnorm_backward_compact(dZ_tilde: Array, cache: BNCache) -> tuple[Array, Array, Array]:
    """Gradients of batch norm in closed form.

    Parameters
    ----------
    dZ_tilde : (n, m) float64, float32 or int. Gradient of the sum of the losses with respect to the output `Z_tilde`.
    cache : BNCache. From `batchnorm_forward`.

    Returns
    -------
    dZ : (n, m) float64. Gradient with respect to the scores.
    dgamma, dbeta : (n, 1) float64. Gradients with respect to the two parameters; sums, not means.

    Notes
    -----
    Put the lines of `batchnorm_backward` into one another until neither dvar nor dmu is left. What remains is
    `dZ_tilde`, relieved of two projections: its mean along the row, and its share along the normalised row.
    Both projections can be read off dbeta and dgamma.

    References
    ----------
    Lecture notes F4, section 1.5.2.
    """
    dZ_tilde = np.asarray(dZ_tilde, dtype=np.float64)
    sd = np.sqrt(cache.var + cache.eps)
    m = cache.Z.shape[1]
    dgamma: Array = np.sum(dZ_tilde * cache.Z_norm, axis=1, keepdims=True)
    dbeta: Array = np.sum(dZ_tilde, axis=1, keepdims=True)
    dZ = cache.gamma / sd * (dZ_tilde - dbeta / m - cache.Z_norm * dgamma / m)
    return dZ, dgamma, dbeta


def update_running_stats(
    running: dict[str, Array] | None, mu: Array, var: Array, momentum: float = 0.9
) -> dict[str, Array]:
    """Running mean and variance of a layer after one more mini-batch.

    Parameters
    ----------
    running : dict with "mu" and "var", (n, 1) float64 each, or None before the first batch.
    mu : (n, 1) float64, float32 or int. Mean of each row in this batch.
    var : (n, 1) float64, float32 or int. Population variance of each row in this batch.
    momentum : Between 0 and 1. Weight of the *old* value; torch calls the weight of the new one momentum.

    Returns
    -------
    New dict with "mu" and "var", (n, 1) float64 each. `running` stays as it was.

    Notes
    -----
    1. Before the first batch there is nothing to average with: start at the batch's own values, not at zero.
    2. Afterwards, both are exponentially weighted averages; the variance itself is averaged, not its root.

    References
    ----------
    Lecture notes F4, section 1.5.4, with the rule of section 1.2.1, eq. 6.
    """
    if running is None:
        return {"mu": np.array(mu, dtype=np.float64), "var": np.array(var, dtype=np.float64)}
    return {
        "mu": momentum * running["mu"] + (1.0 - momentum) * mu,
        "var": momentum * running["var"] + (1.0 - momentum) * var,
    }


def batchnorm_inference(Z: Array, gamma: Array, beta: Array, running: dict[str, Array], eps: float = 1e-8) -> Array:
    """Batch norm at test time: every example by itself, with remembered statistics.

    Parameters
    ----------
    Z : (n, m) float64, float32 or int. Scores; m may be 1.
    gamma, beta : (n, 1) float64, float32 or int. Learned scale and shift.
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
    mu : (n, 1) float64, float32 or int. Mean of each row of some Z.
    var : (n, 1) float64, float32 or int. Population variance of each row of the same Z.
    eps : The eps that `batchnorm_forward` will use.

    Returns
    -------
    gamma, beta : (n, 1) float64 each, with which `batchnorm_forward(Z, gamma, beta, eps)` gives Z back,
        whatever eps is.

    References
    ----------
    Lecture notes F4, section 1.5.1, last paragraph (what is cancelled there is the normalisation: E49).
    """
    return np.sqrt(np.asarray(var, dtype=np.float64) + eps), np.array(mu, dtype=np.float64)
