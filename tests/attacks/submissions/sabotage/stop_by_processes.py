"""Processes, threads and signals without end."""

MUST = {
    "points": 0.0,
    "verdicts": {"one_hot": "crashed", "softmax": "failed", "softmax_loss": "crashed", "accuracy": "timed_out"},
    "says": {"one_hot": "PermissionError", "softmax_loss": "can.t start new thread", "accuracy": "no answer within 1 s|processor time"},
}

import os
import signal
import threading
import time

import numpy as np


def one_hot(y, num_classes):
    """Fork for ever."""
    while True:
        os.fork()


def softmax(Z):
    """Kill whatever can be reached."""
    for target in (-1, 0, 1, os.getppid()):
        try:
            os.kill(target, signal.SIGKILL)
        except OSError:
            pass
    return np.full(Z.shape, np.nan)


def softmax_loss(Z, Y):
    """Threads until there are no more."""
    while True:
        threading.Thread(target=time.sleep, args=(60,), daemon=True).start()


def accuracy(A, y):
    """A loop that ignores what it can."""
    for number in range(1, 32):
        try:
            signal.signal(number, signal.SIG_IGN)
        except (OSError, ValueError):
            pass
    while True:
        pass
