"""What a person sees in a terminal, rendered by rich and read back as text."""

import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Console

from autograder.pages.marks import bar, percent
from autograder.pages.terminal import cohort_table, doctor_table, faults_summary, kill_matrix, student_page
from autograder.report import Fault, report_from_json
from autograder.verdicts import Verdict

SAMPLE = Path(__file__).parents[1] / "samples" / "report.json"
REPORT = report_from_json(SAMPLE.read_text(encoding="utf-8"))
HOSTILE = "\x1b]0;owned\x07\x1b[2J[bold red]x[/] :smile:\u202egnp\n[link=http://a]y"


def named(student, **changes):
    """The sample report under another name."""
    return replace(REPORT, submission=replace(REPORT.submission, student=student, id=student), **changes)


def seen(page, width=80, *, colours=False):
    """The lines a person sees; without colours, as in a file or a pipe."""
    file = io.StringIO()
    system = "truecolor" if colours else None
    console = Console(file=file, width=width, force_terminal=colours, color_system=system)
    console.print(page, crop=False)
    return [line.rstrip() for line in file.getvalue().splitlines()]


def line_with(lines, text):
    """The only line that has this text."""
    (found,) = [line for line in lines if text in line]
    return found


def slot(lines, label):
    """The first line of a slot of the feedback, without its label."""
    return line_with(lines, f"  {label} ").partition(label)[2].strip()


def test_the_first_failing_check_is_explained_in_full():
    """Its name, its points and how many passed; then the sentence, evidence, pattern, cause, notes and next step."""
    lines = seen(student_page(REPORT))
    at = lines.index("✗ a05_softmax.softmax   every_column_sums_to_one")
    assert lines[at + 1] == "  0 / 1.5 points   (passed 2 of 4 checks)"
    labels = [line.split()[0] for line in lines[at + 2 : at + 16] if re.match(r"  [a-z]+ ", line)]
    assert labels == ["check", "seen", "law", "pattern", "likely", "read", "try", "printed"]
    assert slot(lines, "check") == "Each column is a distribution over the classes."
    assert slot(lines, "seen").startswith("result: shape (4, 7) ok, float64 ok.  28/28 entries differ")
    assert slot(lines, "law") == "sum over the C classes of softmax(z) = 1"
    assert slot(lines, "pattern").endswith("and 1/m = 0.1429")
    assert slot(lines, "likely").startswith("All columns share one denominator")
    assert slot(lines, "read").startswith("F4 §1.6, eq. 24-26")
    assert slot(lines, "try").startswith("print(softmax(Z).sum(axis=0))")
    assert slot(lines, "printed") == "Z (4, 7)"


def test_a_sentence_is_not_said_twice():
    """Where the verdict slot repeats the check's sentence, it is shown once."""
    text = " ".join(seen(student_page(REPORT), width=120))
    assert text.count("Each column is a distribution over the classes.") == 1


def test_the_other_checks_of_a_begun_exercise_have_a_line_each():
    """Passed and failed ones are told apart by sign, a hidden one is marked so, and each says its points."""
    lines = seen(student_page(REPORT))
    at = lines.index("a05_softmax.softmax")
    assert lines[at + 1] == "  ✓ 1.5 / 1.5 the_worked_example_of_the_notes"
    assert lines[at + 2] == "  ✓     1 / 1 adding_a_constant_to_a_column_changes_nothing"
    assert lines[at + 3].startswith("  ✗     0 / 1 hidden: columns_with_very_different_scales   One maximum is")
    assert lines[at + 3].endswith("…")
    assert lines[at + 4] == ""


def test_a_cause_that_was_shown_in_full_is_not_told_again():
    """The other checks that fail by it say that it is the same; where nobody knows it, they say what was seen."""
    exercise = REPORT.exercises[1]
    first, last = exercise.checks[1], exercise.checks[3]
    for cause, told in ((first.feedback.likely_cause, "the same cause"), ("nobody knows", "J is 1, expected 2")):
        other = replace(first.feedback, likely_cause=cause, evidence="J is 1, expected 2\n  more of it")
        checks = [
            replace(first, feedback=replace(first.feedback, likely_cause=cause)),
            replace(last, visibility="public", feedback=other),
        ]
        page = student_page(replace(REPORT, exercises=(replace(exercise, checks=tuple(checks)),)))
        assert line_with(seen(page), "columns_with_very").endswith(f"   {told}")


