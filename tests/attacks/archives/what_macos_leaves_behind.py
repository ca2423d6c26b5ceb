"""__MACOSX and .DS_Store beside the hand-ins are nobody's, whatever lies in them."""

from zipping import ANSWER

MUST = {"origin": r"(__MACOSX|\.DS_Store|\._Ann Berg|\.hidden\.py|\.\.\.)", "status": "absent", "reports": 0}


def hand_in(folder):
    for name in ("__MACOSX", "..."):
        (folder / name).mkdir()
        (folder / name / "softmax.py").write_text(ANSWER)
    for name in (".DS_Store", "._Ann Berg", ".hidden.py"):
        (folder / name).write_text(ANSWER)
