"""The warm process for a sandbox without namespaces: its children seal themselves before they meet a submission.

It runs inside sandlock, which has taken the network and all files but Python, numpy and one scratch folder from
it and from its children. They still share that scratch folder, a process table and a user id, so each child
gives up for good all that reaches further than its own memory: it cannot start, signal or trace a process,
open a socket, or make a folder. It dies with this process. Nothing hostile ever runs in this process itself.

Requests come on descriptor 0 and are those of `warm`, one child alive at a time. With {"spawn": limits} the limit of
processes counts those of this user that run already, as the kernel does.
"""

import json
import os
import socket
from typing import Any

from . import confine, wire
from .serving import Service
from .warm import Nursery, serve, settle, warm_up


class SealedNursery(Nursery):
    """A nursery whose children are sealed instead of namespaced."""

    def become_worker(self, wire_fd: int, output_fd: int) -> None:
        """Seal this child and serve; never returns."""
        try:
            confine.die_with_parent()
            channel = settle(wire_fd, wire_fd, output_fd)
            confine.set_limits(self.limits, self.idle_bytes)
            confine.limit_processes(self.limits["processes"])
            confine.install_filter(self.filter)
            Service(channel).run()
        except BaseException as error:  # noqa: BLE001 - this process must not run on as a second nursery
            os.write(2, f"worker: {error}\n".encode("utf-8", "replace")[:500])
        finally:
            os._exit(wire.LOST_THE_WIRE)


def start(settings_text: str) -> None:
    """Serve the socket on descriptor 0 until it hangs up; settings is JSON as for `warm.start`."""
    control = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET, 0, fileno=0)
    settings: dict[str, Any] = json.loads(settings_text)
    warm_up()
    nursery = SealedNursery(control, settings)
    control.send(b"ready")
    # /proc is not there to read our own size from, so the server outside tells it.
    nursery.idle_bytes = json.loads(control.recv(256))["idle_bytes"]
    serve(nursery)


def start_in_the_open(control_fd: int, settings_text: str) -> None:
    """Serve the socket at `control_fd` where there is no sandbox around us, only a user who owns nothing.

    What a child gives up is then all that confines it: it reads what is open to everybody, and writes nothing.
    """
    control = socket.socket(fileno=control_fd)
    settings: dict[str, Any] = json.loads(settings_text)
    warm_up()
    nursery = SealedNursery(control, settings)
    # A child is the same user, and /proc would show it our memory.
    confine.refuse_tracing()
    control.send(b"ready")
    serve(nursery)
    if nursery.child:
        nursery.end(0.0)
