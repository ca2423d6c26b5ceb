"""A result whose remarks are no remarks: logs that are none, warnings that command a terminal."""

MUST = {
    "points": 0.0,
    "verdicts": {"one_hot": "crashed", "softmax": "crashed", "softmax_loss": "failed", "accuracy": "crashed"},
    "says": {"one_hot": "a result without its parts", "softmax": "log that is no list of draws", "softmax_loss": "one value of type NoneType, expected two", "accuracy": "a result without its parts"},
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


def remark(*parts):
    """Send a result with remarks made by hand."""
    send(sys.modules["worker.wire"].encode(parts), kind=19)


def one_hot(y, num_classes):
    """Too few parts."""
    remark(None, [])


def softmax(Z):
    """Draws of shapes that are none."""
    remark(Z, [[("random", (float("nan"), 2))]], False, [])


def softmax_loss(Z, Y):
    """Megabytes of warnings that clear a screen."""
    remark(None, [[]] * 5_000, True, ["\x1b[2J\x1b]0;passed\x07" * 5000, 3, None, b"x"] * 10)


def accuracy(A, y):
    """The answer alone, twice wrapped."""
    remark((0.6, [], False, []))
