"""An answer whose last reference dies after it was sent, in a destructor that never ends."""

import numpy as np

MUST = {
    "points": 3.0,
    "verdicts": {"one_hot": "timed_out", "softmax": "failed", "accuracy": "passed"},
    "says": {"one_hot": "no answer within 1 s", "softmax": "NaN"},
}


class Clinging(np.ndarray):
    """Cannot be freed."""

    def __del__(self):
        """Hold on."""
        while True:
            try:
                while True:
                    pass
            except BaseException:
                pass


def one_hot(y, num_classes):
    """Die with something clinging to the frame and to the traceback."""
    held = np.zeros(3).view(Clinging)
    raise ValueError("the answer comes later", held)


def softmax(Z):
    """Give an answer first, and cling when the worker lets go of it."""
    return np.full(Z.shape, np.nan).view(Clinging)


def accuracy(A, y):
    """The right answer, which keeps its points."""
    A, y = np.asarray(A), np.asarray(y)
    if A.ndim != 2 or A.shape[1] != len(y):
        raise ValueError("one column per label")
    answers = A[0] > 0.5 if A.shape[0] == 1 else A.argmax(axis=0)
    return float(np.mean(answers == y))
