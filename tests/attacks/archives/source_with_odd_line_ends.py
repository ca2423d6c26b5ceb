"""The line ends of DOS and of the first Macs, each and mixed, which Python reads."""

from zipping import ANSWER

MUST = {"origin": r"Line Ends \d\.py", "status": "graded", "points": 3.0, "says": "", "reports": 3}


def hand_in(folder):
    lines = ANSWER.split("\n")
    mixed = "".join(line + ("\r", "\n", "\r\n")[number % 3] for number, line in enumerate(lines))
    for number, text in enumerate(("\r".join(lines), "\r\n".join(lines), mixed)):
        (folder / f"Line Ends {number}.py").write_bytes(text.encode())
