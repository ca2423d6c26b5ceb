"""What an instructor has downloaded, opened for reading: a folder, or an archive that is never unpacked to disk.

Of an archive, what is wrong with an entry is a matter of the student whose entry it is: the entries below a student's
folder are judged together, as the student's own zip would be, and only when they are asked for.
"""

import io
import os
import re
import stat
import zipfile
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import BinaryIO, TypeAlias

from autograder.errors import IntakeError
from autograder.intake.archives import Archive, judged_archive, lenient_steps, opened_zip
from autograder.intake.folders import (
    ARCHIVE_SUFFIX,
    Found,
    Kind,
    kind_of,
    list_folder,
    opened_file,
    opened_folder,
    read_file,
)
from autograder.intake.names import shown
from autograder.intake.platforms.entry import Place
from autograder.intake.refusals import (
    MAX_ARCHIVE_BYTES,
    MAX_COHORT_DIRECTORY_BYTES,
    MAX_COHORT_ENTRIES,
    MAX_COHORT_UNPACKED_BYTES,
    MAX_NAME,
    MAX_UNPACKED_BYTES,
    RefusedError,
    UnreadableError,
    in_mebibytes,
)

LOOKED_FOR = "for each student a folder, a .zip, a .py or an .ipynb, named for the student"
# No platform puts a student's work deeper than this; what is deeper is found below the student's folder.
_LISTED_STEPS = 4

Opened: TypeAlias = "FolderDownload | ArchivedDownload"


@dataclass(frozen=True)
class FolderDownload:
    """A folder on disk, by its descriptor; base: the folder below it that the paths begin at."""

    root: int
    base: str = ""

    def within(self, folder: str) -> "FolderDownload":
        """Return the download that begins at a folder of this one."""
        return replace(self, base=self._path(folder))

    def listed(self, folder: str = "") -> Sequence[Place]:
        """Return what lies right below a folder, sorted by name; nothing where a student's folder cannot be listed."""
        try:
            with opened_folder(self.root, self._path(folder)) as here, os.scandir(here) as scan:
                places = [Place(entry.name, kind_of(entry)) for entry in islice(scan, MAX_COHORT_ENTRIES + 1)]
        except OSError:
            if not folder:
                raise
            return ()
        if not folder and len(places) > MAX_COHORT_ENTRIES:
            raise UnreadableError(f"holds more than {MAX_COHORT_ENTRIES:,} files and folders; give it in parts")
        return sorted(places, key=lambda place: place.name)

    def found(self, folder: str) -> Found:
        """Return everything below a folder that can be read, by path relative to that folder."""
        with opened_folder(self.root, self._path(folder)) as here:
            return list_folder(here)

    @contextmanager
    def opened(self, path: str) -> Iterator[BinaryIO]:
        """Open the file at `path`."""
        with opened_file(self.root, self._path(path)) as stream:
            yield stream

    def read(self, path: str, limit: int) -> bytes:
        """Return the file at `path`. Raises `UnreadableError` when it has more than `limit` bytes."""
        return read_file(self.root, self._path(path), limit)

    def _path(self, path: str) -> str:
        return "/".join(part for part in (self.base, path) if part)


@dataclass(frozen=True)
class ArchivedDownload:
    """An open zip of what all students handed in; base: the folder in it that the paths begin at.

    paths: every entry by its decoded path, sorted. below: what lies right below the folders near the top.
    """

    zip_file: zipfile.ZipFile
    paths: Sequence[tuple[str, zipfile.ZipInfo]]
    below: Mapping[str, Mapping[str, Kind]]
    base: str = ""

    def within(self, folder: str) -> "ArchivedDownload":
        """Return the download that begins at a folder of this one."""
        return replace(self, base=self._path(folder))

    def listed(self, folder: str = "") -> Sequence[Place]:
        """Return what lies right below a folder, sorted by name; nothing where there is no folder."""
        places = self.below.get(self._path(folder), {})
        return [Place(name, places[name]) for name in sorted(places)]

    def found(self, folder: str) -> Found:
        """Return everything below a folder that can be read, by path relative to it; RefusedError if it is hostile."""
        return self._archive(folder).found

    @contextmanager
    def opened(self, path: str) -> Iterator[BinaryIO]:
        """Unpack the file at `path` into memory."""
        yield io.BytesIO(self.read(path, MAX_ARCHIVE_BYTES))

    def read(self, path: str, limit: int) -> bytes:
        """Return the file at `path`. Raises `UnreadableError` when it has more than `limit` bytes."""
        folder, _, name = path.rpartition("/")
        full = self._path(path)
        at = bisect_left(self.paths, full, key=lambda pair: pair[0])
        own = [entry for each, entry in self.paths[at : at + 2] if each == full]
        archive = judged_archive(self.zip_file, own, self._path(folder))
        if name not in archive.members:
            raise FileNotFoundError(2, os.strerror(2))
        return archive.read(name, limit)

    def _archive(self, folder: str) -> Archive:
        prefix = f"{self._path(folder)}/"
        at = bisect_left(self.paths, prefix, key=lambda pair: pair[0])
        # The character after "/" ends what begins with the prefix.
        end = bisect_left(self.paths, f"{prefix[:-1]}0", key=lambda pair: pair[0])
        return judged_archive(self.zip_file, [entry for _, entry in self.paths[at:end]], prefix[:-1])

    def _path(self, path: str) -> str:
        return "/".join(part for part in (self.base, path) if part)


