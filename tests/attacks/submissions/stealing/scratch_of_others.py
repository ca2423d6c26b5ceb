"""What the submission before has left in scratch space, under every name and none."""

MUST = {
    "points": 0.0,
    "verdicts": {"softmax": "failed"},
    "says": {"softmax": "12 of 12 values are wrong"},
}

import os
import re

import numpy as np

CANARY = re.compile(rb"bait-[a-z]+-[0-9a-f]{16}")
SHOWN = set()


def show(data):
    """Print whatever is bait, once."""
    for found in sorted(set(CANARY.findall(data)) - SHOWN):
        SHOWN.add(found)
        print(found.decode())


def look():
    """Go through every folder that can be written; read what is there, and what files held before they were ours."""
    scratch = os.environ["TMPDIR"]
    for top in {scratch, "/tmp", "/var/tmp", "/dev/shm", "/run", os.getcwd()}:
        for folder, folders, files in os.walk(top):
            for name in (*folders, *files):
                show(os.path.join(folder, name).encode())
            for name in files:
                try:
                    show(open(os.path.join(folder, name), "rb").read())
                except OSError:
                    pass
    for number in range(20):
        with open(os.path.join(scratch, f"left{number}"), "w+b") as file:
            file.seek(65536)
            file.write(b"x")
            file.seek(0)
            show(file.read())
    print(os.stat(scratch).st_nlink, len(os.listdir(scratch)))


def softmax(Z):
    """Look around, and be wrong."""
    look()
    return np.zeros(Z.shape)
