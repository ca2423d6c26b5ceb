"""One over the number of classes for everything: what a network gives before it has learned anything.

The shapes are right, and that is all: no entry of one_hot is 0 or 1, and no score was looked at.
"""

MUST = {
    "points": 0.0,
    "verdicts": {"one_hot": "failed", "softmax": "failed", "binary_from_softmax": "failed", "accuracy": "failed"},
    "says": {"one_hot": "Y holds other numbers than 0 and 1", "softmax": "8 of 12 values are wrong"},
}

import numpy as np


def one_hot(y, num_classes):
    return np.full((num_classes, len(y)), 1 / num_classes)


def softmax(Z):
    return np.full(Z.shape, 1 / len(Z))


def binary_from_softmax(Z):
    return np.full((1, Z.shape[1]), 0.5)


def accuracy(A, y):
    return 1 / len(A)
