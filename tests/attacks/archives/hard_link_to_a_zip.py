"""The archive of somebody else, handed in under a second name of the same file."""

import os

from zipping import REFERENCE, zipped

MUST = {"origin": r"Hard Link\.zip", "status": "unreadable", "says": "not read: another name on this disk"}


def hand_in(folder):
    (folder.parent / "theirs.zip").write_bytes(zipped(("softmax.py", REFERENCE.read_bytes())))
    os.link(folder.parent / "theirs.zip", folder / "Hard Link.zip")
