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
    half = np.tanh(0.5 * np.asarray(Z, dtype=float))
    slope = 0.25 * (1.0 - half) * (1.0 + half)
    return np.multiply(slope, dA)


def tanh_backward(dA: Array, Z: Array) -> Array:
    """Carry a gradient back through the hyperbolic tangent.

    Parameters
    ----------
    dA : (n, m) float64, float32 or int. Gradient of the sum of the losses with respect to A = tanh(Z).
    Z : (n, m) float64, float32 or int. The scores that tanh was applied to; any finite size.

    Returns
    -------
    (n, m) float64. Gradient of the sum of the losses with respect to Z; no 1/m, and finite for every finite Z.

    Notes
    -----
    1. The slope of tanh at z can be written with its value at z: it is one minus the square of the value.
    2. Each entry of dA is multiplied with the slope at the same entry of Z. `np.tanh` may be used.

    References
    ----------
    Lecture notes F1, section 2.5.2, 反向传播; F3, section 1.1.2, tanh 函数 (its range is (-1, 1), of width 2 and
    not 1: erratum E16).
    """
    A = np.tanh(np.asarray(Z, dtype=np.float64))
    return np.asarray(dA * (1.0 - A**2), dtype=np.float64)


def relu_backward(dA, Z, alpha=0.0):
    dZ = np.array(dA, dtype=float, copy=True)
    dZ[Z <= 0] *= alpha
    return dZ


def linear_backward(dZ, cache):
    m = dZ.shape[1]
    return (dZ.T @ cache.W).T, (cache.A_prev @ dZ.T).T / m, dZ @ np.full((m, 1), 1 / m), "done"


def output_delta(AL: Array, Y: Array) -> Array:
    """Gradient at the scores of the last layer, for a sigmoid with cross-entropy.

    Parameters
    ----------
    AL : (n_L, m) float64 or float32, dimensionless. sigmoid(Z) of the last layer; may be exactly 0 or 1, since the
        sigmoid of 40 is 1 to the last bit.
    Y : (n_L, m) float64 or int, dimensionless. The truth: 0 or 1.

    Returns
    -------
    (n_L, m) float64, dimensionless. Gradient with respect to Z of the *sum* over all entries of

        loss = -(Y ln AL + (1 - Y) ln(1 - AL))

    No 1/m: `linear_backward` averages. Finite wherever AL is.

    Notes
    -----
    Multiply the derivative of the loss by AL with the slope of the sigmoid, on paper. What remains has neither
    a quotient nor a logarithm.

    References
    ----------
    Lecture notes F0, section "Softmax 回归", where the same formula comes out for softmax (it is the gradient of
    the loss of one example; that of the mean J has an extra 1/m: erratum E25).
    """
    return np.asarray(AL, dtype=np.float64) - np.asarray(Y, dtype=np.float64)


def model_backward(AL, Y, caches, hidden="relu"):
    back = {"relu": relu_backward, "tanh": tanh_backward, "sigmoid": sigmoid_backward}  # noqa: F821
    grads, dZ = {}, output_delta(AL, Y)  # noqa: F821
    for layer in range(len(caches), 0, -1):
        dA, dW, db, *_ = linear_backward(dZ, caches[layer - 1])  # noqa: F821
        grads.update({f"dW{layer}": dW, f"db{layer}": db})
        if layer > 1:
            dZ = back[hidden](dA, caches[layer - 2].Z) if hidden in back else dA
    return grads


def update_gd(params, grads, lr):
    return {key: (params[key] + (-lr) * grads["d" + key]).astype(np.float32) for key in sorted(params)}
