"""The truth about a made-up cohort: what each submission is, what it must be given, and who disagrees."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from autograder.atomic import write_atomically
from autograder.errors import AutograderError
from autograder.report import ExerciseResult, Form, Report, Status
from autograder.verdicts import Verdict

TOLERANCE = 1e-6


@dataclass(frozen=True)
class Expected:
    """What one answer is (`kind`, and `name` of the mistake, variant, crash or attack) and what it must be given.

    points: None for a known mistake, which may pass or fail a hidden check according to the course's secret.
    """

    kind: str
    name: str | None
    verdict: Verdict
    mistake: str | None
    points: float | None


@dataclass(frozen=True)
class Truth:
    """What is true of one submission; `special` names what is wrong with it as a whole, or is None.

    exercises: by "room.exercise"; empty when the submission cannot be read.
    """

    student: str
    form: Form
    status: Status
    special: str | None
    ability: float
    exercises: Mapping[str, Expected]


def truth_path(folder: Path) -> Path:
    """Return where the truth about the cohort in `folder` stands: beside it, never in it."""
    return folder.parent / f"{folder.name}.truth.json"


def write_truth(path: Path, seed: int, course: str, students: Mapping[str, Truth]) -> None:
    """Write the truth about `students`, given by the name of each file or folder; `course` is the course's title."""
    document = {
        "seed": seed,
        "course": course,
        "students": {origin: asdict(truth) for origin, truth in students.items()},
    }
    text = json.dumps(document, ensure_ascii=False, allow_nan=False, indent=1, sort_keys=True)
    write_atomically(path, f"{text}\n".encode())


def read_truth(path: Path) -> dict[str, Truth]:
    """Return what `write_truth` wrote, by origin. Raises `AutograderError` for any other file."""
    try:
        students: dict[str, dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["students"]
        return {origin: _truth(fields) for origin, fields in students.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise AutograderError(f"{path} is not the truth about a cohort ({error}); simulate the cohort again") from error


def _truth(fields: dict[str, Any]) -> Truth:
    exercises = {
        name: Expected(**{**expected, "verdict": Verdict(expected["verdict"])})
        for name, expected in fields["exercises"].items()
    }
    return Truth(**{**fields, "exercises": exercises})


def compare(path: Path, reports: Iterable[Report]) -> list[str]:
    """Return a sentence for every point on which `reports` and the truth at `path` disagree.

    Rooms that a report does not cover are left out, and so are exercises newer than the truth. Raises
    `AutograderError` when `path` holds no truth.
    """
    truths = read_truth(path)
    told = {report.submission.origin: report for report in reports}
    missing = [f"{origin}: there is no report" for origin in sorted(truths.keys() - told.keys())]
    unknown = [f"{origin}: nobody of that name is in the cohort" for origin in sorted(told.keys() - truths.keys())]
    both = sorted(truths.keys() & told.keys())
    return [
        *missing,
        *unknown,
        *(f"{name}: {said}" for name in both for said in _differences(truths[name], told[name])),
    ]


def _differences(truth: Truth, report: Report) -> Iterator[str]:
    for fault in report.faults:
        yield f"the grader was at fault in {fault.where}: {fault.message}"
    for what, expected_value, told in (
        ("student", truth.student, report.submission.student),
        ("form", truth.form, report.submission.form),
        ("status", truth.status, report.status),
    ):
        if told != expected_value:
            yield f"{what} is {expected_value}, and the report says {told}"
    results = {f"{result.room}.{result.name}": result for result in report.exercises}
    for name, expected in sorted(truth.exercises.items()):
        if name in results:
            yield from _exercise_differences(name, expected, results[name])
        elif name.rpartition(".")[0] in report.room_digests:
            yield f"{name} is not in the report"


def _exercise_differences(name: str, expected: Expected, result: ExerciseResult) -> Iterator[str]:
    what = f"{name} ({' '.join(filter(None, (expected.kind, expected.name)))})"
    if result.verdict is not expected.verdict:
        yield f"{what} is to be {expected.verdict}, and the report says {result.verdict}"
    if result.mistake != expected.mistake:
        yield f"{what} is to be named {expected.mistake}, and the report says {result.mistake}"
    if expected.points is not None and abs(result.points - expected.points) > TOLERANCE:
        yield f"{what} is to earn {expected.points:g}, and the report says {result.points:g}"
