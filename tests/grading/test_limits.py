"""Limits hold for an exercise: what exceeds one costs that exercise, and a worker that others kill costs nothing."""

import os
import re
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from processes import descendants

from autograder.checking.examiner import Examiner
from autograder.course import read_course
from autograder.course.model import Course, Room
from autograder.grading.session import grade
from autograder.intake.submission import Submission, digest_of
from autograder.report import ExerciseResult, Report, report_to_json
from autograder.sandbox.host import Host
from autograder.verdicts import Verdict

pytestmark = pytest.mark.slow

SECRET = b"a secret of the limits' tests"


def submission(text: str) -> Submission:
    sources = {"softmax.py": text}
    return Submission("student", "student", "student", "folder", sources, (), None, digest_of("folder", sources))


def limited(room: Room, **each: dict[str, float]) -> Room:
    """The room with other limits for some of its exercises."""
    exercises = tuple(
        replace(exercise, limits=replace(exercise.limits, **each.get(exercise.name, {}))) for exercise in room.exercises
    )
    return replace(room, exercises=exercises)


def report_on(course: Course, room: Room, host: Host, text: str) -> Report:
    reports: list[Report] = []
    grade(Examiner(course, [room], host, SECRET), [submission(text)], reports.append)
    return reports[0]


def exercises(report: Report) -> dict[str, ExerciseResult]:
    return {exercise.name: exercise for exercise in report.exercises}


@pytest.fixture
def course(course_folder: Path) -> Course:
    """The course that this repository holds."""
    return read_course(course_folder).without_capstones()


@pytest.fixture
def right(course: Course) -> str:
    """A solution of the room on softmax."""
    return (course.reference / "softmax.py").read_text(encoding="utf-8")


def test_a_time_out_costs_its_exercise_alone(course: Course, right: str, host: Host) -> None:
    """A function that loops is stopped once, at its own limit; the others earn all there is."""
    room = limited(course.room("a05_softmax"), accuracy={"call_seconds": 0.4})
    report = report_on(course, room, host, right + "\n\ndef accuracy(A, y):\n    while True:\n        pass\n")
    found = exercises(report)
    assert found["accuracy"].verdict is Verdict.TIMED_OUT
    assert [check.verdict for check in found["accuracy"].checks].count(Verdict.TIMED_OUT) == 1
    assert "0.4 s" in found["accuracy"].checks[0].feedback.evidence
    assert all(item.points == item.max_points for item in report.exercises if item.name != "accuracy")


def test_calls_that_are_slow_together_run_out_of_the_exercises_time(course: Course, right: str, host: Host) -> None:
    """No call is too long, but the exercise is; the feedback says which limit it was."""
    room = limited(course.room("a05_softmax"), accuracy={"wall_seconds": 0.5})
    slow = right.replace("def accuracy(", "def _accuracy(")
    slow += "\n\nimport time\n\ndef accuracy(A, y):\n    time.sleep(0.2)\n    return _accuracy(A, y)\n"
    result = exercises(report_on(course, room, host, slow))["accuracy"]
    assert Verdict.PASSED in [check.verdict for check in result.checks]
    told = [check.feedback.evidence for check in result.checks if check.verdict is Verdict.TIMED_OUT]
    assert any("together took more than 0.5 s" in text for text in told)


def test_memory_is_limited_by_exercise(course: Course, right: str, host: Host) -> None:
    """The same hundred megabytes are too much for one exercise and fine for another."""
    room = limited(course.room("a05_softmax"), accuracy={"memory_mib": 64})
    takes = "np.ones(12_500_000)"
    hungry = right.replace("def accuracy(", "def _accuracy(").replace("def one_hot(", "def _one_hot(")
    hungry += f"\n\ndef accuracy(A, y):\n    {takes}\n    return _accuracy(A, y)\n"
    hungry += f"\n\ndef one_hot(y, num_classes):\n    {takes}\n    return _one_hot(y, num_classes)\n"
    found = exercises(report_on(course, room, host, hungry))
    assert found["accuracy"].verdict is Verdict.MEMORY_EXCEEDED
    assert found["one_hot"].verdict is Verdict.PASSED


@contextmanager
def killing_workers(host: Host, times: int) -> Iterator[list[int]]:
    """Kill the first `times` workers that this host has, a moment after each has been born."""
    host.start()
    idle = descendants(os.getpid()).keys()
    killed: list[int] = []
    stop = threading.Event()

    def hunt() -> None:
        while not stop.is_set() and len(killed) < times:
            for pid in descendants(os.getpid()).keys() - idle - set(killed):
                time.sleep(0.03)
                with_luck = Path(f"/proc/{pid}").exists()
                if with_luck and len(killed) < times:
                    os.kill(pid, signal.SIGKILL)
                    killed.append(pid)

    hunter = threading.Thread(target=hunt, daemon=True)
    hunter.start()
    try:
        yield killed
    finally:
        stop.set()
        hunter.join()


SLOW_IMPORT = "import time\ntime.sleep(0.4)\n"


def without_times(report: Report) -> str:
    return re.sub(r'"seconds":[0-9.e-]+', "", report_to_json(report))


@pytest.mark.parametrize("times", [1, 2])
def test_a_worker_that_is_killed_from_outside_costs_nothing(course: Course, right: str, host: Host, times: int) -> None:
    """An operator, or a machine without memory, kills workers in the middle; the report is as if nobody had."""
    room = course.room("a05_softmax")
    alone = report_on(course, room, host, SLOW_IMPORT + right)
    host.close()
    with killing_workers(host, times) as killed:
        disturbed = report_on(course, room, host, SLOW_IMPORT + right)
    assert len(killed) == times
    assert without_times(disturbed) == without_times(alone)
    assert disturbed.points == disturbed.max_points


def test_a_submission_that_draws_every_fire_is_told_so(course: Course, right: str, host: Host) -> None:
    """What is killed again and again gets no points for it, and neither is the grader at fault."""
    with killing_workers(host, 10_000):
        report = report_on(course, course.room("a05_softmax"), host, "import time\ntime.sleep(1.0)\n" + right)
    first = report.exercises[0].checks[0]
    assert report.points == 0
    assert report.faults == ()
    assert first.verdict is Verdict.CRASHED
    assert "killed 3 times in a row" in first.feedback.evidence


def test_the_bound_on_a_submission_is_stated(course: Course) -> None:
    """The longest that a room keeps a grader busy is what its exercises may use, twice where they build on others."""
    room = course.room("a05_softmax")
    shorter = limited(room, **{exercise.name: {"wall_seconds": 1.0} for exercise in room.exercises})
    twice = sum(bool(exercise.builds_on) for exercise in room.exercises)
    assert twice > 0
    assert room.longest_seconds == 6 + (5 + twice) * (20 + 20)
    assert shorter.longest_seconds == 6 + (5 + twice) * (1 + 20)
