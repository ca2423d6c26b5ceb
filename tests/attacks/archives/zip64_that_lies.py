"""Records of ZIP64 that name places of 2^63 bytes into the file, and a locator that leads nowhere."""

import struct

from zipping import ANSWER, END, zipped

MUST = {"origin": r"Zip64 \d\.zip", "status": "unreadable", "says": "is damaged or cut short", "reports": 2}


def hand_in(folder):
    data = zipped(("softmax.py", ANSWER))
    place = data.index(END)
    for number, (size, start) in enumerate(((2**63 - 1, 2**63 - 1), (2**62, 0))):
        record = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 1, 1, size, start)
        locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, place, 1)
        (folder / f"Zip64 {number}.zip").write_bytes(data[:place] + record + locator + data[place:])
