"""The reference's times stand beside the limits, and a limit without room to spare is a broken law."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from autograder.audit import FACTOR, time_room
from autograder.cli import main
from autograder.course import read_course

pytestmark = pytest.mark.slow


def audit(course: Path, *arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["audit", "--times", *arguments, "--course", str(course)])
    return done.exit_code, done.output


def test_every_exercise_of_the_course_has_room_to_spare(course_folder: Path, backend: str) -> None:
    """An answer may be fifty times slower than the reference, in every exercise."""
    course = read_course(course_folder)
    timings = [timing for room in course.rooms for timing in time_room(course, room, backend)]
    assert [timing.name for timing in timings] == [
        f"{room.name}.{exercise.name}" for room in course.rooms for exercise in room.exercises
    ]
    assert {timing.name: timing.room_to_spare for timing in timings if timing.room_to_spare < FACTOR} == {}
    assert all(0 < timing.call_seconds <= timing.wall_seconds for timing in timings)


def test_a_limit_that_is_too_tight_is_named_with_what_to_write(course_copy: Path) -> None:
    """The line says which exercise and what to put into its table; written down, it is enough."""
    file = course_copy / "a05_softmax" / "assignment.toml"
    before = file.read_text(encoding="utf-8")
    file.write_text(before + "\n[exercises.limits]\ncall_seconds = 0.004\n", encoding="utf-8")
    code, said = audit(course_copy, "a05_softmax")
    assert code == 1
    (line,) = [line for line in said.splitlines() if line.startswith("BROKEN")]
    assert line == "BROKEN  a05_softmax.accuracy: write under its [exercises.limits]: call_seconds = 0.5"
    file.write_text(before + "\n[exercises.limits]\ncall_seconds = 0.5\n", encoding="utf-8")
    assert audit(course_copy, "a05_softmax")[0] == 0
