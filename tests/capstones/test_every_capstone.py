"""Every capstone of the course, as the reference does it; `autograder audit` holds them to all of their laws."""

from pathlib import Path

import pytest

from autograder.audit.candidates import replaced
from autograder.audit.secrets import secret
from autograder.checking.examiner import Examiner
from autograder.course import read_course
from autograder.grading.session import grade
from autograder.report import Report
from autograder.sandbox.backends import NONE
from autograder.sandbox.host import Host
from autograder.verdicts import Verdict

pytestmark = pytest.mark.slow

COURSE = Path(__file__).parent.parent.parent / "assignments"
ROOMS = sorted(path.parent.parent.name for path in COURSE.glob("*/checks/test_capstone.py"))


def test_every_room_has_a_capstone() -> None:
    """There are eleven rooms, and each ends with one."""
    assert [room.name for room in read_course(COURSE).rooms] == ROOMS


@pytest.mark.parametrize("name", ROOMS)
def test_the_reference_gets_all_points_and_the_stubs_get_none(name: str) -> None:
    """What is right reaches the bars, also of the hidden check; what is not written is said to be so."""
    course = read_course(COURSE)
    room = course.room(name)
    capstone = room.capstone
    assert capstone is not None
    right = replaced(course, room, "reference", {})
    stubs = replaced(course, room, "stub", dict.fromkeys(capstone.uses, "stub"))
    reports: list[Report] = []
    with Host(NONE) as host:
        examiner = Examiner(course, [room], host, secret(0))
        grade(examiner, [right.submission, stubs.submission], reports.append, lambda check: check.is_capstone)
    best, worst = reports
    assert (best.faults, best.points) == ((), capstone.points)
    assert worst.points == 0
    assert worst.exercises[0].verdict is Verdict.NOT_IMPLEMENTED
