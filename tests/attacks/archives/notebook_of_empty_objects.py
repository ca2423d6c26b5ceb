"""As many objects as fit below the bound on a notebook: each takes a hundred times its two characters to hold."""

MUST = {
    "origin": r"Objects \d\.ipynb",
    "status": "unreadable",
    "says": "(no code cell|not a JSON object)",
    "reports": 3,
}
FITS = 8 * 2**20 - 100


def hand_in(folder):
    for number, piece in enumerate(("{},", '{"":0},', "[[]],")):
        text = '{"cells": [' + piece * (FITS // len(piece)) + "{}]}"
        (folder / f"Objects {number}.ipynb").write_text(text)
