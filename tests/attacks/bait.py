"""What an attack would love to get hold of, laid where an attack can know of it, and who hears when it calls.

Every piece of bait holds its own canary, a text that stands nowhere else: `bait-`, a name, 16 hex digits. One that
shows up in a report was stolen. README.md beside this file lists the places for those who write attacks.
"""

import contextlib
import ctypes
import fcntl
import hashlib
import os
import shutil
import socket
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from autograder.sandbox.backends import unprivileged_uid

ROOT = Path("/tmp/autograder-bait")
LOCK = Path("/tmp/autograder-bait.lock")
HOME, WORKING = ROOT / "home", ROOT / "working"
VARIABLE = "AUTOGRADER_BAIT"
DESCRIPTOR = 147
IPC_KEY = 0x0A47BEA7
TCP_PORT, UDP_PORT = 47113, 47114
ABSTRACT_STREAM, ABSTRACT_DATAGRAM = "\0autograder-bait", "\0autograder-bait-datagram"
STREAM, DATAGRAM = ROOT / "stream.socket", ROOT / "datagram.socket"
KEY = "autograder-bait"

FILES = {
    "file": ROOT / "secret.txt",
    "outside": Path("/var/tmp/autograder-bait.txt"),
    "home": HOME / ".ssh" / "id_bait",
    "working": WORKING / "working.txt",
    "shm": Path("/dev/shm/autograder-bait"),
}
ELSEWHERE = (
    "variable",
    "descriptor",
    "segment",
    "queue",
    "key",
    "argument",
    "environ",
    "memory",
    "secret",
    "neighbour",
    "scratch",
)

_LIBC = ctypes.CDLL(None, use_errno=True)
_IPC_CREAT, _IPC_RMID = 0o1000, 0
_ADD_KEY, _KEYCTL = {"x86_64": (248, 250), "aarch64": (217, 219)}[os.uname().machine]
_JOIN_SESSION, _SESSION = 1, -3


def canary(name: str) -> str:
    """Return the text that one piece of bait holds."""
    return f"bait-{name}-{hashlib.sha256(name.encode()).hexdigest()[:16]}"


CANARIES = {name: canary(name) for name in (*FILES, *ELSEWHERE)}
SECRET = CANARIES["secret"].encode()


@dataclass(frozen=True)
class Bait:
    """Bait that lies. bystander: the process to steal from. has_key: whether this kernel keeps keys for us."""

    bystander: int
    has_key: bool
    listeners: Mapping[str, socket.socket]

    def callers(self) -> list[str]:
        """Return at which sockets somebody has called since the last time."""
        return [name for name, listener in self.listeners.items() if _somebody_called(listener)]


@contextlib.contextmanager
def laid() -> Iterator[Bait]:
    """Lay all bait, change into its working folder, and take everything up again in the end.

    The names are fixed, so a second one that would lay bait on this machine waits for the first.
    """
    with contextlib.ExitStack() as stack:
        with contextlib.suppress(FileExistsError):
            LOCK.touch(0o644, exist_ok=False)
        # For reading, since it may be another user's.
        fcntl.flock(stack.enter_context(LOCK.open()), fcntl.LOCK_EX)
        stack.enter_context(_files())
        stack.enter_context(_surroundings())
        stack.enter_context(_descriptor())
        stack.enter_context(_system_v())
        has_key = _lay_key()
        bystander = stack.enter_context(_bystander())
        yield Bait(bystander, has_key, stack.enter_context(_listeners()))


@contextlib.contextmanager
def _files() -> Iterator[None]:
    def take_up() -> None:
        shutil.rmtree(ROOT, ignore_errors=True)
        for path in FILES.values():
            path.unlink(missing_ok=True)

    take_up()
    try:
        for name, path in FILES.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(CANARIES[name] + "\n")
            path.chmod(0o644)
        for folder in (ROOT, HOME, HOME / ".ssh", WORKING):
            folder.chmod(0o755)
        yield
    finally:
        take_up()


@contextlib.contextmanager
def _surroundings() -> Iterator[None]:
    before, folder = dict(os.environ), Path.cwd()
    os.environ.update({VARIABLE: CANARIES["variable"], "HOME": str(HOME)})
    try:
        with contextlib.chdir(WORKING):
            yield
    finally:
        assert Path.cwd() == folder
        os.environ.clear()
        os.environ.update(before)


@contextlib.contextmanager
def _descriptor() -> Iterator[None]:
    handle = os.memfd_create("autograder-bait", 0)
    os.write(handle, CANARIES["descriptor"].encode())
    os.dup2(handle, DESCRIPTOR, inheritable=True)
    os.close(handle)
    try:
        yield
    finally:
        os.close(DESCRIPTOR)


