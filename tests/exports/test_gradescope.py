"""Gradescope's results.json: who sees which test, and what a submission without a score gets."""

import json
from dataclasses import replace

import pytest
from platform_rules import GRADESCOPE

from autograder.errors import AutograderError, GraderFault
from autograder.exports.gradescope import gradescope_results
from autograder.language import speaking
from autograder.report import Fault, settled
from autograder.verdicts import Verdict

HIDDEN_SENTENCE = "columns with very different scales"


@pytest.fixture
def results(sample):
    """What Gradescope reads of the sample report with these changes."""

    def make(capstones=(), **changes):
        document = json.loads(gradescope_results(settled(replace(sample, **changes)), capstones))
        GRADESCOPE.validate(document)
        return document

    return make


def test_public_checks_are_visible_each_with_its_feedback(results):
    """A test has its points, its status and what the student reads; one that passed says nothing."""
    tests = {test["name"]: test for test in results()["tests"]}
    failed = tests["a05_softmax.softmax: every column sums to one"]
    assert (failed["score"], failed["max_score"], failed["status"], failed["visibility"]) == (
        0,
        1.5,
        "failed",
        "visible",
    )
    assert "worst at [0, 3]: got 0.0211, expected 0.3514\nrelative error" in failed["output"]
    assert tests["a05_softmax.softmax: the worked example of the notes"]["output"] == ""


@pytest.mark.parametrize(("hidden_results", "visibility"), [("after_due", "after_due_date"), ("visible", "visible")])
def test_hidden_checks_go_by_what_the_course_shows_and_when(results, hidden_results, visibility):
    """Shown after the due date, each is a test that Gradescope keeps back until then; shown at once, it is visible."""
    tests = {test["name"]: test for test in results(hidden_results=hidden_results)["tests"]}
    assert tests[f"a05_softmax.softmax: {HIDDEN_SENTENCE}"]["visibility"] == visibility
    assert tests["a05_softmax.softmax: every column sums to one"]["visibility"] == "visible"


def test_hidden_checks_that_are_never_shown_are_one_visible_line(results):
    """Their points are there and nothing else; no entry is hidden, so the student's total is not hidden either."""
    document = results(hidden_results="hidden")
    assert HIDDEN_SENTENCE not in json.dumps(document)
    line = next(test for test in document["tests"] if test["name"] == "a05_softmax.softmax: hidden checks")
    assert (line["score"], line["max_score"], line["output"]) == (0, 1, "")
    assert {test["visibility"] for test in document["tests"]} == {"visible"}


def test_the_score_is_the_points_less_what_lateness_costs(results):
    """The top level score counts, and the output says how it comes about, as plain text."""
    document = results()
    assert (document["score"], document["output_format"]) == (4, "text")
    assert document["output"].startswith(
        "score 4 of 13: 4.5 points, less 0.5 for lateness\nlate: half a point for each"
    )


def test_times_are_numbers(results):
    """The execution time is a whole number of seconds and no text."""
    assert results(seconds=12.7)["execution_time"] == 13


def test_capstones_and_the_total_are_a_leaderboard(results):
    """Without capstones there is none."""
    assert results(capstones={"a05_softmax.softmax"})["leaderboard"] == [
        {"name": "a05_softmax.softmax", "value": 2.5, "order": "desc"},
        {"name": "total", "value": 4, "order": "desc"},
    ]
    assert "leaderboard" not in results()


def test_an_unreadable_submission_scores_nothing_and_says_why(results):
    """The student sees a 0, the reason, and can hand in again."""
    document = results(status="unreadable", problem="is a .rar archive", exercises=(), points=0.0, lateness=None)
    assert document["score"] == 0
    assert "could not be read: is a .rar archive" in document["output"]
    assert "tests" not in document


def test_an_exempt_student_gets_no_file(results):
    """Gradescope cannot say that; whoever exports is told whom it is about."""
    with pytest.raises(AutograderError, match="张三 is exempt"):
        results(exempt=True)


def test_what_the_grader_failed_at_costs_nothing_and_is_told(results, sample):
    """A check that the grader spoilt keeps its points and has no status; where nothing was graded there is no file."""
    one = sample.exercises[0]
    spoilt = replace(one.checks[0], verdict=Verdict.GRADER_FAULT)
    fault = Fault("a05_softmax.one_hot: secret_name", "ValueError: secret")
    changed = (replace(one, checks=(spoilt, *one.checks[1:])), *sample.exercises[1:])
    document = results(exercises=changed, faults=(fault,))
    assert "status" not in document["tests"][0]
    assert document["tests"][0]["score"] == 1
    assert "the grader itself failed" in document["tests"][0]["output"]
    assert "has to be graded again" in document["output"]
    assert "secret" not in json.dumps(document)
    with pytest.raises(GraderFault, match="nothing was graded"):
        results(exercises=(), points=0.0, lateness=None, faults=(fault,))


def test_the_lines_of_ours_are_in_the_language_of_the_reader(sample):
    """In Chinese no English sentence of ours is left."""
    with speaking("zh", strict=True):
        document = json.loads(gradescope_results(replace(sample, verified=False)))
    assert document["output"].startswith(
        "成绩 4 / 13：得分 4.5，迟交扣 0.5\n成绩由学生自己的电脑报告，未经核实\n迟交："
    )
    assert any(test["name"].endswith(": 隐藏检查") for test in document["tests"])
