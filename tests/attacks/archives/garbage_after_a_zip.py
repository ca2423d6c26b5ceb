"""A zip with sixty kilobytes of something else behind it, and one that hides a second directory in its comment."""

import io
import zipfile

from zipping import ANSWER, END, zipped

MUST = {"origin": r"Behind \d\.zip", "status": "graded", "points": 3.0, "says": "", "reports": 2}


def hand_in(folder):
    data = zipped(("softmax.py", ANSWER))
    (folder / "Behind 1.zip").write_bytes(data + b"\x00\x1b[2J<script>" * 5000)
    buffer = io.BytesIO(data)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.comment = END[:3] + b"a directory that is none"
    (folder / "Behind 2.zip").write_bytes(buffer.getvalue())
