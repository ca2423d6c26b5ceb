"""Gradescope's zip, unpacked, built and run where its paths are: the right score, and always a valid results.json."""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from gradescope_platform import Platform

sys.path.insert(0, str(Path(__file__).parent.parent))
from processes import command, descendants

from autograder.course import read_course, reference_text
from autograder.grading.alone import read_alone
from autograder.grading.cohort import Cohort
from autograder.grading.in_time import Clock, grade_in_time
from autograder.report import report_from_json, report_to_json

pytestmark = pytest.mark.slow

SECRET = "a secret of the tests of gradescope"
NEVER = "did not finish"
OLD_MACHINE = (sys.executable, str(Path(__file__).parent / "no_namespaces.py"))
METADATA = {
    "id": 123456,
    "created_at": "2018-07-01T14:22:32.365935-07:00",
    "assignment": {"due_date": "2018-07-31T23:00:00.000000-07:00", "late_due_date": None, "total_points": "40.0"},
    "submission_method": "upload",
    "users": [{"email": "ada@example.com", "id": 7, "name": "Ada Lovelace"}],
    "previous_submissions": [
        {"submission_time": "2018-07-01T10:00:00.000000-07:00", "score": 7.5, "autograder_error": False},
        {"submission_time": "2018-07-01T11:00:00.000000-07:00", "score": 0.0, "autograder_error": True, "results": {}},
    ],
}
READ_AND_WRITE = """

def accuracy(A, y):
    import os
    found = []
    for place in PLACES:
        try:
            with open(place) as file:
                found.append(file.read())
        except OSError:
            pass
        try:
            found.append(str(os.listdir(place)))
        except OSError:
            pass
        try:
            with open(place, "w") as file:
                file.write('{"score": 1000}')
            found.append("WROTE " + place)
        except OSError:
            pass
    raise ValueError(f"got {len(found)}: {found} as {os.getuid()}")
"""


def pack(course: Path, output: Path, *words: str, secret: str = SECRET) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "autograder", "package", "gradescope", "-o", str(output), "--course", str(course)]
    environment = {**os.environ, "AUTOGRADER_SECRET": secret}
    return subprocess.run([*command, *words], env=environment, capture_output=True, text=True)


def built(course: Path, folder: Path, *words: str) -> Platform:
    package = folder / "autograder.zip"
    assert pack(course, package, *words).returncode == 0
    platform = Platform(folder / "autograder", folder / "private")
    done = platform.build(package)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "ready to grade" in done.stdout
    return platform


