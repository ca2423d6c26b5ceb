"""Arrays of negative, overflowing and impossible shapes around a few bytes."""

MUST = {
    "points": 0.0,
    "verdicts": {"one_hot": "crashed", "softmax": "crashed", "softmax_loss": "crashed", "binary_from_softmax": "crashed", "accuracy": "crashed"},
    "says": {"one_hot": "does not fit the", "softmax": "does not fit the", "softmax_loss": "does not fit the", "binary_from_softmax": "too many dimensions", "accuracy": "did not send a valid result"},
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


def array(*shape, data=b""):
    """The bytes of a float64 array of that shape, whatever its data."""
    head = b"a" + bytes([11, len(shape)]) + struct.pack(f"<{len(shape)}Q", *shape)
    return head + bytes(-len(head) % 8) + data


def one_hot(y, num_classes):
    """Minus one rows, as a machine would write it."""
    send(array(2**64 - 1, 2**64 - 1, data=bytes(8)))


def softmax(Z):
    """Extents whose product is 12 modulo 2**64, which is the number of floats that follow."""
    send(array(2**62 + 3, 4, data=bytes(96)))


def softmax_loss(Z, Y):
    """No number at all, in a shape of four thousand million rows."""
    send(array(0, 2**32, 2**31))


def binary_from_softmax(Z):
    """Two hundred dimensions."""
    send(array(*([1] * 200), data=bytes(8)))


def accuracy(A, y):
    """A shape that ends in the middle."""
    send(b"a" + bytes([11, 16]) + bytes(20))
