"""Turns the folder that an instructor has into submissions, one for each student.

Everything below that folder was written by students and is taken for hostile: nothing is imported, parsed or
unpacked to disk, no link is followed, nothing but ordinary files is opened, and every read has a bound.
What is wrong with one submission is said in that submission alone.
"""

import os
import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from autograder.errors import IntakeError
from autograder.grading.archives import opened_archive
from autograder.grading.choosing import Content, read_answers
from autograder.grading.folders import (
    ARCHIVE_SUFFIX,
    LEFT_ALONE,
    Found,
    Kind,
    cannot_be_opened,
    from_disk,
    is_ignored,
    kind_of,
    list_folder,
    opened_file,
    opened_folder,
    read_file,
)
from autograder.grading.names import safe_ids, shown
from autograder.grading.refusals import NothingFoundError, UnreadableError, at_most
from autograder.grading.submission import Form, Submission, digest_of
from autograder.language import say

_FORMS: dict[str, Form] = {".py": "py", ".ipynb": "ipynb", ".zip": "zip"}
_SUFFIX = re.compile(r"\.[a-z][a-z0-9]{0,4}")
_OTHER_ARCHIVES = (".7z", ".bz2", ".gz", ".rar", ".tar", ".tgz", ".xz", ".zst")
_LOOKED_FOR = "for each student a folder, a .zip, a .py or an .ipynb, named for the student"


@dataclass(frozen=True)
class _Entry:
    name: str
    form: Form
    kind: Kind

    @property
    def origin(self) -> str:
        return from_disk(self.name)

    @property
    def student(self) -> str:
        return self.origin if self.form == "folder" else PurePosixPath(self.origin).stem


@dataclass(frozen=True)
class _Outcome:
    content: Content
    problem: str | None = None
    nothing_there: bool = False


def read_submissions(folder: Path, modules: Collection[str]) -> list[Submission]:
    """Read every submission in `folder` into memory, sorted by id.

    Parameters
    ----------
    modules : file names of the course, such as {"softmax.py", "batchnorm.py"}.

    Returns
    -------
    One Submission for each entry; one that cannot be read has `problem` set and no sources. Hidden files and
    files that are neither .py, .ipynb nor an archive are passed over in silence.

    Raises
    ------
    IntakeError : `folder` is missing, is no folder, cannot be listed, is empty, or has no known file in it.
    """
    with _opened_root(folder) as root:
        entries = _entries(root, folder)
        outcomes = [_outcome(root, entry, modules) for entry in entries]
    if all(outcome.nothing_there for outcome in outcomes):
        raise IntakeError(
            f"{folder} has {_counted(entries)}, and no .py, .ipynb or .zip in any; "
            f"expected {_LOOKED_FOR}. Is this the folder of submissions?"
        )
    ids = safe_ids([entry.student for entry in entries])
    submissions = [
        _submission(identity, entry, outcome, others, modules)
        for identity, entry, outcome, others in zip(ids, entries, outcomes, _namesakes(entries), strict=True)
    ]
    return sorted(submissions, key=lambda submission: submission.id)


@contextmanager
def _opened_root(folder: Path) -> Iterator[int]:
    if not folder.exists():
        raise IntakeError(f"no folder {folder}; expected one that holds {_LOOKED_FOR}. Check the path.")
    if not folder.is_dir():
        raise IntakeError(
            f"{folder} is not a folder; expected one that holds {_LOOKED_FOR}. "
            f"Put it into a folder of its own and give that folder."
        )
    try:
        root = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError as error:
        raise IntakeError(
            f"{folder} cannot be opened ({error.strerror}); give yourself the right to read it."
        ) from None
    try:
        yield root
    finally:
        os.close(root)


def _entries(root: int, folder: Path) -> list[_Entry]:
    with os.scandir(root) as scan:
        seen = sorted((entry.name, kind_of(entry)) for entry in scan)
    if not seen:
        raise IntakeError(f"{folder} is empty; expected {_LOOKED_FOR}. Copy the submissions into it.")
    known = [entry for name, kind in seen if (entry := _entry(name, kind))]
    if not known:
        names = ", ".join(shown(from_disk(name)) for name, _ in seen[:5])
        raise IntakeError(
            f"{folder} has no submission in it: looked {_LOOKED_FOR}; saw only {names}"
            f"{' and more' if len(seen) > 5 else ''}. Is this the folder of submissions?"
        )
    return known


