"""Scratch space filled with large files, files full of holes and files that are open and short of their size."""

import os

import numpy as np

MUST = {
    "points": 3.0,
    "verdicts": {"softmax": {"bubblewrap": "crashed", "sandlock": "memory_exceeded"}, "accuracy": "passed"},
    "says": {"softmax": "8 MiB of scratch space|No space left on device"},
}

MIB = 1 << 20
FOLDERS = (os.environ["TMPDIR"], "/tmp", "/dev/shm", "/var/tmp", os.getcwd(), "/", "/box", os.path.dirname(os.__file__))


def fill(folder, number, size):
    """Write one file until no more fits; how many bytes went in."""
    written = 0
    try:
        with open(os.path.join(folder, f"big{number}"), "wb", buffering=0) as file:
            try:
                os.posix_fallocate(file.fileno(), 0, size)
            except OSError:
                pass
            file.seek(size - 1)
            file.write(b"x")
            file.seek(0)
            while written < size:
                written += file.write(bytes(MIB))
    except PermissionError:
        return 0
    except OSError as error:
        if error.errno in (2, 30):
            return 0
        if error.errno != 27:
            raise
    return written


def softmax(Z):
    """Fill every folder, file after file."""
    written = 0
    for number in range(40):
        for folder in FOLDERS:
            written += fill(folder, number, 8 * MIB)
            if written > 256 * MIB:
                raise RuntimeError(f"wrote {written >> 20} MiB")
    raise ValueError(f"could only write {written} bytes and was not told why")


def accuracy(A, y):
    """The right answer, which keeps its points."""
    A, y = np.asarray(A), np.asarray(y)
    if A.ndim != 2 or A.shape[1] != len(y):
        raise ValueError("one column per label")
    answers = A[0] > 0.5 if A.shape[0] == 1 else A.argmax(axis=0)
    return float(np.mean(answers == y))
