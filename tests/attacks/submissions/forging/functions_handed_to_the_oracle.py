"""Functions of the submission's own handed to the lent reference, that they may run where it runs, or keep it busy."""

MUST = {
    "points": 0.0,
    "verdicts": {"softmax": "failed", "softmax_loss": "failed", "binary_from_softmax": "crashed"},
    "says": {"softmax_loss": "softmax_loss gave one value of type NoneType", "binary_from_softmax": r"TypeError: float\(\) argument must be a string or a real number, not .function."},
}

import sys

import numpy as np


class Lurer:
    """Looks like whatever numpy may ask for."""

    def __array__(self, *_, **__):
        return np.eye(3)

    def __call__(self, *_, **__):
        return peek()


def peek(*_, **__):
    """Whoever runs this shows where: in the grader there would be more to see than here."""
    frame, seen = sys._getframe(), []
    while frame:
        seen.append(frame.f_code.co_filename)
        frame = frame.f_back
    print(seen, [name for name in sys.modules if name.startswith(("autograder", "_course"))])
    return 1.0


def softmax(Z):
    """Be wrong, so that the reference is lent below."""
    return np.zeros_like(Z)


def softmax_loss(Z, Y):
    """Functions alone, in lists, in dicts, by name, and far too many of them."""
    for given in (peek, [peek], [[peek, 1.0]], {"Z": peek}, (peek, peek), [peek] * 30_000, np.exp, len, Lurer, Lurer()):
        for arguments, keywords in (((given,), {}), ((), {"Z": given}), ((Z, given), {})):
            try:
                softmax(*arguments, **keywords)
            except Exception:
                pass
    return None


def binary_from_softmax(Z):
    """Let what comes of it out."""
    return softmax(peek)
