"""Hidden inputs in a frame whose shape the decoder would quote."""

MUST = {
    "points": 4.5,
    "verdicts": {"softmax": "crashed"},
    "says": {"softmax": "the process ended, or sent no valid result"},
}

import os
import struct
import sys

import numpy as np

calls = 0


def softmax(Z):
    """Answer rightly while the checks are public, then speak."""
    global calls
    calls += 1
    if calls > 8:
        nonce = sys._getframe(2).f_locals["self"].nonce
        numbers = np.asarray(Z, float).ravel()[:4].view(np.uint64).tolist()
        payload = b"a" + bytes([11, 5]) + struct.pack("<5Q", *numbers[:4], 7)
        os.write(4, struct.pack("<IB3x8s", len(payload), 16, nonce) + payload)
        os._exit(0)
    E = np.exp(Z - Z.max(axis=0))
    return E / E.sum(axis=0)
