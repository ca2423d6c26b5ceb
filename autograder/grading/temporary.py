"""A folder for what one run puts down while it works, so that nothing of it stays, however the run ends."""

import contextlib
import fcntl
import os
import shutil
import stat
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from autograder.errors import GraderFault

PREFIX = "autograder-run-"
_UNLOCKED_PREFIX = "autograder-new-"
_LOCK = "lock"
_LOCKING_SECONDS = 60.0


@contextlib.contextmanager
def run_folder() -> Iterator[Path]:
    """Yield a new folder for temporary files; it is removed at the end, or by the next run if this one is killed.

    Raises `GraderFault` when it cannot be made.
    """
    try:
        _remove_dead_folders(Path(tempfile.gettempdir()))
        new = Path(tempfile.mkdtemp(prefix=_UNLOCKED_PREFIX))
        lock = (new / _LOCK).open("wb")
    except OSError as error:
        raise GraderFault(
            f"no temporary folder can be made ({error.strerror or error}); make room in /tmp, or name a folder that has"
            " some in the variable TMPDIR"
        ) from error
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        # Started as root, the sandbox's own user has to reach what it is given in here.
        new.chmod(0o711)
        # Only now does it have the name by which other runs look for folders whose lock nobody holds.
        folder = new.rename(new.with_name(new.name.replace(_UNLOCKED_PREFIX, PREFIX, 1)))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def temporary_files_in(folder: Path) -> Iterator[None]:
    """Let this process, too, make its temporary files in `folder` for a while."""
    before, tempfile.tempdir = tempfile.tempdir, str(folder)
    try:
        yield
    finally:
        tempfile.tempdir = before


def _remove_dead_folders(place: Path) -> None:
    """Remove the folders of this user's runs that were killed: the kernel has let go of their locks."""
    for folder in [*place.glob(f"{PREFIX}*"), *place.glob(f"{_UNLOCKED_PREFIX}*")]:
        with contextlib.suppress(OSError):
            if _is_dead(folder):
                shutil.rmtree(folder, ignore_errors=True)


def _is_dead(folder: Path) -> bool:
    status = folder.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.geteuid():
        return False
    if folder.name.startswith(_UNLOCKED_PREFIX):
        return time.time() - status.st_mtime > _LOCKING_SECONDS
    try:
        descriptor = os.open(folder / _LOCK, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC)
    except FileNotFoundError:
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(descriptor)
    return True
