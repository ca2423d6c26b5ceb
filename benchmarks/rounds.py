"""One round of measurements, in an order that lets a drifting machine hit everybody alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.course.model import Course
from autograder.errors import AutograderError
from autograder.sandbox.backends import BUBBLEWRAP, SANDLOCK
from benchmarks import floor, ours, pytest_each
from benchmarks.cohort import Handed, write_cohort
from benchmarks.machine import Spent, idle_load
from benchmarks.outcomes import Outcomes

IDLE_SECONDS = 2.0
# Above this, others get less of the machine while we work than while we wait, and taking off what they had flatters us.
QUIET = 0.25


@dataclass(frozen=True)
class Stage:
    """Course, rival and cohorts (the first `counts` submissions each), and a folder for results."""

    course: Course
    rival: pytest_each.Rival
    folder: Path
    short: Path
    middle: Path
    long: Path
    counts: tuple[int, int, int]


@dataclass(frozen=True)
class Round:
    """Seconds for each submission, unless a name says otherwise; `steady` leaves the start-up out.

    idle: processors that others kept busy. total_cpu: of the whole machine while we grade. sandlock: None when it
    cannot be had, and then `problem` says why.
    """

    idle: float
    pytest_each: float
    ours: float
    steady: float
    total_cpu: float
    floor_cpu: float
    sandlock: float | None
    problem: str

    @property
    def quiet(self) -> bool:
        """Whether others used so little that it can be told from what we use."""
        return self.idle < QUIET

    @property
    def ours_cpu(self) -> float:
        """What we used; on a busy machine, what we used at most."""
        return self.total_cpu - self.idle * self.steady if self.quiet else self.total_cpu


def set_stage(course: Course, submissions: Sequence[Handed], folder: Path, short: int, middle: int) -> Stage:
    """Write the cohorts and prepare the rival, which grades once to have its caches warm."""
    counts = (short, middle, len(submissions))
    sizes = zip(("short", "middle", "long"), counts, strict=True)
    cohorts = [write_cohort(folder / f"cohort-{name}", submissions[:count]) for name, count in sizes]
    rival = pytest_each.prepare(course, folder / "pytest-each")
    pytest_each.warm_up(rival, cohorts[2] / submissions[0].name)
    return Stage(course, rival, folder, cohorts[0], cohorts[1], cohorts[2], counts)


def measure(stage: Stage, number: int) -> Round:
    """Measure everything once; the rival goes half before and half after us."""
    output = stage.folder / f"round-{number}"
    names = sorted(path.name for path in stage.middle.iterdir())
    half = len(names) // 2
    floor_cpu, _ = floor.measure(stage.course, stage.long)
    before = pytest_each.grade(stage.rival, stage.long, names[:half])
    idle_before = idle_load(IDLE_SECONDS)
    short = ours.grade(stage.course, stage.short, output / "short", BUBBLEWRAP)
    long = ours.grade(stage.course, stage.long, output / "long", BUBBLEWRAP)
    idle = (idle_before + idle_load(IDLE_SECONDS)) / 2
    sandlock, problem = _sandlock(stage, output / "sandlock")
    after = pytest_each.grade(stage.rival, stage.long, names[half:])
    steady = _slope(stage, short, long)
    return Round(
        idle=idle,
        pytest_each=(before * half + after * (len(names) - half)) / len(names),
        ours=long.wall_seconds / stage.counts[2],
        steady=steady.wall_seconds,
        total_cpu=steady.cpu_seconds,
        floor_cpu=floor_cpu,
        sandlock=sandlock,
        problem=problem,
    )


def verdicts(stage: Stage) -> dict[str, Outcomes]:
    """Return what each way of grading, that has graded in the first round, said about the checks."""
    found = {
        "pytest per process": pytest_each.outcomes(stage.rival),
        "floor": floor.measure(stage.course, stage.middle)[1],
        "ours": ours.outcomes(stage.folder / "round-1" / "long"),
    }
    sandlock = stage.folder / "round-1" / "sandlock"
    return {**found, "ours in sandlock": ours.outcomes(sandlock)} if (sandlock / "reports").is_dir() else found


def _slope(stage: Stage, short: Spent, long: Spent) -> Spent:
    """Return what one more submission costs."""
    more = stage.counts[2] - stage.counts[0]
    return Spent(
        (long.wall_seconds - short.wall_seconds) / more,
        (long.cpu_seconds - short.cpu_seconds) / more,
    )


def _sandlock(stage: Stage, output: Path) -> tuple[float | None, str]:
    try:
        spent = ours.grade(stage.course, stage.middle, output, SANDLOCK)
    except AutograderError as error:
        return None, str(error)
    return spent.wall_seconds / stage.counts[1], ""
