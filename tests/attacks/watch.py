"""What stands on the machine before and after an attack: files, processes, System V objects, descriptors."""

import contextlib
import ctypes
import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import bait

from autograder.sandbox.backends import unprivileged_uid

OPEN_TO_ALL = (Path("/tmp"), Path("/var/tmp"), Path("/dev/shm"))
PR_SET_CHILD_SUBREAPER = 36
# Folders of a sandbox: this one's are looked into by name, those of others on this machine are their business.
_OF_SANDBOXES = ("autograder-scratch-", "autograder-stage-")


@dataclass(frozen=True)
class Machine:
    """What there is. processes: the command lines of all that descend from this process, counted."""

    files: frozenset[tuple[str, int, int]]
    contents: tuple[tuple[str, str], ...]
    processes: Counter[str]
    system_v: frozenset[str]
    descriptors: int


def hostile_uid() -> int:
    """Return the user id that a submission has outside its sandbox."""
    return unprivileged_uid() if os.geteuid() == 0 else os.getuid()


def look(folders: Iterable[Path]) -> Machine:
    """Return what stands on the machine; `folders` are looked into to the bottom."""
    within = [path for folder in (bait.ROOT, *folders) for path in folder.rglob("*")]
    beside = [path for folder in OPEN_TO_ALL if folder.is_dir() for path in folder.iterdir()]
    theirs = [path for path in beside if not path.name.startswith(_OF_SANDBOXES)]
    return Machine(
        files=frozenset([*_entries(within, None), *_entries(theirs, hostile_uid())]),
        contents=tuple((str(path), path.read_text()) for path in bait.FILES.values()),
        processes=descendants(),
        system_v=frozenset(_system_v()),
        descriptors=len(list(Path("/proc/self/fd").iterdir())),
    )


def left_behind(before: Machine, after: Machine) -> list[str]:
    """Return in words what is there after an attack and was not before, or has changed."""
    found = [f"file {path} (mode {mode:o}, {size} bytes)" for path, mode, size in after.files - before.files]
    found += [f"a file is gone: {path}" for path, *_ in before.files - after.files if not Path(path).exists()]
    held = dict(before.contents)
    found += [f"changed: {path}" for path, text in after.contents if text != held[path]]
    found += [f"process {command!r}" for command in after.processes - before.processes]
    found += [f"System V object {line}" for line in after.system_v - before.system_v]
    if after.descriptors > before.descriptors:
        found.append(f"{after.descriptors - before.descriptors} descriptors in the grader")
    return found


def adopt_orphans() -> None:
    """Become the parent of whatever loses its own, so that nothing started below here is ever lost from sight."""
    assert ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) == 0


def descendants() -> Counter[str]:
    """Return the command lines of all processes below this one, each with how many there are."""
    parents: dict[int, int] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            state, parent = (folder / "stat").read_text().rpartition(")")[2].split()[:2]
            if state == "Z" and int(parent) == os.getpid():
                continue
            parents[int(folder.name)] = int(parent)
    found: Counter[str] = Counter()
    for pid in parents:
        above = pid
        while above in parents and above != os.getpid():
            above = parents[above]
        if above == os.getpid() != pid:
            with contextlib.suppress(OSError):
                found[Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")[:200]] += 1
    return found


def _entries(paths: Iterable[Path], uid: int | None) -> Iterable[tuple[str, int, int]]:
    for path in paths:
        with contextlib.suppress(OSError):
            seen = path.lstat()
            if uid is None or seen.st_uid == uid:
                yield str(path), seen.st_mode, seen.st_size


def _system_v() -> Iterable[str]:
    uid = str(hostile_uid())
    for kind, column in (("shm", 7), ("msg", 7), ("sem", 4)):
        for line in Path(f"/proc/sysvipc/{kind}").read_text().splitlines()[1:]:
            if line.split()[column] == uid:
                yield f"{kind} {line.split()[0]}"
