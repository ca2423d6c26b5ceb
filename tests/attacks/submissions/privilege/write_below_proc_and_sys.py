"""The files by which the kernel is ruled: maps of users, scores, triggers, handlers, groups of processes."""

import os

MUST = {
    "verdicts": {"softmax": "crashed"},
    "says": {"softmax": r"PermissionError: none of \d+ ways below /proc and /sys"},
}

OWN = (
    *("uid_map", "gid_map", "setgroups", "projid_map", "oom_score_adj", "oom_adj", "mem", "clear_refs", "comm"),
    *("loginuid", "sessionid", "attr/current", "attr/exec", "coredump_filter", "make-it-fail", "timerslack_ns"),
    *("autogroup", "sched", "limits", "timens_offsets", "environ", "fd/../mem", "task/1/comm", "map_files"),
)
KERNEL = (
    *("core_pattern", "hostname", "modprobe", "hotplug", "poweroff_cmd", "randomize_va_space", "sysrq", "panic"),
    *("kptr_restrict", "unprivileged_bpf_disabled", "yama/ptrace_scope", "pid_max", "ns_last_pid", "shmmax"),
)
OTHER = (
    *("/proc/sysrq-trigger", "/proc/kcore", "/proc/kmsg", "/proc/sys/vm/drop_caches", "/proc/sys/fs/file-max"),
    *("/proc/sys/user/max_user_namespaces", "/proc/sys/net/ipv4/ip_forward", "/proc/sys/fs/binfmt_misc/register"),
    *("/proc/irq/default_smp_affinity", "/proc/mtrr", "/proc/scsi/scsi", "/proc/acpi/wakeup", "/proc/timer_list"),
    *("/sys/kernel/uevent_helper", "/sys/power/state", "/sys/kernel/mm/ksm/run", "/sys/fs/cgroup/cgroup.procs"),
    *("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/release_agent", "/sys/kernel/debug/x", "/sys/fs/bpf/x"),
    *("/sys/fs/selinux/enforce", "/sys/module/kernel/parameters/panic", "/sys/class/net/lo/ifalias"),
)
PATHS = [
    *(f"/proc/{pid}/{name}" for pid in ("self", "thread-self", 1, 2, os.getpid(), os.getppid()) for name in OWN),
    *(f"/proc/sys/kernel/{name}" for name in KERNEL),
    *OTHER,
]
# Where a wall has a hole, this changes nothing: no file of these takes an empty line for an order.
NOTHING = b"\n"


def softmax(Z):
    """Write to each."""
    written = []
    for path in PATHS:
        for flags in (os.O_WRONLY, os.O_RDWR, os.O_WRONLY | os.O_TRUNC, os.O_WRONLY | os.O_APPEND):
            try:
                descriptor = os.open(path, flags)
            except OSError:
                continue
            written.append(path)
            try:
                os.write(descriptor, NOTHING)
            except OSError:
                pass
    for folder in ("/proc", "/sys", "/dev", "/proc/self/task", "/sys/fs/cgroup"):
        try:
            os.close(os.open(os.path.join(folder, "autograder-was-here"), os.O_CREAT | os.O_WRONLY))
            written.append(folder)
        except OSError:
            pass
    if written:
        raise RuntimeError(f"opened {', '.join(written)}")
    raise PermissionError(f"none of {len(PATHS)} ways below /proc and /sys worked")
