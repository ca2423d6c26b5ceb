"""Our own faults are loud and cost no student a point; an interrupted run leaves a valid gradebook."""

import csv
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

FAULTY_CHECK = '''

@exercise("softmax")
@law("a law")
@points(1)
@public
def test_a_check_with_a_fault_of_its_own(student, oracle):
    """This check raises whatever it is given."""
    student.softmax(np.ones((2, 3)))
    raise KeyError("a fault of ours")
'''


@pytest.fixture
def faulty_course(course_copy: Path) -> Path:
    """A course in which one check raises on everybody, the reference included."""
    checks = course_copy / "a05_softmax" / "checks" / "test_softmax.py"
    checks.write_text(checks.read_text(encoding="utf-8") + FAULTY_CHECK, encoding="utf-8")
    return course_copy


def report_of(folder: Path, student: str) -> dict:
    return json.loads((folder / "reports" / f"{student}.json").read_text(encoding="utf-8"))


def test_a_check_that_raises_costs_nobody_a_point_and_ends_with_3(autograder, faulty_course, hand_in, right, tmp_path):
    """The fault has its place in the report, the points are given, and the exit code says that something is wrong."""
    folder = hand_in("student", {"softmax.py": right})
    done = autograder("grade", folder, "-o", tmp_path / "out", "--course", faulty_course, "--assignment", "a05_softmax")
    assert done.returncode == 3
    assert "a fault of ours" in done.stdout
    report = report_of(tmp_path / "out", "student")
    assert report["points"] == report["max_points"] == 21
    assert "test_softmax.py" in report["faults"][0]["message"]


@pytest.mark.parametrize(
    ("statement", "seen"),
    [
        ('np.load("inputs of this check.npz")', "FileNotFoundError"),
        ("oracle.softmax_of_another_course(np.ones((2, 3)))", "softmax_of_another_course"),
        ("oracle.softmax('no matrix')", "Error"),
    ],
)
def test_what_a_check_lacks_is_the_graders_fault(statement, seen, autograder, course_copy, hand_in, right, tmp_path):
    """A missing file of a check, and an oracle without an answer, cost nobody a point and end with 3."""
    checks = course_copy / "a05_softmax" / "checks" / "test_softmax.py"
    body = FAULTY_CHECK.replace('raise KeyError("a fault of ours")', statement)
    checks.write_text(checks.read_text(encoding="utf-8") + body, encoding="utf-8")
    folder = hand_in("student", {"softmax.py": right})
    done = autograder("grade", folder, "-o", tmp_path / "out", "--course", course_copy, "--assignment", "a05_softmax")
    report = report_of(tmp_path / "out", "student")
    assert done.returncode == 3
    assert seen in report["faults"][0]["message"]
    assert report["points"] == report["max_points"] == 21


def test_a_grader_that_dies_three_times_is_a_fault(autograder, course_copy, hand_in, right, tmp_path):
    """A check that ends the grader's process costs those it is run on no points, and the run ends with 3."""
    checks = course_copy / "a05_softmax" / "checks" / "test_softmax.py"
    body = FAULTY_CHECK.replace('raise KeyError("a fault of ours")', "__import__('os')._exit(9)")
    checks.write_text(checks.read_text(encoding="utf-8") + body, encoding="utf-8")
    folder = hand_in("student", {"softmax.py": right})
    done = autograder("grade", folder, "-o", tmp_path / "out", "--course", course_copy, "--assignment", "a05_softmax")
    report = report_of(tmp_path / "out", "student")
    assert done.returncode == 3
    assert "the grader process ended (status 9)" in report["faults"][0]["message"]
    assert report["exercises"] == []


