"""Requests, sources and answers sent in the wrong direction, and values that only a grader may send."""

MUST = {
    "points": 0.0,
    "verdicts": {"one_hot": "crashed", "softmax": "crashed", "softmax_loss": "crashed", "binary_from_softmax": "crashed", "accuracy": "crashed"},
    "says": {"one_hot": "a message of kind 1 in place", "softmax": "a message of kind 4 in place", "softmax_loss": "a function, which only the grader may send", "binary_from_softmax": "a random generator, which only the grader may send", "accuracy": "a message of kind 255 in place"},
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
    """Sources for the grader."""
    send(b"d\0\0\0\0", kind=1)


def softmax(Z):
    """An answer to a question that nobody asked."""
    send(b"N", kind=4)


def softmax_loss(Z, Y):
    """A function."""
    send(b"c" + struct.pack("<I", 0))


def binary_from_softmax(Z):
    """A generator."""
    send(b"g" + struct.pack("<I", 6) + b"seeded" + b"d\0\0\0\0")


def accuracy(A, y):
    """A kind that there is not."""
    send(b"f" + struct.pack("<d", 0.6), kind=255)
