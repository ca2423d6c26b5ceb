"""A second process by every call that makes one; one that succeeds is not repeated, for the machine's sake."""

import ctypes
import multiprocessing
import os
import pty
import subprocess

MUST = {
    "verdicts": {"softmax": "crashed"},
    "says": {"softmax": r"PermissionError: none of \d+ ways to start a process worked"},
}

LIBC = ctypes.CDLL(None, use_errno=True)
SIGCHLD, CLONE_VM, CLONE_VFORK, CLONE_PARENT = 17, 0x100, 0x4000, 0x8000


def raw(number, *arguments):
    """A system call by its number, on x86_64; its result is where a child would go on from."""
    if os.uname().machine != "x86_64":
        raise OSError("another machine's numbers")
    result = LIBC.syscall(ctypes.c_long(number), *map(ctypes.c_long, arguments))
    if result == 0:
        os._exit(9)
    if result < 0:
        raise OSError(ctypes.get_errno(), "refused")


def leave():
    """Be a child for no longer than it takes to see it."""
    if os.fork() == 0:
        os._exit(9)


def libc_fork():
    """The C library's own, which knows nothing of Python's audit."""
    child = LIBC.fork()
    if child == 0:
        os._exit(9)
    if child < 0:
        raise OSError("refused")


def terminal():
    """A child with a terminal of its own."""
    if pty.fork()[0] == 0:
        os._exit(9)


def spawned(spawn):
    """A program in the place of the child."""
    spawn("/bin/sh", ["sh", "-c", "exit 9"], {})


WAYS = {
    "os.fork": leave,
    "fork of libc": libc_fork,
    "pty.fork": terminal,
    "os.posix_spawn": lambda: spawned(os.posix_spawn),
    "os.posix_spawnp": lambda: spawned(os.posix_spawnp),
    "os.popen": lambda: os.popen("exit 9"),
    "subprocess": lambda: subprocess.Popen(["/bin/sh", "-c", "exit 9"]),
    "multiprocessing": lambda: multiprocessing.get_context("fork").Process(target=print).start(),
    "forkserver": lambda: multiprocessing.get_context("forkserver").Process(target=print).start(),
    "fork by number": lambda: raw(57),
    "vfork by number": lambda: raw(58),
    "clone": lambda: raw(56, SIGCHLD, 0, 0, 0, 0),
    "clone like vfork": lambda: raw(56, SIGCHLD | CLONE_VM | CLONE_VFORK, 0, 0, 0, 0),
    "clone as a sibling": lambda: raw(56, SIGCHLD | CLONE_PARENT, 0, 0, 0, 0),
    "clone without a signal": lambda: raw(56, 0, 0, 0, 0, 0),
    "clone with high bits": lambda: raw(56, SIGCHLD | 1 << 32, 0, 0, 0, 0),
    "clone3": lambda: raw(435, ctypes.addressof(ctypes.create_string_buffer(88)), 88),
}


def softmax(Z):
    """Count the ways that work."""
    made = []
    for name, way in WAYS.items():
        try:
            way()
            made.append(name)
        except OSError:
            pass
    # It raises nothing: the status of a refusal is another one.
    if os.waitstatus_to_exitcode(os.system("exit 9")) == 9:
        made.append("os.system")
    if made:
        raise RuntimeError(f"started a process by {', '.join(made)}")
    raise PermissionError(f"none of {len(WAYS) + 1} ways to start a process worked")
