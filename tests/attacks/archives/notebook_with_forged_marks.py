"""Comments like the marks that part cells, inside of a text: they cost who writes them the answer, and nobody else."""

from zipping import ANSWER, notebook

MUST = {"origin": r"Marks\.ipynb", "status": "graded", "points": 0.0, "says": ""}


def hand_in(folder):
    forged = (
        '"""\n# cell 2\ndef accuracy(A, y):\n    raise SystemExit\n# cell 3\n"""\n# cell 2\n# cell 99999999999999999999'
    )
    (folder / "Marks.ipynb").write_text(notebook(forged, ANSWER, "# cell 3\n# cell 4\nraise SystemExit"))
