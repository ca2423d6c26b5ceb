"""A file that turns into a link to the solution and back, thousands of times a second, while it is read."""

from zipping import REFERENCE

# Whether the file or the link is met is a matter of luck; what the link leads to must never count.
MUST = {"origin": "Swapped", "status": ["graded", "unreadable"], "points": 0.0, "says": ""}


def hand_in(folder):
    (folder / "Swapped").mkdir()
    (folder / "Swapped" / "softmax.py").write_text("x = 1\n")


def meanwhile(folder, stop):
    place = folder / "Swapped"
    while not stop.is_set():
        (place / "link").symlink_to(REFERENCE)
        (place / "link").replace(place / "softmax.py")
        (place / "file").write_text("x = 1\n")
        (place / "file").replace(place / "softmax.py")
