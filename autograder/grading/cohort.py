"""Grade a folder of submissions: read them, grade them side by side, hand over each report as it is ready."""

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from autograder.course.model import Course, Room
from autograder.errors import CourseError, GraderFault
from autograder.grading.blank import blank_report
from autograder.grading.environment import course_secret, describe_environment
from autograder.grading.pool import Asked, Graded, Task, grade_cohort, never
from autograder.grading.temporary import run_folder
from autograder.intake.reading import Tables, read_download
from autograder.intake.standing import Standing
from autograder.intake.submission import Submission
from autograder.language import language
from autograder.report import Environment, Fault, Report, report_to_json
from autograder.sandbox.backends import AUTO


@dataclass(frozen=True)
class Cohort:
    """What is to be graded, with what. passed_over, remarks, standings: as in `Intake`. platform: name, title."""

    folder: Path
    course: Course
    rooms: tuple[Room, ...]
    sandbox: str
    submissions: tuple[Submission, ...]
    passed_over: tuple[str, ...] = ()
    platform: tuple[str, str] = ("folder", "")
    standings: Mapping[str, Standing] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()


def read_cohort(
    course: Course,
    rooms: Sequence[Room],
    sandbox: str,
    folder: Path,
    platform: str = "auto",
    tables: Tables | None = None,
) -> Cohort:
    """Return the cohort in `folder`, which may be an archive. Raises `IntakeError` when there is nothing to grade."""
    modules = {room.name: room.module for room in rooms}
    intake = read_download(folder, {f"{name}.py" for name in modules.values()}, modules, platform, tables or Tables())
    return Cohort(
        folder=folder,
        course=course,
        rooms=tuple(rooms),
        sandbox=sandbox,
        submissions=intake.submissions,
        passed_over=intake.passed_over,
        platform=(intake.platform.name, intake.platform.title),
        standings=intake.standings,
        remarks=intake.remarks,
    )


def grade_all(
    cohort: Cohort, processes: int, asked_to_stop: Asked = never, *, seconds: float | None = None
) -> Generator[Graded, None, None]:
    """Yield a report for each submission: the graded ones as they finish, then the unreadable ones.

    seconds: after these no check of a submission is begun; None for no such bound. Ends early when `asked_to_stop` says
    so. Raises `AutograderError` when there is no sandbox or the course's secret cannot be had, `GraderFault` when the
    checks cannot be read.
    """
    task = Task(
        course=cohort.course.path,
        rooms=tuple(room.name for room in cohort.rooms),
        sandbox=cohort.sandbox,
        secret=course_secret(cohort.course.path),
        wall_seconds=sum(room.longest_seconds for room in cohort.rooms),
        capstones=any(room.capstone for room in cohort.rooms),
        language=language(),
        seconds=seconds,
    )
    readable = [submission for submission in cohort.submissions if submission.problem is None]
    environment: Environment | None = None
    with run_folder() as temporary:
        grading = grade_cohort(replace(task, temporary=temporary), readable, processes, asked_to_stop)
        try:
            for submission, outcome in grading:
                if isinstance(outcome, GraderFault):
                    yield _of_ours(replace(_blank(cohort, submission, environment), faults=(_fault(outcome),)))
                else:
                    environment = outcome.report.environment
                    yield outcome
        except CourseError as error:
            # The course could be read here: what a grader cannot do with it is no wrong use of ours.
            raise GraderFault(str(error)) from error
        finally:
            grading.close()
    for submission in cohort.submissions:
        if submission.problem is not None and not asked_to_stop():
            yield _of_ours(_blank(cohort, submission, environment))


def _fault(error: GraderFault) -> Fault:
    return Fault("grader process", str(error))


def _blank(cohort: Cohort, submission: Submission, environment: Environment | None) -> Report:
    """Return a report without results; its environment is that of the others, where there are any."""
    chosen = "" if cohort.sandbox == AUTO else cohort.sandbox
    return blank_report(cohort.course, cohort.rooms, environment or describe_environment(chosen), submission)


def _of_ours(report: Report) -> Graded:
    return Graded(report, report_to_json(report))
