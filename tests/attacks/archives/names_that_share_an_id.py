"""Names that differ in what an id leaves out, or in case: nobody's report may be written over another's."""

from zipping import ANSWER

MUST = {"origin": r"[Ss]hare.[Ii]d(-2)?(\.py)?", "status": "graded", "points": 3.0, "says": "", "reports": 6}


def hand_in(folder):
    for name in ("Share Id.py", "Share-Id.py", "share-id.py", "Share_Id.py", "Share-Id-2.py"):
        (folder / name).write_text(ANSWER)
    (folder / "Share-id").mkdir()
    (folder / "Share-id" / "softmax.py").write_text(ANSWER)
