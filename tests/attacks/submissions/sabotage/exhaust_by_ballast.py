"""Right answers, each with megabytes beside it that the grader would have to keep."""

MUST = {
    "points": 0.0,
    "verdicts": {"softmax": "failed"},
    "says": {"softmax": "returned 45.8 MiB; at most 2 MiB are taken"},
}

import numpy as np


def softmax(Z):
    """The answer and fifty megabytes."""
    E = np.exp(Z - Z.max(axis=0))
    return E / E.sum(axis=0), np.zeros(6_000_000)
