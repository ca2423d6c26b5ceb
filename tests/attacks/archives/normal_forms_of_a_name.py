"""Two entries whose names look the same, in composed and decomposed letters: each is told of the other."""

import unicodedata

from zipping import ANSWER

MUST = {
    "origin": "Zo(ë|e\u0308) Twin\\.py",
    "status": "graded",
    "points": 3.0,
    "says": r"the same student also has Zo.{1,2} Twin\.py, graded apart",
    "reports": 2,
}


def hand_in(folder):
    for form in ("NFC", "NFD"):
        (folder / unicodedata.normalize(form, "Zoë Twin.py")).write_text(ANSWER)
