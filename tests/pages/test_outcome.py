"""What an instructor sees at the end of a run: changed points side by side, and where everything is."""

import io
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from autograder.pages.outcome import changes_table, closing_lines, outcome
from autograder.report import Fault, report_from_json

SAMPLE = Path(__file__).parents[1] / "samples" / "report.json"
REPORT = report_from_json(SAMPLE.read_text(encoding="utf-8"))
STORE = Path("grades/results.sqlite3")
NOW = {"a05_softmax.one_hot": 2.0, "a05_softmax.softmax": 2.5, "a10_batchnorm.batchnorm_backward": 0.0}


def named(student, **changes):
    return replace(REPORT, submission=replace(REPORT.submission, student=student, id=student), **changes)


def shown(renderable, width=100):
    console = Console(width=width, file=io.StringIO(), highlight=False)
    console.print(renderable)
    return [" ".join(line.split()) for line in console.file.getvalue().split("\n") if line.strip()]


def test_old_and_new_stand_side_by_side():
    """A student's row has the points before, those of today, and every exercise that differs, a line each."""
    before = {**NOW, "a05_softmax.softmax": 5.0, "a10_batchnorm.batchnorm_backward": 0.5}
    lines = shown(changes_table([(REPORT, before)]))
    assert lines[0] == "student old new what changed"
    assert lines[2:] == [
        "张三 7.5 4.5 a05_softmax.softmax 5 → 2.5",
        "a10_batchnorm.batchnorm_backward 0.5 → 0",
    ]


def test_students_stand_in_order_and_an_exercise_new_to_one_is_no_change():
    """Only what was known before is compared, so that a room graded for the first time changes nobody's points."""
    lines = shown(changes_table([(named("B"), {"a05_softmax.one_hot": 1.0}), (named("A"), {**NOW, "gone.x": 3.0})]))
    assert lines[2:] == ["A 4.5 4.5", "B 1 2 a05_softmax.one_hot 1 → 2"]


def test_a_name_with_escapes_and_markup_is_text():
    """A student's name moves no cursor and colours nothing in this table either."""
    [*_, row] = shown(changes_table([(named("[red]\x1b[2J"), {**NOW, "a05_softmax.one_hot": 0.0})]))
    assert row.startswith("[red]\\x1b[2J")


def test_the_outcome_has_its_parts_only_when_there_is_something_in_them():
    """Without a fault and without a change there is the cohort alone."""
    quiet = " ".join(shown(outcome([REPORT], [], 100)))
    assert "GRADER FAULTS" not in quiet
    assert "what changed" not in quiet
    changes = [(REPORT, {**NOW, "a05_softmax.one_hot": 0.0})]
    loud = " ".join(shown(outcome([named("A", faults=(Fault("x", "y"),))], changes, 100)))
    assert "GRADER FAULTS" in loud
    assert "student old new what changed" in loud


@pytest.mark.parametrize(
    ("reused", "graded", "total", "said"),
    [
        (0, 3, 3, []),
        (27, 3, 30, [f"27 of 30 taken from {STORE}, unchanged since they were graded; --regrade grades them again"]),
        (0, 2, 3, ["1 of 3 was not graded; the same command again grades the rest"]),
        (0, 1, 3, ["2 of 3 were not graded; the same command again grades the rest"]),
    ],
)
def test_the_last_lines_say_what_was_reused_and_what_is_left(reused, graded, total, said):
    """How many came from the store and how many are not graded is said when there are any; then come the files."""
    reports = [replace(REPORT, reused=True)] * reused + [REPORT] * graded
    count = reused + graded
    assert list(closing_lines(reports, total, STORE)) == [
        *said,
        "wrote grades/gradebook.csv",
        f"wrote {count} report{'' if count == 1 else 's'} in grades/reports/",
    ]
