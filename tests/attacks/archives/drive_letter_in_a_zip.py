"""Absolute for Windows: a drive, with and without a slash behind it."""

from zipping import ANSWER, zipped

MUST = {
    "origin": "Drive [CD].zip",
    "status": "unreadable",
    "says": r"entry [cD]:.*slipped-out\.py has an absolute path",
    "reports": 2,
}


def hand_in(folder):
    (folder / "Drive C.zip").write_bytes(zipped(("softmax.py", ANSWER), ("c:slipped-out.py", ANSWER)))
    (folder / "Drive D.zip").write_bytes(zipped(("softmax.py", ANSWER), ("D:\\Windows\\slipped-out.py", ANSWER)))
