"""Gradescope's results.json: a test for each check that may be shown, and the score.

Gradescope itself shows an entry once its own due date has passed ("after_due_date"), so hidden checks go by that date
where the course shows them later. Where it never does, those of an exercise are one line that everybody sees: entries
with the visibility "hidden" would hide the student's total too.
"""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from autograder.errors import AutograderError, GraderFault
from autograder.exports.plain import json_bytes, line, number, place_of, remarks, score_line, sentence_of, told
from autograder.exports.reports import is_lost
from autograder.exports.shown import ShownCheck, shown_checks
from autograder.language import say
from autograder.report import Report
from autograder.verdicts import Verdict

_VISIBILITY = {"hidden": "visible", "after_due": "after_due_date", "visible": "visible"}


def gradescope_results(report: Report, capstones: Collection[str] = ()) -> bytes:
    """Return results.json.

    An unreadable submission scores 0, for Gradescope takes no result without a score, and says why: the student can
    hand in again. capstones: "room.exercise" of those that have a column in the leaderboard.

    Raises
    ------
    AutograderError : the student is exempt, which Gradescope cannot say.
    GraderFault : nothing was graded, by the grader's own fault; no result then, and so no score, is written over
        an earlier one.
    """
    if report.exempt:
        raise AutograderError(
            f"{line(report.submission.student)} is exempt, and Gradescope has no way to say so: no file is written"
        )
    if is_lost(report):
        raise GraderFault(f"{line(report.submission.student)}: nothing was graded, so there is no score; grade again")
    document = {
        "score": number(report.score or 0.0),
        # Whole seconds, which a student who waits for the result knows anyway: finer ones could tell of hidden inputs.
        "execution_time": round(report.seconds),
        "output": "\n".join([score_line(report), *remarks(report)]),
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "tests": [_test(report, check) for check in _checks(report)],
        "leaderboard": _leaderboard(report, capstones),
        "extra_data": {
            "engine_version": line(report.engine_version),
            "engine_digest": line(report.engine_digest),
            "submission_digest": line(report.submission.digest),
            "room_digests": {line(room): line(digest) for room, digest in sorted(report.room_digests.items())},
            "verified": report.verified,
        },
    }
    return json_bytes({key: value for key, value in document.items() if value != []})


def _checks(report: Report) -> tuple[ShownCheck, ...]:
    # What is shown later is in the file from the start, for Gradescope to keep back.
    return shown_checks(report if report.hidden_results == "hidden" else replace(report, hidden_results="visible"))


def _test(report: Report, check: ShownCheck) -> dict[str, Any]:
    entry = {
        "name": f"{place_of(check)}: {sentence_of(check)}",
        "score": number(check.points),
        "max_score": number(check.max_points),
        "output": told(check),
        "visibility": _VISIBILITY[report.hidden_results] if check.is_hidden else "visible",
    }
    # Of a check that the grader spoilt nothing is said but that.
    if check.verdict is not Verdict.GRADER_FAULT:
        entry["status"] = "passed" if check.verdict is Verdict.PASSED else "failed"
    return entry


def _leaderboard(report: Report, capstones: Collection[str]) -> list[dict[str, Any]]:
    rows = [
        {"name": place, "value": number(exercise.points), "order": "desc"}
        for exercise in report.exercises
        if (place := f"{exercise.room}.{exercise.name}") in capstones
    ]
    return [*rows, {"name": say("total"), "value": number(report.score or 0.0), "order": "desc"}] if rows else []
