"""Escapes where a note quotes what was read: magics of a notebook, a file that was passed over."""

from zipping import ANSWER, notebook

MUST = {
    "origin": r"Noted \d(\.ipynb)?",
    "status": "graded",
    "points": 3.0,
    "says": r"\\x1b\]0;owned\\x07\\x9b2J\\u202e",
    "reports": 3,
}
ESCAPE = "\x1b]0;owned\x07\x9b2J\u202e"


def hand_in(folder):
    (folder / "Noted 1.ipynb").write_text(notebook(f"!{ESCAPE}", ANSWER))
    (folder / "Noted 2.ipynb").write_text(notebook(f"%%{ESCAPE}\nx = 1", ANSWER))
    (folder / "Noted 3" / ESCAPE).mkdir(parents=True)
    (folder / "Noted 3" / "softmax.py").write_text(ANSWER)
    (folder / "Noted 3" / ESCAPE / "softmax.py").write_text("x = 1\n")