class _Message(ctypes.Structure):
    _fields_ = (("kind", ctypes.c_long), ("text", ctypes.c_char * 64))


@contextlib.contextmanager
def _system_v() -> Iterator[None]:
    _LIBC.shmat.restype = ctypes.c_void_p
    text = CANARIES["segment"].encode()
    for remove, found in (
        (_LIBC.shmctl, _LIBC.shmget(IPC_KEY, 0, 0)),
        (_LIBC.msgctl, _LIBC.msgget(IPC_KEY, 0)),
    ):
        if found >= 0:
            remove(found, _IPC_RMID, None)
    segment = _LIBC.shmget(IPC_KEY, 4096, _IPC_CREAT | 0o666)
    queue = _LIBC.msgget(IPC_KEY, _IPC_CREAT | 0o666)
    assert segment >= 0
    assert queue >= 0
    try:
        at = ctypes.c_void_p(_LIBC.shmat(segment, None, 0))
        ctypes.memmove(at, text, len(text))
        _LIBC.shmdt(at)
        message = _Message(1, CANARIES["queue"].encode())
        assert _LIBC.msgsnd(queue, ctypes.byref(message), 64, 0) == 0
        yield
    finally:
        _LIBC.shmctl(segment, _IPC_RMID, None)
        _LIBC.msgctl(queue, _IPC_RMID, None)


def _lay_key() -> bool:
    """Put a key into a new session keyring, which ends with this process; whether there was a way to."""
    text = CANARIES["key"].encode()
    if _LIBC.syscall(_KEYCTL, _JOIN_SESSION, None) < 0:
        return False
    added = _LIBC.syscall(_ADD_KEY, b"user", KEY.encode(), text, ctypes.c_size_t(len(text)), _SESSION)
    return bool(added >= 0)


@contextlib.contextmanager
def _bystander() -> Iterator[int]:
    """A process of the uid that runs submissions: what its argument, environment and memory hold is not theirs."""
    uid = unprivileged_uid() if os.geteuid() == 0 else None
    with subprocess.Popen(
        ["/bin/sh", "-c", "read held; read never", CANARIES["argument"]],
        env={VARIABLE: CANARIES["environ"]},
        stdin=subprocess.PIPE,
        user=uid,
        cwd="/",
    ) as process:
        assert process.stdin is not None
        process.stdin.write(CANARIES["memory"].encode() + b"\n")
        process.stdin.flush()
        try:
            yield process.pid
        finally:
            process.kill()


@contextlib.contextmanager
def _listeners() -> Iterator[dict[str, socket.socket]]:
    stream, datagram = socket.SOCK_STREAM, socket.SOCK_DGRAM
    wanted: dict[str, tuple[int, int, object]] = {
        "TCP on 127.0.0.1": (socket.AF_INET, stream, ("127.0.0.1", TCP_PORT)),
        "UDP on 127.0.0.1": (socket.AF_INET, datagram, ("127.0.0.1", UDP_PORT)),
        "abstract stream": (socket.AF_UNIX, stream, ABSTRACT_STREAM),
        "abstract datagram": (socket.AF_UNIX, datagram, ABSTRACT_DATAGRAM),
        "stream in the file system": (socket.AF_UNIX, stream, str(STREAM)),
        "datagram in the file system": (socket.AF_UNIX, datagram, str(DATAGRAM)),
    }
    if socket.has_ipv6 and Path("/proc/net/if_inet6").exists():
        wanted["TCP on ::1"] = (socket.AF_INET6, stream, ("::1", TCP_PORT))
        wanted["UDP on ::1"] = (socket.AF_INET6, datagram, ("::1", UDP_PORT))
    with contextlib.ExitStack() as stack:
        listeners = {}
        for name, (family, kind, address) in wanted.items():
            listener = stack.enter_context(socket.socket(family, kind))
            if family != socket.AF_UNIX:
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)  # type: ignore[arg-type]
            listener.setblocking(False)
            if kind == stream:
                listener.listen(64)
            listeners[name] = listener
        for path in (STREAM, DATAGRAM):
            path.chmod(0o777)
        yield listeners


def _somebody_called(listener: socket.socket) -> bool:
    called = False
    with contextlib.suppress(BlockingIOError):
        while True:
            if listener.type == socket.SOCK_STREAM:
                listener.accept()[0].close()
            else:
                listener.recv(64)
            called = True
    return called
