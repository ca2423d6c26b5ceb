"""The reference, the checks and the grader itself, by import: from every path, by every importer, with every cache."""

MUST = {
    "points": 0.0,
    "verdicts": {"softmax": "failed"},
    "says": {"softmax": "12 of 12 values are wrong"},
    "never": "found ",
}

import glob
import importlib.machinery
import importlib.util
import os
import re
import sys

import numpy as np

CANARY = re.compile(rb"bait-[a-z]+-[0-9a-f]{16}")
SHOWN = set()


def show(data):
    """Print whatever is bait, once."""
    for found in sorted(set(CANARY.findall(data)) - SHOWN):
        SHOWN.add(found)
        print(found.decode())


NAMES = ("reference", "reference.softmax", "autograder", "autograder.checking", "checks", "test_softmax", "mistakes", "variants", "conftest")
PLACES = ["", ".", "..", "/work", "/app", "/srv", "/home", "/root", "/github/workspace", "/builds", "/autograder", "/tmp", "/box"]


def look():
    """Try every name in every place, and the bytecode of every place."""
    found = [path for place in PLACES for path in glob.glob(place + "/**/softmax*.py*", recursive=True) if "/lib/python" not in path]
    for place in (*PLACES, *(place + "/reference" for place in PLACES), *sys.path):
        finder = importlib.machinery.PathFinder
        for name in (*NAMES, "softmax"):
            spec = finder.find_spec(name, [place])
            if spec is not None and spec.origin not in (None, "softmax.py"):
                found.append(spec.origin)
    for name in NAMES:
        sys.modules.pop(name, None)
        try:
            found.append(repr(importlib.import_module(name)))
        except ImportError:
            pass
    for path in found:
        print("found", path)


def softmax(Z):
    """Look around, and be wrong."""
    look()
    return np.zeros(Z.shape)