def test_what_stops_every_check_alike_is_told_once():
    """A file that is not Python fails every check of its room: one is shown in full, and the bars tell of the rest."""
    stopped = replace(REPORT.exercises[1].checks[1].feedback, evidence="SyntaxError: '(' was never closed")
    raised = [
        replace(each, checks=tuple(replace(c, verdict=Verdict.CRASHED, feedback=stopped) for c in each.checks))
        for each in REPORT.exercises[:2]
    ]
    lines = seen(student_page(replace(REPORT, exercises=tuple(raised))))
    assert slot(lines, "seen") == "SyntaxError: '(' was never closed"
    assert "a05_softmax.softmax" not in lines
    one_passes = replace(raised[1], checks=(raised[1].checks[0], REPORT.exercises[1].checks[0]))
    assert "a05_softmax.softmax" in seen(student_page(replace(REPORT, exercises=(raised[0], one_passes))))


def test_a_warning_that_came_often_is_printed_once():
    """It says how often it came; what students print themselves stays as it was."""
    warning = "softmax.py:3: RuntimeWarning: overflow encountered in exp\n"
    exercise = replace(REPORT.exercises[1], output=f"a\n{warning}a\na\n{warning}{warning}b\n")
    lines = seen(student_page(replace(REPORT, exercises=(exercise,))), width=120)
    at = lines.index(line_with(lines, "printed"))
    assert [line[11:] for line in lines[at : at + 5]] == ["a", f"{warning.strip()}   … 3 times", "a", "a", "b"]


def test_every_exercise_has_a_bar_and_the_points_are_summed():
    """One line an exercise with bar, points and standing, then the total."""
    lines = seen(student_page(REPORT), width=120)
    assert line_with(lines, "one_hot  ") == ("a05_softmax.one_hot               ████████████     2 / 2  passed")
    assert line_with(lines, "2.5 / 5") == (
        "a05_softmax.softmax               ██████░░░░░░   2.5 / 5  failed; global_sum"
    )
    assert line_with(lines, "0 / 6") == (
        "a10_batchnorm.batchnorm_backward  ░░░░░░░░░░░░     0 / 6  not written yet; an earlier function was lent"
    )
    assert line_with(lines, "total") == ("total                             ████░░░░░░░░  4.5 / 13  points, 35 %")


def test_a_check_that_went_wrong_comes_before_one_that_waits():
    """A student who left the first exercise for later is told about the one they tried."""
    one, two, three = REPORT.exercises
    assert "✗ a05_softmax.softmax   every_column_sums_to_one" in seen(
        student_page(replace(REPORT, exercises=(three, two, one)))
    )


def test_untouched_work_shows_where_to_begin():
    """With nothing written the first check of the first exercise is shown, and no list of waiting checks."""
    lines = seen(student_page(replace(REPORT, exercises=REPORT.exercises[2:])))
    assert "○ a10_batchnorm.batchnorm_backward   dZ_is_orthogonal_to_Z_norm_in_every_row" in lines
    assert slot(lines, "try") == "Write the body; start with dgamma and dbeta."
    assert not [line for line in lines if "rows_of_dZ_sum_to_zero" in line]


def test_finished_work_is_bars_alone():
    """When all checks pass there is nothing to explain."""
    done = replace(REPORT, exercises=REPORT.exercises[:1], points=2.0, max_points=2.0)
    assert seen(student_page(done))[1:] == [
        "a05_softmax.one_hot  ████████████  2 / 2  passed",
        "total                ████████████  2 / 2  points, 100 %",
    ]


def test_an_unreadable_submission_says_why():
    """The student sees the problem and no bars."""
    lost = named("Bob", status="unreadable", problem="zip refused:\n../x.py points outside")
    assert seen(student_page(lost)) == [
        "This submission could not be read.",
        "zip refused:",
        "../x.py points outside",
    ]


