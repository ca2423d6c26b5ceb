"""A million well-formed frames that answer nobody's question, before the answer, in ten sizes."""

import os
import struct

import numpy as np

MUST = {
    "points": 3.0,
    "verdicts": {"softmax": "crashed", "accuracy": "passed"},
    "says": {"softmax": "messages nobody asked for"},
}


def softmax(Z):
    """Send frames by the thousand, then the right answer."""
    for length in range(10):
        many = b"".join(struct.pack("<IB3x8s", length, 16, bytes([n % 251] * 8)) + b"N" * length for n in range(1000))
        for _ in range(100):
            view = memoryview(many)
            while view:
                view = view[os.write(4, view) :]
    E = np.exp(Z - Z.max(axis=0, keepdims=True))
    return E / E.sum(axis=0, keepdims=True)


def accuracy(A, y):
    """The right answer, which keeps its points."""
    A, y = np.asarray(A), np.asarray(y)
    if A.ndim != 2 or A.shape[1] != len(y):
        raise ValueError("one column per label")
    answers = A[0] > 0.5 if A.shape[0] == 1 else A.argmax(axis=0)
    return float(np.mean(answers == y))
