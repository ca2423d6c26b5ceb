"""A score as the platform takes it: its document, the way there, and what the platform has of it."""

import hashlib
import json
from datetime import datetime

from autograder.exports.lti.addresses import below
from autograder.exports.lti.configuration import Configuration
from autograder.exports.lti.link import Answer, PlatformError
from autograder.exports.lti.replies import document_of
from autograder.exports.lti.service import Service
from autograder.exports.lti.shares import Share, plain_number
from autograder.moments import in_utc

_SCORE = "application/vnd.ims.lis.v1.score+json"
_RESULTS = "application/vnd.ims.lis.v2.resultcontainer+json"
_CANVAS = "https://canvas.instructure.com/lti/submission"
# Platforms keep scores to five decimals or so.
_SAME = 1e-6

_CONFLICT = 409
# Canvas answers 400, and this.
_NOT_LATER = b"before last updated timestamp"


def document(share: Share, configuration: Configuration, moment: datetime) -> dict[str, object]:
    """Return the score as it is sent. Raises `AutograderError` for one that is no number."""
    found: dict[str, object] = {
        "userId": share.user,
        "timestamp": in_utc(moment),
        "scoreGiven": plain_number(share.given),
        "scoreMaximum": plain_number(share.most),
        "activityProgress": configuration.activity_progress,
        # Canvas and Moodle take a score that is anything else away.
        "gradingProgress": "FullyGraded",
        "comment": share.comment,
    }
    if share.submitted is not None:
        found["submission"] = {"submittedAt": share.submitted}
    if configuration.platform == "canvas":
        # Else every score is an attempt of the student's, and there may be few of those.
        found[_CANVAS] = {"new_submission": configuration.new_submission}
    return found


def digest(share: Share, configuration: Configuration) -> str:
    """Return what tells one score from another, whenever it is sent."""
    told = document(share, configuration, datetime.fromtimestamp(0).astimezone())
    del told["timestamp"]
    return hashlib.sha256(json.dumps(told, sort_keys=True, allow_nan=False).encode("ascii")).hexdigest()


def post(service: Service, column: str, share: Share, moment: datetime) -> Answer | None:
    """Send a score; None: an earlier try has done it. An answer may be a conflict, see `is_conflict`.

    Raises `PlatformError` when the platform does not take it.
    """
    return service.ask(
        "POST",
        below(column, "scores"),
        accept="application/json",
        kind=_SCORE,
        body=document(share, service.configuration, moment),
        expected=is_conflict,
        settled=lambda: is_there(service, column, share),
    )


def is_conflict(answer: Answer) -> bool:
    """Whether the platform refuses a score because it has one that is as late, or later."""
    return answer.status == _CONFLICT or (answer.status == 400 and _NOT_LATER in answer.body[:4_000])


def is_there(service: Service, column: str, share: Share) -> bool:
    """Whether the platform has this very score already; False too where it does not say."""
    try:
        answer = service.ask("GET", below(column, "results", user_id=share.user), accept=_RESULTS, once=True)
    except PlatformError:
        return False
    listed = document_of(answer) if answer else None
    results = [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []
    mine = [each for each in results if str(each.get("userId")) == share.user]
    return len(mine) == 1 and _is_same(mine[0], share)


def _is_same(result: dict[str, object], share: Share) -> bool:
    score, most = result.get("resultScore"), result.get("resultMaximum", 1)
    for value in (score, most):
        if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value < 1e12:
            return False
    assert isinstance(score, int | float)
    assert isinstance(most, int | float)
    comment = result.get("comment")
    same_words = not isinstance(comment, str) or not comment or comment == share.comment
    return same_words and most > 0 and abs(score / most - share.given / share.most) <= _SAME
