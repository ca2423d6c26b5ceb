"""What a check and an exercise are worth in the report, once it is known what came of them."""

from autograder.checking.check import Check
from autograder.report import CheckResult
from autograder.verdicts import Verdict


def plain_result(check: Check, verdict: Verdict, seconds: float) -> CheckResult:
    """Return the result of a check without feedback."""
    # A fault of the grader's costs the student nothing.
    earned = verdict in (Verdict.PASSED, Verdict.GRADER_FAULT)
    return CheckResult(
        name=check.name,
        sentence=check.sentence,
        title=check.title,
        law=check.law,
        visibility=check.visibility,
        verdict=verdict,
        points=check.points if earned else 0.0,
        max_points=check.points,
        seconds=round(seconds, 6),
        feedback=None,
    )


def overall(checks: list[CheckResult]) -> Verdict:
    """Return the exercise's verdict: a fault of ours first, then the first check that did not pass."""
    verdicts = [check.verdict for check in checks]
    if Verdict.GRADER_FAULT in verdicts:
        return Verdict.GRADER_FAULT
    return next((verdict for verdict in verdicts if verdict is not Verdict.PASSED), Verdict.PASSED)
