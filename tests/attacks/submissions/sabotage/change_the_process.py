"""Everything about a process that a later call would notice: clocks, limits, places, locks, hooks and collectors."""

import ctypes
import faulthandler
import gc
import locale
import os
import resource
import signal
import sys
import threading

import numpy as np

MUST = {
    "points": 3.0,
    "verdicts": {"softmax": "failed", "accuracy": "passed"},
    "says": {"softmax": "NaN"},
}

LIBC = ctypes.CDLL(None, use_errno=True)


def trace(*_):
    """Watch each line."""
    return trace


def lower_limits():
    """Leave as little as may be."""
    for kind in (resource.RLIMIT_NOFILE, resource.RLIMIT_FSIZE, resource.RLIMIT_STACK, resource.RLIMIT_DATA):
        resource.setrlimit(kind, (1, 1))


CHANGES = (
    lambda: os.chdir("/"),
    lambda: os.umask(0o777),
    lambda: os.environ.clear(),
    lambda: os.nice(-20),
    lambda: os.sched_setaffinity(0, {0}),
    lambda: os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(99)),
    lambda: os.setpriority(os.PRIO_USER, 0, 19),
    lambda: LIBC.mlockall(7),
    lambda: LIBC.prctl(15, b"bwrap", 0, 0, 0),
    lambda: locale.setlocale(locale.LC_ALL, ""),
    lambda: gc.disable(),
    lambda: gc.set_threshold(1, 1, 1),
    lambda: gc.callbacks.append(lambda *_: 1 / 0),
    lambda: faulthandler.enable(file=1),
    lambda: faulthandler.dump_traceback_later(0.001, repeat=True, file=1),
    lambda: faulthandler.cancel_dump_traceback_later(),
    lambda: sys.setswitchinterval(1e9),
    lambda: sys.setrecursionlimit(200),
    lambda: sys.setprofile(trace),
    lambda: sys.settrace(trace),
    lambda: threading.settrace(trace),
    lambda: sys.path.clear(),
    lambda: sys.path_hooks.clear(),
    lambda: sys.set_int_max_str_digits(640),
    lambda: signal.set_wakeup_fd(4, warn_on_full_buffer=False),
    lambda: signal.siginterrupt(signal.SIGALRM, True),
    lambda: np.seterr(all="raise"),
    lambda: np.set_printoptions(threshold=sys.maxsize),
    lambda: np.random.seed(666),
    lambda: lower_limits(),
)


def softmax(Z):
    """Change all of it."""
    for change in CHANGES:
        try:
            change()
        except (OSError, ValueError, AttributeError, locale.Error):
            pass
    return np.full(np.shape(Z), np.nan)


def accuracy(A, y):
    """The right answer, which keeps its points."""
    A, y = np.asarray(A), np.asarray(y)
    if A.ndim != 2 or A.shape[1] != len(y):
        raise ValueError("one column per label")
    answers = A[0] > 0.5 if A.shape[0] == 1 else A.argmax(axis=0)
    return float(np.mean(answers == y))
