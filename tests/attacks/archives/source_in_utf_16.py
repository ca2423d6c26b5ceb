"""What PowerShell writes: UTF-16 with its mark. It is read, with a note that Python would not."""

from zipping import ANSWER

MUST = {"origin": r"Utf 16 \w\w\.py", "status": "graded", "points": 3.0, "says": "was UTF-16", "reports": 2}


def hand_in(folder):
    for codec in ("utf-16-le", "utf-16-be"):
        (folder / f"Utf 16 {codec[-2:]}.py").write_bytes(("\ufeff" + ANSWER).encode(codec))
