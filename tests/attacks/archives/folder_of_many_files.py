"""Five thousand files around the answer, half of them hidden."""

from zipping import ANSWER

MUST = {"origin": "Many Files", "status": "unreadable", "says": "holds more than 2,000 files and folders"}


def hand_in(folder):
    (folder / "Many Files").mkdir()
    (folder / "Many Files" / "softmax.py").write_text(ANSWER)
    for number in range(2500):
        (folder / "Many Files" / f"{number}.txt").touch()
        (folder / "Many Files" / f".{number}").touch()
