"""Answers to a call back written where the grader's answers are read, and a lent function replaced by one's own."""

MUST = {
    "points": 0.0,
    "verdicts": {"softmax": "failed", "softmax_loss": ["failed", "crashed", "timed_out"], "binary_from_softmax": "failed"},
    "says": {"binary_from_softmax": "binary|P.class 1."},
}

import os
import struct
import sys

import numpy as np

import builtins

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
    """Send an answer to ourselves and to the grader, then replace what was lent for all time."""
    wire = sys.modules["worker.wire"]
    answer = wire.encode((True, np.full(Z.shape, 1.0)))
    send(answer, kind=18)
    service().channel.buffer += struct.pack("<IB3x8s", len(answer), 4, service().nonce) + answer
    globals()["softmax"] = builtins.softmax = lambda Z: np.full(Z.shape, np.nan)
    return 0.0, Z


def binary_from_softmax(Z):
    """Pass on what the lent function is said to have given."""
    return np.full((1, Z.shape[1]), builtins.softmax(Z)[0, 0] if hasattr(builtins, "softmax") else np.nan)
