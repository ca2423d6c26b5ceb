"""NaN, infinities and numbers without end, where a notebook has counts; and version NaN."""

from zipping import ANSWER, notebook

MUST = {"origin": r"Numbers\.ipynb", "status": "graded", "points": 3.0, "says": ""}


def hand_in(folder):
    text = notebook(ANSWER).replace('"nbformat": 4', '"nbformat": NaN, "count": -Infinity, "more": 1e999999')
    (folder / "Numbers.ipynb").write_text(text)
