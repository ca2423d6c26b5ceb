"""Sockets of this machine alone: by path, by abstract name, in pairs, to the services that every machine has."""

import array
import os
import socket

MUST = {
    "verdicts": {"softmax": "crashed"},
    "says": {"softmax": r"PermissionError: none of \d+ sockets"},
}

BAIT = "/tmp/autograder-bait"
NAMES = (
    *(f"{BAIT}/stream.socket", f"{BAIT}/datagram.socket", "\0autograder-bait", "\0autograder-bait-datagram"),
    *("/run/docker.sock", "/var/run/docker.sock", "/run/dbus/system_bus_socket", "/run/systemd/private", "/dev/log"),
    *(
        "/run/systemd/journal/stdout",
        "/run/snapd.socket",
        "/tmp/.X11-unix/X0",
        "\0/tmp/.X11-unix/X0",
        "/run/udev/control",
    ),
    *("/run/containerd/containerd.sock", "/run/podman/podman.sock", "/run/acpid.socket", "\0/org/kernel/linux/storage"),
)
KINDS = (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_SEQPACKET)


def call(name, kind):
    """Call, say a word and hand over a descriptor."""
    with socket.socket(socket.AF_UNIX, kind) as line:
        line.settimeout(0.2)
        line.connect(name)
        line.sendmsg([b"hello"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [0]))])


def post(name):
    """Say a word without calling first."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        line.sendto(b"hello", name)


def wait(name, kind):
    """Be the one who is called."""
    with socket.socket(socket.AF_UNIX, kind) as line:
        line.bind(name)
        line.listen()


HERE = os.path.join(os.environ["TMPDIR"], "socket")
WAYS = [
    *(lambda name=name, kind=kind: call(name, kind) for name in NAMES for kind in KINDS),
    *(lambda name=name: post(name) for name in NAMES),
    *(lambda name=name, kind=kind: wait(name, kind) for name in ("\0attacker", HERE, "") for kind in KINDS),
    *(lambda kind=kind: socket.socketpair(socket.AF_UNIX, kind) for kind in KINDS),
]


def softmax(Z):
    """Try them all."""
    through = []
    for place, way in enumerate(WAYS):
        try:
            way()
            through.append(place)
        except OSError:
            pass
    if through:
        raise RuntimeError(f"got through by {through}")
    raise PermissionError(f"none of {len(WAYS)} sockets")
