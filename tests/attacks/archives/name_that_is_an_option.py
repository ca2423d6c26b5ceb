"""Names that a program would take for its options."""

from zipping import ANSWER

MUST = {"origin": r"(-o|--output=owned|-rf \*)(\.py)?", "status": "graded", "points": 3.0, "says": "", "reports": 3}


def hand_in(folder):
    for name in ("-o.py", "--output=owned.py"):
        (folder / name).write_text(ANSWER)
    (folder / "-rf *").mkdir()
    (folder / "-rf *" / "softmax.py").write_text(ANSWER)
