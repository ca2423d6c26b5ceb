"""Arrays whose dtype no wire should carry: objects, records, texts, dates; and bools that are both."""

MUST = {
    "points": 0.0,
    "verdicts": {"one_hot": "crashed", "softmax": "crashed", "softmax_loss": "crashed", "binary_from_softmax": "crashed", "accuracy": "crashed"},
    "says": {"one_hot": "neither 0 nor 1", "softmax": "unknown dtype", "softmax_loss": "unknown tag", "binary_from_softmax": "scalar of unknown dtype", "accuracy": "neither 0 nor 1"},
}

import os
import struct
import sys

import numpy as np

import pickle

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
    """Twelve bools that are 2."""
    send(b"a" + bytes([0, 2]) + struct.pack("<2Q", 3, 4) + bytes(5) + b"\2" * 12)


def softmax(Z):
    """A dtype beyond the last, with pointers as its data."""
    send(b"a" + bytes([14, 1]) + struct.pack("<Q", 1) + bytes(5) + struct.pack("<Q", id(Z)))


def softmax_loss(Z, Y):
    """A pickle, in case somebody loads it."""
    send(pickle.dumps((0.0, Z)))


def binary_from_softmax(Z):
    """A scalar of a dtype beyond the last."""
    send(b"n" + bytes([255]) + bytes(8))


def accuracy(A, y):
    """One bool that is 255: equal to True for some, and greater for others."""
    send(b"n" + bytes([0]) + b"\xff")
