"""System calls of 32-bit programs, whose numbers mean other things than a filter for 64 bits thinks."""

import ctypes
import errno
import mmap
import os
import struct
import threading

MUST = {
    "verdicts": {"one_hot": "crashed", "softmax": "crashed", "softmax_loss": ["failed", "crashed"]},
    "says": {
        "one_hot": "not allowed|refused|segmentation fault",
        "softmax": "not allowed|refused|segmentation fault",
        "softmax_loss": "not allowed|refused|expected|segmentation fault",
    },
}

LIBC = ctypes.CDLL(None, use_errno=True)
X86 = os.uname().machine == "x86_64"
X32 = 0x40000000
CODE = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)


def x32(number):
    """A call by the numbers of x32: 64-bit code, 32-bit pointers."""
    result = LIBC.syscall(ctypes.c_long(X32 | number), *[ctypes.c_long(1)] * 6)
    if result >= 0 or ctypes.get_errno() not in (errno.EPERM, errno.ENOSYS):
        raise RuntimeError(f"call {number} of x32 went through")


def i386(number):
    """A call by the numbers of i386, through the gate that 32-bit programs use."""
    # push rbx; mov eax, number; mov ebx, 2; mov ecx, 1; xor edx, edx; int 0x80; pop rbx; ret
    code = b"\x53\xb8" + struct.pack("<I", number) + b"\xbb\x02\0\0\0\xb9\x01\0\0\0\x31\xd2\xcd\x80\x5b\xc3"
    CODE.seek(0)
    CODE.write(code)
    call = ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(CODE)))
    result = call()
    if -result not in (errno.EPERM, errno.ENOSYS):
        raise RuntimeError(f"call {number} of i386 went through")


def one_hot(y, num_classes):
    """Socket, fork, execve, ptrace and kill of x32, old numbers and new."""
    for number in (41, 57, 520, 521, 62, 536) if X86 else ():
        x32(number)
    raise PermissionError("refused: another machine's calls")


def softmax(Z):
    """Fork, socket, ptrace and getuid of i386."""
    for number in (359, 26, 24, 2) if X86 else ():
        i386(number)
    raise PermissionError("refused: another machine's calls")


def softmax_loss(Z, Y):
    """The same from a thread, so that it is the thread that dies for it."""
    for call in (x32, i386) if X86 else ():
        thread = threading.Thread(target=call, args=(41,), daemon=True)
        thread.start()
        thread.join(0.02)
    return "still here"
