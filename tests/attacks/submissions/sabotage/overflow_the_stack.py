"""Recursion without end: of Python alone, of C code that calls Python, and of a thread with a tiny stack."""

import functools
import sys
import threading

import numpy as np

MUST = {
    "points": 3.0,
    "verdicts": {
        "one_hot": "crashed",
        "softmax": "crashed",
        "softmax_loss": ["memory_exceeded", "timed_out"],
        "binary_from_softmax": "crashed",
        "accuracy": "passed",
    },
    "says": {
        "one_hot": "RecursionError",
        "softmax": "segmentation fault.*recursion",
        "softmax_loss": "memory|no answer within 1 s",
        "binary_from_softmax": "segmentation fault.*recursion",
    },
}


def through_c():
    """Call C that calls this."""
    return functools.reduce(lambda *_: through_c(), (1, 2))


def one_hot(y, num_classes):
    """As every student does it once."""
    return one_hot(y, num_classes)


def softmax(Z):
    """Past the limit that Python sets, through C."""
    sys.setrecursionlimit(10**9)
    return through_c()


def softmax_loss(Z, Y):
    """Past the limit, in Python alone, which keeps its frames elsewhere."""
    sys.setrecursionlimit(10**9)

    def deeper():
        return deeper()

    return deeper()


def binary_from_softmax(Z):
    """In a thread with little room."""
    sys.setrecursionlimit(10**9)
    threading.stack_size(32768)
    thread = threading.Thread(target=through_c)
    thread.start()
    thread.join()


def accuracy(A, y):
    """The right answer, which keeps its points."""
    A, y = np.asarray(A), np.asarray(y)
    if A.ndim != 2 or A.shape[1] != len(y):
        raise ValueError("one column per label")
    answers = A[0] > 0.5 if A.shape[0] == 1 else A.argmax(axis=0)
    return float(np.mean(answers == y))
