"""The ways to start a server of workers, as command lines."""

import json
import os
import shutil
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from autograder.errors import SandboxError
from autograder.sandbox import runtime
from autograder.sandbox.runtime import PYTHON_OPTIONS, Runtime, environment, find_runtime
from autograder.sandbox.seccomp import filter_program

BUBBLEWRAP, SANDLOCK, NONE = "bubblewrap", "sandlock", "none"
# No sandbox: another user, limits and the list of system calls. Never chosen but by somebody who asked for it.
UNPRIVILEGED = "unprivileged"
AUTO = "auto"
STRONGEST_FIRST = (BUBBLEWRAP, SANDLOCK)

# User ids that own nothing: the range in which systemd finds those of services that have none.
UNPRIVILEGED_UIDS = range(61184, 65520)

_BOX = "/box"
_HERE = Path(__file__).parent
_START_WARM = (
    "import sys; sys.path.insert(0, sys.argv[1]); from worker.warm import start; start(int(sys.argv[2]), sys.argv[3])"
)
_START_SEALED = "import sys; sys.path.insert(0, sys.argv[1]); from worker.sealed import start; start(sys.argv[2])"
_START_UNPRIVILEGED = (
    "import sys; sys.path.insert(0, sys.argv[1]);"
    " from worker.sealed import start_in_the_open; start_in_the_open(int(sys.argv[2]), sys.argv[3])"
)


@dataclass(frozen=True)
class Launch:
    """How to start one server: its command, its environment and the temporary folders to remove afterwards."""

    command: list[str]
    environment: dict[str, str]
    folders: tuple[Path, ...] = field(default=())


def launch(backend: str, control_fd: int) -> Launch:
    """Return the command of a server of `backend` that will find its control socket at `control_fd`.

    Raises `SandboxError` when the backend is not on this machine.
    """
    found = find_runtime()
    if backend == BUBBLEWRAP:
        return _bubblewrap(found, control_fd)
    if backend == SANDLOCK:
        return _sandlock(found, control_fd)
    return _another_user(found, control_fd) if backend == UNPRIVILEGED else _none(found, control_fd)


def missing(backend: str) -> str:
    """Return what is missing for `backend` and how to get it, or "" when it seems to be there."""
    if backend == BUBBLEWRAP and shutil.which("bwrap") is None:
        return "the program bwrap is not installed; get it with: sudo apt-get install bubblewrap"
    if backend == SANDLOCK:
        from importlib.util import find_spec

        if find_spec("sandlock") is None:
            return "the package sandlock is not installed; get it with: pip install sandlock"
    return ""


def _settings(program: bytes, *, namespaces: bool) -> str:
    return json.dumps({"namespaces": namespaces, "filter": program.hex()})


def unprivileged_uid() -> int:
    """Return the user id that root becomes for the workers of this process: one for each processor.

    The kernel counts threads by user, so the workers of one grader, which has a processor of its own, take nothing from
    another's. Not one for each process: sandlock leaves two small segments of shared memory with every user.
    """
    return UNPRIVILEGED_UIDS[min(os.sched_getaffinity(0)) % len(UNPRIVILEGED_UIDS)]


def _unprivileged(paths: list[Path]) -> list[str]:
    """Return the prefix that gives up root, if this is root: nothing hostile runs as uid 0."""
    if os.geteuid() != 0:
        return []
    drop = [sys.executable, "-I", "-S", str(_HERE / "drop.py"), str(unprivileged_uid())]
    return [*drop, *map(str, paths), "--"]


