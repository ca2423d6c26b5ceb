"""A capstone is graded by training on our side of the wire, with the student's functions as they are."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from autograder.audit.candidates import as_submission
from autograder.checking.examiner import Examiner
from autograder.cli import main
from autograder.course import compose_source, function_source, read_course, reference_text
from autograder.errors import CourseError
from autograder.grading.session import grade, sources_of
from autograder.limits import CAPSTONE_LIMITS, Limits
from autograder.report import Report
from autograder.sandbox.backends import NONE
from autograder.sandbox.host import Host
from autograder.verdicts import Verdict

ROOM = "a02_statistics"
LOOP = "def mean_of_columns(X):\n    while True:\n        pass\n"
SINGLE = "def mean_of_columns(X):\n    return np.asarray(X, dtype=np.float32).mean(axis=1, keepdims=True)\n"


def source(folder: Path, what: str) -> str:
    """The student's file with the reference, the stub, a mistake of the room or a text as its only function."""
    course = read_course(folder)
    room = course.room(ROOM)
    if what in ("reference", "stub") or what.startswith("def "):
        text = what
    else:
        text = function_source((room.path / "mistakes.py").read_text(encoding="utf-8"), what)
    return compose_source(reference_text(course, room), {"mean_of_columns": text}, room)


def report_on(folder: Path, what: str, *, capstones: bool = True, backend: str = NONE) -> Report:
    course = read_course(folder) if capstones else read_course(folder).without_capstones()
    submission = as_submission(course.rooms[0], what, source(folder, what))
    reports: list[Report] = []
    with Host(backend) as host:
        grade(Examiner(course, course.rooms, host, b"secret"), [submission], reports.append)
    return reports[0]


def test_a_right_answer_gets_the_capstone_too(capstone_course: Path, backend: str) -> None:
    """It comes after the exercises of its room, and its points are added to theirs, in either sandbox."""
    report = report_on(capstone_course, "reference", backend=backend)
    assert [(each.name, each.points, each.verdict) for each in report.exercises] == [
        ("mean_of_columns", 3.0, Verdict.PASSED),
        ("descend", 4.0, Verdict.PASSED),
    ]
    assert (report.points, report.max_points, report.faults) == (7.0, 7.0, ())


def test_a_stub_is_not_implemented(capstone_course: Path) -> None:
    """Nothing is earned, and the next step is the function that is missing, for the capstone has none of its own."""
    _, capstone = report_on(capstone_course, "stub").exercises
    assert (capstone.points, capstone.verdict) == (0.0, Verdict.NOT_IMPLEMENTED)
    feedback = capstone.checks[0].feedback
    assert feedback is not None
    assert feedback.evidence.startswith("mean_of_columns does not pass its own checks yet: mend it first.")


def test_the_functions_to_mend_come_first(capstone_course: Path) -> None:
    """Where one of them fails its own checks, the capstone says so before anything else, and names no mistake."""
    exercise, capstone = report_on(capstone_course, "sum_of_columns").exercises
    assert exercise.mistake == "sum_of_columns"
    public, hidden = capstone.checks
    assert public.feedback is not None
    assert hidden.feedback is not None
    assert public.feedback.evidence.splitlines() == [
        "mean_of_columns does not pass its own checks yet: mend it first.",
        "the distance from the mean is 19.6, 18.87; expected 1e-06 or less",
    ]
    assert public.feedback.next_step.endswith(f"autograder check {ROOM}.mean_of_columns")
    assert (capstone.mistake, public.feedback.likely_cause) == (None, "")
    assert "9." not in json.dumps(hidden.feedback.__dict__)


def test_a_capstone_alone_says_nothing_of_what_was_not_tried(capstone_course: Path) -> None:
    """Only what has been seen to fail is blamed."""
    (capstone_course / ROOM / "statistics.py").write_text(source(capstone_course, "stub"), encoding="utf-8")
    done = CliRunner().invoke(main, ["check", f"{ROOM}.descend", "--course", str(capstone_course)])
    assert done.exit_code == 1
    assert "write the body of mean_of_columns" in done.output
    assert "its own checks" not in done.output


def test_there_is_no_follow_through(capstone_course: Path) -> None:
    """A capstone is about the student's own functions, right or wrong."""
    _, capstone = report_on(capstone_course, "sum_of_columns").exercises
    assert (capstone.points, capstone.followed_through) == (0.0, False)


