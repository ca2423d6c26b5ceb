"""Zeros of the right shapes: for the shape of one_hot there is a quarter of a point, and for zeros nothing more."""

MUST = {
    "points": 0.25,
    "verdicts": {
        "one_hot": "failed",
        "softmax": "failed",
        "softmax_loss": "failed",
        "binary_from_softmax": "failed",
        "accuracy": "failed",
    },
    "says": {"softmax": "Every number is 0"},
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
