"""A process that leaves its parent, its session and its group, and stays when all others go."""

import ctypes
import os
import threading
import time

MUST = {
    "verdicts": {"softmax": "crashed", "accuracy": "failed"},
    "says": {"softmax": r"PermissionError: none of \d+ steps towards a daemon", "accuracy": "expected"},
}

LIBC = ctypes.CDLL(None, use_errno=True)
PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER, PR_SET_NAME = 1, 36, 15


def linger():
    """What a daemon would do."""
    while True:
        time.sleep(3600)


def double_fork():
    """The classic."""
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            linger()
        os._exit(0)


def libc(function, *arguments):
    """A step in the C library that says by its result whether it was taken."""

    def step():
        if function(*arguments) != 0:
            raise OSError(ctypes.get_errno(), "refused")

    return step


STEPS = {
    "double fork": double_fork,
    "setsid": os.setsid,
    "setpgid": lambda: os.setpgid(0, 0),
    "setpgrp": os.setpgrp,
    "daemon": libc(LIBC.daemon, 0, 0),
    "no death with the parent": libc(LIBC.prctl, PR_SET_PDEATHSIG, 0, 0, 0, 0),
    "reaper of orphans": libc(LIBC.prctl, PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0),
    "another name": libc(LIBC.prctl, PR_SET_NAME, b"kworker/0:0", 0, 0, 0),
    "posix_spawn": lambda: os.posix_spawn("/bin/sh", ["sh", "-c", "sleep 3600"], {}, setsid=True),
    "unshare": libc(LIBC.unshare, 0x20000000),
}


def softmax(Z):
    """Take every step."""
    taken = []
    for name, step in STEPS.items():
        try:
            step()
            taken.append(name)
        except OSError:
            pass
    if taken:
        raise RuntimeError(f"taken: {', '.join(taken)}")
    raise PermissionError(f"none of {len(STEPS)} steps towards a daemon could be taken")


def accuracy(A, y):
    """Leave a thread that will not go with the interpreter."""
    threading.Thread(target=linger, daemon=False).start()
    return -1.0
