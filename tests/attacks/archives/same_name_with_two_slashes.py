"""The same path spelt with a backslash, with doubled slashes and with steps that lead nowhere."""

from zipping import ANSWER, zipped

MUST = {"origin": r"Slashes\.zip", "status": "unreadable", "says": r"holds work/softmax\.py twice"}


def hand_in(folder):
    (folder / "Slashes.zip").write_bytes(zipped(("work//softmax.py", "x = 1\n"), ("work\\softmax.py", ANSWER)))
