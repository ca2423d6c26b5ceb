"""Trials: what a capstone measures, and how good it has to be.

A trial is a function `(student, lab, seed) -> {metric: number}` in a capstone's file of checks. It trains on our side
of the wire and calls the student's functions on the way, so that a metric is what really came of them. The bars that
its metrics have to reach stand in its `@trial(...)`, where the checks, the calibration and the reader find them.
"""

from collections.abc import Callable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from types import ModuleType
from typing import Any

import numpy as np

from autograder.checking.compare import require
from autograder.checking.subject import Student
from autograder.errors import CourseError
from autograder.language import label

# The attribute in which `trial` leaves what it was told.
RECORD = "__autograder_trial__"
Metrics = Mapping[str, float]
Trial = Callable[[Any, Any, int], Metrics]
Memory = MutableMapping[tuple[str, int], Metrics]


@dataclass(frozen=True)
class Bar:
    """What a metric has to reach: `value` or more, unless `is_most`; on every seed, unless it is for their mean."""

    value: float
    is_most: bool
    on_average: bool

    def values(self, seen: Sequence[float]) -> Sequence[float]:
        """Return the numbers that the bar is for: those of all seeds, or their mean alone."""
        return [fmean(seen)] if self.on_average else seen

    def margin(self, seen: Sequence[float]) -> float:
        """Return how far the worst number is on the right side of the bar; negative on the wrong one."""
        margins = [self.value - value if self.is_most else value - self.value for value in self.values(seen)]
        # NaN is never the smallest of several.
        return min(margins) if all(margin == margin for margin in margins) else float("nan")


@dataclass(frozen=True)
class Terms:
    """What `@trial` says: how many seeds a public check takes, and the bars by metric."""

    seeds: int
    bars: Mapping[str, tuple[Bar, ...]]


def at_least(value: float, *, on_average: bool = False) -> Bar:
    """Return the bar that a metric is `value` or more, on every seed or on their average."""
    return Bar(value, is_most=False, on_average=on_average)


def at_most(value: float, *, on_average: bool = False) -> Bar:
    """Return the bar that a metric is `value` or less, on every seed or on their average."""
    return Bar(value, is_most=True, on_average=on_average)


def trial(seeds: int = 1, **bars: Bar | tuple[Bar, ...]) -> Callable[[Trial], Trial]:
    """Mark a function as a trial: the bars of its metrics by name, and how many seeds a public check takes."""

    def mark(function: Trial) -> Trial:
        by_metric = {metric: bar if isinstance(bar, tuple) else (bar,) for metric, bar in bars.items()}
        setattr(function, RECORD, Terms(seeds, by_metric))
        return function

    return mark


def terms_of(function: Trial) -> Terms:
    """Return what `@trial` says of `function`. Raises `CourseError` for one that is no trial."""
    terms = getattr(function, RECORD, None)
    if not isinstance(terms, Terms):
        raise CourseError(f"{function.__name__} is no trial; write @trial(...) above it, with the bars of its metrics")
    return terms


@dataclass(frozen=True)
class Measured:
    """What came of one trial: its metrics on each seed. seeds: the public ones are 0, 1, 2 …"""

    name: str
    terms: Terms
    metrics: tuple[Metrics, ...]

    def __getitem__(self, metric: str) -> list[float]:
        """Return one metric on each seed."""
        return [float(each[metric]) for each in self.metrics]


def measurer(student: Student, lab: ModuleType | None, memory: Memory) -> Callable[..., Measured]:
    """Return the fixture `measure`: it runs a trial, or remembers what came of it in an earlier check.

    memory: what came of each trial, by name and seed, as long as the same submission is examined.
    """

    def measure(function: Trial, seeds: Sequence[int] | None = None) -> Measured:
        terms = terms_of(function)
        name = function.__name__
        chosen = tuple(range(terms.seeds)) if seeds is None else tuple(seeds)
        for seed in chosen:
            if (name, seed) not in memory:
                # What diverges is seen in the metrics; here nobody reads numpy's warnings.
                with np.errstate(all="ignore"):
                    memory[name, seed] = function(student, lab, seed)
        return Measured(name, terms, tuple(memory[name, seed] for seed in chosen))

    return measure


def assert_bars(measured: Measured, metric: str, name: str = "") -> None:
    """Fail unless a metric of a trial reaches every bar that it has.

    name: what the metric is called in words, such as "test accuracy". Raises CheckFailed.
    """
    if metric not in measured.terms.bars:
        raise CourseError(f"the trial {measured.name} has no bar for {metric!r}; write it into its @trial(...)")
    for bar in measured.terms.bars[metric]:
        # The mean of fewer seeds spreads more widely than the bar was set for.
        if bar.on_average and len(measured.metrics) < measured.terms.seeds:
            continue
        _assert_bar(measured[metric], bar, label(name or metric.replace("_", " ")))


def _assert_bar(seen: list[float], bar: Bar, name: str) -> None:
    words = {"name": name, "seen": ", ".join(f"{value:.4g}" for value in seen), "bar": f"{bar.value:.6g}"}
    holds = bar.margin(seen) >= 0
    if bar.on_average and bar.is_most:
        require(holds, "{name} is {seen}; expected {bar} or less on average", safe="the bar is not met", **words)
    elif bar.on_average:
        require(holds, "{name} is {seen}; expected {bar} or more on average", safe="the bar is not met", **words)
    elif bar.is_most:
        require(holds, "{name} is {seen}; expected {bar} or less", safe="the bar is not met", **words)
    else:
        require(holds, "{name} is {seen}; expected {bar} or more", safe="the bar is not met", **words)
