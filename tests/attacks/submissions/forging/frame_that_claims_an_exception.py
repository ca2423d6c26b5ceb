"""Exceptions told by hand, named as the grader's own and with places that are none."""

MUST = {
    "points": 0.0,
    "verdicts": {"one_hot": "crashed", "softmax": "crashed", "softmax_loss": "crashed", "binary_from_softmax": "crashed", "accuracy": "crashed"},
    "says": {"one_hot": "a malformed frame", "softmax": "SandboxError", "softmax_loss": "an exception without its parts", "binary_from_softmax": "a malformed frame", "accuracy": "an exception without its parts"},
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


def tell(**told):
    """Send an exception that was never raised."""
    whole = {"type": "ValueError", "message": "", "frames": [], "syntax": None, **told}
    send(sys.modules["worker.wire"].encode(whole), kind=17)


def one_hot(y, num_classes):
    """A fault that would cost nothing."""
    tell(type="GraderFault", message="disk full", frames=[["softmax.py", -(10**30), "x"], ["../../etc/passwd", 1, "x"]])


def softmax(Z):
    """A sandbox that has failed."""
    tell(type="SandboxError", message="no worker", missing="sandbox", frames=[["/etc/passwd", 1, "\x1b[2J"]])


def softmax_loss(Z, Y):
    """A syntax error on no line."""
    tell(type="SyntaxError", syntax=["softmax.py", float("nan"), 10**40, -1])


def binary_from_softmax(Z):
    """A frame of the wrong parts."""
    tell(frames=[[1, "softmax.py", None]])


def accuracy(A, y):
    """A number in place of an exception."""
    send(b"f" + struct.pack("<d", 0.6), kind=17)
