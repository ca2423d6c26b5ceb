"""Which of the files that a student handed in are answers, and what those say."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from autograder.intake.folders import Found, cannot_be_opened, from_disk
from autograder.intake.names import shown, source_name
from autograder.intake.notebooks import notebook_source
from autograder.intake.refusals import (
    MAX_NOTEBOOK_BYTES,
    MAX_SOURCE_BYTES,
    MAX_SOURCES,
    MAX_SUBMISSION_BYTES,
    RefusedError,
    UnreadableError,
    in_mebibytes,
)
from autograder.intake.sources import decode_source
from autograder.language import say

Read = Callable[[str, int], bytes]

# A room's folder is its number and a short form of its module: a06_init holds initialization.py.
_ROOM_FOLDER = re.compile(r"(?:[a-z]+\d+[_-])?(\w+)", re.IGNORECASE)
_LIKENESS = 4
_NOT_ANSWERS = re.compile(r"(?:test_.*|.*_test|conftest|setup|__init__|__main__)\.py", re.IGNORECASE)
# What browsers and learning platforms put before the suffix of a second upload: "softmax (1)", "softmax-2".
_COPY_MARK = re.compile(r"(?:[ _]?\(\d{1,3}\)|-\d{1,3})\Z")


@dataclass(frozen=True)
class Content:
    """Sources as text by safe name, the one that answers for every module, and notes for people."""

    sources: dict[str, str]
    shared: str | None
    notes: list[str]


def read_answers(found: Found, read: Read, modules: Collection[str]) -> Content:
    """Choose among `found` and read what was chosen.

    A file that cannot be read costs itself and leaves a note, as long as another can be read.

    Raises
    ------
    UnreadableError : nothing can be chosen, or nothing chosen can be read. RefusedError : a bound is passed.
    """
    if len(found.sources) > MAX_SOURCES:
        raise RefusedError(
            say(
                "holds {n:,} source files, and at most {most} are looked at; hand in the course's files only: {names}",
                n=len(found.sources),
                most=MAX_SOURCES,
                names=_listed(modules),
            )
        )
    chosen, shared, remarks = _chosen(found.sources, modules)
    if not chosen:
        raise _nothing_chosen(found, modules)
    sources, notes = _read_chosen(chosen, read)
    if found.archives:
        archives = _listed([shown(from_disk(name)) for name in found.archives])
        notes.append(say("not read, since there are sources beside it: {names}", names=archives))
    return Content(sources, shared if shared in sources else None, [*notes, *remarks, *found.notes])


def _read_chosen(chosen: Mapping[str, str], read: Read) -> tuple[dict[str, str], list[str]]:
    sources: dict[str, str] = {}
    faults: list[str] = []
    notes: list[str] = []
    total = 0
    for key, name in chosen.items():
        try:
            sources[key], remarks = _read_source(name, read)
        except RefusedError:
            raise
        except (UnreadableError, OSError) as error:
            why = cannot_be_opened(error) if isinstance(error, OSError) else error
            faults.append(f"{shown(from_disk(name))}: {why}")
            continue
        notes += [f"{shown(key)}: {remark}" for remark in remarks]
        total += len(sources[key].encode())
        if total > MAX_SUBMISSION_BYTES:
            raise RefusedError(
                say(
                    "holds more than {most} of sources; hand in only your answers",
                    most=in_mebibytes(MAX_SUBMISSION_BYTES),
                )
            )
    if not sources:
        raise UnreadableError("; ".join(faults))
    return sources, faults + notes


def _read_source(name: str, read: Read) -> tuple[str, tuple[str, ...]]:
    if name.lower().endswith(".ipynb"):
        return notebook_source(read(name, MAX_NOTEBOOK_BYTES))
    return decode_source(read(name, MAX_SOURCE_BYTES))


def _chosen(names: Sequence[str], modules: Collection[str]) -> tuple[dict[str, str], str | None, list[str]]:
    """Safe name -> name of every file to read, the safe name of the shared one, and notes."""
    chosen: dict[str, str] = {}
    notes: list[str] = []
    claimed: set[str] = set()
    for module in sorted(modules):
        rivals = _named_for(module, names)
        if not rivals:
            continue
        best = min(rivals, key=lambda name: _rank(name, module))
        rivals = [*rivals, *(name for name in _copies(best, names) if name not in rivals)]
        claimed.update(rivals)
        key = _key_for(best, module)
        chosen[key] = best
        if PurePosixPath(best).name != PurePosixPath(key).name:
            notes.append(say("{file} was read as {name}", file=shown(from_disk(best)), name=shown(key)))
        left = [shown(from_disk(name)) for name in rivals if name != best]
        if left:
            notes.append(say("{name} was read, and not {others}", name=shown(key), others=_listed(left)))
    if len(chosen) == len(set(modules)):
        return chosen, None, notes
    shared, remark = _shared([name for name in names if name not in claimed], alone=not chosen)
    notes += remark
    if shared is None:
        return chosen, None, notes
    key = source_name(from_disk(shared))
    return {**chosen, key: shared}, key, notes


def _named_for(module: str, names: Sequence[str]) -> list[str]:
    """The files that answer for `module`: of that very name, else its notebooks, else nearly of that name."""
    stem = module.removesuffix(".py")
    exact = [name for name in names if PurePosixPath(name).name == f"{stem}.py"]
    notebook = [name for name in names if PurePosixPath(name).name == f"{stem}.ipynb"]
    return exact or notebook or [name for name in names if _plain_stem(name) == stem.casefold()]


def _copies(best: str, names: Sequence[str]) -> list[str]:
    """The files of the same form that some disk, or some browser, would have given the name of `best`."""
    form = PurePosixPath(best).suffix.lower()
    return [name for name in names if _plain_stem(name) == _plain_stem(best) and name.lower().endswith(form)]


def _plain_stem(name: str) -> str:
    return _COPY_MARK.sub("", PurePosixPath(name).stem).casefold()


def _rank(name: str, module: str) -> tuple[bool, int, int, str]:
    """Sorts a file in its room's folder first, then the shortest path."""
    path = PurePosixPath(name)
    room = _ROOM_FOLDER.fullmatch(path.parent.name)
    alike = room is not None and room[1][:_LIKENESS].casefold() == module.removesuffix(".py")[:_LIKENESS]
    return not alike, len(path.parts), len(name), name


