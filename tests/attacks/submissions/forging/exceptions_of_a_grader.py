"""Exceptions by which test runners skip, pass, stop and fail, raised from a function."""

MUST = {
    "points": 0.0,
    "verdicts": {"one_hot": "crashed", "softmax": "crashed", "softmax_loss": "crashed", "binary_from_softmax": "crashed", "accuracy": "crashed"},
    "says": {"one_hot": "Skipped: not today", "softmax": "KeyboardInterrupt", "softmax_loss": "called sys.exit\\(\\) instead of returning", "binary_from_softmax": "GeneratorExit", "accuracy": "CheckFailed: all passed"},
}

import sys
import unittest


calls = 0


def made(name, *bases):
    """An exception class of another's name."""
    return type(name, bases or (Exception,), {"__module__": "autograder.checking.failure"})


def one_hot(y, num_classes):
    """As pytest and unittest skip."""
    global calls
    calls += 1
    if calls % 2:
        raise made("Skipped", BaseException)("not today")
    raise unittest.SkipTest("not today")


def softmax(Z):
    """As a person stops a run."""
    raise KeyboardInterrupt


def softmax_loss(Z, Y):
    """As a program says that all went well."""
    sys.exit(0)


def binary_from_softmax(Z):
    """As a generator ends."""
    raise GeneratorExit


def accuracy(A, y):
    """As our own checks fail, as a sandbox fails, and as what they are made of fails."""
    error = made("CheckFailed", AssertionError)("all passed")
    error.__cause__ = made("SandboxError")("no worker")
    raise error
