"""Entries whose names are nothing at all, a slash, or steps that lead nowhere, in front of the answer."""

import zlib

from zipping import ANSWER, central_record, end_record, local_record

MUST = {
    "origin": r"Nameless \d\.zip",
    "status": "unreadable",
    "says": "(holds an entry without a name|entry / has an absolute path)",
    "reports": 3,
}
TEXT = ANSWER.encode()


def hand_in(folder):
    for number, nameless in enumerate((b"", b"/", b"./.")):
        entries = directory = b""
        for name in (nameless, b"softmax.py"):
            crc = zlib.crc32(TEXT)
            directory += central_record(name, len(TEXT), len(TEXT), crc, len(entries), method=0)
            entries += local_record(name, TEXT, TEXT, crc, method=0) + TEXT
        data = entries + directory + end_record(2, len(directory), len(entries))
        (folder / f"Nameless {number}.zip").write_bytes(data)
