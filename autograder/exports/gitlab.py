"""GitLab's code quality report: an issue for each check that does not pass, and one that says the score."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from autograder.exports.places import Place, Places, first_place
from autograder.exports.places import place_of as stands_at
from autograder.exports.plain import json_bytes, line, place_of, remarks, score_line, sentence_of, told_below_a_title
from autograder.exports.shown import ShownCheck, shown_checks
from autograder.report import Report
from autograder.verdicts import Verdict

_SEVERITIES = {
    Verdict.FAILED: "major",
    Verdict.NOT_IMPLEMENTED: "info",
    Verdict.SKIPPED: "info",
    Verdict.GRADER_FAULT: "info",
}
_DESCRIPTION = 1000


def gitlab_code_quality(reports: Sequence[Report], places: Places, now: datetime | None = None) -> bytes:
    """Return the report that GitLab compares with that of the branch before.

    An issue keeps its fingerprint for as long as its check does not pass, whatever is said of it; that of the score is
    another with each score, so that a change is shown.
    now: the moment that decides whether hidden checks are shown each, by default the present one.
    """
    seen: Counter[str] = Counter()
    return json_bytes([issue for report in reports for issue in _issues(report, places, now, seen)])


def _issues(report: Report, places: Places, now: datetime | None, seen: Counter[str]) -> list[dict[str, Any]]:
    who = report.submission.id
    score = "; ".join([score_line(report), *remarks(report)])
    severity = "info" if report.problem is None else "blocker"
    issues = [_issue("score", score, severity, first_place(report, places), f"{who}:{score}", seen)]
    for check in shown_checks(report, now):
        if check.verdict is not Verdict.PASSED:
            said = told_below_a_title(check).replace("\n", " ")
            description = f"{place_of(check)}: {sentence_of(check)}{'. ' if said else ''}{said}"
            name = line(f"{place_of(check)}:{check.name}")
            place = stands_at(check.room, check.exercise, places)
            issues.append(_issue(name, description, _severity(check), place, f"{who}:{name}", seen))
    return issues


def _severity(check: ShownCheck) -> str:
    return _SEVERITIES.get(check.verdict, "critical")


def _issue(
    name: str, description: str, severity: str, place: Place, key: str, seen: Counter[str]
) -> dict[str, Any]:  # fmt: skip
    seen[key] += 1
    stable = f"{key}:{seen[key]}".encode("utf-8", "backslashreplace")
    return {
        "description": line(description, _DESCRIPTION),
        "check_name": name,
        "fingerprint": hashlib.sha256(stable).hexdigest(),
        "severity": severity,
        "location": {"path": line(place.file), "lines": {"begin": place.line}},
    }
