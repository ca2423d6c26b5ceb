"""A lent function is asked for an answer that does not fit a message, so that the grader seems at fault."""

MUST = {
    "points": 0.0,
    "verdicts": {"softmax": "failed", "softmax_loss": "crashed", "binary_from_softmax": "crashed"},
    "says": {"softmax_loss": "a message of 9,000,050 bytes; at most"},
}

import numpy as np


def softmax(Z):
    """Be wrong, so that the reference is lent to softmax_loss."""
    return np.zeros_like(Z)


def softmax_loss(Z, Y):
    """Ask the lent softmax for far too much."""
    softmax(np.ones((3, 3_000_000), dtype=bool))
    return 0.0, Z


def binary_from_softmax(Z):
    """The same again."""
    softmax(np.ones((3, 3_000_000), dtype=bool))
    return Z[:1]
