"""What a student sees after `check`: one failing check in full, the rest a line each, a bar an exercise."""

import re
from collections import Counter
from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from autograder.language import ENGLISH, language, say
from autograder.pages.marks import SIGNS, bar, colour, percent, plain_text, points
from autograder.pages.neutral import neutral_lines
from autograder.report import CheckResult, ExerciseResult, Report
from autograder.verdicts import Verdict

_BAR = 12
_LINE = 400
_MATCH = re.compile(r"\s+\[[^\[\]]*\]$")
_WAITING = {Verdict.NOT_IMPLEMENTED, Verdict.SKIPPED, Verdict.GRADER_FAULT}


def student_page(report: Report) -> RenderableType:
    """Return what to look at next, then where everything stands.

    In full: the first check that went wrong, or, where nothing went wrong, the first that waits. A line
    each: the other checks of every exercise that is begun and not finished. Then a bar for each exercise.
    """
    if report.status == "unreadable":
        return Group(Text(say("This submission could not be read."), style="bold red"), *_lines(report.problem or ""))
    first = _first_failing(report)
    parts: list[RenderableType] = [plain_text(note, _LINE, "dim") for note in report.submission.notes]
    shown = ""
    if first is not None:
        parts += [_in_full(*first), Text()]
        shown = first[1].feedback.likely_cause if first[1].feedback else ""
    for exercise in report.exercises:
        rest = [check for check in exercise.checks if first is None or check is not first[1]]
        if _is_begun(exercise) and rest and not (first and _all_end_alike(exercise, first[1])):
            parts += [
                plain_text(f"{exercise.room}.{exercise.name}", style="bold"),
                _a_line_each(rest, shown if first and exercise is first[0] else ""),
                Text(),
            ]
    return Group(*parts, _bars(report), *_faults(report))


def _first_failing(report: Report) -> tuple[ExerciseResult, CheckResult] | None:
    """Return the first check that went wrong; one that only waits comes after every one that was tried."""
    failing = [
        (exercise, check)
        for exercise in report.exercises
        for check in exercise.checks
        if check.verdict is not Verdict.PASSED
    ]
    return min(failing, key=lambda pair: pair[1].verdict in _WAITING, default=None)


def _is_begun(exercise: ExerciseResult) -> bool:
    """Return whether its checks differ enough to be worth lines: all passed or all waiting is in its bar."""
    return any(check.verdict is not Verdict.PASSED for check in exercise.checks) and any(
        check.verdict not in _WAITING for check in exercise.checks
    )


def _all_end_alike(exercise: ExerciseResult, shown: CheckResult) -> bool:
    """Return whether every check stopped at what is `shown` in full already, as in a file that is not Python."""
    return shown.feedback is not None and all(
        check.feedback is not None and check.feedback.evidence == shown.feedback.evidence for check in exercise.checks
    )


def _name(check: CheckResult) -> str:
    # In English the name says it already, and it is what a student can look for.
    name = check.name.removeprefix("test_") if language() == ENGLISH else check.sentence
    return say("hidden: {sentence}", sentence=name) if check.visibility == "hidden" else name


def _out_of(earned: float, most: float) -> str:
    return f"{points(earned)} / {points(most)}"


def _in_full(exercise: ExerciseResult, check: CheckResult) -> RenderableType:
    sign, _, style = SIGNS[check.verdict]
    passed = sum(each.verdict is Verdict.PASSED for each in exercise.checks)
    head = Table.grid(padding=(0, 1, 0, 0))
    head.add_row(
        Text(sign, style=style),
        Text.assemble(
            plain_text(f"{exercise.room}.{exercise.name}", style="bold"),
            "   ",
            plain_text(_name(check), style=style),
            "\n",
            say("{points} points", points=_out_of(check.points, check.max_points)),
            (say("   (passed {passed} of {total} checks)", passed=passed, total=len(exercise.checks)), "dim"),
        ),
    )
    return Group(head, Padding(_slots(exercise, check), (0, 0, 0, 2)))


def _slots(exercise: ExerciseResult, check: CheckResult) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    told = check.feedback
    for label, text, most in _slot_texts(exercise, check):
        lines = neutral_lines(text, _LINE, most)
        if lines:
            shown = Text("\n".join(lines))
            # The names of mistakes are for instructors.
            if match := _MATCH.search(shown.plain) if told and text == told.likely_cause else None:
                shown.stylize("dim", match.start())
            table.add_row(label, shown)
    return table


