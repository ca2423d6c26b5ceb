"""Bidirectional overrides that make one name look like another, and characters that are not seen at all."""

from zipping import ANSWER

MUST = {"origin": "Bidi.*", "status": "graded", "points": 3.0, "says": ""}
NAME = "Bidi \u202egreB nnA\u202c\u2066\u2069\u200f\u061c\u200b\ufeff\u2028\U000e0041"


def hand_in(folder):
    (folder / f"{NAME}.py").write_text(ANSWER)
