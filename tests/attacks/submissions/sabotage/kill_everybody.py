"""Signals to all processes, to the parent, to the group, to every number, by every call that sends one."""

import ctypes
import fcntl
import os
import signal

MUST = {
    "verdicts": {"softmax": "crashed"},
    "says": {"softmax": r"PermissionError: none of \d+ signals was sent"},
}

LIBC = ctypes.CDLL(None, use_errno=True)
TARGETS = (-1, 0, 1, 2, os.getppid(), -os.getpgrp(), os.getpid(), *range(3, 40))
F_SETOWN, F_SETSIG, F_SETOWN_EX = 8, 10, 15


def raw(number, *arguments):
    """Whether the kernel took a system call of x86_64."""
    if os.uname().machine != "x86_64":
        return False
    return LIBC.syscall(ctypes.c_long(number), *map(ctypes.c_long, arguments)) >= 0


def calls(target):
    """Every call that sends a signal to a process."""
    kill, info = int(signal.SIGKILL), ctypes.addressof(ctypes.create_string_buffer(128))
    return (
        lambda: os.kill(target, kill),
        lambda: os.killpg(abs(target), kill),
        lambda: LIBC.kill(target, kill) == 0,
        lambda: raw(62, target, kill),
        lambda: raw(200, target, kill),
        lambda: raw(234, target, target, kill),
        lambda: raw(129, target, kill, info),
        lambda: raw(297, target, target, kill, info),
        lambda: raw(424, os.pidfd_open(target), kill, 0, 0),
        lambda: fcntl.fcntl(0, F_SETOWN, target),
        lambda: raw(72, 0, F_SETOWN_EX, info),
        lambda: raw(72, 0, F_SETSIG, kill),
        lambda: raw(302, target, 7, info, 0) if target > 1 and target != os.getpid() else False,
        lambda: raw(141, 0, target, 19),
    )


def softmax(Z):
    """Shoot at everybody and count the hits."""
    hits, shots = [], 0
    for target in TARGETS:
        for place, call in enumerate(calls(target)):
            shots += 1
            try:
                if call() is not False:
                    hits.append((target, place))
            except OSError:
                pass
    if hits:
        raise RuntimeError(f"hits: {hits}")
    raise PermissionError(f"none of {shots} signals was sent")