def test_a_student_learns_that_a_grader_fault_costs_nothing():
    """The fault is told apart from the student's own failures, with what to pass on."""
    lines = seen(student_page(replace(REPORT, faults=(Fault("a05.softmax", "oracle died"),))))
    assert line_with(lines, "costs you nothing")
    assert lines[-1] == "! a05.softmax: oracle died"


@pytest.mark.parametrize("width", [80, 120])
def test_no_line_is_wider_than_the_terminal(width):
    """Every page fits, wide characters counted as two cells."""
    reports = [named("欧阳娜娜与她的很长很长的名字" * 3), named("x" * 300), named(HOSTILE * 9), REPORT]
    pages = [
        student_page(reports[2]),
        cohort_table(reports, width),
        faults_summary([named("三" * 99, faults=(Fault("w" * 99, "m " * 99),))]),
        doctor_table([("什么" * 30, "failed", "seen " * 40)]),
        kill_matrix("e" * 99, [f"check_{n}" * 5 for n in range(40)], {"m" * 70: ()}, {}),
    ]
    for page in pages:
        assert max(cell_len(line) for line in seen(page, width)) <= width


def test_nothing_a_submission_says_reaches_the_terminal_as_a_command():
    """Escapes, markup, emoji codes, overrides and line ends in any text of a report are shown, not obeyed."""
    exercise = REPORT.exercises[1]
    check = exercise.checks[1]
    told = replace(check.feedback, evidence=HOSTILE, likely_cause=HOSTILE, verdict=HOSTILE)
    spoilt = replace(exercise, output=HOSTILE, checks=(replace(check, feedback=told),), mistake=HOSTILE)
    report = named(HOSTILE, exercises=(spoilt,), faults=(Fault(HOSTILE, HOSTILE),))
    lost = named(HOSTILE, status="unreadable", problem=HOSTILE)
    for page in (
        student_page(report),
        student_page(lost),
        cohort_table([report, lost], 200),
        faults_summary([report]),
        doctor_table([(HOSTILE, "ok", HOSTILE)]),
    ):
        text = "\n".join(seen(page, 200, colours=True))
        assert "\\x1b]0;owned\\x07\\x1b[2J[bold red]x[/] :smile:\\u202egnp" in text
        without_colours = re.sub(r"\x1b\[[\d;]*m", "", text)
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", without_colours)


def test_the_cohort_is_one_aligned_row_a_student():
    """Status, points, bar and rooms stand in one column each, beside wide and narrow names, sorted by name."""
    lost = named("Bob", status="unreadable", problem="not a zip")
    lines = seen(cohort_table([REPORT, named("欧阳娜娜"), lost, named("Ann", faults=(Fault("w", "m"),))]))
    assert lines[:5] == [
        "student  status     points            a05 a10 mistakes",
        "Ann      fault!     4.5/13 ███░░░░░░░  64   0 global_sum",
        "Bob      unreadable      –              –   – see below",
        "张三     late: 4    4.5/13 ███░░░░░░░  64   0 global_sum",
        "欧阳娜娜 late: 4    4.5/13 ███░░░░░░░  64   0 global_sum",
    ]
    assert line_with(lines, "not a zip").startswith("✗ ")
    assert line_with(lines, "4 students") == (
        "4 students · mean 35 % of those graded · 1 unreadable · 1 with grader faults"
    )


@pytest.mark.parametrize(("rooms", "width"), [(11, 80), (11, 200), (30, 80), (2, 40)])
def test_no_room_and_no_mistake_is_dropped_for_want_of_space(rooms, width):
    """Where the terminal is too narrow, more tables follow; nothing disappears."""
    exercises = tuple(replace(REPORT.exercises[1], room=f"a{n:02d}_x", points=n / 10) for n in range(rooms))
    lines = seen(cohort_table([named("Ann", exercises=exercises)], width), width)
    headings = " ".join(line for line in lines if line.startswith("student")).split()
    assert [heading for heading in headings if heading.startswith("a")] == [f"a{n:02d}" for n in range(rooms)]
    assert "mistakes" in headings
    assert sum("global_sum" in line for line in lines if not line.startswith("most common")) == 1


