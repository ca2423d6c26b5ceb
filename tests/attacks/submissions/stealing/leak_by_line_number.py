"""Hidden inputs as the line on which an exception was raised: the feedback quotes line and code."""

MUST = {
    "points": 4.0,
    "verdicts": {"softmax": "crashed"},
    "says": {"softmax": "ValueError was raised .its text and its line are not shown"},
    "never": "digits are",
}

import numpy as np

calls = 0


def tell(digits):
    """Raise on the line that says it."""
    if digits == 0: raise ValueError("digits are 0")
    if digits == 1: raise ValueError("digits are 1")
    if digits == 2: raise ValueError("digits are 2")
    if digits == 3: raise ValueError("digits are 3")
    if digits == 4: raise ValueError("digits are 4")
    if digits == 5: raise ValueError("digits are 5")
    if digits == 6: raise ValueError("digits are 6")
    if digits == 7: raise ValueError("digits are 7")
    if digits == 8: raise ValueError("digits are 8")
    if digits == 9: raise ValueError("digits are 9")


def softmax(Z):
    """Answer rightly while the checks are public, then speak."""
    global calls
    calls += 1
    if calls > 8:
        tell(int(abs(Z.ravel()[0]) * 10) % 10)
    E = np.exp(Z - Z.max(axis=0))
    return E / E.sum(axis=0)
