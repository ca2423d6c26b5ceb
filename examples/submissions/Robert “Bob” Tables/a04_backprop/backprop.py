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
    return dA * Z * (1 - Z)


def tanh_backward(dA, Z):
    dZ = np.array(dA, dtype=float)
    A = 1 / (1 + np.exp(-2 * np.clip(Z, -300, 300)))
    dZ *= 4 * A * (1 - A)
    return dZ


def relu_backward(dA, Z, alpha=0.0):
    dZ = np.array(dA, dtype=float, copy=True)
    dZ[Z <= 0] *= alpha
    return dZ


def linear_backward(dZ, cache):
    m = np.float32(dZ.shape[1])
    dZ, A_prev, W = (np.asarray(array, dtype=np.float32) for array in (dZ, cache.A_prev, cache.W))
    return W.T.dot(dZ), dZ.dot(A_prev.T) / m, np.mean(dZ, axis=1, keepdims=True)


def output_delta(AL, Y):
    return np.where(np.asarray(Y) == 1, AL - 1.0, AL)


def model_backward(AL, Y, caches, hidden="relu"):
    back = {"relu": relu_backward, "tanh": tanh_backward, "sigmoid": sigmoid_backward}  # noqa: F821
    grads, dZ = {}, output_delta(AL, Y)  # noqa: F821
    for layer in range(len(caches), 0, -1):
        grads[f"dW{layer}"] = dZ @ caches[layer - 1].A_prev.T
        grads[f"db{layer}"] = dZ.sum(axis=1, keepdims=True)
        if layer > 1:
            dZ = back.get(hidden, lambda d, _: d)(caches[layer - 1].W.T @ dZ, caches[layer - 2].Z)
    return grads


def update_gd(params: Params, grads: Params, lr: float) -> Params:
    """Take one step of gradient descent.

    Parameters
    ----------
    params : dict of float64 arrays: "W1" (n_1, n_0), "b1" (n_1, 1), "W2", …
    grads : dict of float64 arrays: for each key of `params`, "d" + key holds a gradient of the same shape. More keys
        do not matter.
    lr : Learning rate: how far to go, per unit of gradient.

    Returns
    -------
    New dict with exactly the keys of `params`. Neither `params` nor its arrays are changed.

    References
    ----------
    Lecture notes F0, section "Mini-batch梯度下降法" (W := W - a dW, b := b - a db); F4, section 1.1.1, eq. 1.
    """
    return {key: np.asarray(value - lr * grads[f"d{key}"], dtype=np.float64) for key, value in params.items()}
