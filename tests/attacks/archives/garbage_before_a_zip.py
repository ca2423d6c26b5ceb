"""A zip behind a program, as those that unpack themselves, and a zip behind another zip: the last one counts."""

from zipping import ANSWER, zipped

MUST = {"origin": r"Before \d\.zip", "status": "graded", "points": 3.0, "says": "", "reports": 2}


def hand_in(folder):
    data = zipped(("softmax.py", ANSWER))
    (folder / "Before 1.zip").write_bytes(b"MZ" + bytes(50_000) + data)
    (folder / "Before 2.zip").write_bytes(zipped(("softmax.py", "x = 1\n")) + data)
