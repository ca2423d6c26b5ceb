"""What Gradescope says of a submission in submission_metadata.json: whose it is, when it came, what came before it.

Students choose the names in it, so nothing of it is believed but its form: what is not as it should be counts as not
said, and a submission is graded without it.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.moments import in_utc, moment_of
from autograder.report import Person
from autograder.strict import MOST

# It holds the results of the submission before, which are ours and a fraction of this.
MOST_BYTES = 4 * 1024 * 1024
MOST_PEOPLE, MOST_CHARACTERS = 50, 200


@dataclass(frozen=True)
class Metadata:
    """As far as it was said. due: when nobody can hand in any more.

    score_before: of the latest earlier submission that the grader did not fail on; None where there is none.
    """

    people: tuple[Person, ...] = ()
    attempt: int = 1
    submitted: str | None = None
    due: str | None = None
    score_before: float | None = None

    @property
    def student(self) -> str:
        """The names of all whose work it is."""
        return "; ".join(person.name for person in self.people) or "submission"


def read_metadata(path: Path) -> Metadata:
    """Return what the file says; nothing where it is missing, too large or no JSON."""
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
        document = json.loads(data) if len(data) <= MOST_BYTES else {}
    except (OSError, ValueError, RecursionError):
        document = {}
    top = _table(document)
    assignment = _table(top.get("assignment"))
    before = [_table(each) for each in _list(top.get("previous_submissions"))]
    people = (_person(_table(user)) for user in _list(top.get("users"))[:MOST_PEOPLE])
    return Metadata(
        people=tuple(person for person in people if person is not None),
        attempt=len(before) + 1,
        submitted=_moment(top.get("created_at")),
        due=_moment(assignment.get("late_due_date")) or _moment(assignment.get("due_date")),
        score_before=_latest_score(before),
    )


def _table(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _person(user: Mapping[str, Any]) -> Person | None:
    number = user.get("id")
    ids = {"gradescope": str(number)} if isinstance(number, int) and 0 < number < MOST else {}
    if email := _text(user.get("email")):
        ids["email"] = email
    name = _text(user.get("name")) or email
    return Person(name, ids) if name else None


def _text(value: object) -> str:
    return value.strip()[:MOST_CHARACTERS] if isinstance(value, str) else ""


def _moment(value: object) -> str | None:
    try:
        return in_utc(moment_of(value)) if isinstance(value, str) and len(value) <= MOST_CHARACTERS else None
    except (ValueError, OverflowError):
        return None


def _latest_score(before: list[Mapping[str, Any]]) -> float | None:
    sound = [each for each in before if each.get("autograder_error") is not True and _score(each) is not None]
    if not sound:
        return None
    # In the order in which they came, whatever the order of the list.
    return _score(max(sound, key=lambda each: _moment(each.get("submission_time")) or ""))


def _score(submission: Mapping[str, Any]) -> float | None:
    value = submission.get("score")
    try:
        score = float(value) if isinstance(value, int | float | str) and not isinstance(value, bool) else math.nan
    except (ValueError, OverflowError):
        return None
    return score if 0 <= score <= MOST else None
