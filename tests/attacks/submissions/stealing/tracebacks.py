"""The frames behind exceptions that the worker and the grader raise themselves."""

MUST = {
    "points": 0.0,
    "verdicts": {"softmax": "failed"},
    "says": {"softmax": "12 of 12 values are wrong"},
    "never": "found ",
}

import io
import os
import re
import sys
import traceback

import numpy as np

CANARY = re.compile(rb"bait-[a-z]+-[0-9a-f]{16}")
SHOWN = set()


def show(data):
    """Print whatever is bait, once."""
    for found in sorted(set(CANARY.findall(data)) - SHOWN):
        SHOWN.add(found)
        print(found.decode())


def provoke():
    """Exceptions from as deep as a student can reach."""
    wire = sys.modules["worker.wire"]
    for payload in (b"", b"l\xff\xff\xff\xff", b"a\xff\xff", b"c\0\0\0\0", b"g\0\0\0\0"):
        try:
            wire.decode(payload)
        except Exception as error:
            yield error
    for attempt in (lambda: __import__("autograder"), lambda: open("/nowhere/secret"), lambda: os.listdir("/root")):
        try:
            attempt()
        except Exception as error:
            yield error


def look():
    """Print the whole of each with the values of all variables."""
    told = io.StringIO()
    for error in provoke():
        report = traceback.TracebackException.from_exception(error, capture_locals=True)
        told.write("".join(report.format()))
        frame = error.__traceback__.tb_frame
        while frame:
            told.write(repr(frame.f_globals) + repr(frame.f_locals))
            frame = frame.f_back
    show(told.getvalue().encode("utf-8", "replace"))
    for word in ("/skcehc", "/ecnerefer", "/stnemngissa", "yp.sekatsim"):
        if word[::-1] in told.getvalue():
            print("found", word[::-1])


def softmax(Z):
    """Look around, and be wrong."""
    look()
    return np.zeros(Z.shape)
