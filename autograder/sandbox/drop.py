"""Become an ordinary user for good, then run a command; started as root, before anything hostile runs.

    python -I -S drop.py UID PATH [PATH ...] -- COMMAND [ARGUMENT ...]

Root is exempt from process limits and owns the machine's files, so no backend may run as uid 0. An
unprivileged uid, however, often cannot reach the interpreter: `/root` is mode 0700 and a virtual environment
may live in it. So every PATH (file or folder) that UID cannot reach is bound read-only to its own place:

1. A private mount namespace, so that nothing shows outside this process and its children.
2. Every PATH is opened (O_PATH) while root still sees it.
3. A small tmpfs covers the topmost folder that UID may not enter, and each PATH beneath it is bound there
   from its descriptor. UID could see nothing of that folder before, so the cover hides nothing from it.
4. Repeat while something is still out of reach; then drop groups, gid, uid and every way back.

When every PATH is in reach, nothing is mounted and CAP_SYS_ADMIN is not needed. Exit status 77, with one line
on stderr that says what to do, means that this machine does not let us do it; COMMAND has then not run.
"""

import ctypes
import json
import os
import platform
import shutil
import stat
import sys
from collections.abc import Sequence
from pathlib import Path

CANNOT = 77

CLONE_NEWNS = 0x00020000
MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_REMOUNT, MS_BIND = 1, 2, 4, 8, 32, 4096
MS_REC, MS_PRIVATE = 1 << 14, 1 << 18
PR_SET_NO_NEW_PRIVS = 38
KEYCTL_JOIN_SESSION_KEYRING = 1
CAPABILITY_VERSION_3 = 0x20080522
KEYCTL_NUMBERS = {"x86_64": 250, "aarch64": 219}

LIBC = ctypes.CDLL(None, use_errno=True)


class CannotDropError(Exception):
    """This machine does not let us become UID, or let UID reach a PATH; `str()` is the line for stderr."""


def main(arguments: Sequence[str]) -> None:
    """Drop to the uid named first and replace this process by the command after `--`; never returns."""
    if len(arguments) < 3 or not arguments[0].isdigit() or "--" not in arguments:
        raise CannotDropError("usage: drop.py UID PATH [PATH ...] -- COMMAND [ARGUMENT ...]")
    end_of_paths = arguments.index("--")
    uid, command = int(arguments[0]), list(arguments[end_of_paths + 1 :])
    if uid == 0 or not command:
        raise CannotDropError("drop.py needs an unprivileged UID (seen: 0) and a COMMAND after --")
    make_reachable(uid, arguments[1:end_of_paths])
    # A working directory stays readable whatever its ancestors' modes.
    os.chdir("/")
    program = shutil.which(command[0])
    become(uid)
    # A setuid program was asked for by name (some systems ship bwrap so) and would lose its purpose.
    if program is None or not Path(program).stat().st_mode & stat.S_ISUID:
        LIBC.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    os.umask(0o077)
    try:
        os.execvp(command[0], command)  # noqa: S606 - no shell is the point
    except OSError as error:
        raise CannotDropError(f"uid {uid} cannot run {command[0]}: {error.strerror}") from error


def make_reachable(uid: int, paths: Sequence[str]) -> None:
    """Bind every path that uid cannot reach to its own place; raises CannotDropError when that fails."""
    # Both names count: what is typed may be a symlink in a closed folder, or one into a closed folder.
    typed = [os.path.normpath(Path(path).absolute()) for path in paths]
    places = sorted({*typed, *map(os.path.realpath, typed)})
    missing = [place for place in places if not Path(place).exists()]
    if missing:
        raise CannotDropError(f"{missing[0]} does not exist, so uid {uid} cannot be given it")
    closed = closed_folders(uid, places)
    if not closed:
        return
    private_mounts(uid, closed[0])
    handles = {place: os.open(place, os.O_PATH | os.O_CLOEXEC) for place in places}
    covered: set[str] = set()
    while closed:
        folder = min((os.path.realpath(name) for name in closed), key=len)
        if folder in covered or folder in places:
            raise CannotDropError(cannot_read(uid, folder, f"chmod o+rx {folder}, or"))
        covered.add(folder)
        cover(uid, folder, handles)
        closed = closed_folders(uid, places)
    for handle in handles.values():
        os.close(handle)


