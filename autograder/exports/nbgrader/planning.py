"""What nbgrader is to be told: which assignments of whom, their points, what lateness costs in each, and the feedback.

nbgrader keeps scores, times and late penalties by assignment, and a report has all rooms of one student. So each room
is an assignment, and the penalty of the whole report is shared out so that what nbgrader adds up is the report's score.
"""

import difflib
import math
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from autograder.errors import AutograderError
from autograder.exports.nbgrader.course import TIMESTAMP, CourseFolder, files_below, read_below
from autograder.exports.plain import line, lines, remarks, score_line, sentence_of, told_once
from autograder.exports.reports import is_lost
from autograder.exports.shown import decimal, shown_checks
from autograder.language import say, speaking
from autograder.moments import moment_of
from autograder.report import ExerciseResult, Person, Report

# The name of a folder, and of a row of at most so many characters in UTF-8.
_SAFE_NAME = re.compile(r"(?!\.)[^/\\\x00-\x1f\x7f-\x9f\ud800-\udfff]{1,128}")
_MICRO = 1_000_000


@dataclass(frozen=True)
class HandIn:
    """One assignment of one student, as nbgrader is to have it.

    penalty: the points that lateness costs here. submitted: in UTC and without a zone, as nbgrader keeps it; None when
    nobody said. summary: of the whole report. feedback: by exercise.
    """

    student: str
    person: Person
    room: str
    exercises: tuple[ExerciseResult, ...]
    penalty: float
    submitted: datetime | None
    is_in_course: bool
    summary: str
    feedback: Mapping[str, str]


def planned(
    reports: Sequence[Report],
    course: CourseFolder,
    known: Collection[str],
    parse: Callable[[str], datetime],
    has_entry: Callable[[str, str], bool],
) -> tuple[list[HandIn], list[str]]:
    """Return what is to be written, and a sentence for each thing that is left out.

    known: ids of nbgrader's students. parse: nbgrader's own reading of a timestamp.txt. has_entry: whether nbgrader has
    an entry for a student and an assignment. Raises `AutograderError` when two reports count for the same work, or two
    disagree on what an exercise is worth.
    """
    found: dict[tuple[str, str], tuple[HandIn, Report]] = {}
    left_out: list[str] = []
    for report in reports:
        if report.score is None or is_lost(report):
            if not report.exempt:
                why = "the grader failed" if is_lost(report) else "could not be read"
                left_out.append(f"{line(report.submission.student)}: {why}, so there is no score to write")
            continue
        students, problems = _students(report, known)
        left_out += problems
        for student, person in students:
            hand_ins, problems = _hand_ins(report, student, person, course, parse)
            left_out += problems
            for hand_in in hand_ins:
                if not _is_there(hand_in, course) and not has_entry(hand_in.room, student):
                    continue
                before = found.setdefault((student, hand_in.room), (hand_in, report))
                if before[1] is not report:
                    raise AutograderError(
                        f"two reports count for {student} and {hand_in.room}: that of {before[1].submission.origin} and"
                        f" that of {report.submission.origin}; export a folder of grades in which only one does"
                    )
    kept = [hand_in for hand_in, _ in found.values()]
    _expect_same_points(kept)
    return kept, left_out


def _is_there(hand_in: HandIn, course: CourseFolder) -> bool:
    """Whether something was handed in; nbgrader itself counts what was not as nothing."""
    earned = any(exercise.points for exercise in hand_in.exercises)
    return earned or hand_in.is_in_course or files_below(course.submitted, hand_in.student) is None


def _expect_same_points(hand_ins: Sequence[HandIn]) -> None:
    seen: dict[tuple[str, str], tuple[float, str]] = {}
    for hand_in in hand_ins:
        for exercise in hand_in.exercises:
            most, who = seen.setdefault((exercise.room, exercise.name), (exercise.max_points, hand_in.student))
            if most != exercise.max_points:
                raise AutograderError(
                    f"{exercise.room}.{exercise.name} is worth {decimal(most)} in the report of {who} and"
                    f" {decimal(exercise.max_points)} in that of {hand_in.student}: they were graded with different"
                    " versions of the course. Grade all of them again, and export that"
                )


def _students(report: Report, known: Collection[str]) -> tuple[list[tuple[str, Person]], list[str]]:
    """Return nbgrader's id of each whose work a report is, and why there is none of the others."""
    who = report.submission
    found: list[tuple[str, Person]] = []
    problems: list[str] = []
    for person in who.people or (Person(who.student, {}),):
        given = person.ids.get("nbgrader")
        named = {given} if given else {name for name in (*person.ids.values(), person.name) if name in known}
        if len(named) == 1 and _SAFE_NAME.fullmatch(student := named.pop()):
            found.append((student, person))
        elif given:
            problems.append(f"{person.name!r}: {given!r} cannot be the name of a folder, so it is no id of nbgrader's")
        else:
            folded = {each.casefold(): each for each in sorted(known)}
            alike = difflib.get_close_matches(person.name.casefold(), folded, 3)
            near = sorted(named) or [folded[each] for each in alike]
            told = f"; it could be {' or '.join(near)}" if near else ""
            problems.append(
                f"{line(person.name)}: nbgrader knows no student of that name{told}. Give the id in a roster's column"
                " nbgrader, or add the student with `nbgrader db student add`"
            )
    return found, problems


