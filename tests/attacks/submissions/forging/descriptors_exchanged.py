"""The wire and the output exchanged, closed, and made one."""

MUST = {
    "points": 0.0,
    "verdicts": {"one_hot": ["crashed", "timed_out"], "softmax": ["crashed", "timed_out"], "accuracy": ["crashed"]},
    "says": {"one_hot": "did not send a valid result|no answer within|ended", "accuracy": "ended|exit"},
}

import os
import struct
import sys

import numpy as np


def one_hot(y, num_classes):
    """All that is printed goes to the grader now, and all answers to the student."""
    kept = os.dup(4)
    os.dup2(1, 4)
    os.dup2(kept, 1)
    os.dup2(kept, 2)
    print(struct.pack("<IB3x8s", 9, 16, bytes(8)).decode("latin-1"))
    return np.eye(num_classes)[:, y]


def softmax(Z):
    """Nothing answers any more, and nothing can be asked."""
    os.dup2(0, 3)
    os.dup2(1, 4)
    return Z


def accuracy(A, y):
    """Close everything."""
    for descriptor in range(64):
        try:
            os.close(descriptor)
        except OSError:
            pass
    return 0.6
