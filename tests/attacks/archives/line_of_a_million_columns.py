"""One line of a million columns, with a syntax error at its end that a careless report would quote in full."""

MUST = {"origin": r"Wide\.py", "status": "graded", "points": 0.0, "says": "SyntaxError"}


def hand_in(folder):
    (folder / "Wide.py").write_text("x = [" + "0," * 499_990 + "] }\n")
