"""A folder of submissions that no platform has named: a folder, a zip, a .py or a notebook for each student."""

import re
from collections.abc import Collection, Sequence
from pathlib import PurePosixPath

from autograder.intake.folders import from_disk, is_ignored
from autograder.intake.platforms.entry import Download, Entry, Place, Platform
from autograder.intake.submission import Form

_FORMS: dict[str, Form] = {".py": "py", ".ipynb": "ipynb", ".zip": "zip"}
_SUFFIX = re.compile(r"\.[a-z][a-z0-9]{0,4}")
_OTHER_ARCHIVES = (".7z", ".bz2", ".gz", ".rar", ".tar", ".tgz", ".xz", ".zst")


def plain_entry(place: Place) -> Entry | None:
    """Return the submission that a folder or file is, named for its student; None for anything else."""
    suffix = PurePosixPath(place.name).suffix.lower()
    if is_ignored(place.name):
        return None
    # What a link leads to is not looked at, so "J. Doe" is taken for a student's folder, and "roster.csv" is not.
    if place.kind == "folder" or (place.kind != "file" and not _SUFFIX.fullmatch(suffix)):
        return Entry(from_disk(place.name), {place.name: ""})
    if suffix in _FORMS or suffix in _OTHER_ARCHIVES:
        student = PurePosixPath(from_disk(place.name)).stem
        return Entry(student, {place.name: place.name}, form=_FORMS.get(suffix, "zip"))
    return None


def _entries(download: Download, _: Collection[str]) -> Sequence[Entry]:
    return [entry for place in download.listed() if (entry := plain_entry(place))]


PLAIN = Platform("folder", "a folder with an entry for each student", lambda _: (), _entries)
