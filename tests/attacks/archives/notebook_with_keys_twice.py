"""Two lists of cells under one key, and two sources in one cell: the last counts, as in Jupyter."""

import json

from zipping import ANSWER, notebook

MUST = {"origin": r"Keys\.ipynb", "status": "graded", "points": 3.0, "says": ""}


def hand_in(folder):
    first, second = notebook("raise SystemExit"), notebook(ANSWER)
    text = first[:-1] + ", " + second[1:]
    text = text.replace('"source": "import', '"source": "raise SystemExit", "source": "import')
    assert json.loads(text)
    (folder / "Keys.ipynb").write_text(text)
