"""The answer, and behind it one text of fifty megabytes."""

from zipping import ANSWER

MUST = {"origin": r"Fifty\.py", "status": "unreadable", "says": "is larger than 1 MiB"}


def hand_in(folder):
    (folder / "Fifty.py").write_text(ANSWER + f"x = '{'a' * 50_000_000}'\n")
