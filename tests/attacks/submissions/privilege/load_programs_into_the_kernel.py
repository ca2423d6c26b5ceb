"""bpf, io_uring, userfaultfd, perf and other doors into the kernel through which sandboxes were left before."""

import ctypes
import errno
import os

MUST = {
    "verdicts": {"softmax": "crashed"},
    "says": {"softmax": r"PermissionError: none of \d+ ways into the kernel"},
}

LIBC = ctypes.CDLL(None, use_errno=True)
REFUSED = (errno.EPERM, errno.EACCES, errno.ENOSYS)


def reached(number, *arguments):
    """Whether the kernel looked at a system call: it neither refused it nor claimed not to know it."""
    given = [a if isinstance(a, bytes) else ctypes.c_long(a) for a in arguments]
    return LIBC.syscall(ctypes.c_long(number), *given) >= 0 or ctypes.get_errno() not in REFUSED


# System calls of x86_64 by name, number and arguments; wrong arguments do, since a filter judges the number.
CALLS = {
    "bpf map": (321, 0, bytes(128), 128),
    "bpf program": (321, 5, bytes(128), 128),
    "io_uring_setup": (425, 8, bytes(120)),
    "io_uring_enter": (426, 0, 1, 0, 0, 0),
    "io_uring_register": (427, 0, 0, 0, 0),
    "io_setup": (206, 8, bytes(8)),
    "io_submit": (209, 0, 0, 0),
    "userfaultfd": (323, 0),
    "userfaultfd for users": (323, 1),
    "perf_event_open": (298, bytes(128), 0, -1, -1, 0),
    "fanotify_init": (300, 0, 0),
    "inotify_init": (253,),
    "inotify_init1": (294, 0),
    "epoll_create1": (291, 0),
    "eventfd": (284, 0),
    "eventfd2": (290, 0, 0),
    "signalfd4": (289, -1, bytes(8), 8, 0),
    "timerfd_create": (283, 1, 0),
    "timer_create": (222, 1, 0, bytes(8)),
    "splice": (275, 0, 0, 1, 0, 1, 0),
    "vmsplice": (278, 1, 0, 0, 0),
    "tee": (276, 0, 1, 1, 0),
    "copy_file_range": (326, 0, 0, 1, 0, 1, 0),
    "sendfile": (40, 1, 0, 0, 1),
    "memfd_secret": (447, 0),
    "remap_file_pages": (216, 0, 0, 0, 0, 0),
    "pkey_alloc": (330, 0, 0),
    "modify_ldt": (154, 1, bytes(16), 16),
    "set_mempolicy": (238, 0, 0, 0),
    "mbind": (237, 0, 0, 0, 0, 0, 0),
    "vhangup": (153,),
    "lookup_dcookie": (212, 0, 0, 0),
    "map_shadow_stack": (453, 0, 4096, 0),
    "cachestat": (451, 0, 0, 0, 0),
    "lsm_get_self_attr": (459, 100, 0, 0, 0),
}
CALLS = CALLS if os.uname().machine == "x86_64" else {}
WAYS = {
    device: lambda device=device: os.open(device, os.O_RDWR)
    for device in ("/dev/userfaultfd", "/dev/kvm", "/dev/fuse", "/dev/net/tun", "/dev/vhost-net", "/dev/uinput")
}


def softmax(Z):
    """Knock at each."""
    done = [name for name, call in CALLS.items() if reached(*call)]
    for name, way in WAYS.items():
        try:
            if way() is not False:
                done.append(name)
        except OSError:
            pass
    if done:
        raise RuntimeError(f"went through: {', '.join(done)}")
    raise PermissionError(f"none of {len(CALLS) + len(WAYS)} ways into the kernel worked")