@pytest.mark.parametrize(
    ("sandbox", "told"),
    [
        (("sandlock",), ["warning: sandlock: a submission can learn whether a path exists"]),
        (("none", "--unsafe"), ["warning: there is no sandbox: students' code can do whatever you can do"]),
        (("bubblewrap",), []),
    ],
)
def test_what_a_sandbox_leaves_open_is_said_once(sandbox, told, autograder, hand_in, right, tmp_path, course_folder):
    """Not for each student, and not for a sandbox of which we know nothing that it cannot stop."""
    for student in ("one", "two"):
        folder = hand_in(student, {"softmax.py": right})
    words = ("grade", folder, "-o", tmp_path / "out", "--course", course_folder, "--assignment", "a05_softmax")
    done = autograder(*words, "--sandbox", *sandbox)
    warned = [line for line in done.stderr.splitlines() if line.startswith("warning: ")]
    assert done.returncode == 0
    assert [line[: len(words)] for line, words in zip(warned, told, strict=False)] == told
    assert len([line for line in warned if "path exists" in line or "no sandbox" in line]) == len(told)


def test_without_a_sandbox_nothing_is_graded(autograder, hand_in, right, tmp_path, course_folder):
    """One line says how to get one, and the exit code is that of a machine that is not ready."""
    folder = hand_in("student", {"softmax.py": right})
    words = ("grade", folder, "-o", tmp_path / "out", "--course", course_folder, "--sandbox", "bubblewrap")
    done = autograder(*words, PATH="/nowhere")
    assert done.returncode == 2
    assert "sudo apt-get install bubblewrap" in done.stderr
    assert "Traceback" not in done.stderr
    assert not list(tmp_path.glob("out/reports/*.json"))


def test_a_value_that_a_check_cannot_use_is_the_students_failure(autograder, hand_in, right, tmp_path, course_folder):
    """What a submission returns can make a check raise; it then fails, and the grader is not at fault."""
    body = "def accuracy(A, y):\n    return {'an': ['odd', ('thing', None)]}\n"
    folder = hand_in("odd", {"softmax.py": right + "\n\n" + body})
    done = autograder("grade", folder, "-o", tmp_path / "out", "--course", course_folder, "--assignment", "a05_softmax")
    assert done.returncode == 0, done.stdout
    exercises = {item["name"]: item for item in report_of(tmp_path / "out", "odd")["exercises"]}
    assert exercises["accuracy"]["verdict"] == "failed"
    assert exercises["accuracy"]["points"] == 0


def test_checks_that_cannot_be_collected_are_named(autograder, course_copy, hand_in, right, tmp_path):
    """A typo in a file of checks is the grader's side and reported with its place, not as the students' failure."""
    checks = course_copy / "a05_softmax" / "checks" / "test_softmax.py"
    checks.write_text(checks.read_text(encoding="utf-8").replace("@points(", "@pionts(", 1), encoding="utf-8")
    folder = hand_in("student", {"softmax.py": right})
    done = autograder("grade", folder, "-o", tmp_path / "out", "--course", course_copy, "--assignment", "a05_softmax")
    assert done.returncode == 3
    assert "test_softmax.py" in done.stderr
    assert "pionts" in done.stderr


def test_an_interrupted_run_leaves_a_gradebook_of_what_was_graded(course_folder, hand_in, right, tmp_path):
    """Ctrl-C ends with 130, at once, with a valid gradebook and no process left."""
    for number in range(80):
        folder = hand_in(f"student {number}", {"softmax.py": right})
    command = [sys.executable, "-m", "autograder", "grade", str(folder), "-o", "out", "--course", str(course_folder)]
    environment = {**os.environ, "AUTOGRADER_SECRET": "a secret of the tests"}
    running = subprocess.Popen(command, cwd=tmp_path, env=environment, stderr=subprocess.PIPE, stdout=subprocess.PIPE)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and len(list(tmp_path.glob("out/reports/*.json"))) < 5:
        time.sleep(0.02)
    running.send_signal(signal.SIGINT)
    _, told = running.communicate(timeout=30)
    assert running.returncode == 130, told
    assert b"Traceback" not in told
    rows = list(csv.reader((tmp_path / "out" / "gradebook.csv").open(encoding="utf-8-sig", newline="")))
    assert 5 <= len(rows) - 1 < 80
    assert len(list(tmp_path.glob("out/reports/*.json"))) == len(rows) - 1