def _entry(name: str, kind: Kind) -> _Entry | None:
    suffix = PurePosixPath(name).suffix.lower()
    if is_ignored(name):
        return None
    # What a link leads to is not looked at, so "J. Doe" is taken for a student's folder, and "roster.csv" is not.
    if kind == "folder" or (kind != "file" and not _SUFFIX.fullmatch(suffix)):
        return _Entry(name, "folder", kind)
    if suffix in _FORMS:
        return _Entry(name, _FORMS[suffix], kind)
    return _Entry(name, "zip", kind) if suffix in _OTHER_ARCHIVES else None


def _outcome(root: int, entry: _Entry, modules: Collection[str]) -> _Outcome:
    try:
        return _Outcome(_content(root, entry, modules))
    except UnreadableError as error:
        problem, nothing_there = str(error), isinstance(error, NothingFoundError)
    except OSError as error:
        problem, nothing_there = cannot_be_opened(error), False
    return _Outcome(Content({}, None, []), problem, nothing_there)


def _content(root: int, entry: _Entry, modules: Collection[str]) -> Content:
    if entry.kind in LEFT_ALONE:
        raise UnreadableError(say(LEFT_ALONE[entry.kind]))
    if entry.form == "folder":
        return _folder_content(root, entry.name, modules)
    if entry.form == "zip":
        return _archive_content(root, entry.name, modules)
    return read_answers(Found(sources=[entry.name]), lambda name, limit: read_file(root, name, limit), modules)


def _folder_content(root: int, name: str, modules: Collection[str]) -> Content:
    with opened_folder(root, name) as folder:
        found = list_folder(folder)
        if not (found.sources or found.archives or found.notes):
            raise NothingFoundError(say("holds no .py, .ipynb or .zip; hand in the course's files"))
        if not found.sources and len(found.archives) == 1:
            archive = found.archives[0]
            content = _archive_content(folder, archive, modules)
            notes = [say("read from {name}", name=shown(from_disk(archive))), *found.notes, *content.notes]
            return Content(content.sources, content.shared, notes)
        return read_answers(found, lambda path, limit: read_file(folder, path, limit), modules)


def _archive_content(parent: int, path: str, modules: Collection[str]) -> Content:
    if not path.lower().endswith(ARCHIVE_SUFFIX):
        raise UnreadableError(
            say("is a {suffix} archive, and only .zip is read; hand in a .zip", suffix=PurePosixPath(path).suffix)
        )
    with opened_file(parent, path) as stream, opened_archive(stream) as archive:
        return read_answers(archive.found, archive.read, modules)


def _submission(
    identity: str, entry: _Entry, outcome: _Outcome, others: Sequence[str], modules: Collection[str]
) -> Submission:
    content = outcome.content
    notes = [*content.notes]
    if entry.form in ("py", "ipynb") and f"{entry.student}.py" in modules:
        notes.append(
            say(
                "named for an exercise and not for a student;"
                " if these are one student's files, put them into a folder with the student's name"
            )
        )
    if others:
        more = say(" and {n:,} more", n=len(others) - 3) if len(others) > 3 else ""
        notes.append(
            say(
                "the same student also has {names}{more}, graded apart from this",
                names=", ".join(others[:3]),
                more=more,
            )
        )
    return Submission(
        id=identity,
        student=entry.student,
        origin=entry.origin,
        form=entry.form,
        sources=content.sources,
        notes=at_most(notes),
        problem=outcome.problem,
        digest=digest_of(entry.form, content.sources, shared=content.shared, problem=outcome.problem),
        shared=content.shared,
    )


def _namesakes(entries: Sequence[_Entry]) -> list[list[str]]:
    """For each entry, the others whose student has the same name to the eye, however its letters are encoded."""
    alike: dict[str, list[_Entry]] = {}
    for entry in entries:
        alike.setdefault(unicodedata.normalize("NFC", entry.student), []).append(entry)
    return [
        [shown(other.origin) for other in alike[unicodedata.normalize("NFC", entry.student)] if other is not entry]
        for entry in entries
    ]


def _counted(entries: list[_Entry]) -> str:
    return "one folder" if len(entries) == 1 else f"{len(entries):,} folders"