def _slot_texts(exercise: ExerciseResult, check: CheckResult) -> Iterator[tuple[str, str, int]]:
    """Yield label, text and the most lines it may take, in the order of the six slots."""
    told = check.feedback
    yield say("check"), check.title, 4
    if told is None:
        yield say("verdict"), say(SIGNS[check.verdict][1]), 1
    else:
        yield say("seen"), told.evidence, 14
    yield say("law"), check.law, 2
    if told is not None:
        yield say("pattern"), told.pattern, 4
        yield say("likely"), told.likely_cause, 4
        yield say("read"), told.read, 4
        yield say("try"), told.next_step, 4
    yield say("printed"), _folded(exercise.output), 10


def _folded(output: str) -> str:
    """Return what was printed, each warning once, with how often it came."""
    lines = output.split("\n")
    times = Counter(line for line in lines if "Warning: " in line)
    once = [line for n, line in enumerate(lines) if line not in times or lines.index(line) == n]
    return "\n".join(
        say("{line}   … {n} times", line=line, n=times[line]) if times[line] > 1 else line for line in once
    )


def _a_line_each(checks: list[CheckResult], told: str) -> Table:
    """Return a line for each check; a cause that is `told` already, here or in full, is not told again."""
    table = Table.grid(padding=(0, 1, 0, 0), expand=True)
    table.add_column(no_wrap=True, width=3, justify="right")
    table.add_column(no_wrap=True, justify="right")
    table.add_column(no_wrap=True, overflow="ellipsis", ratio=1)
    for check in checks:
        sign, _, style = SIGNS[check.verdict]
        cause = check.feedback.likely_cause if check.feedback else ""
        why = _in_a_word(check)
        if _MATCH.search(cause):
            why, told = (say("the same cause") if cause == told else cause), cause
        table.add_row(
            Text(sign, style=style),
            Text(_out_of(check.points, check.max_points)),
            Text.assemble(plain_text(_name(check)), "   ", plain_text(why, style="dim")),
        )
    return table


def _in_a_word(check: CheckResult) -> str:
    """Return why a check did not pass: what was seen of it, which differs from check to check as a verdict does not."""
    if check.verdict is Verdict.FAILED and check.feedback is not None:
        # A hidden check has little to show: no more than the law that it is about.
        told = check.feedback.likely_cause if check.visibility == "hidden" else check.feedback.evidence
        if lines := neutral_lines(told, _LINE, 2):
            return lines[0]
    return "" if check.verdict is Verdict.PASSED else say(SIGNS[check.verdict][1])


def _bars(report: Report) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True, overflow="ellipsis")
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True, justify="right")
    table.add_column(overflow="fold")
    for exercise in report.exercises:
        table.add_row(
            plain_text(f"{exercise.room}.{exercise.name}"),
            bar(exercise.points, exercise.max_points, _BAR),
            Text(_out_of(exercise.points, exercise.max_points)),
            _standing(exercise),
        )
    total = _out_of(report.points, report.max_points)
    share = percent(report.points, report.max_points)
    table.add_row(
        Text(say("total"), style="bold"),
        bar(report.points, report.max_points, _BAR),
        Text(total, style="bold"),
        Text(say("points, {share} %", share=share), style=colour(report.points, report.max_points)),
    )
    return table


def _standing(exercise: ExerciseResult) -> Text:
    _, word, style = SIGNS[exercise.verdict]
    parts = [say(word)]
    if exercise.mistake:
        parts.append(exercise.mistake)
    if exercise.followed_through:
        parts.append(say("an earlier function was lent"))
    return plain_text(say("; ").join(parts), style=style)


def _faults(report: Report) -> list[RenderableType]:
    if not report.faults:
        return []
    told = say("The grader itself failed in places; that costs you nothing. Please tell your instructor:")
    seen = [plain_text(f"! {fault.where}: {fault.message}", _LINE) for fault in report.faults[:5]]
    return [Text(), Text(told, style="bold magenta"), *seen]


def _lines(text: str) -> list[RenderableType]:
    return [Text(line) for line in neutral_lines(text, _LINE, 10)]
