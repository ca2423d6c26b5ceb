"""What is said of a capstone beside its check: which functions to mend before it can be looked at."""

from collections.abc import Sequence
from dataclasses import replace

from autograder.checking.blame import verdict_of
from autograder.checking.running import NoValue, Run
from autograder.course.model import Capstone
from autograder.language import say
from autograder.report import Feedback
from autograder.verdicts import Verdict


def advised(told: Feedback, run: Run, capstone: Capstone, failed: Sequence[str]) -> Feedback:
    """Return the feedback on a capstone's check, led by the functions that do not pass their own checks.

    failed: those among what the capstone uses. No known mistake is looked for in a capstone, so none is missed.
    """
    told = replace(told, likely_cause="")
    if failed:
        lines = [say("{name} does not pass its own checks yet: mend it first.", name=name) for name in failed]
        evidence = "\n".join([*lines, told.evidence])
        first = say("run this exercise alone: {command}", command=f"autograder check {capstone.room}.{failed[0]}")
        return replace(told, evidence=evidence, next_step=first)
    if isinstance(run.finding, NoValue) and verdict_of(run, capstone.limits) is Verdict.NOT_IMPLEMENTED:
        missing = say("write the body of {name}; its docstring is the contract", name=run.finding.function)
        return replace(told, next_step=missing)
    return told
