"""Half a gigabyte that the directory gives out for three bytes, checksum and all."""

import zlib

from zipping import CENTRAL, LOCAL, central_record, end_record, local_record

MUST = {"origin": r"Lying Bomb\.zip", "status": "unreadable", "says": "is not of the size that the zip claims"}
NAME = b"softmax.py"


def hand_in(folder):
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = b"".join(deflate.compress(b"\n" * 2**20) for _ in range(512)) + deflate.flush()
    crc = zlib.crc32(b"\n\n\n")
    entry = local_record(NAME, b"\n\n\n", packed, crc) + packed
    directory = central_record(NAME, 3, len(packed), crc, 0)
    assert entry.startswith(LOCAL)
    assert directory.startswith(CENTRAL)
    (folder / "Lying Bomb.zip").write_bytes(entry + directory + end_record(1, len(directory), len(entry)))
