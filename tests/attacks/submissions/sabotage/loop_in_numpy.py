"""A sum over an array of no bytes and 10**18 objects: numpy holds the interpreter's lock all the time."""

import numpy as np

MUST = {"verdicts": {"softmax": "timed_out"}, "says": {"softmax": "no answer within 1 s"}}


def softmax(Z):
    """Add one and one and one."""
    return np.broadcast_to(np.array(1, dtype=object), (10**6, 10**6, 10**6)).sum()
