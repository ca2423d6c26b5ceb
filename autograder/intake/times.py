"""When each submission was handed in: what the platform says, or what a table of the instructor's says instead."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from autograder.errors import IntakeError
from autograder.intake.folders import from_disk
from autograder.intake.joining import Joined
from autograder.intake.names import shown
from autograder.intake.roster import Member, Roster, folded, read_roster
from autograder.language import phrase, say
from autograder.moments import in_utc, in_words, moment_of

_COLUMNS = {
    "time": (
        "time",
        "submitted",
        "submitted at",
        "submission time",
        "submission date",
        "timestamp",
        "提交时间",
        "时间",
    ),
    "entry": ("entry", "file", "folder", "submission", "文件"),
}
_TOLD = phrase("handed in at {time}, says {source}")
_SEVERAL_TIMES = phrase("{file} has several times that fit (rows {numbers}), so none was taken")
_SEVERAL_ENTRIES = phrase(
    "row {numbers} of {file} fits several submissions, so its time was not taken; a column entry can name the file"
)


def read_times(file: Path) -> Roster:
    """Return the rows of a table of times by student. Raises `IntakeError`, which names file, row and column."""
    times = read_roster(file, _COLUMNS, unique=False)
    for member in times.members:
        if "time" not in member.cells:
            raise IntakeError(
                f"{file}, row {member.row.number}: has no time; expected a column time with such as"
                " 2026-12-01T23:59+01:00 in every row"
            )
        _checked(times, member)
    return times


def _checked(times: Roster, member: Member) -> str:
    try:
        return in_utc(moment_of(member.cells["time"]))
    except (ValueError, OverflowError):
        raise IntakeError(
            f"{times.file}, row {member.row.number}, column 'time': {shown(member.cells['time'], 40)!r} is no time with"
            " its distance from UTC, as 2026-12-01T23:59+01:00"
        ) from None


def with_times(joined: Sequence[Joined], times: Roster | None) -> list[Joined]:
    """Return the same with the times of the table, where it has some, and a note that says where a time is from."""
    if times is None:
        return [_with_note(each) for each in joined]
    rows = [_rows(each, times) for each in joined]
    claims = Counter(id(row) for found in rows for row in found)
    return [_with_note(_with_time(each, times, found, claims)) for each, found in zip(joined, rows, strict=True)]


def _with_note(joined: Joined) -> Joined:
    entry = joined.entry
    notes = list(entry.notes)
    if entry.submitted:
        notes.append(say(_TOLD, time=in_words(entry.submitted), source=entry.told_by))
    elif entry.is_late:
        notes.append(say("marked as late by its platform, which does not say by how much"))
    return replace(joined, entry=replace(entry, notes=tuple(notes)))


def _with_time(joined: Joined, times: Roster, rows: Sequence[Member], claims: Mapping[int, int]) -> Joined:
    """Return an entry with the one time that is its own: no other row fits it, and the row fits no other entry."""
    if not rows:
        return joined
    entry = joined.entry
    moments = {_checked(times, row) for row in rows}
    if len(moments) > 1 or any(claims[id(row)] > 1 for row in rows):
        numbers = ", ".join(str(row.row.number) for row in rows[:5])
        told = _SEVERAL_TIMES if len(moments) > 1 else _SEVERAL_ENTRIES
        note = say(told, file=shown(times.file.name, 40), numbers=numbers)
        return replace(joined, entry=replace(entry, doubts=(*entry.doubts, note)))
    return replace(joined, entry=replace(entry, submitted=moments.pop(), told_by=shown(times.file.name, 40)))


def _rows(joined: Joined, times: Roster) -> list[Member]:
    """Return the rows for an entry: those that name it, else those of its student's ids, else of the name."""
    origins = {folded(from_disk(path)) for path in joined.entry.pieces}
    named = [row for row in times.members if folded(row.cells.get("entry", "")) in origins]
    if named:
        return named
    others = [row for row in times.members if "entry" not in row.cells]
    by_student = Roster(times.file, tuple(others))
    ids = [*joined.entry.ids.items(), *(pair for person in joined.people for pair in person.ids.items())]
    with_ids = [row for kind, value in ids for row in by_student.with_id(kind, value)]
    found = with_ids or by_student.with_any_id(joined.entry.student) or by_student.with_name(joined.entry.student)
    if not found and len(joined.people) == 1:
        found = by_student.with_name(joined.people[0].name)
    return list({id(row): row for row in found}.values())
