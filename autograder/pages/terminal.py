"""What instructors see in a terminal: the cohort, the faults, the doctor's findings, the kill matrix.

Every function here and in `student` returns something rich can print, and prints nothing. Text that a
submission chose reaches rich neutralised and as `Text`, so neither escapes nor markup in it do anything.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from rich import box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from autograder.language import phrase, say
from autograder.pages.marks import bar, colour, percent, plain_text, points
from autograder.pages.neutral import neutralise
from autograder.pages.student import student_page
from autograder.report import Report
from autograder.verdicts import Verdict

__all__ = ["State", "cohort_table", "doctor_table", "faults_summary", "kill_matrix", "student_page"]

State: TypeAlias = Literal["ok", "warning", "failed"]

_BAR = 10
_WHO = 31  # cells of student, status and points
_MISTAKES_WIDTH = 24
_CHECKS_A_BLOCK = 14
_COMMON = 5
_STATES: dict[State, tuple[str, str]] = {
    "ok": ("✓", "green"),
    "warning": ("!", "yellow"),
    "failed": ("✗", "bold red"),
}


@dataclass(frozen=True)
class _Column:
    heading: RenderableType
    cell: Callable[[Report], Text]
    justify: Literal["left", "right"] = "left"
    shrinks: bool = False


def cohort_table(reports: Iterable[Report], width: int = 80) -> RenderableType:
    """Return one row a student: status, points, a bar, percent by room, and the mistakes named.

    `width` is the console's. Where the rooms leave too little of it, the bar goes first, then the mistakes
    get a table of their own, and at last the rooms do.
    """
    ordered = sorted(reports, key=lambda report: (report.submission.student, report.submission.id))
    rooms = list(dict.fromkeys(exercise.room for report in ordered for exercise in report.exercises))
    cells = 1 + max((len(_short(room)) for room in rooms), default=0)
    spare = width - _WHO - cells * len(rooms)
    fit = max((width - _WHO) // cells, 1)
    main: list[_Column] = [_STUDENT, _STATUS, _POINTS]
    main += [_BAR_COLUMN] * (spare >= _MISTAKES_WIDTH + _BAR + 1)
    main += [_room_column(room) for room in rooms[:fit]]
    main += [_MISTAKES] * (spare >= _MISTAKES_WIDTH)
    tables = [main]
    tables += [[_STUDENT, *(_room_column(room) for room in rooms[at : at + fit])] for at in range(fit, len(rooms), fit)]
    tables += [[_STUDENT, _MISTAKES]] * (spare < _MISTAKES_WIDTH)
    return Group(*(_cohort_part(ordered, columns) for columns in tables), *_unreadable(ordered), _summary(ordered))


def _cohort_part(reports: Sequence[Report], columns: Sequence[_Column]) -> RenderableType:
    table = Table(box=None, padding=(0, 1, 0, 0), pad_edge=False)
    cells = [[column.cell(report) for report in reports] for column in columns]
    for column, below in zip(columns, cells, strict=True):
        # Numbers are worth nothing cut short; names can be.
        whole = 0 if column.shrinks else max((cell.cell_len for cell in below), default=0)
        heading = say(column.heading) if isinstance(column.heading, str) else column.heading
        table.add_column(heading, justify=column.justify, no_wrap=True, overflow="ellipsis", min_width=whole)
    for row in zip(*cells, strict=True):
        table.add_row(*row)
    return Padding(table, (0, 0, 1, 0))


def _room_column(room: str) -> _Column:
    return _Column(Text(_short(room)), lambda report: _room(report, room), justify="right")


def _short(room: str) -> str:
    """Return a room's heading: a05 for a05_softmax, and never narrower than what stands under it."""
    return neutralise(room.partition("_")[0], 8).rjust(len("100"))


def _student(report: Report) -> Text:
    return plain_text(report.submission.student, 40)


def _points(report: Report) -> Text:
    if report.status == "unreadable":
        return Text("–", style="dim")
    return Text(f"{points(report.points)}/{points(report.max_points)}")


def _bar(report: Report) -> Text:
    return Text() if report.status == "unreadable" else bar(report.points, report.max_points, _BAR)


