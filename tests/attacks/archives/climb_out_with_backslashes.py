"""Zip-slip for readers that take a backslash for a separator, and for those that split at both."""

from zipping import ANSWER, zipped

MUST = {
    "origin": "Slip Windows.zip",
    "status": "unreadable",
    "says": r"entry work\\\.\./\.\.\\slipped-out\.py climbs out of the archive",
}


def hand_in(folder):
    (folder / "Slip Windows.zip").write_bytes(zipped(("softmax.py", ANSWER), ("work\\../..\\slipped-out.py", ANSWER)))
