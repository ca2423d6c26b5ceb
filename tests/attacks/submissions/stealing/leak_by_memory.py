"""Hidden inputs remembered by one function and printed by another, in a check that shows what is printed."""

MUST = {
    "points": 5.0,
    "verdicts": {"softmax": "passed", "accuracy": "failed"},
    "says": {"accuracy": "accuracy is 0; expected 0.6"},
}

import numpy as np

SEEN = []


def softmax(Z):
    """Remember every input."""
    SEEN.append(np.array(Z))
    E = np.exp(Z - Z.max(axis=0))
    return E / E.sum(axis=0)


def accuracy(A, y):
    """Print what softmax has seen last."""
    if SEEN:
        print("HIDDEN", SEEN[-1].tolist())
    return 0.0
