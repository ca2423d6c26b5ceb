"""Millions of magics, each of which would leave a note, and millions of quotes that might have one behind them."""

from zipping import notebook

MUST = {"origin": r"Magics \d\.ipynb", "status": "unreadable", "says": "holds more than 1 MiB of code", "reports": 3}


def hand_in(folder):
    (folder / "Magics 1.ipynb").write_text(notebook("!\n" * 2_700_000))
    (folder / "Magics 2.ipynb").write_text(notebook(*["%time"] * 100_000, "x = 1"))
    (folder / "Magics 3.ipynb").write_text(notebook("'\n" * 2_700_000))
