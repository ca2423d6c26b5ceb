"""Measure what the whole course costs: one submission of every exercise, one room's check, the audit of all rooms."""

import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import click

from autograder.course import find_course, read_course
from autograder.course.model import Course
from autograder.errors import AutograderError
from benchmarks import machine, ours
from benchmarks.machine import Spent, autograder_command, run
from benchmarks.table import Bound, Row, show

FEW, MANY = 4, 24


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--rounds", type=click.IntRange(1), default=3, show_default=True, help="How often to measure.")
@click.option("--no-audit", is_flag=True, help="Leave out the audit, which takes minutes.")
def main(*, rounds: int, no_audit: bool) -> None:
    """Measure the course as a whole, without its capstones; end with 1 when a required time is missed."""
    course = read_course(find_course(machine.ROOT))
    with tempfile.TemporaryDirectory(prefix="autograder-bench-") as folder:
        try:
            rows = list(_rows(course, Path(folder), rounds, audit=not no_audit))
        except AutograderError as error:
            raise click.ClickException(str(error)) from error
    click.echo(show(rows))
    sys.exit(1 if any(row.missed for row in rows) else 0)


def _rows(course: Course, folder: Path, rounds: int, *, audit: bool) -> Iterator[Row]:
    few, many = _perfect(course, folder / "few", FEW), _perfect(course, folder / "many", MANY)
    each = tuple(_seconds_each(few, many, folder / f"out-{turn}") for turn in range(rounds))
    report = next(ours.reports(folder / "out-0-many"))
    exercises, checks = len(report.exercises), sum(len(exercise.checks) for exercise in report.exercises)
    note = f"{exercises} exercises, {checks} checks, {report.points:g} of {report.max_points:g} points"
    yield Row(
        "a submission of the whole course", statistics.median(each), "s", Bound("<=", 1.5), rounds=each, note=note
    )
    yield _check_row(course, folder / "student", rounds)
    if audit:
        spent = run([*autograder_command(), "audit", "--quiet", "--no-capstones"])
        yield Row("the audit of all rooms, 20 secrets", spent.wall_seconds, "s", Bound("<=", 240))


def _perfect(course: Course, folder: Path, count: int) -> Path:
    """Make `count` students who hand in the reference; each one's files differ, so that none is taken from a store."""
    for number in range(count):
        student = folder / f"student-{number}"
        student.mkdir(parents=True)
        for room in course.rooms:
            text = (course.reference / f"{room.module}.py").read_text(encoding="utf-8")
            (student / f"{room.module}.py").write_text(f"{text}\n# {number}\n", encoding="utf-8")
    return folder


def _seconds_each(few: Path, many: Path, output: Path) -> float:
    """Return the wall clock of one more submission in one grader process, with all that is done once left out."""
    less, more = _grade(few, Path(f"{output}-few")), _grade(many, Path(f"{output}-many"))
    return (more.wall_seconds - less.wall_seconds) / (MANY - FEW)


def _grade(cohort: Path, output: Path) -> Spent:
    return run([*autograder_command(), "grade", str(cohort), "-o", str(output), "--jobs", "1", "--no-capstones"])


def _check_row(course: Course, folder: Path, rounds: int) -> Row:
    """Return the time of `autograder check` for the room with the most exercises, every function in it right."""
    shutil.copytree(course.path, folder / "assignments", ignore=shutil.ignore_patterns("__pycache__", ".autograder"))
    shutil.copytree(course.reference, folder / "reference", ignore=shutil.ignore_patterns("__pycache__"))
    room = max(course.rooms, key=lambda room: len(room.exercises))
    shutil.copy(course.reference / f"{room.module}.py", folder / "assignments" / room.name)
    command = [*autograder_command(), "check", room.name, "--no-capstones"]
    times = tuple(run(command, cwd=folder).wall_seconds for _ in range(rounds))
    name = f"autograder check {room.name}, {len(room.exercises)} exercises"
    return Row(name, statistics.median(times), "s", Bound("<=", 2.0), rounds=times)


if __name__ == "__main__":
    main()
