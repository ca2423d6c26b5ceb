"""What the machine spent: wall clock and processor time of all its processes, whoever started them."""

import os
import platform
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from autograder.errors import AutograderError
from autograder.sandbox.runtime import THREADS

ROOT = Path(__file__).resolve().parent.parent
SECRET = "only a benchmark, nothing to hide"
_WORKING = ("user", "nice", "system", "irq", "softirq")
_COLUMNS = ("user", "nice", "system", "idle", "iowait", "irq", "softirq")


@dataclass(frozen=True)
class Spent:
    """wall_seconds: as a clock on the wall shows. cpu_seconds: of the whole machine, idling taken off."""

    wall_seconds: float
    cpu_seconds: float


def cpu_seconds() -> float:
    """Return what all processors together have worked since the machine started.

    Processes in a sandbox do not show in their starter's own usage, and the kernel takes namespaces down in threads
    of its own; the machine's total misses neither.
    """
    ticks = Path("/proc/stat").read_text(encoding="ascii").split("\n")[0].split()[1:]
    by_name = dict(zip(_COLUMNS, map(int, ticks), strict=False))
    return sum(by_name[name] for name in _WORKING) / os.sysconf("SC_CLK_TCK")


def idle_load(seconds: float) -> float:
    """Return how many processors are busy while nothing is measured."""
    start, before = time.perf_counter(), cpu_seconds()
    time.sleep(seconds)
    return (cpu_seconds() - before) / (time.perf_counter() - start)


def environment(**more: str) -> dict[str, str]:
    """Return the environment of everything that is measured: one BLAS thread, one secret, and `more`."""
    return {**os.environ, **THREADS, "AUTOGRADER_SECRET": SECRET, **more}


def run(command: Sequence[str | Path], *, cwd: Path = ROOT, env: Mapping[str, str] | None = None) -> Spent:
    """Run a command to its good end; return what was spent meanwhile. Raises `AutograderError` with its last words."""
    start, before = time.perf_counter(), cpu_seconds()
    ended = subprocess.run(
        command, cwd=cwd, env=env or environment(), stdin=subprocess.DEVNULL, capture_output=True, text=True
    )
    spent = Spent(time.perf_counter() - start, cpu_seconds() - before)
    if ended.returncode != 0:
        said = [line.strip(" │╭╰╮╯─") for line in f"{ended.stdout}\n{ended.stderr}".split("\n")]
        shown = " | ".join([line for line in said if line][-8:])
        raise AutograderError(
            f"{' '.join(map(str, command))} ended with {ended.returncode}: {shown[-800:] or 'without a word'}"
        )
    return spent


def autograder_command() -> list[str]:
    """Return how `autograder` is started here."""
    script = Path(sys.executable).parent / "autograder"
    return [str(script)] if script.exists() else [sys.executable, "-m", "autograder"]


def describe() -> dict[str, str | int]:
    """Return what the figures depend on."""
    return {
        "python": platform.python_version(),
        "numpy": version("numpy"),
        "pytest": version("pytest"),
        "kernel": platform.release(),
        "machine": platform.machine(),
        "processors": len(os.sched_getaffinity(0)),
    }
