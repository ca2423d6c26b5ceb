"""What is said and counted of checks that a grader did not come to before its time was over."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from autograder.checking.check import Check
from autograder.checking.marking import overall, plain_result
from autograder.intake.submission import Submission
from autograder.language import say
from autograder.report import ExerciseResult, Feedback
from autograder.verdicts import Verdict


def unreached() -> Feedback:
    """Return what a student is told of what was not looked at."""
    told = say("not graded: the grader's time was over before it came to this")
    return Feedback(verdict=told, evidence="", pattern="", likely_cause="", read="", next_step="")


def note_on_unreached(places: Iterable[str]) -> str:
    """Return the note for people on the exercises, as "room.exercise", that were not graded, or not to the end."""
    names = ", ".join(dict.fromkeys(places))
    return say("not graded to the end, for want of time, and without points as far as it was not: {names}", names=names)


def noted(submission: Submission, left_out: Sequence[Check]) -> Submission:
    """Return the submission with a note on the exercises whose checks were left out, if any were."""
    if not left_out:
        return submission
    note = note_on_unreached(f"{check.room}.{check.exercise}" for check in left_out)
    return replace(submission, notes=(*submission.notes, note))


def completed(result: ExerciseResult, left_out: Sequence[Check]) -> ExerciseResult:
    """Return the result with those of `left_out` that are its own, without points and said not to be graded."""
    own = [check for check in left_out if (check.room, check.exercise) == (result.room, result.name)]
    if not own:
        return result
    more = [replace(plain_result(check, Verdict.SKIPPED, 0.0), feedback=unreached()) for check in own]
    checks = [*result.checks, *more]
    return replace(
        result,
        verdict=overall(checks),
        max_points=round(sum(check.max_points for check in checks), 6),
        checks=tuple(checks),
    )