def _mistakes(report: Report) -> Text:
    """Return the first known mistake by name and how many there are besides, or what else cost points."""
    if report.problem is not None:
        return Text(say("see below"), style="red")
    names = list(dict.fromkeys(exercise.mistake for exercise in report.exercises if exercise.mistake))
    if names:
        more = f" +{len(names) - 1}" if len(names) > 1 else ""
        return plain_text(names[0], 60) + Text(more, style="dim")
    told = (Verdict.PASSED, Verdict.FAILED, Verdict.GRADER_FAULT)
    verdicts = Counter(exercise.verdict for exercise in report.exercises if exercise.verdict not in told)
    return Text(say(_ENDS[verdicts.most_common(1)[0][0]]) if verdicts else "", style="dim")


_ENDS = {
    Verdict.NOT_IMPLEMENTED: phrase("not implemented"),
    Verdict.CRASHED: phrase("crashed"),
    Verdict.TIMED_OUT: phrase("timed out"),
    Verdict.MEMORY_EXCEEDED: phrase("memory exceeded"),
    Verdict.OUTPUT_EXCEEDED: phrase("output exceeded"),
    Verdict.SKIPPED: phrase("skipped"),
}
_STATUSES = {"graded": phrase("graded"), "unreadable": phrase("unreadable")}


def _status(report: Report) -> Text:
    if report.faults:
        return Text(say("fault!"), style="bold magenta")
    if not report.counts:
        return Text(say("not counted"), style="dim")
    if report.status == "graded" and report.exempt:
        return Text(say("exempt"), style="dim")
    if report.status == "graded" and report.lateness and report.lateness.penalty:
        return Text(say("late: {score}", score=points(report.score or 0.0)), style="yellow")
    return Text(say(_STATUSES[report.status]), style="red" if report.status == "unreadable" else "")


def _room(report: Report, room: str) -> Text:
    """Return the percentage of one room, or `!` where the grader's own failure makes it worthless."""
    if report.status == "unreadable":
        return Text("–", style="dim")
    here = [exercise for exercise in report.exercises if exercise.room == room]
    if any(exercise.verdict is Verdict.GRADER_FAULT for exercise in here):
        return Text("!", style="bold magenta")
    earned, most = sum(e.points for e in here), sum(e.max_points for e in here)
    return Text(percent(earned, most), style=colour(earned, most))


_STUDENT = _Column(phrase("student"), _student, shrinks=True)
_STATUS = _Column(phrase("status"), _status)
_POINTS = _Column(phrase("points"), _points, justify="right")
_BAR_COLUMN = _Column("", _bar)
_MISTAKES = _Column(phrase("mistakes"), _mistakes, shrinks=True)


def _summary(reports: Sequence[Report]) -> Text:
    graded = [each for each in reports if each.status == "graded" and each.max_points > 0 and each.counts]
    students = phrase("{n} student") if len(reports) == 1 else phrase("{n} students")
    parts = [say(students, n=len(reports))]
    if graded:
        mean = sum(report.points / report.max_points for report in graded) / len(graded)
        parts.append(say("mean {mean:.0f} % of those graded", mean=100 * mean))
    unreadable = sum(report.status == "unreadable" for report in reports)
    faulty = sum(bool(report.faults) for report in reports)
    parts += [say("{n} unreadable", n=unreadable)] * (unreadable > 0)
    parts += [say("{n} with grader faults", n=faulty)] * (faulty > 0)
    lines = [" · ".join(parts), say("under each room: percent of its points; ! for a grader fault")]
    common = Counter(e.mistake for report in reports for e in report.exercises if e.mistake).most_common(_COMMON)
    if common:
        names = ", ".join(f"{plain_text(name, 60).plain} ({count})" for name, count in common)
        lines.append(say("most common: {names}", names=names))
    return Text("\n".join(lines), style="dim")


def _unreadable(reports: Sequence[Report]) -> list[RenderableType]:
    """Return, for each submission that could not be read, whose it is and why."""
    return [
        Text("✗ ", style="red")
        + plain_text(report.submission.origin, 80, "bold")
        + plain_text(f": {report.problem.removeprefix(f'{report.submission.origin}: ')}", 400)
        for report in reports
        if report.problem is not None
    ]


