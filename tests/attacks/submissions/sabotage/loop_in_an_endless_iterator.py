"""Iterators that C code follows for ever, with the interpreter's lock held and no signal looked at."""

import collections
import itertools

MUST = {
    "verdicts": {"softmax": "timed_out", "accuracy": "timed_out"},
    "says": {"softmax": "no answer within 1 s", "accuracy": "no answer within 1 s"},
}


def softmax(Z):
    """Add up a thousand million million numbers."""
    return sum(range(10**15))


def accuracy(A, y):
    """Throw away the end of what has none."""
    collections.deque(itertools.repeat(0), maxlen=0)
    return 1.0
