"""A reply with the right nonce that comes byte by byte, each in time, the whole never."""

import os
import struct
import sys
import time

import numpy as np

MUST = {
    "limits": {"call_seconds": 0.5},
    "points": 3.0,
    "verdicts": {"softmax": "timed_out", "accuracy": "passed"},
    "says": {"softmax": "no answer within 0.5 s"},
}


def nonce():
    """The nonce of this call, wherever a frame above holds it."""
    frame = sys._getframe()
    while frame is not None:
        for value in frame.f_locals.values():
            if type(getattr(value, "nonce", None)) is bytes:
                return value.nonce
        frame = frame.f_back
    return bytes(8)


def softmax(Z):
    """Announce a megabyte and send a byte every few milliseconds."""
    drops = struct.pack("<IB3x8s", 1 << 20, 16, nonce()) + b"a\x0b\x02" + bytes(10_000)
    for drop in drops:
        os.write(4, bytes([drop]))
        time.sleep(0.02)
    return Z


def accuracy(A, y):
    """The right answer, which keeps its points."""
    A, y = np.asarray(A), np.asarray(y)
    if A.ndim != 2 or A.shape[1] != len(y):
        raise ValueError("one column per label")
    answers = A[0] > 0.5 if A.shape[0] == 1 else A.argmax(axis=0)
    return float(np.mean(answers == y))
