"""Descriptors passed over the wire beside its bytes, so that the grader would hold them open."""

MUST = {
    "points": 0.0,
    "verdicts": {"softmax": "crashed", "accuracy": "crashed"},
    "says": {"softmax": "PermissionError: .*Operation not permitted", "accuracy": "PermissionError: .*Operation not permitted"},
}

import array
import ctypes
import os
import socket


def softmax(Z):
    """As Python does it."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM, fileno=os.dup(4)) as wire:
        rights = (socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [0, 1, 2, 3] * 20))
        wire.sendmsg([b"x"], [rights])
    return Z


def accuracy(A, y):
    """Without asking Python: sendmsg and sendmmsg by number."""
    libc = ctypes.CDLL(None, use_errno=True)
    for number in {"x86_64": (46, 307), "aarch64": (211, 269)}[os.uname().machine]:
        if libc.syscall(number, 4, ctypes.create_string_buffer(256), 1, 0) < 0 and ctypes.get_errno() != 1:
            return float(ctypes.get_errno())
    raise PermissionError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
