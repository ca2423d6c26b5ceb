"""A student's own check: the modules that stand in the rooms, graded here and now without a sandbox."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import replace

from autograder.checking.check import Check
from autograder.checking.examiner import Examiner
from autograder.checking.standalone import own_sources
from autograder.course.model import Course, Room
from autograder.errors import AutograderError
from autograder.grading.environment import course_secret
from autograder.grading.session import grade
from autograder.grading.submission import Submission, digest_of
from autograder.language import say
from autograder.report import Report
from autograder.sandbox.backends import NONE
from autograder.sandbox.host import Host


def check_own(course: Course, rooms: Sequence[Room], exercises: Collection[str], *, hidden: bool) -> Report:
    """Return the report on the student's own modules.

    exercises: "room.exercise" names to check; none means all. hidden: run the hidden checks too.
    Raises `CourseError` when a module or the checks cannot be read.
    """
    sources = dict(own_sources(list(rooms)).texts)
    submission = Submission(
        id="you",
        student="you",
        origin=", ".join(sorted(sources)),
        form="folder",
        sources=sources,
        notes=(),
        problem=None,
        digest=digest_of("folder", sources),
    )

    def wanted(check: Check) -> bool:
        return not exercises or f"{check.room}.{check.exercise}" in exercises

    def choose(check: Check) -> bool:
        return wanted(check) and (hidden or check.visibility == "public")

    secret = course_secret(course.path) if hidden else hashlib.sha256(b"no hidden checks").digest()
    reports: list[Report] = []
    examiner = Examiner(course, rooms, Host(NONE), secret)
    try:
        grade(examiner, [submission], reports.append, choose)
    finally:
        examiner.close()
    if not reports:
        raise AutograderError("pytest ended before anything was checked; run the room's checks with plain pytest")
    left_out = sum(check.points for check in examiner.checks.values() if wanted(check) and not choose(check))
    if not left_out:
        return reports[0]
    note = say(
        "public checks only; hidden ones, worth {points:g} more points, are run when your work is graded",
        points=left_out,
    )
    return replace(reports[0], submission=replace(reports[0].submission, notes=(note,)))
