"""A loop that swallows every exception, with every signal handled, ignored or blocked."""

import signal

import numpy as np

MUST = {
    "points": 3.0,
    "verdicts": {"softmax": "timed_out", "accuracy": "passed"},
    "says": {"softmax": "no answer within 1 s.*loop"},
}


def softmax(Z):
    """Listen to nobody."""
    for number in signal.valid_signals():
        for action in (signal.SIG_IGN, lambda *_: None):
            try:
                signal.signal(number, action)
            except (OSError, ValueError):
                pass
    signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
    while True:
        try:
            try:
                while True:
                    pass
            except BaseException:
                continue
            finally:
                continue
        except BaseException:
            continue


def accuracy(A, y):
    """The right answer, which keeps its points."""
    A, y = np.asarray(A), np.asarray(y)
    if A.ndim != 2 or A.shape[1] != len(y):
        raise ValueError("one column per label")
    answers = A[0] > 0.5 if A.shape[0] == 1 else A.argmax(axis=0)
    return float(np.mean(answers == y))
