"""What answers earn that know nothing of an exercise: those blind to the question, and those right in form alone.

A blind answer is made without a thought: an argument handed back, a constant, an array of an argument's shape, a
refusal. The law is that it earns nothing, for a student who has understood nothing can write it. A hollow answer has
the reference's types, keys and shapes, and numbers that have nothing to do with the question. What it earns is the
price of form: worth a look, and no law.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from autograder.audit.candidates import as_submission
from autograder.audit.secrets import secret
from autograder.checking.examiner import Examiner
from autograder.course import reference_text
from autograder.course.model import Course, Room
from autograder.grading.session import grade
from autograder.intake.submission import Submission
from autograder.report import Report
from autograder.sandbox.host import Host
from autograder.verdicts import Verdict

_ORDINALS = ("first", "second", "third", "fourth")

# What each gives, as an expression of `given`, the arguments in the order in which they were passed.
_BLIND = {
    **{f"its {word} argument": f"given[{place}]" for place, word in enumerate(_ORDINALS)},
    "all its arguments": "given",
    "its first three arguments": "given[:3]",
    "its first, third and fourth argument": "(given[0], given[2], given[3])",
    "its first argument twice": "(given[0], given[0])",
    "its first argument and None": "(given[0], None)",
    "its first argument and zero": "(given[0], 0.0)",
    "zero and its first argument": "(0.0, given[0])",
    "None": "None",
    "True": "True",
    "0": "0.0",
    "1": "1.0",
    "1/2": "0.5",
    "NaN": "float('nan')",
    "an empty text": "''",
    "an empty dict": "{}",
    "an empty array": "np.zeros(0)",
    "zeros for each key of its first argument": "{key: np.zeros(np.shape(given[0][key])) for key in given[0]}",
    "no answer but a ValueError": "[].index(0)",
}
_SAME_SHAPE = {
    "zeros": "np.zeros(np.shape({}))",
    "ones": "np.ones(np.shape({}))",
    "halves": "np.full(np.shape({}), 0.5)",
}
_BLIND |= {
    f"{fill} in the shape of its {word} argument": expression.format(f"given[{place}]")
    for fill, expression in _SAME_SHAPE.items()
    for place, word in enumerate(_ORDINALS[:3])
}
_BLIND |= {
    f"{fill} in the shape of its first argument, twice": "({0}, {0})".format(expression.format("given[0]"))
    for fill, expression in _SAME_SHAPE.items()
}

# What each puts in the place of an array of the reference's.
_HOLLOW = {
    "zeros": "np.zeros_like(array)",
    "ones": "np.ones_like(array)",
    "one over the number of rows": "np.full(array.shape, 1 / len(np.atleast_1d(array)))",
    "NaN": "np.full(array.shape, np.nan)",
    "1, 2, 3 …": "1.0 + np.arange(array.size).reshape(array.shape)",
    "the same random numbers each time": "np.random.default_rng(1).normal(size=array.shape)",
    "other random numbers each time": "np.random.default_rng().normal(size=array.shape)",
    "the same random columns that sum to 1": "_shares(np.random.default_rng(1).uniform(0.1, 1, size=array.shape))",
}

# The reference's functions call each other, and not the hollow ones that take their names.
_FORM = """

import types as _types

_right = dict(globals())
for _name, _function in [*_right.items()]:
    if isinstance(_function, _types.FunctionType):
        _right[_name] = _types.FunctionType(_function.__code__, _right, _name, _function.__defaults__)
        _right[_name].__kwdefaults__ = _function.__kwdefaults__


def _shares(weights):
    return weights / np.sum(weights, axis=0)


def _hollowed(value):
    if isinstance(value, dict):
        return {key: _hollowed(item) for key, item in value.items()}
    if hasattr(value, "_fields"):
        return type(value)(*map(_hollowed, value))
    if isinstance(value, (tuple, list)):
        return type(value)(map(_hollowed, value))
    if isinstance(value, np.ndarray):
        return _filled(value)
    return float(_filled(np.array(value, dtype=float))) if isinstance(value, (int, float, np.number)) else value
"""


@dataclass(frozen=True)
class Gift:
    """Points for nothing: what the answer is, which exercise pays how many for it, and which checks."""

    answer: str
    exercise: str
    points: float
    checks: tuple[str, ...]

    def __str__(self) -> str:
        return f"an answer that is {self.answer} earns {self.points:g} in {self.exercise}: {', '.join(self.checks)}"


def blind_gifts(course: Course, room: Room, backend: str) -> list[Gift]:
    """Return what is earned without looking at the question; a room keeps the law when that is nothing.

    Raises `CourseError` when the room cannot be graded, `SandboxError` without a sandbox.
    """
    return list(_gifts(course, room, backend, _blind(course, room)))


def hollow_gifts(course: Course, room: Room, backend: str) -> list[Gift]:
    """Return what is earned by the right form with numbers that mean nothing. Raises what `blind_gifts` raises."""
    return list(_gifts(course, room, backend, _hollow(course, room)))


def largest(gifts: list[Gift]) -> dict[str, Gift]:
    """Return for each exercise that pays for nothing the most that it pays."""
    found: dict[str, Gift] = {}
    for gift in gifts:
        if gift.exercise not in found or gift.points > found[gift.exercise].points:
            found[gift.exercise] = gift
    return found


def _blind(course: Course, room: Room) -> Iterator[Submission]:
    start = reference_text(course, room)
    for answer, expression in _BLIND.items():
        body = f"(*given, **named):\n    given = (*given, *named.values())\n    return {expression}\n"
        yield as_submission(room, answer, start + _every_exercise(room, body))


def _hollow(course: Course, room: Room) -> Iterator[Submission]:
    for answer, expression in _HOLLOW.items():
        start = f"{reference_text(course, room)}{_FORM}\n\ndef _filled(array):\n    return {expression}\n"
        body = "(*given, **named):\n    return _hollowed(_right[NAME](*given, **named))\n"
        yield as_submission(room, f"right in form and filled with {answer}", start + _every_exercise(room, body))


def _every_exercise(room: Room, body: str) -> str:
    functions = (f"\n\ndef {each.name}{body.replace('NAME', repr(each.name))}" for each in room.exercises)
    return "".join(functions)


def _gifts(course: Course, room: Room, backend: str, answers: Iterator[Submission]) -> Iterator[Gift]:
    reports: list[Report] = []
    with Host(backend) as host:
        grade(Examiner(course, [room], host, secret(0)), list(answers), reports.append)
    for report in reports:
        for exercise in report.exercises:
            paid = tuple(check.name for check in exercise.checks if check.verdict is Verdict.PASSED)
            if exercise.points:
                yield Gift(report.submission.student, exercise.name, exercise.points, paid)
