"""Two graders at work side by side: what one submission takes is not taken from those graded beside it."""

import json
import os

import pytest

pytestmark = pytest.mark.slow

MANY = """
import threading, time

def one_hot(y, num_classes):
    end = time.monotonic() + 5
    while time.monotonic() < end:
        try:
            threading.Thread(target=time.sleep, args=(0.5,), daemon=True).start()
        except RuntimeError:
            time.sleep(0.001)
"""
IN_THREADS = """

from concurrent.futures import ThreadPoolExecutor

_softmax = softmax

def softmax(Z):
    with ThreadPoolExecutor(6) as pool:
        return list(pool.map(_softmax, [Z] * 6))[0]
"""


@pytest.mark.parametrize("backend", ["bubblewrap", "sandlock"])
def test_a_submission_of_many_threads_leaves_others_theirs(
    backend, autograder, hand_in, right, tmp_path, course_folder
):
    """Honest answers that use six threads are right, also while a thread bomb is graded beside them."""
    if os.geteuid() != 0 and backend == "sandlock":
        pytest.skip("an ordinary user has one limit for all graders under sandlock, and the doctor says so")
    hand_in("attacker", {"softmax.py": MANY})
    for number in range(6):
        folder = hand_in(f"honest {number}", {"softmax.py": right + IN_THREADS + f"# {number}\n"})
    words = ("grade", folder, "-o", tmp_path / "out", "--course", course_folder, "--assignment", "a05_softmax", "-j", 2)
    done = autograder(*words, "--sandbox", backend)
    assert done.returncode == 0, done.stderr
    for path in (tmp_path / "out" / "reports").glob("honest*.json"):
        report = json.loads(path.read_text(encoding="utf-8"))
        assert report["points"] == report["max_points"], path.name
