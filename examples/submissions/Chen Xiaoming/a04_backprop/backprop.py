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


def sigmoid_backward(dA: Array, Z: Array) -> Array:
    """Carry a gradient back through the sigmoid.

    Parameters
    ----------
    dA : (n, m) float64, float32 or int. Gradient of the sum of the losses with respect to A = sigmoid(Z).
    Z : (n, m) float64, float32 or int. The scores that the sigmoid was applied to; any finite size.

    Returns
    -------
    (n, m) float64. Gradient of the sum of the losses with respect to Z; no 1/m, and finite for every finite Z.

    Notes
    -----
    1. The slope of the sigmoid at z can be written with its value at z: it is the value times one minus the value.
    2. Each entry of dA is multiplied with the slope at the same entry of Z.

    Far from zero the slope is 0 to the last bit (at 1000, for instance), and so is the result: never NaN.

    References
    ----------
    Lecture notes F1, section 2.5.2, 反向传播 (dZ = dA ∘ g'(Z)); F3, section 1.1.2, sigmoid函数.
    """
    decay = np.exp(-np.abs(np.asarray(Z, dtype=np.float64)))
    return np.asarray(dA * (decay / (1.0 + decay) ** 2), dtype=np.float64)


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


def linear_backward(dZ: Array, cache: LayerCache) -> tuple[Array, Array, Array]:
    """Carry a gradient back through Z = W A_prev + b.

    Parameters
    ----------
    dZ : (n, m) float64, float32 or int. Gradient of the sum of the losses with respect to Z.
    cache : LayerCache. `A_prev` (n_prev, m) and `W` (n, n_prev) of this layer; its `Z` is not needed here.

    Returns
    -------
    dA_prev : (n_prev, m) float64. Gradient of the *sum* of the losses with respect to A_prev: no 1/m.
    dW : (n, n_prev) float64. Gradient of their *mean* with respect to W.
    db : (n, 1) float64. Gradient of their *mean* with respect to b; a column, like b itself.

    Notes
    -----
    1. Each of the three has the shape of what it is the gradient of: that settles which factor is transposed.
    2. dW and db add up the examples and divide by m; dA_prev keeps a column for each example.

    References
    ----------
    Lecture notes F1, section 2.5.2, 反向传播, the formulae for m examples. Two misprints (erratum E14): for a single
    example dW lacks the transpose, and db lacks keepdims=True.
    """
    dZ = np.asarray(dZ, dtype=np.float64)
    m = dZ.shape[1]
    dA_prev: Array = cache.W.T @ dZ
    dW: Array = dZ @ cache.A_prev.T / m
    db: Array = dZ.sum(axis=1, keepdims=True) / m
    return dA_prev, dW, db


def output_delta(AL, Y):
    return np.abs(AL - Y)


def model_backward(AL, Y, caches, hidden="relu"):
    through = {
        "relu": relu_backward,  # noqa: F821
        "tanh": tanh_backward,  # noqa: F821
        "sigmoid": sigmoid_backward,  # noqa: F821
        "linear": lambda dA, Z: dA,
    }
    L = len(caches)
    grads = {f"dZ{L}": output_delta(AL, Y)}  # noqa: F821
    for layer in range(L, 0, -1):
        parts = linear_backward(grads[f"dZ{layer}"], caches[layer - 1])  # noqa: F821
        grads[f"dA{layer - 1}"], grads[f"dW{layer}"], grads[f"db{layer}"] = parts[:3]
        if layer > 1:
            grads[f"dZ{layer - 1}"] = through[hidden](grads[f"dA{layer - 1}"], caches[layer - 2].Z)
    return grads


def update_gd(params, grads, lr):
    from copy import deepcopy

    new = deepcopy(params)
    for key, value in new.items():
        new[key] = np.subtract(value, np.multiply(lr, grads["d" + key]))
    return new
