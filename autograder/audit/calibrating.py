"""Calibrate the capstones: what the reference reaches in each trial, over many seeds, beside the bars."""

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import fmean
from types import FunctionType

from autograder.checking.subject import Student, trusted_caller
from autograder.checking.trials import RECORD, Bar, Trial, terms_of
from autograder.course.laboratory import load_lab
from autograder.course.loading import load_module, load_reference
from autograder.course.model import Course, Room
from autograder.errors import CourseError

# Hidden checks choose among seeds below this, so that all they can meet has been tried.
SEEDS = 10


@dataclass(frozen=True)
class Calibration:
    """What the reference reached in one metric of one trial, seed by seed, and a bar. public: how many seeds are so."""

    capstone: str
    trial: str
    metric: str
    bar: Bar
    seen: tuple[float, ...]
    public: int

    @property
    def mean(self) -> float:
        """The mean over all seeds."""
        return fmean(self.seen)

    @property
    def worst(self) -> float:
        """The number nearest to the bar, or furthest beyond it."""
        return max(self.seen) if self.bar.is_most else min(self.seen)

    @property
    def margin(self) -> float:
        """How far the bar is from the worst number that it is for; negative where it is not reached.

        A bar for the average is for the mean of all seeds and for that of the public ones.
        """
        return min(self.bar.margin(self.seen), self.bar.margin(self.seen[: self.public]))

    @property
    def holds(self) -> bool:
        """Whether the reference reaches the bar."""
        return self.margin >= 0


def calibrate(course: Course, room: Room, seeds: int = SEEDS) -> Iterator[Calibration]:
    """Yield what the reference reaches in the capstone of `room`; nothing where it has none. Raises `CourseError`."""
    if room.capstone is None:
        return
    lab, names = load_lab(course), vars(load_reference(course, room))
    functions = frozenset(exercise.name for exercise in room.exercises)
    name = f"{room.name}.{room.capstone.name}"
    for trial in _trials(room):
        terms = terms_of(trial)
        student = Student.in_a_capstone(trusted_caller(names), functions)
        metrics = [trial(student, lab, seed) for seed in range(max(seeds, terms.seeds))]
        for metric, bars in terms.bars.items():
            missing = [seed for seed, found in enumerate(metrics) if metric not in found]
            if missing:
                raise CourseError(
                    f"{name}: the trial {trial.__name__} has a bar for {metric!r} and does not measure it"
                )
            seen = tuple(float(found[metric]) for found in metrics)
            yield from (Calibration(name, trial.__name__, metric, bar, seen, terms.seeds) for bar in bars)


def _trials(room: Room) -> list[Trial]:
    module = load_module(room.check_files[-1])
    found: list[Trial] = [
        value for value in vars(module).values() if isinstance(value, FunctionType) and hasattr(value, RECORD)
    ]
    if not found:
        raise CourseError(f"{module.__file__}: has no trial; write @trial(...) above the function that measures")
    return found