@pytest.mark.parametrize("where", ["a file", "a full disk"])
def test_an_output_that_cannot_be_written_is_named(where, autograder, hand_in, right, tmp_path, course_folder):
    """The message says which path it is and what to do; nothing half-written is left."""
    folder = hand_in("student", {"softmax.py": right})
    output = tmp_path / "out"
    if where == "a file":
        output.write_text("in the way")
    else:
        output = Path("/dev/full/out")
    done = autograder("grade", folder, "-o", output, "--course", course_folder, "--assignment", "a05_softmax")
    assert done.returncode == 2
    assert str(output) in done.stderr
    assert "Traceback" not in done.stderr


def test_the_graders_environment_changes_no_grade(autograder, hand_in, right, tmp_path, course_folder):
    """Options that somebody keeps for pytest choose no checks and load no plugins here."""
    folder = hand_in("student", {"softmax.py": right})
    done = autograder(
        "grade", folder, "-o", tmp_path / "out", "--course", course_folder, "--assignment", "a05_softmax",
        PYTEST_ADDOPTS="-k one_hot -n 4", PYTEST_PLUGINS="no_such_plugin",
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert report_of(tmp_path / "out", "student")["points"] == 20


def test_plain_pytest_does_not_blame_the_student_for_a_broken_check(faulty_course, right):
    """The message says that the check itself is at fault."""
    room = faulty_course / "a05_softmax"
    (room / "softmax.py").write_text(right, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-k", "a_check_with_a_fault_of_its_own"]
    done = subprocess.run(command, cwd=room, capture_output=True, text=True)
    assert "this check itself is at fault, not your function" in done.stdout


def test_reports_of_an_earlier_run_are_named(autograder, hand_in, right, tmp_path, course_folder):
    """What the new gradebook knows nothing of is not taken for part of it."""
    (tmp_path / "out" / "reports").mkdir(parents=True)
    (tmp_path / "out" / "reports" / "old.json").write_text("{}")
    folder = hand_in("student", {"softmax.py": right})
    done = autograder("grade", folder, "-o", tmp_path / "out", "--course", course_folder, "--assignment", "a05_softmax")
    assert done.returncode == 0
    assert "old.json" in done.stderr


def test_a_missing_or_broken_module_is_said_to_be_so(autograder, hand_in, tmp_path, course_folder):
    """Not `write the body`, when the file is not there; not a law, when the file does not parse."""
    hand_in("other room", {"batchnorm.py": "x = 1\n"})
    folder = hand_in("broken", {"softmax.py": "def softmax(Z:\n    return Z\n"})
    autograder("grade", folder, "-o", tmp_path / "out", "--course", course_folder, "--assignment", "a05_softmax")
    first = report_of(tmp_path / "out", "broken")["exercises"][0]["checks"][0]["feedback"]
    assert "mend this first" in first["next_step"]
    assert first["read"] == ""


def test_a_loop_that_only_a_hidden_check_explains_costs_its_own_exercise_alone(
    autograder, hand_in, right, tmp_path, course_folder
):
    """What failed or was skipped on a function found wrong only later is run again with the reference's version."""
    softmax = (
        "\n\ndef softmax(Z):\n"
        "    if Z.shape[0] == 2:\n"
        "        while True:\n"
        "            pass\n"
        "    if np.abs(Z).max() > 500:\n"
        "        return Z * np.nan\n"
        "    return np.exp(Z) / np.exp(Z).sum(axis=0)\n\n\n"
        "def binary_from_softmax(Z):\n"
        "    return softmax(Z)[1:2]\n"
    )
    folder = hand_in("student", {"softmax.py": right + softmax})
    autograder("grade", folder, "-o", tmp_path / "out", "--course", course_folder, "--assignment", "a05_softmax")
    exercises = {item["name"]: item for item in report_of(tmp_path / "out", "student")["exercises"]}
    assert exercises["softmax"]["points"] < 5
    assert exercises["binary_from_softmax"]["points"] == 3


def test_a_file_that_is_no_submission_is_named(autograder, hand_in, right, tmp_path, course_folder):
    """Windows likes to make softmax.py.txt of a student's softmax.py, and somebody should hear of it."""
    folder = hand_in("student", {"softmax.py": right})
    (folder / "Tom.py.txt").write_text(right)
    done = autograder("grade", folder, "-o", tmp_path / "out", "--course", course_folder, "--assignment", "a05_softmax")
    assert done.returncode == 0
    assert "Tom.py.txt" in done.stderr
