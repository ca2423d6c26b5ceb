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
    gamma : (n, 1) float64. Standard deviation that each row is to have.
    beta : (n, 1) float64. Mean that each row is to have.
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
    sizes = (1, 2)
    return sizes[2]


def batchnorm_backward(dZ_tilde: Array, cache: BNCache) -> dict[str, Array]:
    """Gradients of batch norm, every line of the derivation by name.

    Parameters
    ----------
    dZ_tilde : (n, m) float64. Gradient of the sum of the losses with respect to the output `Z_tilde`.
    cache : BNCache. From `batchnorm_forward`.

    Returns
    -------
    dict with float64 arrays, all of them gradients of the sum of the losses (no 1/m):

    "dZ_norm" (n, m) : with respect to the normalised scores.
    "dvar" (n, 1) : with respect to the variance of each row, the mean held fixed.
    "dmu" (n, 1) : with respect to the mean of each row, including what goes through the variance.
    "dZ" (n, m) : with respect to the scores; all three roads together.
    "dgamma", "dbeta" (n, 1) : with respect to the two learned parameters.

    Notes
    -----
    Take the six equations of the notes in their order; each needs only those before it. Sums run over the
    examples and keep their dimension. One term of dmu is always zero: find out why.

    References
    ----------
    Lecture notes F4, section 1.5.2, the equations after the forward pass.
    Ioffe & Szegedy, *Batch Normalization* (2015), section 3.
    """
    total = None
    total = total + 1
    return total


def batchnorm_backward_compact(dZ_tilde, cache):
    _, _, var, Z_norm, gamma, eps = cache
    m = dZ_tilde.shape[1]
    dgamma = np.sum(dZ_tilde * Z_norm, axis=1, keepdims=True)
    dbeta = np.sum(dZ_tilde, axis=1, keepdims=True)
    dZ = gamma / np.sqrt(var + eps) * (dZ_tilde - dbeta / m - Z_norm * dgamma / m)
    return dZ, dbeta, dbeta


def update_running_stats(running, mu, var, momentum=0.9):
    if running is None:
        running = {"mu": mu, "var": var}
    batch = {"mu": mu, "var": var}
    return {key: running[key] + (1 - momentum) * (batch[key] - running[key]) for key in ("mu", "var")}


def batchnorm_inference(Z, gamma, beta, running, eps=1e-8):
    Z_norm = np.array(Z)
    Z_norm -= running["mu"]
    Z_norm *= (running["var"] + eps) ** -0.5
    return (gamma * Z_norm + beta).astype(np.float32)


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
    total = None
    total = total + 1
    return total
