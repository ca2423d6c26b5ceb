"""The warm process for a sandbox without namespaces: its children seal themselves before they meet a submission.

It runs inside sandlock, which has taken the network and all files but Python, numpy and one scratch folder from
it and from its children. They still share that scratch folder, a process table and a user id, so each child
gives up for good all that reaches further than its own memory: it cannot start, signal or trace a process,
open a socket, or make a folder. It dies with this process. Nothing hostile ever runs in this process itself.

Requests come on descriptor 0, one child alive at a time: {"spawn": tasks}, where tasks is how many processes and
threads of this user run already (the kernel's limit counts them), answered as in `warm`; and {"end": true}.
"""

import json
import os
import socket
from typing import Any

from . import confine
from .serving import Service
from .warm import Nursery, settle, warm_up


class SealedNursery(Nursery):
    """A nursery whose children are sealed instead of namespaced."""

    tasks = 0

    def become_worker(self, wire_fd: int, output_fd: int) -> None:
        """Seal this child and serve; never returns."""
        try:
            confine.die_with_parent()
            channel = settle(wire_fd, wire_fd, output_fd)
            confine.set_limits(self.limits, self.idle_bytes)
            confine.limit_processes(self.tasks + self.limits["processes"])
            confine.install_filter(self.filter)
            Service(channel).run()
        except BaseException as error:  # noqa: BLE001 - this process must not run on as a second nursery
            os.write(2, f"worker: {error}\n".encode("utf-8", "replace")[:500])
        finally:
            os._exit(70)


def start(settings_text: str) -> None:
    """Serve the socket on descriptor 0 until it hangs up; settings is JSON as for `warm.start`."""
    control = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET, 0, fileno=0)
    settings: dict[str, Any] = json.loads(settings_text)
    warm_up()
    nursery = SealedNursery(control, settings)
    control.send(b"ready")
    # /proc is not there to read our own size from, so the server outside tells it.
    nursery.idle_bytes = json.loads(control.recv(256))["idle_bytes"]
    while request := control.recv(256):
        try:
            match json.loads(request):
                case {"spawn": int(tasks)} if not nursery.child:
                    nursery.tasks = tasks
                    nursery.spawn()
                case {"end": True} if nursery.child:
                    control.send(json.dumps(nursery.end()).encode())
                case _:
                    control.send(b"error a worker is spawned once, then ended once")
        except OSError as error:
            control.send(f"error {error}".encode("utf-8", "replace"))
