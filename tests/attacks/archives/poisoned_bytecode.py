"""Bytecode of the solution beside a source that earns nothing, made so that Python would take it unchecked."""

import importlib.util
import marshal
import struct
import sys

from zipping import REFERENCE

MUST = {"origin": "Bytecode", "status": "graded", "points": 0.0, "says": "softmax"}


def hand_in(folder):
    place = folder / "Bytecode"
    (place / "__pycache__").mkdir(parents=True)
    (place / "softmax.py").write_text("x = 1\n")
    code = marshal.dumps(compile(REFERENCE.read_text(), "softmax.py", "exec"))
    # Flag 1, the bytecode goes by a hash; flag 2 is not set, and so nobody compares it with the source.
    data = importlib.util.MAGIC_NUMBER + struct.pack("<L8x", 1) + code
    for name in (f"__pycache__/softmax.{sys.implementation.cache_tag}.pyc", "softmax.pyc"):
        (place / name).write_bytes(data)
