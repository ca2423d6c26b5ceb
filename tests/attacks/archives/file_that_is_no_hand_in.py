"""Files with endings that are nobody's answer and names that are an attack: they are named, and nothing more."""

MUST = {"origin": r"Over\W.*", "status": "absent", "reports": 0}


def hand_in(folder):
    (folder / "Over there.csv").symlink_to("/etc/passwd")
    for name in ("Over\x1b]0;owned\x07.txt", "Over\nForged.docx", "Over \u202eyp.exe", "Over softmax.py.txt"):
        (folder / name).write_text("x = 1\n")
