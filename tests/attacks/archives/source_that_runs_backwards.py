"""Trojan source: overrides that show a reader of the report other code than the one that runs."""

from zipping import ANSWER

MUST = {"origin": r"Trojan\.py", "status": "graded", "points": 0.0, "says": "SyntaxError"}


def hand_in(folder):
    (folder / "Trojan.py").write_text(ANSWER + "x = 1 \u202e} \u2066if right\u2069 \x1b[2J\n", encoding="utf-8")
