"""Escapes where a message about an unreadable hand-in quotes it: a name in a zip, a kernel's language."""

from zipping import notebook, zipped

MUST = {"origin": r"Quoted \d\.\w+", "status": "unreadable", "says": r"\\x1b\]0;owned\\x07\\x9b2J\\u202e", "reports": 2}
ESCAPE = "\x1b]0;owned\x07\x9b2J\u202e"


def hand_in(folder):
    (folder / "Quoted 1.zip").write_bytes(zipped(("softmax.py", "x = 1\n"), (f"../{ESCAPE}.py", "")))
    language = {"kernelspec": {"language": ESCAPE, "name": ESCAPE}}
    (folder / "Quoted 2.ipynb").write_text(notebook("x = 1", metadata=language))
