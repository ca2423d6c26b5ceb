"""Datagrams, which need no answer: to this machine, to everybody on the wire, to a group, by many calls."""

import ctypes
import os
import socket
import struct

MUST = {
    "verdicts": {"softmax": "crashed"},
    "says": {"softmax": r"PermissionError: none of \d+ datagrams"},
}

LIBC = ctypes.CDLL(None, use_errno=True)
PORT = 47114
HOSTS4 = ("127.0.0.1", "127.255.255.255", "255.255.255.255", "224.0.0.1", "192.0.2.1")
HOSTS6 = ("::1", "ff02::1", "::ffff:127.0.0.1")
UDPLITE = 136


def send(family, host, protocol=0):
    """A datagram in one call."""
    with socket.socket(family, socket.SOCK_DGRAM, protocol) as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
        line.sendto(b"hello", (host, PORT))


def connected(family, host):
    """A datagram on a line that was set up for it."""
    with socket.socket(family, socket.SOCK_DGRAM) as line:
        line.connect((host, PORT))
        line.sendmsg([b"hello"])


def past_python(host):
    """The C library alone."""
    line = LIBC.socket(socket.AF_INET, socket.SOCK_DGRAM, 0)
    if line < 0:
        raise OSError(ctypes.get_errno(), "refused")
    address = struct.pack("=HH4s8x", socket.AF_INET, socket.htons(PORT), socket.inet_aton(host))
    LIBC.sendto(line, b"hello", 5, 0, address, len(address))


def on_what_is_there(host):
    """On descriptors that somebody may have left open."""
    address = struct.pack("=HH4s8x", socket.AF_INET, socket.htons(PORT), socket.inet_aton(host))
    sent = [descriptor for descriptor in range(64) if LIBC.sendto(descriptor, b"x", 1, 0, address, 16) >= 0]
    if not sent:
        raise OSError(ctypes.get_errno(), "refused")


WAYS = [
    *(lambda host=host: send(socket.AF_INET, host) for host in HOSTS4),
    *(lambda host=host: send(socket.AF_INET6, host) for host in HOSTS6),
    *(lambda host=host: send(socket.AF_INET, host, UDPLITE) for host in HOSTS4),
    *(lambda host=host: connected(socket.AF_INET, host) for host in HOSTS4),
    *(lambda host=host: connected(socket.AF_INET6, host) for host in HOSTS6),
    *(lambda host=host: past_python(host) for host in HOSTS4),
    *(lambda host=host: on_what_is_there(host) for host in HOSTS4),
]


def softmax(Z):
    """Send to everybody."""
    sent = []
    for place, way in enumerate(WAYS):
        try:
            way()
            sent.append(place)
        except OSError:
            pass
    if sent:
        raise RuntimeError(f"sent by {sent}, as uid {os.getuid()}")
    raise PermissionError(f"none of {len(WAYS)} datagrams")
