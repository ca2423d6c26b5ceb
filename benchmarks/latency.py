"""Measure what a person and a check wait for: `autograder --help`, and one call of a student's function."""

import os
import statistics
import sys
import time

import numpy as np

from autograder.limits import Limits
from autograder.sandbox.backends import BUBBLEWRAP
from autograder.sandbox.host import Host
from autograder.sandbox.outcome import Returned
from autograder.sandbox.process import Worker
from benchmarks.machine import autograder_command, run

STARTS = 10
CALLS = 3_000
SOURCE = "def echo(value, scale=1):\n    return value\n"


def help_milliseconds() -> tuple[float, float]:
    """Return the median time of `autograder --help` and of `python -c pass`, in turn."""
    shown, nothing = [], []
    for _ in range(STARTS):
        shown.append(run((*autograder_command(), "--help")).wall_seconds * 1e3)
        nothing.append(run((sys.executable, "-c", "pass")).wall_seconds * 1e3)
    return statistics.median(shown), statistics.median(nothing)


def round_trip_microseconds(calls: int = CALLS) -> tuple[float, float, float]:
    """Return the median time of a call in bubblewrap.

    First with two numbers on one processor, which is what a grader has for itself and its worker when there are as many
    graders as processors; then with a (3, 7) array in place of a number; then with two numbers on any processor. With
    nothing else to do, a call then waits for a processor to wake up, which says more about the machine than about us.
    """
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(before)})
    try:
        numbers = _round_trip(0.5, calls)
        array = _round_trip(np.zeros((3, 7)), calls)
    finally:
        os.sched_setaffinity(0, before)
    return numbers, array, _round_trip(0.5, calls)


def _round_trip(value: object, calls: int) -> float:
    with Host(BUBBLEWRAP, Limits()) as host:
        worker = Worker(host, {"echo.py": SOURCE}, {})
        assert isinstance(worker.load("echo"), Returned)
        microseconds = _median(worker, value, calls)
        worker.end()
    return microseconds


def _median(worker: Worker, value: object, calls: int) -> float:
    times = []
    for _ in range(calls):
        start = time.perf_counter()
        outcome = worker.call("echo", "echo", (value, 2), {}, {})
        times.append(time.perf_counter() - start)
        assert isinstance(outcome, Returned)
    return statistics.median(times) * 1e6
