"""Checks skipped after a flood of output, taken up again once an earlier function is lent: hidden ones before another's public ones."""

MUST = {
    "points": 11.0,
    "verdicts": {"softmax": "failed", "softmax_loss": "passed", "binary_from_softmax": "failed"},
    "says": {"softmax": "law broken: "},
    "never": "SEEN",
}

import numpy as np

public_calls = 4
SEEN = []


def accuracy(A, y):
    """Count the public checks, this exercise's being the last of them."""
    global public_calls
    public_calls -= 1
    return 0.0


def softmax(Z):
    """Right while the checks are public; wrong in the hidden ones, so that what builds on it is looked at again."""
    if public_calls <= 0:
        return np.zeros(Z.shape)
    E = np.exp(Z - Z.max(axis=0))
    return E / E.sum(axis=0)


def softmax_loss(Z, Y):
    """Flood the output until the reference is lent; then be right, and remember."""
    if softmax is OWN:
        for _ in range(1000):
            print("x" * 1000)
    SEEN.append(np.asarray(Z).ravel()[:8].tolist())
    S = Z - Z.max(axis=0)
    log_p = S - np.log(np.exp(S).sum(axis=0))
    return float(-np.sum(Y * log_p) / Z.shape[1]), np.exp(log_p) - Y


def binary_from_softmax(Z):
    """Wrong, so that it is looked at again; and talkative."""
    if SEEN:
        raise ValueError(f"SEEN {SEEN[-1]}")
    return np.zeros((1, Z.shape[1]))


OWN = softmax
