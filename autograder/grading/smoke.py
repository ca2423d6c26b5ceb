"""Grade one small exercise on this machine, right and wrong, through everything that a student's file goes through."""

import hashlib
import time
from importlib.resources import as_file, files
from pathlib import Path

from autograder.checking.examiner import Examiner
from autograder.course import compose_source, function_source, read_course, reference_text
from autograder.course.model import Course
from autograder.errors import AutograderError
from autograder.grading.session import grade
from autograder.intake.submission import Submission, digest_of
from autograder.language import say
from autograder.report import Report
from autograder.sandbox.backends import NONE
from autograder.sandbox.opening import open_host

EXERCISE, MISTAKE = "centred", "centred_over_features"


def try_out(sandbox: str) -> tuple[bool, str]:
    """Return whether a right answer gets full marks here and a wrong one its name, and a sentence of what was seen."""
    start = time.perf_counter()
    try:
        with as_file(files("autograder") / "smoke") as folder:
            right, wrong, backend = _graded(folder, sandbox)
    except AutograderError as error:
        return False, str(error)
    problems = [fault.message for report in (right, wrong) for fault in report.faults]
    if right.points != right.max_points or problems:
        seen = problems[0] if problems else f"{right.points:g} / {right.max_points:g}"
        return False, say("a right answer did not get full marks: {seen}", seen=seen)
    if wrong.exercises[0].mistake != MISTAKE:
        return False, say("a known mistake was not named")
    seconds = time.perf_counter() - start
    where = say("without a sandbox") if backend == NONE else say("in {backend}", backend=backend)
    return True, say(
        "a right answer got full marks and a wrong one its name, {where}, after {seconds:.1f} s",
        where=where,
        seconds=seconds,
    )


def _graded(folder: Path, sandbox: str) -> tuple[Report, Report, str]:
    course = read_course(folder / "assignments")
    (room,) = course.rooms
    reference = reference_text(course, room)
    mistakes = (room.path / "mistakes.py").read_text(encoding="utf-8")
    wrong = compose_source(reference, {EXERCISE: function_source(mistakes, MISTAKE)}, room)
    reports: list[Report] = []
    with open_host(sandbox) as host:
        examiner = Examiner(course, course.rooms, host, hashlib.sha256(b"a trial").digest())
        grade(examiner, [_submission(course, text) for text in (reference, wrong)], reports.append)
        examiner.finish()
    return reports[0], reports[1], host.backend


def _submission(course: Course, text: str) -> Submission:
    sources = {f"{course.rooms[0].module}.py": text}
    return Submission(
        id="trial",
        student="trial",
        origin="trial",
        form="folder",
        sources=sources,
        notes=(),
        problem=None,
        digest=digest_of("folder", sources),
    )
