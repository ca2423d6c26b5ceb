"""The lent reference called with whatever may make it, or the grader around it, fall over."""

MUST = {
    "points": 0.0,
    "verdicts": {"softmax": "failed", "softmax_loss": "failed", "binary_from_softmax": "crashed"},
    "says": {"softmax_loss": "J|softmax_loss", "binary_from_softmax": r"TypeError: softmax\(\) got an unexpected keyword"},
}

import os
import struct
import sys

import numpy as np


ODD = [
    None, (), [], {}, b"x", "1.5", True, 10**400, float("nan"), np.float16(1), np.zeros((0, 1 << 26)), np.zeros((1 << 26, 0)),
    np.zeros((1,) * 16), np.full((2, 2), 1j), np.full((2, 2), -np.inf), np.zeros((2, 2), dtype="f2"), [[1, 2], [3]],
    [["1", "2"], ["x", None]], {"shape": (2, 2)}, "\ud800", [[10**400]], [[np.zeros(3)]], "9" * 100_000,
]


def softmax(Z):
    """Be wrong, so that the reference is lent below."""
    return np.zeros_like(Z)


def softmax_loss(Z, Y):
    """Swallow what comes back."""
    for odd in ODD:
        for arguments, keywords in (((odd,), {}), ((odd, odd), {}), ((), {"Z": odd}), ((), {"": odd}), ((Z,), {"out": odd})):
            try:
                softmax(*arguments, **keywords)
            except Exception:
                pass
    return None


def binary_from_softmax(Z):
    """Let it out."""
    return softmax("\x1b[2J", **{"\x1b]0;x\x07": 1})
