"""What old zip programs make: names in the letters of the first PC, of the entry and inside its zip."""

import os

from zipping import ANSWER, zipped

MUST = {"origin": r"Jörg Müller\.(zip|py)", "status": "graded", "points": 3.0, "says": "the same student", "reports": 2}


def hand_in(folder):
    inside = "Übung/softmax.py".encode("cp437")
    data = zipped(("x" * len(inside), ANSWER)).replace(b"x" * len(inside), inside)
    for suffix, content in ((".zip", data), (".py", ANSWER.encode())):
        (folder / os.fsdecode("Jörg Müller".encode("cp437") + suffix.encode())).write_bytes(content)
