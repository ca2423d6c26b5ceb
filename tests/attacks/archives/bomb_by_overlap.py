"""Entries that lie inside each other (D. Fifield, "A better zip bomb", 2019): each unpacks to all that follow it."""

import struct
import zlib

from zipping import central_record, end_record, local_record

MUST = {"origin": r"Overlap\.zip", "status": "unreadable", "says": "unpacks to .* MiB; 64 MiB is the most"}
ENTRIES, KERNEL = 200, bytes(2**20)


def hand_in(folder):
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = deflate.compress(KERNEL) + deflate.flush()
    content, body, records = KERNEL, b"", []
    for number in reversed(range(ENTRIES)):
        name = b"softmax.py" if not number else b"%03d.py" % number
        if body:
            # A stored block, which unpacks to the local record that follows it, and then all the rest of the file.
            quoted = len(body) - len(data)
            data = struct.pack("<BHH", 0, quoted, quoted ^ 0xFFFF) + body
            content = body[:quoted] + content
        crc = zlib.crc32(content)
        body = local_record(name, content, data, crc) + data
        records.append((name, len(content), len(data), crc, len(body)))
    directory = b"".join(central_record(*record, len(body) - left) for *record, left in reversed(records))
    (folder / "Overlap.zip").write_bytes(body + directory + end_record(ENTRIES, len(directory), len(body)))