@pytest.fixture(scope="module")
def platform(course_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Platform:
    """The image of an assignment of one room."""
    if os.geteuid() != 0:
        pytest.skip("Gradescope's image belongs to root, and this is not root")
    return built(course_folder, tmp_path_factory.mktemp("gradescope"), "a05_softmax")


@pytest.fixture(scope="module")
def two_rooms(course_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Platform:
    """The image of an assignment of two rooms that may run unsandboxed, in Chinese names of folders."""
    if os.geteuid() != 0:
        pytest.skip("Gradescope's image belongs to root, and this is not root")
    folder = tmp_path_factory.mktemp("two rooms 两")
    return built(course_folder, folder, "a05_softmax", "a06_init", "--allow-unsandboxed")


def solution(course: Path, room: str) -> str:
    whole = read_course(course)
    return reference_text(whole, whole.room(room))


def hostile(course: Path, platform: Platform) -> str:
    """All right but for accuracy, which reads and writes whatever it should not."""
    source = platform.source / "course"
    places = [
        source,
        source / "reference" / "softmax.py",
        source / "assignments" / "a05_softmax" / "checks" / "test_softmax.py",
        source / ".autograder" / "secret",
        platform.source / "settings.json",
        platform.root / "submission_metadata.json",
        platform.root / "results",
        platform.results,
        "/etc/shadow",
        "/proc/1/environ",
    ]
    return solution(course, "a05_softmax") + READ_AND_WRITE.replace("PLACES", repr([str(place) for place in places]))


def points_of(results: dict, part: str = "") -> float:
    return sum(test["score"] for test in results["tests"] if part in test["name"])


def worth(results: dict, part: str) -> float:
    return sum(test["max_score"] for test in results["tests"] if part in test["name"])


def test_the_zip_has_the_two_scripts_at_its_root_and_is_the_same_every_time(course_folder: Path, tmp_path: Path):
    """Programs with Unix line ends; the secret is the one given, no bit is by chance, and only its owner reads it."""
    first, again, other = tmp_path / "1.zip", tmp_path / "2.zip", tmp_path / "3.zip"
    done = pack(course_folder, first, "a05_softmax")
    assert done.returncode == 0, done.stderr
    assert "1 room, 20 points" in done.stdout
    assert "keep it from students" in done.stdout
    (tmp_path / "secret").write_text(f"{SECRET}\n", encoding="ascii")
    secret_file = ("--secret-file", str(tmp_path / "secret"))
    assert pack(course_folder, again, "a05_softmax", *secret_file, secret="another secret of somebody").returncode == 0
    assert pack(course_folder, other, "a05_softmax", secret="another secret of somebody").returncode == 0
    assert first.read_bytes() == again.read_bytes() != other.read_bytes()
    assert first.stat().st_mode & 0o077 == 0
    with zipfile.ZipFile(first) as archive:
        assert archive.testzip() is None
        for name in ("setup.sh", "run_autograder"):
            assert archive.getinfo(name).external_attr >> 16 == 0o100755
            assert archive.read(name).startswith(b"#!/usr/bin/env bash\n")
            assert b"\r" not in archive.read(name)
        names = archive.namelist()
    assert any(name.startswith("wheel/") and name.endswith("-py3-none-any.whl") for name in names)
    assert {name.split("/")[2] for name in names if name.startswith("course/assignments/")} == {
        "a05_softmax",
        "course.toml",
    }


@pytest.mark.parametrize(
    ("words", "secret", "told"),
    [
        (("a05_sofmax",), SECRET, "Did you mean"),
        ((), "short", "few enough to guess"),
        ((), "a secret with ü in it, long enough", "other than ASCII"),
        (("--secret-file", "nowhere"), SECRET, "the secret in nowhere cannot be read"),
        (("-o", "no/such/folder/a.zip"), SECRET, "could not be written"),
    ],
)
def test_what_cannot_be_packed_is_refused_in_one_line(course_folder, tmp_path, words, secret, told):
    """Nothing is written then."""
    output = tmp_path / "autograder.zip"
    done = pack(course_folder, output, *words, secret=secret)
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert not output.exists()


def test_the_image_shows_nobody_the_course(platform: Platform):
    """Only root may enter the source; what everybody may enter is our Python. Building it again changes nothing."""
    modes = {path.stat().st_mode & 0o077 for path in [platform.source, *platform.source.rglob("*")]}
    assert modes == {0}
    assert platform.private.stat().st_mode & 0o005 == 0o005
    again = subprocess.run(
        ["bash", platform.source / "setup.sh"], env=platform.environment(), capture_output=True, text=True
    )
    assert again.returncode == 0, again.stderr


def test_the_solution_gets_full_marks(platform: Platform, course_folder: Path):
    """Every check has a line, and the students are told no name of a hidden one."""
    platform.hand_in({"softmax.py": solution(course_folder, "a05_softmax")}, METADATA)
    results, seen = platform.run()
    assert results["score"] == points_of(results) == 20
    assert results["output"].startswith("score 20 of 20")
    assert {test["status"] for test in results["tests"]} == {"passed"}
    assert {test["visibility"] for test in results["tests"]} == {"visible"}
    assert "sandbox" in seen


def test_a_mistake_is_named(platform: Platform, course_folder: Path):
    """Points are those that `grade` gives, and the feedback says what was believed."""
    wrong = "\n\ndef one_hot(y, num_classes):\n    return np.eye(num_classes)[y]\n"
    platform.hand_in({"work/softmax.py": solution(course_folder, "a05_softmax") + wrong}, METADATA)
    results, _ = platform.run()
    assert results["score"] == 20 - worth(results, "one_hot") + points_of(results, "one_hot") < 20
    told = "\n".join(test["output"] for test in results["tests"])
    assert "There is one row per example and one column per class" in told


@pytest.mark.parametrize(
    "files",
    [
        {"work.zip": b"PK\x03\x04 and no more"},
        {"softmax.ipynb": '{"cells": [{"cell_type": "code"'},
        {"notes.txt": "nothing of use"},
        {},
    ],
    ids=["zip", "notebook", "text", "nothing"],
)
def test_an_unreadable_submission_is_told_why(platform: Platform, files):
    """It scores 0, which is right: the student can hand in again."""
    platform.hand_in(files, METADATA)
    results, _ = platform.run()
    assert results["score"] == 0
    assert "could not be read" in results["output"]
    assert NEVER not in results["output"]


def test_a_link_to_the_solution_is_not_followed(platform: Platform):
    """A repository can hold links, and the grader that reads it is root."""
    platform.hand_in({"README.py": "x = 1\n"}, METADATA)
    (platform.root / "submission" / "softmax.py").symlink_to(platform.source / "course" / "reference" / "softmax.py")
    results, _ = platform.run()
    assert results["score"] == 0


def test_a_hostile_submission_reads_and_writes_nothing(platform: Platform, course_folder: Path):
    """Neither checks, solution, secret, results nor others' names: it loses its exercise and gains nothing."""
    platform.hand_in({"softmax.py": hostile(course_folder, platform)}, METADATA)
    before = digests(platform)
    results, seen = platform.run()
    assert results["score"] == 20 - worth(results, "accuracy")
    told = str(results) + seen
    assert "got 0: [] as 6" in told
    assert not any(bait in told for bait in (SECRET, "_log_softmax", "ada@example.com", "WROTE", "root:"))
    assert digests(platform) == before


def digests(platform: Platform) -> dict[str, str]:
    files = [path for path in platform.source.rglob("*") if path.is_file()]
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_a_grader_that_is_killed_leaves_the_score_before(platform: Platform):
    """The results say that the grader failed and not the student, and stand on the last score that was earned."""
    platform.hand_in({"softmax.py": "while True:\n    pass\n"}, METADATA)
    process = platform.start()
    for pid in graders_of(process):
        os.kill(pid, signal.SIGKILL)
    seen, _ = process.communicate()
    results = platform.read()
    assert process.returncode == 0
    assert "ended with status 137" in seen
    assert (results["score"], results["extra_data"]) == (7.5, {"grader_fault": True})
    assert NEVER in results["output"]
    assert "your submission before, 7.5" in results["output"]


def graders_of(process: "subprocess.Popen[str]") -> Iterator[int]:
    """Wait until the submission is being graded, and return who coordinates that."""
    while process.poll() is None:
        below = {pid: command(pid) for pid in descendants(process.pid)}
        if any("autograder.grading.grader" in words for words in below.values()):
            yield from (pid for pid, words in below.items() if "gradescope-run" in words and "timeout" not in words)
            return
    raise AssertionError("it ended before it was killed")


def test_a_python_that_never_starts_leaves_valid_results(platform: Platform, course_folder: Path):
    """The script's own stub stands: a 0 that says that it is no grade."""
    python = platform.private / "bin" / "python"
    whole = python.read_bytes()
    python.write_text("#!/bin/sh\nkill -9 $$\n", encoding="ascii")
    try:
        platform.hand_in({"softmax.py": solution(course_folder, "a05_softmax")})
        results, _ = platform.run()
    finally:
        python.write_bytes(whole)
    assert results["score"] == 0
    assert NEVER in results["output"]
    assert "no grade" in results["output"]


def test_what_was_graded_in_time_counts(two_rooms: Platform, course_folder: Path):
    """Softmax is graded; the other room sleeps until the time is over, and what was not reached is said."""
    settings = two_rooms.source / "settings.json"
    whole = settings.read_text(encoding="utf-8")
    names = [exercise.name for exercise in read_course(course_folder).room("a06_init").exercises]
    asleep = "import time\n" + "".join(f"def {name}(*_, **__):\n    time.sleep(60)\n" for name in names)
    two_rooms.hand_in({"softmax.py": solution(course_folder, "a05_softmax"), "initialization.py": asleep}, METADATA)
    settings.write_text(whole.replace('"seconds": 600.0', '"seconds": 12.0'), encoding="utf-8")
    try:
        results, _ = two_rooms.run()
    finally:
        settings.write_text(whole, encoding="utf-8")
    assert results["score"] == points_of(results, "a05_softmax") == 20
    assert worth(results, "") == 40
    assert "not graded to the end, for want of time" in results["output"]
    assert f"a06_init.{names[-1]}" in results["output"]
    assert "a05_softmax." not in results["output"]
    assert NEVER not in results["output"]


def test_checks_that_the_time_does_not_suffice_for_are_without_points(course_folder: Path, tmp_path: Path, monkeypatch):
    """Each is there with what it is worth, says why it was skipped, and nobody is at fault; a room not begun is too."""
    monkeypatch.setenv("AUTOGRADER_SECRET", SECRET)
    course = read_course(course_folder)
    rooms = (course.room("a05_softmax"), course.room("a06_init"))
    (tmp_path / "submission").mkdir()
    slow_to_import = "import time\ntime.sleep(0.3)\n" + solution(course_folder, "a05_softmax")
    (tmp_path / "submission" / "softmax.py").write_text(slow_to_import, encoding="utf-8")
    submission = read_alone(tmp_path / "submission", {"softmax.py"}, "submission")
    cohort = Cohort(tmp_path, course, rooms, "auto", (submission,))
    now = time.monotonic()
    (report,) = grade_in_time(cohort, Clock(now + 0.2, now + 60))
    first, *others = [check for exercise in report.exercises for check in exercise.checks]
    assert (first.verdict, first.points, report.points) == ("passed", first.max_points, first.max_points)
    assert (report.max_points, report.faults) == (40, ())
    assert {check.verdict for check in others} == {"skipped"}
    told = {check.feedback.verdict for check in others}
    assert told == {"not graded: the grader's time was over before it came to this"}
    assert report_from_json(report_to_json(report)) == report
    assert list(grade_in_time(cohort, Clock(now, now))) == []


def test_names_that_are_no_names_change_nothing(two_rooms: Platform, course_folder: Path):
    """Metadata comes from students: a group with markup, formulas and escapes is graded like any, or without it."""
    files = {"softmax.py": solution(course_folder, "a05_softmax")}
    users = [{"email": "\x1b[2J", "id": -1, "name": '=HYPERLINK("x")\n../../../etc\x00'}, {"name": ["no", "text"]}, 7]
    for metadata in ({**METADATA, "users": users, "created_at": "yesterday"}, b"\xff{", None):
        two_rooms.hand_in(files, metadata)
        results, seen = two_rooms.run()
        assert (results["score"], points_of(results, "a06_init")) == (20, 0)
        assert "\x1b" not in str(results) + seen


def test_without_a_sandbox_nothing_of_a_student_runs(platform: Platform, course_folder: Path):
    """The results are not the student's doing, and the instructor is told what is missing."""
    platform.hand_in({"softmax.py": hostile(course_folder, platform)}, METADATA)
    results, seen = platform.run(*OLD_MACHINE)
    assert (results["score"], results["extra_data"]) == (7.5, {"grader_fault": True})
    assert "no sandbox works here" in seen
    assert "bubblewrap" not in str(results)


def test_unsandboxed_is_another_user_without_rights(two_rooms: Platform, course_folder: Path):
    """Where the instructor has chosen so: marks as ever, and root's files, sockets and processes are out of reach."""
    reach = "\n\ndef one_hot(y, num_classes):\n    import os, socket\n    done = []\n"
    for attempt in (
        "socket.socket()",
        "os.fork()",
        "os.kill(os.getppid(), 9)",
        "open(f'/proc/{os.getppid()}/mem', 'rb')",
    ):
        reach += f"    try:\n        {attempt}\n        done.append({attempt!r})\n    except OSError:\n        pass\n"
    reach += "    raise ValueError(f'done {done}')\n"
    two_rooms.hand_in({"softmax.py": hostile(course_folder, two_rooms) + reach}, METADATA)
    results, seen = two_rooms.run(*OLD_MACHINE)
    assert "sandbox unprivileged" in seen
    told = str(results) + seen
    assert "got 0: [] as 6" in told
    assert "done []" in told
    assert SECRET not in told
    assert results["score"] == 20 - worth(results, "accuracy") - worth(results, "one_hot")


def test_a_package_of_what_students_have_is_refused(tmp_path: Path, course_folder: Path):
    """A release has no hidden checks and no solutions."""
    release = tmp_path / "release"
    shutil.copytree(course_folder.parent, release)
    (release / "assignments" / "recorded").mkdir()
    file = release / "assignments" / "course.toml"
    file.write_text('recordings = "recorded"\n' + file.read_text(encoding="utf-8"), encoding="utf-8")
    done = pack(release / "assignments", tmp_path / "a.zip")
    assert done.returncode == 2
    assert "as students get it" in done.stderr
