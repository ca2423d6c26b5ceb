"""Line and paragraph separators that an editor shows as line ends and Python does not take for any."""

from zipping import ANSWER

MUST = {"origin": r"Separators \d\.py", "status": "graded", "points": 0.0, "says": "SyntaxError", "reports": 3}


def hand_in(folder):
    for number, end in enumerate(("\u2028", "\u2029", "\x85")):
        (folder / f"Separators {number}.py").write_text(ANSWER.replace("\n", end), encoding="utf-8")
