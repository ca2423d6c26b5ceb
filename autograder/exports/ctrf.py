"""The Common Test Report Format (CTRF 1.0.0): a test a check; points, which it has no place for, in `extra`.

Times are whole milliseconds and required. Each is 0, or the moment of submission: how long a check took could tell of
hidden inputs.
"""

from collections import Counter
from datetime import datetime
from typing import Any

from autograder.exports.plain import json_bytes, line, number, remarks, sentence_of, told
from autograder.exports.shown import ShownCheck, shown_checks
from autograder.language import say
from autograder.moments import moment_of
from autograder.report import Report
from autograder.verdicts import Verdict

_STATUSES = {Verdict.PASSED: "passed", Verdict.SKIPPED: "skipped", Verdict.GRADER_FAULT: "other"}


def ctrf_report(report: Report, now: datetime | None = None) -> bytes:
    """Return the report; an unreadable submission is one failed test that says why.

    now: the moment that decides whether hidden checks are shown each, by default the present one.
    """
    tests = [_test(check) for check in shown_checks(report, now)]
    if report.problem is not None:
        name = say("the submission can be read")
        tests.append({"name": name, "status": "failed", "duration": 0, "message": line(report.problem)})
    counts = Counter(test["status"] for test in tests)
    at = _milliseconds(report.submission.submitted)
    document = {
        "reportFormat": "CTRF",
        "specVersion": "1.0.0",
        "generatedBy": "autograder",
        "results": {
            "tool": {"name": "autograder", "version": line(report.engine_version)},
            "summary": {
                "tests": len(tests),
                **{status: counts[status] for status in ("passed", "failed", "skipped", "pending", "other")},
                "start": at,
                "stop": at,
            },
            "tests": tests,
            "extra": {
                "score": None if report.score is None else number(report.score),
                "points": number(report.points),
                "max_points": number(report.max_points),
                "verified": report.verified,
                "remarks": list(remarks(report)),
            },
        },
    }
    return json_bytes(document)


def _test(check: ShownCheck) -> dict[str, Any]:
    test = {
        "name": sentence_of(check),
        "status": _STATUSES.get(check.verdict, "failed"),
        "duration": 0,
        "suite": [line(check.room), line(check.exercise)],
        "rawStatus": check.verdict.value,
        "extra": {"points": number(check.points), "max_points": number(check.max_points)},
    }
    text = told(check)
    return {**test, "message": text} if text else test


def _milliseconds(submitted: str | None) -> int:
    try:
        return max(0, round(moment_of(submitted).timestamp() * 1000)) if submitted else 0
    except (ValueError, OverflowError):
        return 0