def faults_summary(reports: Iterable[Report]) -> RenderableType:
    """Return every fault of the grader once, with whom it touched; one quiet line when there is none."""
    touched: dict[tuple[str, str], list[str]] = {}
    for report in reports:
        for fault in dict.fromkeys(report.faults):
            touched.setdefault((fault.where, fault.message), []).append(report.submission.student)
    if not touched:
        return Text(say("No grader faults."), style="dim")
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    for heading in (say("where"), say("what was seen"), say("students")):
        table.add_column(heading, overflow="fold")
    for (where, message), students in sorted(touched.items()):
        more = say(" and {n:,} more", n=len(students) - 3) if len(students) > 3 else ""
        names = ", ".join(plain_text(student, 30).plain for student in sorted(students)[:3])
        table.add_row(plain_text(where, 120), plain_text(message, 400), Text(names + more))
    advice = Text(say("The grader failed here, not the students: it costs them nothing. Mend it and grade again."))
    return Panel(Group(advice, table), title=say("GRADER FAULTS"), border_style="bold magenta")


def doctor_table(findings: Iterable[tuple[str, State, str]]) -> Table:
    """Return one row a finding: what was looked at, how it is, and what was seen or what to do."""
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    table.add_column("", no_wrap=True)
    table.add_column("what", overflow="fold")
    table.add_column("state", no_wrap=True)
    table.add_column("seen", overflow="fold")
    for what, state, seen in findings:
        sign, style = _STATES[state]
        table.add_row(Text(sign, style=style), plain_text(what), Text(state, style=style), plain_text(seen, 400))
    return table


def kill_matrix(
    exercise: str,
    checks: Sequence[str],
    kills: Mapping[str, Collection[str]],
    claims: Mapping[str, Collection[str]],
) -> RenderableType:
    """Return which check catches which mistake, and in words what the laws of a room forbid.

    `kills` holds for every mistake the checks that failed it, `claims` the checks that its `caught_by` names.
    """
    blocks = [checks[at : at + _CHECKS_A_BLOCK] for at in range(0, len(checks), _CHECKS_A_BLOCK)]
    tables = [_kill_block(checks, block, kills, claims) for block in blocks]
    legend = Text("● caught, as claimed   ○ caught as well   ✗ claimed but not caught\n", style="dim")
    numbers = Text("\n".join(f"{at:>3}  {plain_text(name, 70).plain}" for at, name in enumerate(checks, 1)))
    return Group(plain_text(exercise, 70, "bold"), *tables, legend, numbers, _lawbreakers(checks, kills, claims))


def _kill_block(
    checks: Sequence[str],
    block: Sequence[str],
    kills: Mapping[str, Collection[str]],
    claims: Mapping[str, Collection[str]],
) -> Table:
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    table.add_column("mistake", overflow="fold", min_width=12)
    for name in block:
        table.add_column(str(checks.index(name) + 1), justify="right", no_wrap=True)
    for mistake, killers in kills.items():
        claimed = claims.get(mistake, ())
        cells = [_kill(caught=name in killers, claimed=name in claimed) for name in block]
        table.add_row(plain_text(mistake, 60), *cells)
    return table


def _kill(*, caught: bool, claimed: bool) -> Text:
    if caught:
        return Text("●", style="green") if claimed else Text("○", style="dim")
    return Text("✗", style="bold red") if claimed else Text("·", style="dim")


def _lawbreakers(
    checks: Sequence[str], kills: Mapping[str, Collection[str]], claims: Mapping[str, Collection[str]]
) -> Text:
    idle = [name for name in checks if not any(name in killers for killers in kills.values())]
    missed = [
        f"{mistake} is not caught by {check}"
        for mistake, claimed in claims.items()
        for check in claimed
        if check not in kills.get(mistake, ())
    ]
    alive = [f"{mistake} is caught by no check" for mistake, killers in kills.items() if not killers]
    broken = [*alive, *missed, *(f"{name} catches no mistake" for name in idle)]
    if not broken:
        return Text("\nEvery mistake is caught where it claims; every check catches one.", style="green")
    return Text("\n" + "\n".join(plain_text(f"✗ {line}", 160).plain for line in broken), style="bold red")
