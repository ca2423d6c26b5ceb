"""Reads a folder that is one student's, as a platform hands it over: as hostile as any, with the same bounds."""

import os
from collections.abc import Collection
from pathlib import Path

from autograder.intake.archives import opened_archive
from autograder.intake.choosing import Content, read_answers
from autograder.intake.folders import (
    ARCHIVE_SUFFIX,
    cannot_be_opened,
    from_disk,
    list_folder,
    opened_file,
    opened_folder,
    read_file,
)
from autograder.intake.names import shown
from autograder.intake.refusals import NothingFoundError, UnreadableError, at_most
from autograder.intake.submission import Submission, digest_of
from autograder.language import say


def read_alone(folder: Path, modules: Collection[str], identity: str) -> Submission:
    """Return the one submission that `folder` is; one that cannot be read has `problem` set and no sources.

    modules: file names of the course, such as {"softmax.py"}. identity: its id, safe as a file stem.
    """
    problem, content = None, Content({}, None, [])
    try:
        parent = os.open(folder.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            content = _content(parent, folder.name, modules)
        finally:
            os.close(parent)
    except UnreadableError as error:
        problem = str(error)
    except OSError as error:
        problem = cannot_be_opened(error)
    return Submission(
        id=identity,
        student=identity,
        origin=folder.name,
        form="folder",
        sources=content.sources,
        notes=at_most(content.notes),
        problem=problem,
        digest=digest_of("folder", content.sources, shared=content.shared, problem=problem),
        shared=content.shared,
    )


def _content(parent: int, name: str, modules: Collection[str]) -> Content:
    with opened_folder(parent, name) as folder:
        found = list_folder(folder)
        if not (found.sources or found.archives or found.notes):
            raise NothingFoundError(say("holds no .py, .ipynb or .zip; hand in the course's files"))
        if found.sources or len(found.archives) != 1 or not found.archives[0].lower().endswith(ARCHIVE_SUFFIX):
            return read_answers(found, lambda path, limit: read_file(folder, path, limit), modules)
        with opened_file(folder, found.archives[0]) as stream, opened_archive(stream) as archive:
            content = read_answers(archive.found, archive.read, modules)
        note = say("read from {name}", name=shown(from_disk(found.archives[0])))
        return Content(content.sources, content.shared, [note, *found.notes, *content.notes])
