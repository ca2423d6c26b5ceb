"""A cohort in which everybody loops for ever ends in bounded time, and each is told so."""

import json
import time

import pytest

from autograder.limits import PATIENCE

pytestmark = pytest.mark.slow

COUNT, CALL_SECONDS, START_SECONDS = 100, 0.2, 60.0


def test_a_hundred_endless_loops_cost_a_limit_each(autograder, hand_in, tmp_path, course_copy):
    """Two graders need at most what a hundred calls may take on the wall, half each, and the time to start."""
    room = course_copy / "a06_init" / "assignment.toml"
    limits = f"\n[limits]\ncall_seconds = {CALL_SECONDS}\n\n[[exercises]]"
    room.write_text(room.read_text(encoding="utf-8").replace("\n[[exercises]]", limits, 1), encoding="utf-8")
    for number in range(COUNT):
        text = f"def initialize_he(layer_dims, rng):\n    while True:\n        pass  # {number}\n"
        folder = hand_in(f"student {number:03}", {"initialization.py": text})
    start = time.monotonic()
    words = ("--course", course_copy, "--assignment", "a06_init", "-j", 2)
    done = autograder("grade", folder, "-o", tmp_path / "out", *words)
    seconds = time.monotonic() - start
    assert done.returncode == 0, done.stderr
    reports = [json.loads(path.read_text(encoding="utf-8")) for path in (tmp_path / "out" / "reports").iterdir()]
    verdicts = {
        each["verdict"] for report in reports for each in report["exercises"] if each["name"] == "initialize_he"
    }
    assert (len(reports), verdicts) == (COUNT, {"timed_out"})
    assert seconds < COUNT * PATIENCE * CALL_SECONDS / 2 + START_SECONDS
