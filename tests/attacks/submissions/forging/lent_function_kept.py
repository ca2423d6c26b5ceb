"""The lent reference kept beyond its call, to answer the exercise that it is the answer to."""

MUST = {
    "points": 0.0,
    "verdicts": {"softmax": "failed", "softmax_loss": "failed", "accuracy": ["timed_out", "failed", "crashed"]},
    "says": {"accuracy": "no answer within 1 s"},
    "never": "probabilities came",
}

import os
import struct
import sys

import numpy as np


KEPT = []


def softmax(Z):
    """Be wrong until there is a reference to ask."""
    if KEPT:
        answer = KEPT[0](Z)
        print("probabilities came")
        return answer
    return np.zeros_like(Z)


def softmax_loss(Z, Y):
    """Keep what is lent."""
    if globals()["softmax"] is not OWN:
        KEPT.append(globals()["softmax"])
    return None


def accuracy(A, y):
    """Call it once its call is over."""
    if KEPT:
        return float(KEPT[0](A)[0, 0])
    return np.nan


OWN = softmax
