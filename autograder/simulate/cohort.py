"""Make a cohort: draw it, write it, and write the truth beside it."""

from pathlib import Path

from autograder.course.model import Course
from autograder.errors import AutograderError
from autograder.simulate.deriving import Judge
from autograder.simulate.drawing import draw_cohort
from autograder.simulate.plans import Plan
from autograder.simulate.shelf import load_shelf
from autograder.simulate.spoiling import DAMAGES
from autograder.simulate.truth import Truth, truth_path, write_truth
from autograder.simulate.writing import write_submission


def simulate(course: Course, count: int, folder: Path, seed: int) -> Path:
    """Write `count` submissions into the new folder `folder`; return the file beside it that holds the truth.

    The same course, count and seed give the same bytes, whatever the machine and the day.

    Raises
    ------
    AutograderError : the folder is there and not empty, or cannot be made, or the course cannot be read.
    """
    # A capstone is no function that could be written in another way; what it earns follows from the others.
    course = course.without_capstones()
    shelves = [load_shelf(course, room) for room in course.rooms]
    judge = Judge(course, shelves)
    _make(folder)
    students: dict[str, Truth] = {}
    for plan in draw_cohort(shelves, count, seed):
        write_submission(folder, plan, shelves)
        students[plan.origin] = truth_of(plan, judge)
    path = truth_path(folder)
    write_truth(path, seed, course.title["en"], students)
    return path


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        taken = next(folder.iterdir(), None)
    except OSError as error:
        raise AutograderError(f"the folder {folder} cannot be made: {error.strerror or error}; name another") from error
    if taken is not None:
        raise AutograderError(
            f"{folder} is not empty (it holds {taken.name}); a cohort needs a folder of its own: name a new one"
        )


def truth_of(plan: Plan, judge: Judge) -> Truth:
    """Return what is true of the submission that `plan` becomes."""
    special = plan.special.name if plan.special else None
    unreadable = special in DAMAGES
    return Truth(
        student=plan.student,
        form=plan.layout.form,
        status="unreadable" if unreadable else "graded",
        special=special,
        ability=round(plan.ability, 6),
        exercises={} if unreadable else {".".join(key): one for key, one in judge.expected(plan).items()},
    )
