"""One path in composed and in decomposed letters: two files on Linux, one on macOS."""

import unicodedata

from zipping import ANSWER, zipped

MUST = {
    "origin": r"Forms Zip\.zip",
    "status": "unreadable",
    "says": r"which differ in Unicode form \(NFC, NFD\) only",
}


def hand_in(folder):
    composed, decomposed = (unicodedata.normalize(form, "Lösung/softmax.py") for form in ("NFC", "NFD"))
    (folder / "Forms Zip.zip").write_bytes(zipped((composed, "x = 1\n"), (decomposed, ANSWER)))
