"""Gradescope's "Export Submissions": a folder `submission_<number>` each, and submission_metadata.yml beside them.

The file names who handed each in, when, and everything that Gradescope itself has found, of which nothing is read. It
is read as text alone: no tag in it makes an object, and a student id keeps its zeros.
"""

import importlib
import re
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from autograder.errors import IntakeError
from autograder.intake.platforms.entry import Download, Entry, Platform
from autograder.intake.refusals import UnreadableError
from autograder.language import say
from autograder.moments import in_utc

METADATA = "submission_metadata.yml"
_MOST_BYTES = 64 * 1024 * 1024
_MOST_DEPTH = 50  # the file's own is 8
_FOLDER = re.compile(r"submission_\w+")
_TIME = re.compile(r"(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.(\d{1,6})\d*)? ?(Z|UTC|[+-]\d\d:?\d\d)")
_IDS = {":email": "email", ":sid": "sis"}


def _claims(download: Download) -> Collection[str]:
    places = download.listed()
    if METADATA not in {place.name for place in places}:
        return ()
    return [place.name for place in places if _FOLDER.fullmatch(place.name) or place.name == METADATA]


def _entries(download: Download, _: Collection[str]) -> Sequence[Entry]:
    told = _metadata(download)
    return [_entry(place.name, told.get(place.name)) for place in download.listed() if _FOLDER.fullmatch(place.name)
            and place.name != METADATA]  # fmt: skip


def _metadata(download: Download) -> Mapping[str, Any]:
    """Return what the file says by folder. Raises `IntakeError` where it cannot be read."""
    try:
        data = download.read(METADATA, _MOST_BYTES)
    except (OSError, UnreadableError) as error:
        raise IntakeError(
            f"{METADATA} cannot be read ({error}); a Gradescope export has it beside its folders submission_…. Export"
            " the submissions again, or grade the folders as they are with --platform folder."
        ) from None
    try:
        yaml = importlib.import_module("yaml")
    except ImportError:
        raise IntakeError(
            f"{METADATA} is YAML, and reading it needs PyYAML: pip install pyyaml. Or grade the folders as they are,"
            " without names, with --platform folder."
        ) from None
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        _refuse_too_deep(yaml, data, loader)
        told = yaml.load(data, Loader=loader)
    except (yaml.YAMLError, UnicodeDecodeError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f", line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        reason = getattr(error, "problem", None) or type(error).__name__
        raise IntakeError(f"{METADATA}{place}: is no YAML ({reason}); export the submissions again.") from None
    if not isinstance(told, dict):
        raise IntakeError(
            f"{METADATA}: expected a table with a folder's name on each line; export the submissions again."
        )
    return told


def _refuse_too_deep(yaml: Any, data: bytes, loader: Any) -> None:
    """Raise `IntakeError` for tables within tables without end: the fast loader would take the process down."""
    depth = 0
    for event in yaml.parse(data, Loader=loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _MOST_DEPTH:
            raise IntakeError(f"{METADATA}: holds tables within tables without end; export the submissions again.")


def _entry(folder: str, told: object) -> Entry:
    number = folder.removeprefix("submission_")
    table = told if isinstance(told, dict) else {}
    given = table.get(":submitters")
    members = tuple(_member(each) for each in given if isinstance(each, dict)) if isinstance(given, list) else ()
    submitted = _moment(table.get(":created_at"))
    if not members:
        note = say("{file} names nobody for it", file=METADATA)
        return Entry(folder, {folder: ""}, submitted=submitted, told_by=METADATA, notes=(note,))
    names = "; ".join(name for name, _ in members)
    if len(members) > 1:
        return Entry(
            names, {folder: ""}, members=members, key=f"{names}-{number}", submitted=submitted, told_by=METADATA
        )
    ((name, ids),) = members
    key = f"{name}-{ids.get('sis') or ids.get('email') or number}"
    return Entry(name, {folder: ""}, ids=ids, key=key, submitted=submitted, told_by=METADATA)


def _member(told: Mapping[str, object]) -> tuple[str, Mapping[str, str]]:
    ids = {
        kind: value.strip() for key, kind in _IDS.items() if isinstance(value := told.get(key), str) and value.strip()
    }
    name = told.get(":name")
    return (name.strip() if isinstance(name, str) else "") or next(iter(ids.values()), ""), ids


def _moment(told: object) -> str | None:
    """Return in UTC a time as Ruby writes it: 2026-04-26 17:34:00.861687000 Z."""
    found = _TIME.fullmatch(told.strip()) if isinstance(told, str) else None
    if found is None:
        return None
    zone = "+00:00" if found[4] in ("Z", "UTC") else found[4]
    try:
        return in_utc(datetime.fromisoformat(f"{found[1]}T{found[2]}.{found[3] or '0':0<6}{zone}"))
    except (ValueError, OverflowError):
        return None


GRADESCOPE = Platform("gradescope", "Gradescope's export of submissions", _claims, _entries)
