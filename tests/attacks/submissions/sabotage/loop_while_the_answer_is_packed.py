"""Answers that look like lists, dicts, texts and arrays, and never end when somebody packs them."""

import numpy as np

MUST = {
    "verdicts": {"one_hot": "timed_out", "softmax": ["crashed", "failed", "timed_out"], "accuracy": "timed_out"},
    "says": {"one_hot": "no answer within 1 s", "accuracy": "no answer within 1 s"},
}


def stay():
    """Not come back."""
    while True:
        try:
            while True:
                pass
        except BaseException:
            pass


class EndlessList(list):
    """Longer than time."""

    def __iter__(self):
        return iter(stay, None)


class EndlessArray(np.ndarray):
    """Asks for patience when asked for its kind."""

    @property
    def dtype(self):
        return stay()


class Shapeless(np.ndarray):
    """Has more dimensions and fewer bytes than it says."""

    ndim = 3
    shape = (2, 2**40, 2)

    def tobytes(self):
        return b"\x00" * 100


def one_hot(y, num_classes):
    """A list."""
    return EndlessList()


def softmax(Z):
    """An array that lies."""
    return np.zeros(3).view(Shapeless)


def accuracy(A, y):
    """An array that waits."""
    return np.zeros(3).view(EndlessArray)
