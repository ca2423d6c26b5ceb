"""Which platform a download is from, told by its names; never guessed where two would do."""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path, PurePosixPath

from autograder.errors import IntakeError
from autograder.intake.downloads import ArchivedDownload, Opened, listed_or_refused
from autograder.intake.folders import SOURCE_SUFFIXES, from_disk, is_ignored
from autograder.intake.names import shown
from autograder.intake.platforms.canvas import CANVAS
from autograder.intake.platforms.clones import CLONES
from autograder.intake.platforms.entry import Place, Platform
from autograder.intake.platforms.gradescope import GRADESCOPE
from autograder.intake.platforms.moodle import MOODLE
from autograder.intake.platforms.nbgrader import NBGRADER
from autograder.intake.platforms.plain import PLAIN, plain_entry

AUTO = "auto"
PLATFORMS: Mapping[str, Platform] = {
    platform.name: platform for platform in (PLAIN, MOODLE, CANVAS, GRADESCOPE, NBGRADER, CLONES)
}
# As deep as an archive wraps what it holds: macOS and Gradescope put one folder around it.
_WRAPPINGS = 3


def recognised(download: Opened, place: Path, wanted: str, rooms: Mapping[str, str]) -> tuple[Platform, Opened]:
    """Return the platform of a download and the download from where its submissions begin.

    wanted: a platform's name, or "auto". Raises `IntakeError` where the names speak for two platforms, or not for all,
    and where clones are wanted and there is none.
    """
    for begins in _beginnings(download, place):
        if wanted != AUTO:
            if PLATFORMS[wanted].claims(begins):
                return PLATFORMS[wanted], begins
        elif platform := _by_names(begins, place, rooms):
            return platform, begins
    if wanted == CLONES.name:
        raise IntakeError(
            f"{place} holds no git clone: none of what is in it has a .git; leave --platform out, or say --platform"
            f" {PLAIN.name}"
        )
    return PLATFORMS[PLAIN.name if wanted == AUTO else wanted], _unwrapped(download, place, rooms)


def _beginnings(download: Opened, place: Path) -> list[Opened]:
    """Return the download, and what begins at a folder that holds all the rest."""
    beginnings = [download]
    for _ in range(_WRAPPINGS):
        visible = [each for each in listed_or_refused(beginnings[-1], place) if not is_ignored(each.name)]
        if len(visible) != 1 or visible[0].kind != "folder":
            break
        beginnings.append(beginnings[-1].within(visible[0].name))
    return beginnings


def _unwrapped(download: Opened, place: Path, rooms: Mapping[str, str]) -> Opened:
    """Return a zip from below the folder that whoever packed it has put around all submissions."""
    if not isinstance(download, ArchivedDownload):
        return download
    likely = []
    for begins in _beginnings(download, place)[1:]:
        inside = [each for each in begins.listed() if plain_entry(each)]
        if inside and not _is_one_students(inside, rooms):
            likely.append((len(inside) == 1, begins))
    # A folder in a folder in a folder: the first is the wrapping, the second the only student.
    return min(likely, key=lambda pair: pair[0], default=(False, download))[1]


def _is_one_students(inside: Sequence[Place], rooms: Mapping[str, str]) -> bool:
    """Whether what lies in a folder is named for the course and not for students, or is a single file."""
    sources = [PurePosixPath(each.name) for each in inside if each.name.lower().endswith(SOURCE_SUFFIXES)]
    stems = {path.stem.casefold() for path in sources}
    return len(inside) == len(sources) == 1 or bool(
        stems & set(rooms.values()) or {each.name for each in inside} & set(rooms)
    )


def _by_names(download: Opened, place: Path, rooms: Mapping[str, str]) -> Platform | None:
    places = listed_or_refused(download, place)
    claims = {name: set(platform.claims(download)) for name, platform in PLATFORMS.items()}
    claims[NBGRADER.name] -= _not_nbgraders(download, claims[NBGRADER.name], rooms)
    claiming = [name for name in PLATFORMS if claims[name]]
    if not claiming:
        return None
    rest = [each.name for each in places if plain_entry(each) and each.name not in claims[claiming[0]]]
    if len(claiming) == 1 and not rest:
        return PLATFORMS[claiming[0]]
    seen = [f"{len(claims[name])} like {PLATFORMS[name].title} (--platform {name})" for name in claiming]
    if len(claiming) == 1:
        example = shown(from_disk(rest[0]))
        seen.append(f"{len(rest)} like {PLAIN.title} (--platform {PLAIN.name}), such as {example}")
    raise IntakeError(
        f"{place} holds {' and '.join(seen)}, so it is not clear what it is; say it with --platform, or keep them apart"
    )


def _not_nbgraders(download: Opened, claimed: Collection[str], rooms: Mapping[str, str]) -> set[str]:
    """Return the folders that nbgrader has not made, though others may be its own: its files lie in a room's folder."""
    if not claimed or not NBGRADER.entries(download, rooms):
        return set(claimed)
    return {
        name
        for name in claimed
        if any(each.kind == "file" and each.name.lower().endswith(SOURCE_SUFFIXES) for each in download.listed(name))
    }
