"""A softmax.py that is a link to the solution, absolute and by way of a folder that is a link."""

from zipping import REFERENCE

MUST = {"origin": "Linked (File|Folder)", "status": "unreadable", "says": "symbolic link.*never followed", "reports": 2}


def hand_in(folder):
    (folder / "Linked File").mkdir()
    (folder / "Linked File" / "softmax.py").symlink_to(REFERENCE)
    (folder / "Linked Folder").mkdir()
    (folder / "Linked Folder" / "a05_softmax").symlink_to(REFERENCE.parent)
