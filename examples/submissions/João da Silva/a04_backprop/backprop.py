"""Backpropagation: how much each weight had to do with the cost.

A forward pass turns examples into answers, and a cost says how wrong they are. To make the cost smaller, one
has to know for each of the many weights in which direction to turn it, and how much that would help: the
derivative of the cost with respect to that weight. Trying each weight in turn would take two forward passes
for every one of them (that is what gradient checking does). Backpropagation gets all of them from a single walk
through the network, from the last layer to the first. It is the chain rule, with the intermediate results kept.

1. `sigmoid_backward`, `tanh_backward` and `relu_backward` carry the gradient through an activation. Activations
   work on one number at a time, so each entry is multiplied with a slope of its own:

       dZ = dA ∘ g'(Z)            (∘: entry by entry)

2. `linear_backward` carries it through Z = W A_prev + b. One weight touches all examples, so its derivative adds
   up what the examples say; the cost is their mean, so the sum is divided by m:

       dW = (1/m) dZ A_prev^T        db = (1/m) (row sums of dZ)        dA_prev = W^T dZ

3. `output_delta` starts the walk. With a sigmoid at the end and cross-entropy as the cost, two derivatives are
   multiplied, and what comes out is simpler than either of them.
4. `model_backward` puts the pieces in a row, from layer L to layer 1.
5. `update_gd` takes a step downhill. Forward, backward, step: this is the whole of training.

What to look at: where the factors g'(Z) are small, little of the gradient is left for the layers in front. The
slope of a sigmoid is never above 1/4, and five units away from zero it is 0.007. And look where 1/m stands: dA and dZ
belong to the *sum* of the losses, each column to its own example; dW and db belong to the *mean*.
`linear_backward` is the only place where the two meet.

Axes
----
m : examples, one per column.
n, n_prev : units of a layer, and of the layer in front of it.
n_L : units of the last layer; 1 for a question of yes or no.
L : number of layers; layers are counted from 1, and what goes into layer 1 is X.
"""

from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[np.float64]
Params: TypeAlias = dict[str, Array]


class LayerCache(NamedTuple):
    """What the way back needs to know about one layer's way forward."""

    A_prev: Array  # (n_prev, m), what went into the layer
    W: Array  # (n, n_prev), its weights
    Z: Array  # (n, m), its scores W A_prev + b, before the activation


def sigmoid_backward(dA, Z):
    A = 1 / (1 + np.exp(-np.clip(Z, -80, 80).astype(np.float32)))
    return (dA * A * (1 - A)).astype(np.float32)


def tanh_backward(dA, Z):
    return dA / np.cosh(np.clip(Z, -300, 300)) ** 2


def relu_backward(dA: Array, Z: Array, alpha: float = 0.0) -> Array:
    """Carry a gradient back through ReLU, or through leaky ReLU.

    Parameters
    ----------
    dA : (n, m) float64, float32 or int. Gradient of the sum of the losses with respect to A.
    Z : (n, m) float64, float32 or int. The scores that the activation was applied to.
    alpha : Slope of the activation where Z < 0: 0 for ReLU, 0.01 for the usual leaky ReLU.

    Returns
    -------
    (n, m) float64, a new array. Gradient of the sum of the losses with respect to Z; no 1/m.

    Notes
    -----
    The sign of Z decides, never that of dA. Where Z > 0 the gradient passes unchanged, elsewhere it is
    multiplied with alpha. At Z = 0 exactly there is no derivative; this course takes alpha, and no check looks there.

    References
    ----------
    Lecture notes F1, section 2.5.2, 反向传播; F3, section 1.1.2, ReLU 函数 and Leaky ReLU函数 (for a = 0.01x the slope
    is 0.01; the 0.1 that the notes print is erratum E16).
    """
    dA = np.asarray(dA, dtype=np.float64)
    return np.where(np.asarray(Z) > 0, dA, alpha * dA)


def linear_backward(dZ, cache):
    return cache.W.T @ dZ, dZ @ cache.A_prev.T / dZ.shape[1], dZ.sum(axis=1, keepdims=True)


def output_delta(AL, Y):
    return (AL - Y) / AL.shape[1]


def model_backward(AL, Y, caches, hidden="relu"):
    slopes = {
        "relu": lambda Z: (Z > 0) * 1.0,
        "tanh": lambda Z: 1 - np.tanh(Z) ** 2,
        "sigmoid": lambda Z: np.exp(-Z) / (1 + np.exp(-Z)) ** 2,
        "linear": lambda Z: np.ones(Z.shape),
    }
    m, dZ, grads = AL.shape[1], AL - Y, {}
    for i in range(len(caches) - 1, -1, -1):
        grads[f"dW{i + 1}"] = dZ @ caches[i].A_prev.T / m
        grads[f"db{i + 1}"] = dZ.mean(axis=1).reshape(-1, 1)
        if i:
            dZ = caches[i].W.T @ dZ * slopes[hidden](caches[i - 1].Z)
    return grads


def update_gd(params, grads, lr):
    from copy import deepcopy

    new = deepcopy(params)
    for key, value in new.items():
        new[key] = np.subtract(value, np.multiply(lr, grads["d" + key]))
    return new
