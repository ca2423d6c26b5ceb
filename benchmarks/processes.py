"""What runs on this machine, as /proc shows it: who is below whom, how much memory, which namespaces."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

NAMESPACES = ("ipc", "mnt", "net", "pid", "user", "uts")


@dataclass(frozen=True)
class Process:
    """One process. state: the kernel's letter, Z for a zombie. resident: bytes. started: in ticks since the boot."""

    pid: int
    started: int
    parent: int
    state: str
    resident: int
    command: str


def every_process() -> dict[int, Process]:
    """Return all processes by number; those that end while we look are left out."""
    return {process.pid: process for process in _look()}


def _look() -> Iterator[Process]:
    page = os.sysconf("SC_PAGESIZE")
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            state, parent, *rest = (folder / "stat").read_text().rpartition(")")[2].split()
            command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
        except OSError:
            continue
        yield Process(int(folder.name), int(rest[17]), int(parent), state, int(rest[19]) * page, command)


def below(root: int, processes: dict[int, Process]) -> list[Process]:
    """Return `root` and all that it and its children have started."""
    found, added = {root} & processes.keys(), True
    while added:
        more = {pid for pid, process in processes.items() if process.parent in found} - found
        added = bool(more)
        found |= more
    return [processes[pid] for pid in sorted(found)]


def role(process: Process, root: int) -> str:
    """Return what a process of a grading run is: coordinator, grader, or part of a sandbox."""
    if process.pid == root:
        return "coordinator"
    return "grader" if "autograder.grading.grader" in process.command else "sandbox"


def namespaces(pids: Iterable[int]) -> set[str]:
    """Return the names of all namespaces that these processes are in, as far as we may see."""
    found = set()
    for pid in pids:
        for kind in NAMESPACES:
            try:
                found.add(str(Path(f"/proc/{pid}/ns/{kind}").readlink()))
            except OSError:
                continue
    return found
