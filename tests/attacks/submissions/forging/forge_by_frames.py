"""Results written to every descriptor by hand: without a nonce, with a wrong one, truncated, of unknown kind."""

MUST = {
    "points": 0.0,
    "verdicts": {"softmax": "failed", "accuracy": "crashed"},
    "says": {"softmax": "12 NaN among 12 numbers", "accuracy": "ended its own process with exit status 0"},
}

import os
import struct

import numpy as np


def softmax(Z):
    """Shout results and give none."""
    value = b"f" + struct.pack("<d", 1.0)
    for kind in (16, 17, 18, 19, 99):
        for nonce in (bytes(8), b"\xff" * 8):
            for length in (len(value), 3, 0):
                for descriptor in (1, 2, 3, 4):
                    try:
                        os.write(descriptor, struct.pack("<IB3x8s", length, kind, nonce) + value[:length])
                    except OSError:
                        pass
    print('{"verdict": "passed", "points": 20}')
    return np.full(Z.shape, np.nan)


def accuracy(A, y):
    """Half a frame, and then the end of the process."""
    os.write(4, struct.pack("<IB3x8s", 100, 16, bytes(8)) + b"half")
    os._exit(0)
