"""Two names that are one on other machines, on a disk that tells them apart: the exact one counts, and it says so."""

from zipping import ANSWER

MUST = {
    "origin": "Case Folder",
    "status": "graded",
    "points": 3.0,
    "says": r"softmax\.py was read, and not Softmax\.py, softmax \(1\)\.py",
}


def hand_in(folder):
    (folder / "Case Folder").mkdir()
    (folder / "Case Folder" / "softmax.py").write_text(ANSWER)
    for name in ("Softmax.py", "softmax (1).py"):
        (folder / "Case Folder" / name).write_text("raise SystemExit\n")
