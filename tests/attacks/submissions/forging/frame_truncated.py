"""Half a result under the right nonce, and then nothing or the end of the process."""

MUST = {
    "points": 0.0,
    "verdicts": {"softmax": "crashed", "accuracy": "timed_out"},
    "says": {"softmax": "ended its own process with exit status 0", "accuracy": "no answer within 1 s"},
}

import os
import struct
import sys

import numpy as np

import time

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
    """Announce a hundred bytes, send four, leave."""
    send(b"half", length=100)
    os._exit(0)


def accuracy(A, y):
    """Announce a hundred bytes, send four, stay."""
    send(b"half", length=100)
    time.sleep(60)
