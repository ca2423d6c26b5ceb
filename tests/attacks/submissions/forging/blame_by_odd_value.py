"""Values that a check may trip over, so that the grader seems at fault."""

MUST = {
    "points": 0.0,
    "verdicts": {"one_hot": "failed", "softmax": "failed", "softmax_loss": "failed", "binary_from_softmax": "failed", "accuracy": "failed"},
    "says": {"softmax": "A has shape .0, 67108864. and is empty", "softmax_loss": "J is an array of shape", "accuracy": "accuracy is inf"},
}

import numpy as np


def one_hot(y, num_classes):
    """A list in a list in a list."""
    nested = []
    for _ in range(25):
        nested = [nested]
    return nested


def softmax(Z):
    """No bytes and a large shape."""
    return np.empty((0, 1 << 26))


def softmax_loss(Z, Y):
    """Two values that meet in a huge array, if they are broadcast."""
    return np.zeros((30_000, 1)), np.zeros((1, 30_000))


def binary_from_softmax(Z):
    """A dict with odd keys."""
    return {"": None, "\ud800": [float("nan"), 10**400]}


def accuracy(A, y):
    """A number that no float holds."""
    return 10**400
