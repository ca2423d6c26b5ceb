"""Resource forks and .DS_Store, in a zip, in a folder and beside the hand-ins, all named like answers."""

from zipping import ANSWER, zipped

MUST = {"origin": r"Mac( Zip\.zip)?", "status": "graded", "points": 3.0, "says": "", "reports": 2}


def hand_in(folder):
    poison = {"__MACOSX/a05_softmax/softmax.py": "x = 1\n", "a05_softmax/._softmax.py": "x = 1\n", ".DS_Store": "\0"}
    for name, text in {**poison, "work/softmax.py": ANSWER}.items():
        path = folder / "Mac" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (folder / "Mac Zip.zip").write_bytes(zipped(*poison.items(), ("work/softmax.py", ANSWER)))
