"""Descriptors that were there before: asked what they are, spoken on as sockets, handed others, stepped out of."""

import array
import ctypes
import errno
import fcntl
import os
import socket
import stat
import struct

MUST = {
    "verdicts": {"softmax": "crashed"},
    "says": {"softmax": r"PermissionError: none of \d+ descriptors"},
}

LIBC = ctypes.CDLL(None, use_errno=True)
REFUSED = (errno.EPERM, errno.EACCES, errno.ENOSYS, errno.EBADF)
# Null input, output twice, and the wire, which is ours to speak on.
OURS = {0, 1, 2, 3, 4}


def reached(number, *arguments):
    """Whether the kernel looked at a system call of x86_64."""
    if os.uname().machine != "x86_64":
        return False
    given = [a if isinstance(a, bytes) else ctypes.c_long(a) for a in arguments]
    return LIBC.syscall(ctypes.c_long(number), *given) >= 0 or ctypes.get_errno() not in REFUSED


def as_a_socket(descriptor):
    """Everything that a socket could be made to do, by name."""
    address = struct.pack("=HH4s8x", socket.AF_INET, socket.htons(47113), socket.inet_aton("127.0.0.1"))
    abstract = struct.pack("=H", socket.AF_UNIX) + b"\0autograder-bait"
    yield "getsockname", (51, descriptor, bytes(128), struct.pack("I", 128))
    yield "getpeername", (52, descriptor, bytes(128), struct.pack("I", 128))
    yield "getsockopt", (55, descriptor, 1, 17, bytes(12), struct.pack("I", 12))
    yield "setsockopt", (54, descriptor, 1, 16, struct.pack("i", 1), 4)
    yield "connect", (42, descriptor, address, 16)
    yield "connect by name", (42, descriptor, abstract, len(abstract))
    yield "bind", (49, descriptor, abstract, len(abstract))
    yield "listen", (50, descriptor, 5)
    yield "accept", (43, descriptor, 0, 0)
    yield "accept4", (288, descriptor, 0, 0, 0)
    yield "sendto", (44, descriptor, b"x", 1, 0x4040, 0, 0)
    yield "recvfrom", (45, descriptor, bytes(8), 8, 0x42, 0, 0)
    yield "sendmsg", (46, descriptor, bytes(56), 0x4040)
    yield "recvmsg", (47, descriptor, bytes(56), 0x42)
    yield "sendmmsg", (307, descriptor, bytes(64), 1, 0x4040)
    yield "recvmmsg", (299, descriptor, bytes(64), 1, 0x42, 0)
    yield "shutdown", (48, descriptor, 2)


def handed_over(descriptor):
    """Whether the other side could be handed a descriptor of ours."""
    try:
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM, 0, fileno=os.dup(descriptor))
        line.sendmsg([b"x"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [0, 1, 2]))])
    except OSError:
        return False
    return True


def softmax(Z):
    """Look at each number that a descriptor may have."""
    found = []
    for descriptor in range(256):
        try:
            kind = stat.S_IFMT(os.fstat(descriptor).st_mode)
        except OSError:
            continue
        if descriptor not in OURS:
            found.append(f"{descriptor} is open, of kind {kind:o}, flags {fcntl.fcntl(descriptor, fcntl.F_GETFL):o}")
        found += [f"{name} of {descriptor}" for name, call in as_a_socket(descriptor) if reached(*call)]
        found += [f"SCM_RIGHTS over {descriptor}"] if handed_over(descriptor) else []
    if found:
        raise RuntimeError("; ".join(found[:20]))
    raise PermissionError(f"none of {len(OURS)} descriptors could be put to another use")
