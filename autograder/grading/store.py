"""The results store: what was graded before, in one SQLite file beside the reports.

One process writes it, the coordinator, which holds the file's lock from opening to closing; the kernel frees the
lock when that process dies, however it dies. Each result is committed by itself, to a write-ahead log, so a kill at
any moment costs the results that had not arrived and nothing else. Every row carries a digest of its own content:
a byte that the disk has changed is found out when the row is read, and is never a wrong point.

A file that is damaged, or is not ours, is left as it is.
"""

import contextlib
import hashlib
import hmac
import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, NoReturn, TypeAlias

from autograder.errors import AutograderError, GraderFault
from autograder.report import Report

Marks: TypeAlias = Mapping[str, float]

APPLICATION_ID = int.from_bytes(b"AGrd", "big")
VERSION = 1

_SECRET_LABEL = b"autograder: results store"
_MAGIC = b"SQLite format 3\0"
# Where SQLite's file format keeps how to write and read the file, `user_version` and `application_id`.
_HEADER, _FORMAT_AT, _VERSION_AT, _APPLICATION_AT = 100, 18, 60, 68
_FORMATS = (b"\1\1", b"\2\2")

_TABLES = {
    "results": "CREATE TABLE results (key TEXT PRIMARY KEY, report TEXT NOT NULL, digest TEXT NOT NULL)",
    # The last points that each submission's id was seen with, by exercise.
    "marks": "CREATE TABLE marks (id TEXT PRIMARY KEY, points TEXT NOT NULL, digest TEXT NOT NULL)",
}
_NO_ROOM = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR)
_NO_RIGHT = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM)
_IN_USE = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def key_of(report: Report, secret: bytes) -> str:
    """Return the SHA-256 (hex) of all that a report's results depend on, of which its student's name is no part.

    The key of a report that has not been graded yet (`blank_report`) is that of its results. It does not give the
    secret away.
    """
    parts = {
        "submission": report.submission.digest,
        "rooms": dict(report.room_digests),
        "engine": report.engine_digest,
        "language": report.language,
        "environment": asdict(report.environment),
        "secret": hmac.new(secret, _SECRET_LABEL, "sha256").hexdigest(),
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode("ascii")).hexdigest()


class Store:
    """Holds the open file and its lock. Every method raises `AutograderError` when the file cannot be used."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path, self._connection = path, connection

    def has(self, keys: Iterable[str]) -> set[str]:
        """Return those of `keys` under which there is a result."""
        return {key for key in keys if self._rows("SELECT 1 FROM results WHERE key = ?", key)}

    def report(self, key: str) -> str:
        """Return the JSON that `keep` was given for this key."""
        return self._unsealed(key, *self._rows("SELECT report, digest FROM results WHERE key = ?", key)[0])

    def keep(self, key: str, text: str) -> None:
        """Put a result where it survives this process; it replaces one of the same key."""
        self._rows("INSERT OR REPLACE INTO results VALUES (?, ?, ?)", key, text, _digest(key, text.encode()))

    def marks(self) -> dict[str, Marks]:
        """Return the points last remembered, by submission's id and by exercise."""
        rows = self._rows("SELECT id, points, digest FROM marks")
        return {(name := row[0].decode("utf-8", "replace")): json.loads(self._unsealed(name, *row[1:])) for row in rows}

    def remember(self, marks: Mapping[str, Marks]) -> None:
        """Remember these points, besides those of exercises and submissions that are not among them."""
        before = self.marks()
        rows = []
        for name, points in marks.items():
            text = json.dumps({**before.get(name, {}), **points}, sort_keys=True)
            rows.append((name, text, _digest(name, text.encode())))
        with _explained(self.path), _transaction(self._connection):
            self._connection.executemany("INSERT OR REPLACE INTO marks VALUES (?, ?, ?)", rows)

    def close(self) -> None:
        """Let go of the file; what could not be moved out of its log stays there and is as safe."""
        with contextlib.suppress(sqlite3.Error):
            self._connection.close()

    def _rows(self, statement: str, *values: str) -> list[Any]:
        with _explained(self.path):
            return self._connection.execute(statement, values).fetchall()

    def _unsealed(self, name: str, content: bytes, digest: bytes) -> str:
        if digest.decode("ascii", "replace") != _digest(name, content):
            _damaged(self.path, f"the entry {name[:12]} is not what was put there")
        return content.decode()


