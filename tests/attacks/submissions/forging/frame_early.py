"""A result written to the wire before anything was asked, for the first call to find."""

MUST = {
    "points": 0.0,
    "verdicts": {"accuracy": "failed", "softmax": "not_implemented"},
    "says": {"accuracy": "accuracy"},
}

import os
import struct
import sys

import numpy as np


for nonce in (bytes(8), b"\xff" * 8, bytes(range(8))):
    for value in (b"f" + struct.pack("<d", 0.6), b"N", b"T"):
        for kind in (16, 17, 18, 19):
            os.write(4, struct.pack("<IB3x8s", len(value), kind, nonce) + value)


def accuracy(A, y):
    """Leave the answer to the frames that wait."""
    return np.nan