def _hand_ins(
    report: Report, student: str, person: Person, course: CourseFolder, parse: Callable[[str], datetime]
) -> tuple[list[HandIn], list[str]]:
    rooms: dict[str, list[ExerciseResult]] = {}
    for exercise in report.exercises:
        rooms.setdefault(exercise.room, []).append(exercise)
    if not all(_SAFE_NAME.fullmatch(room) for room in rooms):
        raise AutograderError(f"the report of {report.submission.origin} has a room that cannot be a folder's name")
    times = {room: _handed_in_at(course, student, room, report, parse) for room in rooms}
    penalties = _penalties(report, rooms, times)
    with speaking(report.language):
        feedback, summary = _feedback(report), lines("\n".join([score_line(report), *remarks(report)]))
    hand_ins, problems = [], []
    for room, exercises in rooms.items():
        if _is_newer(times[room], report):
            problems.append(
                f"{student}: {room} was handed in again after it was graded; its score is left as it was. Grade again"
            )
            continue
        hand_ins.append(
            HandIn(
                student=student,
                person=person,
                room=room,
                exercises=tuple(exercises),
                penalty=penalties[room],
                submitted=times[room],
                is_in_course=files_below(course.submitted, student, room) is not None,
                summary=summary,
                feedback={exercise.name: feedback[room, exercise.name] for exercise in exercises},
            )
        )
    return hand_ins, problems


def _handed_in_at(
    course: CourseFolder, student: str, room: str, report: Report, parse: Callable[[str], datetime]
) -> datetime | None:
    """Return the time that formgrader will compare with: that of timestamp.txt where there is a folder."""
    if files_below(course.submitted, student, room) is None:
        told = report.submission.submitted
        return moment_of(told).replace(tzinfo=None) if told else None
    data = read_below(course.submitted, student, room, TIMESTAMP, limit=1000)
    text = data.decode("utf-8", "replace").strip() if data else ""
    try:
        return parse(text) if text else None
    except (ValueError, OverflowError):
        return None


def _is_newer(submitted: datetime | None, report: Report) -> bool:
    """Whether this is the time of another hand-in than the one that was graded: reports keep whole milliseconds."""
    graded = report.submission.submitted
    if submitted is None or graded is None:
        return False
    return submitted.replace(tzinfo=UTC) - moment_of(graded) >= timedelta(milliseconds=1)


def _penalties(
    report: Report, rooms: Mapping[str, Sequence[ExerciseResult]], times: Mapping[str, datetime | None]
) -> dict[str, float]:
    """Return what lateness costs in each room: in those handed in late, or in all where that is not known.

    The shares are in proportion to the points, and add up to the difference of points and score to the last digit.
    """
    points = {room: _micros(sum(each.points for each in exercises)) for room, exercises in rooms.items()}
    cost = sum(points.values()) - _micros(report.score or 0.0)
    due = moment_of(report.due).replace(tzinfo=None) if report.due else None
    late = {room: points[room] for room, when in times.items() if due and when and when > due}
    weights = late if sum(late.values()) >= cost else points
    whole = sum(weights.values())
    shares = {room: cost * weight // whole if whole else 0 for room, weight in weights.items()}
    for room, weight in weights.items():
        more = min(weight - shares[room], cost - sum(shares.values()))
        shares[room] += max(0, more)
    return {room: shares.get(room, 0) / _MICRO for room in rooms}


def _micros(points: float) -> int:
    return round(math.fsum([points]) * _MICRO)


def _feedback(report: Report) -> dict[tuple[str, str], str]:
    """Return what the student may be told of each exercise: a line a check, and below it why it failed."""
    found: dict[tuple[str, str], list[str]] = {(each.room, each.name): [] for each in report.exercises}
    shown = shown_checks(report)
    for place, feedback in found.items():
        # Each exercise by itself: what was told in another cell is not above.
        for check, why in told_once(check for check in shown if (check.room, check.exercise) == place):
            points, most = decimal(check.points), decimal(check.max_points)
            what = say("{points} of {most}: {sentence}", points=points, most=most, sentence=sentence_of(check))
            feedback.append(say("{what} (as above)", what=what) if why is None else what)
            feedback += [f"  {each}" for each in (why or "").split("\n") if each]
    return {place: lines("\n".join(feedback)) for place, feedback in found.items()}