def _key_for(name: str, module: str) -> str:
    path = PurePosixPath(source_name(from_disk(name)))
    return str(path.with_name(module.removesuffix(".py") + path.suffix.lower()))


def _shared(names: Sequence[str], *, alone: bool) -> tuple[str | None, list[str]]:
    """The one notebook, or else the one file, of those not named for a module; and a note on the rest."""
    candidates = [name for name in names if not _NOT_ANSWERS.fullmatch(PurePosixPath(name).name)]
    if alone and not candidates:
        candidates = [*names]
    notebooks = [name for name in candidates if name.lower().endswith(".ipynb")]
    best = next((group[0] for group in (notebooks, candidates) if len(group) == 1), None)
    left = [shown(from_disk(name)) for name in candidates if name != best]
    return best, [
        say("not read, for not being named like a file of the course: {others}", others=_listed(left))
    ] if left else []


def _nothing_chosen(found: Found, modules: Collection[str]) -> UnreadableError:
    sources, archives = ([shown(from_disk(name)) for name in names] for names in (found.sources, found.archives))
    if sources:
        seen = say("cannot tell which file counts: holds {names}", names=_listed(sources))
    elif archives:
        seen = say("holds no source, only {names} (a folder may hold one zip, a zip none)", names=_listed(archives))
    else:
        seen = say("holds no source that can be read")
    wanted = say("expected {names}, or one notebook, or one .py file", names=_listed(modules))
    return UnreadableError("; ".join([seen, wanted, *found.notes[:3]]))


def _listed(names: Collection[str], most: int = 6) -> str:
    ordered = sorted(names)
    more = say(" and {n:,} more", n=len(ordered) - most) if len(ordered) > most else ""
    return ", ".join(ordered[:most]) + more
