"""A process that ends as if all were well, in the middle of a call and behind the back of the interpreter."""

import ctypes
import os
import sys

import numpy as np

MUST = {
    "points": 3.0,
    "verdicts": {
        "one_hot": "crashed",
        "softmax": "crashed",
        "softmax_loss": "crashed",
        "binary_from_softmax": "crashed",
        "accuracy": "passed",
    },
    "says": {
        "one_hot": r"sys\.exit\(\)",
        "softmax": "ended its own process with exit status 0",
        "softmax_loss": "ended its own process with exit status 0",
        "binary_from_softmax": "ended its own process with exit status 0",
    },
}


def one_hot(y, num_classes):
    """As the interpreter offers it."""
    sys.exit(0)


def softmax(Z):
    """Without cleaning up."""
    os._exit(0)


def softmax_loss(Z, Y):
    """With the C library's cleaning up, after the output was closed."""
    os.close(1)
    os.close(2)
    ctypes.CDLL(None).exit(0)


def binary_from_softmax(Z):
    """Straight through the kernel."""
    ctypes.CDLL(None).syscall({"x86_64": 231, "aarch64": 94}[os.uname().machine], 0)


def accuracy(A, y):
    """The right answer, which keeps its points."""
    A, y = np.asarray(A), np.asarray(y)
    if A.ndim != 2 or A.shape[1] != len(y):
        raise ValueError("one column per label")
    answers = A[0] > 0.5 if A.shape[0] == 1 else A.argmax(axis=0)
    return float(np.mean(answers == y))
