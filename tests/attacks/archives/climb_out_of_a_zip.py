"""Zip-slip: an entry whose path leads out of wherever it is unpacked, beside an answer that is right."""

from zipping import ANSWER, zipped

MUST = {
    "origin": "Slip Parent.zip",
    "status": "unreadable",
    "says": r"entry \.\./\.\./slipped-out\.py climbs out of the archive",
}


def hand_in(folder):
    data = zipped(("softmax.py", ANSWER), ("../../slipped-out.py", ANSWER), ("a/../../../slipped-out.py", ANSWER))
    (folder / "Slip Parent.zip").write_bytes(data)
