"""Entries that stand, says the directory, beyond the end of the file, and within another entry's content."""

from zipping import ANSWER, LOCAL, patched, zipped

MUST = {
    "origin": r"Elsewhere \d\.zip",
    "status": "unreadable",
    "says": r"entry softmax\.py is (damaged|no)",
    "reports": 2,
}


def hand_in(folder):
    data = zipped(("softmax.py", ANSWER))
    (folder / "Elsewhere 1.zip").write_bytes(patched(data, 42, "<L", 0x7FFFFFFF))
    assert data.startswith(LOCAL)
    (folder / "Elsewhere 2.zip").write_bytes(patched(data, 42, "<L", 30))
