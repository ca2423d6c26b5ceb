"""Two names that are one on Windows and macOS, where the second would be written over the first."""

from zipping import ANSWER, zipped

MUST = {
    "origin": r"Case Zip\.zip",
    "status": "unreadable",
    "says": r"holds softmax\.py and Softmax\.PY, which differ in case only",
}


def hand_in(folder):
    (folder / "Case Zip.zip").write_bytes(zipped(("softmax.py", "x = 1\n"), ("Softmax.PY", ANSWER)))
