"""Folders called softmax.py, on disk and in a zip, with an answer inside; and an entry that ends in .py and is none."""

from zipping import ANSWER, zipped

MUST = {"origin": r"Folder Name(d\.py|d\.zip)?", "status": "graded", "points": 3.0, "says": "", "reports": 3}


def hand_in(folder):
    for student in ("Folder Name", "Folder Named.py"):
        (folder / student / "softmax.py").mkdir(parents=True)
        (folder / student / "softmax.py" / "softmax.py").write_text(ANSWER)
    data = zipped(("softmax.py/", ""), ("softmax.py/softmax.py", ANSWER))
    (folder / "Folder Named.zip").write_bytes(data)
