"""The wire, the output and all other descriptors closed by the student's code, which then goes on for ever."""

import os
import time

import numpy as np

MUST = {
    "points": 3.0,
    "verdicts": {"one_hot": "crashed", "softmax": "crashed", "accuracy": "passed"},
    "says": {
        "one_hot": "(?i)clos|descriptor|connection",
        "softmax": "(?i)clos|descriptor|connection",
    },
}


def one_hot(y, num_classes):
    """Close everything and answer."""
    os.closerange(0, 4096)
    return np.eye(num_classes)[:, y]


def softmax(Z):
    """Close everything and stay."""
    os.closerange(0, 4096)
    while True:
        time.sleep(60)


def accuracy(A, y):
    """The right answer, which keeps its points."""
    A, y = np.asarray(A), np.asarray(y)
    if A.ndim != 2 or A.shape[1] != len(y):
        raise ValueError("one column per label")
    answers = A[0] > 0.5 if A.shape[0] == 1 else A.argmax(axis=0)
    return float(np.mean(answers == y))
