"""The system call instruction itself, in memory that was written and then run: no library stands between."""

import ctypes
import errno
import mmap
import os
import struct

MUST = {
    "verdicts": {"softmax": "crashed"},
    "says": {"softmax": r"PermissionError: none of \d+ calls went through"},
}

X86 = os.uname().machine == "x86_64"
# mov eax, number; mov rdi, first; mov rsi, second; mov rdx, third; xor r10, r10; syscall; ret
LAYOUT = struct.Struct("<1sI2sq2sq2sq6s")
CALLS = {
    "socket": (41, 2, 1, 0),
    "socketpair": (53, 1, 1, 0),
    "ptrace": (101, 0, 0, 0),
    "execve": (59, 0, 0, 0),
    "kill": (62, -1, 0, 0),
    "unshare": (272, 0x10000000, 0, 0),
    "setuid": (105, 0, 0, 0),
    "memfd_create": (319, 0, 0, 0),
    "keyctl": (250, 0, -3, 0),
    "bpf": (321, 0, 0, 0),
    "io_uring_setup": (425, 8, 0, 0),
    "clone3": (435, 0, 0, 0),
    "mount": (165, 0, 0, 0),
    "shmget": (29, 0x0A47BEA7, 4096, 0o1600),
    "mkdir": (83, 0, 0, 0),
    "unlink": (87, 0, 0, 0),
    "prctl": (157, 38, 0, 0),
}


def pages():
    """Memory to run code in: writable at once, or written first and made runnable later."""
    yield mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    later = mmap.mmap(-1, 4096)
    address = ctypes.addressof(ctypes.c_char.from_buffer(later))
    if ctypes.CDLL(None).mprotect(ctypes.c_void_p(address), 4096, 7) == 0:
        yield later


def softmax(Z):
    """Write each call as machine code and run it."""
    tried, through = 0, []
    for page in pages() if X86 else ():
        for name, (number, *arguments) in CALLS.items():
            first, second, third = arguments
            code = LAYOUT.pack(
                b"\xb8",
                number,
                b"\x48\xbf",
                first,
                b"\x48\xbe",
                second,
                b"\x48\xba",
                third,
                b"\x4d\x31\xd2\x0f\x05\xc3",
            )
            page.seek(0)
            page.write(code)
            result = ctypes.CFUNCTYPE(ctypes.c_long)(ctypes.addressof(ctypes.c_char.from_buffer(page)))()
            tried += 1
            if -result not in (errno.EPERM, errno.EACCES, errno.ENOSYS):
                through.append(name)
    if through:
        raise RuntimeError(f"went through: {', '.join(through)}")
    raise PermissionError(f"none of {tried} calls went through")
