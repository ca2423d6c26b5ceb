"""Namespaces of every kind, alone and together, made, entered, and made by a clone that looks like a thread."""

import ctypes
import errno
import os

MUST = {
    "verdicts": {"softmax": "crashed"},
    "says": {"softmax": r"PermissionError: none of \d+ ways into another namespace"},
}

LIBC = ctypes.CDLL(None, use_errno=True)
REFUSED = (errno.EPERM, errno.EACCES, errno.ENOSYS)


def reached(number, *arguments):
    """Whether the kernel looked at a system call: it neither refused it nor claimed not to know it."""
    given = [a if isinstance(a, bytes) else ctypes.c_long(a) for a in arguments]
    return LIBC.syscall(ctypes.c_long(number), *given) >= 0 or ctypes.get_errno() not in REFUSED


KINDS = {
    "time": 0x80,
    "mount": 0x20000,
    "cgroup": 0x2000000,
    "uts": 0x4000000,
    "ipc": 0x8000000,
    "user": 0x10000000,
    "pid": 0x20000000,
    "net": 0x40000000,
    "all": 0x7E020080,
}
THREAD = 0x10000 | 0x800 | 0x100


def cloned(flags):
    """A child in a new namespace; one that gets there leaves at once."""
    result = LIBC.syscall(ctypes.c_long(56), *map(ctypes.c_long, (flags, 0, 0, 0, 0)))
    if result == 0:
        os._exit(9)
    return result > 0


def entered(path):
    """Whether this process could get into the namespace that a file of /proc stands for."""
    descriptor = os.open(path, os.O_RDONLY)
    return LIBC.setns(descriptor, 0) == 0


# System calls of x86_64 by name, number and arguments; wrong arguments do, since a filter judges the number.
CALLS = {f"unshare {name}": (272, flag) for name, flag in KINDS.items()}
CALLS |= {f"setns {name}": (308, 0, flag) for name, flag in KINDS.items()}
CALLS |= {
    "unshare files": (272, 0x400),
    "unshare root and umask": (272, 0x200),
    "clone3": (435, bytes(88), 88),
    "clone3 of a namespace": (435, (0x10000000).to_bytes(8, "little") + bytes(80), 88),
}
CALLS = CALLS if os.uname().machine == "x86_64" else {}
WAYS = {f"clone {name}": lambda flag=flag: cloned(flag | 17) for name, flag in KINDS.items()}
# Looks like a thread to a filter; the kernel has to refuse it. What stands for time is a thread like any other.
WAYS |= {f"a thread in {name}": lambda flag=flag: cloned(flag | THREAD) for name, flag in KINDS.items() if flag > 0x80}
WAYS |= {
    f"{kind} of process {pid}": lambda path=f"/proc/{pid}/ns/{kind}": entered(path)
    for pid in (1, 2, "self", os.getppid())
    for kind in ("user", "mnt", "pid", "net", "ipc", "uts", "cgroup")
}
WAYS |= {f"unshare of libc {name}": lambda flag=flag: LIBC.unshare(flag) == 0 for name, flag in KINDS.items()}
WAYS = WAYS if os.uname().machine == "x86_64" else {}


def softmax(Z):
    """Go through every door."""
    done = [name for name, call in CALLS.items() if reached(*call)]
    for name, way in WAYS.items():
        try:
            if way() is not False:
                done.append(name)
        except OSError:
            pass
    if done:
        raise RuntimeError(f"went through: {', '.join(done)}")
    raise PermissionError(f"none of {len(CALLS) + len(WAYS)} ways into another namespace worked")
