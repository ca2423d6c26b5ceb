"""What whoever grades should know of a download before the grades go out, a line each."""

import difflib
from collections.abc import Sequence

from autograder.intake.attempts import Attempt, origin_of
from autograder.intake.names import shown
from autograder.intake.roster import KNOWN_TITLES, Member, Roster
from autograder.intake.tables import plain_title

_MOST_NAMED = 10
_MOST_COLUMNS, _LONGEST, _LIKENESS = 100, 60, 0.8


def remarks_on(attempts: Sequence[Attempt], roster: Roster | None, times: Roster | None) -> list[str]:
    """Return what is to be known of whose submissions these are, and of the instructor's own tables."""
    ambiguous = [origin_of(attempt.joined) for attempt in attempts if attempt.joined.is_ambiguous]
    unordered = [origin_of(attempt.joined) for attempt in attempts if not attempt.in_order]
    late = [origin_of(attempt.joined) for attempt in attempts if _is_late_unknown(attempt)]
    remarks = [
        f"{table.file}: nothing is read of the column {title}"
        for table in (roster, times)
        if table
        for title in _misspelt(table)
    ]
    if ambiguous:
        doubts = "whose these are is not clear, so each counts for itself (see the doubts in its report)"
        remarks.append(f"{doubts} {_named(ambiguous)}")
    if late:
        told = "marked as late by the platform, which does not say by how much, so it costs nothing (--times can tell)"
        remarks.append(f"{told} {_named(late)}")
    if unordered:
        remarks.append(
            f"attempts of which nobody says which came last, so all count (--times can say it) {_named(unordered)}"
        )
    if roster is None:
        return remarks
    found = {id(member) for attempt in attempts for member in attempt.joined.members}
    strangers = [
        origin_of(attempt.joined)
        for attempt in attempts
        if not attempt.joined.members and not attempt.joined.is_ambiguous
    ]
    missing = [_who(member) for member in roster.members if id(member) not in found and not member.exempt]
    if strangers:
        remarks.append(f"not on the roster, graded under their own names {_named(strangers)}")
    if missing:
        remarks.append(f"on the roster, without a submission {_named(missing)}")
    return remarks


def _is_late_unknown(attempt: Attempt) -> bool:
    entry = attempt.joined.entry
    return entry.is_late and entry.submitted is None and all(not member.exempt for member in attempt.joined.members)


def _misspelt(table: Roster) -> list[str]:
    """Return which columns are not read though they nearly have a title that is: no extension may be lost by that."""
    found = []
    for title in table.unknown[:_MOST_COLUMNS]:
        alike = difflib.get_close_matches(plain_title(title[:_LONGEST]), KNOWN_TITLES, 1, _LIKENESS)
        found += [f"{shown(title, 40)!r} (is it {alike[0]}?)" for _ in alike]
    return found


def _who(member: Member) -> str:
    return f"{shown(member.person.name, 40)} (row {member.row.number})"


def _named(names: Sequence[str]) -> str:
    more = f" and {len(names) - _MOST_NAMED:,} more" if len(names) > _MOST_NAMED else ""
    return f"({len(names):,}): " + ", ".join(names[:_MOST_NAMED]) + more
