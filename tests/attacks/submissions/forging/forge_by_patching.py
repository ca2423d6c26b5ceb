"""numpy, builtins and the modules of a grader patched to find everything equal."""

MUST = {
    "points": 0.0,
    "verdicts": {"softmax": "failed"},
    "says": {"softmax": "12 NaN among 12 numbers"},
}

import builtins
import sys

import numpy as np


class Liar(np.ndarray):
    """Equal to everything, close to everything, of any shape."""

    def __eq__(self, other):
        return np.ones(self.shape, dtype=bool)

    def __array_function__(self, function, types, arguments, keywords):
        return True


np.allclose = np.array_equal = np.isclose = lambda *_, **__: True
np.testing.assert_allclose = lambda *_, **__: None
builtins.isinstance = lambda *_: True
sys.modules["pytest"] = sys.modules["autograder"] = np


def softmax(Z):
    """NaN in disguise."""
    return np.full(Z.shape, np.nan).view(Liar)
