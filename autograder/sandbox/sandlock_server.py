"""Serve workers that sandlock confines, without root and without namespaces.

    python sandlock_server.py CONTROL_FD CONFIG_JSON [FOLDER_OF_SANDLOCK]

Theory of operation. sandlock (Landlock and seccomp, from PyPI) starts one confined process that has imported numpy
and forks a child per submission (`worker.sealed`); a process per submission would cost 160 ms, because sandlock
looks at each of the 1,300 files and folders that importing numpy asks for. This server stands between the grader
and that process: it passes requests and descriptors, empties the scratch folder after each child, watches how
much is in it, and starts a new confined process when the old one is gone.

CONTROL_FD is a SOCK_SEQPACKET socket. First we say b"ready". {"spawn": limits} is answered by b"ok" with three
descriptors (read from the worker, write to it, read its output), {"cpu": true} by the JSON of what it has used,
{"end": seconds of patience} by the JSON of how it ended. A failure is b"error <one line>".
CONFIG_JSON: {"command": [...], "readable": [paths], "environment": {...}, "scratch": folder}.
"""

import contextlib
import json
import os
import select
import shutil
import signal
import socket
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ANSWER_SECONDS = 10.0
START_SECONDS = 30.0
START_ATTEMPTS = 2
WATCH_SECONDS = 0.05
BLOCK = 4096

GONE = {"server_gone": True}

# A second wall: the child's own list of system calls names none of these either.
NEVER = ("memfd_create", "memfd_secret", "mq_open", "mq_unlink", "fallocate", "truncate")


class BoxError(Exception):
    """The confined process does not start, does not answer or has gone."""


class Box:
    """sandlock's confined process and our socket to it."""

    def __init__(self, config: dict[str, Any]) -> None:
        self.config, self.scratch = config, Path(config["scratch"])
        self.process: Any = None
        self.socket: socket.socket | None = None
        self.overfull = False
        self.scratch_bytes = 0
        self.start()

    def start(self) -> None:
        """Start the confined process and wait until it can fork. Raises BoxError."""
        # sandlock looks for its user's home when it is imported, and an unnamed uid has none.
        os.environ["HOME"] = str(self.scratch)
        from sandlock.sandbox import Sandbox, StdioMode

        self.socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.socket.settimeout(START_SECONDS)
        # sandlock closes all descriptors but the first three, so the socket goes in as standard input.
        os.dup2(theirs.fileno(), 0)
        theirs.close()
        try:
            sandbox = Sandbox(**policy(self.config))
            self.process = sandbox.popen(self.config["command"], StdioMode.INHERIT, StdioMode.NULL)
        except (OSError, RuntimeError, ValueError) as error:
            raise BoxError(f"sandlock: {error}") from error
        finally:
            null = os.open(os.devnull, os.O_RDONLY)
            os.dup2(null, 0)
            os.close(null)
        if self.ask(None)[0] != b"ready":
            raise BoxError("sandlock started no worker")
        self.socket.send(json.dumps({"idle_bytes": address_space(self.process.pid)}).encode())
        self.socket.settimeout(ANSWER_SECONDS)

    def ask(self, request: dict[str, Any] | None) -> tuple[bytes, list[int]]:
        """Send a request to the confined process, if there is one to send; return its answer. Raises BoxError."""
        if self.socket is None:
            raise BoxError("the confined process has gone")
        try:
            if request is not None:
                self.socket.send(json.dumps(request).encode())
            word, descriptors, _, _ = socket.recv_fds(self.socket, 4096, 3)
        except OSError as error:
            raise BoxError(f"the confined process does not answer: {error}") from error
        if not word:
            raise BoxError("the confined process has gone")
        return word, descriptors

    def spawn(self, limits: dict[str, Any]) -> tuple[bytes, list[int]]:
        """The answer and the descriptors of a new worker; starts a new confined process if need be."""
        self.empty_scratch()
        self.overfull = False
        self.scratch_bytes = int(limits["scratch_mib"]) << 20
        request = {"spawn": {**limits, "processes": tasks_of_this_user() + limits["processes"]}}
        if self.process is not None:
            with contextlib.suppress(BoxError):
                return self.ask(request)
            self.close()
        self.start()
        return self.ask(request)

    def end(self, patience_seconds: float) -> dict[str, Any]:
        """Kill the worker, unless it ends by itself in that time; how it ended."""
        self.watch_scratch()
        try:
            ended: dict[str, Any] = json.loads(self.ask({"end": patience_seconds})[0])
        except (BoxError, ValueError):
            self.close()
            ended = dict(GONE)
        if self.overfull:
            ended["reason"] = "the scratch folder was filled beyond its size"
        self.empty_scratch()
        return ended

    def watch_scratch(self) -> None:
        """Kill the worker when it has written more than it may; a file's own size the kernel limits."""
        if not self.overfull and used_bytes(self.scratch) > self.scratch_bytes and self.process is not None:
            self.overfull = True
            for pid in children_of(self.process.pid):
                os.kill(pid, signal.SIGKILL)

    def empty_scratch(self) -> None:
        """Remove what the last worker left, so that the next one finds nothing of it."""
        with os.scandir(self.scratch) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    shutil.rmtree(entry.path, ignore_errors=True)
                else:
                    Path(entry.path).unlink()

    def close(self) -> None:
        """Kill the confined process with all it started."""
        if self.socket is not None:
            self.socket.close()
        if self.process is not None:
            # sandlock kills the process group, which no child can leave.
            self.process.kill()
            self.process.wait(timeout=5)
        self.process = self.socket = None


