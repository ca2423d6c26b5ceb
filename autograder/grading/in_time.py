"""Grade one submission room by room against the clock, so that what is known can be handed on at any moment."""

import time
from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass, replace

from autograder.course.model import Exercise, Room
from autograder.grading.cohort import Cohort, grade_all
from autograder.grading.unreached import note_on_unreached, unreached
from autograder.report import CheckResult, ExerciseResult, Report, settled
from autograder.verdicts import Verdict


@dataclass(frozen=True)
class Clock:
    """Two moments of `time.monotonic`: no check starts after `last_check`, no result is waited for after `end`."""

    last_check: float
    end: float

    @property
    def left(self) -> float:
        """Seconds in which checks may start."""
        return max(0.0, self.last_check - time.monotonic())

    @property
    def is_over(self) -> bool:
        """Whether nothing is waited for any more."""
        return time.monotonic() >= self.end


def grade_in_time(cohort: Cohort, clock: Clock) -> Generator[Report, None, None]:
    """Yield the report on the one submission of `cohort` again and again, each time with one more room graded.

    Rooms, and checks, that the time does not suffice for are in every report, without points and said to be so, and so
    are rooms whose grader died. Rooms may be graded one by one, since no exercise builds on another room's. Raises as
    `grade_all` does.
    """
    graded: list[Report] = []
    lost: list[Room] = []
    for place, room in enumerate(cohort.rooms):
        one = replace(cohort, rooms=(room,))
        if not clock.left:
            break
        with closing(grade_all(one, 1, lambda: clock.is_over, seconds=clock.left)) as reports:
            found = next(reports, None)
        if found is None:
            break
        graded.append(found.report)
        lost += [room] if found.report.faults and not found.report.exercises else []
        yield _joined(graded, (*lost, *cohort.rooms[place + 1 :]))
        if cohort.submissions[0].problem is not None:
            return


def _joined(reports: list[Report], not_reached: tuple[Room, ...]) -> Report:
    """Return one report of several on different rooms of the same submission."""
    first = reports[0]
    left = [exercise for room in not_reached for exercise in room.graded] if first.status == "graded" else []
    exercises = [*(each for report in reports for each in report.exercises), *map(_not_reached, left)]
    notes = [note for report in reports for note in report.submission.notes]
    notes += [note_on_unreached(f"{each.room}.{each.name}" for each in left)] if left else []
    return settled(
        replace(
            first,
            submission=replace(first.submission, notes=tuple(dict.fromkeys(notes))),
            room_digests={name: digest for report in reports for name, digest in report.room_digests.items()},
            exercises=tuple(exercises),
            points=round(sum(each.points for each in exercises), 6),
            max_points=round(sum(each.max_points for each in exercises), 6),
            seconds=round(sum(report.seconds for report in reports), 6),
            faults=tuple(fault for report in reports for fault in report.faults),
        )
    )


def _not_reached(exercise: Exercise) -> ExerciseResult:
    feedback = unreached()
    check = CheckResult(
        name="not_reached",
        sentence=feedback.verdict,
        title="",
        law="",
        visibility="public",
        verdict=Verdict.SKIPPED,
        points=0.0,
        max_points=exercise.points,
        seconds=0.0,
        feedback=feedback,
    )
    return ExerciseResult(
        room=exercise.room,
        name=exercise.name,
        verdict=Verdict.SKIPPED,
        points=0.0,
        max_points=exercise.points,
        seconds=0.0,
        mistake=None,
        followed_through=False,
        output="",
        checks=(check,),
    )
