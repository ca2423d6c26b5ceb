"""Own limits lowered until the kernel itself kills the process, as if somebody else had done it."""

import resource
import signal

MUST = {
    "verdicts": {"softmax": ["crashed", "timed_out"]},
    "says": {"softmax": "SIGKILL|SIGXCPU|processor time|lowered|limit"},
}


def softmax(Z):
    """Ask for a second of processor time and not a moment more."""
    signal.signal(signal.SIGXCPU, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_CPU, (0, 0))
    while True:
        pass
