"""Backward passes for a gradient check to judge: a right one, five with a mistake each, and one whose mistake sleeps.

All are for the same network, three layers with tanh in the hidden ones and a sigmoid at the end, and for the same cost,
cross-entropy with an L2 penalty. As many tumours as hidden units of layer 1 are looked at, so that a sum over the wrong
axis has the right shape.
"""

from dataclasses import dataclass, replace

import numpy as np

from autograder.checking import SeededRNG

from . import reference
from .tables import breast_cancer, normalized, split

SIZES = [4, 5, 3, 1]


@dataclass(frozen=True)
class Scene:
    """A network and what it looks at: X (4, 5), Y (1, 5), and the lambda of its penalty."""

    params: dict[str, np.ndarray]
    X: np.ndarray
    Y: np.ndarray
    lambd: float

    def cost(self, params):
        """The cost that a gradient is checked against: penalty included, nothing dropped."""
        AL, _ = reference.forward.model_forward(self.X, params, "tanh", "sigmoid")
        penalty, _ = reference.regularization.l2_penalty(params, self.lambd, self.X.shape[1])
        return reference.forward.binary_cross_entropy(AL, self.Y) + penalty

    def trained(self, steps):
        """Return the scene after some steps of gradient descent with learning rate 1."""
        now = self
        for _ in range(steps):
            now = replace(now, params=reference.backprop.update_gd(now.params, right(now), 1.0))
        return now


def scene(seed, scale=1.0, lambd=2.0):
    """A scene of its own for each seed; scale: of the weights, 1 for Xavier's; lambd: of the penalty."""
    part = normalized(split(breast_cancer(), seed)).train.first(SIZES[1])
    params = reference.initialization.initialize_xavier(SIZES, SeededRNG(seed))
    draws = np.random.default_rng(seed)
    params = {
        key: value * scale if key.startswith("W") else draws.normal(0.0, 0.3 * scale, value.shape)
        for key, value in params.items()
    }
    return Scene(params, part.X[: SIZES[0]], part.row, lambd)


def right(at):
    """The gradients as they are."""
    return _walk(at)[0]


def never_averaged(at):
    """dW2 is summed over the examples and not divided by their number."""
    grads, added = right(at), _decay(at)["dW2"]
    return grads | {"dW2": (grads["dW2"] - added) * at.X.shape[1] + added}


def wrong_axis(at):
    """db1 is summed over the units, where the examples are meant; there happen to be five of each."""
    grads, deltas = _walk(at)
    return grads | {"db1": deltas[1].mean(axis=0)[:, np.newaxis]}


def slope_at_scores(at):
    """The slope of tanh is 1 - z^2, with the score z where the value of tanh belongs."""
    return _walk(at, back=lambda dA, Z: dA * (1 - Z**2))[0]


def penalty_forgotten(at):
    """The penalty is part of the cost, and its share of dW1 is missing."""
    grads = right(at)
    return grads | {"dW1": grads["dW1"] - _decay(at)["dW1"]}


def dropout_left_on(at):
    """Two of the five units of layer 1 are dropped, and the cost knows nothing of it."""
    return _walk(at, mask=np.array([[1.0], [0.0], [1.0], [0.0], [1.0]]) / 0.6)[0]


def slope_taken_for_one(at):
    """The slope of tanh is left out, which nobody notices as long as all scores are near 0."""
    return _walk(at, back=lambda dA, _: dA)[0]


# Who has planted a mistake, and in which parameters' gradients it shows.
SUSPECTS = {
    never_averaged: {"W2"},
    wrong_axis: {"b1"},
    slope_at_scores: {"W1", "b1", "W2", "b2"},
    penalty_forgotten: {"W1"},
    dropout_left_on: {"W1", "b1", "W2", "b2", "W3", "b3"},
}


def _decay(at):
    """What the penalty adds to the gradients."""
    return reference.regularization.l2_penalty(at.params, at.lambd, at.X.shape[1])[1]


def _walk(at, back=None, mask=None):
    """Go forward and back; return the gradients by name and dZ by layer.

    back: in the place of tanh_backward. mask: what the units of layer 1 are multiplied with.
    """
    forward, backprop = reference.forward, reference.backprop
    back = back or backprop.tanh_backward
    caches, A = [], at.X
    for layer in (1, 2, 3):
        W = at.params[f"W{layer}"]
        Z = forward.linear_forward(A, W, at.params[f"b{layer}"])
        caches.append(backprop.LayerCache(A, W, Z))
        A = forward.tanh(Z) if layer < 3 else forward.sigmoid(Z)
        if layer == 1 and mask is not None:
            A = A * mask
    grads, deltas = {}, {3: backprop.output_delta(A, at.Y)}
    for layer in (3, 2, 1):
        dA, grads[f"dW{layer}"], grads[f"db{layer}"] = backprop.linear_backward(deltas[layer], caches[layer - 1])
        if layer == 2 and mask is not None:
            dA = dA * mask
        if layer > 1:
            deltas[layer - 1] = back(dA, caches[layer - 2].Z)
    decay = _decay(at)
    return {key: value + decay.get(key, 0.0) for key, value in grads.items()}, deltas
