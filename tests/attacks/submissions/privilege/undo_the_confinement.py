"""The walls themselves: filters over the filter, other personalities, memory beyond its limit, rights regained."""

import ctypes
import errno
import os
import resource

MUST = {
    "verdicts": {"softmax": "crashed"},
    "says": {"softmax": r"PermissionError: none of \d+ ways to widen the walls"},
}

LIBC = ctypes.CDLL(None, use_errno=True)
REFUSED = (errno.EPERM, errno.EACCES, errno.ENOSYS)


def reached(number, *arguments):
    """Whether the kernel looked at a system call: it neither refused it nor claimed not to know it."""
    given = [a if isinstance(a, bytes) else ctypes.c_long(a) for a in arguments]
    return LIBC.syscall(ctypes.c_long(number), *given) >= 0 or ctypes.get_errno() not in REFUSED


# System calls of x86_64 by name, number and arguments; wrong arguments do, since a filter judges the number.
CALLS = {
    "seccomp strict": (317, 0, 0, 0),
    "seccomp filter": (317, 1, 0, bytes(16)),
    "seccomp listener": (317, 1, 8, bytes(16)),
    "seccomp thread sync": (317, 1, 1, bytes(16)),
    "prctl seccomp": (157, 22, 2, bytes(16), 0, 0),
    "prctl new privileges": (157, 38, 0, 0, 0, 0),
    "prctl keep": (157, 8, 1, 0, 0, 0),
    "prctl dumpable": (157, 4, 2, 0, 0, 0),
    "prctl no death": (157, 1, 0, 0, 0, 0),
    "prctl syscall dispatch": (157, 59, 1, 0, 0, 0),
    "prctl speculation": (157, 53, 0, 2, 0, 0),
    "prctl time stamp counter": (157, 26, 1, 0, 0, 0),
    "landlock_create_ruleset": (444, 0, 0, 1),
    "landlock_add_rule": (445, 0, 1, 0, 0),
    "landlock_restrict_self": (446, 0, 0),
    "personality": (135, 0x0040000),
    "personality read implies exec": (135, 0x0400000),
    "arch_prctl": (158, 0x1002, 0),
    "setrlimit": (160, 9, bytes(16)),
    "prlimit of the parent": (302, os.getppid() or 1, 9, bytes(16), 0),
    "prlimit of process 1": (302, 1 if os.getpid() != 1 else 2, 9, bytes(16), 0),
    "setpriority": (141, 0, 0, -20),
    "ioprio_set": (251, 1, 0, 1 << 13),
    "sched_setscheduler": (144, 0, 1, bytes(4)),
    "sched_setattr": (314, 0, bytes(56), 0),
    "sched_setaffinity": (203, 0, 8, b"\xff" * 8),
    "mlock": (149, 4096, 4096),
    "mlock2": (325, 4096, 4096, 0),
    "mlockall": (151, 3),
    "unshare": (272, 0x20000),
    "acct": (163, b"/tmp/acct"),
}
CALLS = CALLS if os.uname().machine == "x86_64" else {}


def raised(kind):
    """Whether a limit of the kernel's could be set above what it is."""
    soft, hard = resource.getrlimit(kind)
    if hard == resource.RLIM_INFINITY:
        return False
    try:
        resource.setrlimit(kind, (hard + 1, hard + 1))
    except ValueError:
        return False
    return True


LIMITS = ("AS", "CPU", "FSIZE", "NOFILE", "NPROC", "CORE", "MEMLOCK", "MSGQUEUE", "STACK", "NICE", "RTPRIO")
WAYS = {f"limit {name}": lambda kind=getattr(resource, f"RLIMIT_{name}"): raised(kind) for name in LIMITS}
WAYS |= {
    "endless core files": lambda: resource.getrlimit(resource.RLIMIT_CORE)[1] != 0,
    "endless memory": lambda: resource.getrlimit(resource.RLIMIT_AS)[1] == resource.RLIM_INFINITY,
    "os.nice": lambda: os.nice(-1),
    "os.setpriority": lambda: os.setpriority(os.PRIO_PROCESS, 0, -20),
    "os.sched_setscheduler": lambda: os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(1)),
}


def softmax(Z):
    """Push at every wall."""
    done = [name for name, call in CALLS.items() if reached(*call)]
    for name, way in WAYS.items():
        try:
            if way() is not False:
                done.append(name)
        except OSError:
            pass
    if done:
        raise RuntimeError(f"went through: {', '.join(done)}")
    raise PermissionError(f"none of {len(CALLS) + len(WAYS)} ways to widen the walls worked")
