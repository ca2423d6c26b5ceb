"""Lists in lists in lists, a hundred thousand deep, for a decoder that calls itself."""

MUST = {
    "points": 0.0,
    "verdicts": {"softmax": "crashed", "accuracy": "failed", "one_hot": "crashed"},
    "says": {"softmax": "nesting deeper than 32 levels", "accuracy": "returned nesting deeper than 32 levels", "one_hot": "nesting deeper than 32"},
}

import os
import struct
import sys

import numpy as np

def service():
    """The worker's own loop, found among the frames that called us."""
    frame = sys._getframe()
    while not hasattr(frame.f_locals.get("self"), "nonce"):
        frame = frame.f_back
    return frame.f_locals["self"]


def send(payload, kind=16, length=None, nonce=None):
    """Write one frame to the wire by hand, under the nonce of this very call unless another is given."""
    nonce = service().nonce if nonce is None else nonce
    os.write(4, struct.pack("<IB3x8s", len(payload) if length is None else length, kind, nonce) + payload)


def one_hot(y, num_classes):
    """Dicts in dicts."""
    send((b"d\x01\0\0\0" + b"\x01\0\0\0k") * 100_000 + b"N")


def softmax(Z):
    """Lists in lists."""
    send(b"l\x01\0\0\0" * 100_000 + b"N")


def accuracy(A, y):
    """The same as an honest value, for the encoder."""
    nested = 0.6
    for _ in range(100_000):
        nested = [nested]
    return nested
