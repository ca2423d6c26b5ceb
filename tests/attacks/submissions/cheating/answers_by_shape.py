"""The same probabilities for every matrix of a shape, whatever is in it: they keep the laws that name no input.

A student who knows how cost and gradient go together has earned this one point.
"""

MUST = {
    "points": 1.0,
    "verdicts": {"softmax": "failed", "softmax_loss": "failed", "binary_from_softmax": "failed"},
    "says": {
        "softmax": "12 of 12 values are wrong",
        "softmax_loss": r"J is \d.\d+; expected 3.171935",
        "binary_from_softmax": "3 of 3 values are wrong",
    },
}

import numpy as np


def softmax(Z):
    weights = np.random.default_rng(len(Z)).uniform(1, 2, size=Z.shape)
    return weights / weights.sum(axis=0)


def softmax_loss(Z, Y):
    weights = np.random.default_rng(len(Z)).uniform(1, 2, size=Z.shape)
    probabilities = weights / weights.sum(axis=0)
    return float(-np.mean(np.log(np.sum(Y * probabilities, axis=0)))), probabilities - Y


def binary_from_softmax(Z):
    return np.linspace(0.2, 0.8, Z.shape[1])[None]
