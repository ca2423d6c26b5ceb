"""What was graded once is taken from the store, as long as nothing that it depends on has changed."""

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from small_cohort import (
    MODULE,
    ROOM,
    STORE,
    command,
    copy_of,
    environment,
    gradebook,
    make_harder,
    one_line,
    put,
    reports,
    reused,
    write_cohort,
)

pytestmark = pytest.mark.slow

EVERYBODY = {"Ada", "Ben", "Cho"}


@pytest.fixture
def folder(tmp_path: Path, course_copy: Path) -> Path:
    """The submissions of Ada, Ben and Cho."""
    return write_cohort(tmp_path / "submissions", course_copy)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """The folder that is graded into."""
    return tmp_path / "out"


@pytest.fixture
def grade(folder: Path, course_copy: Path, out: Path, autograder):
    """`grade("--regrade")`: grade the cohort, to the end and without a fault."""

    def run(*words: object, **variables: str) -> str:
        fixed = ("grade", folder, "-o", out, "--course", course_copy)
        rooms = () if "--assignment" in words else ("--assignment", ROOM)
        done = autograder(*fixed, *rooms, *words, **variables)
        assert done.returncode == 0, done.stdout + done.stderr
        return one_line(done.stdout)

    return run


def test_an_unchanged_cohort_is_taken_from_the_store(grade, out):
    """The second run says so on the terminal and in every report, and leaves the same gradebook and results."""
    assert "taken from" not in grade()
    assert reused(out) == set()
    first = copy_of(out, "first")
    told = grade()
    assert f"3 of 3 taken from {out / STORE}, unchanged since they were graded; --regrade grades them again" in told
    assert reused(out) == EVERYBODY
    assert gradebook(out) == gradebook(first)
    before = reports(first)
    assert {who: {**report, "reused": False} for who, report in reports(out).items()} == before


def test_a_changed_submission_alone_is_graded_again(grade, out, folder):
    """The others come from the store, and old and new stand side by side for the one whose points changed."""
    grade()
    put(folder, "Cho", (folder / "Ada" / MODULE).read_text(encoding="utf-8") + "\n# mended\n")
    told = grade()
    assert reused(out) == {"Ada", "Ben"}
    assert f"Cho 3.75 4 {ROOM}.initialize_he 3.75 → 4" in told
    assert "Ada 4" not in told.partition("old new")[2]


def test_a_change_that_leaves_the_points_is_not_shown(grade, out, folder):
    """A comment more is another submission, and no news."""
    grade()
    put(folder, "Ada", (folder / "Ada" / MODULE).read_text(encoding="utf-8") + "\n# a comment\n")
    told = grade()
    assert reused(out) == {"Ben", "Cho"}
    assert "old" not in told


def test_a_changed_check_has_everybody_graded_again(grade, out, course_copy):
    """No result of the old check is used, and whoever lost points by the new one is shown."""
    grade()
    make_harder(course_copy)
    told = grade()
    assert reused(out) == set()
    assert f"Ada 4 3.75 {ROOM}.initialize_he 4 → 3.75" in told
    assert reports(out)["Ada"]["points"] == 3.75


def test_a_check_changed_back_finds_its_old_results(grade, out, course_copy):
    """The store keeps what it has, and the points that come back from it are shown as changed too."""
    checks = course_copy / ROOM / "checks" / f"test_{MODULE}"
    text = checks.read_bytes()
    grade()
    make_harder(course_copy)
    grade()
    checks.write_bytes(text)
    told = grade()
    assert reused(out) == EVERYBODY
    assert f"Ada 3.75 4 {ROOM}.initialize_he 3.75 → 4" in told


def test_regrade_grades_everybody_again(grade, out):
    """Nothing is taken from the store, and where nothing changed that is said in so many words."""
    grade()
    told = grade("--regrade")
    assert reused(out) == set()
    assert "no score changed" in told
    grade()
    assert reused(out) == EVERYBODY


def test_regrade_shows_old_and_new_side_by_side(grade, out, course_copy):
    """After a change of a check, --regrade shows whose points changed and where."""
    grade()
    make_harder(course_copy)
    told = grade("--regrade")
    assert f"Ada 4 3.75 {ROOM}.initialize_he 4 → 3.75" in told
    assert "no score changed" not in told


@pytest.mark.parametrize("what", ["secret", "rooms", "sandbox"])
def test_what_a_result_depends_on_is_part_of_its_key(what, grade, out):
    """With another secret, other rooms or another sandbox nothing is taken from the store; with the old ones all is."""
    changes = {
        "secret": lambda: grade(AUTOGRADER_SECRET="quite another secret"),
        "rooms": lambda: grade("--assignment", ROOM, "--assignment", "a09_optim"),
        "sandbox": lambda: grade("--sandbox", "none", "--unsafe"),
    }
    grade()
    changes[what]()
    assert reused(out) == set()
    grade()
    assert reused(out) == EVERYBODY


