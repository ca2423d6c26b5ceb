"""How long the reference takes, exercise by exercise, and whether the limits leave room for slower answers."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from autograder.audit.candidates import as_submission
from autograder.audit.secrets import secret
from autograder.checking.examiner import Examiner
from autograder.course import reference_text
from autograder.course.model import Course, Exercise, Room
from autograder.errors import AutograderError
from autograder.grading.session import grade
from autograder.limits import Limits
from autograder.report import Report
from autograder.sandbox.allowance import Allowance
from autograder.sandbox.host import Host

# A laptop five times slower than this machine, and loops ten times slower than the reference's vectors.
FACTOR = 50.0
ROUNDS = 5


@dataclass(frozen=True)
class Timing:
    """What the reference took for all checks of one exercise, in the sandbox, at the best of several times.

    call_seconds: its slowest call. wall_seconds: all its calls.
    """

    exercise: Exercise
    call_seconds: float
    wall_seconds: float

    @property
    def name(self) -> str:
        """The exercise as "room.exercise"."""
        return f"{self.exercise.room}.{self.exercise.name}"

    @property
    def limits(self) -> Limits:
        """The limits that the exercise has."""
        return self.exercise.limits

    @property
    def room_to_spare(self) -> float:
        """How many times slower than the reference an answer may be before a limit stops it."""
        in_all = min(self.limits.wall_seconds, self.limits.cpu_seconds) / self.wall_seconds
        return min(self.limits.call_seconds / self.call_seconds, in_all)

    @property
    def advice(self) -> str:
        """What to write under [exercises.limits], or "" when the limits do."""
        if self.room_to_spare >= FACTOR:
            return ""
        wanted = {
            "call_seconds": (FACTOR * self.call_seconds, self.limits.call_seconds),
            "cpu_seconds": (FACTOR * self.wall_seconds, self.limits.cpu_seconds),
            "wall_seconds": (2 * FACTOR * self.wall_seconds, self.limits.wall_seconds),
        }
        return ", ".join(f"{key} = {_rounded(need):.1f}" for key, (need, has) in wanted.items() if need > has)


def time_room(course: Course, room: Room, backend: str, rounds: int = ROUNDS) -> list[Timing]:
    """Return the reference's times in `room`: the best of `rounds`, for what is slow once is the machine.

    Raises `AutograderError` when the room cannot be graded or its reference is stopped by a limit.
    """
    submission = as_submission(room, "reference", reference_text(course, room))
    seen: list[dict[str, Allowance]] = []
    with Host(backend) as host:
        # A capstone's time is its own to choose, and its trials say how it is spent.
        examiner = Examiner(course, [room.without_capstone()], host, secret(0))

        def keep(report: Report) -> None:
            slow = [item.name for item in report.exercises if item.points < item.max_points]
            if slow:
                raise AutograderError(
                    f"{room.name}: the reference does not pass {', '.join(slow)}; audit the room first"
                )
            seen.append({name: spent for (_, name), spent in examiner.spent.items()})

        grade(examiner, [submission] * rounds, keep)
    return list(_timings(room, seen))


def _timings(room: Room, seen: list[dict[str, Allowance]]) -> Iterator[Timing]:
    for exercise in room.exercises:
        spent = [each[exercise.name] for each in seen if exercise.name in each]
        if spent:
            yield Timing(exercise, min(each.slowest_call for each in spent), min(each.wall_spent for each in spent))


def _rounded(seconds: float) -> float:
    """Return the next half second: nobody wants to read limits that pretend to be exact."""
    return math.ceil(seconds * 2) / 2