@contextlib.contextmanager
def open_store(path: Path) -> Iterator[Store]:
    """Yield the store at `path`, made if it is not there, and nobody else's until it is closed.

    Raises `AutograderError` when another process has it, when it is damaged, of a newer version or not ours, when
    it may not be written; `GraderFault` when the disk is full.
    """
    _refuse_what_is_not_ours(path)
    with _explained(path):
        connection = sqlite3.connect(path, timeout=0, isolation_level=None)
    store = Store(path, connection)
    try:
        with _explained(path):
            _take(path, connection)
        yield store
    finally:
        store.close()


def _refuse_what_is_not_ours(path: Path) -> None:
    """Look at the first bytes of the file, before SQLite does: it would change what it can read.

    Not while the store is open in this process: closing a file gives up every lock that the process has on it.
    """
    if not path.exists():
        return
    advice = "move it away, or name another folder with -o"
    if not path.is_file():
        raise AutograderError(f"{path} is not a file, and the results have to go there; {advice}")
    try:
        with path.open("rb") as file:
            header = file.read(_HEADER)
    except OSError as error:
        raise AutograderError(f"{path} cannot be read ({error.strerror}); {advice}") from error
    # An empty file is what a run leaves that was killed while it made one.
    if not header:
        return
    if len(header) < _HEADER or not header.startswith(_MAGIC):
        raise AutograderError(f"{path} is no results store, or no longer one (it is no SQLite file); {advice}")
    if _number(header, _APPLICATION_AT) != APPLICATION_ID:
        raise AutograderError(f"{path} is another program's database; {advice}")
    if header[_FORMAT_AT : _FORMAT_AT + 2] not in _FORMATS:
        _damaged(path, "its first page says nothing sensible")
    _refuse_version(path, _number(header, _VERSION_AT))


def _refuse_version(path: Path, found: int) -> None:
    if found != VERSION:
        raise AutograderError(
            f"{path} is a results store of version {found}, and this autograder knows version {VERSION};"
            " use the autograder that wrote it, or name another folder with -o"
        )


def _number(header: bytes, at: int) -> int:
    return int.from_bytes(header[at : at + 4], "big")


def _take(path: Path, connection: sqlite3.Connection) -> None:
    """Lock the file, by writing to it, and make sure of what is in it."""
    connection.text_factory = bytes
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    connection.execute("PRAGMA synchronous = NORMAL")
    with _transaction(connection):
        if not connection.execute("SELECT 1 FROM sqlite_master").fetchall():
            for statement in _TABLES.values():
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {VERSION}")
        _inspect(path, connection)
        # A write, so that a file or disk that takes none is known before anything is graded.
        connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.execute("PRAGMA journal_mode = WAL")


def _inspect(path: Path, connection: sqlite3.Connection) -> None:
    _refuse_version(path, connection.execute("PRAGMA user_version").fetchone()[0])
    [said] = connection.execute("PRAGMA quick_check(1)").fetchone()
    if said != b"ok":
        _damaged(path, said.decode("utf-8", "replace"))
    tables = connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    if {sql for (sql,) in tables} != {sql.encode() for sql in _TABLES.values()}:
        _damaged(path, "its tables are not those of a results store")


@contextlib.contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


@contextlib.contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Turn what SQLite says into a sentence that says what to do."""
    try:
        yield
    except UnicodeDecodeError as error:
        # Raised in place of an error of SQLite's that quotes the damaged bytes.
        _damaged(path, "what should be text is none", error)
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in _IN_USE:
            raise AutograderError(
                f"another autograder is grading into {path.parent}{os.sep} (it holds {path.name});"
                " wait for it, or name another folder with -o"
            ) from error
        if code in _NO_ROOM:
            raise GraderFault(f"{path} could not be written: {error}") from error
        if code in _NO_RIGHT:
            raise AutograderError(
                f"{path} may not be written ({error}); give yourself the right to, or name another folder with -o"
            ) from error
        _damaged(path, str(error), error)


def _damaged(path: Path, seen: str, error: Exception | None = None) -> NoReturn:
    raise AutograderError(
        f"{path} is damaged ({' '.join(seen.split())[:200]}) and has been left as it is; bring it back from a backup,"
        " or move it away: everything is graded again then"
    ) from error


def _digest(name: str, content: bytes) -> str:
    return hashlib.sha256(name.encode() + b"\0" + content).hexdigest()
