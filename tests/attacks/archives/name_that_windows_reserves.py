"""Names of devices: a report called CON.json could not be copied to Windows, or would be printed there."""

from zipping import ANSWER

MUST = {
    "origin": r"(CON|nul|Aux|COM1|LPT9)(\.txt)?(\.py)?",
    "status": "graded",
    "points": 3.0,
    "says": "",
    "reports": 5,
}


def hand_in(folder):
    for name in ("CON.py", "nul.py", "Aux.txt.py", "COM1.py"):
        (folder / name).write_text(ANSWER)
    (folder / "LPT9").mkdir()
    (folder / "LPT9" / "softmax.py").write_text(ANSWER)