def closed_folders(uid: int, places: Sequence[str]) -> list[str]:
    """For each place that uid cannot read: the topmost of its ancestors, or itself, that shuts uid out."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        # The kernel is asked as that uid, because modes alone do not tell (access lists, mounts).
        status = 1
        try:
            become(uid)
            closed = [name for name in map(first_closed, places) if name]
            os.write(writing, json.dumps(sorted(set(closed))[:50]).encode())
            status = 0
        except CannotDropError as error:
            os.write(writing, json.dumps(str(error)).encode())
        finally:
            os._exit(status)
    os.close(writing)
    with os.fdopen(reading, "rb") as answer:
        said = answer.read()
    os.waitpid(child, 0)
    found = json.loads(said or b'"the probe died"')
    if isinstance(found, str):
        raise CannotDropError(found)
    return [str(name) for name in found]


def first_closed(place: str) -> str | None:
    """The topmost folder on the way to a place that the calling uid may not enter, or the place itself."""
    for ancestor in reversed(Path(place).parents):
        if not os.access(ancestor, os.X_OK):
            return str(ancestor)
    readable = os.access(place, os.R_OK)
    return None if readable and (not Path(place).is_dir() or os.access(place, os.X_OK)) else place


def private_mounts(uid: int, closed: str) -> None:
    """Leave the machine's mount namespace; what is mounted from here on, nobody else sees."""
    if LIBC.unshare(CLONE_NEWNS) != 0 or not mount("none", "/", MS_REC | MS_PRIVATE):
        raise CannotDropError(cannot_read(uid, closed))


def cover(uid: int, folder: str, handles: dict[str, int]) -> None:
    """Put an empty folder over one that uid may not enter, and in it the places that uid is to read."""
    if not mount("tmpfs", folder, MS_NOSUID | MS_NODEV, "tmpfs", b"mode=755,size=1m"):
        raise CannotDropError(cannot_read(uid, folder))
    os.umask(0o022)
    bound: list[Path] = []
    for place, handle in handles.items():
        path = Path(place)
        if Path(folder) not in path.parents or any(other in path.parents for other in bound):
            continue
        source = f"/proc/self/fd/{handle}"
        path.parent.mkdir(parents=True, exist_ok=True)
        if Path(source).is_dir():
            path.mkdir(exist_ok=True)
        else:
            path.touch()
        kept = os.statvfs(source).f_flag & (MS_NOSUID | MS_NODEV | MS_NOEXEC)
        read_only = MS_REMOUNT | MS_BIND | MS_RDONLY | MS_NOSUID | MS_NODEV | kept
        if not mount(source, place, MS_BIND | MS_REC) or not mount("none", place, read_only):
            raise CannotDropError(cannot_read(uid, folder))
        bound.append(path)


def mount(source: str, target: str, flags: int, kind: str = "none", options: bytes | None = None) -> bool:
    """Whether mount(2) did it."""
    names = [os.fsencode(text) for text in (source, target, kind)]
    return int(LIBC.mount(names[0], names[1], names[2], ctypes.c_ulong(flags), options)) == 0


def cannot_read(uid: int, folder: str, instead: str = "") -> str:
    """The line that tells a person how to get out of this."""
    advice = "install Python and the virtual environment where everybody may read them, such as /opt"
    return (
        f"uid {uid} cannot read {folder}, and this machine does not let us mount around it: "
        f"{instead + ' ' if instead else ''}{advice}, or run as an ordinary user instead of root"
    )


def become(uid: int) -> None:
    """Turn this process into uid (and the gid of that number), with no way back and no capability left."""
    try:
        os.setgroups([])
        os.setresgid(uid, uid, uid)
        os.setresuid(uid, uid, uid)
    except OSError as error:
        raise CannotDropError(
            f"cannot become uid {uid} ({error.strerror}); seen: uid {os.geteuid()}, expected: root in a"
            " container that maps this uid; run as an ordinary user instead"
        ) from error
    try:
        os.setresuid(0, 0, 0)
    except PermissionError:
        pass
    else:
        raise CannotDropError(f"uid {uid} could become root again: this process keeps CAP_SETUID")
    LIBC.capset((ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0), (ctypes.c_uint32 * 6)())
    # The keys of root's session stay readable to whoever inherits its keyring.
    if platform.machine() in KEYCTL_NUMBERS:
        LIBC.syscall(KEYCTL_NUMBERS[platform.machine()], KEYCTL_JOIN_SESSION_KEYRING, None)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except CannotDropError as reason:
        sys.stderr.write(f"{reason}\n")
        sys.stderr.flush()
        os._exit(CANNOT)
