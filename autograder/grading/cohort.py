"""Grade a folder of submissions: read them, grade them side by side, hand over each report as it is ready."""

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from autograder.course.model import Course, Room
from autograder.errors import GraderFault
from autograder.grading.blank import blank_report
from autograder.grading.environment import course_secret, describe_environment
from autograder.grading.intake import read_submissions
from autograder.grading.pool import Graded, Task, grade_cohort
from autograder.grading.submission import Submission
from autograder.limits import widest
from autograder.report import Fault, Report, report_to_json


@dataclass(frozen=True)
class Cohort:
    """What is to be graded, with what."""

    course: Course
    rooms: tuple[Room, ...]
    sandbox: str
    submissions: tuple[Submission, ...]


def read_cohort(course: Course, rooms: Sequence[Room], sandbox: str, folder: Path) -> Cohort:
    """Return the cohort in `folder`. Raises `IntakeError` when there is nothing to grade."""
    submissions = read_submissions(folder, {f"{room.module}.py" for room in rooms})
    return Cohort(course, tuple(rooms), sandbox, tuple(submissions))


def grade_all(cohort: Cohort, processes: int) -> Iterator[Graded]:
    """Yield a report for each submission: the graded ones as they finish, then the unreadable ones.

    Raises `AutograderError` when there is no sandbox or the course's secret cannot be had.
    """
    task = Task(
        course=cohort.course.path,
        rooms=tuple(room.name for room in cohort.rooms),
        sandbox=cohort.sandbox,
        secret=course_secret(cohort.course.path),
        wall_seconds=widest(room.limits for room in cohort.rooms).wall_seconds,
    )
    readable = [submission for submission in cohort.submissions if submission.problem is None]
    blank = functools.partial(_blank, cohort)
    for submission, outcome in grade_cohort(task, readable, processes):
        if isinstance(outcome, GraderFault):
            yield _of_ours(replace(blank(submission), faults=(Fault("grader process", str(outcome)),)))
        else:
            yield outcome
    for submission in cohort.submissions:
        if submission.problem is not None:
            yield _of_ours(blank(submission))


def _blank(cohort: Cohort, submission: Submission) -> Report:
    # Imports numpy to name its version, so not before the graders have started.
    return blank_report(cohort.course, cohort.rooms, describe_environment(cohort.sandbox), submission)


def _of_ours(report: Report) -> Graded:
    return Graded(report, report_to_json(report))
