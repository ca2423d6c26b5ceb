"""Names looked up, by the library and by hand: a question to a name server carries out whatever stands in the name."""

import ctypes
import os
import socket
import struct

MUST = {
    "verdicts": {"softmax": "crashed"},
    "says": {"softmax": r"PermissionError: none of \d+ questions"},
}

LIBC = ctypes.CDLL(None, use_errno=True)
LIBC.gethostbyname.restype = ctypes.c_void_p
NAME = "hidden-inputs.autograder-bait.invalid"
SERVERS = ("8.8.8.8", "127.0.0.53", "127.0.0.1", "10.0.2.3")


def question():
    """A question of DNS for NAME."""
    labels = b"".join(bytes([len(label)]) + label.encode() for label in NAME.split("."))
    return struct.pack(">6H", 7, 0x0100, 1, 0, 0, 0) + labels + b"\0" + struct.pack(">2H", 1, 1)


def by_udp(server):
    """Ask by hand."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        line.sendto(question(), (server, 53))


def by_tcp(server):
    """Ask by hand, in a connection."""
    with socket.create_connection((server, 53), 0.2) as line:
        line.sendall(struct.pack(">H", len(question())) + question())


def library():
    """Ask the C library, which may know a helper that Python does not."""
    if not LIBC.gethostbyname(NAME.encode()):
        raise OSError("refused")


def helper(path):
    """Ask a helper of the machine's through its socket."""
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(0.2)
        line.connect(path)


def servers():
    """Find out who would be asked."""
    with open("/etc/resolv.conf") as file:
        return file.read()


HELPERS = (
    "/run/nscd/socket",
    "/var/run/nscd/socket",
    "/run/systemd/resolve/io.systemd.Resolve",
    "/run/dbus/system_bus_socket",
)
WAYS = [
    lambda: socket.getaddrinfo(NAME, 80),
    lambda: socket.getaddrinfo("example.com", 443, type=socket.SOCK_STREAM),
    lambda: socket.gethostbyname(NAME),
    lambda: socket.gethostbyname_ex(NAME),
    lambda: socket.gethostbyaddr("192.0.2.1"),
    lambda: socket.getnameinfo(("192.0.2.1", 80), socket.NI_NAMEREQD),
    library,
    servers,
    *(lambda server=server: by_udp(server) for server in SERVERS),
    *(lambda server=server: by_tcp(server) for server in SERVERS),
    *(lambda path=path: helper(path) for path in HELPERS),
]


def softmax(Z):
    """Ask everybody."""
    answered = []
    for place, way in enumerate(WAYS):
        try:
            way()
            answered.append(place)
        except OSError:
            pass
    if answered:
        raise RuntimeError(f"answered: {answered}, on {os.uname().machine}")
    raise PermissionError(f"none of {len(WAYS)} questions")
