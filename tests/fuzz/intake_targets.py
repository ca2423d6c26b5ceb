"""What students hand in: archives, notebooks, sources, magics, names, and whole folders."""

import codecs
import importlib.util
import io
import unicodedata
from contextlib import suppress
from functools import partial
from pathlib import PurePosixPath
from typing import Any

from folder_input import built, folder_input, folder_seeds
from handed_in import (
    CELLS,
    MAGIC_TOKENS,
    NAMES,
    NOTEBOOKS,
    SOURCE_TOKENS,
    SOURCES,
    json_input,
    json_seeds,
    zip_input,
    zip_seeds,
    zipped,
)
from mutate import mutated
from target import KIB, MIB, Bound, Target

from autograder.errors import IntakeError
from autograder.intake import refusals
from autograder.intake.archives import opened_archive
from autograder.intake.magics import plain_python
from autograder.intake.names import decode_name, safe_ids, shown, source_name
from autograder.intake.notebooks import notebook_source
from autograder.intake.reading import read_submissions
from autograder.intake.refusals import UnreadableError
from autograder.intake.sources import decode_source
from autograder.intake.submission import Submission, submission_from_line, submission_to_line

MODULES = frozenset({"softmax.py", "batchnorm.py"})

# A text takes four bytes a character when one of them is rare; two copies are alive at a time, and lines besides.
TEXT = Bound(64 * KIB, 24, 24 * refusals.MAX_SOURCE_BYTES)
# A line of two bytes can be a magic, and its note takes a hundred and forty.
MAGICS = Bound(64 * KIB, 128, 128 * refusals.MAX_SOURCE_BYTES)
# "{}," is three bytes of JSON and ninety of dict; the code of all cells is bounded before it is looked at.
NOTEBOOK = Bound(256 * KIB, 128, 32 * refusals.MAX_NOTEBOOK_BYTES + MAGICS.most)
# A NUL more is a name more, with its stem and its number.
NAME = Bound(64 * KIB, 256, 16 * MIB)
# What an entry unpacks to is bounded by what may be read of a file, three times over while it grows; the directory of
# a zip is bounded too, and a record of 46 bytes becomes an object of a thousand.
ARCHIVE = Bound(3 * refusals.MAX_NOTEBOOK_BYTES, 24, 24 * refusals.MAX_DIRECTORY_BYTES)
FOLDER = Bound(ARCHIVE.base, NOTEBOOK.each, ARCHIVE.most + NOTEBOOK.most)


def _read_archive(data: bytes) -> list[tuple[str, int, int]]:
    """Name, size and bound of every source in a zip that can be read."""
    sizes = []
    with opened_archive(io.BytesIO(data)) as archive:
        for name in archive.found.sources:
            limit = refusals.MAX_NOTEBOOK_BYTES if name.lower().endswith(".ipynb") else refusals.MAX_SOURCE_BYTES
            with suppress(UnreadableError):
                sizes.append((name, len(archive.read(name, limit)), limit))
    return sizes


def _expect_sizes(sizes: list[tuple[str, int, int]]) -> str:
    for name, size, limit in sizes:
        assert size <= limit
        assert ".." not in name.split("/")
        assert not name.startswith("/")
    return f"{min(len(sizes), 4)} read"


def _expect_source(read: tuple[str, tuple[str, ...]]) -> str:
    text, notes = read
    text.encode()
    assert "\0" not in text
    assert "\r" not in text
    assert all(note.isprintable() for note in notes)
    return f"{min(len(notes), 4)} notes"


def _read_source(data: bytes) -> tuple[bytes, Any]:
    return data, decode_source(data)


def _expect_as_python_reads(read: tuple[bytes, Any]) -> str:
    data, (text, notes) = read
    outcome = _expect_source((text, notes))
    if not notes and b"\r" not in data:
        # Python's own reader may refuse what ours takes, but never reads another text.
        with suppress(SyntaxError, UnicodeDecodeError):
            assert importlib.util.decode_source(data) == text
            return f"{outcome} as Python"
    return outcome


def _read_cell(data: bytes) -> tuple[str, str, list[str]]:
    text = data.decode("utf-8", "replace")
    return text, *plain_python(text)


def _expect_as_many_lines(cell: tuple[str, str, list[str]]) -> str:
    text, plain, dropped = cell
    assert plain.count("\n") == text.count("\n")
    assert len(plain) <= len(text) + 4 * len(dropped)
    assert all(note.isprintable() for note in dropped)
    return f"{min(len(dropped), 5)} dropped"


def _read_names(data: bytes) -> list[tuple[str, str]]:
    names = [decode_name(raw) for raw in data.split(b"\0")]
    for name in names:
        assert shown(name).isprintable()
        assert len(shown(name, 40)) <= 40
        assert source_name(name).isprintable()
        assert len(source_name(name)) <= 200
    return list(zip(names, safe_ids(names), strict=True))