def _bubblewrap(found: Runtime, control_fd: int) -> Launch:
    bwrap = shutil.which("bwrap")
    if bwrap is None:
        raise SandboxError(missing(BUBBLEWRAP))
    command = [
        *_unprivileged(found.paths),
        *(bwrap, "--unshare-all", "--unshare-user", "--hostname", "sandbox"),
        *("--die-with-parent", "--new-session", "--clearenv"),
        # The warm worker makes namespaces for its children; they give all of this up before any code of theirs.
        *("--cap-drop", "ALL", "--cap-add", "CAP_SYS_ADMIN", "--cap-add", "CAP_SYS_RESOURCE"),
        *("--cap-add", "CAP_SETPCAP"),
    ]
    for name, value in environment("/tmp").items():  # noqa: S108 - the sandbox's own
        command += ["--setenv", name, value]
    for path in (found.python, *found.standard_library, *found.libraries):
        command += ["--ro-bind", str(path), str(path)]
    for folder in found.standard_library:
        if (folder / "site-packages").is_dir():
            command += ["--tmpfs", str(folder / "site-packages"), "--remount-ro", str(folder / "site-packages")]
    for name, path in found.packages.items():
        command += ["--ro-bind", str(path), f"{_BOX}/{name}"]
    for device in ("/dev/null", "/dev/zero", "/dev/urandom"):
        command += ["--dev-bind", device, device]
    # The root of a bubblewrap is a writable tmpfs that all children would share.
    command += ["--dir", "/dev/shm", "--proc", "/proc", "--tmpfs", "/tmp", "--remount-ro", "/", "--chdir", "/"]  # noqa: S108
    command += ["--", str(found.python), *PYTHON_OPTIONS, "-c", _START_WARM, _BOX, str(control_fd)]
    return Launch([*command, _settings(filter_program(), namespaces=True)], {"PATH": os.environ.get("PATH", "")})


def _stage(found: Runtime) -> Path:
    """Make a folder whose links are the whole of a worker's path: Landlock lists no folder it cannot read."""
    stage = Path(tempfile.mkdtemp(prefix="autograder-stage-"))
    stage.chmod(0o755)
    for name, path in found.packages.items():
        (stage / name).symlink_to(path)
    return stage


def _sandlock(found: Runtime, control_fd: int) -> Launch:
    if problem := missing(SANDLOCK):
        raise SandboxError(problem)
    from importlib.util import find_spec

    spec = find_spec("sandlock")
    assert spec is not None
    assert spec.origin is not None
    settings = _settings(filter_program(), namespaces=False)
    stage = _stage(found)
    scratch = Path(tempfile.mkdtemp(prefix="autograder-scratch-"))
    if os.geteuid() == 0:
        _require_reachable(scratch)
        os.chown(scratch, unprivileged_uid(), unprivileged_uid())
    server = _HERE / "sandlock_server.py"
    config = {
        "command": [str(found.python), *PYTHON_OPTIONS, "-c", _START_SEALED, str(stage), settings],
        "readable": [str(path) for path in (*found.paths, stage)],
        "environment": environment(str(scratch)),
        "scratch": str(scratch),
    }
    package = Path(spec.origin).parent
    command = [
        *_unprivileged([*found.paths, server, package]),
        *(str(found.python), *PYTHON_OPTIONS, str(server)),
        *(str(control_fd), json.dumps(config), str(package.parent)),
    ]
    return Launch(command, {"PATH": os.environ.get("PATH", ""), **runtime.THREADS}, (stage, scratch))


def _require_reachable(folder: Path) -> None:
    """Raise `SandboxError` when the unprivileged user that root becomes could not enter `folder`."""
    closed = [parent for parent in folder.parents if not parent.stat().st_mode & 0o001]
    if closed:
        raise SandboxError(
            f"the temporary folder {folder.parent} cannot be used, since {closed[0]} is closed to the sandbox's user;"
            " set TMPDIR to a folder that others may enter, such as /tmp"
        )


def _another_user(found: Runtime, control_fd: int) -> Launch:
    if os.geteuid() != 0:
        raise SandboxError(f"{UNPRIVILEGED}: only root can hand students' code to another user; use a sandbox")
    # What one worker wrote, the next would find: hidden inputs, say, where a public check is run once more.
    settings = _settings(filter_program(read_only=True), namespaces=False)
    _require_reachable(Path(tempfile.gettempdir()) / "stage")
    stage = _stage(found)
    command = [*_unprivileged([*found.paths, stage]), str(found.python), *PYTHON_OPTIONS]
    command += ["-c", _START_UNPRIVILEGED, str(stage), str(control_fd), settings]
    return Launch(command, environment(tempfile.gettempdir()), (stage,))


def _none(found: Runtime, control_fd: int) -> Launch:
    stage = _stage(found)
    command = [str(found.python), *PYTHON_OPTIONS, "-c", _START_WARM, str(stage), str(control_fd)]
    return Launch([*command, _settings(b"", namespaces=False)], environment(tempfile.gettempdir()), (stage,))