def test_the_same_files_under_another_name_are_not_graded_again(grade, out, folder):
    """A result belongs to the sources; whose they are and where they came from is today's."""
    grade()
    (folder / "Ada").rename(folder / "阿达")
    grade()
    assert reused(out) == {"阿达", "Ben", "Cho"}
    assert reports(out)["阿达"]["submission"]["origin"] == "阿达"
    assert reports(out)["阿达"]["points"] == 4


def test_two_students_with_the_same_files_both_have_their_reports(grade, out, folder):
    """They share a row of the store, and nothing else."""
    put(folder, "Dan", (folder / "Ada" / MODULE).read_text(encoding="utf-8"))
    grade()
    grade()
    assert reused(out) == {*EVERYBODY, "Dan"}
    assert [reports(out)[who]["submission"]["id"] for who in ("Ada", "Dan")] == ["Ada", "Dan"]


def test_the_secret_is_not_in_the_store(grade, out):
    """Neither the secret nor a plain digest of it stands in the file, which may be handed around."""
    grade(AUTOGRADER_SECRET="unmistakable-secret-of-a-course")
    content = b"".join(path.read_bytes() for path in out.glob(f"{STORE}*"))
    secret = b"unmistakable-secret-of-a-course"
    assert secret not in content
    assert hashlib.sha256(secret).hexdigest().encode() not in content
    assert hashlib.sha256(secret).digest() not in content


def test_an_unreadable_submission_is_read_anew_every_time(folder, course_copy, out, autograder):
    """It is never taken from the store, and the count on the terminal shows it."""
    (folder / "Eve.zip").write_bytes(b"PK\x03\x04 and no more")
    words = ("grade", folder, "-o", out, "--course", course_copy, "--assignment", ROOM)
    autograder(*words)
    done = autograder(*words)
    assert done.returncode == 1
    assert "3 of 4 taken from" in done.stdout
    assert reports(out)["Eve"]["reused"] is False


def test_a_fault_is_never_taken_from_the_store(folder, course_copy, out, autograder):
    """A report with a fault of ours is made again by every run until the check is mended."""
    checks = course_copy / ROOM / "checks" / f"test_{MODULE}"
    text = checks.read_text(encoding="utf-8")
    call = "    params = student.initialize_he([3, 5, 2, 7], SeededRNG(2))\n"
    broken = text.replace(call, "    raise KeyError('ours')\n")
    assert broken != text
    checks.write_text(broken, encoding="utf-8")
    words = ("grade", folder, "-o", out, "--course", course_copy, "--assignment", ROOM)
    for _ in range(2):
        done = autograder(*words)
        assert done.returncode == 3
        assert all(report["faults"] and not report["reused"] for report in reports(out).values())


def test_the_sandbox_that_auto_falls_back_to_has_results_of_its_own(grade, out, folder, tmp_path):
    """Where bubblewrap stops working its results are not mixed with another's; when it works again they are used."""
    shim = tmp_path / "bin" / "bwrap"
    shim.parent.mkdir()
    shim.write_text(f'#!/bin/sh\n[ "$1" = --version ] && exec {shutil.which("bwrap")} --version\nexit 1\n')
    shim.chmod(0o755)
    path = f"{shim.parent}:{os.environ['PATH']}"
    text = (folder / "Cho" / MODULE).read_text(encoding="utf-8")
    grade()
    assert sandboxes(out) == {"bubblewrap"}
    put(folder, "Cho", f"{text}\n# one\n")
    grade(PATH=path)
    assert (sandboxes(out), reused(out)) == ({"sandlock"}, set())
    put(folder, "Cho", f"{text}\n# two\n")
    grade(PATH=path)
    assert (sandboxes(out), reused(out)) == ({"sandlock"}, {"Ada", "Ben"})
    grade()
    assert (sandboxes(out), reused(out)) == ({"bubblewrap"}, {"Ada", "Ben"})


def sandboxes(output: Path) -> set[str]:
    """What the reports say that they were graded in."""
    return {report["environment"]["sandbox"].split()[0] for report in reports(output).values()}


def test_checks_that_cannot_be_collected_leave_the_store_as_it_was(grade, folder, course_copy, out, tmp_path):
    """The run ends with 3, and when the check is mended again all results are still there."""
    grade()
    checks = course_copy / ROOM / "checks" / f"test_{MODULE}"
    text = checks.read_bytes()
    checks.write_bytes(text.replace(b"@points(", b"@pionts(", 1))
    broken = command(folder, course_copy)
    done = subprocess.run(broken, cwd=tmp_path, env=environment(), capture_output=True, text=True)
    assert done.returncode == 3
    assert "pionts" in done.stderr
    assert "0 of 3 results are safe" in one_line(done.stderr)
    checks.write_bytes(text)
    grade()
    assert reused(out) == EVERYBODY
