"""A name that is no text in any encoding."""

import os

from zipping import ANSWER

MUST = {"origin": r"Bytes .*\.py", "status": "graded", "points": 3.0, "says": ""}


def hand_in(folder):
    (folder / os.fsdecode(b"Bytes \xff\xfe\xed\xa0\x80.py")).write_text(ANSWER)
