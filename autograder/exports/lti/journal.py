"""What was sent to whom: a line before a score is posted and another when the platform has taken it.

A process that is killed between the two leaves the first. The next run then asks the platform whether the score
arrived, instead of sending it twice or not at all. No line holds a key, a token or a comment.
"""

import errno
import fcntl
import json
import os
import stat
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal, TypeAlias, cast, get_args

from autograder.errors import AutograderError
from autograder.moments import moment_of

NAME = "lti-journal.jsonl"
State: TypeAlias = Literal["sending", "sent"]
_MOST_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True)
class Entry:
    """A score on its way to a column, or there: whose, by its digest, and with which timestamp."""

    state: State
    column: str
    user: str
    digest: str
    timestamp: str


class Journal:
    """The journal in a folder of grades, open for writing to this process alone; `close` ends that."""

    def __init__(self, file: Path) -> None:
        self.file = file
        try:
            self._descriptor = os.open(file, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o666)
        except OSError as error:
            raise AutograderError(f"{file}: cannot be written ({error.strerror}), so nothing is sent") from None
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self._last = {(entry.column, entry.user): entry for entry in self._read()}
        except BlockingIOError:
            os.close(self._descriptor)
            raise AutograderError(f"{file}: another run is sending these scores; wait until it has ended") from None
        except BaseException:
            os.close(self._descriptor)
            raise

    def close(self) -> None:
        """Close the file."""
        os.close(self._descriptor)

    def last(self, column: str, user: str) -> Entry | None:
        """Return the last that is known of a person's score in a column."""
        return self._last.get((column, user))

    def write(self, entry: Entry) -> None:
        """Add a line, on the disk before this returns. Raises `AutograderError` when that cannot be."""
        line = json.dumps(asdict(entry)).encode("ascii") + b"\n"
        try:
            if os.write(self._descriptor, line) < len(line):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))  # noqa: TRY301
            os.fsync(self._descriptor)
        except OSError as error:
            raise AutograderError(f"{self.file}: cannot be written ({error.strerror}); free some space") from None
        self._last[entry.column, entry.user] = entry

    def _read(self) -> list[Entry]:
        about = os.fstat(self._descriptor)
        if not stat.S_ISREG(about.st_mode) or about.st_size > _MOST_BYTES:
            raise AutograderError(f"{self.file}: is no journal; move it away (the platform is then asked what it has)")
        with os.fdopen(os.dup(self._descriptor), "rb") as stream:
            data = stream.read()
        if data and not data.endswith(b"\n"):
            # Half a line of a killed process: what comes next must not be added to it.
            os.write(self._descriptor, b"\n")
        return [entry for entry in map(_entry, data.splitlines()) if entry is not None]


def _entry(line: bytes) -> Entry | None:
    """Return what a line says; None for half a line: forgetting one costs a question to the platform, no more."""
    try:
        found = json.loads(line)
        entry = Entry(**found)
        moment_of(entry.timestamp)
    except (ValueError, TypeError, RecursionError):
        return None
    texts = all(isinstance(value, str) for value in asdict(entry).values())
    return entry if texts and entry.state in cast("tuple[str, ...]", get_args(State)) else None
