"""Hidden inputs as the name of an exception class."""

MUST = {
    "points": 4.0,
    "verdicts": {"softmax": "crashed"},
    "says": {"softmax": "an exception was raised"},
}

import numpy as np

calls = 0


def softmax(Z):
    """Answer rightly while the checks are public, then speak."""
    global calls
    calls += 1
    if calls > 8:
        text = repr(np.asarray(Z).ravel()[:6].tolist())
        raise type(text, (Exception,), {})
    E = np.exp(Z - Z.max(axis=0))
    return E / E.sum(axis=0)
