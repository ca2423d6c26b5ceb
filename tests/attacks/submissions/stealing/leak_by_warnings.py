"""Hidden inputs in the texts, categories and places of warnings."""

MUST = {
    "points": 5.0,
    "verdicts": {"softmax": "passed"},
}

import sys
import warnings

import numpy as np

calls = 0


def softmax(Z):
    """Warn of what is secret, in every way."""
    global calls
    calls += 1
    if calls > 8:
        text = repr(np.asarray(Z).ravel()[:6].tolist())
        warnings.warn(text, RuntimeWarning)
        warnings.warn(type(text, (UserWarning,), {})(text))
        warnings.warn_explicit(text, RuntimeWarning, text, 123456789)
        print(text, file=sys.stderr)
        np.float64(1e308) * np.float64(1e308)
    E = np.exp(Z - Z.max(axis=0))
    return E / E.sum(axis=0)
