"""The worker's own modules replaced while one exercise is checked, to answer all that come later."""

MUST = {
    "points": 0.0,
    "verdicts": {"softmax": "failed", "softmax_loss": ["failed", "crashed"], "binary_from_softmax": ["failed", "crashed"], "accuracy": ["failed", "crashed"]},
    "says": {"accuracy": "accuracy"},
}

import os
import struct
import sys

import numpy as np

def service():
    """The worker's own loop, found among the frames that called us."""
    frame = sys._getframe()
    while not hasattr(frame.f_locals.get("self"), "nonce"):
        frame = frame.f_back
    return frame.f_locals["self"]


def always(*_, **__):
    """Whatever is asked, all is well."""
    return True


def softmax(Z):
    """Replace everything between a question and its answer."""
    own, wire, generators = service(), sys.modules["worker.wire"], sys.modules["worker.generators"]
    wire.MAX_REPLY = wire.MAX_FRAME = wire.MAX_DEPTH = wire.MAX_ITEMS = 1 << 40
    kept = wire.encode
    wire.encode = lambda value, *_: kept({"verdict": "passed", "points": 5.0, "value": "equal"})
    wire.Kind.RAISED = wire.Kind.REMARKED = wire.Kind.RETURNED
    generators.numpy_state = always
    type(own).load = type(own).call = lambda self, payload: (True, ())
    own.modules.clear()
    for name in ("softmax_loss", "binary_from_softmax", "accuracy", "one_hot"):
        globals()[name] = always
    return np.full(Z.shape, np.nan)


def softmax_loss(Z, Y):
    """Never called, if all goes well."""
    raise AssertionError


def binary_from_softmax(Z):
    """Never called, if all goes well."""
    raise AssertionError


def accuracy(A, y):
    """Never called, if all goes well."""
    raise AssertionError