def test_a_loop_costs_one_time_out(capstone_course: Path) -> None:
    """The first check is stopped, the others are skipped."""
    _, capstone = report_on(capstone_course, LOOP).exercises
    assert [check.verdict for check in capstone.checks] == [Verdict.TIMED_OUT, Verdict.SKIPPED]


def test_single_precision_is_precise_enough_where_the_bar_says_so(capstone_course: Path) -> None:
    """A bar leaves room for it, and the audit tells where it does not."""
    exercise, capstone = report_on(capstone_course, SINGLE).exercises
    assert (exercise.points, capstone.points) == (3.0, 4.0)


def test_without_capstones_only_the_exercises_are_graded(capstone_course: Path) -> None:
    """The points of the capstone are neither earned nor to be had, and the room has another digest."""
    report = report_on(capstone_course, "reference", capstones=False)
    assert [each.name for each in report.exercises] == ["mean_of_columns"]
    assert (report.points, report.max_points) == (3.0, 3.0)
    assert report.room_digests != report_on(capstone_course, "reference").room_digests


def test_the_commands_leave_capstones_out_when_asked(capstone_course: Path, tmp_path: Path) -> None:
    """`check --no-capstones` and `grade --no-capstones`; without these, capstones are part of the work."""
    text = source(capstone_course, "reference")
    (capstone_course / ROOM / "statistics.py").write_text(text, encoding="utf-8")
    handed_in = tmp_path / "submissions"
    handed_in.mkdir()
    (handed_in / "Ann.py").write_text(text, encoding="utf-8")

    def run(*words: object) -> str:
        done = CliRunner().invoke(main, [*map(str, words), "--course", str(capstone_course)])
        assert done.exit_code == 0, done.output
        return done.output

    grade_them = ("grade", handed_in, "-j", 1, "--sandbox", "none", "--unsafe", "-o")
    assert "descend" in run("check")
    assert "descend" not in run("check", "--no-capstones")
    run(*grade_them, tmp_path / "with")
    run(*grade_them, tmp_path / "without", "--no-capstones")
    points = [
        json.loads(file.read_text(encoding="utf-8"))["points"] for file in sorted(tmp_path.glob("with*/reports/*"))
    ]
    assert points == [7.0, 3.0]


def test_capstones_have_more_time_for_our_own_work(capstone_course: Path) -> None:
    """A check of an exercise may work ten seconds on what it was given, one of a capstone as its limits say."""
    course = read_course(capstone_course)
    with Host(NONE) as host:
        examiner = Examiner(course, course.rooms, host, b"secret")
        grade(examiner, (), lambda _: None)
    seconds = {check.exercise: check.seconds for check in examiner.checks.values()}
    assert seconds == {"mean_of_columns": Limits().check_seconds, "descend": CAPSTONE_LIMITS.check_seconds}


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("capstone", '@spoiled_by("flat_mean")\n', "", "needs @spoiled_by"),
        ("capstone", "(measure, rng)", "(measure, dice)", "a check may take student, oracle, rng, lab, measure"),
        ("statistics", "(student):", "(student, lab):", "a check may take student, oracle, rng"),
        ("statistics", "@public", '@public\n@pytest.mark.spoiled_by("flat_mean")', "which is for capstones"),
    ],
)
def test_a_check_that_lacks_something_is_refused(edit, capstone_course, name, old, new, told) -> None:
    """Authors read what to write."""
    file = f"{ROOM}/checks/test_{name}.py"
    edit(file, old, new)
    edit(file, "import numpy as np", "import numpy as np\nimport pytest")
    with pytest.raises(CourseError, match=told):
        report_on(capstone_course, "reference")


def test_of_thousands_of_calls_the_last_is_kept(capstone_course: Path) -> None:
    """Arrays of a whole training would fill the memory, and nothing looks at them again."""
    course = read_course(capstone_course)
    submission = as_submission(course.rooms[0], "right", source(capstone_course, "reference"))
    with Host(NONE) as host:
        examiner = Examiner(course, course.rooms, host, b"secret")
        grade(examiner, (), lambda _: None)
        examination = examiner.begin(sources_of(submission, course.rooms))
        runs = [examination.run(check) for check in examiner.checks.values() if check.is_capstone]
        examiner.finish()
    assert [len(run.calls) for run in runs if run is not None] == [1, 1]
