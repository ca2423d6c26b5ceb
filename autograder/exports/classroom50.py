"""Classroom 50's result.json: whole numbers only, so every score is multiplied by 100 and rounded.

13.25 of 20 points is 1325 of 2000, for every student of a course alike. The score as it is stands beside them under
"autograder", a key that Classroom 50 keeps and does not read.
"""

from collections.abc import Mapping
from datetime import datetime
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from autograder.errors import AutograderError, GraderFault
from autograder.exports.plain import json_bytes, line, lines, number, place_of, remarks, sentence_of
from autograder.exports.reports import is_lost
from autograder.exports.shown import ShownCheck, decimal, shown_checks
from autograder.language import say
from autograder.moments import in_utc
from autograder.report import Report
from autograder.verdicts import Verdict

SCALE = 100
_VARIABLES = {
    "classroom": "CLASSROOM",
    "assignment": "ASSIGNMENT",
    "submission": "SUBMISSION_TAG",
    "commit": "COMMIT_URL",
    "release": "RELEASE_URL",
}
_TAG = "submit/"


def classroom50_result(report: Report, environment: Mapping[str, str], now: datetime) -> bytes:
    """Return result.json for the submission that `environment`, the variables of Classroom 50's run, is about.

    An unreadable submission scores 0 and says why. now: written as the time of a submission that has none of its own,
    and decides whether hidden checks are shown each.

    Raises
    ------
    AutograderError : a variable is missing or SUBMISSION_TAG is no submission's, or the student is exempt.
    GraderFault : nothing was graded, by the grader's own fault.
    """
    if report.exempt:
        who = line(report.submission.student)
        raise AutograderError(f"{who} is exempt, and Classroom 50 has no way to say so: no file is written")
    if is_lost(report):
        raise GraderFault(f"{line(report.submission.student)}: nothing was graded, so there is no score; grade again")
    most = _whole(report.max_points)
    tests = [_test(check) for check in shown_checks(report, now)]
    if report.problem is not None:
        problem = say("The submission could not be read: {problem}", problem=line(report.problem))
        tests.append({"test-name": problem, "passed": False, "score": 0, "max-score": 0})
    document = {
        "schema": "classroom50/result/v1",
        **_named(environment),
        "datetime": report.submission.submitted or in_utc(now),
        "score": min(_whole(report.score or 0.0), most),
        "max-score": most,
        "tests": tests,
        "autograder": {
            "score": number(report.score or 0.0),
            "max-score": number(report.max_points),
            "scale": SCALE,
            "verified": report.verified,
            "remarks": [lines(each) for each in remarks(report)],
        },
    }
    return json_bytes(document)


def _named(environment: Mapping[str, str]) -> dict[str, str]:
    missing = [variable for variable in _VARIABLES.values() if not environment.get(variable)]
    if missing:
        raise AutograderError(
            f"{', '.join(missing)} not set; Classroom 50 sets them in its runs, so run this there, or set them yourself"
        )
    found = {key: line(environment[variable]) for key, variable in _VARIABLES.items()}
    if not found["submission"].startswith(_TAG):
        raise AutograderError(f"SUBMISSION_TAG is {found['submission']}; expected a tag that begins with {_TAG}")
    return {**found, "review": line(environment.get("REVIEW_URL") or found["commit"])}


def _test(check: ShownCheck) -> dict[str, Any]:
    most = _whole(check.max_points)
    return {
        "test-name": f"{place_of(check)}: {sentence_of(check)}",
        "passed": check.verdict is Verdict.PASSED,
        "score": min(_whole(check.points), most),
        "max-score": most,
    }


def _whole(points: float) -> int:
    return int((Decimal(decimal(points)) * SCALE).quantize(Decimal(1), ROUND_HALF_EVEN))
