"""What a worker gives up before it meets a student's code: limits, namespaces, capabilities.

Nothing here is the sandbox itself, which is bubblewrap's or sandlock's; this is the part that differs from one
submission to the next and has to happen in the forked child.
"""

import ctypes
import os
import resource
import signal
from typing import Any

NEWNS, NEWUTS, NEWIPC, NEWPID, NEWNET = 0x00020000, 0x04000000, 0x08000000, 0x20000000, 0x40000000
MS_NOSUID_NODEV_NOEXEC = 2 | 4 | 8
PR_SET_PDEATHSIG, PR_SET_NO_NEW_PRIVS, PR_SET_DUMPABLE, PR_CAPBSET_DROP = 1, 38, 4, 24
PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 22, 2
CAPABILITY_VERSION_3 = 0x20080522
KEYCTL, KEYCTL_JOIN_SESSION_KEYRING = 250 if os.uname().machine == "x86_64" else 219, 1

_libc = ctypes.CDLL(None, use_errno=True)


def _must(result: int, what: str) -> None:
    if result:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")


def idle_address_space() -> int:
    """Return the bytes of address space of this process, so that limits count from there."""
    try:
        with open("/proc/self/statm") as file:  # noqa: PTH123 - pathlib is not worth its import here
            return int(file.read().split()[0]) * os.sysconf("SC_PAGESIZE")
    except OSError:
        return 512 * 1024 * 1024


# The grader keeps each exercise to its processor time; this only ends a worker that nobody watches any more.
CPU_BACKSTOP_SECONDS = 3600


def set_limits(limits: dict[str, Any], idle_bytes: int) -> None:
    """Set the kernel's limits on this process and all it will start."""
    mib = 1024 * 1024
    for kind, soft, hard in (
        (resource.RLIMIT_CORE, 0, 0),
        (resource.RLIMIT_CPU, CPU_BACKSTOP_SECONDS, CPU_BACKSTOP_SECONDS + 1),
        (resource.RLIMIT_FSIZE, limits["scratch_mib"] * mib, limits["scratch_mib"] * mib),
        (resource.RLIMIT_NOFILE, limits["open_files"], limits["open_files"]),
        (resource.RLIMIT_AS, idle_bytes + limits["memory_mib"] * mib, idle_bytes + limits["memory_mib"] * mib),
        (resource.RLIMIT_MSGQUEUE, 0, 0),
        (resource.RLIMIT_MEMLOCK, 0, 0),
    ):
        resource.setrlimit(kind, (soft, hard))


def limit_processes(count: int) -> None:
    """Bound the processes and threads of this user in this namespace; counts those that already run."""
    resource.setrlimit(resource.RLIMIT_NPROC, (count, count))


class Namespaces:
    """Gives each forked child its own pid, mount, ipc, uts and network namespace."""

    def __init__(self) -> None:
        self._own_pids = os.open("/proc/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC)

    def before_fork(self) -> None:
        """Make the next child process 1 of a new pid namespace."""
        _must(_libc.unshare(NEWPID), "unshare(CLONE_NEWPID)")

    def after_fork(self) -> None:
        """Come back to our own pid namespace, so that the next child gets a new one again."""
        _must(_libc.setns(self._own_pids, NEWPID), "setns(CLONE_NEWPID)")

    def in_child(self, scratch_mib: int) -> None:
        """Leave the siblings' mounts, ipc and network; get an empty /tmp and /dev/shm of bounded size."""
        _must(_libc.unshare(NEWNS | NEWUTS | NEWIPC | NEWNET), "unshare")
        options = f"size={scratch_mib}m,nr_inodes=1024,mode=1777".encode()
        for folder in (b"/tmp", b"/dev/shm"):
            _must(_libc.mount(b"tmpfs", folder, b"tmpfs", MS_NOSUID_NODEV_NOEXEC, options), "mount tmpfs")
        os.chdir("/tmp")  # noqa: S108


def forbid_user_namespaces() -> None:
    """Set this user namespace's own limit on further ones to 0, for good, and take /proc away.

    bubblewrap's --disable-userns would add a level that takes away the right to make pid namespaces, and its
    view of /proc/sys is read-only: hence a second mount of our own.
    """
    os.mkdir("/tmp/proc")  # noqa: S108, PTH102 - inside the sandbox's empty tmpfs
    _must(_libc.mount(b"proc", b"/tmp/proc", b"proc", 0, None), "mount proc")
    with open("/tmp/proc/sys/user/max_user_namespaces", "w") as file:  # noqa: S108, PTH123
        file.write("0")
    for folder in (b"/tmp/proc", b"/proc"):
        _must(_libc.umount2(folder, 2), "umount proc")
    os.rmdir("/tmp/proc")  # noqa: S108, PTH106


class _CapabilityHeader(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


def drop_privileges() -> None:
    """Give up every capability and every way to gain one, leave the grader's keyring, refuse to be traced."""
    for capability in range(64):
        _libc.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)
    header = _CapabilityHeader(CAPABILITY_VERSION_3, 0)
    _must(_libc.capset(ctypes.byref(header), (ctypes.c_uint32 * 6)()), "capset")
    _must(_libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "no_new_privs")
    refuse_tracing()
    # A kernel built without keyrings has nothing to leave, so a refusal here is fine.
    _libc.syscall(KEYCTL, KEYCTL_JOIN_SESSION_KEYRING, None)


def refuse_tracing() -> None:
    """Let no process of the same user read this one's memory or write to it, nor those that it will fork."""
    _must(_libc.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0), "dumpable")


def die_with_parent() -> None:
    """Be killed when the process that forked this one ends."""
    _must(_libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0), "pdeathsig")


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def install_filter(program: bytes) -> None:
    """Hand the kernel a filter of system calls, made by the trusted side, for the rest of this process's life."""
    loaded = _Program(len(program) // 8, program)
    _must(_libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "no_new_privs")
    _must(_libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(loaded), 0, 0), "seccomp")
