"""Gradescope's results.json where there is no report: what the student is told when the grader itself failed."""

from autograder.exports.plain import json_bytes, number
from autograder.exports.shown import decimal
from autograder.language import say


def unfinished_results(score_before: float | None) -> bytes:
    """Return results.json for a submission on which the grader failed, or has not finished.

    Gradescope takes no result without a score. A fault of the grader's costs the student nothing, so it is that of the
    submission before; where there was none, it is 0.
    """
    told = [
        say("The grader did not finish. That is not your fault, and your work has not been looked at."),
        say("The score is that of your submission before, {score}.", score=decimal(score_before))
        if score_before is not None
        else say("The 0 is no grade: Gradescope wants some number here."),
        say("Tell your instructor, who can have it graded again."),
    ]
    document = {
        "score": number(score_before or 0.0),
        "output": "\n".join(told),
        "output_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "extra_data": {"grader_fault": True},
    }
    return json_bytes(document)
