"""A timer whose handler raises, in the student's code, between two calls and in the middle of a reply."""

import signal

import numpy as np

MUST = {
    "verdicts": {"softmax": "failed", "accuracy": ["failed", "crashed", "timed_out"]},
    "says": {"softmax": "NaN", "accuracy": "expected 0.6|(?i:alarm)|no answer within 1 s"},
}


class Alarm(BaseException):
    """Not one that a worker expects."""


def ring(*_):
    """Wake whoever is at work."""
    raise Alarm("wake up")


def softmax(Z):
    """Be wrong, quietly."""
    return np.full(Z.shape, np.nan)


def accuracy(A, y):
    """Set a clock that rings a thousand times a second, of three kinds, and go on to the end of time."""
    for number in (signal.SIGALRM, signal.SIGPROF, signal.SIGVTALRM):
        signal.signal(number, ring)
    while True:
        try:
            for kind in (signal.ITIMER_REAL, signal.ITIMER_PROF, signal.ITIMER_VIRTUAL):
                signal.setitimer(kind, 0.001, 0.001)
            return -1.0
        except Alarm:
            pass
