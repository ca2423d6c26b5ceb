"""A student's loop: `autograder check`, and plain pytest in a room."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.course import compose_source, function_source, read_course


@pytest.fixture
def put(course_copy: Path):
    """Put a softmax.py with some functions replaced into the student's room."""

    def write(**replacements: str) -> Path:
        room = read_course(course_copy).room("a05_softmax")
        reference = (course_copy.parent / "reference" / "softmax.py").read_text(encoding="utf-8")
        mistakes = (room.path / "mistakes.py").read_text(encoding="utf-8")
        sources = {
            name: "stub" if what == "stub" else function_source(mistakes, what) for name, what in replacements.items()
        }
        (room.path / "softmax.py").write_text(compose_source(reference, sources, room), encoding="utf-8")
        return room.path

    return write


def test_a_perfect_room_has_full_marks_and_exit_code_0(autograder, put, course_copy):
    """Every check passes, hidden ones included when they are asked for."""
    put()
    done = autograder("check", "a05_softmax", "--hidden", cwd=course_copy)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "20 / 20" in done.stdout


def test_the_first_failing_check_is_shown_in_full_and_named(autograder, put, course_copy):
    """The mistake has its explanation; the other failing checks get a line each."""
    put(softmax="softmax_global_sum")
    done = autograder("check", "a05_softmax.softmax", cwd=course_copy)
    assert done.returncode == 1
    assert "[exact match: softmax_global_sum]" in " ".join(done.stdout.split())
    assert done.stdout.count("likely") == 1
    assert "Traceback" not in done.stdout


def test_one_exercise_alone_is_checked_by_its_name(autograder, put, course_copy):
    """ROOM.EXERCISE leaves the other exercises out."""
    put(softmax="stub")
    done = autograder("check", "a05_softmax.accuracy", cwd=course_copy)
    assert done.returncode == 0
    assert "one_hot" not in done.stdout


def test_inside_a_room_that_room_is_checked(autograder, put, course_copy):
    """`autograder check` in a room's folder means this room."""
    room = put()
    done = autograder("check", cwd=room)
    assert done.returncode == 0
    assert "a10_batchnorm" not in done.stdout


@pytest.mark.slow
def test_plain_pytest_in_a_room_says_the_same_and_writes_a_report_file(put):
    """The checks are pytest tests; the run leaves a pytest-json-report file with exercise and points."""
    room = put(softmax="softmax_global_sum")
    done = subprocess.run([sys.executable, "-m", "pytest"], cwd=room, capture_output=True, text=True)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "softmax_global_sum" in done.stdout
    report = json.loads((room / ".report.json").read_text(encoding="utf-8"))
    assert report["summary"]["failed"] >= 1
    assert report["summary"]["passed"] >= 20
    properties = [dict(kv for pair in test["user_properties"] for kv in pair.items()) for test in report["tests"]]
    assert {"exercise", "points", "visibility"} <= set(properties[0])


@pytest.mark.slow
def test_a_hidden_check_shows_no_values_in_plain_pytest_either(put):
    """Neither pytest's own report nor ours prints a hidden check's inputs."""
    room = put(softmax="softmax_global_sum")
    command = [sys.executable, "-m", "pytest", "-k", "other_scores_become_probabilities_too", "-vv", "--tb=long", "-l"]
    done = subprocess.run(command, cwd=room, capture_output=True, text=True, env={**os.environ, "COLUMNS": "150"})
    assert done.returncode == 1
    assert "law broken" in done.stdout
    assert "expected  " not in done.stdout
    assert "array(" not in done.stdout


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"def softmax(Z:\n    return Z\n"], ids=["not UTF-8", "a typo"])
def test_an_unreadable_module_is_said_to_be_so(content, autograder, put, course_copy):
    """The student reads which file it is and what is wrong with it."""
    room = put()
    (room / "softmax.py").write_bytes(content)
    done = autograder("check", "a05_softmax", cwd=course_copy)
    assert done.returncode in (1, 2)
    assert "softmax.py" in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