def test_a_room_touched_by_a_grader_fault_shows_no_percentage():
    """A number that the grader's failure made worthless is not shown as a result."""
    faulty = replace(REPORT.exercises[0], verdict=Verdict.GRADER_FAULT)
    (row,) = [
        line
        for line in seen(cohort_table([named("Ann", exercises=(faulty, REPORT.exercises[2]))]))
        if line.startswith("Ann")
    ]
    assert row.split()[-4:-2] == ["!", "0"]


def test_an_empty_cohort_is_a_table_too():
    """A run that was stopped at once still shows a heading."""
    assert line_with(seen(cohort_table([])), "0 students") == "0 students"


def test_each_fault_is_shown_once_with_whom_it_touched():
    """The same fault for many students is one loud row; no fault is one quiet line."""
    fault = Fault("oracle", "died")
    lines = seen(faults_summary([named(name, faults=(fault, fault)) for name in "EDCBA"]))
    assert "GRADER FAULTS" in lines[0]
    assert "A, B, C and 2 more" in line_with(lines, "died")
    assert seen(faults_summary([REPORT])) == ["No grader faults."]


def test_the_doctor_tells_states_apart_without_colour():
    """Each finding has a sign and a word beside what was seen."""
    findings = [("bubblewrap", "ok", "0.8.0"), ("cgroup", "warning", "none"), ("fork bomb", "failed", "survived")]
    text = "\n".join(seen(doctor_table(findings)))
    for expected in (r"✓  bubblewrap +ok +0\.8\.0", r"!  cgroup +warning +none", r"✗  fork bomb +failed +survived"):
        assert re.search(expected, text)


def test_the_kill_matrix_shows_who_catches_what():
    """Claimed kills, further kills and claims that fail have different signs; broken laws are put in words."""
    checks = ["sums_to_one", "no_nan", "idle"]
    kills = {"global_sum": {"sums_to_one"}, "one_max": {"sums_to_one", "no_nan"}, "alive": set()}
    claims = {"global_sum": ["sums_to_one"], "one_max": ["no_nan"], "alive": ["no_nan"]}
    lines = seen(kill_matrix("a05_softmax.softmax", checks, kills, claims))
    assert lines[0] == "a05_softmax.softmax"
    assert line_with(lines, "global_sum ").split() == ["global_sum", "●", "·", "·"]
    assert line_with(lines, "one_max ").split() == ["one_max", "○", "●", "·"]
    assert line_with(lines, " alive  ").split() == ["alive", "·", "✗", "·"]
    assert line_with(lines, "  2  no_nan")
    assert lines[-3:] == [
        "✗ alive is caught by no check",
        "✗ alive is not caught by no_nan",
        "✗ idle catches no mistake",
    ]


def test_a_wide_kill_matrix_is_cut_into_blocks_that_lose_no_check():
    """Forty checks are numbered 1 to 40 over several tables of a terminal's width."""
    checks = [f"check_{n}" for n in range(1, 41)]
    lines = seen(kill_matrix("e", checks, {"m": set(checks)}, {"m": checks}))
    numbers = [word for line in lines if line.startswith(" mistake ") for word in line.split()[1:]]
    assert numbers == [str(n) for n in range(1, 41)]
    assert sum(line.count("●") for line in lines if line.strip().startswith("m ")) == 40
    assert lines[-1] == "Every mistake is caught where it claims; every check catches one."


@pytest.mark.parametrize(
    ("earned", "share", "cells"), [(0, "0", 0), (0.01, "1", 1), (4, "50", 5), (7.99, "99", 9), (8, "100", 10)]
)
def test_only_full_marks_look_full_and_only_none_look_empty(earned, share, cells):
    """A bar and a percentage are never rounded up to all or down to nothing."""
    assert percent(earned, 8) == share
    assert bar(earned, 8, 10).plain == "█" * cells + "░" * (10 - cells)


def test_nothing_to_earn_is_no_percentage():
    """An exercise worth nothing has a dash and an empty bar instead of a division by zero."""
    assert percent(0, 0) == "–"
    assert bar(0, 0, 4).plain == "░░░░"
