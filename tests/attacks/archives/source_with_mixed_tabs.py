"""Tabs and spaces that mean one thing to the eye and another to Python, which refuses both."""

MUST = {"origin": r"Tabs\.py", "status": "graded", "points": 0.0, "says": "TabError"}


def hand_in(folder):
    (folder / "Tabs.py").write_text("def accuracy(A, y):\n        if True:\n\treturn 1.0\n        return 0.0\n")
