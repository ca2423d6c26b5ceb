"""A regular expression that tries two to the power of sixty ways to fail."""

import re

MUST = {"verdicts": {"softmax": "timed_out"}, "says": {"softmax": "no answer within 1 s"}}


def softmax(Z):
    """Backtrack until the sun goes out."""
    return re.match(r"(a|a|aa)+$", "a" * 60 + "!")
