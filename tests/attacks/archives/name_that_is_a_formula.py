"""Names that a spreadsheet would run, behind every sign and space that it overlooks."""

from zipping import ANSWER

MUST = {"origin": "[=+@＝＋＠\t \u3000-].*cmd.*", "status": "graded", "points": 3.0, "says": "", "reports": 8}
SIGNS = ("=", "+", "-", "@", "\t=", "＝", "＋", "\u3000＠")


def hand_in(folder):
    for sign in SIGNS:
        (folder / f"{sign}cmd|' ∕C calc'!A1.py").write_text(ANSWER)
