"""The answer, and behind it one text that makes it just as long as a source may be."""

from zipping import ANSWER

MUST = {"origin": r"Almost One\.py", "status": "graded", "points": 3.0, "says": ""}


def hand_in(folder):
    text = ANSWER + f"x = '{'a' * (2**20 - len(ANSWER) - 7)}'\n"
    assert len(text) == 2**20
    (folder / "Almost One.py").write_text(text)
