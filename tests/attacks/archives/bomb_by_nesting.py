"""Zips in zips, ten deep and ten wide: ten thousand million files for whoever unpacks them all."""

from zipping import ANSWER, zipped

MUST = {"origin": r"Nested\.zip", "status": "unreadable", "says": r"a folder may hold one zip, a zip none"}


def hand_in(folder):
    data = zipped(*((f"{number}/softmax.py", ANSWER) for number in range(10)))
    for _ in range(9):
        data = zipped(*((f"{number}.zip", data) for number in range(10)))
    (folder / "Nested.zip").write_bytes(data)
