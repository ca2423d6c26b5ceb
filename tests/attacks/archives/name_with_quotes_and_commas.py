"""A name that ends its cell in the gradebook and begins another, for each way to separate cells."""

from zipping import ANSWER

MUST = {"origin": 'Cell[",;].*', "status": "graded", "points": 3.0, "says": "", "reports": 3}
NAMES = ('Cell","=1+1","20', "Cell;=1+1;\t=1+1;20", "Cell,=1+1,20'")


def hand_in(folder):
    for name in NAMES:
        (folder / f"{name}.py").write_text(ANSWER)
