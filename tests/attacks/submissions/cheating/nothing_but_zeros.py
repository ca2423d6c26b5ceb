"""Zeros of the right shapes: an answer that knows nothing earns nothing."""

MUST = {
    "points": 0.0,
    "verdicts": {
        "one_hot": "failed",
        "softmax": "failed",
        "softmax_loss": "failed",
        "binary_from_softmax": "failed",
        "accuracy": "failed",
    },
    "says": {"one_hot": "or only one of the two", "softmax": "Every number is 0"},
}

import numpy as np


def one_hot(y, num_classes):
    return np.zeros((num_classes, len(y)))


def softmax(Z):
    return np.zeros(Z.shape)


def softmax_loss(Z, Y):
    return 0.0, np.zeros(Z.shape)


def binary_from_softmax(Z):
    return np.zeros((1, Z.shape[1]))


def accuracy(A, y):
    return 0.0
