"""Streams, hooks and handlers that raise, loop or lie when the worker uses them after the call."""

import sys
import threading
import warnings

import numpy as np

MUST = {
    "points": 3.0,
    "verdicts": {"softmax": ["failed", "crashed"], "accuracy": "passed"},
    "says": {"softmax": "NaN|KeyboardInterrupt"},
}


class Broken:
    """Raises at every touch, and not what one expects."""

    def __getattribute__(self, name):
        raise KeyboardInterrupt(name)


def softmax(Z):
    """Break all that is written to."""
    sys.stdout = sys.stderr = sys.__stdout__ = sys.__stderr__ = sys.stdin = Broken()
    sys.excepthook = sys.unraisablehook = threading.excepthook = Broken()
    sys.displayhook = sys.breakpointhook = Broken()
    warnings.showwarning = warnings.formatwarning = Broken()
    threading.Thread(target=lambda: 1 / 0).start()
    return np.full(Z.shape, np.nan)


def accuracy(A, y):
    """The right answer, which keeps its points."""
    A, y = np.asarray(A), np.asarray(y)
    if A.ndim != 2 or A.shape[1] != len(y):
        raise ValueError("one column per label")
    answers = A[0] > 0.5 if A.shape[0] == 1 else A.argmax(axis=0)
    return float(np.mean(answers == y))
