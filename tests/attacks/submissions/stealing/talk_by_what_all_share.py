"""What every worker of a server shares: file times, names of pipes, priorities, the processor's choice."""

MUST = {
    "points": 0.0,
    "verdicts": {"softmax": "failed"},
    "says": {"softmax": "12 of 12 values are wrong"},
    "never": "changed ",
}

import os

import numpy as np


def attempts():
    """What would be seen by the next worker, if it could be done."""
    library = os.__file__
    yield "a time", lambda: os.utime(library, (1, 1))
    yield "a device's time", lambda: os.utime("/dev/null")
    yield "a mode", lambda: os.chmod("/dev/null", 0o600)
    yield "an owner", lambda: os.chown("/dev/null", 0, 0)
    yield "an attribute", lambda: os.setxattr(library, "user.left", b"1")
    yield "a priority", lambda: os.setpriority(os.PRIO_PROCESS, os.getppid(), 5)
    yield "a priority of all", lambda: os.setpriority(os.PRIO_USER, os.getuid(), 5)
    yield "an affinity", lambda: os.sched_setaffinity(os.getppid(), {0})
    yield "a pipe", lambda: os.mkfifo(os.path.join(os.environ["TMPDIR"], "pipe"))
    yield "a link", lambda: os.link(library, os.path.join(os.environ["TMPDIR"], "link"))
    yield "a host", lambda: __import__("socket").sethostname("left")
    yield "bytecode", lambda: open(library + "c", "wb").write(b"left")
    yield "a library", lambda: open(np.__file__, "ab").write(b"# left")
    yield "a folder", lambda: os.mkdir("/left")


def softmax(Z):
    """Try each."""
    for what, attempt in attempts():
        try:
            attempt()
            print("changed", what)
        except OSError:
            pass
    return np.zeros(Z.shape)
