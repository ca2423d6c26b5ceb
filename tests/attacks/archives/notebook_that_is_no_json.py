"""Notebooks that are no JSON, JSON that is no notebook, and nothing at all."""

MUST = {"origin": r"No Notebook \d\.ipynb", "status": "unreadable", "says": "is not a notebook", "reports": 6}
TEXTS = ('{"cells": [', "[1, 2]", '"text"', "1" * 100_000, "", '{"cells": {}, "worksheets": 3}')


def hand_in(folder):
    for number, text in enumerate(TEXTS):
        (folder / f"No Notebook {number}.ipynb").write_text(text)
