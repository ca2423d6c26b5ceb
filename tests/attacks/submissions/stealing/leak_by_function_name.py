"""Hidden inputs as the name of a function in the traceback."""

MUST = {
    "points": 4.0,
    "verdicts": {"softmax": "crashed"},
    "says": {"softmax": "ValueError was raised"},
}

import numpy as np

calls = 0


def boom():
    """Raise."""
    raise ValueError


def softmax(Z):
    """Answer rightly while the checks are public, then speak."""
    global calls
    calls += 1
    if calls > 8:
        text = repr(np.asarray(Z).ravel()[:6].tolist())
        boom.__code__ = boom.__code__.replace(co_name=text)
        boom()
    E = np.exp(Z - Z.max(axis=0))
    return E / E.sum(axis=0)
