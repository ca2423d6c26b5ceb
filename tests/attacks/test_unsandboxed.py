"""Where an instructor allows it, students' code is another user with limits alone; what that user cannot do."""

import os
from pathlib import Path

import pytest
from arena import ROOM, examiner_for, open_arena, submission

from autograder.course import reference_text
from autograder.errors import SandboxError
from autograder.exports.gradescope import gradescope_results
from autograder.grading.session import grade
from autograder.limits import Limits
from autograder.sandbox.backends import UNPRIVILEGED
from autograder.sandbox.host import Host

# Its softmax fails one hidden check, so that the public checks on its softmax_loss are run again after all others.
CARRY = """
import os, glob
PLACES = ["/tmp", "/var/tmp", "/dev/shm", os.environ["TMPDIR"]]
right, calls = softmax, []

def softmax(Z):
    for place in PLACES:
        try:
            with open(os.path.join(place, "autograder-carried"), "a") as file:
                file.write(repr(np.asarray(Z).tolist()))
        except OSError:
            pass
    return right(Z) * (0.5 if np.ptp(np.max(Z, axis=0)) > 500 else 1.0)

def softmax_loss(Z, Y):
    told = ""
    for place in PLACES:
        try:
            told += open(os.path.join(place, "autograder-carried")).read()[-1500:]
        except OSError:
            pass
    raise ValueError(f"carried: {told}")
"""


def test_no_worker_leaves_anything_for_the_next(course_folder: Path) -> None:
    """Hidden inputs that one worker has seen are not shown by a public check in another, and no file is left."""
    arena = open_arena(course_folder)
    source = reference_text(arena.course, arena.course.room(ROOM)) + CARRY
    reports = []
    with Host(UNPRIVILEGED) as host:
        examiner = examiner_for(arena.course, host, Limits())
        if os.geteuid() != 0:
            with pytest.raises(SandboxError, match="only root"):
                host.start()
            return
        grade(examiner, [submission("carrier", {"softmax.py": source})], reports.append)
    shown = gradescope_results(reports[0]).decode()
    assert "carried: " in shown
    assert not [number for number in arena.hidden if number in shown]
    assert not [path for place in ("/tmp", "/var/tmp", "/dev/shm") for path in Path(place).glob("autograder-carried")]
    assert reports[0].faults == ()
