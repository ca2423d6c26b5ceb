"""A source that the directory declares to have 2^60 bytes, in the way of ZIP64."""

import struct

from zipping import ANSWER, END, patched, zipped

MUST = {
    "origin": r"Declared\.zip",
    "status": "unreadable",
    "says": "unpacks to 1,099,511,627,776 MiB; 64 MiB is the most",
}


def hand_in(folder):
    data = zipped(("softmax.py", ANSWER))
    extra = struct.pack("<HHQ", 1, 8, 2**60)
    name_ends = data.index(END)
    data = data[:name_ends] + extra + data[name_ends:]
    data = patched(data, 24, "<L", 0xFFFFFFFF)
    data = patched(data, 30, "<H", len(extra))
    size = data.index(END) - data.index(b"PK\x01\x02")
    (folder / "Declared.zip").write_bytes(patched(data, 12, "<L", size, signature=END))
