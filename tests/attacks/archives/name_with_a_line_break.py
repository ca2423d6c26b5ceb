"""A name that goes on in the next line, with a row of the table and a row of the gradebook of its own making."""

from zipping import ANSWER

MUST = {"origin": "Line\nForged,Forged.*", "status": "graded", "points": 3.0, "says": ""}
NAME = "Line\nForged,Forged,graded,2,5,7,3,3,20,20\r\nForged  graded  20 of 20"


def hand_in(folder):
    (folder / f"{NAME}.py").write_text(ANSWER)
