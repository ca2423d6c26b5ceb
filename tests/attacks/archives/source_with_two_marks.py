"""Two byte order marks: the first is the file's, the second is a character that no program may hold."""

from zipping import ANSWER

MUST = {"origin": r"Two Marks\.py", "status": "graded", "points": 0.0, "says": "(U.FEFF|ufeff)"}


def hand_in(folder):
    (folder / "Two Marks.py").write_text("\ufeff\ufeff" + ANSWER, encoding="utf-8")
