"""Grading many: the same twice, nobody's loss, every report valid, our own faults loud."""

import json
import os
import re
import signal
import threading
import time
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

from autograder.course import compose_source, function_source, read_course
from autograder.course.model import Course, Room
from autograder.grading.cohort import Cohort, grade_all
from autograder.intake.submission import Submission, digest_of
from autograder.report import Report, report_to_json, schema
from autograder.verdicts import Verdict

LEAKY = """
def softmax(Z):
    print("printed", Z)
    raise ValueError(f"raised {Z}")
"""
BUILDING_ON = {
    "softmax_loss": """
def softmax_loss(Z, Y):
    S = np.asarray(Z, float) - np.max(Z, axis=0)
    J = float(np.sum(Y * (np.log(np.exp(S).sum(axis=0)) - S)) / S.shape[1])
    return J, softmax(Z) - Y
"""
}
LOOP = """
def softmax(Z):
    while True:
        pass
"""


@pytest.fixture(scope="module")
def course(course_folder: Path) -> Course:
    return read_course(course_folder).without_capstones()


@pytest.fixture(scope="module")
def room(course: Course) -> Room:
    return course.room("a05_softmax")


def handed_in(course: Course, room: Room, name: str, replacements: dict[str, str]) -> Submission:
    """A submission of one room with some functions replaced."""
    reference = (course.reference / f"{room.module}.py").read_text(encoding="utf-8")
    sources = {f"{room.module}.py": compose_source(reference, replacements, room)}
    digest = digest_of("folder", sources)
    return Submission(name, name, name, "folder", sources, (), None, digest)


@pytest.fixture(scope="module")
def cohort(course: Course, room: Room) -> Cohort:
    """A perfect student, a blank one, one with a mistake, one who leaks, one who loops, one unreadable."""
    mistakes = (room.path / "mistakes.py").read_text(encoding="utf-8")
    submissions = [
        handed_in(course, room, "perfect", {}),
        handed_in(course, room, "blank", {exercise.name: "stub" for exercise in room.exercises}),
        handed_in(
            course, room, "mistaken", {"softmax": function_source(mistakes, "softmax_global_sum"), **BUILDING_ON}
        ),
        handed_in(course, room, "leaky", {"softmax": LEAKY, **BUILDING_ON}),
        handed_in(course, room, "looping", {"softmax": LOOP, **BUILDING_ON}),
        Submission(
            "broken", '破损, "x"', "broken.zip", "zip", {}, (), "the archive is truncated", digest_of("zip", {})
        ),
    ]
    return Cohort(Path("submissions"), course, (room,), "bubblewrap", tuple(submissions))


@pytest.fixture(autouse=True)
def secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUTOGRADER_SECRET", "a secret of the tests")


def graded(cohort: Cohort, processes: int = 2) -> dict[str, Report]:
    return {done.report.submission.id: done.report for done in grade_all(cohort, processes)}


@pytest.fixture(scope="module")
def reports(cohort: Cohort) -> dict[str, Report]:
    os.environ["AUTOGRADER_SECRET"] = "a secret of the tests"
    return graded(cohort)


def without_times(report: Report) -> str:
    return re.sub(r'"seconds":[0-9.e-]+', '"seconds":0', report_to_json(report))


@pytest.mark.slow
def test_grading_the_same_folder_twice_gives_identical_reports_but_for_times(cohort, reports):
    """Neither the number of processes nor the order of arrival changes a byte."""
    again = graded(cohort, processes=1)
    assert {name: without_times(report) for name, report in again.items()} == {
        name: without_times(report) for name, report in reports.items()
    }


def test_every_report_satisfies_the_shipped_schema(reports):
    """What the package writes is what its schema describes."""
    validator = jsonschema.Draft202012Validator(schema())
    for report in reports.values():
        validator.validate(json.loads(report_to_json(report)))


def exercise(report: Report, name: str):
    return next(item for item in report.exercises if item.name == name)


def test_each_student_gets_what_is_due(reports):
    """Full marks, none, and all but one exercise; the unreadable one has a report of its own."""
    assert reports["perfect"].points == reports["perfect"].max_points == 20
    assert reports["blank"].points == 0
    assert exercise(reports["mistaken"], "softmax").mistake == "softmax_global_sum"
    assert exercise(reports["looping"], "softmax").verdict is Verdict.TIMED_OUT
    assert reports["broken"].status == "unreadable"
    assert "truncated" in (reports["broken"].problem or "")


def test_a_wrong_function_costs_nothing_where_another_builds_on_it(reports):
    """softmax_loss that calls a wrong or endless softmax is graded with the reference's version of it."""
    for name in ("mistaken", "looping", "leaky"):
        for item in reports[name].exercises:
            assert item.name == "softmax" or item.points == item.max_points, (name, item.name)


def test_a_time_out_ends_its_exercise_and_no_other(reports):
    """After one time-out the exercise's remaining checks are skipped, so a loop costs its limit once."""
    verdicts = [check.verdict for check in exercise(reports["looping"], "softmax").checks]
    assert verdicts[0] is Verdict.TIMED_OUT
    assert set(verdicts[1:]) == {Verdict.SKIPPED}


def test_a_hidden_check_shows_neither_its_inputs_nor_what_was_printed(reports):
    """A student who raises and prints the arguments sees those of public checks alone."""
    item = exercise(reports["leaky"], "softmax")
    hidden = [check for check in item.checks if check.visibility == "hidden"]
    assert hidden
    for check in hidden:
        assert check.feedback is not None
        told = " ".join(vars(check.feedback).values())
        assert "raised [" not in told
        assert not re.search(r"\d\.\d{3,}", told)
    public = [check for check in item.checks if check.visibility == "public"]
    assert "raised [[" in (public[0].feedback.evidence if public[0].feedback else "")
    # One public check prints once: what hidden checks print is not among it.
    assert item.output.count("printed") <= 2 * len(public)


def graders() -> list[int]:
    """The grader processes that this process has started."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            command = (folder / "cmdline").read_bytes()
        except (OSError, ValueError):
            continue
        if parent == os.getpid() and b"autograder.grading.grader" in command:
            found.append(int(folder.name))
    return found


@pytest.mark.slow
def test_a_killed_grader_loses_nobodys_result(course, room, cohort, reports):
    """kill -9 on every grader process while it works: a fresh one grades the submission again."""
    many = tuple(replace(cohort.submissions[0], id=f"s{number}", student=f"s{number}") for number in range(24))
    stop = threading.Event()

    def kill_twice() -> None:
        for _ in range(2):
            while not stop.is_set() and not graders():
                time.sleep(0.01)
            time.sleep(0.9)
            for pid in graders():
                try:
                    os.kill(pid, signal.SIGKILL)
                except ProcessLookupError:
                    pass

    killer = threading.Thread(target=kill_twice)
    killer.start()
    result = graded(replace(cohort, submissions=many))
    stop.set()
    killer.join()
    assert set(result) == {submission.id for submission in many}
    assert all(report.points == report.max_points == 20 for report in result.values() if not report.faults)
    assert sum(bool(report.faults) for report in result.values()) == 0


def test_nothing_is_left_of_the_graders(cohort, reports):
    """When grading is done no grader process and no sandbox of ours is still there."""
    assert graders() == []
