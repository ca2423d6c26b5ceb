"""Random bytes in the place of replies, as fast as they can be written."""

import os
import random

import numpy as np

MUST = {
    "points": 3.0,
    "verdicts": {"softmax": "crashed", "accuracy": "passed"},
    "says": {"softmax": "did not send a valid result"},
}


def softmax(Z):
    """Babble on every descriptor above the output."""
    babble = random.Random(1).randbytes(1 << 16)
    while True:
        for descriptor in range(3, 32):
            try:
                os.write(descriptor, babble)
            except OSError:
                pass


def accuracy(A, y):
    """The right answer, which keeps its points."""
    A, y = np.asarray(A), np.asarray(y)
    if A.ndim != 2 or A.shape[1] != len(y):
        raise ValueError("one column per label")
    answers = A[0] > 0.5 if A.shape[0] == 1 else A.argmax(axis=0)
    return float(np.mean(answers == y))
