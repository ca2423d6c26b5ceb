"""What GitHub Actions shows: a summary in Markdown, and annotations at the functions that fail.

The runner takes every line of output that begins with `::` for a command, and `##[command]` anywhere in a line. An
exception's text is a student's: here it can be neither, nor markup, nor the end of a command's properties.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import groupby

from autograder.exports.places import Places
from autograder.exports.places import place_of as stands_at
from autograder.exports.plain import line, place_of, remarks, score_line, sentence_of, told_below_a_title
from autograder.exports.shown import ShownCheck, decimal, shown_checks
from autograder.language import say
from autograder.pages.marks import SIGNS
from autograder.report import Report
from autograder.verdicts import Verdict

# GitHub drops a summary that is larger, and shows ten annotations of a kind.
MOST_BYTES = 1024 * 1024
MOST_ANNOTATIONS = 10

_MARKUP = re.compile(r"([\\`*_\[\]<>|~@$&#!]|:(?=\S))")
_ENTITIES = {ord(sign): f"&#{ord(sign)};" for sign in "&<>\"':#@"}
_WEB = re.compile(r"(?i)\b(www)\.")
_KINDS = {Verdict.NOT_IMPLEMENTED: "notice", Verdict.GRADER_FAULT: "warning"}
_SILENT = (Verdict.PASSED, Verdict.SKIPPED)


def github_summary(reports: Sequence[Report], now: datetime | None = None, most_bytes: int = MOST_BYTES) -> str:
    """Return the reports as Markdown of at most `most_bytes` bytes; what is too long is left out, and that is said.

    now: the moment that decides whether hidden checks are shown each, by default the present one.
    """
    left_out = "\n" + say("The rest is left out: GitHub shows no more.") + "\n"
    spare = most_bytes - len(left_out.encode())
    kept: list[str] = []
    for piece in (piece for report in reports for piece in _pieces(report, now, named=len(reports) > 1)):
        spare -= len(piece.encode())
        if spare < 0:
            return "".join([*kept, left_out]) if len(left_out.encode()) <= most_bytes else ""
        kept.append(piece)
    return "".join(kept)


def _pieces(report: Report, now: datetime | None, *, named: bool) -> Iterator[str]:
    """Yield the Markdown of a report in pieces between which it can be cut off."""
    checks = shown_checks(report, now)
    yield f"## {_text(report.submission.student)}\n\n" if named else ""
    yield f"### {_text(score_line(report))}\n\n"
    for remark in remarks(report):
        yield f"> {_text(remark)}\n>\n"
    if checks:
        yield f"\n| {say('exercise')} | {say('points')} | |\n| --- | ---: | --- |\n"
    for _, group in groupby(checks, key=place_of):
        yield _row(list(group))
    yield "\n"
    for check in checks:
        if check.verdict not in _SILENT and told_below_a_title(check):
            yield _details(check)


def _row(checks: Sequence[ShownCheck]) -> str:
    points, most = (decimal(sum(getattr(check, name) for check in checks)) for name in ("points", "max_points"))
    worst = next((check for check in checks if check.verdict is not Verdict.PASSED), None)
    sign, word, _ = SIGNS[worst.verdict if worst else Verdict.PASSED]
    seen = f"{sentence_of(worst)}: {say(word)}" if worst else say(word)
    return f"| {_text(place_of(checks[0]))} | {points} / {most} | {sign} {_text(seen)} |\n"


def _details(check: ShownCheck) -> str:
    title = _markup(f"{place_of(check)}: {sentence_of(check)}")
    return f"<details><summary>{title}</summary>\n<pre>\n{_markup(told_below_a_title(check))}\n</pre>\n</details>\n\n"


def _text(text: str) -> str:
    """Return one line of text so that it is not Markdown."""
    return _WEB.sub(r"\1\\.", _MARKUP.sub(r"\\\1", line(text)))


def _markup(text: str) -> str:
    """Return text so that it is no markup inside of HTML, and no command."""
    return text.translate(_ENTITIES)


def github_annotations(reports: Iterable[Report], places: Places, now: datetime | None = None) -> str:
    """Return the commands that annotate what does not pass, a line each and at most ten of a kind.

    Each exercise's first comes before any second. An error is what is wrong, a notice what is not written yet, a
    warning what the grader itself failed at.
    """
    found: list[tuple[int, str, str]] = []
    for report in reports:
        if report.problem is not None:
            found.append((0, "error", _command("error", line(report.problem), title=say("submission"))))
        for _, group in groupby(shown_checks(report, now), key=place_of):
            failed = [check for check in group if check.verdict not in _SILENT]
            # That hidden checks fail too is no news where a public one does.
            failed = [check for check in failed if not check.is_hidden] or failed[:1]
            found += [(rank, _KINDS.get(check.verdict, "error"), _annotation(check, places))
                      for rank, check in enumerate(failed)]  # fmt: skip
    ordered = sorted(found, key=lambda each: each[0])
    kept = [[text for _, kind, text in ordered if kind == wanted] for wanted in ("error", "warning", "notice")]
    return "".join(f"{text}\n" for texts in kept for text in texts[:MOST_ANNOTATIONS])


def _annotation(check: ShownCheck, places: Places) -> str:
    place = stands_at(check.room, check.exercise, places)
    return _command(
        _KINDS.get(check.verdict, "error"),
        told_below_a_title(check) or sentence_of(check),
        file=place.file,
        line=str(place.line),
        title=f"{place_of(check)}: {sentence_of(check)}",
    )


def _command(name: str, message: str, **properties: str) -> str:
    listed = ",".join(f"{key}={_escaped(line(value)).replace(':', '%3A').replace(',', '%2C')}"
                      for key, value in properties.items())  # fmt: skip
    return f"::{name} {listed}::{_escaped(message)}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
