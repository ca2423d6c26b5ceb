"""Zips that no honest tool writes, notebooks, and the answer that hostile hand-ins carry."""

import io
import json
import struct
import warnings
import zipfile
from pathlib import Path
from typing import Any

LOCAL, CENTRAL, END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
REFERENCE = Path(__file__).parents[2] / "reference" / "softmax.py"
# Of five exercises one, and that is right: a hand-in that is read earns 3 points by it, and one that is not none.
ANSWER = """import numpy as np


def accuracy(A, y):
    answers = A[0] > 0.5 if len(A) == 1 else np.argmax(A, axis=0)
    return float(np.mean(answers == y))
"""


def zipped(*members: tuple[str | zipfile.ZipInfo, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip of these names and contents, in this order; a name may come twice."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        for name, content in members:
            archive.writestr(name, content, compression)
    return buffer.getvalue()


def special(name: str, mode: int) -> zipfile.ZipInfo:
    """Return the directory's entry of something that Unix made with `mode`."""
    entry = zipfile.ZipInfo(name)
    entry.create_system = 3
    entry.external_attr = mode << 16
    return entry


def patched(data: bytes, offset: int, fields: str, *values: int, signature: bytes = CENTRAL) -> bytes:
    """Return `data` with values packed at `offset` from the first record with this signature."""
    place = data.index(signature) + offset
    packed = struct.pack(fields, *values)
    return data[:place] + packed + data[place + len(packed) :]


def local_record(name: bytes, content: bytes, packed: bytes, crc: int, *, method: int = 8, extra: bytes = b"") -> bytes:
    """Return what stands before an entry's data."""
    sizes = (crc, len(packed), len(content), len(name), len(extra))
    return struct.pack("<4s5H3L2H", LOCAL, 20, 0, method, 0, 33, *sizes) + name + extra


def central_record(name: bytes, size: int, packed: int, crc: int, place: int, *, method: int = 8) -> bytes:
    """Return an entry of the directory: sizes before and after unpacking, checksum, where its record stands."""
    numbers = (crc, packed, size, len(name), 0, 0, 0, 0, 0, place)
    return struct.pack("<4s6H3L5H2L", CENTRAL, 20, 20, 0, method, 0, 33, *numbers) + name


def end_record(entries: int, size: int, place: int) -> bytes:
    """Return what ends a zip: how many entries its directory has, how long that is and where it stands."""
    return struct.pack("<4s4H2LH", END, 0, 0, entries & 0xFFFF, entries & 0xFFFF, size, place, 0)


def notebook(*sources: Any, **changes: Any) -> str:
    """Return a notebook of code cells with these sources, other fields of it changed."""
    cells = [{"cell_type": "code", "metadata": {}, "outputs": [], "source": source} for source in sources]
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells, **changes})
