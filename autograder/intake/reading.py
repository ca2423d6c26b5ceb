"""Turns what an instructor has into submissions, one for each student and attempt.

Everything that students wrote is taken for hostile: nothing is imported, parsed or unpacked to disk, no link is
followed, nothing but ordinary files is opened, and every read has a bound. What is wrong with one submission is said in
that submission alone.
"""

import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.errors import IntakeError
from autograder.intake.attempts import Attempt, as_attempts, origin_of
from autograder.intake.downloads import LOOKED_FOR, Opened, listed_or_refused, opened_download
from autograder.intake.folders import from_disk
from autograder.intake.joining import is_known, join
from autograder.intake.names import safe_ids, shown
from autograder.intake.pieces import Kinds, Outcome, read_entry
from autograder.intake.platforms.entry import Entry, Platform
from autograder.intake.platforms.plain import PLAIN
from autograder.intake.platforms.recognising import AUTO, PLATFORMS, recognised
from autograder.intake.refusals import at_most
from autograder.intake.remarks import remarks_on
from autograder.intake.roster import Roster
from autograder.intake.standing import Standing
from autograder.intake.submission import Submission, digest_of
from autograder.intake.times import with_times
from autograder.language import say


@dataclass(frozen=True)
class Tables:
    """What an instructor says besides: who is in the course, and when each submission was handed in."""

    roster: Roster | None = None
    times: Roster | None = None


@dataclass(frozen=True)
class Intake:
    """What was read. standings: by submission's id. passed_over: what lay beside the submissions and is none.

    remarks: what whoever grades should know before the grades go out, a line each.
    """

    platform: Platform
    submissions: tuple[Submission, ...]
    standings: Mapping[str, Standing]
    passed_over: tuple[str, ...]
    remarks: tuple[str, ...]


def read_submissions(folder: Path, modules: Collection[str]) -> list[Submission]:
    """Read every submission in a folder with one entry a student, sorted by id, as `read_download` does."""
    return list(read_download(folder, modules, platform=PLAIN.name).submissions)


def read_download(
    place: Path,
    modules: Collection[str],
    rooms: Mapping[str, str] | None = None,
    platform: str = AUTO,
    tables: Tables = Tables(),
) -> Intake:
    """Read every submission of a folder or an archive into memory, sorted by id.

    Parameters
    ----------
    modules : file names of the course, such as {"softmax.py", "batchnorm.py"}.
    rooms : the module of each room to be graded, by the room's name.
    platform : its name, or "auto" to tell it by the names.

    Returns
    -------
    One Submission for each entry; one that cannot be read has `problem` set and no sources. Hidden files and files
    that no platform knows are passed over.

    Raises
    ------
    IntakeError : `place` is missing, is neither folder nor zip, cannot be listed, is empty, has no known file in it,
        or could be of two platforms.
    """
    with opened_download(place) as whole:
        chosen, download = recognised(whole, place, platform, rooms or {})
        entries = chosen.entries(download, rooms or {})
        if chosen.settle:
            entries = chosen.settle(entries, lambda entry: is_known(entry, tables.roster))
        _refuse_nothing(download, place, chosen, entries)
        attempts = as_attempts(with_times(join(entries, tables.roster), tables.times))
        kinds = Kinds(download)
        outcomes = [read_entry(download, kinds, attempt.joined.entry, modules) for attempt in attempts]
        passed_over = _passed_over(download, place, chosen, entries)
    if all(outcome.nothing_there for outcome in outcomes):
        raise IntakeError(
            f"{place} has {_counted(attempts)}, and no .py, .ipynb or .zip in any; "
            f"expected {LOOKED_FOR}. Is this the folder of submissions?"
        )
    return _intake(
        chosen, attempts, outcomes, modules, passed_over, tuple(remarks_on(attempts, tables.roster, tables.times))
    )


def _intake(
    platform: Platform,
    attempts: Sequence[Attempt],
    outcomes: Sequence[Outcome],
    modules: Collection[str],
    passed_over: tuple[str, ...],
    remarks: tuple[str, ...],
) -> Intake:
    ids = safe_ids([_key(attempt) for attempt in attempts])
    parts = zip(ids, attempts, outcomes, _namesakes(attempts), strict=True)
    submissions = [
        _submission(identity, attempt, outcome, others, modules) for identity, attempt, outcome, others in parts
    ]
    return Intake(
        platform=platform,
        submissions=tuple(sorted(submissions, key=lambda submission: submission.id)),
        standings={identity: _standing(attempt) for identity, attempt in zip(ids, attempts, strict=True)},
        passed_over=passed_over,
        remarks=remarks,
    )


