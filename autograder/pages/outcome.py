"""What an instructor sees when grading has ended: the cohort, what has changed, and where everything is."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from autograder.language import phrase, say
from autograder.pages.marks import plain_text, points
from autograder.pages.terminal import cohort_table, faults_summary
from autograder.report import Report


def outcome(reports: Sequence[Report], changes: Sequence[tuple[Report, Mapping[str, float]]], width: int) -> Group:
    """Return the cohort's table, the grader's faults if there are any, and the points that are not what they were."""
    parts = [cohort_table(reports, width)]
    parts += [faults_summary(reports)] * any(report.faults for report in reports)
    parts += [changes_table(changes)] * bool(changes)
    return Group(*parts)


def changes_table(changes: Iterable[tuple[Report, Mapping[str, float]]]) -> RenderableType:
    """Return one row a student: the points known before, those of today, and in which exercises they differ.

    `changes` has for each report what was known before, by "room.exercise"; an exercise that it lacks is no change.
    """
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    table.add_column(say("student"), overflow="fold")
    table.add_column(say("old"), justify="right", no_wrap=True)
    table.add_column(say("new"), justify="right", no_wrap=True)
    table.add_column(say("what changed"), overflow="fold")
    for report, before in sorted(changes, key=lambda change: (change[0].submission.student, change[0].submission.id)):
        now = {f"{exercise.room}.{exercise.name}": exercise.points for exercise in report.exercises}
        known = {name: earned for name, earned in now.items() if name in before}
        what = [f"{name} {points(before[name])} → {points(now[name])}" for name in known if before[name] != now[name]]
        table.add_row(
            plain_text(report.submission.student, 40),
            points(sum(before[name] for name in known)),
            points(sum(known.values())),
            Text("\n").join(plain_text(line, 120) for line in what),
        )
    return table


def closing_lines(reports: Sequence[Report], total: int, store: Path, *, regrade: bool = False) -> Iterator[str]:
    """Yield what came from the store, what is still to be graded, and which files were written beside the store."""
    reused = sum(report.reused for report in reports)
    if reused:
        yield say(
            "{n} of {total} taken from {store}, unchanged since they were graded; --regrade grades them again",
            n=reused,
            total=total,
            store=store,
        )
    left = total - len(reports)
    if left:
        rest = say("the same command without --regrade") if regrade else say("the same command again")
        told = _ONE_LEFT if left == 1 else _SOME_LEFT
        yield say(told, n=left, total=total, rest=rest)
    yield say("wrote {file}", file=store.with_name("gradebook.csv"))
    told = _ONE_REPORT if len(reports) == 1 else _REPORTS
    yield say(told, n=len(reports), folder=f"{store.with_name('reports')}{os.sep}")


_ONE_LEFT = phrase("{n} of {total} was not graded; {rest} grades the rest")
_SOME_LEFT = phrase("{n} of {total} were not graded; {rest} grades the rest")
_ONE_REPORT = phrase("wrote {n:,} report in {folder}")
_REPORTS = phrase("wrote {n:,} reports in {folder}")
