"""Output from a thread, to both streams, past Python, without a newline, in the call and after it."""

import ctypes
import os
import sys
import threading

import numpy as np

MUST = {
    "points": 3.0,
    "verdicts": {"softmax": "output_exceeded", "softmax_loss": "output_exceeded", "accuracy": "passed"},
    "says": {"softmax": "more than 64 KiB were printed", "softmax_loss": "more than 64 KiB were printed"},
}

WRITE = ctypes.CDLL(None).write
RUBBISH = b"\x00\x1b[2J\xff" * 8192


def flood():
    """Write for ever."""
    while True:
        for stream in (1, 2):
            WRITE(stream, RUBBISH, len(RUBBISH))


def softmax(Z):
    """Flood from here and from a thread."""
    threading.Thread(target=flood, daemon=True).start()
    flood()


def softmax_loss(Z, Y):
    """Flood with what Python keeps back until the call is over."""
    sys.stdout = open(os.dup(1), "w", buffering=1 << 20)
    sys.stdout.write("A" * 200_000)
    return 0.0, Z


def accuracy(A, y):
    """The right answer, which keeps its points."""
    A, y = np.asarray(A), np.asarray(y)
    if A.ndim != 2 or A.shape[1] != len(y):
        raise ValueError("one column per label")
    answers = A[0] > 0.5 if A.shape[0] == 1 else A.argmax(axis=0)
    return float(np.mean(answers == y))
