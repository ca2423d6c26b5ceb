"""GitHub's summary and annotations: what the runner and the page make of them, whatever a student's code has said."""

import re
from dataclasses import replace

import pytest
from platform_rules import runner_commands

from autograder.exports.github import MOST_BYTES, github_annotations, github_summary
from autograder.exports.places import Place
from autograder.language import speaking
from autograder.report import settled
from autograder.verdicts import Verdict

PLACES = {("a05_softmax", "softmax"): Place("assignments/a05_softmax/softmax.py", 29)}
INJECTIONS = [
    "::error::x",
    "\n::set-output name=score::100\n",
    "\r::add-mask::0",
    "::stop-commands::token",
    "   ::warning file=a::b",
    "##[add-mask]0",
    "x ##[set-env name=PATH]/tmp",
    "%0A::error::x",
    "\u2028::error::x",
    "</pre></details>\n::error::x",
]


def raising(report, text):
    """The report with a failing public check whose every text is this."""
    exercise = report.exercises[1]
    check = exercise.checks[1]
    slots = ("verdict", "evidence", "pattern", "likely_cause", "read", "next_step")
    spoilt = replace(check, sentence=text, name=text, feedback=replace(check.feedback, **dict.fromkeys(slots, text)))
    changed = replace(exercise, name=text, room=text, checks=(spoilt,))
    notes = replace(report.submission, student=text, notes=(text,))
    return replace(report, exercises=(changed,), submission=notes, lateness=replace(report.lateness, rule=text))


@pytest.mark.parametrize("text", INJECTIONS)
def test_no_text_of_a_student_becomes_a_command(sample, text):
    """In the annotations the runner finds one error and nothing else; in the summary, printed, it finds nothing."""
    report = raising(sample, text)
    output = github_annotations([report], {})
    assert len(output.splitlines()) == 1
    ((name, properties, message),) = runner_commands(output)
    assert name == "error"
    assert set(properties) == {"file", "line", "title"}
    assert "\n" not in properties["title"]
    assert message.count("\n") >= 4
    assert runner_commands(github_summary([report])) == []


def test_annotations_stand_at_the_functions(sample):
    """What fails is an error at its line, what is not written yet a notice; colons and commas survive."""
    commands = runner_commands(github_annotations([sample], PLACES))
    assert [(name, properties["file"], properties["line"]) for name, properties, _ in commands] == [
        ("error", "assignments/a05_softmax/softmax.py", "29"),
        ("notice", "assignments/a10_batchnorm/batchnorm.py", "1"),
    ]
    assert commands[0][1]["title"] == "a05_softmax.softmax: every column sums to one"
    assert commands[0][2].startswith("result: shape (4, 7) ok, float64")


def test_there_are_ten_annotations_of_a_kind_and_every_exercise_comes_before_a_second_check(sample):
    """GitHub would show no more; a student with one wrong function in each of many rooms sees all of them."""
    check = replace(sample.exercises[1].checks[1], verdict=Verdict.FAILED)
    exercise = replace(sample.exercises[1], checks=(check, replace(check, sentence="second")))
    many = tuple(replace(exercise, name=f"f{number}") for number in range(8))
    commands = runner_commands(github_annotations([replace(sample, exercises=many)], {}))
    titles = [properties["title"] for _, properties, _ in commands]
    assert len(titles) == 10
    assert [title.endswith("second") for title in titles] == [False] * 8 + [True] * 2


def test_hidden_checks_are_annotated_where_nothing_else_fails(sample):
    """Only that some do not pass, and not which."""
    passing = tuple(
        replace(check, verdict=Verdict.PASSED) if check.visibility == "public" else check
        for check in sample.exercises[1].checks
    )
    report = replace(sample, exercises=(replace(sample.exercises[1], checks=passing),))
    ((name, properties, message),) = runner_commands(github_annotations([report], {}))
    assert (name, properties["title"], message) == ("error", "a05_softmax.softmax: hidden checks", "hidden checks")


def test_the_summary_shows_score_exercises_and_what_to_read(sample):
    """A table with a row an exercise, then the feedback of what fails, folded."""
    page = github_summary([sample])
    assert page.startswith("### score 4 of 13: 4.5 points, less 0.5 for lateness\n")
    assert "| a05\\_softmax.softmax | 2.5 / 5 | ✗ every column sums to one: failed |" in page
    assert "<summary>a05_softmax.softmax&#58; every column sums to one</summary>\n<pre>\nresult&#58; shape" in page
    assert page.count("<details>") == page.count("</pre>\n</details>") == 2


@pytest.mark.parametrize("text", ["| a | b |", "<img src=x>", "[x](http://x)", "`x", "**b**", "www.example.org", "$x$"])
def test_no_text_of_a_student_is_markup(sample, text):
    """Each of its signs is escaped: a table keeps its columns, a page its layout."""
    page, _, folded = github_summary([raising(sample, text)]).partition("<details>")
    unescaped = re.sub(r"\\.", "", page)
    assert text not in unescaped
    assert not re.search(r"[<\[`*$]|www\.", unescaped)
    assert {line.count("|") for line in unescaped.splitlines() if line.startswith("| ")} == {4}
    assert "<img" not in folded


@pytest.mark.parametrize("most", [MOST_BYTES, 3000, 500, 60, 0, -5])
def test_a_summary_is_cut_where_github_would_drop_it(sample, most):
    """Chinese counts by its bytes; a fold that is begun is ended, and that something is missing is said."""
    long = replace(sample.exercises[1], name="练习" * 50)
    page = github_summary([replace(sample, exercises=(long,) * 2000)], most_bytes=most)
    assert len(page.encode()) <= max(most, 0)
    assert page.count("<details>") == page.count("</details>")
    assert most < 100 or page.endswith("GitHub shows no more.\n")


def test_several_reports_are_told_apart(sample):
    """Each has the student's name above it; a single one needs none."""
    other = settled(replace(sample, submission=replace(sample.submission, student="Ann | <b>"), points=1.0))
    page = github_summary([sample, other])
    assert page.startswith("## 张三\n")
    assert "## Ann \\| \\<b\\>\n\n### score 0.5 of 13" in page
    assert "张三" not in github_summary([sample])


def test_the_summary_speaks_chinese(sample):
    """Headings, words for verdicts and remarks."""
    with speaking("zh", strict=True):
        page = github_summary([sample])
    assert page.startswith("### 成绩 4 / 13：")
    assert "| 练习 | 得分 | |" in page
    assert "未通过" in page
