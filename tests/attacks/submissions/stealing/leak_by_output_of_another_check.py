"""Hidden inputs printed late: by a thread, by a buffer that is flushed later, by a descriptor of one's own."""

MUST = {
    "points": 5.0,
    "verdicts": {"softmax": "passed", "accuracy": "failed"},
    "says": {"accuracy": "accuracy is 0"},
}

import os
import sys
import threading
import time

import numpy as np

LATE = []
COPY = os.dup(1)
BUFFER = open(os.dup(1), "w", buffering=1 << 16)


def print_late():
    """Wait until somebody else is being checked."""
    while True:
        time.sleep(0.002)
        for text in LATE[-2:]:
            os.write(COPY, f"LATE {text}\n".encode())


threading.Thread(target=print_late, daemon=True).start()


def softmax(Z):
    """Answer rightly, remember, and fill a buffer that is flushed at some other time."""
    LATE.append(repr(np.asarray(Z).ravel()[:6].tolist()))
    if len(LATE) > 8:
        BUFFER.write(LATE[-1])
        sys.stdout.write(LATE[-1])
        time.sleep(0.01)
    E = np.exp(Z - Z.max(axis=0))
    return E / E.sum(axis=0)


def accuracy(A, y):
    """Take long enough for all of it to come out."""
    BUFFER.flush()
    time.sleep(0.01)
    return 0.0
