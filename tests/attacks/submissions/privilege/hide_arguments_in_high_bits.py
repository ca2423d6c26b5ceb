"""Forbidden commands with bits set that the kernel ignores and a careless filter compares: keys typed into a terminal."""

import ctypes
import errno
import os

MUST = {
    "verdicts": {"softmax": "crashed"},
    "says": {"softmax": r"PermissionError: none of \d+ disguises worked"},
}

LIBC = ctypes.CDLL(None, use_errno=True)
REFUSED = (errno.EPERM, errno.EACCES, errno.ENOSYS)
TIOCSTI, TIOCLINUX, TIOCSCTTY, TIOCSETD, FIOSETOWN, FIOASYNC = 0x5412, 0x541C, 0x540E, 0x5423, 0x8901, 0x5452
TUNSETIFF, SIOCGIFCONF, FS_IOC_SETFLAGS, FICLONE, KDSKBENT = 0x400454CA, 0x8912, 0x40086602, 0x40049409, 0x4B47
F_SETLK, F_SETLKW, F_SETOWN, F_SETSIG, F_SETLEASE, F_NOTIFY, F_SETPIPE_SZ, F_ADD_SEALS = (
    6,
    7,
    8,
    10,
    1024,
    1026,
    1031,
    1033,
)
F_OFD_SETLK = 37
HIGH = (0, 1 << 32, 1 << 40, -1 << 32)
FREE = os.O_CREAT | os.O_RDWR


def reached(number, *arguments):
    """Whether the kernel looked at a system call."""
    given = [a if isinstance(a, bytes) else ctypes.c_long(a) for a in arguments]
    return LIBC.syscall(ctypes.c_long(number), *given) >= 0 or ctypes.get_errno() not in REFUSED


def disguises(high):
    """Forbidden calls by name, with these bits on top of what is looked at."""
    for command in (TIOCSTI, TIOCLINUX, TIOCSCTTY, TIOCSETD, FIOSETOWN, FIOASYNC, TUNSETIFF, SIOCGIFCONF):
        for descriptor in (0, 1, 3):
            yield f"ioctl {command:#x}", (16, descriptor, high | command, b"\n" * 64)
    for command in (FS_IOC_SETFLAGS, FICLONE, KDSKBENT):
        yield f"ioctl {command:#x}", (16, 0, high | command, bytes(64))
    for command in (
        F_SETLK,
        F_SETLKW,
        F_SETOWN,
        F_SETSIG,
        F_SETLEASE,
        F_NOTIFY,
        F_SETPIPE_SZ,
        F_ADD_SEALS,
        F_OFD_SETLK,
    ):
        yield f"fcntl {command}", (72, 0, high | command, 0)
    yield "prlimit64 of process 1", (302, high | (1 if os.getpid() != 1 else 2), 7, 0, bytes(16))
    path = os.fsencode(os.environ["TMPDIR"])
    yield "openat of an unnamed file", (257, -100, path, high | os.O_TMPFILE | os.O_RDWR, 0o600)
    yield "open of an unnamed file", (2, path, high | os.O_TMPFILE | os.O_RDWR, 0o600)
    yield "openat that cuts what it may not write", (257, -100, path + b"/cut", high | FREE & ~3 | os.O_TRUNC, 0o600)


def softmax(Z):
    """Wear every disguise."""
    tried, worked = 0, []
    for high in HIGH if os.uname().machine == "x86_64" else ():
        for name, call in disguises(high):
            tried += 1
            if reached(*call):
                worked.append(f"{name} with {high:#x}")
    if worked:
        raise RuntimeError(f"worked: {', '.join(worked)}")
    raise PermissionError(f"none of {tried} disguises worked")
