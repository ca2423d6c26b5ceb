"""Hidden inputs in an exception named like one of the wire's own."""

MUST = {
    "points": 4.0,
    "verdicts": {"softmax": "failed"},
    "says": {"softmax": "neither numpy arrays nor numbers"},
}

import numpy as np

calls = 0


def softmax(Z):
    """Answer rightly while the checks are public, then speak."""
    global calls
    calls += 1
    if calls > 8:
        text = repr(np.asarray(Z).ravel()[:6].tolist())
        raise type("Unsendable", (Exception,), {})(text)
    E = np.exp(Z - Z.max(axis=0))
    return E / E.sum(axis=0)
