"""Hidden inputs written down in one worker, for the fresh worker that looks at a public check again."""

MUST = {
    "points": 7.0,
    "verdicts": {"softmax": "failed", "softmax_loss": "failed", "accuracy": "passed"},
    "says": {"softmax": "law broken: "},
    "never": "CARRIED HIDDEN|STAYED",
}

import ctypes
import glob
import os
import sys

import numpy as np

public_calls = 5
SCRATCH = os.environ["TMPDIR"]
PLACES = (SCRATCH, "/tmp", "/dev/shm", "/var/tmp", os.getcwd(), "/dev", "/run")


def keep(text):
    """Leave it in every place that may outlive a worker."""
    for place in PLACES:
        try:
            with open(os.path.join(place, "carried"), "w") as file:
                file.write(text)
            os.symlink(text[:200], os.path.join(place, "link"))
        except OSError:
            pass
    libc = ctypes.CDLL(None)
    libc.shmat.restype = ctypes.c_void_p
    at = libc.shmat(libc.shmget(0x0A47BEA9, 4096, 0o1666), None, 0)
    if at not in (None, ctypes.c_void_p(-1).value):
        ctypes.memmove(at, text.encode(), len(text))


def find():
    """Read it back."""
    found = []
    for place in PLACES:
        for path in glob.glob(os.path.join(place, "carried")) + glob.glob(os.path.join(place, "link")):
            found.append(open(path).read() if os.path.isfile(path) else os.readlink(path))
    return found


def accuracy(A, y):
    """Count the public checks, this exercise's being the last of them."""
    global public_calls
    public_calls -= 1
    return float(np.mean((A[0] > 0.5 if A.shape[0] == 1 else A.argmax(axis=0)) == y))


def softmax(Z):
    """Right while the checks are public; wrong in the hidden ones, so that what builds on it is looked at again."""
    if public_calls <= 0:
        keep("HIDDEN " + repr(np.asarray(Z).ravel()[:8].tolist()))
        return np.zeros(Z.shape)
    E = np.exp(Z - Z.max(axis=0))
    return E / E.sum(axis=0)


def softmax_loss(Z, Y):
    """Wrong, so that it is looked at again; and talkative."""
    if public_calls <= 0:
        raise ValueError("STAYED in one worker")
    for text in find():
        raise ValueError("CARRIED " + text)
    return 0.0, np.zeros(Z.shape)
