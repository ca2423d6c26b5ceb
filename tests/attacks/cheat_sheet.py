"""Write the cheat that knows every public answer: python tests/attacks/cheat_sheet.py

Run it again when a public check asks something new; what it prints is what the cheat then earns.
"""

import sys
import zlib
from pathlib import Path
from typing import Any

import numpy as np
from arena import ROOM, examiner_for

from autograder.checking.running import run_check
from autograder.checking.subject import trusted_caller
from autograder.course import read_course
from autograder.grading.session import grade
from autograder.limits import Limits
from autograder.sandbox.host import Host

TARGET = Path(__file__).parent / "submissions" / "cheating" / "hard_coded_public_answers.py"
DIGITS = 12
HEAD = '''"""Every answer that a public check asks for, in a table written by cheat_sheet.py; to all else, nothing."""

MUST = {{
    "points": {points!r},
    "verdicts": {{
        "one_hot": "failed",
        "softmax": "failed",
        "softmax_loss": "failed",
        "binary_from_softmax": "failed",
        "accuracy": "failed",
    }},
    "says": {{"softmax": "law broken", "accuracy": "accuracy"}},
}}

import zlib

import numpy as np

ANSWERS = {{
{rows}
}}


def looked_up(name, *arguments):
    sign = 0
    for argument in map(np.asarray, arguments):
        sign = zlib.crc32(argument.tobytes(), zlib.crc32(f"{{argument.dtype}}{{argument.shape}}".encode(), sign))
    answer = ANSWERS.get((name, sign), 0.0)
    if isinstance(answer, tuple):
        return answer[0], np.array(answer[1])
    return np.array(answer) if isinstance(answer, list) else answer
'''
FUNCTIONS = {
    "one_hot": "y, num_classes",
    "softmax": "Z",
    "softmax_loss": "Z, Y",
    "binary_from_softmax": "Z",
    "accuracy": "A, y",
}


def signature(arguments: tuple[Any, ...]) -> int:
    """Return the number under which an answer to these arguments stands in the table."""
    sign = 0
    for argument in map(np.asarray, arguments):
        sign = zlib.crc32(argument.tobytes(), zlib.crc32(f"{argument.dtype}{argument.shape}".encode(), sign))
    return sign


def literal(value: Any) -> Any:
    """Return an answer as lists and numbers, rounded so that no check minds."""
    if isinstance(value, tuple):
        return tuple(literal(item) for item in value)
    if isinstance(value, np.ndarray):
        return [literal(item) for item in value]
    return float(f"{float(value):.{DIGITS}g}")


def table(course_folder: Path) -> tuple[dict[tuple[str, int], Any], float]:
    """Return every answer that the public checks of the room ask for, and what those checks are worth."""
    course = read_course(course_folder)
    examiner = examiner_for(course, Host("none"), Limits())
    grade(examiner, [], lambda _: None)
    kit = examiner.kits[ROOM]
    trusted = trusted_caller(vars(kit.reference))
    answers: dict[tuple[str, int], Any] = {}

    def caller(name: str, arguments: tuple[Any, ...], keywords: Any) -> Any:
        outcome = trusted(name, arguments, keywords)
        answers[name, signature(arguments)] = literal(outcome.value)
        return outcome

    public = [check for check in examiner.checks.values() if check.visibility == "public"]
    for check in public:
        assert run_check(check, caller, kit.oracle, kit.functions, b"").passed
    return answers, sum(check.points for check in public)


if __name__ == "__main__":
    found, points = table(Path(__file__).parents[2] / "assignments")
    rows = "\n".join(f"    {key!r}: {value!r}," for key, value in found.items())
    functions = (
        f"\n\ndef {name}({parameters}):\n    return looked_up({name!r}, {parameters})\n"
        for name, parameters in FUNCTIONS.items()
    )
    TARGET.write_text(HEAD.format(points=points, rows=rows) + "".join(functions), encoding="utf-8")
    sys.stdout.write(f"{TARGET.name}: {len(found)} answers, {points:g} points\n")
