"""An import just below the limit, and calls that kill the worker, so that each check pays for a new import."""

import os
import time

MUST = {
    "verdicts": {"one_hot": "crashed", "softmax": "timed_out", "accuracy": "timed_out"},
    "says": {"one_hot": "exit status 0", "softmax": "while softmax.py was imported"},
}

# Of the processor time that imports may take, enough for two of them and not for three.
while time.process_time() < 0.4:
    pass


def one_hot(y, num_classes):
    """Die."""
    os._exit(0)


softmax = softmax_loss = binary_from_softmax = accuracy = one_hot
