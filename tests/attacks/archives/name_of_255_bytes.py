"""The longest names that a disk takes: of letters, of Chinese characters, and of one letter under 125 accents."""

from zipping import ANSWER

MUST = {"origin": "(Long|长|Zalgo).*", "status": "graded", "points": 3.0, "says": "", "reports": 4}


def hand_in(folder):
    for name in ("Long" + "o" * 248, "长" * 84, "Zalgo" + "\u0301" * 123):
        (folder / f"{name}.py").write_text(ANSWER)
    # Alike in the hundred bytes that an id keeps of them.
    (folder / ("Long" + "o" * 250)).mkdir()
    (folder / ("Long" + "o" * 250) / "softmax.py").write_text(ANSWER)
