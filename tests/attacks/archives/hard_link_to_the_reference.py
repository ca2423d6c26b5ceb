"""A softmax.py that is the solution itself: a second name of the same file, which no flag of `open` refuses."""

import os
import shutil

from zipping import REFERENCE

MUST = {"origin": "Hard Link", "status": "unreadable", "says": r"softmax\.py: not read: another name on this disk"}


def hand_in(folder):
    # Links do not reach into other file systems, so a copy stands in for the solution.
    solution = folder.parent / "solution.py"
    shutil.copyfile(REFERENCE, solution)
    (folder / "Hard Link").mkdir()
    os.link(solution, folder / "Hard Link" / "softmax.py")
