"""Scores entered into Canvas over its own interface: first what would change, then, when asked to, the change.

Canvas takes many grades at once and enters them afterwards, as a job whose progress can be asked for. What it says of
the job is not all: the grades are read once more, and whoever has another one than was sent is named.
"""

import re
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any
from urllib.parse import quote

from autograder.errors import AutograderError
from autograder.exports.canvas_connection import Account, connect, explained, without_token
from autograder.exports.comments import plain_comment
from autograder.exports.deliveries import (
    Delivery,
    Entry,
    LeftAlone,
    deliveries_of,
    match,
    notes_on,
    points_text,
    scale_for,
)
from autograder.exports.plain import line
from autograder.exports.shown import decimal
from autograder.report import Report

_MOST_STUDENTS = 50_000
_AT_ONCE = 200  # students a request
_BY_POINTS = ("points", "percent", "letter_grade", "gpa_scale")
EXCUSED = "EX"
NOTHING = "–"


@dataclass(frozen=True)
class Change:
    """One student's grade as Canvas has it and as it will be, and the comment that goes with it."""

    user: int
    name: str
    old: str
    new: str
    comment: str | None


@dataclass(frozen=True)
class Plan:
    """What would be sent; unknown: students whom Canvas does not have, so that nothing may be sent at all."""

    course: str
    assignment: str
    changes: tuple[Change, ...]
    left: tuple[LeftAlone, ...]
    unknown: tuple[LeftAlone, ...]
    notes: tuple[str, ...]


class Assignment:
    """An assignment in Canvas, looked at and graded over one connection."""

    def __init__(self, who: Account, course_id: int, assignment_id: int) -> None:
        self.who = who
        self._canvas = connect(who)
        with explained(who, f"looking for course {course_id} in Canvas"):
            self._course = self._canvas.get_course(course_id)
        with explained(who, f"looking for assignment {assignment_id} in Canvas"):
            self._assignment = self._course.get_assignment(assignment_id)

    def plan(self, reports: Iterable[Report], *, scale: bool | None = None, comments: bool = True) -> Plan:
        """Return what would change, having changed nothing.

        Raises `AutograderError`: Canvas cannot be asked, the assignment takes no points, or others than are in the
        reports.
        """
        title = line(str(_of(self._assignment, "name", "?")), 100)
        kind = _of(self._assignment, "grading_type", "points")
        if kind not in _BY_POINTS:
            raise AutograderError(
                f"the assignment {title!r} is graded as {line(str(kind), 40)}, not by points; change it in Canvas"
            )
        deliveries, left = deliveries_of(reports)
        most = _of(self._assignment, "points_possible", None)
        factor = 1.0
        if isinstance(most, (int, float)):
            factor = scale_for(deliveries, float(most), scale=scale, where=f"points possible of {title!r} in Canvas")
        rows = self._rows()
        entries = [_entry(row) for row in rows.values()]
        matched = match(
            self._with_users(deliveries, entries), entries, ("canvas", "sis", "login"), "the course in Canvas"
        )
        changes = []
        for delivery, entry in matched.pairs:
            new = EXCUSED if delivery.score is None else points_text(delivery.score, factor)
            old = _grade_of(rows[entry.at])
            if old in (new, EXCUSED):
                why = "has this score already" if old == new else "is excused in Canvas (EX), but not exempt here"
                left.append(LeftAlone(delivery.name, why, expected=True))
                continue
            comment = plain_comment(delivery.report) if comments else None
            changes.append(Change(entry.at, delivery.name, old, new, comment))
        course = line(str(_of(self._course, "name", "?")), 100)
        return Plan(course, title, tuple(changes), tuple(left), matched.left, notes_on(deliveries))

    def send(self, plan: Plan, tell: Callable[[int], None] = lambda _: None) -> tuple[LeftAlone, ...]:
        """Enter what was planned; return whose grade is not what was sent, and why. `tell` hears how many are done.

        Who is unknown in Canvas, as those are who have left the course, is no part of what is sent. Raises
        `AutograderError`: Canvas cannot be asked, or does not end.
        """
        problems: dict[int, str] = {}
        for start in range(0, len(plan.changes), _AT_ONCE):
            some_changes = plan.changes[start : start + _AT_ONCE]
            problems |= self._send(some_changes, start, tell)
            tell(start + len(some_changes))
        now = self._rows()
        failed = []
        for change in plan.changes:
            seen = _grade_of(now[change.user]) if change.user in now else NOTHING
            if not _same(seen, change.new):
                why = problems.get(change.user) or problems.get(0) or "Canvas gives no reason"
                failed.append(LeftAlone(change.name, f"has {seen} in Canvas, not {change.new}: {why}"))
        return tuple(failed)

    def _rows(self) -> dict[int, Mapping[str, Any]]:
        """Return every student's submission as Canvas has it, by the student's id."""
        with explained(self.who, "reading the grades in Canvas"):
            listed = self._assignment.get_submissions(include=["user"], per_page=100)
            every = [vars(each) for each in islice(listed, _MOST_STUDENTS + 1)]
            if len(every) > _MOST_STUDENTS:
                raise AutograderError(f"Canvas lists more than {_MOST_STUDENTS:,} students")
            if any(not isinstance(row.get("user_id"), int) for row in every):
                raise AutograderError("Canvas does not say whose the submissions are; is the assignment anonymous?")
            return {row["user_id"]: row for row in every}

    def _with_users(self, deliveries: list[Delivery], entries: list[Entry]) -> list[Delivery]:
        """Return the deliveries with Canvas' own ids for SIS ids where its list does not show these."""
        from dataclasses import replace

        from canvasapi.exceptions import ResourceDoesNotExist

        if any(entry.ids["sis"] for entry in entries):
            return deliveries
        found = []
        for each in deliveries:
            sis = each.person.ids.get("sis", "").strip()
            if sis and "canvas" not in each.person.ids:
                with explained(self.who, f"looking for {each.name} in Canvas"):
                    try:
                        user = _of(self._course.get_user(quote(sis, safe=""), "sis_user_id"), "id", None)
                    except ResourceDoesNotExist:
                        user = None
                ids = {**each.person.ids, **({"canvas": str(user)} if isinstance(user, int) else {})}
                found.append(replace(each, person=replace(each.person, ids=ids)))
            else:
                found.append(each)
        return found

    def _send(self, changes: tuple[Change, ...], before: int, tell: Callable[[int], None]) -> dict[int, str]:
        """Send some changes and wait for the job; return what Canvas says of the students that it names, 0 for all."""
        data = {str(change.user): _fields(change) for change in changes}
        who = self.who
        with explained(who, "sending the grades, so that some may be entered and some not; see which without --send"):
            progress = self._assignment.submissions_bulk_update(grade_data=data)
        deadline = time.monotonic() + who.patience.job_seconds
        wait = who.patience.first_wait_seconds / 4
        while _of(progress, "workflow_state", "") not in ("completed", "failed"):
            if time.monotonic() > deadline:
                raise AutograderError(
                    f"Canvas has not entered the grades in {who.patience.job_seconds:g} s and may still be at it; "
                    "look at what has changed later, without --send"
                )
            time.sleep(min(wait, 5.0))
            wait *= 1.5
            with explained(who, "asking Canvas how far it is with the grades that were sent"):
                progress = progress.query()
            share = _of(progress, "completion", 0)
            if isinstance(share, (int, float)) and 0 <= share <= 100:
                tell(before + int(share / 100 * len(changes)))
        if _of(progress, "workflow_state", "") == "completed":
            return {}
        message = without_token(str(_of(progress, "message", "") or "Canvas gives no reason"), who)
        said = line(message, 300)
        named = [int(user) for user in re.findall(r"'([0-9]{1,18})'", message)]
        return dict.fromkeys(named or (0,), said)


