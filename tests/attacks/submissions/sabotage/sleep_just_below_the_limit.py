"""Calls that each stay below the limit of a call, and together take as long as they can."""

import time

import numpy as np

MUST = {
    "limits": {"call_seconds": 2.0, "wall_seconds": 3.0},
    "points": 4.0,
    "verdicts": {"softmax": "timed_out", "accuracy": "passed"},
    "says": {"softmax": r"\b3 s\b"},
}


def softmax(Z):
    """Think it over, and be right."""
    time.sleep(1.7)
    E = np.exp(Z - Z.max(axis=0, keepdims=True))
    return E / E.sum(axis=0, keepdims=True)


def accuracy(A, y):
    """The right answer, which keeps its points."""
    A, y = np.asarray(A), np.asarray(y)
    if A.ndim != 2 or A.shape[1] != len(y):
        raise ValueError("one column per label")
    answers = A[0] > 0.5 if A.shape[0] == 1 else A.argmax(axis=0)
    return float(np.mean(answers == y))
