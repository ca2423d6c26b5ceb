"""numpy's global state set so that every later sum, comparison and printed number comes out otherwise."""

MUST = {
    "points": 3.0,
    "verdicts": {"accuracy": "passed", "softmax": "crashed"},
    "says": {"softmax": "FloatingPointError"},
}

import warnings

import numpy as np


def change_everything():
    np.random.seed(0)
    np.seterr(all="raise")
    np.setbufsize(16)
    np.set_printoptions(threshold=0, precision=0, formatter={"float": lambda _: "0.842"})
    warnings.simplefilter("error")


def accuracy(A, y):
    change_everything()
    answers = A[0] > 0.5 if len(A) == 1 else np.argmax(A, axis=0)
    return float(np.mean(answers == y))


def softmax(Z):
    change_everything()
    return np.exp(np.float64(1000.0))
