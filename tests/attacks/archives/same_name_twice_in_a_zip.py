"""The right answer and a wrong one under one name: which counts depends on who unpacks."""

from zipping import ANSWER, zipped

MUST = {"origin": r"Twice\.zip", "status": "unreadable", "says": r"holds work/softmax\.py twice"}


def hand_in(folder):
    data = zipped(("work/softmax.py", "x = 1\n"), ("work/./softmax.py", ANSWER))
    (folder / "Twice.zip").write_bytes(data)
