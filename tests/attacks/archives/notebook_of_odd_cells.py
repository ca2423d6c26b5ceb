"""Cells that are numbers, sources that are objects, kinds that are lists: each is refused with the cell's number."""

import json

MUST = {
    "origin": r"Odd \d\.ipynb",
    "status": "unreadable",
    "says": r"is not a notebook: (the source of )?its cell 1",
    "reports": 4,
}
CELLS = (3, None, {"cell_type": "code", "source": {"x": 1}}, {"cell_type": "code", "source": ["x", 1]})


def hand_in(folder):
    for number, cell in enumerate(CELLS):
        (folder / f"Odd {number}.ipynb").write_text(json.dumps({"nbformat": 4, "cells": [cell]}))
