"""A single multiplication in C that takes minutes, holds the interpreter's lock and looks at no signal."""

MUST = {"verdicts": {"softmax": "timed_out"}, "says": {"softmax": "no answer within 1 s"}}


def softmax(Z):
    """Ten to the power of a hundred million, and the digits of it."""
    while True:
        str(10**10**8)
