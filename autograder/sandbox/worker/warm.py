"""A process that has imported numpy once and forks a confined child for each submission.

It runs inside the sandbox, holds the one socket on which the grader asks for a child ({"spawn": limits}), for the
processor time that it has used ({"cpu": true}) and for its end ({"end": seconds of patience}), and never sees a byte of
a submission itself. A child keeps nothing of it but numpy: every descriptor but its own wire is closed before the first
frame is read.

Start it with `start(control_fd, settings)`; settings is JSON: {"namespaces": bool, "filter": hex}.
"""

import contextlib
import fcntl
import gc
import json
import os
import signal
import socket
import sys
import time
from typing import Any

import numpy as np

from . import confine, wire
from .serving import Service, Wire

# What submissions import most, and what a notebook is read with.
USED_BY_MANY = (
    *("collections", "dataclasses", "functools", "itertools", "math", "random", "typing"),
    *("__future__", "ast", "symtable"),
)


def warm_up() -> None:
    """Load what numpy loads on first use, so that no child pays for it; seed what a child may inherit."""
    generator = np.random.default_rng(0)
    np.linalg.solve(generator.normal(size=(4, 4)), generator.permutation(4))
    np.einsum("ij,jk->ik", generator.random((2, 2)), np.eye(2))
    np.random.seed(0)  # noqa: NPY002 - children that use the global generator all start alike
    for name in USED_BY_MANY:
        __import__(name)
    import random

    random.seed(0)
    gc.collect()
    gc.freeze()


def settle(read_fd: int, write_fd: int, output_fd: int) -> Wire:
    """Put the student's output on descriptors 1 and 2, an empty file on 0, the wire above; close all others."""
    ours = [fcntl.fcntl(fd, fcntl.F_DUPFD, 10) for fd in (read_fd, write_fd, output_fd)]
    null = os.open("/dev/null", os.O_RDONLY)
    for source, target in ((null, 0), (ours[2], 1), (ours[2], 2), (ours[0], 3), (ours[1], 4)):
        os.dup2(source, target)
    os.closerange(5, 4096)
    return Wire(3, 4)


class Nursery:
    """The children of this process, one alive at a time."""

    def __init__(self, control: socket.socket, settings: dict[str, Any]) -> None:
        self.control = control
        self.limits: dict[str, Any] = {}
        self.filter = bytes.fromhex(settings["filter"])
        self.namespaces = confine.Namespaces() if settings["namespaces"] else None
        self.idle_bytes = confine.idle_address_space()
        self.child = 0

    def spawn(self, limits: dict[str, Any]) -> None:
        """Fork a child with these limits and send the grader its ends of the wire and of the output."""
        self.limits = limits
        near, far = socket.socketpair()
        output_read, output_write = os.pipe()
        if self.namespaces:
            self.namespaces.before_fork()
        self.child = os.fork()
        if self.child == 0:
            self.become_worker(far.detach(), output_write)
        if self.namespaces:
            self.namespaces.after_fork()
        socket.send_fds(self.control, [b"ok"], [near.fileno(), near.fileno(), output_read])
        near.close()
        far.close()
        os.close(output_read)
        os.close(output_write)

    def become_worker(self, wire_fd: int, output_fd: int) -> None:
        """Confine this child and serve; never returns."""
        try:
            os.setsid()
            if self.namespaces:
                self.namespaces.in_child(self.limits["scratch_mib"])
            channel = settle(wire_fd, wire_fd, output_fd)
            confine.set_limits(self.limits, self.idle_bytes)
            if self.namespaces:
                # The warm process and its parent inside the sandbox are counted too.
                confine.limit_processes(self.limits["processes"] + 2)
                confine.drop_privileges()
                confine.install_filter(self.filter)
            Service(channel).run()
        except BaseException as error:  # noqa: BLE001 - this process must not run on as a second nursery
            os.write(2, f"worker: {error}\n".encode("utf-8", "replace")[:500])
        finally:
            os._exit(wire.LOST_THE_WIRE)

    def cpu_seconds(self) -> float:
        """The processor time in seconds that the child with all its threads has used so far."""
        # The clock of another process: what clock_getcpuclockid(3) makes of its number.
        return time.clock_gettime((~self.child << 3) | 2)

    def end(self, patience_seconds: float) -> dict[str, Any]:
        """Kill the child with all it started, unless it ends by itself in that time; return how it ended."""
        give_up = time.monotonic() + patience_seconds
        pid, status, usage = os.wait4(self.child, os.WNOHANG)
        while not pid and time.monotonic() < give_up:
            time.sleep(0.001)
            pid, status, usage = os.wait4(self.child, os.WNOHANG)
        lived = not pid
        if not self.namespaces:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.child, signal.SIGKILL)
        if lived:
            os.kill(self.child, signal.SIGKILL)
            _, status, usage = os.wait4(self.child, 0)
        self.child = 0
        code = os.waitstatus_to_exitcode(status)
        return {
            "exit_code": code if code >= 0 else None,
            "signal": -code if code < 0 else None,
            "lived": lived,
            "cpu_seconds": usage.ru_utime + usage.ru_stime,
            "max_rss_kib": usage.ru_maxrss,
            "reason": "",
        }


def serve(nursery: Nursery) -> None:
    """Answer requests until whoever asks hangs up."""
    control = nursery.control
    while request := control.recv(2048):
        try:
            match json.loads(request):
                case {"spawn": dict(limits)} if not nursery.child:
                    nursery.spawn(limits)
                case {"cpu": True} if nursery.child:
                    control.send(json.dumps({"cpu_seconds": nursery.cpu_seconds()}).encode())
                case {"end": float() | int() as patience_seconds} if nursery.child:
                    control.send(json.dumps(nursery.end(patience_seconds)).encode())
                case _:
                    control.send(b"error a worker is spawned once, then ended once")
        except OSError as error:
            control.send(f"error {error}".encode("utf-8", "replace"))


def start(control_fd: int, settings_text: str) -> None:
    """Serve the grader's control socket until it hangs up, then end the last child."""
    control = socket.socket(fileno=control_fd)
    settings = json.loads(settings_text)
    warm_up()
    nursery = Nursery(control, settings)
    if settings["namespaces"]:
        confine.forbid_user_namespaces()
    control.send(b"ready")
    serve(nursery)
    if nursery.child:
        nursery.end(0.0)
    sys.exit(0)
