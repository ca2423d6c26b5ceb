"""Thousands of nested parentheses, brackets and signs, for the stack of Python's own parser."""

MUST = {"origin": r"Parentheses \d\.py", "status": "graded", "points": 0.0, "says": "softmax", "reports": 4}
TEXTS = ("(" * 5000 + ")" * 5000, "-" * 500_000 + "1", "f(" * 90 + ")" * 90, "x" + ".x" * 200_000)


def hand_in(folder):
    for number, text in enumerate(TEXTS):
        (folder / f"Parentheses {number}.py").write_text(f"y = {text}\n")
