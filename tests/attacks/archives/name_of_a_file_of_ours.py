"""Students called like what the grader writes: nothing of its own is written over."""

from zipping import ANSWER

MUST = {
    "origin": r"(gradebook\.csv|results\.sqlite3|results\.sqlite3-wal|reports|gradebook)(\.py)?",
    "status": "graded",
    "points": 3.0,
    "says": "",
    "reports": 5,
}


def hand_in(folder):
    for name in ("gradebook.csv", "results.sqlite3", "reports"):
        (folder / name).mkdir()
        (folder / name / "softmax.py").write_text(ANSWER)
    for name in ("gradebook.py", "results.sqlite3-wal.py"):
        (folder / name).write_text(ANSWER)
