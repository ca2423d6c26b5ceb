"""Calls back to functions of numbers that nobody lent, and to the grader's own by name."""

MUST = {
    "points": 0.0,
    "verdicts": {"softmax": "failed", "softmax_loss": "crashed", "binary_from_softmax": "crashed", "accuracy": "crashed"},
    "says": {"softmax_loss": "a call back to a function that was not lent", "binary_from_softmax": "a call back to a function", "accuracy": "a call back to a function"},
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


def ask(*request):
    """Ask the grader to call something."""
    send(sys.modules["worker.wire"].encode(request), kind=18)


def softmax(Z):
    """Be wrong, so that the reference is lent below."""
    return np.zeros_like(Z)


def softmax_loss(Z, Y):
    """The last function from the end, as Python would count."""
    ask(-1, (Z,), {}, [])


def binary_from_softmax(Z):
    """A function by its name."""
    ask("os.system", ("id",), {}, [])


def accuracy(A, y):
    """Number 0, where nothing is lent at all."""
    ask(0, (A, y), {}, [])
