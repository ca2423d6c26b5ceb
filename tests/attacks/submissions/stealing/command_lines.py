"""The command lines of all processes, and the start of our own stack, where the sandbox's may stand."""

MUST = {
    "points": 0.0,
    "verdicts": {"softmax": "failed"},
    "says": {"softmax": "12 of 12 values are wrong"},
}

import ctypes
import glob
import re
import sys

import numpy as np

CANARY = re.compile(rb"bait-[a-z]+-[0-9a-f]{16}")
SHOWN = set()


def show(data):
    """Print whatever is bait, once."""
    for found in sorted(set(CANARY.findall(data)) - SHOWN):
        SHOWN.add(found)
        print(found.decode())


def look():
    """Read /proc, and the words with which this process was started."""
    show(repr(sys.orig_argv).encode())
    for path in glob.glob("/proc/*/cmdline") + [f"/proc/{pid}/{name}" for pid in range(1, 3000) for name in ("cmdline", "comm")]:
        try:
            with open(path, "rb") as file:
                show(file.read())
        except OSError:
            pass
    count, words = ctypes.c_int(), ctypes.POINTER(ctypes.c_wchar_p)()
    ctypes.pythonapi.Py_GetArgcArgv(ctypes.byref(count), ctypes.byref(words))
    show(" ".join(words[number] or "" for number in range(count.value)).encode())


def softmax(Z):
    """Look around, and be wrong."""
    look()
    return np.zeros(Z.shape)
