"""Locks on a file that every worker sees, by which two submissions could talk."""

MUST = {
    "points": 0.0,
    "verdicts": {"softmax": "crashed", "accuracy": "crashed"},
    "says": {"softmax": "PermissionError", "accuracy": "PermissionError"},
}

import fcntl
import os


def softmax(Z):
    """Lock the standard library."""
    with open(os.__file__) as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return Z


def accuracy(A, y):
    """Lock a range of it."""
    with open(os.__file__) as file:
        fcntl.lockf(file, fcntl.LOCK_SH)
    return 1.0
