"""The report of a submission before it is graded, which is all there is of an unreadable one."""

from collections.abc import Iterable

from autograder import __version__
from autograder.course.model import Course, Room
from autograder.grading.environment import engine_digest, room_digest
from autograder.intake.submission import Submission
from autograder.language import language
from autograder.report import SCHEMA_VERSION, Environment, Identity, Report, settled


def blank_report(course: Course, rooms: Iterable[Room], environment: Environment, submission: Submission) -> Report:
    """Return the report of a submission before it is graded, which is all there is of an unreadable one."""
    identity = Identity(
        id=submission.id,
        student=submission.student,
        origin=submission.origin,
        form=submission.form,
        digest=submission.digest,
        notes=submission.notes,
        people=submission.people,
        attempt=submission.attempt,
        submitted=submission.submitted,
        commit=submission.commit,
        doubts=submission.doubts,
    )
    blank = Report(
        schema_version=SCHEMA_VERSION,
        language=language(),
        engine_version=__version__,
        engine_digest=engine_digest(),
        room_digests={room.name: room_digest(course, room) for room in rooms},
        environment=environment,
        submission=identity,
        status="graded" if submission.problem is None else "unreadable",
        problem=submission.problem,
        exercises=(),
        points=0.0,
        max_points=0.0,
        seconds=0.0,
        reused=False,
        faults=(),
        hidden_results=course.hidden_results,
    )
    return settled(blank)
