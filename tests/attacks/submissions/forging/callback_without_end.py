"""A hundred thousand calls back, in turn and all at once without waiting for an answer."""

MUST = {
    "points": 0.0,
    "verdicts": {"softmax": "failed", "softmax_loss": ["crashed", "timed_out"], "binary_from_softmax": ["crashed", "timed_out"]},
    "says": {"softmax_loss": "no answer within|more than 20,000 calls of a function|a message of kind 18|processor time", "binary_from_softmax": "no answer within|more than 20,000 calls of a function|a message of kind 18|processor time"},
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
    """Be wrong, so that the reference is lent below."""
    return np.zeros_like(Z)


def softmax_loss(Z, Y):
    """Ask and ask, politely."""
    for _ in range(100_000):
        softmax(Z)
    return 0.0, Z


def binary_from_softmax(Z):
    """Ask and never listen."""
    request = sys.modules["worker.wire"].encode((0, (Z,), {}, []))
    for _ in range(100_000):
        send(request, kind=18)
    return Z[:1]
