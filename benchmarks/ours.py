"""Run this grader as its users do, as a whole command."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from autograder.course.model import Course
from autograder.report import Report, report_from_json
from autograder.verdicts import Verdict
from benchmarks.machine import Spent, autograder_command, run
from benchmarks.outcomes import Outcomes

PROCESSES = 2


def grade(course: Course, cohort: Path, output: Path, sandbox: str) -> Spent:
    """Grade the folder `cohort` with two grader processes. Raises `AutograderError` when one is at fault."""
    command: Sequence[str | Path] = (
        *autograder_command(),
        *("grade", cohort, "--output", output, "--jobs", str(PROCESSES)),
        *("--sandbox", sandbox, "--course", course.path),
    )
    return run(command)


def outcomes(output: Path) -> Outcomes:
    """Return what `grade` said about each check of each submission."""
    return {
        report.submission.id: {
            f"{exercise.room}:{check.name}": check.verdict is Verdict.PASSED
            for exercise in report.exercises
            for check in exercise.checks
        }
        for report in reports(output)
    }


def points(output: Path) -> dict[str, float]:
    """Return what `grade` gave each submission."""
    return {report.submission.id: report.points for report in reports(output)}


def reports(output: Path) -> Iterator[Report]:
    """Yield the reports in a folder that `grade` wrote."""
    for file in sorted((output / "reports").iterdir()):
        yield report_from_json(file.read_text(encoding="utf-8"))
