"""What only an administrator may do: modules, ports, clocks, swap, quotas, names, the machine's end."""

import ctypes
import errno
import os
import socket

MUST = {
    "verdicts": {"softmax": "crashed"},
    "says": {"softmax": r"PermissionError: none of \d+ ways to rule the machine"},
}

LIBC = ctypes.CDLL(None, use_errno=True)
REFUSED = (errno.EPERM, errno.EACCES, errno.ENOSYS)


def reached(number, *arguments):
    """Whether the kernel looked at a system call: it neither refused it nor claimed not to know it."""
    given = [a if isinstance(a, bytes) else ctypes.c_long(a) for a in arguments]
    return LIBC.syscall(ctypes.c_long(number), *given) >= 0 or ctypes.get_errno() not in REFUSED


# System calls of x86_64 by name, number and arguments; wrong arguments do, since a filter judges the number.
CALLS = {
    "init_module": (175, bytes(64), 64, b""),
    "finit_module": (313, 0, b"", 0),
    "delete_module": (176, b"autograder_no_such_module", 0),
    "reboot": (169, 0, 0, 0, 0),
    "reboot, magic and harmless": (169, 0xFEE1DEAD, 672274793, 0x89ABCDEF, 0),
    "kexec_load": (246, 0, 0, 0, 0),
    "kexec_file_load": (320, -1, -1, 0, b"", 0),
    "swapon": (167, b"/autograder-no-such-file", 0),
    "swapoff": (168, b"/autograder-no-such-file"),
    "quotactl": (179, 0x800001 << 8, b"/autograder-no-such-file", 0, 0),
    "quotactl_fd": (443, 0, 0, 0, 0),
    "iopl": (172, 3),
    "ioperm": (173, 0x80, 1, 1),
    "syslog": (103, 3, 0, 0),
    "syslog size": (103, 10, 0, 0),
    "sethostname": (170, b"autograder", 10),
    "setdomainname": (171, b"autograder", 10),
    "settimeofday": (164, 0, 0),
    "clock_settime": (227, 0, 0),
    "adjtimex": (159, bytes(208)),
    "clock_adjtime": (305, 0, bytes(208)),
    "nfsservctl": (180, 0, 0, 0),
    "mknod": (133, b"/tmp/autograder-mem", 0o20666, 257),
    "mknodat": (259, -100, b"/tmp/autograder-mem", 0o20666, 257),
    "sync": (162,),
    "syncfs": (306, 0),
    "uselib": (134, b"/bin/sh"),
    "_sysctl": (156, 0),
}
CALLS = CALLS if os.uname().machine == "x86_64" else {}
DEVICES = ("mem", "kmem", "port", "sda", "vda", "vda1", "nvme0n1", "loop-control", "tty", "tty0", "console", "kmsg")
WAYS = {f"/dev/{name}": lambda name=name: os.open(f"/dev/{name}", os.O_RDWR) for name in (*DEVICES, "ptmx", "rtc")}
WAYS["sethostname"] = lambda: socket.sethostname("autograder")


def softmax(Z):
    """Rule."""
    done = [name for name, call in CALLS.items() if reached(*call)]
    for name, way in WAYS.items():
        try:
            if way() is not False:
                done.append(name)
        except OSError:
            pass
    if done:
        raise RuntimeError(f"went through: {', '.join(done)}")
    raise PermissionError(f"none of {len(CALLS) + len(WAYS)} ways to rule the machine worked")
