"""The form of 2011, with worksheets, which is read; and those of versions that never were."""

import json

from zipping import ANSWER, notebook

MUST = {"origin": r"Version -?\d+\.ipynb", "status": "graded", "points": 3.0, "says": "", "reports": 3}


def hand_in(folder):
    cells = [{"cell_type": "code", "language": "python", "input": ANSWER, "outputs": []}]
    old = {"nbformat": 3, "metadata": {}, "worksheets": [{"cells": []}, {"cells": cells}]}
    (folder / "Version 3.ipynb").write_text(json.dumps(old))
    for version in (99, -1):
        (folder / f"Version {version}.ipynb").write_text(notebook(ANSWER, nbformat=version))
