"""Who gets which score, and whose row of a platform's table that is; what is not certain is told, never guessed."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from autograder.errors import AutograderError
from autograder.exports.plain import line
from autograder.exports.reports import is_lost
from autograder.exports.shown import decimal
from autograder.report import Person, Report


@dataclass(frozen=True)
class Delivery:
    """One student's score, to be handed on; score: None for an exempt one."""

    person: Person
    report: Report
    score: float | None

    @property
    def name(self) -> str:
        """What messages call the student, on one line."""
        return line(self.person.name or self.report.submission.id, 120)

    @property
    def is_exempt(self) -> bool:
        """Whether the student is excused rather than scored."""
        return self.score is None


@dataclass(frozen=True)
class LeftAlone:
    """A student whose score was not written, and why; expected: there is nothing to see to."""

    name: str
    why: str
    expected: bool = False


@dataclass(frozen=True)
class Tally:
    """What became of the scores; notes: sentences for whoever ran the export."""

    written: tuple[str, ...]
    left: tuple[LeftAlone, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Entry:
    """A row of a platform's table; where: what messages call it; ids: by kind, as in a `Person`."""

    at: int
    where: str
    name: str
    ids: Mapping[str, str]


@dataclass(frozen=True)
class Matched:
    """Which score belongs to which row, and whose belongs to none."""

    pairs: tuple[tuple[Delivery, Entry], ...]
    left: tuple[LeftAlone, ...]


def deliveries_of(reports: Iterable[Report]) -> tuple[list[Delivery], list[LeftAlone]]:
    """Return a delivery for each student of each report that counts, and those who have no score to hand on."""
    found, left = [], []
    for report in reports:
        if not report.counts:
            continue
        who = report.submission
        for person in who.people or (Person(who.student or who.id, {}),):
            delivery = Delivery(person, report, report.score)
            if report.score is None and not report.exempt:
                left.append(LeftAlone(delivery.name, "the submission could not be read, so it has no score"))
            elif is_lost(report):
                left.append(
                    LeftAlone(delivery.name, "the grader itself failed before anything was graded: grade again")
                )
            else:
                found.append(delivery)
    return found, left


def notes_on(deliveries: Sequence[Delivery]) -> tuple[str, ...]:
    """Return what whoever hands these scores on should know."""
    unverified = [each.name for each in deliveries if not each.report.verified]
    if not unverified:
        return ()
    return (f"not verified, told by the students' own machines: {some(unverified)}",)


def some(names: Sequence[str], most: int = 10) -> str:
    """Return at most ten of the names, and how many more there are."""
    rest = f" and {len(names) - most:,} more" if len(names) > most else ""
    return ", ".join(names[:most]) + rest


def scale_for(deliveries: Iterable[Delivery], most: float, *, scale: bool | None, where: str) -> float:
    """Return what to multiply scores by where a platform's maximum is `most`.

    scale: True to scale to that maximum, False to hand points on as they are, None to have them agree or be told.
    Raises `AutograderError` when they do not agree, or not with each other.
    """
    ours = {decimal(each.report.max_points) for each in deliveries}
    if scale is False or not ours or ours == {decimal(most)}:
        return 1.0
    if len(ours) > 1:
        raise AutograderError(
            f"the reports differ in what could be earned ({some(sorted(ours, key=float))}), so they cannot be held "
            f"against {where}, which is {decimal(most)}; grade all with the same rooms, or hand the points on as they "
            "are with --no-scale"
        )
    own = float(ours.pop())
    if scale and own > 0 and most > 0:
        return most / own
    raise AutograderError(
        f"{where} is {decimal(most)}, but in the reports {decimal(own)} points could be earned; change it on the "
        "platform, or choose --scale (to its maximum) or --no-scale (points as they are)"
    )


def points_text(score: float, factor: float) -> str:
    """Return a score times a factor as every export writes it."""
    return decimal(score if factor == 1.0 else round(score * factor, 6))


def match(deliveries: Sequence[Delivery], entries: Sequence[Entry], kinds: Sequence[str], table: str) -> Matched:
    """Return which delivery belongs to which entry of the table: by its ids of these kinds, else by its name.

    An id that two rows have, ids that lead to different rows, a name that two rows or two students have, a row of that
    name whose ids say that it is somebody else's, and a row that two claim: all are left alone, and told.
    """
    index = _index(entries, kinds)
    claims: dict[int, list[tuple[Delivery, bool]]] = defaultdict(list)
    left: list[LeftAlone] = []
    for delivery in deliveries:
        found, by_id = _candidates(delivery, index, kinds)
        if len(found) == 1:
            claims[found[0].at].append((delivery, by_id))
        elif found:
            what = "its ids lead to" if by_id else "its name is that of"
            left.append(LeftAlone(delivery.name, f"{what} several rows: {some([each.where for each in found])}"))
        else:
            left.append(LeftAlone(delivery.name, f"is not in {table}"))
    pairs = []
    for entry in entries:
        pair, losers = _settle(entry, claims.get(entry.at, []))
        pairs += pair
        left += losers
    return Matched(tuple(pairs), tuple(left))


_Index = dict[tuple[str, str], list[Entry]]


def _index(entries: Sequence[Entry], kinds: Sequence[str]) -> _Index:
    index: _Index = defaultdict(list)
    for entry in entries:
        for kind in kinds:
            if key := id_key(kind, entry.ids.get(kind, "")):
                index[kind, key].append(entry)
        for key in {name_key(entry.name), name_key(_turned(entry.name))} - {""}:
            index["name", key].append(entry)
    return index


def _candidates(delivery: Delivery, index: _Index, kinds: Sequence[str]) -> tuple[list[Entry], bool]:
    ids = {kind: id_key(kind, delivery.person.ids.get(kind, "")) for kind in kinds}
    found = {entry.at: entry for kind in kinds if ids[kind] for entry in index.get((kind, ids[kind]), ())}
    if found:
        return list(found.values()), True
    keys = {name_key(delivery.person.name), name_key(_turned(delivery.person.name))} - {""}
    named = {entry.at: entry for key in keys for entry in index.get(("name", key), ())}
    return [entry for entry in named.values() if not _is_another(entry, ids)], False


def _is_another(entry: Entry, ids: Mapping[str, str]) -> bool:
    """Whether an id says that the entry is not this student's, whatever the name says."""
    return any(key and (other := id_key(kind, entry.ids.get(kind, ""))) and other != key for kind, key in ids.items())


def _settle(entry: Entry, claims: list[tuple[Delivery, bool]]) -> tuple[list[tuple[Delivery, Entry]], list[LeftAlone]]:
    certain = [delivery for delivery, by_id in claims if by_id]
    winners = certain if certain else [delivery for delivery, _ in claims]
    if len(winners) == 1:
        rest = [each for each, _ in claims if each is not winners[0]]
        why = f"{entry.where} has the same name, but its ids are those of another submission"
        return [(winners[0], entry)], [LeftAlone(each.name, why) for each in rest]
    everyone = [each for each, _ in claims]
    origins = some([line(each.report.submission.origin, 60) for each in everyone])
    why = f"{entry.where} is claimed by several submissions: {origins}"
    return [], [LeftAlone(each.name, why) for each in everyone]


def id_key(kind: str, text: str) -> str:
    """Return an id as it is compared.

    Spaces around it do not count, nor capitals in an address or a login; of "Participant 12345" the number does.
    """
    if kind == "moodle":
        found = re.search(r"([0-9]{1,18})\s*\Z", text)
        return found[1].lstrip("0") if found else ""
    key = text.strip()
    return key.casefold() if kind in ("email", "login") else key


def name_key(name: str) -> str:
    """Return a name as it is compared: composed letters, single spaces, capitals as small letters."""
    return " ".join(unicodedata.normalize("NFC", name).split()).casefold()


def _turned(name: str) -> str:
    """Return "Ada Lovelace" for "Lovelace, Ada"."""
    last, comma, first = name.partition(",")
    return f"{first.strip()} {last.strip()}" if comma and first.strip() else name
