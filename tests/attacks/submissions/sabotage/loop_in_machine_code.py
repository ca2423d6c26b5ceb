"""Threads that jump to their own first instruction: no interpreter, no lock, no signal, every processor busy."""

import ctypes
import mmap
import os
import signal
import threading

MUST = {
    "verdicts": {"softmax": "timed_out"},
    "says": {"softmax": "no answer within 1 s|more than 3 s of processor time"},
}

JUMP_TO_ITSELF = {"x86_64": b"\xeb\xfe", "aarch64": b"\x00\x00\x00\x14"}[os.uname().machine]


page = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
page.write(JUMP_TO_ITSELF)
spin = ctypes.CFUNCTYPE(None)(ctypes.addressof(ctypes.c_char.from_buffer(page)))


def softmax(Z):
    """Spin in as many threads as there may be, and then here."""
    signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
    threading.stack_size(65536)
    try:
        while True:
            threading.Thread(target=spin, daemon=True).start()
    except RuntimeError:
        spin()
