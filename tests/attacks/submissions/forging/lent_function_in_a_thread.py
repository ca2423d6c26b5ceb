"""The lent reference called by a thread that lives on, while other calls are being answered."""

MUST = {
    "points": 0.0,
    "verdicts": {"softmax": "failed", "softmax_loss": ["failed", "crashed", "timed_out"], "binary_from_softmax": ["failed", "crashed", "timed_out"], "accuracy": ["failed", "crashed", "timed_out"]},
    "says": {"accuracy": "accuracy|no answer|did not send"},
}

import os
import struct
import sys

import numpy as np

import threading
import time


OWN = []


def softmax(Z):
    """Be wrong, so that the reference is lent below."""
    return np.zeros_like(Z)


def ask_for_ever(lent, Z):
    """Call what is lent, and so read what is meant for others."""
    while True:
        try:
            OWN.append(lent(Z))
        except Exception:
            pass


def softmax_loss(Z, Y):
    """Leave a thread with the lent function."""
    threading.Thread(target=ask_for_ever, args=(globals()["softmax"], Z), daemon=True).start()
    time.sleep(0.01)
    return 0.0, Z


def binary_from_softmax(Z):
    """Be there while the thread asks."""
    time.sleep(0.01)
    return np.zeros((1, Z.shape[1]))


def accuracy(A, y):
    """The same."""
    time.sleep(0.01)
    return np.nan
