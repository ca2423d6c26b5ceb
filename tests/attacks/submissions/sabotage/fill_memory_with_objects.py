"""Memory taken by everything that Python and numpy have to take it with."""

import numpy as np

MUST = {
    "points": 3.0,
    "verdicts": {
        "one_hot": "memory_exceeded",
        "softmax": "memory_exceeded",
        "softmax_loss": "memory_exceeded",
        "binary_from_softmax": "memory_exceeded",
        "accuracy": "passed",
    },
    "says": {
        "one_hot": "more memory was asked for than the 256 MiB there are(?!: softmax)",
        "softmax": "more memory was asked for than the 256 MiB there are(?!: softmax)",
        "softmax_loss": "more memory was asked for than the 256 MiB there are(?!: softmax)",
        "binary_from_softmax": "more memory was asked for than the 256 MiB there are(?!: softmax)",
    },
}

KEPT = []


def one_hot(y, num_classes):
    """One array, at once."""
    return np.ones((10**6, 10**6))


def softmax(Z):
    """Megabyte by megabyte, and none of it given back."""
    while True:
        KEPT.append(bytearray(1 << 20))


def softmax_loss(Z, Y):
    """A list that holds its own doubles."""
    grown = [0]
    while True:
        grown += grown


def binary_from_softmax(Z):
    """A text, by the power of formatting."""
    return f"{0:>{10**10}}"


def accuracy(A, y):
    """The right answer, which keeps its points."""
    A, y = np.asarray(A), np.asarray(y)
    if A.ndim != 2 or A.shape[1] != len(y):
        raise ValueError("one column per label")
    answers = A[0] > 0.5 if A.shape[0] == 1 else A.argmax(axis=0)
    return float(np.mean(answers == y))
