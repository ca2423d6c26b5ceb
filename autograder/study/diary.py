"""A file beside the course that remembers, for each exercise, the best marks, failed attempts and hints taken.

It is the student's own, on their own machine: nobody collects it, and nothing is graded by it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from autograder.atomic import make_folder, write_atomically
from autograder.errors import AutograderError
from autograder.report import ExerciseResult, Report
from autograder.verdicts import Verdict

SCHEMA = 1
KEPT_ATTEMPTS = 50
_MOST_BYTES = 4_000_000


@dataclass(frozen=True)
class Entry:
    """What is remembered of one exercise.

    passed: whether all that was checked last passed. attempts: digests of different versions of the function that
    failed, oldest first. hints: how many levels have been shown. version: the digest that was checked last.
    """

    points: float = 0.0
    max_points: float = 0.0
    passed: bool = False
    attempts: tuple[str, ...] = ()
    hints: int = 0
    version: str = ""


@dataclass(frozen=True)
class Diary:
    """Entries by "room.exercise"."""

    entries: Mapping[str, Entry] = field(default_factory=dict)

    def entry(self, name: str) -> Entry:
        """Return what is remembered of an exercise; an empty entry for a new one."""
        return self.entries.get(name, Entry())

    def with_entry(self, name: str, entry: Entry) -> "Diary":
        """Return a diary in which `entry` stands for `name`."""
        return replace(self, entries={**self.entries, name: entry})

    def with_report(self, report: Report, versions: Mapping[str, str]) -> "Diary":
        """Return a diary that also remembers a check; `versions` are the functions' digests by "room.exercise"."""
        diary = self
        for result in report.exercises:
            name = f"{result.room}.{result.name}"
            diary = diary.with_entry(name, _after(diary.entry(name), result, versions.get(name, "")))
        return diary


def _after(entry: Entry, result: ExerciseResult, version: str) -> Entry:
    passed = all(check.verdict is Verdict.PASSED for check in result.checks)
    tried = result.verdict not in (Verdict.PASSED, Verdict.NOT_IMPLEMENTED, Verdict.GRADER_FAULT, Verdict.SKIPPED)
    attempts = entry.attempts
    if tried and version and version not in attempts:
        attempts = (*attempts, version)[-KEPT_ATTEMPTS:]
    return replace(
        entry,
        points=result.points,
        max_points=result.max_points,
        passed=passed and bool(result.checks),
        attempts=attempts,
        version=version,
    )


def diary_file(course: Path) -> Path:
    """Return where the diary of the course in this folder lies."""
    return course / ".autograder" / "diary.json"


def read_diary(file: Path) -> Diary:
    """Return the diary in `file`; an empty one where there is none or what is there makes no sense."""
    try:
        if file.stat().st_size > _MOST_BYTES:
            return Diary()
        document = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return Diary()
    if not isinstance(document, dict) or document.get("schema") != SCHEMA:
        return Diary()
    entries = document.get("exercises")
    pairs = entries.items() if isinstance(entries, dict) else ()
    return Diary({name: entry for name, value in pairs if (entry := _entry(value)) is not None})


def write_diary(file: Path, diary: Diary) -> None:
    """Write the diary. Raises `AutograderError`."""
    document = {
        "schema": SCHEMA,
        "exercises": {name: {**vars(entry), "attempts": list(entry.attempts)} for name, entry in diary.entries.items()},
    }
    make_folder(file.parent)
    write_atomically(file, (json.dumps(document, indent=1, ensure_ascii=False) + "\n").encode())


def remember(file: Path, diary: Diary) -> str:
    """Write the diary if that can be; return what went wrong, or ""."""
    try:
        write_diary(file, diary)
    except AutograderError as error:
        return str(error)
    return ""


def _entry(value: Any) -> Entry | None:
    match value:
        case {
            "points": int() | float() as points,
            "max_points": int() | float() as most,
            "passed": bool(passed),
            "attempts": list(attempts),
            "hints": int(hints),
            "version": str(version),
        } if all(isinstance(attempt, str) for attempt in attempts):
            return Entry(float(points), float(most), passed, tuple(attempts), max(0, hints), version)
    return None
