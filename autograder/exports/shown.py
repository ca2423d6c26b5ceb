"""What a student may see of a report: the one place that decides it, for every file and page made for students.

Points of hidden checks are part of the score and so always known. What came of each of them is shown as the course's
`hidden_results` says: never, once the due date has passed, or at once. Until then the hidden checks of an exercise are
one line with the sum of their points. Never shown: how long a check took, in which hidden inputs could be told.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from autograder.language import say
from autograder.moments import moment_of
from autograder.report import CheckResult, ExerciseResult, Feedback, Report
from autograder.verdicts import Verdict


@dataclass(frozen=True)
class ShownCheck:
    """A line of what a student sees: one check, or all hidden ones of an exercise together.

    name: the same in every language. sentence: what it says. feedback: None when there is nothing to explain.
    """

    room: str
    exercise: str
    name: str
    sentence: str
    is_hidden: bool
    verdict: Verdict
    points: float
    max_points: float
    feedback: Feedback | None


def hidden_results_are_shown(report: Report, now: datetime | None = None) -> bool:
    """Whether the student may see what came of each hidden check at the moment `now`, the present one by default."""
    if report.hidden_results == "after_due":
        return report.due is not None and moment_of(report.due) <= (now or datetime.now(UTC))
    return report.hidden_results == "visible"


def shown_checks(report: Report, now: datetime | None = None) -> tuple[ShownCheck, ...]:
    """Return what the student may see at the moment `now`; the points of its lines sum up to the report's."""
    each = hidden_results_are_shown(report, now)
    return tuple(line for exercise in report.exercises for line in _of_exercise(exercise, each=each))


def _of_exercise(exercise: ExerciseResult, *, each: bool) -> Iterator[ShownCheck]:
    hidden = [check for check in exercise.checks if check.visibility == "hidden"]
    yield from (_line(exercise, check) for check in exercise.checks if each or check.visibility == "public")
    if hidden and not each:
        yield _together(exercise, hidden)


def _line(exercise: ExerciseResult, check: CheckResult) -> ShownCheck:
    return ShownCheck(
        room=exercise.room,
        exercise=exercise.name,
        name=check.name,
        sentence=check.sentence,
        is_hidden=check.visibility == "hidden",
        verdict=check.verdict,
        points=check.points,
        max_points=check.max_points,
        feedback=check.feedback,
    )


def _together(exercise: ExerciseResult, hidden: list[CheckResult]) -> ShownCheck:
    points, most = (round(sum(getattr(check, name) for check in hidden), 6) for name in ("points", "max_points"))
    return ShownCheck(
        room=exercise.room,
        exercise=exercise.name,
        name="hidden_checks",
        sentence=say("hidden checks"),
        is_hidden=True,
        # Which of them failed, and how, is not said.
        verdict=Verdict.PASSED if points == most else Verdict.FAILED,
        points=points,
        max_points=most,
        feedback=None,
    )


def feedback_text(feedback: Feedback, *, headed: bool = True) -> str:
    """Return the slots of `feedback` that say something, a paragraph each, as plain text.

    headed: with the verdict, which names the check; to be left out where a title does.
    """
    slots = (feedback.verdict if headed else "", feedback.evidence, feedback.pattern, feedback.likely_cause)
    after = (say("read: {place}", place=feedback.read) if feedback.read else "",
             say("try: {advice}", advice=feedback.next_step) if feedback.next_step else "")  # fmt: skip
    return "\n".join(text for text in (*slots, *after) if text)


def decimal(value: float) -> str:
    """Return the shortest decimal of a score, never with an exponent and never with a sign: "13.25", "0", "20"."""
    return f"{value:z.6f}".rstrip("0").rstrip(".")
