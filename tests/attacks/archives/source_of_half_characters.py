"""Half of a pair of surrogates in the bytes that UTF-8 would have for it, if it had any."""

from zipping import ANSWER

MUST = {"origin": r"Half Source\.py", "status": "unreadable", "says": "byte 0xed in line 1 does not decode"}


def hand_in(folder):
    (folder / "Half Source.py").write_bytes(b"x = '\xed\xa0\x80'\n" + ANSWER.encode())
