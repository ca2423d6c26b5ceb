"""Write the six slots of feedback for a failed check (verdict, evidence, pattern, cause, where, what next)."""

from collections.abc import Sequence

from autograder.checking.blame import verdict_of
from autograder.checking.explaining import Sources, explain
from autograder.checking.running import NoValue, Run, Unusable, Wrong
from autograder.course.mistakes import Mistake
from autograder.course.model import Exercise
from autograder.language import phrase, say
from autograder.limits import Limits
from autograder.report import Feedback
from autograder.sandbox.outcome import Raised
from autograder.verdicts import Verdict

MAX_CANDIDATES = 3
IMPORT_ADVICE = phrase("mend this first: while the file cannot be imported, nothing in it can be checked")
UNUSABLE = phrase("the function returned something that this check cannot use; look at its type and shape")


def write_feedback(
    run: Run, exercise: Exercise, sources: Sources, limits: Limits, candidates: Sequence[Mistake], tally: str
) -> Feedback:
    """Return what the student is told of a failed run.

    candidates: mistakes that explain every run of the exercise; one of them is the cause when it is alone.
    tally: how the exercise stands as a whole, such as "passed 5 of 9 checks".
    """
    check = run.check
    only = candidates[0] if len(candidates) == 1 else None
    evidence, pattern = _evidence(run, sources, limits, named=only is not None)
    verdict = verdict_of(run, limits)
    told = check.sentence if check.visibility == "public" else say("hidden: {sentence}", sentence=check.sentence)
    broken = _is_import_problem(run)
    return Feedback(
        verdict=say(
            "{exercise}: {sentence} (0 / {points:g} pts, {tally})",
            exercise=f"{exercise.room}.{exercise.name}",
            sentence=told,
            points=check.points,
            tally=tally,
        ),
        evidence=evidence,
        pattern=pattern,
        likely_cause=_likely_cause(verdict, candidates),
        read="" if broken else (only.read if only else "") or check.see or exercise.notes,
        next_step=say(IMPORT_ADVICE) if broken else _next_step(run, exercise, verdict, only),
    )


def _is_import_problem(run: Run) -> bool:
    """Whether the module itself could not be run, so that no function of it has been looked at."""
    outcome = run.finding.outcome if isinstance(run.finding, NoValue) else None
    if not isinstance(outcome, Raised):
        return False
    return outcome.syntax is not None or bool(outcome.frames and outcome.frames[0][2] == "<module>")


def _evidence(run: Run, sources: Sources, limits: Limits, *, named: bool) -> tuple[str, str]:
    """Return evidence and pattern; of a `named` mistake only what cannot be another explanation than its own."""
    hidden = run.check.visibility == "hidden"
    match run.finding:
        case Wrong(failure) if hidden:
            law = say("law broken: {law}", law=run.check.law)
            pattern = failure.pattern_name if failure.pattern_fact or not named else ""
            return "\n".join(filter(None, (law, failure.safe_evidence))), pattern
        case Wrong(failure):
            return failure.evidence, failure.pattern_fact if named else failure.pattern
        case NoValue(_, outcome):
            return explain(outcome, sources, limits, hidden=hidden)[1], ""
        case Unusable(message):
            return (say(UNUSABLE) if hidden else f"{say(UNUSABLE)}\n  ({message})"), ""
    return "", ""


def _likely_cause(verdict: Verdict, candidates: Sequence[Mistake]) -> str:
    names = ", ".join(mistake.name for mistake in candidates)
    if len(candidates) == 1:
        return say("{cause}   [exact match: {names}]", cause=candidates[0].explanation, names=names)
    if 1 < len(candidates) <= MAX_CANDIDATES:
        either = say(" — or: ").join(mistake.explanation for mistake in candidates)
        return say("{cause}   [consistent with: {names}]", cause=either, names=names)
    # Where there is no answer to compare, the evidence has said it all.
    return say("no known mistake gives these answers") if verdict is Verdict.FAILED else ""


def _next_step(run: Run, exercise: Exercise, verdict: Verdict, only: Mistake | None) -> str:
    if verdict is Verdict.NOT_IMPLEMENTED:
        return say("write the body of {name}; its docstring is the contract", name=exercise.name)
    if only and only.suggest:
        return only.suggest
    alone = f"autograder check {exercise.room}.{exercise.name}"
    if only is None and _shows_a_line(run):
        return say("mend the line shown above, then run: {command}", command=alone)
    return run.check.suggest or say("run this exercise alone: {command}", command=alone)


def _shows_a_line(run: Run) -> bool:
    """Whether the evidence quotes the line on which the student's code stopped."""
    outcome = run.finding.outcome if isinstance(run.finding, NoValue) else None
    return run.check.visibility == "public" and isinstance(outcome, Raised) and bool(outcome.frames)
