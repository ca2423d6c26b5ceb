"""Places in the kernel where two processes meet: System V, POSIX queues, shared memory by name, locks, events."""

import ctypes
import errno
import fcntl
import multiprocessing.shared_memory
import os

MUST = {
    "verdicts": {"softmax": "crashed"},
    "says": {"softmax": r"PermissionError: none of \d+ meeting places"},
}

LIBC = ctypes.CDLL(None, use_errno=True)
REFUSED = (errno.EPERM, errno.EACCES, errno.ENOSYS)
KEY = 0x0A47BEA7


def reached(number, *arguments):
    """Whether the kernel looked at a system call."""
    given = [a if isinstance(a, bytes) else ctypes.c_long(a) for a in arguments]
    return LIBC.syscall(ctypes.c_long(number), *given) >= 0 or ctypes.get_errno() not in REFUSED


# System calls of x86_64 by name, number and arguments.
CALLS = {
    "shmget": (29, KEY, 0, 0),
    "shmget of a new one": (29, KEY + 1, 4096, 0o1666),
    "shmat": (30, 0, 0, 0),
    "shmctl": (31, 0, 13, bytes(128)),
    "shmdt": (67, 0),
    "semget": (64, KEY, 1, 0o1666),
    "semop": (65, 0, bytes(6), 1),
    "semctl": (66, 0, 0, 19, bytes(128)),
    "msgget": (68, KEY, 0o1666),
    "msgsnd": (69, 0, bytes(16), 8, 0o4000),
    "msgrcv": (70, 0, bytes(72), 64, 0, 0o4000),
    "msgctl": (71, 0, 12, bytes(128)),
    "mq_open": (240, b"autograder-bait", 0o102, 0o666, 0),
    "mq_unlink": (241, b"autograder-bait"),
    "mq_timedreceive": (243, 0, bytes(64), 64, 0, 0),
    "mq_notify": (244, 0, 0),
    "eventfd2": (290, 0, 0),
    "inotify_init1": (294, 0),
    "fanotify_init": (300, 0, 0),
    "epoll_create1": (291, 0),
    "signalfd4": (289, -1, bytes(8), 8, 0),
    "flock": (73, 0, 6),
    "memfd_create": (319, b"x", 0),
    "process_vm_readv": (310, 1, 0, 0, 0, 0, 0),
}
CALLS = CALLS if os.uname().machine == "x86_64" else {}


def opened(path, flags):
    """A file of the machine's, opened."""
    os.close(os.open(path, flags, 0o666))


def locked():
    """A lock on what all workers see."""
    with open(os.__file__, "rb") as file:
        fcntl.lockf(file, fcntl.LOCK_SH | fcntl.LOCK_NB)


def shared():
    """The bait that lies in shared memory, by the module that is made for it."""
    return multiprocessing.shared_memory.SharedMemory("autograder-bait")


WAYS = {
    "shared memory by name": shared,
    "shm_open": lambda: None if LIBC.shm_open(b"/autograder-bait", os.O_RDWR, 0) >= 0 else fail(),
    "sem_open": lambda: None if LIBC.sem_open(b"/autograder-bait", os.O_CREAT, 0o666, 1) else fail(),
    "a file in /dev/shm": lambda: opened("/dev/shm/autograder-bait", os.O_RDONLY),
    "a queue in /dev/mqueue": lambda: opened("/dev/mqueue/autograder-bait", os.O_RDWR),
    "the bait": lambda: opened("/tmp/autograder-bait/secret.txt", os.O_RDONLY),
    "a file beside the bait": lambda: opened("/tmp/autograder-bait/working/met.txt", os.O_RDWR | os.O_CREAT),
    "a lock": locked,
    "another lock": lambda: fcntl.flock(0, fcntl.LOCK_SH | fcntl.LOCK_NB),
}


def fail():
    """Say that it did not work, as a library does."""
    raise OSError(ctypes.get_errno(), "refused")


def softmax(Z):
    """Go to every meeting place."""
    met = [name for name, call in CALLS.items() if reached(*call)]
    for name, way in WAYS.items():
        try:
            way()
            met.append(name)
        except OSError:
            pass
    if met:
        raise RuntimeError(f"met at {', '.join(met)}")
    raise PermissionError(f"none of {len(CALLS) + len(WAYS)} meeting places")
