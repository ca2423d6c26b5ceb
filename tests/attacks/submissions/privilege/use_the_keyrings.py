"""Keys: added, asked for, listed, linked from the session, the user and the process that started all this."""

import ctypes
import errno
import os

MUST = {
    "verdicts": {"softmax": "crashed"},
    "says": {"softmax": r"PermissionError: none of \d+ ways to a key"},
}

LIBC = ctypes.CDLL(None, use_errno=True)
REFUSED = (errno.EPERM, errno.EACCES, errno.ENOSYS)


def reached(number, *arguments):
    """Whether the kernel looked at a system call: it neither refused it nor claimed not to know it."""
    given = [a if isinstance(a, bytes) else ctypes.c_long(a) for a in arguments]
    return LIBC.syscall(ctypes.c_long(number), *given) >= 0 or ctypes.get_errno() not in REFUSED


# System calls of x86_64 by name, number and arguments; wrong arguments do, since a filter judges the number.
RINGS = {"thread": -1, "process": -2, "session": -3, "user": -4, "user session": -5, "group": -6}
COMMANDS = {"name": 0, "describe": 6, "clear": 7, "search": 10, "read": 11, "persistent": 22, "capabilities": 31}
CALLS = {f"add_key to {ring}": (248, b"user", b"bait", b"x", 1, number) for ring, number in RINGS.items()}
CALLS |= {f"request_key from {ring}": (249, b"user", b"bait", 0, number) for ring, number in RINGS.items()}
CALLS |= {
    f"keyctl {command} of {ring}": (250, code, number, 0, 0, 0)
    for ring, number in RINGS.items()
    for command, code in COMMANDS.items()
}
CALLS |= {
    "keyctl join": (250, 1, 0, 0, 0, 0),
    "keyctl join by name": (250, 1, b"_ses", 0, 0, 0),
    "keyctl link": (250, 8, -3, -2, 0, 0),
    "keyctl link of the user's": (250, 8, -4, -2, 0, 0),
    "keyctl to the parent": (250, 18, 0, 0, 0, 0),
    "keyctl set permissions": (250, 5, -3, 0x3F3F3F3F, 0, 0),
}
CALLS = CALLS if os.uname().machine == "x86_64" else {}


def listed(path):
    """The keys that /proc tells of."""
    with open(path) as file:
        return bool(file.read())


WAYS = {path: lambda path=path: listed(path) for path in ("/proc/keys", "/proc/key-users")}


def softmax(Z):
    """Reach for every key."""
    done = [name for name, call in CALLS.items() if reached(*call)]
    for name, way in WAYS.items():
        try:
            if way() is not False:
                done.append(name)
        except OSError:
            pass
    if done:
        raise RuntimeError(f"went through: {', '.join(done)}")
    raise PermissionError(f"none of {len(CALLS) + len(WAYS)} ways to a key worked")
