"""A source of sixty megabytes, as an entry, in a folder and in a zip; and one that takes a terabyte and no disk."""

import os

from zipping import zipped

MUST = {
    "origin": r"(Sixty|Sparse)(\.py|\.zip|)",
    "status": "unreadable",
    "says": "(is larger than|unpacks to 57 MiB;) (1|64) MiB",
    "reports": 5,
}
TEXT = b"x = 1000\n" * (60_000_000 // 9)


def hand_in(folder):
    (folder / "Sixty.py").write_bytes(TEXT)
    (folder / "Sixty").mkdir()
    (folder / "Sixty" / "softmax.py").write_bytes(TEXT)
    (folder / "Sixty.zip").write_bytes(zipped(("softmax.py", TEXT)))
    for name in ("Sparse.py", "Sparse.zip"):
        with (folder / name).open("wb") as file:
            os.truncate(file.fileno(), 2**40)
