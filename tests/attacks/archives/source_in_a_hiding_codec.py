"""Coding lines of codecs that turn harmless text into other code, and one that is a path."""

from zipping import ANSWER

MUST = {
    "origin": r"Coding \d\.py",
    "status": "unreadable",
    "says": "its coding line says '.*', which is not read",
    "reports": 7,
}
CODECS = ("utf-7", "rot13", "../../x", "unicode_escape", "punycode", "os.path", "x" * 10_000)


def hand_in(folder):
    for number, codec in enumerate(CODECS):
        (folder / f"Coding {number}.py").write_text(f"# coding: {codec}\n{ANSWER}")