def policy(config: dict[str, Any]) -> dict[str, Any]:
    """What sandlock lets the confined process do; no network, since none is named."""
    from sandlock import Protection

    return {
        "fs_readable": [path for path in (*config["readable"], "/dev/urandom") if Path(path).exists()],
        "fs_writable": [config["scratch"], os.devnull],
        "cwd": config["scratch"],
        "clean_env": True,
        "env": config["environment"],
        "no_coredump": True,
        "extra_deny_syscalls": list(NEVER),
        # Older kernels lack these; the child's own list of system calls refuses the same.
        "allow_degraded": [
            Protection.FS_TRUNCATE,
            Protection.NET_TCP,
            Protection.FS_IOCTL_DEV,
            Protection.SIGNAL_SCOPE,
            Protection.ABSTRACT_UNIX_SOCKET_SCOPE,
        ],
    }


def used_bytes(folder: Path) -> int:
    """What the files of a folder take on disk; an empty one counts too, for its place in the table of files."""
    used = 0
    with os.scandir(folder) as entries:
        for entry in entries:
            with contextlib.suppress(FileNotFoundError):
                used += max(entry.stat(follow_symlinks=False).st_blocks * 512, BLOCK)
    return used


def address_space(pid: int) -> int:
    """The bytes of address space of a process."""
    pages = Path(f"/proc/{pid}/statm").read_text().split()[0]
    return int(pages) * os.sysconf("SC_PAGESIZE")


def children_of(parent: int) -> list[int]:
    """The processes that a process has started."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        # Processes come and go while we look; the parent is the second field after the name's last bracket.
        with contextlib.suppress(OSError):
            if int((folder / "stat").read_text().rpartition(")")[2].split()[1]) == parent:
                found.append(int(folder.name))
    return found


def tasks_of_this_user() -> int:
    """How many processes and threads of this user there are, which is what RLIMIT_NPROC counts."""
    user, count = os.getuid(), 0
    with os.scandir("/proc") as entries:
        for entry in entries:
            if entry.name.isdigit():
                with contextlib.suppress(OSError):
                    if entry.stat().st_uid == user:
                        # A folder's link count is 2 and its subfolders: one a thread.
                        count += Path(entry.path, "task").stat().st_nlink - 2
    return count


def serve(control: socket.socket, box: Box) -> None:
    """Answer the grader until it hangs up."""
    waiting = select.poll()
    waiting.register(control, select.POLLIN)
    alive, next_watch = False, 0.0
    while True:
        asked = waiting.poll(WATCH_SECONDS * 1000 if alive else None)
        # Also while the grader asks this and that: a worker must not write unseen between its questions.
        if alive and time.monotonic() >= next_watch:
            box.watch_scratch()
            next_watch = time.monotonic() + WATCH_SECONDS
        if not asked:
            continue
        request = control.recv(2048)
        if not request:
            return
        try:
            match json.loads(request):
                case {"spawn": dict(limits)} if not alive:
                    word, descriptors = box.spawn(limits)
                    alive = word == b"ok"
                    socket.send_fds(control, [word], descriptors)
                    for descriptor in descriptors:
                        os.close(descriptor)
                case {"end": float() | int() as patience_seconds} if alive:
                    alive = False
                    control.send(json.dumps(box.end(patience_seconds)).encode())
                case {"cpu": True}:
                    control.send(box.ask({"cpu": True})[0])
                case _:
                    control.send(b"error a worker is spawned once, then ended once")
        except ValueError:
            control.send(b"error expected JSON")
        except (BoxError, OSError) as error:
            box.close()
            control.send(f"error {' '.join(str(error).split())}".encode("utf-8", "replace")[:1000])


def started(config: dict[str, Any]) -> Box:
    """The confined process, tried again when it does not start: somebody may have killed it. Raises BoxError."""
    for _ in range(START_ATTEMPTS - 1):
        with contextlib.suppress(BoxError):
            return Box(config)
    return Box(config)


def main(arguments: Sequence[str]) -> str | None:
    """Serve; what to say when there is no way to."""
    if len(arguments) not in (2, 3):
        return "usage: sandlock_server.py CONTROL_FD CONFIG_JSON [FOLDER_OF_SANDLOCK]"
    sys.path += arguments[2:]
    if os.geteuid() == 0:
        return "sandlock_server.py does not run as root; start it through drop.py"
    control = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET, 0, fileno=int(arguments[0]))
    try:
        box = started(json.loads(arguments[1]))
    except BoxError as error:
        return str(error)
    try:
        control.send(b"ready")
        serve(control, box)
    finally:
        box.close()
    return None


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
