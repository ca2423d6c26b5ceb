"""Measure whether a grader process grows: its memory after some submissions and after ten times as many."""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path

from autograder.course.model import Course
from autograder.errors import AutograderError
from autograder.grading.pool import Task
from autograder.intake.reading import read_submissions
from autograder.intake.submission import submission_to_line
from autograder.sandbox.backends import BUBBLEWRAP
from benchmarks.machine import SECRET, environment


def resident_mib(course: Course, cohort: Path, after: Sequence[int]) -> list[float]:
    """Return the resident memory of one grader process after each of these numbers of submissions, in order.

    The submissions of `cohort` come again and again. Raises `AutograderError`.
    """
    submissions = read_submissions(cohort, {f"{room.module}.py" for room in course.rooms})
    lines = islice(cycle(map(submission_to_line, submissions)), max(after))
    task = Task(
        course=course.path,
        rooms=tuple(room.name for room in course.rooms),
        sandbox=BUBBLEWRAP,
        secret=SECRET.encode(),
        wall_seconds=sum(room.longest_seconds for room in course.rooms),
    )
    command = (sys.executable, "-P", "-m", "autograder.grading.grader")
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment()) as process:
        try:
            return [_resident(process.pid) for graded in _graded(process, task, lines) if graded in after]
        finally:
            assert process.stdin is not None
            process.stdin.close()


def _graded(process: "subprocess.Popen[bytes]", task: Task, lines: Iterator[bytes]) -> Iterator[int]:
    """Yield the number of submissions that the process has graded, after each."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(task.line(min(os.sched_getaffinity(0))))
    process.stdin.flush()
    _require(b'"ready"', process.stdout.readline())
    for number, line in enumerate(lines, start=1):
        process.stdin.write(line)
        process.stdin.flush()
        _require(b'"graded"', process.stdout.readline())
        yield number


def _require(word: bytes, line: bytes) -> None:
    if word not in line:
        raise AutograderError(f"a grader process said {line[:300]!r}; expected {word.decode()}")


def _resident(pid: int) -> float:
    """Return the process's private and shared memory in MiB."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").split("\n"):
        if line.startswith("Rss:"):
            return int(line.split()[1]) / 1024
    raise AutograderError(f"/proc/{pid}/smaps_rollup has no line Rss")
