"""Scores and feedback in nbgrader's own gradebook, where formgrader shows them."""

from collections.abc import Iterable
from dataclasses import dataclass

from autograder.exports.nbgrader.course import CourseFolder
from autograder.report import Report


@dataclass(frozen=True)
class Written:
    """What was written. students, assignments: how many. left_out: a sentence for each thing that was not, by name."""

    students: int
    assignments: int
    left_out: tuple[str, ...]


def write_nbgrader(reports: Iterable[Report], course: CourseFolder) -> Written:
    """Write scores, late penalties and feedback into a course's gradebook: all of it, or nothing.

    Each room is an assignment with one notebook, both named like the room, and each exercise a grade cell "check-" and
    its name; what is missing is made. Scores and comments that somebody gave by hand stay, and go before ours. A report
    without a score, or whose attempt does not count, writes nothing. Doing it again changes nothing.

    Raises
    ------
    AutograderError : nbgrader is not installed, its gradebook cannot be written, or two reports contradict each other.
    """
    # Late: planning needs neither nbgrader nor its database, but nothing can be done without them.
    from autograder.exports.nbgrader.gradebook import opened_gradebook
    from autograder.exports.nbgrader.writing import write_all

    counted = [report for report in reports if report.counts]
    with opened_gradebook(course) as gradebook:
        hand_ins, left_out = write_all(gradebook, counted, course)
    return Written(
        students=len({hand_in.student for hand_in in hand_ins}),
        assignments=len({hand_in.room for hand_in in hand_ins}),
        left_out=tuple(left_out),
    )
