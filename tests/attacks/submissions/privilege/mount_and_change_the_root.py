"""Mounts, old and new, and another root directory to look out of the sandbox from."""

import ctypes
import errno
import os

MUST = {
    "verdicts": {"softmax": "crashed"},
    "says": {"softmax": r"PermissionError: none of \d+ ways to change what is mounted"},
}

LIBC = ctypes.CDLL(None, use_errno=True)
REFUSED = (errno.EPERM, errno.EACCES, errno.ENOSYS)


def reached(number, *arguments):
    """Whether the kernel looked at a system call: it neither refused it nor claimed not to know it."""
    given = [a if isinstance(a, bytes) else ctypes.c_long(a) for a in arguments]
    return LIBC.syscall(ctypes.c_long(number), *given) >= 0 or ctypes.get_errno() not in REFUSED


# System calls of x86_64 by name, number and arguments; wrong arguments do, since a filter judges the number.
CALLS = {
    "mount tmpfs": (165, b"tmpfs", b"/tmp", b"tmpfs", 0, 0),
    "mount bind": (165, b"/", b"/tmp", 0, 4096, 0),
    "mount proc": (165, b"proc", b"/tmp", b"proc", 0, 0),
    "mount remount": (165, b"none", b"/", 0, 32, 0),
    "mount propagation": (165, b"none", b"/", 0, 1 << 20 | 1 << 14, 0),
    "umount2": (166, b"/tmp", 2),
    "umount2 of the root": (166, b"/", 2),
    "pivot_root": (155, b"/tmp", b"/tmp"),
    "chroot": (161, b"/tmp"),
    "fsopen": (430, b"tmpfs", 0),
    "fsconfig": (431, 0, 6, 0, 0, 0),
    "fsmount": (432, 0, 0, 0),
    "fspick": (433, -100, b"/", 0),
    "open_tree": (428, -100, b"/", 0x8001),
    "move_mount": (429, -100, b"/tmp", -100, b"/", 0),
    "mount_setattr": (442, -100, b"/", 0, 0, 0),
    "statmount": (457, 0, 0, 0, 0),
    "listmount": (458, 0, 0, 0, 0),
}
CALLS = CALLS if os.uname().machine == "x86_64" else {}
WAYS = {
    "os.chroot": lambda: os.chroot("/tmp"),
    "mount of libc": lambda: LIBC.mount(b"none", b"/tmp", b"tmpfs", 0, None) == 0,
    "umount of libc": lambda: LIBC.umount(b"/proc") == 0,
    "pivot_root of libc": lambda: hasattr(LIBC, "pivot_root") and LIBC.pivot_root(b".", b".") == 0,
}


def softmax(Z):
    """Change the world that is seen."""
    done = [name for name, call in CALLS.items() if reached(*call)]
    for name, way in WAYS.items():
        try:
            if way() is not False:
                done.append(name)
        except OSError:
            pass
    if done:
        raise RuntimeError(f"went through: {', '.join(done)}")
    raise PermissionError(f"none of {len(CALLS) + len(WAYS)} ways to change what is mounted worked")
