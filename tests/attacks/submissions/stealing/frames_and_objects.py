"""Every frame, object and closure that Python can reach, for a source, a reference or a secret."""

MUST = {
    "points": 0.0,
    "verdicts": {"softmax": "failed"},
    "says": {"softmax": "12 of 12 values are wrong"},
    "never": "found ",
}

import gc
import inspect
import re
import sys
import threading
import types

import numpy as np

CANARY = re.compile(rb"bait-[a-z]+-[0-9a-f]{16}")
SHOWN = set()


def show(data):
    """Print whatever is bait, once."""
    for found in sorted(set(CANARY.findall(data)) - SHOWN):
        SHOWN.add(found)
        print(found.decode())


def look():
    """Walk the stack and the heap; look for names that a grader would have."""
    frames = [*inspect.stack(0), *sys._current_frames().values()]
    texts = []
    for entry in frames:
        frame = getattr(entry, "frame", entry)
        while frame is not None:
            texts += [repr(frame.f_code), *map(str, frame.f_globals), *map(str, frame.f_locals.values())]
            frame = frame.f_back
    for thing in gc.get_objects():
        if isinstance(thing, (str, bytes)):
            texts.append(str(thing))
        elif isinstance(thing, (types.FunctionType, types.ModuleType, type)):
            texts.append(f"{getattr(thing, '__module__', '')}.{thing.__name__}")
        elif isinstance(thing, dict):
            texts += [repr(value) for value in thing.values() if type(value) in (str, bytes)][:100]
    whole = "\n".join(texts)
    show(whole.encode("utf-8", "replace"))
    for word in WORDS:
        if word[::-1] in whole:
            print("found", word[::-1])


# Written backwards, so that they are not found here.
WORDS = ("xamtfos_gol_", "xamtfos_tset", "gnikcehc.redargotua", "gnidarg.redargotua", "latot_gol", "elcarO", "camh")


def softmax(Z):
    """Look around, and be wrong."""
    look()
    return np.zeros(Z.shape)
