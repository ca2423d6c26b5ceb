"""A result that announces four gigabytes, and one that is a little longer than any may be."""

MUST = {
    "points": 0.0,
    "verdicts": {"softmax": "crashed", "accuracy": "crashed"},
    "says": {"softmax": "a message of 4,294,967,295 bytes; at most 2,097,152 fit", "accuracy": "a message of 2,097,153 bytes"},
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


def softmax(Z):
    """Announce all that a length can say."""
    send(b"a", length=0xFFFFFFFF)
    return Z


def accuracy(A, y):
    """Send every byte of what is too long."""
    send(bytes(2 * 1024 * 1024 + 1))
    return 0.6
