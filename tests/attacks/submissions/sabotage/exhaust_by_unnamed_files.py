"""Scratch space filled with files that have no name any more."""

MUST = {
    "points": 0.0,
    "verdicts": {"softmax": ["crashed", "memory_exceeded"], "accuracy": ["crashed", "memory_exceeded"]},
    "says": {"softmax": "PermissionError|scratch", "accuracy": "PermissionError|scratch"},
}

import mmap
import os


def softmax(Z):
    """Write, unlink, keep mapped; again and again."""
    kept = []
    for number in range(20):
        name = os.path.join(os.environ["TMPDIR"], f"{number}")
        with open(name, "w+b") as file:
            os.unlink(name)
            file.write(bytes(8 << 20))
            file.flush()
            kept.append(mmap.mmap(file.fileno(), 4096))
    return len(kept)


def accuracy(A, y):
    """The same without ever having a name."""
    handle = os.open(os.environ["TMPDIR"], os.O_TMPFILE | os.O_RDWR)
    return float(os.write(handle, b"x"))
