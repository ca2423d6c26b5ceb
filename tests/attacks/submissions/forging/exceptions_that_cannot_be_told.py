"""Exceptions whose text, name, place and very class raise or lie when somebody looks."""

MUST = {
    "points": 0.0,
    "verdicts": {"one_hot": "crashed", "softmax": ["crashed", "failed", "timed_out"], "softmax_loss": "crashed", "binary_from_softmax": "crashed", "accuracy": "crashed"},
    "says": {"one_hot": "Silent", "binary_from_softmax": "ExceptionGroup: many", "accuracy": "passed"},
}

import os
import sys


class Silent(Exception):
    """Ends whoever asks for its text."""

    def __str__(self):
        raise SystemExit(0)


class Loud(Exception):
    """Has ten million characters."""

    def __str__(self):
        return "\x1b[2J\u202epassed" * 1_000_000


class Lying(ImportError):
    """Answers differently each time."""

    @property
    def name(self):
        raise GeneratorExit

    @property
    def __traceback__(self):
        raise KeyboardInterrupt


def one_hot(y, num_classes):
    """No text."""
    raise Silent


def softmax(Z):
    """No name."""
    raise Lying("passed")


def softmax_loss(Z, Y):
    """Too much text."""
    raise Loud


def binary_from_softmax(Z):
    """Many at once, each caused by itself."""
    error = ExceptionGroup("many", [ValueError(number) for number in range(10_000)])
    error.__cause__ = error.__context__ = error
    raise error


def accuracy(A, y):
    """A frame in a file that is not ours, from a code object that says it is."""
    code = compile("\n" * 99_999 + "raise ValueError('passed')", "softmax.py", "exec")
    exec(code.replace(co_filename="softmax.py", co_name="\x1b[2Jtest_passed"), {})
