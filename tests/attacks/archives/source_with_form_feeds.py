"""Form feeds and other white space that Python allows between lines."""

from zipping import ANSWER

MUST = {"origin": r"Form Feed\.py", "status": "graded", "points": 3.0, "says": ""}


def hand_in(folder):
    (folder / "Form Feed.py").write_text("\f" + ANSWER.replace("\n\n", "\n\f\n \t\f\n") + "\f")
