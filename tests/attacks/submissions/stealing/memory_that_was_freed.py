"""Memory that nobody has cleared: from malloc, from numpy, from the stack, in every size."""

MUST = {
    "points": 0.0,
    "verdicts": {"softmax": "failed"},
    "says": {"softmax": "12 of 12 values are wrong"},
}

import ctypes
import os
import re

import numpy as np

CANARY = re.compile(rb"bait-[a-z]+-[0-9a-f]{16}")
SHOWN = set()


def show(data):
    """Print whatever is bait, once."""
    for found in sorted(set(CANARY.findall(data)) - SHOWN):
        SHOWN.add(found)
        print(found.decode())


def look():
    """Take it as it comes, and read it before writing anything."""
    libc = ctypes.CDLL(None)
    libc.malloc.restype = libc.realloc.restype = ctypes.c_void_p
    for size in (16, 64, 256, 1024, 4096, 65536, 1 << 20, 1 << 24):
        show(np.empty(size, dtype=np.uint8).tobytes())
        for at in [libc.malloc(ctypes.c_size_t(size)) for _ in range(2 + 50_000 // size)]:
            show(ctypes.string_at(at, size))
    at = libc.realloc(ctypes.c_void_p(libc.malloc(ctypes.c_size_t(100))), ctypes.c_size_t(1 << 20))
    show(ctypes.string_at(at, 1 << 20))
    near, far = os.pipe()
    os.set_blocking(near, False)
    try:
        show(os.read(near, 65536))
    except BlockingIOError:
        pass


def softmax(Z):
    """Look around, and be wrong."""
    look()
    return np.zeros(Z.shape)
