"""Hostile submissions, one a file: no point gained, nothing hidden shown, nobody else touched, no fault of ours."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from jsonschema import Draft202012Validator

from autograder.checking.examiner import Examiner
from autograder.checking.running import run_check
from autograder.checking.subject import trusted_caller
from autograder.course import read_course
from autograder.grading.session import grade
from autograder.grading.submission import Submission, digest_of
from autograder.limits import Limits
from autograder.report import CheckResult, ExerciseResult, Report, report_to_json, schema
from autograder.sandbox.host import Host
from autograder.verdicts import Verdict

pytestmark = pytest.mark.slow

FILES = sorted((Path(__file__).parent / "submissions").glob("*.py"))
SECRET = b"the secret of the attacks"
# What an attacker may earn: answers that are right, and the points of those are no robbery.
EARNED = {"leak": 5.0, "exhaust": 0.0, "blame": 0.0, "talk": 0.0, "forge": 0.0, "stop": 0.0, "steal": 0.0}


def submission(name: str, text: str) -> Submission:
    sources = {"softmax.py": text}
    return Submission(name, name, name, "folder", sources, (), None, digest_of("folder", sources))


@pytest.fixture(scope="module", params=["bubblewrap", "sandlock"])
def graded(request: pytest.FixtureRequest, course_folder: Path) -> Iterator[dict[str, Any]]:
    """The reports on every attack and on an honest neighbour after each, and the hidden inputs."""
    course = read_course(course_folder)
    room = course.room("a05_softmax")
    right = (course.reference / "softmax.py").read_text(encoding="utf-8")
    order = [submission("honest 0", right)]
    for number, file in enumerate(FILES, 1):
        order += [submission(file.stem, file.read_text(encoding="utf-8")), submission(f"honest {number}", right)]
    reports: list[Report] = []
    with Host(request.param, Limits(call_seconds=3.0)) as host:
        examiner = Examiner(course, [room], host, SECRET)
        grade(examiner, order, reports.append)
        for report in reports:
            Draft202012Validator(schema()).validate(json.loads(report_to_json(report)))
        yield {
            "reports": {report.submission.id: report for report in reports},
            "hidden": hidden_numbers(examiner),
        }


def hidden_numbers(examiner: Examiner) -> set[str]:
    """Every number that a hidden check passes to a student, to six decimals."""
    seen: set[str] = set()
    kit = examiner.kits["a05_softmax"]
    trusted = trusted_caller(vars(kit.reference))

    def caller(name: str, arguments: tuple[Any, ...], keywords: Any) -> Any:
        for argument in arguments:
            if isinstance(argument, np.ndarray) and argument.dtype.kind == "f":
                seen.update(f"{abs(number):.6f}" for number in argument.ravel() if abs(number) % 1)
        return trusted(name, arguments, keywords)

    for check in examiner.checks.values():
        if check.visibility == "hidden":
            run_check(check, caller, kit.oracle, kit.functions, SECRET)
    return seen


def exercises(report: Report) -> dict[str, ExerciseResult]:
    return {exercise.name: exercise for exercise in report.exercises}


def hidden_checks(report: Report) -> Iterator[CheckResult]:
    return (check for item in report.exercises for check in item.checks if check.visibility == "hidden")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_an_attack_gains_nothing(file: Path, graded: dict[str, Any]) -> None:
    """Its points are at most those of the answers in it that are right, and the grader is never at fault."""
    report = graded["reports"][file.stem]
    allowed = next(points for name, points in EARNED.items() if file.stem.startswith(name))
    assert report.faults == ()
    assert all(item.verdict is not Verdict.GRADER_FAULT for item in report.exercises)
    assert report.points <= allowed


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_an_attack_shows_nothing_hidden(file: Path, graded: dict[str, Any]) -> None:
    """No number of a hidden input stands anywhere in the report, and hidden feedback holds no long number at all."""
    report = graded["reports"][file.stem]
    shown = re.sub(r'"seconds":[0-9.e-]+', "", report_to_json(report))
    numbers = {f"{abs(float(text)):.6f}" for text in re.findall(r"\d+\.\d{6,}", shown)}
    assert len(graded["hidden"]) > 50
    assert not numbers & graded["hidden"]
    for check in hidden_checks(report):
        told = " ".join(vars(check.feedback).values()) if check.feedback else ""
        assert not re.search(r"\d{5,}|\d\.\d{3,}", told), told


def test_the_honest_neighbours_are_untouched(graded: dict[str, Any]) -> None:
    """Before and after every attack the same submission gets the same report, times and names aside."""
    honest = [report for name, report in graded["reports"].items() if name.startswith("honest")]
    texts = {re.sub(r'"seconds":[0-9.e-]+|honest \d+', "", report_to_json(report)) for report in honest}
    assert len(honest) == len(FILES) + 1
    assert len(texts) == 1
    assert all(report.points == report.max_points for report in honest)


def test_locks_and_unnamed_files_are_refused(graded: dict[str, Any]) -> None:
    """The calls fail at the student's own line."""
    for name in ("talk_by_file_locks", "exhaust_by_unnamed_files"):
        for exercise in ("softmax", "accuracy"):
            assert exercises(graded["reports"][name])[exercise].verdict in (Verdict.CRASHED, Verdict.MEMORY_EXCEEDED)
