"""Another user, another group, root: by every call that changes an identity or a capability."""

import ctypes
import errno
import os

MUST = {
    "verdicts": {"softmax": "crashed"},
    "says": {"softmax": r"PermissionError: none of \d+ ways to become another user"},
}

LIBC = ctypes.CDLL(None, use_errno=True)
REFUSED = (errno.EPERM, errno.EACCES, errno.ENOSYS)


def reached(number, *arguments):
    """Whether the kernel looked at a system call: it neither refused it nor claimed not to know it."""
    given = [a if isinstance(a, bytes) else ctypes.c_long(a) for a in arguments]
    return LIBC.syscall(ctypes.c_long(number), *given) >= 0 or ctypes.get_errno() not in REFUSED


# System calls of x86_64 by name, number and arguments; wrong arguments do, since a filter judges the number.
CALLS = {
    "setuid": (105, 0),
    "setgid": (106, 0),
    "setreuid": (113, 0, 0),
    "setregid": (114, 0, 0),
    "setgroups": (116, 0, 0),
    "setresuid": (117, 0, 0, 0),
    "setresgid": (119, 0, 0, 0),
    "setfsuid": (122, 0),
    "setfsgid": (123, 0),
    "capset": (126, 0, 0),
    "capget": (125, 0, 0),
    "prctl keep capabilities": (157, 8, 1, 0, 0, 0),
    "prctl secure bits": (157, 28, 0, 0, 0, 0),
    "prctl ambient": (157, 47, 2, 21, 0, 0),
}
CALLS = CALLS if os.uname().machine == "x86_64" else {}
WAYS = {
    "os.setuid": lambda: os.setuid(0),
    "os.setuid to another": lambda: os.setuid(1000),
    "os.setgid": lambda: os.setgid(0),
    "os.seteuid": lambda: os.seteuid(0),
    "os.setegid": lambda: os.setegid(0),
    "os.setresuid": lambda: os.setresuid(-1, 0, -1),
    "os.setresgid": lambda: os.setresgid(-1, 0, -1),
    "os.setgroups": lambda: os.setgroups([0, 27]),
    "os.initgroups": lambda: os.initgroups("root", 0),
    "to be root": lambda: 0 in (os.getuid(), os.geteuid()),
    "to write to what is root's": lambda: open("/etc/autograder-was-here", "x"),
}


def softmax(Z):
    """Try to be somebody else."""
    done = [name for name, call in CALLS.items() if reached(*call)]
    for name, way in WAYS.items():
        try:
            if way() is not False:
                done.append(name)
        except OSError:
            pass
    if done:
        raise RuntimeError(f"went through: {', '.join(done)}")
    raise PermissionError(f"none of {len(CALLS) + len(WAYS)} ways to become another user worked")
