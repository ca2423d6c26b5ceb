"""Values that are quickly sent and slowly looked at, so that the grader runs out of time or memory instead."""

MUST = {
    "points": 0.0,
    "verdicts": {"one_hot": "failed", "softmax": "failed", "softmax_loss": "failed", "binary_from_softmax": "failed", "accuracy": "failed"},
    "says": {"one_hot": "Y is|Y has", "softmax": "A is|A has", "softmax_loss": "softmax_loss gave|J is", "binary_from_softmax": "P.class 1. is|P.class 1. has", "accuracy": "accuracy is|accuracy has"},
}

import numpy as np


def one_hot(y, num_classes):
    """Thousands of lists in a list."""
    return [[number] for number in range(9_000)]


def softmax(Z):
    """As many numbers as fit, in a shape to be explained."""
    return np.random.default_rng(0).normal(size=(Z.shape[1] * 100, 250_000 // (Z.shape[1] * 100)))


def softmax_loss(Z, Y):
    """Long texts and long integers where two numbers should be."""
    return "9" * 1_000_000, {"9" * 500_000: 10**1200, **{str(number): -(10**1200) for number in range(1000)}}


def binary_from_softmax(Z):
    """A tuple of records, each with fields of its own."""
    record = type("R" * 50_000, (tuple,), {"_fields": ("field" * 20_000,)})
    return tuple(record((float("nan"),)) for _ in range(10))


def accuracy(A, y):
    """Numbers at the edges, in every shape of a number."""
    return np.array([[np.finfo(float).max]]) * (-1) ** int(y[0]) if y[0] % 3 else np.complex128(complex("inf+nanj"))
