"""An entry with an absolute path, to be unpacked over a file of the machine."""

from zipping import ANSWER, zipped

MUST = {
    "origin": "Absolute.zip",
    "status": "unreadable",
    "says": "entry /tmp/autograder-slipped-out.py has an absolute path",
}


def hand_in(folder):
    data = zipped(("softmax.py", ANSWER), ("/tmp/autograder-slipped-out.py", ANSWER))
    (folder / "Absolute.zip").write_bytes(data)
