"""Answers that are far larger than what was asked for, in bytes, in items, in digits and in depth."""

import numpy as np

MUST = {
    "points": 3.0,
    "verdicts": {
        "one_hot": "failed",
        "softmax": "failed",
        "softmax_loss": "failed",
        "binary_from_softmax": "failed",
        "accuracy": "passed",
    },
    "says": {
        "one_hot": r"returned.*(MiB|bytes)",
        "softmax": r"returned.*items",
        "softmax_loss": r"^(?!.*\bwire\b).*returned an integer",
        "binary_from_softmax": "returned.* nest",
    },
}


def one_hot(y, num_classes):
    """Forty megabytes."""
    return np.zeros((5, 1_000_000))


def softmax(Z):
    """Half a million items of a few bytes each."""
    return [None] * 500_000


def softmax_loss(Z, Y):
    """A number of a hundred thousand digits."""
    return 10**100_000, Z


def binary_from_softmax(Z):
    """A list in a list, and itself at the bottom."""
    nested = []
    nested.append(nested)
    return nested


def accuracy(A, y):
    """The right answer, which keeps its points."""
    A, y = np.asarray(A), np.asarray(y)
    if A.ndim != 2 or A.shape[1] != len(y):
        raise ValueError("one column per label")
    answers = A[0] > 0.5 if A.shape[0] == 1 else A.argmax(axis=0)
    return float(np.mean(answers == y))
