"""A folder of git clones, one a student: read like any folder of submissions, with the commit that each is at."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from autograder.intake.folders import Kind
from autograder.intake.platforms.entry import Download, Entry, Place, Platform
from autograder.intake.platforms.git_objects import commit_seconds, head_commit
from autograder.intake.platforms.plain import plain_entry
from autograder.language import phrase, say
from autograder.moments import in_utc

_ELSEWHERE = phrase("its .git leads elsewhere and was not followed, so its commit is not known")
_UNKNOWN = phrase("its commit cannot be told")
_AS_IT_STANDS = phrase("graded as its files stand, whether or not they are all in commit {commit}")
_NO_CLONE = phrase("no git clone, graded as its files stand")


def _git(download: Download, place: Place) -> Kind | None:
    if place.kind != "folder":
        return None
    return next((below.kind for below in download.listed(place.name) if below.name == ".git"), None)


def _claims(download: Download) -> Collection[str]:
    """Claim all that could be a submission as soon as one of them is a clone: some hand in without git."""
    places = download.listed()
    if not any(_git(download, place) for place in places):
        return ()
    return [place.name for place in places if plain_entry(place)]


def _entries(download: Download, _: Collection[str]) -> Sequence[Entry]:
    found = ((place, plain_entry(place)) for place in download.listed())
    return [_with_commit(download, place, entry) for place, entry in found if entry]


def _with_commit(download: Download, place: Place, entry: Entry) -> Entry:
    kind = _git(download, place)
    if kind is None:
        return replace(entry, notes=(say(_NO_CLONE),))
    if kind != "folder":
        return replace(entry, notes=(say(_ELSEWHERE),))
    git = f"{place.name}/.git"
    commit = head_commit(download, git)
    if commit is None:
        return replace(entry, notes=(say(_UNKNOWN),))
    seconds = commit_seconds(download, git, commit)
    submitted = in_utc(datetime.fromtimestamp(seconds, UTC)) if seconds is not None and seconds < 1 << 35 else None
    return replace(
        entry,
        commit=commit,
        submitted=submitted,
        told_by=say("its commit, which a student can date"),
        notes=(say(_AS_IT_STANDS, commit=commit[:12]),),
    )


CLONES = Platform("git", "a folder of git clones", _claims, _entries)
