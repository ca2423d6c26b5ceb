"""A student's own check: the modules that stand in the rooms, or a notebook's, graded without a sandbox."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from autograder.checking.check import Check
from autograder.checking.examiner import Examiner
from autograder.course.model import Course, Room
from autograder.errors import AutograderError
from autograder.grading.environment import course_secret
from autograder.grading.handiwork import own_modules
from autograder.grading.session import grade
from autograder.grading.submission import Submission, digest_of
from autograder.language import say
from autograder.report import Report
from autograder.sandbox.backends import NONE
from autograder.sandbox.host import Host


def check_own(
    course: Course,
    rooms: Sequence[Room],
    exercises: Collection[str],
    *,
    hidden: bool,
    given: Mapping[str, str] | None = None,
) -> Report:
    """Return the report on the student's own modules.

    exercises: "room.exercise" names to check; none means all. hidden: run the hidden checks too.
    given: sources by file name ("softmax.ipynb"), in place of the modules that stand in the rooms.
    Raises `CourseError` when a module or the checks cannot be read.
    """
    submission = _as_handed_in(own_modules(rooms) if given is None else given)

    def wanted(check: Check) -> bool:
        return not exercises or f"{check.room}.{check.exercise}" in exercises

    def choose(check: Check) -> bool:
        return wanted(check) and (hidden or check.visibility == "public")

    # A release has no hidden checks, and no secret is made for it.
    drawn = hidden and not course.is_release
    secret = course_secret(course.path) if drawn else hashlib.sha256(b"no hidden checks").digest()
    reports: list[Report] = []
    examiner = Examiner(course, rooms, Host(NONE), secret)
    try:
        grade(examiner, [submission], reports.append, choose)
    finally:
        examiner.close()
    if not reports:
        raise AutograderError("pytest ended before anything was checked; run the room's checks with plain pytest")
    left_out = sum(check.points for check in examiner.checks.values() if wanted(check) and not choose(check))
    if course.is_release:
        # The hidden checks are not here; what they are worth is.
        checked = {(result.room, result.name) for result in reports[0].exercises}
        every = sum(each.points for room in rooms for each in room.exercises if (room.name, each.name) in checked)
        left_out = round(every - reports[0].max_points, 6)
    return _with_note(reports[0], left_out) if left_out else reports[0]


def _as_handed_in(sources: Mapping[str, str]) -> Submission:
    return Submission(
        id="you",
        student="you",
        origin=", ".join(sorted(sources)),
        form="folder",
        sources=dict(sources),
        notes=(),
        problem=None,
        digest=digest_of("folder", sources),
    )


def _with_note(report: Report, left_out: float) -> Report:
    """Return the report with a note on what the checks that were left out are worth."""
    note = say(
        "public checks only; hidden ones, worth {points:g} more points, are run when your work is graded",
        points=left_out,
    )
    return replace(report, submission=replace(report.submission, notes=(note,)))
