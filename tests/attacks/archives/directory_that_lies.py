"""A directory that says softmax.py of an entry that calls itself something else."""

from zipping import ANSWER, zipped

MUST = {"origin": r"Directory\.zip", "status": "unreadable", "says": r"entry softmax\.py is damaged \(File name"}


def hand_in(folder):
    data = zipped(("softmax.py", ANSWER))
    (folder / "Directory.zip").write_bytes(data.replace(b"softmax.py", b"harmless.t", 1))
