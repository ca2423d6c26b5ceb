"""Other programs in the place of this one: shells, interpreters, setuid programs, loaders, programs in memory."""

import ctypes
import os
import sys

MUST = {
    "verdicts": {"softmax": "crashed"},
    "says": {"softmax": r"PermissionError: none of \d+ ways to run a program worked"},
}

LIBC = ctypes.CDLL(None, use_errno=True)
PROGRAMS = (
    *("/bin/sh", "/bin/bash", "/bin/true", "/usr/bin/env", "/bin/busybox", sys.executable, "/proc/self/exe"),
    *("/usr/bin/su", "/usr/bin/sudo", "/usr/bin/mount", "/usr/bin/passwd", "/usr/bin/newgrp", "/usr/bin/pkexec"),
    *("/usr/bin/chsh", "/usr/bin/newuidmap", "/usr/bin/fusermount", "/usr/bin/bwrap", "/lib64/ld-linux-x86-64.so.2"),
)
SCRIPT = b"#!/bin/sh\nexit 9\n"


def by_number(path):
    """By the number of the call, on x86_64, and by a descriptor."""
    if os.uname().machine != "x86_64":
        return
    name, words = os.fsencode(path), (ctypes.c_char_p * 2)(os.fsencode(path), None)
    LIBC.syscall(ctypes.c_long(59), name, words, None)
    LIBC.syscall(ctypes.c_long(322), ctypes.c_long(-100), name, words, None, ctypes.c_long(0))
    descriptor = os.open(path, os.O_RDONLY)
    LIBC.fexecve(descriptor, words, words)
    LIBC.syscall(ctypes.c_long(322), ctypes.c_long(descriptor), b"", words, None, ctypes.c_long(0x1000))


def from_memory(path):
    """From a copy that has no place on any disk."""
    with open(path, "rb") as file:
        copy = os.memfd_create("copy")
        os.write(copy, file.read())
    os.execve(copy, ["copy"], {})


def from_scratch(path):
    """From a copy in scratch space, made executable as it is born."""
    target = os.path.join(os.environ["TMPDIR"], "program")
    copy = os.open(target, os.O_CREAT | os.O_RDWR, 0o6777)
    os.write(copy, SCRIPT)
    os.close(copy)
    os.execv(target, [target])


WAYS = {
    "execv": lambda path: os.execv(path, [path, "-c", "exit 9"]),
    "execve": lambda path: os.execve(path, [path], {"LD_PRELOAD": "/tmp/evil.so"}),
    "execvp": lambda path: os.execvp(path, [path]),
    "a descriptor": lambda path: os.execve(os.open(path, os.O_PATH), [path], {}),
    "libc": lambda path: LIBC.execl(os.fsencode(path), b"sh", None),
    "its number": by_number,
    "memory": from_memory,
    "scratch space": from_scratch,
}


def softmax(Z):
    """Become something else; what comes back here was refused."""
    tried = 0
    for path in PROGRAMS:
        for way in WAYS.values():
            tried += 1
            try:
                way(path)
            except OSError:
                pass
    raise PermissionError(f"none of {tried} ways to run a program worked")