def _fields(change: Change) -> dict[str, object]:
    grade: dict[str, object] = {"excuse": True} if change.new == EXCUSED else {"posted_grade": change.new}
    return {**grade, "text_comment": change.comment} if change.comment else grade


def _entry(row: Mapping[str, Any]) -> Entry:
    user = row.get("user")
    person: Mapping[str, Any] = user if isinstance(user, Mapping) else vars(user) if hasattr(user, "__dict__") else {}
    text = {key: str(person.get(key) or "") for key in ("sortable_name", "name", "sis_user_id", "login_id")}
    ids = {"canvas": str(row["user_id"]), "sis": text["sis_user_id"], "login": text["login_id"]}
    return Entry(row["user_id"], f"user {row['user_id']}", text["name"] or text["sortable_name"], ids)


def _grade_of(row: Mapping[str, Any]) -> str:
    """Return the grade as it was entered, before what Canvas' own late policy takes off."""
    if row.get("excused") is True:
        return EXCUSED
    score = row.get("entered_score")
    score = row.get("score") if score is None else score
    return decimal(score) if isinstance(score, (int, float)) and abs(score) < 1e12 else NOTHING


def _same(seen: str, sent: str) -> bool:
    """Whether a grade came as it was sent; Canvas shows, and compares, two decimals."""
    return seen == sent or (seen[0].isdigit() and sent[0].isdigit() and abs(float(seen) - float(sent)) < 0.005)


def _of(thing: Any, name: str, default: Any) -> Any:
    return vars(thing).get(name, default)
