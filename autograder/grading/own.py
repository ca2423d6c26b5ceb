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
from autograder.intake.submission import Submission, digest_of
from autograder.language import say
from autograder.report import Report, settled
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

    below = _below(rooms, exercises) if course.is_release else frozenset()

    def wanted(check: Check) -> bool:
        return not exercises or f"{check.room}.{check.exercise}" in exercises

    def choose(check: Check) -> bool:
        asked = wanted(check) or f"{check.room}.{check.exercise}" in below
        return asked and (hidden or check.visibility == "public")

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
    report = _without(reports[0], below)
    left_out = sum(check.points for check in examiner.checks.values() if wanted(check) and not choose(check))
    if course.is_release:
        # The hidden checks are not here; what they are worth is.
        checked = {(result.room, result.name) for result in report.exercises}
        every = sum(each.points for room in rooms for each in room.exercises if (room.name, each.name) in checked)
        left_out = round(every - report.max_points, 6)
    return _with_note(report, left_out) if left_out else report


def _below(rooms: Sequence[Room], exercises: Collection[str]) -> frozenset[str]:
    """Return what `exercises` build on, by "room.exercise": nothing is lent in a release, so it is looked at too."""
    needs = {f"{room.name}.{each.name}": (room.name, each.builds_on) for room in rooms for each in room.exercises}
    found: set[str] = set()
    waiting = list(exercises)
    while waiting:
        room, names = needs.get(waiting.pop(), ("", ()))
        waiting += [key for name in names if (key := f"{room}.{name}") not in found]
        found |= {f"{room}.{name}" for name in names}
    return frozenset(found - set(exercises))


def _without(report: Report, left_out: Collection[str]) -> Report:
    """Return the report without some exercises, as if nobody had asked for them."""
    kept = tuple(each for each in report.exercises if f"{each.room}.{each.name}" not in left_out)
    if len(kept) == len(report.exercises):
        return report
    points, most = (round(sum(getattr(each, name) for each in kept), 6) for name in ("points", "max_points"))
    return settled(replace(report, exercises=kept, points=points, max_points=most))


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
