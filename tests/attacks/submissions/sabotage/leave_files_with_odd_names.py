"""Files whose names, modes and sizes are meant for whoever cleans up."""

import os

MUST = {"verdicts": {"softmax": "crashed"}, "says": {"softmax": r"ValueError: left \d+ files"}}

NAMES = (
    *(b"-rf", b"*", b"~", b"$(exit)", b"`exit`", b";exit", b"|", b"\n", b"\r\n", b" ", b"...", b"\x1b[2J", b"\x7f"),
    *(b"\xff\xfe", b"\xed\xa0\x80", b"\xc3\x28", "\u202e".encode(), "e\u0301".encode(), "é".encode(), b"a" * 255),
    *(b"<script>", b"=1+1", b"con.txt", b"nul", b"%n%s", b"{}", b"'\"'", b"\\", b"CON", b"con"),
)


def softmax(Z):
    """Leave them: unreadable, with holes, with the same name in two spellings."""
    folder, left = os.fsencode(os.environ["TMPDIR"]), 0
    for name in NAMES:
        for place in (folder, b"/dev/shm", b"."):
            try:
                descriptor = os.open(os.path.join(place, name), os.O_CREAT | os.O_RDWR, 0o000)
                os.ftruncate(descriptor, 1 << 20)
                os.close(descriptor)
                left += 1
            except OSError:
                pass
    raise ValueError(f"left {left} files")
