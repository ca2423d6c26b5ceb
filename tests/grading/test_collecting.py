"""What students' own machines tell: taken for what it is, bounded, and never worth more than the course says."""

import json
import os
import shutil
import subprocess
import sys
import tempfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.course import read_course
from autograder.errors import AutograderError
from autograder.grading.collecting import collect
from autograder.intake.pytest_reports import MOST_BYTES, read_told_checks
from autograder.report import report_from_json, report_to_json

CHECK = {
    "nodeid": "a05_softmax/checks/test_softmax.py::test_every_column_sums_to_one",
    "outcome": "passed",
    "user_properties": [{"exercise": "a05_softmax.softmax"}, {"points": 1.5}, {"visibility": "public"}],
    "call": {"longrepr": ""},
}


def told(**changes):
    """A file with one check, changed."""
    return {"tests": [CHECK | changes]}


def properties(**changes):
    """That check with other properties."""
    return told(user_properties=[{"exercise": "a05_softmax.softmax", "points": 1, "visibility": "public"} | changes])


@pytest.fixture
def write(tmp_path):
    """Write what a student's machine tells; returns the file."""

    def to(name, content):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        return file

    return to


def only(files, course=None):
    (report,) = collect(files if isinstance(files, list) else [files], course)
    assert report_from_json(report_to_json(report)) == report
    assert not report.verified
    return report


@pytest.mark.slow
def test_what_pytest_leaves_in_a_room_becomes_a_report(course_copy, tmp_path):
    """Plain pytest with a solution gives full marks of the checks, told as not verified, points from the course."""
    room = course_copy / "a05_softmax"
    shutil.copy(course_copy.parent / "reference" / "softmax.py", room)
    command = [sys.executable, "-m", "pytest", "-q"]
    subprocess.run(command, cwd=room, check=True, capture_output=True, env={**os.environ, "OPENBLAS_NUM_THREADS": "1"})
    course = read_course(course_copy)
    report = only(room / ".report.json", course)
    assert report.points == report.max_points == sum(each.points for each in course.room("a05_softmax").exercises)
    assert report.submission.notes == ("reported by the student's own machine, not verified",)
    assert {exercise.room for exercise in report.exercises} == {"a05_softmax"}
    # A file that says that all are worth a thousand, and one check alone, is held to the course too.
    document = json.loads((room / ".report.json").read_text(encoding="utf-8"))
    for test in document["tests"][1:]:
        test["user_properties"] = [{"exercise": "a05_softmax.one_hot"}, {"points": 1000}, {"visibility": "public"}]
    lying = tmp_path / "lying.json"
    lying.write_text(json.dumps(document), encoding="utf-8")
    less = only(lying, course)
    assert less.max_points == report.max_points
    assert less.points < report.points
    assert {check.verdict for each in less.exercises for check in each.checks} == {"passed", "skipped"}


def test_without_a_course_the_file_says_what_checks_are_worth(write):
    """What passes earns its points, what does not is shown as the machine told it, and hidden checks say nothing."""
    failed = CHECK | {"nodeid": "x::test_b", "outcome": "failed", "call": {"longrepr": "b is wrong\n  by 2"}}
    hidden = failed | {"nodeid": "x::test_c", "user_properties": [{**CHECK["user_properties"][0], "points": 2,
                                                                   "visibility": "hidden"}]}  # fmt: skip
    foreign = {"nodeid": "test_mine.py::test_x", "outcome": "passed"}
    report = only(write("ann.json", {"tests": [CHECK, failed, hidden, foreign]}))
    assert (report.submission.student, report.points, report.max_points) == ("ann", 1.5, 5.0)
    (exercise,) = report.exercises
    assert [check.name for check in exercise.checks] == ["every_column_sums_to_one", "b", "c"]
    assert exercise.checks[1].feedback.verdict == "b is wrong"
    assert exercise.checks[1].feedback.evidence == "  by 2"
    assert exercise.checks[2].feedback is None


