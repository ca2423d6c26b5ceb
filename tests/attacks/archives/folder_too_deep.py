"""The answer at the bottom of a well of three hundred folders."""

from zipping import ANSWER

MUST = {"origin": "Deep", "status": "unreadable", "says": "not read, deeper than 16 folders"}


def hand_in(folder):
    bottom = folder / "Deep" / "/".join("d" * 300)
    bottom.mkdir(parents=True)
    (bottom / "softmax.py").write_text(ANSWER)
