"""A zip with a password, which nobody here has."""

from zipping import ANSWER, CENTRAL, LOCAL, patched, zipped

MUST = {"origin": r"Encrypted\.zip", "status": "unreadable", "says": r"entry softmax\.py is encrypted"}


def hand_in(folder):
    data = patched(zipped(("softmax.py", ANSWER)), 6, "<H", 1, signature=LOCAL)
    (folder / "Encrypted.zip").write_bytes(patched(data, 8, "<H", 1, signature=CENTRAL))
