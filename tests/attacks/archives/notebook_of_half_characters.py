"""Half of a pair of surrogates, which JSON can write and UTF-8 cannot."""

from zipping import notebook

MUST = {"origin": r"Half\.ipynb", "status": "unreadable", "says": "holds half a surrogate pair in line 2"}


def hand_in(folder):
    (folder / "Half.ipynb").write_text(notebook("x = 1\ny = '\ud800'"))
