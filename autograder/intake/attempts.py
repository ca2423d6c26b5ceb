"""Which submissions are attempts of the same student, in which order, and which of them counts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from autograder.intake.folders import from_disk
from autograder.intake.joining import Joined
from autograder.intake.names import shown
from autograder.language import say
from autograder.report import Report

Attempts: TypeAlias = Literal["latest", "best"]


@dataclass(frozen=True)
class Attempt:
    """An entry among the attempts of its student. owner: the same for all of them. number: from 1.

    total: how many there are. in_order: whether anybody knows which came first.
    """

    joined: Joined
    owner: str
    number: int = 1
    total: int = 1
    in_order: bool = True


def as_attempts(joined: Sequence[Joined]) -> list[Attempt]:
    """Return each entry as an attempt of its student, in the same order as they came."""
    owners: dict[str, list[int]] = {}
    for place, each in enumerate(joined):
        owners.setdefault(_owner(place, each), []).append(place)
    attempts: dict[int, Attempt] = {}
    for owner, places in owners.items():
        own = [joined[place] for place in places]
        order = _order(own)
        for at, place in enumerate(places):
            number = order.index(at) + 1 if order is not None else at + 1
            attempts[place] = Attempt(joined[place], owner, number, len(own), order is not None)
    return [_noted(attempts[place], joined, owners) for place in range(len(joined))]


def _owner(place: int, joined: Joined) -> str:
    """Return what is the same for all attempts of one student, or of one group, and for nobody else's."""
    if joined.is_ambiguous:
        return f"entry {place}"
    if joined.members and joined.by == "id":
        return "rows " + " ".join(sorted(str(member.row.number) for member in joined.members))
    if joined.entry.ids:
        return "ids " + " ".join(f"{kind}={value}" for kind, value in sorted(joined.entry.ids.items()))
    return f"entry {place}"


def _order(own: Sequence[Joined]) -> list[int] | None:
    """Return the places of one student's attempts, earliest first; None where nobody can tell."""
    if len(own) == 1:
        return [0]
    for keys in ([each.entry.submitted for each in own], [each.entry.attempt for each in own]):
        known = [key for key in keys if key is not None]
        if len(set(known)) == len(own):
            return sorted(range(len(own)), key=known.__getitem__)
    return None


def _noted(attempt: Attempt, joined: Sequence[Joined], owners: Mapping[str, Sequence[int]]) -> Attempt:
    if attempt.total == 1:
        return attempt
    names = ", ".join(origin_of(joined[place])[:60] for place in owners[attempt.owner][:5])
    if attempt.in_order:
        note = say("attempt {number} of {total}: {names}", number=attempt.number, total=attempt.total, names=names)
    else:
        note = say(
            "one of {total} attempts, and nobody says which came last: {names}", total=attempt.total, names=names
        )
    entry = attempt.joined.entry
    return replace(attempt, joined=replace(attempt.joined, entry=replace(entry, notes=(*entry.notes, note))))


def origin_of(joined: Joined) -> str:
    """Return the first file or folder of an entry, for people."""
    return shown(from_disk(next(iter(joined.entry.pieces), "")))


def best_of(reports: Iterable[Report], owners: Mapping[str, str]) -> dict[str, bool]:
    """Return whether each report counts, by its submission's id, when of each owner the best does; of equals the first.

    owners: by submission's id. A report without a score counts only where there is no better.
    """
    best: dict[str, Report] = {}
    every = list(reports)
    for report in sorted(every, key=lambda each: (each.submission.attempt, each.submission.id)):
        owner = owners[report.submission.id]
        if owner not in best or _worth(report) > _worth(best[owner]):
            best[owner] = report
    return {report.submission.id: best[owners[report.submission.id]] is report for report in every}


def _worth(report: Report) -> float:
    return -1.0 if report.score is None else report.score
