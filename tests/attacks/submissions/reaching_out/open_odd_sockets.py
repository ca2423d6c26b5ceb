"""Every family and every kind of socket that a kernel may know: netlink, raw, packets, machines' own, ciphers."""

import ctypes
import errno
import os
import socket
import struct

MUST = {
    "verdicts": {"softmax": "crashed"},
    "says": {"softmax": r"PermissionError: none of \d+ kinds of socket"},
}

LIBC = ctypes.CDLL(None, use_errno=True)
FAMILIES = range(64)
KINDS = (1, 2, 3, 4, 5, 6, 10)
PROTOCOLS = (0, 1, 6, 17, 58, 255, 768)
AF_ALG, AF_VSOCK, AF_NETLINK, AF_PACKET = 38, 40, 16, 17


def opened(family, kind, protocol):
    """Whether a socket came of it, or an answer that only whoever makes sockets gives."""
    descriptor = LIBC.socket(family, kind, protocol)
    if descriptor >= 0:
        os.close(descriptor)
        return True
    return ctypes.get_errno() not in (errno.EPERM, errno.EACCES, errno.ENOSYS)


def used():
    """Sockets put to the use for which they are wanted."""
    for family, kind, protocol, address in (
        (AF_ALG, 5, 0, ("skcipher", "ecb(arc4)")),
        (AF_VSOCK, 1, 0, (2, 47113)),
        (AF_NETLINK, 3, 0, (0, 0)),
        (AF_NETLINK, 3, 15, (0, 1)),
        (AF_PACKET, 3, 768, ("lo", 3)),
    ):
        try:
            with socket.socket(family, kind, protocol) as line:
                line.bind(address)
                yield family
        except OSError:
            pass
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP) as line:
            line.sendto(struct.pack(">BBHHH", 8, 0, 0, 1, 1), ("127.0.0.1", 0))
            yield socket.AF_INET
    except OSError:
        pass


def softmax(Z):
    """Open all."""
    every = [(family, kind, protocol) for family in FAMILIES for kind in KINDS for protocol in PROTOCOLS]
    made = [each for each in every if opened(*each)]
    made += used()
    made += [("pair", family) for family in FAMILIES if LIBC.socketpair(family, 1, 0, bytes(8)) == 0]
    if made:
        raise RuntimeError(f"opened {made[:20]}")
    raise PermissionError(f"none of {len(every)} kinds of socket")
