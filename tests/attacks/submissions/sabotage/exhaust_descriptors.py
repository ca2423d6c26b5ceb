"""Every descriptor that there may be, taken and kept, so that the worker has none left for its own work."""

import os
import resource

import numpy as np

MUST = {
    "points": 3.0,
    "verdicts": {"softmax": "crashed", "accuracy": "passed"},
    "says": {"softmax": r"Too many open files.*no more than [123]?\d"},
}


def softmax(Z):
    """Open until nothing opens any more, with the limit raised if that can be done."""
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (1 << 20, 1 << 20))
    except (OSError, ValueError):
        pass
    kept = []
    try:
        while len(kept) < 5000:
            kept += [os.dup(1), os.open("/dev/null", os.O_RDONLY), *os.pipe()]
    except OSError as error:
        raise OSError(f"{error.strerror}: no more than {max(kept)} of them") from None
    raise RuntimeError(f"opened {len(kept)} descriptors")


def accuracy(A, y):
    """The right answer, which keeps its points."""
    A, y = np.asarray(A), np.asarray(y)
    if A.ndim != 2 or A.shape[1] != len(y):
        raise ValueError("one column per label")
    answers = A[0] > 0.5 if A.shape[0] == 1 else A.argmax(axis=0)
    return float(np.mean(answers == y))
