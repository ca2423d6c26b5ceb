"""Reads what an entry of a download consists of, as the files of one student."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from autograder.intake.archives import opened_archive
from autograder.intake.choosing import Content, read_answers
from autograder.intake.folders import ARCHIVE_SUFFIX, LEFT_ALONE, Found, Kind, cannot_be_opened, from_disk
from autograder.intake.names import shown
from autograder.intake.platforms.entry import Download, Entry
from autograder.intake.refusals import NothingFoundError, UnreadableError
from autograder.language import say


@dataclass(frozen=True)
class Outcome:
    """What came of reading one entry; problem: why it could not be read. nothing_there: no file could be an answer."""

    content: Content
    problem: str | None = None
    nothing_there: bool = False


@dataclass
class Kinds:
    """What each path of a download is; remembers every folder that it has looked into."""

    download: Download
    seen: dict[str, Mapping[str, Kind]] = field(default_factory=dict)

    def __getitem__(self, path: str) -> Kind:
        folder, _, name = path.rpartition("/")
        if folder not in self.seen:
            self.seen[folder] = {place.name: place.kind for place in self.download.listed(folder)}
        if name not in self.seen[folder]:
            raise FileNotFoundError(2, "it is gone")
        return self.seen[folder][name]


def read_entry(download: Download, kinds: Kinds, entry: Entry, modules: Collection[str]) -> Outcome:
    """Return the answers of an entry; what is wrong with it is said in the outcome and costs nobody else."""
    nothing = Content({}, None, [])
    if entry.problem is not None:
        return Outcome(nothing, entry.problem)
    try:
        return Outcome(_content(download, kinds, entry, modules))
    except UnreadableError as error:
        return Outcome(nothing, str(error), isinstance(error, NothingFoundError))
    except OSError as error:
        return Outcome(nothing, cannot_be_opened(error))


def _content(download: Download, kinds: Kinds, entry: Entry, modules: Collection[str]) -> Content:
    if len(entry.pieces) == 1:
        ((path, _),) = entry.pieces.items()
        if kinds[path] in LEFT_ALONE:
            raise UnreadableError(say(LEFT_ALONE[kinds[path]]))
        if entry.form == "zip":
            return _archive_content(download, path, modules)
        if entry.form != "folder":
            return read_answers(Found(sources=[path]), download.read, modules)
    return _pieces_content(download, kinds, entry, modules)


def _pieces_content(download: Download, kinds: Kinds, entry: Entry, modules: Collection[str]) -> Content:
    found, paths = _together(download, kinds, entry)
    if not (found.sources or found.archives or found.notes):
        raise NothingFoundError(say("holds no .py, .ipynb or .zip; hand in the course's files"))
    if not found.sources and len(found.archives) == 1:
        archive = found.archives[0]
        content = _archive_content(download, paths[archive], modules)
        notes = [say("read from {name}", name=shown(from_disk(archive))), *found.notes, *content.notes]
        return Content(content.sources, content.shared, notes)
    return read_answers(found, lambda name, limit: download.read(paths[name], limit), modules)


def _together(download: Download, kinds: Kinds, entry: Entry) -> tuple[Found, dict[str, str]]:
    """Return what all pieces hold, and where in the download each file is, by the name that the student gave it."""
    together = Found()
    paths: dict[str, str] = {}
    for piece, called in entry.pieces.items():
        kind = kinds[piece]
        if kind == "folder":
            found = download.found(piece)
            together.notes += found.notes
            names = {
                f"{called}/{name}" if called else name: f"{piece}/{name}" for name in found.sources + found.archives
            }
        elif kind == "file":
            names = {called: piece}
        else:
            together.notes.append(f"{shown(from_disk(called or piece))}: {say(LEFT_ALONE[kind])}")
            continue
        for name, path in names.items():
            own = name if name not in paths else f"{piece}/{name}"
            paths[own] = path
            together.add(own)
    return together, paths


def _archive_content(download: Download, path: str, modules: Collection[str]) -> Content:
    if not path.lower().endswith(ARCHIVE_SUFFIX):
        raise UnreadableError(
            say("is a {suffix} archive, and only .zip is read; hand in a .zip", suffix=PurePosixPath(path).suffix)
        )
    with download.opened(path) as stream, opened_archive(stream) as archive:
        return read_answers(archive.found, archive.read, modules)
