"""Magics and shell commands around the answer: none is run, and what was dropped is said."""

from zipping import ANSWER, notebook

MUST = {
    "origin": r"Commands\.ipynb",
    "status": "graded",
    "points": 3.0,
    "says": "dropped the whole cell, which is %%bash",
}


def hand_in(folder):
    cells = (
        "%%bash\ntouch /tmp/autograder-slipped-out\nrm -rf ~",
        "!touch /tmp/autograder-slipped-out\n%run /tmp/slipped-out.py\n?help\nfiles = !ls /\n%pip install evil",
        "%%writefile softmax.py\nx = 1",
        "%%javascript\nalert(1)",
        "if True:\n    !touch /tmp/autograder-slipped-out",
        ANSWER,
    )
    (folder / "Commands.ipynb").write_text(notebook(*cells))
