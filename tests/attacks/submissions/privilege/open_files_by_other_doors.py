"""Files beyond the sandbox: by handles, by inherited folders, by links of /proc, by dots, by calls that only look."""

import ctypes
import errno
import os

MUST = {
    "verdicts": {"softmax": "crashed"},
    "says": {"softmax": r"PermissionError: none of \d+ ways to a file"},
}

LIBC = ctypes.CDLL(None, use_errno=True)
REFUSED = (errno.EPERM, errno.EACCES, errno.ENOSYS)


def reached(number, *arguments):
    """Whether the kernel looked at a system call: it neither refused it nor claimed not to know it."""
    given = [a if isinstance(a, bytes) else ctypes.c_long(a) for a in arguments]
    return LIBC.syscall(ctypes.c_long(number), *given) >= 0 or ctypes.get_errno() not in REFUSED


HANDLE = (8).to_bytes(4, "little") + (1).to_bytes(4, "little") + (2).to_bytes(8, "little") + bytes(112)
# System calls of x86_64 by name, number and arguments; wrong arguments do, since a filter judges the number.
CALLS = {
    "name_to_handle_at": (303, -100, b"/", HANDLE, bytes(4), 0),
    "open_by_handle_at": (304, 0, HANDLE, 0),
    "openat2": (437, -100, b"/etc/passwd", bytes(24), 24),
    "creat": (85, b"/tmp/autograder-was-here", 0o666),
    "symlinkat": (266, b"/", -100, b"out"),
    "linkat": (265, -100, b"/etc/passwd", -100, b"in", 0),
    "renameat2": (316, -100, b"/tmp", -100, b"/tmp2", 0),
    "unlinkat": (263, -100, b"/tmp/autograder-no-such-file", 0),
    "fchmodat": (268, -100, b"/tmp", 0o777),
    "fchmodat2": (452, -100, b"/tmp", 0o777, 0),
    "fchownat": (260, -100, b"/tmp", 0, 0, 0),
    "truncate": (76, b"/tmp/autograder-no-such-file", 0),
    "utimensat": (280, -100, b"/tmp", 0, 0),
    "setxattr": (188, b"/tmp", b"user.x", b"x", 1, 0),
    "getxattr": (191, b"/tmp", b"user.x", bytes(8), 8),
    "flock": (73, 0, 2),
    "fallocate": (285, 0, 0, 0, 1),
    "open_tree": (428, -100, b"/", 0),
    "file_getattr": (468, -100, b"/", bytes(24), 24, 0),
}
CALLS = CALLS if os.uname().machine == "x86_64" else {}

OUTSIDE = (
    *("etc/passwd", "etc/shadow", "etc/ssh", "var/log", "boot", "root/.bashrc", "tmp/autograder-bait"),
    *("tmp/autograder-bait/secret.txt", "var/tmp/autograder-bait.txt", "dev/shm/autograder-bait"),
)
DOORS = (
    *("/", "/proc/self/root/", "/proc/1/root/", "/proc/self/cwd/", "/proc/1/cwd/", "../" * 40, "/tmp/" + "../" * 40),
    *(f"/proc/self/fd/{descriptor}/" for descriptor in range(5)),
    *(f"/dev/fd/{descriptor}/../../../../" for descriptor in range(5)),
)


def seen(path):
    """Whether a file or folder of the machine can be read."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        return bool(os.read(descriptor, 1))
    except IsADirectoryError:
        return bool(os.listdir(descriptor))


def folder_among(descriptor):
    """Whether a descriptor that was there before us is a folder to go on from."""
    os.fchdir(descriptor)
    return seen("../" * 20 + "etc/passwd")


WAYS = {door + name: lambda path=door + name: seen(path) for door in DOORS for name in OUTSIDE}
WAYS |= {f"descriptor {number}": lambda number=number: folder_among(number) for number in range(64)}


def softmax(Z):
    """Try every door."""
    done = [name for name, call in CALLS.items() if reached(*call)]
    for name, way in WAYS.items():
        try:
            if way() is not False:
                done.append(name)
        except OSError:
            pass
    if done:
        raise RuntimeError(f"went through: {', '.join(done)}")
    raise PermissionError(f"none of {len(CALLS) + len(WAYS)} ways to a file worked")
