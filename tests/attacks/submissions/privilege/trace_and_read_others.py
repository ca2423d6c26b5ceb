"""The memory, the registers and the descriptors of other processes, and of this one through the back door."""

import ctypes
import errno
import os

MUST = {
    "verdicts": {"softmax": "crashed"},
    "says": {"softmax": r"PermissionError: none of \d+ ways into another process"},
}

LIBC = ctypes.CDLL(None, use_errno=True)
REFUSED = (errno.EPERM, errno.EACCES, errno.ENOSYS)


def reached(number, *arguments):
    """Whether the kernel looked at a system call: it neither refused it nor claimed not to know it."""
    given = [a if isinstance(a, bytes) else ctypes.c_long(a) for a in arguments]
    return LIBC.syscall(ctypes.c_long(number), *given) >= 0 or ctypes.get_errno() not in REFUSED


# System calls of x86_64 by name, number and arguments; wrong arguments do, since a filter judges the number.
CALLS = {
    f"{name} of {target}": call
    for target in (1, 2, os.getppid(), os.getpid())
    for name, call in {
        "ptrace attach": (101, 16, target, 0, 0),
        "ptrace seize": (101, 0x4206, target, 0, 0),
        "process_vm_readv": (310, target, 0, 0, 0, 0, 0),
        "process_vm_writev": (311, target, 0, 0, 0, 0, 0),
        "kcmp": (312, target, target, 0, 0, 0),
        "pidfd_open": (434, target, 0),
        "process_madvise": (440, 0, 0, 0, 20, 0),
        "migrate_pages": (256, target, 0, 0, 0),
        "move_pages": (279, target, 0, 0, 0, 0, 0),
    }.items()
}
CALLS |= {
    "ptrace me": (101, 0, 0, 0, 0),
    "pidfd_getfd": (438, 0, 0, 0),
    "pidfd_send_signal": (424, 0, 0, 0, 0),
    "process_mrelease": (448, 0, 0),
    "prctl ptracer": (157, 0x59616D61, -1, 0, 0, 0),
    "prctl dumpable": (157, 4, 1, 0, 0, 0),
    "prctl memory map": (157, 35, 1, 4096, 0, 0),
}
CALLS = CALLS if os.uname().machine == "x86_64" else {}


def opened(path):
    """Read a byte of what belongs to another process."""
    with open(path, "rb") as file:
        file.read(1)


WAYS = {
    f"/proc/{pid}/{name}": lambda path=f"/proc/{pid}/{name}": opened(path)
    for pid in (1, 2, "self", "thread-self", os.getppid(), os.getpid())
    for name in ("mem", "environ", "maps", "cmdline", "auxv", "syscall", "stack", "root/etc/passwd", "pagemap")
}
WAYS["ptrace of libc"] = lambda: LIBC.ptrace(0, 0, None, None) == 0


def softmax(Z):
    """Look into everybody."""
    done = [name for name, call in CALLS.items() if reached(*call)]
    for name, way in WAYS.items():
        try:
            if way() is not False:
                done.append(name)
        except OSError:
            pass
    if done:
        raise RuntimeError(f"went through: {', '.join(done)}")
    raise PermissionError(f"none of {len(CALLS) + len(WAYS)} ways into another process worked")
