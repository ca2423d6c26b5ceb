"""A thread that takes the grader's requests off the wire before the worker can read them."""

import os
import threading

import numpy as np

MUST = {
    "limits": {"call_seconds": 0.5},
    "points": 3.0,
    "verdicts": {"softmax": ["failed", "timed_out"], "accuracy": "passed"},
    "says": {"softmax": "NaN|no answer within 0.5 s"},
}


SWALLOWERS = []


def swallow():
    """Read what is meant for others."""
    while os.read(3, 1 << 16):
        pass


def softmax(Z):
    """Leave swallowers behind."""
    threading.stack_size(65536)
    while len(SWALLOWERS) < 8:
        SWALLOWERS.append(threading.Thread(target=swallow, daemon=True))
        SWALLOWERS[-1].start()
    return np.full(Z.shape, np.nan)


def accuracy(A, y):
    """The right answer, which keeps its points."""
    A, y = np.asarray(A), np.asarray(y)
    if A.ndim != 2 or A.shape[1] != len(y):
        raise ValueError("one column per label")
    answers = A[0] > 0.5 if A.shape[0] == 1 else A.argmax(axis=0)
    return float(np.mean(answers == y))
