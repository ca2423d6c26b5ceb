"""The death of the process by one kernel signal after the other."""

import ctypes
import mmap
import os

MUST = {
    "verdicts": {
        "one_hot": "crashed",
        "softmax": "crashed",
        "softmax_loss": "crashed",
        "binary_from_softmax": "crashed",
        "accuracy": "crashed",
    },
    "says": {
        "one_hot": "abort|SIGABRT|segmentation fault",
        "softmax": "segmentation fault",
        "softmax_loss": "SIGILL",
        "binary_from_softmax": "SIGTRAP|SIGFPE",
        "accuracy": "SIGBUS",
    },
}

X86 = os.uname().machine == "x86_64"


def run(code):
    """Run machine code."""
    page = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    page.write(code)
    ctypes.CFUNCTYPE(None)(ctypes.addressof(ctypes.c_char.from_buffer(page)))()


def one_hot(y, num_classes):
    """Abort, as C libraries do when they find their memory broken."""
    os.abort()


def softmax(Z):
    """Write where there is nothing."""
    ctypes.memset(8, 1, 8)


def softmax_loss(Z, Y):
    """An instruction that does not exist."""
    run(b"\x0f\x0b" if X86 else b"\x00\x00\x00\x00")


def binary_from_softmax(Z):
    """A breakpoint, with nobody there to debug."""
    run(b"\xcc" if X86 else b"\x00\x00\x20\xd4")


def accuracy(A, y):
    """Memory behind the end of a file that was cut."""
    with open(os.path.join(os.environ["TMPDIR"], "short"), "w+b") as file:
        file.truncate(8192)
        mapped = mmap.mmap(file.fileno(), 8192)
        file.truncate(0)
    return mapped[4096]
