"""NUL bytes, where C ends a text and Python refuses to go on: at the end, and in the place of every line end."""

from zipping import ANSWER

MUST = {"origin": r"Nul \d\.py", "status": "unreadable", "says": "holds a NUL character in line", "reports": 2}


def hand_in(folder):
    (folder / "Nul 1.py").write_text(ANSWER + "\0")
    (folder / "Nul 2.py").write_text(ANSWER.replace("\n", "\0"))
