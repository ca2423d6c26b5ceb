"""A process that stops itself with every signal that stops, and then waits for one that never comes."""

import ctypes
import os
import signal

MUST = {
    "limits": {"call_seconds": 0.5},
    "verdicts": {"softmax": "timed_out"},
    "says": {"softmax": "no answer within 0.5 s"},
}

STOPPING = (signal.SIGSTOP, signal.SIGTSTP, signal.SIGTTIN, signal.SIGTTOU)


def softmax(Z):
    """Stop, and if that is refused, pause."""
    libc = ctypes.CDLL(None)
    libc.pthread_self.restype, libc.pthread_kill.argtypes = ctypes.c_void_p, (ctypes.c_void_p, ctypes.c_int)
    for number in STOPPING:
        for way in (
            lambda number: os.kill(os.getpid(), number),
            lambda number: os.killpg(0, number),
            signal.raise_signal,
            lambda number: libc.pthread_kill(libc.pthread_self(), number),
        ):
            try:
                way(int(number))
            except OSError:
                pass
    while True:
        signal.pause()
