"""Threads that start threads that start threads, in Python and in C, until no more can be had."""

import ctypes
import threading
import time

import numpy as np

MUST = {
    "points": 3.0,
    "verdicts": {"softmax": "crashed", "accuracy": "passed"},
    "says": {"softmax": r"no more than 1?\d threads"},
}

LIBC = ctypes.CDLL(None, use_errno=True)
STARTED = []


def breed():
    """Start two threads, and stay."""
    STARTED.append(None)
    try:
        for _ in range(2):
            threading.Thread(target=breed, daemon=True).start()
    except RuntimeError:
        pass
    time.sleep(600)


def softmax(Z):
    """Count the threads that could be started."""
    threading.stack_size(65536)
    threading.Thread(target=breed, daemon=True).start()
    time.sleep(0.2)
    thread = ctypes.c_ulong()
    while len(STARTED) < 2000 and LIBC.pthread_create(ctypes.byref(thread), None, LIBC.pause, None) == 0:
        STARTED.append(None)
    if len(STARTED) > 19:
        raise RuntimeError(f"started {len(STARTED)} threads")
    raise OSError(f"no more than {len(STARTED)} threads could be started")


def accuracy(A, y):
    """The right answer, which keeps its points."""
    A, y = np.asarray(A), np.asarray(y)
    if A.ndim != 2 or A.shape[1] != len(y):
        raise ValueError("one column per label")
    answers = A[0] > 0.5 if A.shape[0] == 1 else A.argmax(axis=0)
    return float(np.mean(answers == y))
