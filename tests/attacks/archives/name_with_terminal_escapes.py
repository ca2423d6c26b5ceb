"""A name that clears the screen, sets the window's title, writes to the clipboard and answers for the user."""

from zipping import ANSWER

MUST = {"origin": "Escape.*", "status": "graded", "points": 3.0, "says": "", "reports": 2}
NAMES = ("Escape\x1b[2J\x1b]0;owned\x07\x1b]52;c;b3duZWQ=\x07\x1b[6n\x1bc", "Escape \x9b2J\x9d0;owned\x9c\x7f\x08\x0f")


def hand_in(folder):
    for name in NAMES:
        (folder / f"{name}.py").write_text(ANSWER)
