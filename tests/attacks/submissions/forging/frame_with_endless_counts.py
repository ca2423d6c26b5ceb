"""Counts of items and lengths of text far beyond what was sent, NaN among them."""

MUST = {
    "points": 0.0,
    "verdicts": {"one_hot": "crashed", "softmax": "crashed", "softmax_loss": "crashed", "binary_from_softmax": "crashed", "accuracy": "crashed"},
    "says": {"one_hot": "items announced", "softmax": "passes the end", "softmax_loss": "items announced", "binary_from_softmax": "an integer of 4294967295 bytes", "accuracy": "passes the end"},
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


# The upper half of a float that is NaN, where a count or a length stands.
NAN = struct.pack("<d", np.nan)[4:]


def one_hot(y, num_classes):
    """A list of four thousand million."""
    send(b"l" + b"\xff" * 4)


def softmax(Z):
    """A text whose length is NaN."""
    send(b"s" + NAN + b"text")


def softmax_loss(Z, Y):
    """A dict with NaN entries."""
    send(b"d" + NAN)


def binary_from_softmax(Z):
    """An integer of four gigabytes."""
    send(b"I" + b"\xff" * 4)


def accuracy(A, y):
    """Bytes that reach to the end of the address space."""
    send(b"b" + b"\xff" * 4)
