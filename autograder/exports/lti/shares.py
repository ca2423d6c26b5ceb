"""Who gets which score: what the reports come to for a gradebook with a row for every person."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace

from autograder.errors import AutograderError
from autograder.exports.plain import line, lines, number, remarks, score_line, sentence_of
from autograder.exports.reports import handed_on
from autograder.exports.shown import decimal, shown_checks
from autograder.language import language, speaking
from autograder.moments import in_utc, moment_of
from autograder.pages.neutral import neutralise
from autograder.report import Person, Report

KIND = "lti"
_MOST_CHARACTERS = 255  # of a user id, says LTI
_MOST_COMMENT = 4_000


@dataclass(frozen=True)
class Share:
    """One person's score. user: the platform's id of that person. comment: what the person may read about it."""

    student: str
    user: str
    given: float
    most: float
    comment: str
    submitted: str | None


@dataclass(frozen=True)
class Shares:
    """What can be sent, by student; for whom nothing can, and why; how many reports have no score to hand on."""

    sendable: tuple[Share, ...]
    unsendable: tuple[tuple[str, str], ...]
    without_score: int


def share_out(reports: Iterable[Report], room: str | None = None) -> Shares:
    """Return each person's score, of the whole report or of one room.

    Whoever has no id of this platform, or one that somebody else has too, is named and gets nothing.

    Raises
    ------
    AutograderError : no report has this room, or a score is no number.
    """
    reports = list(reports)
    handed = handed_on(reports)
    rooms = sorted({exercise.room for report in handed for exercise in report.exercises})
    if room is not None and room not in rooms:
        raise AutograderError(
            f"no report has the room {neutralise(room, 60)!r}; there are {', '.join(rooms) or 'none'}"
        )
    found: list[Share] = []
    refused: list[tuple[str, str]] = []
    for report in handed:
        people = report.submission.people or (Person(report.submission.student, {}),)
        for person in people:
            share = _share(report, person, room)
            if isinstance(share, Share):
                found.append(share)
            else:
                refused.append((_name(report, person), share))
    times = Counter(share.user for share in found)
    refused += [
        (
            share.student,
            f"the {KIND} id {neutralise(share.user, 60)} is that of {times[share.user]} scores; which counts?",
        )
        for share in found
        if times[share.user] > 1
    ]
    sendable = tuple(share for share in found if times[share.user] == 1)
    return Shares(sendable, tuple(refused), sum(report.counts for report in reports) - len(handed))


def plain_number(value: float, what: str = "a score") -> int | float:
    """Return the number that `decimal` writes, so that all exports agree. Raises `AutograderError` for none."""
    if not math.isfinite(value) or value < 0:
        raise AutograderError(f"{what} is {value}; expected a number from zero up. Grade the submission again")
    return number(value)


def _share(report: Report, person: Person, room: str | None) -> Share | str:
    """Return a person's share, or why there is none."""
    user = person.ids.get(KIND, "").strip()
    if not user:
        return f"has no {KIND} id; give the roster a column {KIND} and grade again with --roster"
    if len(user) > _MOST_CHARACTERS or not user.isprintable():
        return f"has an {KIND} id that no platform gives: {neutralise(user, 60)}"
    score = _score(report, room)
    if isinstance(score, str):
        return score
    given, most = (plain_number(value, f"the score of {_name(report, person)}") for value in score)
    if not most:
        return "could earn no points, and a platform wants a maximum above zero"
    comment = _comment(report, room, *score)
    return Share(_name(report, person), user, given, most, comment, _handed_in(report))


def _handed_in(report: Report) -> str | None:
    try:
        return in_utc(moment_of(report.submission.submitted or ""))
    except (ValueError, OverflowError):
        return None


def _score(report: Report, room: str | None) -> tuple[float, float] | str:
    assert report.score is not None
    if room is None or all(exercise.room == room for exercise in report.exercises):
        return report.score, report.max_points
    inside = [exercise for exercise in report.exercises if exercise.room == room]
    if not inside:
        return f"was not graded in {room}"
    if report.lateness is not None and report.lateness.penalty:
        return f"lost points for lateness in several rooms together; grade {room} alone: --assignment {room}"
    return round(sum(each.points for each in inside), 6), round(sum(each.max_points for each in inside), 6)


def _name(report: Report, person: Person) -> str:
    return neutralise(person.name or report.submission.student, 80)


def _comment(report: Report, room: str | None, given: float, most: float) -> str:
    """Return the score in words, and the lines of it that the student may see, in the language of the report."""
    spoken: AbstractContextManager[None] = nullcontext() if report.language == language() else speaking(report.language)
    whole = (given, most) == (report.score, report.max_points)
    scored = report if whole else replace(report, points=given, max_points=most, score=given, lateness=None)
    with spoken:
        told = [score_line(scored), *remarks(scored), *_lines(report, room)]
    return lines("\n".join(told), _MOST_COMMENT)


def _lines(report: Report, room: str | None) -> Iterator[str]:
    """Yield an exercise a line, and below it the checks that did not give all of their points."""
    shown = [check for check in shown_checks(report) if room in (None, check.room)]
    for exercise in report.exercises:
        if room not in (None, exercise.room):
            continue
        yield line(f"{exercise.room}.{exercise.name}: {decimal(exercise.points)} / {decimal(exercise.max_points)}")
        for check in shown:
            if (check.room, check.exercise) == (exercise.room, exercise.name) and check.points < check.max_points:
                yield f"– {sentence_of(check)}: {decimal(check.points)} / {decimal(check.max_points)}"
