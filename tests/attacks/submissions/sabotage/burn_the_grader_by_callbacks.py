"""The grader's own softmax, lent for one call, asked for large answers without end."""

import numpy as np

MUST = {
    "points": 3.0,
    "verdicts": {"softmax": "failed", "softmax_loss": "timed_out", "accuracy": "passed"},
    "says": {"softmax_loss": "no answer within 1 s|all calls of this exercise together took more than 4 s"},
}


def softmax(Z):
    """Be wrong, so that the reference is lent to softmax_loss."""
    return np.full(Z.shape, np.nan)


def softmax_loss(Z, Y):
    """Keep the grader busy, and swallow what it says."""
    while True:
        for shape in ((400, 600), (1, 240_000), (240_000, 1), (0, 5), (3,)):
            try:
                softmax(np.ones(shape))
            except Exception:
                pass


def accuracy(A, y):
    """The right answer, which keeps its points."""
    A, y = np.asarray(A), np.asarray(y)
    if A.ndim != 2 or A.shape[1] != len(y):
        raise ValueError("one column per label")
    answers = A[0] > 0.5 if A.shape[0] == 1 else A.argmax(axis=0)
    return float(np.mean(answers == y))
