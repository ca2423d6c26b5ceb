"""Cells that no parser takes: too deep, too long a sum, too many prefixes; each costs itself, and no answer."""

from zipping import ANSWER, notebook

MUST = {"origin": r"Parser \d\.ipynb", "status": "graded", "points": 3.0, "says": "", "reports": 4}
CELLS = ("x = " + "(" * 5_000, "x = " + "-" * 50_000 + "1", "x = " + "[" * 150 + "]" * 150, "x = 1" + " + 1" * 20_000)


def hand_in(folder):
    for number, cell in enumerate(CELLS):
        (folder / f"Parser {number}.ipynb").write_text(notebook(cell, ANSWER, cell))
