"""A zip whose upload broke off, before and inside its directory."""

from zipping import ANSWER, CENTRAL, zipped

MUST = {"origin": r"Cut \d\.zip", "status": "unreadable", "says": "is damaged or cut short", "reports": 3}


def hand_in(folder):
    data = zipped(("softmax.py", ANSWER))
    for number, kept in enumerate((0, len(data) // 2, data.index(CENTRAL) + 20)):
        (folder / f"Cut {number}.zip").write_bytes(data[:kept])
