"""A zip whose only entry is that very zip (R. Cox, "Zip files all the way down", 2010): unpacking never ends.

The deflated stream is a program of two instructions of five bytes each. L(n), a stored block, writes the next n bytes;
R(n), a match in a block of fixed codes, writes the last n once more. One program of these writes itself, and with it
all that stands before and behind it. What is left is the checksum, which stands inside what it sums up: it follows from
its own bits by exclusive or alone, so 32 linear equations give it.
"""

import io
import struct
import zipfile
import zlib

from zipping import central_record, end_record

MUST = {
    "origin": r"Itself(\.zip)?",
    "status": "unreadable",
    "says": r"only again\.zip \(a folder may hold one zip, a zip none\)",
    "reports": 2,
}
NAME = b"again.zip"
# As long as makes the one long match before it, in bits, an instruction of five bytes.
PADDING = struct.pack("<HH17x", 0x4711, 17)


def literal(length):
    return struct.pack("<BHH", 0, length, length ^ 0xFFFF)


def bits(*pieces):
    """Numbers as bits, the lowest first, and codes as texts, which deflate packs the other way round."""
    written = "".join(p if isinstance(p, str) else format(p[0], f"0{p[1]}b")[::-1] for p in pieces)
    written += "0" * (-len(written) % 8)
    return bytes(int(written[place : place + 8][::-1], 2) for place in range(0, len(written), 8))


def program(prefix, suffix, last):
    """The stream between what stands before it and behind it; `last` writes itself and the suffix once more."""
    # Two matches of 10 bytes, 20 back.
    repeat = bits((2, 3), "0001000", "01000", (3, 3), "0001000", "01000", (3, 3), "0000000")
    # One match of 65 bytes, 65 back, and an empty block.
    again = bits((2, 3), "0010100", (6, 3), "01100", (0, 5), "0000000", (2, 3), "0000000")
    head, one, four, nothing = prefix + literal(len(prefix) + 5), literal(5), literal(20), literal(0)
    tail = literal(len(last + suffix))
    assert {len(again), len(repeat)} == {5}
    assert len(head) == 65
    code = head[-5:] + head + again + one + again + one + one + four + again + one + one + four + repeat
    code += (four + repeat) * 4 + nothing * 2 + tail + repeat + nothing * 2 + tail
    return code + last + suffix + last


def assembled(crc, size):
    packed = size[1]
    sizes = (crc, packed, size[0], len(NAME), len(PADDING))
    prefix = struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, 8, 0, 33, *sizes) + NAME + PADDING
    directory = central_record(NAME, size[0], packed, crc, 0)
    suffix = directory + end_record(1, len(directory), len(prefix) + packed)
    # One match of 81 bytes, 81 back, in the last block.
    last = bits((3, 3), "0010101", (14, 4), "01100", (16, 5), "0000000")
    assert len(last + suffix) == 81
    stream = program(prefix, suffix, last)
    return prefix + stream + suffix, stream


def hand_in(folder):
    whole, stream = assembled(0, (0, 0))
    size = (len(whole), len(stream))
    start = zlib.crc32(assembled(0, size)[0])
    columns = [zlib.crc32(assembled(1 << bit, size)[0]) ^ start ^ (1 << bit) for bit in range(32)]
    whole = assembled(solution(columns, start), size)[0]
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        assert archive.read(NAME.decode()) == whole
    (folder / "Itself.zip").write_bytes(whole)
    (folder / "Itself").mkdir()
    (folder / "Itself" / "work.zip").write_bytes(whole)


def solution(columns, wanted):
    """The numbers of the columns, as bits, whose exclusive or is `wanted`."""
    basis = {}
    for place, column in enumerate(columns):
        left, made = column, 1 << place
        while left and left.bit_length() in basis:
            other, parts = basis[left.bit_length()]
            left, made = left ^ other, made ^ parts
        if left:
            basis[left.bit_length()] = (left, made)
    found = 0
    while wanted:
        other, parts = basis[wanted.bit_length()]
        wanted, found = wanted ^ other, found ^ parts
    return found
