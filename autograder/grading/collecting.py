"""Turns what plain pytest has told on students' own machines into canonical reports, marked as not verified.

Whoever runs the checks on their own machine can make them say anything. So such a file decides only which checks are
counted as passed: what they are worth, and which there are, the course says where it is at hand.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from autograder.checking.check import Check
from autograder.checking.examiner import Examiner
from autograder.checking.marking import overall, plain_result
from autograder.course.model import Course, Room
from autograder.errors import AutograderError
from autograder.grading.blank import blank_report
from autograder.grading.session import grade
from autograder.intake.names import safe_ids
from autograder.intake.pytest_reports import NAMELESS, ToldCheck, read_told_checks
from autograder.intake.submission import Submission
from autograder.language import say
from autograder.report import CheckResult, Environment, ExerciseResult, Feedback, Report, settled
from autograder.sandbox.backends import NONE
from autograder.sandbox.host import Host
from autograder.verdicts import Verdict

_ELSEWHERE = Environment(python="unknown", numpy="unknown", blas="unknown", platform="unknown", sandbox="none")
_NO_COURSE = Course(Path(), {}, Path(), {}, ())
# Nobody is called like these folders, which every student has.
_EVERYBODYS = ("", "assignments", "artifacts", "report", "reports")

_Key = tuple[str, str, str]  # room, exercise, name of the check


@dataclass(frozen=True)
class _Told:
    """What the files of one student say; problem: why they cannot be used."""

    id: str
    student: str
    files: tuple[Path, ...]
    digest: str
    checks: Mapping[_Key, ToldCheck]
    problem: str | None = None


def collect(files: Iterable[Path], course: Course | None, rooms: Sequence[Room] = ()) -> list[Report]:
    """Return a report for each student, by name; one whose files cannot be used is unreadable, and says why.

    A file is called for its student (`ann.json`); one that is called as pytest leaves it, for the nearest folder that
    is not a room, `assignments` or the like (`ann/assignments/a05_softmax/.report.json`). Several files of one student
    are taken together.
    course: says what checks there are and what they are worth; None: the files do. rooms: those to report on; none
    means those that some file tells of.

    Raises `CourseError` when the checks of the course cannot be read.
    """
    told = _by_student(files, course)
    if course is None:
        return [_report(each, _NO_COURSE, (), _as_told(each.checks.values())) for each in told]
    seen = {room for each in told for room, _, _ in each.checks}
    chosen = rooms or [room for room in course.rooms if room.name in seen]
    checks = _checks_of(course, chosen) if chosen else []
    return [_report(each, course, chosen, _by_course(each.checks, checks)) for each in told]


def _by_student(files: Iterable[Path], course: Course | None) -> list[_Told]:
    rooms = {room.name for room in course.rooms} if course else set()
    grouped: dict[str, list[Path]] = {}
    for file in sorted(set(files)):
        grouped.setdefault(_student(file, rooms), []).append(file)
    students = sorted(grouped)
    ids = safe_ids(students)
    return [_read(each, student, tuple(grouped[student])) for each, student in zip(ids, students, strict=True)]


def _student(file: Path, rooms: set[str]) -> str:
    if file.name not in NAMELESS:
        return file.stem
    folders = (folder.name for folder in file.absolute().parents)
    return next((name for name in folders if name not in _EVERYBODYS and name not in rooms), "student")


def _read(identity: str, student: str, files: tuple[Path, ...]) -> _Told:
    problem, checks = None, {}
    try:
        checks = _merged(files)
    except AutograderError as error:
        problem = str(error)
    digest = hashlib.sha256(repr(sorted(checks.items())).encode("utf-8", "backslashreplace")).hexdigest()
    return _Told(identity, student, files, digest, checks, problem)


def _merged(files: Iterable[Path]) -> dict[_Key, ToldCheck]:
    """Return the checks that these files tell of. Raises `AutograderError` for one that is told of twice, or none."""
    checks: dict[_Key, ToldCheck] = {}
    for check in (check for file in files for check in read_told_checks(file)):
        key = check.room, check.exercise, check.name
        if key in checks:
            raise AutograderError(f"{check.room}.{check.exercise}: {check.name} is told of twice; expected once")
        checks[key] = check
    if not checks:
        raise AutograderError("tells of no check; expected the .report.json that pytest leaves in a room")
    return checks


def _checks_of(course: Course, rooms: Sequence[Room]) -> list[Check]:
    """Return the checks of these rooms, which are collected but not run."""
    examiner = Examiner(course, rooms, Host(NONE), hashlib.sha256(b"nothing is run").digest())
    reports: list[Report] = []
    try:
        grade(examiner, (), reports.append)
        return list(examiner.checks.values())
    finally:
        examiner.close()


def _as_told(checks: Iterable[ToldCheck]) -> Iterator[tuple[str, str, CheckResult]]:
    for check in checks:
        earned = check.points if check.verdict is Verdict.PASSED else 0.0
        sentence = check.name.replace("_", " ")
        result = CheckResult(
            check.name, sentence, sentence, "", check.visibility, check.verdict, earned, check.points, 0.0, None
        )
        yield check.room, check.exercise, _with_feedback(result, check)


def _by_course(told: Mapping[_Key, ToldCheck], checks: Iterable[Check]) -> Iterator[tuple[str, str, CheckResult]]:
    """Yield what came of each check of the course; one that no file tells of was not run, and earns nothing."""
    for check in checks:
        found = told.get((check.room, check.exercise, check.name))
        result = plain_result(check, found.verdict if found else Verdict.SKIPPED, 0.0)
        yield check.room, check.exercise, _with_feedback(result, found)


def _with_feedback(result: CheckResult, told: ToldCheck | None) -> CheckResult:
    if told is None or not told.text or result.visibility == "hidden" or result.verdict is Verdict.PASSED:
        return result
    first, _, rest = told.text.partition("\n")
    return replace(result, feedback=Feedback(first, rest, "", "", "", ""))


def _report(
    told: _Told, course: Course, rooms: Sequence[Room], results: Iterable[tuple[str, str, CheckResult]]
) -> Report:
    grouped: dict[tuple[str, str], list[CheckResult]] = {}
    if told.problem is None:
        for room, exercise, result in results:
            grouped.setdefault((room, exercise), []).append(result)
    exercises = [_exercise(room, name, checks) for (room, name), checks in grouped.items()]
    submission = Submission(
        id=told.id,
        student=told.student,
        origin=", ".join(file.name for file in told.files),
        form="folder",
        sources={},
        notes=(say("reported by the student's own machine, not verified"),),
        problem=told.problem,
        digest=told.digest,
    )
    return settled(
        replace(
            blank_report(course, rooms, _ELSEWHERE, submission),
            exercises=tuple(exercises),
            points=round(sum(each.points for each in exercises), 6),
            max_points=round(sum(each.max_points for each in exercises), 6),
            verified=False,
        )
    )


def _exercise(room: str, name: str, checks: list[CheckResult]) -> ExerciseResult:
    return ExerciseResult(
        room=room,
        name=name,
        verdict=overall(checks),
        points=round(sum(check.points for check in checks), 6),
        max_points=round(sum(check.max_points for check in checks), 6),
        seconds=0.0,
        mistake=None,
        followed_through=False,
        output="",
        checks=tuple(checks),
    )
