"""What is said beside a check of a capstone, or of an exercise in a release: which functions to mend first."""

from collections.abc import Sequence
from dataclasses import replace

from autograder.checking.blame import verdict_of
from autograder.checking.running import NoValue, Run
from autograder.course.model import Capstone
from autograder.language import say
from autograder.report import Feedback
from autograder.verdicts import Verdict


def led_by(told: Feedback, room: str, failed: Sequence[str]) -> Feedback:
    """Return the feedback led by the functions of `room` that do not pass their own checks, if there are any."""
    if not failed:
        return told
    lines = [say("{name} does not pass its own checks yet: mend it first.", name=name) for name in failed]
    first = say("run this exercise alone: {command}", command=f"autograder check {room}.{failed[0]}")
    return replace(told, evidence="\n".join([*lines, told.evidence]), next_step=first)


def advised(told: Feedback, run: Run, capstone: Capstone, failed: Sequence[str]) -> Feedback:
    """Return the feedback on a capstone's check, led by the functions that do not pass their own checks.

    failed: those among what the capstone uses. No known mistake is looked for in a capstone, so none is missed.
    """
    told = replace(told, likely_cause="")
    if failed:
        return led_by(told, capstone.room, failed)
    if isinstance(run.finding, NoValue) and verdict_of(run, capstone.limits) is Verdict.NOT_IMPLEMENTED:
        missing = say("write the body of {name}; its docstring is the contract", name=run.finding.function)
        return replace(told, next_step=missing)
    return told
