"""Right answers while the public checks are run, by count of calls, and another answer to what comes after them."""

MUST = {
    "points": 2.5,
    "verdicts": {"accuracy": "failed"},
    "says": {"accuracy": "law broken: accuracy = right answers / m"},
}

import numpy as np

CALLS = []


def accuracy(A, y):
    CALLS.append(y)
    answers = A[0] > 0.5 if len(A) == 1 else np.argmax(A, axis=0)
    right = float(np.mean(answers == y))
    return right if len(CALLS) <= 5 else 1.0 - right
