"""Each law of a capstone, when broken, is named; and the calibration tells how far its bars are."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from autograder.audit import audit_room
from autograder.audit.calibrating import calibrate
from autograder.cli import main
from autograder.course import read_course

ROOM = "a02_statistics"
CHECKS, TOML = f"{ROOM}/checks/test_capstone.py", f"{ROOM}/assignment.toml"


def audit(folder: Path):
    course = read_course(folder)
    return audit_room(course, course.room(ROOM), "bubblewrap", secrets=2)


@pytest.mark.slow
def test_a_capstone_that_keeps_every_law(capstone_course: Path) -> None:
    """The audit says how many checks, spoilers, sets of variants and secrets it has tried."""
    found = audit(capstone_course)
    assert found.broken == []
    assert found.capstone is not None
    assert found.capstone.checks == ["fifty_steps_arrive_at_the_mean", "other_clouds_have_a_mean_too"]
    assert found.capstone.spoilers.keys() == {"mean_over_features", "sum_of_columns", "flat_mean"}
    assert (found.capstone.sets, found.capstone.secrets) == (3, 2)
    assert found.mistakes == found.named == 3


@pytest.mark.slow
def test_a_capstone_can_be_left_out(capstone_course: Path) -> None:
    """While exercises are written, their laws alone are enough."""
    done = CliRunner().invoke(
        main, ["audit", ROOM, "--quiet", "--secrets", "1", "--no-capstones", "--course", str(capstone_course)]
    )
    assert done.exit_code == 0, done.output
    assert "capstone" not in done.output


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        (CHECKS, "at_most(1e-6)", "at_most(-1.0)", "reference fails descend: fifty_steps_arrive_at_the_mean"),
        (CHECKS, "at_most(1e-6)", "at_most(1e-12)", "mean_in_single_precision fails descend"),
        (CHECKS, "at_most(1e-6)", "at_most(1e3)", "passes with mean_over_features, which should spoil it"),
        (CHECKS, '"sum_of_columns"', '"sum_of_rows"', "spoiled by sum_of_rows, which is no mistake of this room"),
        (CHECKS, "student.mean_of_columns(X)", "lab.truth(X)", "with the stubs, descend gets 4"),
        (CHECKS, "@points(3)", "@points(2)", "descend is worth 4 but its checks add up to 3"),
        (CHECKS, "lab.cloud(seed)", "lab.clod(seed)", "the check is at fault: a02_statistics.descend"),
        (f"{ROOM}/README.md", "`descend`", "", "README.md does not speak of descend"),
        (
            TOML,
            'notes = "F0 §归一化输入"\nrows = ["F0-24"]',
            'notes = "F9 §1"',
            "descend: the notes F9 are not in course.toml",
        ),
    ],
)
def test_a_broken_law_is_named(edit, capstone_course: Path, name: str, old: str, new: str, told: str) -> None:
    """One change, and the audit says what is wrong."""
    edit(name, old, new)
    broken = audit(capstone_course).broken
    assert [law for law in broken if told in law], broken


@pytest.mark.slow
def test_a_capstone_calls_what_it_says_that_it_uses(edit, capstone_course: Path) -> None:
    """A function that is named and never called is told, and so would be the other way round."""
    second = '\n\ndef other(X: Array) -> Array:\n    """Another."""\n    return X\n'
    reference = capstone_course.parent / "reference" / "statistics.py"
    reference.write_text(reference.read_text(encoding="utf-8") + second, encoding="utf-8")
    edit(TOML, "\n[capstone]", OTHER)
    edit(TOML, 'uses = ["mean_of_columns"]', 'uses = ["mean_of_columns", "other"]')
    broken = audit(capstone_course).broken
    assert "descend says that it uses other, and never calls it" in broken


OTHER = """
[[exercises]]
name = "other"
points = 1
difficulty = 1
importance = 1
minutes = 1
notes = "F0"
[exercises.title]
en = "Other"
zh = "另一个"
[exercises.hints]
en = ["a", "b", "c"]
zh = ["一", "二", "三"]

[capstone]"""


def test_the_calibration_shows_what_the_reference_reaches(capstone_course: Path) -> None:
    """A line for each bar, with mean, worst and margin over ten seeds."""
    course = read_course(capstone_course)
    (line,) = calibrate(course, course.room(ROOM), 10)
    assert (line.capstone, line.trial, line.metric, len(line.seen)) == (f"{ROOM}.descend", "descent", "distance", 10)
    assert line.holds
    assert 0 <= line.mean <= line.worst < 1e-12
    assert line.margin == pytest.approx(1e-6)


def test_the_command_calibrates_and_tells_a_bar_that_is_missed(edit, capstone_course: Path) -> None:
    """A table in Markdown; exit code 1 and the bar in bold where the reference does not reach it."""
    done = CliRunner().invoke(main, ["calibrate", "--seeds", "3", "--course", str(capstone_course)])
    assert done.exit_code == 0, done.output
    heading, _, line = done.output.strip().splitlines()
    assert heading == "| capstone | trial | metric | seeds | mean | worst | bar | margin |"
    assert line.startswith(f"| {ROOM}.descend | descent | distance | 3 |")
    edit(CHECKS, "at_most(1e-6)", "at_most(-1.0)")
    done = CliRunner().invoke(main, ["calibrate", "--seeds", "3", "--course", str(capstone_course)])
    assert done.exit_code == 1
    assert "descent misses the bar for distance" in done.output
    assert "| **-1** |" in done.output


def test_a_bar_that_nothing_measures_is_refused(edit, capstone_course: Path) -> None:
    """A metric that is misspelt would never be looked at."""
    edit(CHECKS, "distance=at_most(1e-6)", "distance=at_most(1e-6), speed=at_most(1)")
    done = CliRunner().invoke(main, ["calibrate", "--course", str(capstone_course)])
    assert done.exit_code == 2
    assert "the trial descent has a bar for 'speed' and does not measure it" in done.output
