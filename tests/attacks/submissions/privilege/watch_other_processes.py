"""Who else runs here, for how long and how busily: calls that name another process and change nothing in it."""

import os
import resource
import time

MUST = {
    "verdicts": {"softmax": "crashed"},
    "says": {"softmax": r"PermissionError: none of \d+ looks showed another process"},
}


def looks(pid):
    """Calls that fail where there is no such process, or none that may be looked at."""
    return {
        "its session": lambda: os.getsid(pid),
        "its group": lambda: os.getpgid(pid),
        "its niceness": lambda: os.getpriority(os.PRIO_PROCESS, pid),
        "its processors": lambda: os.sched_getaffinity(pid),
        "its scheduler": lambda: os.sched_getscheduler(pid),
        "its limits": lambda: resource.prlimit(pid, resource.RLIMIT_NOFILE),
        # The clock of another process: what clock_getcpuclockid(3) makes of its number.
        "its processor time": lambda: time.clock_gettime((~pid << 3) | 2),
        "its existence": lambda: os.kill(pid, 0),
        "its name": lambda: open(f"/proc/{pid}/comm").read(),
        "its threads": lambda: os.listdir(f"/proc/{pid}/task"),
    }


def softmax(Z):
    """Look at everybody with a low number, a near one, and those above this one."""
    own = {os.getpid(), os.getpgrp(), os.getsid(0)}
    others = {1, 2, *range(3, 300), *range(max(1, os.getpid() - 300), os.getpid() + 50), os.getppid()} - own - {0}
    tried, seen = 0, {}
    for pid in sorted(others):
        for name, look in looks(pid).items():
            tried += 1
            try:
                look()
            except (OSError, ValueError):
                continue
            seen.setdefault(name, []).append(pid)
    if seen:
        told = "; ".join(f"{name} of {len(pids)} processes" for name, pids in seen.items())
        raise RuntimeError(f"saw {told}")
    raise PermissionError(f"none of {tried} looks showed another process")
