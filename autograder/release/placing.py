"""Put a release on disk: all of it, in a folder that was not there or was empty, or else nothing."""

import contextlib
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from autograder.errors import AutograderError


def require_room_for(folder: Path) -> None:
    """Raise `AutograderError` unless `folder` is missing or empty: students' work may be in it."""
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise AutograderError(f"{folder} is not a folder; name one that is not there yet with -o.")
    try:
        first = next(iter(sorted(folder.iterdir())), None) if folder.exists() else None
    except OSError as error:
        raise AutograderError(f"{folder} cannot be read: {error.strerror}; name another folder with -o.") from error
    if first is not None:
        raise AutograderError(
            f"{folder} is not empty (it holds {first.name}), and a release never writes over what is there;"
            " name a new folder with -o, and copy what you want from there."
        )


def place(tree: Mapping[str, bytes], folder: Path) -> None:
    """Write the tree; on failure nothing of it is left.

    Raises `AutograderError` when the folder is not empty or cannot be written.
    """
    require_room_for(folder)
    folder = Path(os.path.abspath(folder))  # noqa: PTH100 - resolve would follow a link put there meanwhile
    spare = folder.parent / f".autograder-{os.urandom(8).hex()}.tmp"
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        spare.mkdir()
        for name in sorted(tree):
            path = spare / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(tree[name])
        with contextlib.suppress(FileNotFoundError):
            folder.rmdir()
        spare.rename(folder)
    except OSError as error:
        raise AutograderError(
            f"{folder} could not be written: {error.strerror or error}; nothing is left there. Check that the folder"
            " above may be written to and has space left, or name another with -o."
        ) from error
    finally:
        shutil.rmtree(spare, ignore_errors=True)
