"""Whose each entry of a download is, by the roster; what fits two is told with both and given to neither."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from autograder.intake.names import shown
from autograder.intake.platforms.entry import Entry
from autograder.intake.roster import Member, Roster, folded, is_called
from autograder.language import say
from autograder.report import Person

_By: TypeAlias = Literal["id", "name", "nothing"]
_MOST_SHOWN = 5


@dataclass(frozen=True)
class Joined:
    """An entry and the people whose work it is; by: what told them. members: their rows of the roster."""

    entry: Entry
    people: tuple[Person, ...] = ()
    members: tuple[Member, ...] = ()
    by: _By = "nothing"
    is_ambiguous: bool = False


@dataclass(frozen=True)
class _Match:
    members: tuple[Member, ...]
    by: _By


def join(entries: Sequence[Entry], roster: Roster | None) -> list[Joined]:
    """Return each entry with its people, in the same order: the roster's where it has them, else the platform's."""
    if roster is None:
        return [_by_platform(entry) for entry in entries]
    joined = [_joined(entry, roster) for entry in entries]
    return _without_rivals(joined)


def is_known(entry: Entry, roster: Roster | None) -> bool:
    """Whether the roster has the one student that an entry's ids or name say."""
    if roster is None:
        return False
    with_ids = [member for kind, value in entry.ids.items() for member in roster.with_id(kind, value)]
    has_kind = any(set(entry.ids) & set(member.person.ids) for member in roster.members)
    return bool(with_ids) or (not has_kind and len(_called(entry, roster)) == 1)


def _by_platform(entry: Entry) -> Joined:
    named = entry.members or (((entry.student, entry.ids),) if entry.ids else ())
    return Joined(entry, tuple(Person(name, dict(ids)) for name, ids in named), is_ambiguous=entry.is_ambiguous)


def _joined(entry: Entry, roster: Roster) -> Joined:
    if entry.is_ambiguous:
        return _by_platform(entry)
    group = _group(entry, roster)
    if group:
        return Joined(entry, tuple(member.person for member in group), group, "id")
    if entry.group is not None:
        note = say("no row of the roster is of the group {name}", name=shown(entry.group))
        return _with_doubt(_by_platform(entry), note)
    if entry.members:
        return _team(entry, roster)
    match = _match(entry, roster)
    if isinstance(match, str):
        return replace(_with_doubt(_by_platform(entry), match), is_ambiguous=True)
    if not match.members:
        return _with_doubt(_by_platform(entry), say("not on the roster"))
    (member,) = match.members
    note = _of_another_name(entry, member) if match.by == "id" else ""
    joined = Joined(entry, (_with_ids(member.person, entry),), match.members, match.by)
    return _with_doubt(joined, note) if note else joined


def _group(entry: Entry, roster: Roster) -> tuple[Member, ...]:
    """Return the members of the group that an entry is named for, unless a person is called so."""
    number = next(iter(entry.ids.values()), "")
    for name in (entry.group, entry.student, f"{entry.student} {number}" if entry.ids.get("moodle") else None):
        members = roster.groups.get(folded(name), ()) if name else ()
        if members and not roster.with_name(name or ""):
            return members
    return ()


def _team(entry: Entry, roster: Roster) -> Joined:
    """Return an entry of several people that its platform names, each looked up by themselves."""
    people: list[Person] = []
    members: list[Member] = []
    missing: list[str] = []
    for name, ids in entry.members:
        one = replace(entry, student=name, ids=ids, members=())
        match = _match(one, roster)
        if isinstance(match, str) or not match.members:
            people.append(Person(name, dict(ids)))
            missing.append(shown(name, 40) if not isinstance(match, str) else match)
        else:
            members += match.members
            people.append(_with_ids(match.members[0].person, one))
    joined = Joined(entry, tuple(people), tuple(members), "id")
    return _with_doubt(joined, say("not on the roster: {names}", names="; ".join(missing))) if missing else joined


def _match(entry: Entry, roster: Roster) -> _Match | str:
    """Return the row of an entry's student, or a sentence with the candidates when several fit."""
    own = _distinct(member for kind, value in entry.ids.items() for member in roster.with_id(kind, value))
    if not own and not {"canvas", "moodle", "canvas_anonymous"} & set(entry.ids):
        own = _distinct(roster.with_any_id(entry.student))
    if not own and entry.commit is not None:
        own = roster.with_github_ending(entry.student)
    called = _called(entry, roster)
    if own:
        # The number of one and the name of another: a team's number, or a roster of last year.
        both = own if not entry.ids or own[0] in called else _distinct([*own, *called])
        return _candidates(both) if len(both) > 1 else _Match(tuple(own), "id")
    # Who has an id of the same kind, and another one, is somebody else of that name.
    called = [each for each in called if not _contradicts(entry, each)]
    return _candidates(called) if len(called) > 1 else _Match(tuple(called), "name")


def _called(entry: Entry, roster: Roster) -> list[Member]:
    return roster.with_name(entry.student, sortable="canvas" in entry.ids)


def _contradicts(entry: Entry, member: Member) -> bool:
    return any(kind in member.person.ids for kind in entry.ids)


def _candidates(members: Sequence[Member]) -> str:
    return say("fits several rows of the roster, so it was given to none: {rows}", rows=_listed(members))


def _listed(members: Sequence[Member]) -> str:
    told = [
        say("row {number} ({name})", number=member.row.number, name=shown(member.person.name, 40))
        for member in members[:_MOST_SHOWN]
    ]
    more = say(" and {n:,} more", n=len(members) - _MOST_SHOWN) if len(members) > _MOST_SHOWN else ""
    return ", ".join(told) + more


def _of_another_name(entry: Entry, member: Member) -> str:
    """Return a note where the id is a roster's and the name is not: a team may have the number of a person."""
    if not entry.ids or any(char.isdigit() for char in entry.student) or not member.person.name:
        return ""
    if is_called(member, entry.student, sortable="canvas" in entry.ids):
        return ""
    return say(
        "by its id this is {name} of the roster (row {number}), under another name",
        name=shown(member.person.name, 40),
        number=member.row.number,
    )


def _with_ids(person: Person, entry: Entry) -> Person:
    """Return a person with the ids of the roster, and those of the platform that the roster does not have."""
    return replace(person, ids={**entry.ids, **person.ids})


def _with_doubt(joined: Joined, doubt: str) -> Joined:
    return replace(joined, entry=replace(joined.entry, doubts=(*joined.entry.doubts, doubt)))


def _without_rivals(joined: Sequence[Joined]) -> list[Joined]:
    """Return the same, but nobody has two entries by name alone: who of two namesakes it is, no name can tell."""
    claims = Counter(id(member) for each in joined for member in each.members)
    result = []
    for each in joined:
        if each.by == "name" and any(claims[id(member)] > 1 for member in each.members):
            (member,) = each.members
            others = [shown(other.entry.student, 40) + _place(other) for other in joined if member in other.members]
            note = say(
                "several submissions fit row {number} of the roster ({name}) by name alone, so it was given to none"
                " of them: {others}",
                number=member.row.number,
                name=shown(member.person.name, 40),
                others=", ".join(others[:_MOST_SHOWN]),
            )
            result.append(replace(_with_doubt(_by_platform(each.entry), note), is_ambiguous=True))
        else:
            result.append(each)
    return result


def _place(joined: Joined) -> str:
    return f" ({shown(next(iter(joined.entry.pieces), ''), 60)})"


def _distinct(members: Iterable[Member]) -> list[Member]:
    return list({id(member): member for member in members}.values())