def _expect_ids(pairs: list[tuple[str, str]]) -> str:
    folded = {unicodedata.normalize("NFC", identity.casefold()) for _, identity in pairs}
    assert len(folded) == len(pairs)
    for _, identity in pairs:
        assert len(identity.encode()) <= 120
        assert PurePosixPath(identity).name == identity
        assert identity[0] not in ".-"
        assert all(letter == "-" or unicodedata.category(letter)[0] in "LMN" for letter in identity)
    kept = sum(name == identity for name, identity in pairs)
    return f"{min(kept, 3)} kept of {min(len(pairs), 5)}"


def _read_folder(data: bytes) -> list[Submission]:
    return read_submissions(built(data), MODULES)


def _expect_submissions(submissions: list[Submission]) -> str:
    assert len({submission.id for submission in submissions}) == len(submissions)
    for submission in submissions:
        assert submission_from_line(submission_to_line(submission)) == submission
        assert (submission.problem is None) == bool(submission.sources)
        assert submission.shared is None or submission.shared in submission.sources
        assert len(submission.notes) <= refusals.MAX_NOTES + 1
        assert all(said.isprintable() for said in (*submission.notes, submission.problem or "", *submission.sources))
        assert all(len(said) < 3000 for said in (*submission.notes, submission.problem or ""))
        assert len(submission.digest) == 64
        submission.student.encode()
        for text in submission.sources.values():
            _expect_source((text, ()))
    problems = sum(submission.problem is not None for submission in submissions)
    return f"{min(problems, 3)} unreadable of {min(len(submissions), 5)}"


def _worst_notebooks() -> list[bytes]:
    most = refusals.MAX_NOTEBOOK_BYTES
    begin, end = b'{"cells":[{"cell_type":"code","source":"', b'"}]}'
    code = (b"%\\n", b"()")
    return [
        b'{"a":[' + b"{}," * (most // 3 - 10) + b"0]}",
        b"[" * most,
        b'{"cells":[' + b'{"cell_type":"code"},' * (most // 21 - 10) + b"0]}",
        b'{"cells":[{"cell_type":"code","source":["' + b'","' * (most // 3 - 40) + b'"]}]}',
        *(begin + piece * (most // len(piece) - 30) + end for piece in code),
        *(begin + piece * ((1 << 20) // len(piece) - 30) + end for piece in code),
    ]


def _worst_cells() -> list[bytes]:
    pieces = (b"()", b"%\n", b"a=''\n", b'"""\n', b"\\\n", b"a?", b"pip ", b"\n")
    return [piece * ((1 << 20) // len(piece)) for piece in pieces]


def _worst_sources() -> list[bytes]:
    most = refusals.MAX_SOURCE_BYTES
    lines = (b"#" + b"coding:" * (most // 7 - 1), b"#" + b" " * (most - 1), b"\r" * most, b"\n\r" * (most // 2))
    return [*lines, "😀".encode() + b"a" * (most - 4), codecs.BOM_UTF16_LE + b"\r\0" * (most // 2 - 1)]


def _worst_zips() -> list[bytes]:
    accents = "".join("\u0301\u0316"[place % 2] for place in range(32_000))
    return [
        zipped([("softmax.py", bytes(32 * MIB))]),
        zipped([("softmax.ipynb", b" " * refusals.MAX_NOTEBOOK_BYTES)]),
        zipped([("softmax.ipynb", b" " * refusals.MAX_NOTEBOOK_BYTES)], 0),
        zipped([(f"{number}{accents}.py", b"") for number in range(30)]),
        zipped([(f"{number}{accents[:480]}.py", b"") for number in range(1500)]),
        zipped([(f"{number}.txt", b"") for number in range(30_000)]),
    ]


UNREADABLE = (UnreadableError,)
TARGETS = (
    Target("archives", 40_000, _read_archive, _expect_sizes, UNREADABLE, ARCHIVE, zip_seeds, zip_input, _worst_zips),
    Target(
        "notebooks", 60_000, notebook_source, _expect_source, UNREADABLE, NOTEBOOK, partial(json_seeds, NOTEBOOKS),
        partial(json_input, documents=NOTEBOOKS), _worst_notebooks,
    ),
    Target(
        "sources", 80_000, _read_source, _expect_as_python_reads, UNREADABLE, TEXT,
        lambda: [*SOURCES, *(token + b"x = 1\n" for token in SOURCE_TOKENS)], partial(mutated, tokens=SOURCE_TOKENS),
        _worst_sources,
    ),
    Target(
        "magics", 80_000, _read_cell, _expect_as_many_lines, (), MAGICS, lambda: [cell.encode() for cell in CELLS],
        partial(mutated, tokens=MAGIC_TOKENS), _worst_cells,
    ),
    Target(
        "names", 60_000, _read_names, _expect_ids, (), NAME,
        lambda: [*NAMES, b"\0".join(NAMES)], partial(mutated, tokens=[*NAMES, b"\0", b"\0con\0"]),
        lambda: [b"\0!" * 6000],
    ),
    Target(
        "folders", 12_000, _read_folder, _expect_submissions, (IntakeError,), FOLDER, folder_seeds, folder_input,
    ),
)  # fmt: skip
