"""Threads of machine code that keep every processor busy after the call has returned."""

import ctypes
import mmap
import os
import threading

import numpy as np

MUST = {
    "points": 3.0,
    "verdicts": {"softmax": "failed", "accuracy": "passed"},
    "says": {"softmax": "NaN"},
}

JUMP_TO_ITSELF = {"x86_64": b"\xeb\xfe", "aarch64": b"\x00\x00\x00\x14"}[os.uname().machine]
page = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
page.write(JUMP_TO_ITSELF)
spin = ctypes.CFUNCTYPE(None)(ctypes.addressof(ctypes.c_char.from_buffer(page)))
BURNERS = []


def softmax(Z):
    """Leave burners behind, and be wrong."""
    threading.stack_size(65536)
    while len(BURNERS) < 10:
        BURNERS.append(threading.Thread(target=spin, daemon=True))
        BURNERS[-1].start()
    return np.full(Z.shape, np.nan)


def accuracy(A, y):
    """The right answer, which keeps its points."""
    A, y = np.asarray(A), np.asarray(y)
    if A.ndim != 2 or A.shape[1] != len(y):
        raise ValueError("one column per label")
    answers = A[0] > 0.5 if A.shape[0] == 1 else A.argmax(axis=0)
    return float(np.mean(answers == y))
