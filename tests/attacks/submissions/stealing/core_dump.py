"""A core dump with all that the process holds, allowed by every means and then provoked."""

MUST = {
    "points": 0.0,
    "verdicts": {"softmax": "crashed", "accuracy": "crashed"},
    "says": {"softmax": "ended by the signal SIGABRT|exit status 70|segmentation fault", "accuracy": "segmentation fault"},
    "never": "may dump",
}

import ctypes
import os
import resource

HELD = b"core of a submission" * 1000


def allow():
    """Raise the limit, become dumpable, say where."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(4, 1, 0, 0, 0) == 0 and libc.prctl(3, 0, 0, 0, 0) == 1:
        print("dumpable")
    for limit in ((resource.RLIM_INFINITY,) * 2, (1 << 20, 1 << 20), (1, 1)):
        try:
            resource.setrlimit(resource.RLIMIT_CORE, limit)
            print("may dump", limit)
        except (ValueError, OSError):
            pass
    for path in ("/proc/self/coredump_filter", "/proc/sys/kernel/core_pattern"):
        try:
            with open(path, "w") as file:
                file.write("0xff")
            print("may dump to", path)
        except OSError:
            pass


def softmax(Z):
    """End by a call."""
    allow()
    ctypes.CDLL(None).abort()


def accuracy(A, y):
    """End by a mistake."""
    allow()
    ctypes.string_at(1)
