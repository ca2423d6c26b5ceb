"""Names without a letter: of spaces, of signs, and of dots, where nothing is left for an id."""

from zipping import ANSWER

MUST = {"origin": r"( |\u3000|!!|~)(\.py)?", "status": "graded", "points": 3.0, "says": "", "reports": 4}


def hand_in(folder):
    for name in (" .py", "\u3000.py", "!!.py"):
        (folder / name).write_text(ANSWER)
    (folder / "~").mkdir()
    (folder / "~" / "softmax.py").write_text(ANSWER)
