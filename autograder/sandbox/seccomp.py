"""The list of what a worker may still ask of the kernel once it meets a student's code; all else is refused.

The list names what Python and numpy need for computing: memory, clocks, threads, files that the sandbox lets them
open. What is not named is refused with EPERM: other processes (fork, exec, kill), every kind of socket, shared
memory and message queues, memory that no limit counts (memfd), tracing, namespaces, keys, io_uring, file modes
and folders. The trusted side has libseccomp make the filter from names, and the worker installs the bytes.
"""

import errno
import functools
import tempfile

from autograder.errors import SandboxError

_NAMES = """
read write close fstat lseek readv writev pread64 pwrite64 preadv pwritev stat lstat newfstatat statx access
faccessat readlink readlinkat getdents64 getcwd chdir fchdir statfs fstatfs umask dup dup2 dup3 pipe pipe2
fsync fdatasync ftruncate mmap munmap mprotect mremap madvise
mincore msync brk membarrier rt_sigaction rt_sigprocmask rt_sigreturn rt_sigpending rt_sigsuspend
rt_sigtimedwait sigaltstack pause alarm setitimer getitimer restart_syscall clock_getres
clock_nanosleep nanosleep gettimeofday time times getrusage set_robust_list get_robust_list rseq gettid
exit exit_group sched_yield getcpu getpid getppid getuid geteuid getgid getegid getresuid
getresgid getpgrp getgroups uname sysinfo getrlimit getrandom poll ppoll select
pselect6
"""
ALLOWED = tuple(_NAMES.split())
# libc falls back on an older call, which is judged here, when these seem not to exist.
ABSENT = ("clone3", "openat2", "close_range", "faccessat2", "futex_waitv", "epoll_pwait2")

_UNKNOWN_NAME = -1
_O_ACCMODE, _O_CREAT, _O_TRUNC, _O_TMPFILE = 0o3, 0o100, 0o1000, 0o20000000
_CLONE_THREAD = 0x00010000
# FUTEX_PRIVATE_FLAG; FUTEX_CMD_MASK; FUTEX_WAIT and FUTEX_WAIT_BITSET, by which a thread is joined.
_FUTEX_PRIVATE, _FUTEX_OPERATION, _FUTEX_WAITS = 128, ~(128 | 256) & 0xFFFFFFFF, (0, 9)
# The numbers above these are other processes' clocks.
_CLOCKS = 16
# Duplicate and flags; neither F_SETOWN and F_SETSIG, by which the kernel signals others, nor locks, by which two talk.
_FCNTL_COMMANDS = (0, 1, 2, 3, 4, 1030)
# TCGETS, TIOCGWINSZ, FIONREAD, FIONBIO, FIONCLEX, FIOCLEX: what opening a file asks.
_IOCTL_COMMANDS = (0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451)


@functools.cache
def filter_program(*, read_only: bool = False) -> bytes:
    """Return the filter as the kernel reads it; `read_only`: no file can be opened for writing.

    Raises `SandboxError` where libseccomp is missing.
    """
    try:
        import pyseccomp
    except (ImportError, RuntimeError) as error:
        raise SandboxError(
            f"libseccomp is missing ({error}); get it with: sudo apt-get install libseccomp2; pip install pyseccomp"
        ) from error
    made = pyseccomp.SyscallFilter(pyseccomp.ERRNO(errno.EPERM))
    for name in ALLOWED:
        made.add_rule(pyseccomp.ALLOW, name)
    for name in ABSENT:
        # What this libseccomp is too old to know is refused like all that is not named.
        if pyseccomp.resolve_syscall(pyseccomp.Arch.NATIVE, name) != _UNKNOWN_NAME:
            made.add_rule(pyseccomp.ERRNO(errno.ENOSYS), name)
    equal, masked = pyseccomp.EQ, pyseccomp.MASKED_EQ
    made.add_rule(pyseccomp.ALLOW, "clone", pyseccomp.Arg(0, masked, _CLONE_THREAD, _CLONE_THREAD))
    # By another architecture's numbers: refused like the rest, where the default would kill one thread.
    made.set_attr(pyseccomp.Attr.ACT_BADARCH, pyseccomp.ERRNO(errno.EPERM))
    # Limits are read, not set: one that is lowered to nothing ends the process by a signal that looks like ours.
    made.add_rule(pyseccomp.ALLOW, "prlimit64", pyseccomp.Arg(0, equal, 0), pyseccomp.Arg(2, equal, 0))
    # Two processes that map the same file could wake each other; waiting alone tells nobody anything.
    made.add_rule(pyseccomp.ALLOW, "futex", pyseccomp.Arg(1, masked, _FUTEX_PRIVATE, _FUTEX_PRIVATE))
    for operation in _FUTEX_WAITS:
        made.add_rule(pyseccomp.ALLOW, "futex", pyseccomp.Arg(1, masked, _FUTEX_OPERATION, operation))
    # Of itself alone: what others are and how long they have worked is nobody's business.
    for name in ("getpgid", "getsid", "sched_getaffinity"):
        made.add_rule(pyseccomp.ALLOW, name, pyseccomp.Arg(0, equal, 0))
    made.add_rule(pyseccomp.ALLOW, "getpriority", pyseccomp.Arg(0, equal, 0), pyseccomp.Arg(1, equal, 0))
    made.add_rule(pyseccomp.ALLOW, "clock_gettime", pyseccomp.Arg(0, pyseccomp.LT, _CLOCKS))
    for command in _FCNTL_COMMANDS:
        made.add_rule(pyseccomp.ALLOW, "fcntl", pyseccomp.Arg(1, equal, command))
    for command in _IOCTL_COMMANDS:
        made.add_rule(pyseccomp.ALLOW, "ioctl", pyseccomp.Arg(1, equal, command))
    for name, argument in (("openat", 2), ("open", 1)):
        if read_only:
            to_change = _O_ACCMODE | _O_CREAT | _O_TRUNC | _O_TMPFILE
            made.add_rule(pyseccomp.ALLOW, name, pyseccomp.Arg(argument, masked, to_change, 0))
            continue
        # Truncating a file takes no right to write to it on kernels whose Landlock does not know truncation.
        made.add_rule(pyseccomp.ALLOW, name, pyseccomp.Arg(argument, masked, _O_TRUNC | _O_TMPFILE, 0))
        for mode in (1, 2):
            wanted = pyseccomp.Arg(argument, masked, _O_TRUNC | _O_TMPFILE | _O_ACCMODE, _O_TRUNC | mode)
            made.add_rule(pyseccomp.ALLOW, name, wanted)
    with tempfile.TemporaryFile() as file:
        made.export_bpf(file)
        file.seek(0)
        return file.read()
