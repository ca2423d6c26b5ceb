"""Write a file so that a reader sees the old bytes or the new ones, never a part of either."""

import contextlib
import os
from pathlib import Path

from autograder.errors import AutograderError

_SPARE = (".autograder-", ".tmp")


def write_atomically(path: Path, data: bytes, *, private: bool = False) -> None:
    """Replace `path` with `data` in one step; on failure what was there stays and nothing else is left.

    The bytes go to a new file in the same folder (a rename is atomic inside one file system only), reach the
    disk, and then take the name. private: nobody but their owner may ever read them.

    Raises
    ------
    AutograderError : the folder is missing or read-only, the disk is full, or `path` is not a regular file.
    """
    # Not tempfile: it makes files that only their owner may read, whatever the umask says.
    spare = path.parent / f"{_SPARE[0]}{os.urandom(8).hex()}{_SPARE[1]}"
    try:
        if path.exists() and not path.is_file():
            raise AutograderError(f"{path} is not a regular file; name a file that may be replaced.")
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
        with os.fdopen(os.open(spare, flags, 0o600 if private else 0o666), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        spare.replace(path)
    except OSError as error:
        raise AutograderError(
            f"{path} could not be written: {error.strerror or error}. What was there before is untouched; "
            "check that the folder exists, may be written to and has space left."
        ) from error
    finally:
        with contextlib.suppress(OSError):
            spare.unlink(missing_ok=True)


def remove_unfinished(folder: Path) -> None:
    """Remove what a killed writer has left in `folder`; only for one who knows that no other is at work there."""
    for spare in folder.glob(f"{_SPARE[0]}*{_SPARE[1]}"):
        with contextlib.suppress(OSError):
            spare.unlink()


def make_folder(path: Path) -> Path:
    """Make `path` and what is missing above it; return it. Raises AutograderError when that cannot be."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise AutograderError(
            f"the folder {path} cannot be made: {error.strerror or error}; name another with -o."
        ) from error
    return path
