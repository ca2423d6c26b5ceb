"""Two files whose names are the same Chinese word, in UTF-8 and in GBK: one of them is somebody else's."""

import os

from zipping import ANSWER

MUST = {
    "origin": r"作业双胞\.py",
    "status": "graded",
    "points": 3.0,
    "says": r"the same student also has 作业双胞\.py, graded apart",
    "reports": 2,
}


def hand_in(folder):
    for codec in ("utf-8", "gbk"):
        (folder / os.fsdecode("作业双胞.py".encode(codec))).write_text(ANSWER)