@contextmanager
def opened_download(place: Path) -> Iterator[Opened]:
    """Open a folder of submissions, or a zip of them. Raises `IntakeError` when it is neither or cannot be opened."""
    if not place.exists():
        raise IntakeError(f"no folder and no .zip {place}; expected one that holds {LOOKED_FOR}. Check the path.")
    if place.is_file() and place.name.lower().endswith(ARCHIVE_SUFFIX):
        with _opened_archive(place) as archive:
            yield archive
        return
    if not place.is_dir():
        raise IntakeError(
            f"{place} is not a folder; expected one that holds {LOOKED_FOR}. "
            f"Put it into a folder of its own and give that folder, or give the .zip of a whole course's submissions."
        )
    try:
        root = os.open(place, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError as error:
        raise IntakeError(f"{place} cannot be opened ({error.strerror}); give yourself the right to read it.") from None
    try:
        yield FolderDownload(root)
    finally:
        os.close(root)


@contextmanager
def _opened_archive(place: Path) -> Iterator[ArchivedDownload]:
    try:
        stream = place.open("rb")
    except OSError as error:
        raise IntakeError(f"{place} cannot be opened ({error.strerror}); give yourself the right to read it.") from None
    with ExitStack() as opened:
        opened.enter_context(stream)
        try:
            zip_file = opened.enter_context(opened_zip(stream, MAX_COHORT_DIRECTORY_BYTES, MAX_COHORT_ENTRIES))
        except RefusedError as error:
            # What comes after is advice to students, and whoever grades did not pack it.
            seen = re.split("[;；]", str(error))[0]
            raise IntakeError(f"{place} {seen}; download it again, or unpack it and give the folder") from None
        yield _archived(place, zip_file)


def _archived(place: Path, zip_file: zipfile.ZipFile) -> ArchivedDownload:
    entries = zip_file.infolist()
    steps = [_bounded(lenient_steps(entry)) for entry in entries]
    _refuse_beyond_bounds(place, entries, steps)
    below: dict[str, dict[str, Kind]] = {"": {}}
    for entry, path in zip(entries, steps, strict=True):
        for depth in range(min(len(path), _LISTED_STEPS)):
            is_last = depth == len(path) - 1
            kind = _kind(entry) if is_last else "folder"
            places = below.setdefault("/".join(path[:depth]), {})
            if places.get(path[depth]) != "folder":
                places[path[depth]] = kind
    paths = sorted(
        (("/".join(path), entry) for path, entry in zip(steps, entries, strict=True)), key=lambda two: two[0]
    )
    return ArchivedDownload(zip_file, paths, below)


def _bounded(steps: list[str]) -> list[str]:
    """Return the steps of a name, of an endless one only as many as tell whose it is: it is refused when it is read."""
    return steps if sum(map(len, steps)) + len(steps) <= MAX_NAME + 1 else [step[:MAX_NAME] for step in steps[:2]]


def _kind(entry: zipfile.ZipInfo) -> Kind:
    mode = stat.S_IFMT(entry.external_attr >> 16)
    if entry.orig_filename.endswith(("/", "\\")):
        return "folder"
    if mode == stat.S_IFLNK:
        return "link"
    return "file" if mode in (0, stat.S_IFREG) else "special"


def _refuse_beyond_bounds(place: Path, entries: Sequence[zipfile.ZipInfo], steps: Sequence[Sequence[str]]) -> None:
    sizes: Counter[str] = Counter()
    numbers: Counter[str] = Counter()
    for entry, path in zip(entries, steps, strict=True):
        numbers["/".join(path[:2])] += 1
        sizes["/".join(path[:2])] += entry.file_size
    if len(entries) > MAX_COHORT_ENTRIES:
        name, number = numbers.most_common(1)[0]
        raise IntakeError(
            f"{place} holds {len(entries):,} entries, and {MAX_COHORT_ENTRIES:,} is the most; {number:,} of them are"
            f" in {shown(name)}. Unpack it, remove what is no submission, and give the folder."
        )
    # Who claims more than a student may have is refused alone.
    unpacked = sum(size for size in sizes.values() if size <= MAX_UNPACKED_BYTES)
    if unpacked > MAX_COHORT_UNPACKED_BYTES:
        raise IntakeError(
            f"{place} unpacks to {in_mebibytes(unpacked)}, and {in_mebibytes(MAX_COHORT_UNPACKED_BYTES)} is the most;"
            f" give it in parts."
        )


def listed_or_refused(download: Opened, place: Path) -> Sequence[Place]:
    """Return what lies right below the download; `IntakeError` where it cannot be listed."""
    try:
        return download.listed()
    except OSError as error:
        raise IntakeError(f"{place} cannot be listed ({error.strerror}); give yourself the right to read it.") from None
    except UnreadableError as error:
        raise IntakeError(f"{place} {error}") from None
