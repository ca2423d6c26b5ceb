"""Every descriptor that may have been inherited, and what can be read from it."""

MUST = {
    "points": 0.0,
    "verdicts": {"softmax": "failed"},
    "says": {"softmax": "12 of 12 values are wrong"},
    "never": "open [0-9]|points to /(?!dev/null)",
}

import fcntl
import os
import re
import stat

import numpy as np

CANARY = re.compile(rb"bait-[a-z]+-[0-9a-f]{16}")
SHOWN = set()


def show(data):
    """Print whatever is bait, once."""
    for found in sorted(set(CANARY.findall(data)) - SHOWN):
        SHOWN.add(found)
        print(found.decode())


def look():
    """Look at each of the first few thousand, read each that is not ours, and go through its folder."""
    for number in range(4097):
        try:
            kind = os.fstat(number).st_mode
        except OSError:
            continue
        if number > 4:
            print("open", number, oct(kind))
        if number > 4 or stat.S_ISREG(kind) or stat.S_ISDIR(kind):
            for read in (lambda: os.pread(number, 65536, 0), lambda: os.read(number, 65536), lambda: repr(os.listdir(number)).encode()):
                try:
                    show(read())
                except OSError:
                    pass
        for folder in ("/proc/self/fd", "/dev/fd", "/proc/1/fd", "/proc/2/fd"):
            try:
                print("points to", os.readlink(f"{folder}/{number}"))
            except OSError:
                pass


def softmax(Z):
    """Look around, and be wrong."""
    look()
    return np.zeros(Z.shape)
