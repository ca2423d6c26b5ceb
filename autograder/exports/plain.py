"""Text, numbers and JSON as every export writes them: nothing in them commands a terminal or is no JSON."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace

from autograder.exports.shown import ShownCheck, decimal, feedback_text
from autograder.language import say
from autograder.pages.neutral import neutralise
from autograder.report import Report
from autograder.verdicts import Verdict

MOST_CHARACTERS = 10_000  # of one text; the longest feedback is a tenth of it
LINE = 300  # of a name or a title


def line(text: str, most: int = LINE) -> str:
    """Return text on one line of at most `most` characters, what cannot be seen written as an escape."""
    return neutralise(" ".join(text.split("\n")), most)


def lines(text: str, most: int = MOST_CHARACTERS) -> str:
    """Return text of at most `most` characters with its lines, what cannot be seen in them written as an escape."""
    shown = "\n".join(neutralise(each.expandtabs(4), most) for each in text[:most].split("\n"))
    return shown if len(text) <= most and len(shown) <= most else shown[: most - 1] + "…"


def number(value: float) -> int | float:
    """Return the number that `decimal` writes."""
    text = decimal(value)
    return float(text) if "." in text else int(text)


def json_bytes(document: object) -> bytes:
    """Return a document as JSON in UTF-8, indented, ending in a newline; its texts are made by `line` or `lines`."""
    return (json.dumps(document, ensure_ascii=False, allow_nan=False, indent=2) + "\n").encode("utf-8")


def place_of(check: ShownCheck) -> str:
    """Return "room.exercise"."""
    return line(f"{check.room}.{check.exercise}")


def sentence_of(check: ShownCheck) -> str:
    """Return what a check is called, which is never empty."""
    return line(check.sentence) or line(check.name) or "?"


def told(check: ShownCheck) -> str:
    """Return what a student is told of a check that did not pass; "" where there is nothing to tell."""
    if check.verdict is Verdict.GRADER_FAULT:
        return say("the grader itself failed here, which costs no points")
    return lines(feedback_text(check.feedback)) if check.feedback else ""


def told_below_a_title(check: ShownCheck) -> str:
    """Return the same without the line that names the check, for a place whose title does."""
    if check.verdict is Verdict.GRADER_FAULT or check.feedback is None:
        return told(check)
    return lines(feedback_text(check.feedback, headed=False))


def told_once(checks: Iterable[ShownCheck]) -> Iterator[tuple[ShownCheck, str | None]]:
    """Yield each check with what is to be told below its sentence, as `told` does; None where that was told before.

    What the line of the check says is not said again, and a cause with its advice is said once an exercise.
    """
    said: set[tuple[str, ...]] = set()
    for check in checks:
        feedback = check.feedback
        if feedback is None or check.verdict is Verdict.GRADER_FAULT:
            yield check, told(check)
            continue
        repeats = feedback.verdict.startswith(f"{check.room}.{check.exercise}") and check.sentence in feedback.verdict
        verdict = "" if repeats else feedback.verdict
        whole = (verdict, feedback.evidence, feedback.pattern, feedback.likely_cause, feedback.next_step)
        cause = (check.room, check.exercise, feedback.likely_cause, feedback.next_step)
        if whole in said and any(whole):
            yield check, None
            continue
        bare = replace(feedback, verdict=verdict)
        if feedback.likely_cause and cause in said:
            bare = replace(bare, likely_cause="", read="", next_step="")
        said |= {whole, cause}
        yield check, told(replace(check, feedback=bare))


def score_line(report: Report) -> str:
    """Return the score that is handed on, and how it comes about."""
    most = decimal(report.max_points)
    if report.score is None:
        return say("no score")
    if report.lateness is None or report.lateness.penalty == 0:
        return say("score {score} of {most}", score=decimal(report.score), most=most)
    return say(
        "score {score} of {most}: {points} points, less {penalty} for lateness",
        score=decimal(report.score),
        most=most,
        points=decimal(report.points),
        penalty=decimal(report.lateness.penalty),
    )


def remarks(report: Report) -> tuple[str, ...]:
    """Return what whoever reads the score has to know of it, a line each; nothing of any check."""
    found = []
    if report.problem is not None:
        found.append(say("The submission could not be read: {problem}", problem=line(report.problem)))
    if not report.verified:
        found.append(say("reported by the student's own machine, not verified"))
    if report.faults:
        found.append(say("The grader itself failed, which is not the student's fault; this has to be graded again."))
    if report.exempt:
        found.append(say("exempt: no score is handed on"))
    if report.lateness is not None and report.lateness.rule:
        found.append(say("late: {rule}", rule=line(report.lateness.rule)))
    if not report.counts:
        found.append(say("another attempt is the one that counts"))
    found += [line(note) for note in report.submission.notes]
    return tuple(dict.fromkeys(found))
