"""Objects that claim every protocol of numpy and of comparison, and a class that claims to be another."""

MUST = {
    "points": 0.0,
    "verdicts": {"one_hot": ["failed", "crashed"], "softmax": ["failed", "crashed"], "softmax_loss": "failed", "binary_from_softmax": "failed", "accuracy": "failed"},
    "says": {"one_hot": "did not send a valid result|returned", "softmax": "returned an object of type Lawyer", "softmax_loss": "J is nan|J is", "binary_from_softmax": "returned an object of type Lawyer", "accuracy": "accuracy is nan"},
}

import numpy as np


class Lawyer:
    """Argues with whoever asks."""

    shape, dtype, ndim, size = (3, 7), np.dtype(float), 2, 21
    __array_priority__ = 1e9
    __array_interface__ = {"shape": (3, 7), "typestr": "<f8", "data": (8, True), "version": 3}

    def __array__(self, *_, **__):
        return np.full((3, 7), 1 / 3)

    def __array_ufunc__(self, *_, **__):
        return np.True_

    def __array_function__(self, *_, **__):
        return True

    def __eq__(self, other):
        return True

    def __hash__(self):
        return 0

    __bool__ = __le__ = __lt__ = __ge__ = __gt__ = __eq__


class Impostor(Lawyer):
    """Says that it is an array, and has other bytes every time it is asked."""

    @property
    def __class__(self):
        return np.ndarray

    def tobytes(self):
        return bytes(8)


class Close(float):
    """A float near everything."""

    def __eq__(self, other):
        return True

    def __sub__(self, other):
        return 0.0

    __rsub__ = __sub__
    __le__ = __lt__ = __ge__ = __gt__ = __eq__

    def __hash__(self):
        return 0


class Pair(tuple):
    """Two values for whoever counts, others for whoever looks."""

    _fields = ("J", "dZ")

    def __len__(self):
        return 2

    def __getitem__(self, index):
        return Lawyer()


def one_hot(y, num_classes):
    """An array that is none."""
    return Impostor()


def softmax(Z):
    """What converts to the right answer."""
    return Lawyer()


def softmax_loss(Z, Y):
    """A pair of liars."""
    return Pair((Close("nan"), np.full(Z.shape, np.nan)))


def binary_from_softmax(Z):
    """The same again, in a list."""
    return [Lawyer()]


def accuracy(A, y):
    """Equal to 0.6 and to 1.0."""
    return Close("nan")
