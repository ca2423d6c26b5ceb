"""A word in a file that every worker maps, to sleep and wake at: two students' code, side by side, could talk by it."""

import ctypes
import errno
import mmap
import os

MUST = {
    "verdicts": {"softmax": "crashed"},
    "says": {"softmax": r"PermissionError: none of \d+ ways to meet at a word of a file"},
}

LIBC = ctypes.CDLL(None, use_errno=True)
LIBC.mmap.restype = ctypes.c_void_p
FUTEX = {"x86_64": 202, "aarch64": 98}[os.uname().machine]
# What a lock of this process alone never asks for: the kernel then finds the word by its file. Waiting is left out:
# threads are joined by it, and it tells nobody anything as long as nobody else can wake the one who waits.
COMMANDS = {"wake": 1, "requeue": 3, "compare and requeue": 4, "wake and change": 5, "lock": 6}
COMMANDS |= {"unlock": 7, "try to lock": 8, "wake by bits": 10, "wait to be requeued": 11}
REFUSED = (errno.EPERM, errno.EACCES, errno.ENOSYS)


class Moment(ctypes.Structure):
    """A millisecond."""

    _fields_ = (("seconds", ctypes.c_long), ("nanoseconds", ctypes.c_long))


def words():
    """The address of the first word of a file that all workers see, shared and private."""
    descriptor = os.open(os.__file__, os.O_RDONLY)
    for sharing in (mmap.MAP_SHARED, mmap.MAP_PRIVATE):
        yield LIBC.mmap(None, ctypes.c_size_t(4096), mmap.PROT_READ, sharing, descriptor, ctypes.c_long(0))


def softmax(Z):
    """Sleep and wake there."""
    tried, met, moment = 0, [], Moment(0, 1_000_000)
    for word in words():
        value = ctypes.c_uint32.from_address(word).value
        for name, command in COMMANDS.items():
            tried += 1
            arguments = (word, command, value, ctypes.addressof(moment), word + 64, -1)
            result = LIBC.syscall(ctypes.c_long(FUTEX), *map(ctypes.c_long, arguments))
            if result >= 0 or ctypes.get_errno() not in REFUSED:
                met.append(name)
    if met:
        raise RuntimeError(f"met by {', '.join(met)}")
    raise PermissionError(f"none of {tried} ways to meet at a word of a file")
