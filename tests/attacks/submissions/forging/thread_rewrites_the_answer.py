"""A thread that goes on after the return and rewrites the array that was returned, and the bytes that carry it."""

MUST = {
    "points": 0.0,
    "verdicts": {"softmax": "failed", "accuracy": "failed"},
    "says": {"softmax": "A has the right shape", "accuracy": "accuracy is nan"},
}

import gc
import threading
import time

import numpy as np


RETURNED = []


def rewrite():
    """Turn every answer, once it is given, into another."""
    while True:
        for array in RETURNED[-3:]:
            array[...] = np.random.random(array.shape)
        for thing in gc.get_objects():
            if isinstance(thing, bytearray) and len(thing) > 16:
                thing[16:] = bytes(len(thing) - 16)
        time.sleep(0.001)


threading.Thread(target=rewrite, daemon=True).start()


def softmax(Z):
    """Give an array that will be another."""
    RETURNED.append(np.full(Z.shape, np.nan))
    return RETURNED[-1]


def accuracy(A, y):
    """Give a number in an array that will be another."""
    RETURNED.append(np.full((1, 1), np.nan))
    return RETURNED[-1]
