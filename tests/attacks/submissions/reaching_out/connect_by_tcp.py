"""TCP connections to services of this machine and of others, by every call that opens or feeds one."""

import ctypes
import os
import socket
import struct

MUST = {
    "verdicts": {"softmax": "crashed"},
    "says": {"softmax": r"PermissionError: none of \d+ connections"},
}

LIBC = ctypes.CDLL(None, use_errno=True)
PORT = 47113
HOSTS4 = ("127.0.0.1", "127.0.0.2", "0.0.0.0", "10.0.2.2", "192.0.2.1")
HOSTS6 = ("::1", "::", "::ffff:127.0.0.1", "fe80::1")
MSG_FASTOPEN = 0x20000000
MPTCP = 262


def connect(family, host, kind=socket.SOCK_STREAM, protocol=0):
    """A connection, and a word said on it."""
    with socket.socket(family, kind, protocol) as line:
        line.settimeout(0.2)
        line.connect((host, PORT))
        line.sendall(b"hello\n")


def fast_open(family, host):
    """The word before the connection."""
    with socket.socket(family, socket.SOCK_STREAM) as line:
        line.settimeout(0.2)
        line.sendto(b"hello\n", MSG_FASTOPEN, (host, PORT))


def later(family, host):
    """A connection that is only begun."""
    with socket.socket(family, socket.SOCK_STREAM | socket.SOCK_NONBLOCK) as line:
        line.connect_ex((host, PORT))


def past_python(host):
    """The C library alone."""
    line = LIBC.socket(socket.AF_INET, socket.SOCK_STREAM, 0)
    if line < 0:
        raise OSError(ctypes.get_errno(), "refused")
    address = struct.pack("=HH4s8x", socket.AF_INET, socket.htons(PORT), socket.inet_aton(host))
    LIBC.connect(line, address, len(address))
    LIBC.write(line, b"hello\n", 6)


def by_number(host):
    """Numbers of x86_64."""
    if os.uname().machine != "x86_64":
        raise OSError("another machine's numbers")
    line = LIBC.syscall(ctypes.c_long(41), ctypes.c_long(2), ctypes.c_long(1), ctypes.c_long(0))
    if line < 0:
        raise OSError(ctypes.get_errno(), "refused")


WAYS = [
    *(lambda host=host: connect(socket.AF_INET, host) for host in HOSTS4),
    *(lambda host=host: connect(socket.AF_INET6, host) for host in HOSTS6),
    *(lambda host=host: connect(socket.AF_INET, host, protocol=MPTCP) for host in HOSTS4),
    *(lambda host=host: connect(socket.AF_INET, host, protocol=socket.IPPROTO_SCTP) for host in HOSTS4),
    *(lambda host=host: fast_open(socket.AF_INET, host) for host in HOSTS4),
    *(lambda host=host: fast_open(socket.AF_INET6, host) for host in HOSTS6),
    *(lambda host=host: later(socket.AF_INET, host) for host in HOSTS4),
    *(lambda host=host: past_python(host) for host in HOSTS4),
    *(lambda host=host: by_number(host) for host in HOSTS4),
    *(lambda host=host: socket.create_connection((host, PORT), 0.2) for host in (*HOSTS4, *HOSTS6)),
    lambda: socket.create_connection(("localhost", PORT), 0.2),
    lambda: socket.create_connection((socket.gethostname(), PORT), 0.2),
]


def softmax(Z):
    """Call everybody."""
    through = []
    for place, way in enumerate(WAYS):
        try:
            way()
            through.append(place)
        except OSError:
            pass
    if through:
        raise RuntimeError(f"got through by {through}")
    raise PermissionError(f"none of {len(WAYS)} connections")
