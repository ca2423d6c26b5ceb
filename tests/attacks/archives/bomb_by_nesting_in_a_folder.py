"""The one zip of a folder is read; this one holds the next, and so on, ten deep."""

from zipping import ANSWER, zipped

MUST = {"origin": "Nested Folder", "status": "unreadable", "says": r"a folder may hold one zip, a zip none"}


def hand_in(folder):
    data = zipped(("softmax.py", ANSWER))
    for _ in range(10):
        data = zipped(("work.zip", data))
    (folder / "Nested Folder").mkdir()
    (folder / "Nested Folder" / "work.zip").write_bytes(data)