def test_students_are_called_for_their_file_or_folder(write):
    """What pytest calls all alike is told apart by folders; several files of one student are one report."""
    other = CHECK | {"nodeid": "x::test_other"}
    files = [
        write("ann/assignments/.report.json", told()),
        write("ann/report.json", {"tests": [other]}),
        write("张三.json", told()),
        write("ANN/.report.json", told()),
    ]
    found = {report.submission.student: report for report in collect(files, None)}
    assert set(found) == {"ann", "ANN", "张三"}
    assert found["ann"].max_points == 3.0
    assert len({report.submission.id.casefold() for report in found.values()}) == 3


HOSTILE = {
    "nothing": ("", "is not JSON"),
    "depth": ("[" * 100_000, "is not JSON"),
    "NaN": ('{"tests": [], "duration": NaN}', "NaN is no number"),
    "digits": ('{"tests": ' + "7" * 5000 + "}", "is not JSON"),
    "list": ([], "is no pytest-json-report"),
    "tests": ({"tests": 3}, "is no pytest-json-report"),
    "many": ({"tests": [0] * 10_001}, "has 10,001 tests"),
    "number": ({"tests": [7]}, "tests[0]: expected an object"),
    "twice": ({"tests": [CHECK, CHECK]}, "every_column_sums_to_one is told of twice"),
    "none": ({"tests": []}, "tells of no check"),
    "node": (told(nodeid=7), "tests[0].nodeid: expected text"),
    "long": (told(nodeid="x" * 201), "tests[0].nodeid: expected text"),
    "escape": (told(nodeid="x::test_\x1b[2J"), "tests[0].nodeid: expected text"),
    "outcome": (told(outcome=None), "tests[0].outcome: expected text"),
    "call": (told(call=[]), "tests[0].call: expected an object"),
    "longrepr": (told(call={"longrepr": 1}), "tests[0].call: expected an object"),
    "properties": (told(user_properties={"exercise": "a.b"}), "tests[0].user_properties: expected a list"),
    "exercise": (properties(exercise="../../etc.passwd"), "expected room.exercise"),
    "points": (properties(points="5"), "points: expected a number from 0 to 1000"),
    "true": (properties(points=True), "points: expected a number"),
    "huge": (properties(points=10**400), "points: expected a number"),
    "infinite": (json.dumps(properties()).replace('"points": 1,', '"points": 1e999,'), "points: expected a number"),
    "negative": (properties(points=-1), "points: expected a number"),
    "visibility": (properties(visibility="x"), "visibility: expected public or hidden"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_file_that_is_wrong_costs_its_student_alone(write, what):
    """It becomes an unreadable report that says what is wrong and where; the next student's is what it is."""
    content, said = HOSTILE[what]
    bad, good = collect([write("bad.json", content), write("good.json", told())], None)
    assert bad.status == "unreadable"
    assert said in bad.problem
    assert bad.problem.isprintable()
    assert tempfile.gettempdir() not in bad.problem
    assert (bad.score, bad.exercises) == (None, ())
    assert good.points == 1.5


def test_nothing_but_files_is_opened_and_only_so_far(tmp_path, write):
    """A link, a pipe, a folder, a file without end and one that is not there are refused by name."""
    (tmp_path / "link.json").symlink_to(write("real.json", told()))
    os.mkfifo(tmp_path / "pipe.json")
    (tmp_path / "folder.json").mkdir()
    with (tmp_path / "endless.json").open("wb") as file:
        file.truncate(MOST_BYTES * 100)
    for name in ("link", "pipe", "folder", "endless", "missing"):
        with pytest.raises(AutograderError, match=rf"{name}\.json: (cannot be read|is not a regular|is larger)"):
            read_told_checks(tmp_path / f"{name}.json")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(["nodeid", "outcome", "user_properties", "call", "exercise", "points", "visibility"]), json_values
)
def test_whatever_stands_in_a_file_gives_a_report(tmp_path_factory, key, value):
    """Any JSON in any place of a check is a check or an unreadable report, and never another error."""
    document = told(**{key: value}) if key in CHECK else properties(**{key: value})
    file = tmp_path_factory.mktemp("told") / "ann.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    report = only(file)
    assert report.points <= report.max_points <= 1000


def test_the_order_of_the_files_leaves_no_trace(write):
    """The same files in any order give the same reports."""
    files = [write(f"{name}.json", told()) for name in "cab"]
    assert collect(files, None) == collect(files[::-1], None)
    assert [report.submission.student for report in collect(files, None)] == ["a", "b", "c"]