def _refuse_nothing(download: Opened, place: Path, platform: Platform, entries: Sequence[Entry]) -> None:
    """Raise `IntakeError`, with what was seen, when there is no submission at all."""
    if entries:
        return
    seen = [each.name for each in listed_or_refused(download, place)]
    if not seen:
        raise IntakeError(f"{place} is empty; expected {LOOKED_FOR}. Copy the submissions into it.")
    names = ", ".join(shown(from_disk(name)) for name in seen[:5])
    wanted = f"looked {LOOKED_FOR}" if platform is PLAIN else f"looked for what is in {platform.title}"
    others = [each.title for each in PLATFORMS.values() if each is not platform and each.claims(download)]
    advice = f"By its names it is {others[0]}: leave --platform out" if others else "Is this the folder of submissions?"
    raise IntakeError(
        f"{place} has no submission in it: {wanted}; saw only {names}{' and more' if len(seen) > 5 else ''}. {advice}"
    )


def _passed_over(download: Opened, place: Path, platform: Platform, entries: Sequence[Entry]) -> tuple[str, ...]:
    taken = {path.partition("/")[0] for entry in entries for path in entry.pieces} | {*platform.claims(download)}
    left = (each for each in listed_or_refused(download, place) if each.kind != "folder" or each.name == "..")
    names = (from_disk(each.name) for each in left if each.name not in taken)
    return tuple(name for name in names if not name.startswith(".") or name == "..")


def _key(attempt: Attempt) -> str:
    """Return the text that the files of an attempt are named for: the same whichever other students there are."""
    entry = attempt.joined.entry
    key = entry.key or entry.student
    return f"{key}-attempt-{attempt.number}" if attempt.total > 1 and entry.ids and attempt.number > 1 else key


def _submission(
    identity: str, attempt: Attempt, outcome: Outcome, others: Sequence[str], modules: Collection[str]
) -> Submission:
    entry, content = attempt.joined.entry, outcome.content
    notes, doubts = [*entry.notes, *content.notes], [*entry.doubts]
    if entry.form in ("py", "ipynb") and f"{entry.student}.py" in modules:
        notes.append(
            say(
                "named for an exercise and not for a student;"
                " if these are one student's files, put them into a folder with the student's name"
            )
        )
    if others:
        more = say(" and {n:,} more", n=len(others) - 3) if len(others) > 3 else ""
        doubts.append(
            say(
                "the same student also has {names}{more}, graded apart from this",
                names=", ".join(others[:3]),
                more=more,
            )
        )
    return Submission(
        id=identity,
        student=_student(attempt),
        origin=from_disk(next(iter(entry.pieces), "")),
        form=entry.form,
        sources=content.sources,
        notes=at_most(notes),
        doubts=at_most(doubts),
        problem=outcome.problem,
        digest=digest_of(entry.form, content.sources, shared=content.shared, problem=outcome.problem),
        shared=content.shared,
        people=attempt.joined.people,
        attempt=attempt.number,
        submitted=entry.submitted,
        commit=entry.commit,
    )


def _student(attempt: Attempt) -> str:
    """Return the name for people: of the roster where it has one, of a group its own."""
    joined = attempt.joined
    return (
        joined.people[0].name
        if joined.members and len(joined.people) == 1 and joined.entry.group is None
        else joined.entry.student
    )


def _standing(attempt: Attempt) -> Standing:
    """Return what the roster says of an attempt; of a group, the latest of its due dates holds for all of it."""
    members = attempt.joined.members
    dues = [member.due for member in members]
    return Standing(
        owner=attempt.owner,
        due=max((due for due in dues if due is not None), default=None),
        exempt=bool(members) and all(member.exempt for member in members),
        is_last=not attempt.in_order or attempt.number == attempt.total,
        is_only=attempt.total == 1,
    )


def _namesakes(attempts: Sequence[Attempt]) -> list[list[str]]:
    """For each entry, the others whose student has the same name to the eye, however its letters are encoded.

    Only where the name is all that is known of them.
    """
    names = [
        None if attempt.joined.entry.ids or attempt.joined.members else _to_the_eye(attempt.joined.entry.student)
        for attempt in attempts
    ]
    alike: dict[str | None, list[int]] = {}
    for place, name in enumerate(names):
        alike.setdefault(name, []).append(place)
    return [
        [] if name is None else [origin_of(attempts[other].joined) for other in alike[name] if other != place]
        for place, name in enumerate(names)
    ]


def _to_the_eye(name: str) -> str:
    return unicodedata.normalize("NFC", name)


def _counted(attempts: Sequence[Attempt]) -> str:
    return "one folder" if len(attempts) == 1 else f"{len(attempts):,} folders"
