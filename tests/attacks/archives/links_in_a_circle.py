"""Links that lead to each other, to themselves and to the folder above, beside an answer that is right."""

from zipping import ANSWER

MUST = {"origin": "Circle", "status": "graded", "points": 3.0, "says": r"up/?: not read: a symbolic link"}


def hand_in(folder):
    place = folder / "Circle"
    place.mkdir()
    (place / "softmax.py").write_text(ANSWER)
    (place / "a.py").symlink_to("b.py")
    (place / "b.py").symlink_to("a.py")
    (place / "self.py").symlink_to("self.py")
    (place / "here").symlink_to(".")
    (place / "up").symlink_to("../..")
