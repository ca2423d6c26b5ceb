"""Classroom 50's result.json: whole numbers, and the identity that its runs hand over."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from platform_rules import classroom50_problems

from autograder.errors import AutograderError, GraderFault
from autograder.exports.classroom50 import classroom50_result
from autograder.report import Fault, settled

NOW = datetime(2026, 11, 21, tzinfo=UTC)
RUN = {
    "CLASSROOM": "cs101",
    "ASSIGNMENT": "networks",
    "SUBMISSION_TAG": "submit/2026-11-20",
    "COMMIT_URL": "https://example.org/commit/1",
    "RELEASE_URL": "https://example.org/release/1",
}


def result(report, **run):
    """What the collector reads, by whose rules it is valid."""
    document = json.loads(classroom50_result(report, RUN | run, NOW))
    assert classroom50_problems(document, "cs101", "networks") == []
    return document


def test_scores_are_hundredths_of_a_point(sample):
    """4 of 13 points are 400 of 1300, in the total and in each test; the score as it is stands beside them."""
    document = result(sample)
    assert (document["score"], document["max-score"]) == (400, 1300)
    example = next(test for test in document["tests"] if test["test-name"].endswith("the worked example of the notes"))
    assert example == {
        "test-name": "a05_softmax.softmax: the worked example of the notes",
        "passed": True,
        "score": 150,
        "max-score": 150,
    }
    assert document["autograder"]["score"] == 4
    assert document["datetime"] == sample.submission.submitted


@pytest.mark.parametrize(
    ("points", "whole"), [(0.005, 0), (0.015, 2), (0.0051, 1), (12.333333, 1233), (12.999999, 1300), (20.0, 1300)]
)
def test_what_is_finer_than_a_hundredth_is_rounded_and_never_above_the_maximum(sample, points, whole):
    """Halves go to the even neighbour, of the decimal and not of what a float makes of it."""
    document = result(settled(replace(sample, points=points, lateness=None)))
    assert document["score"] == whole
    assert document["autograder"]["score"] == points


def test_the_run_says_what_it_is_about(sample):
    """The variables are copied; a review that is not set is the commit; what is missing is named."""
    assert result(sample)["review"] == RUN["COMMIT_URL"]
    assert result(sample, REVIEW_URL="https://example.org/pull/1")["review"] == "https://example.org/pull/1"
    with pytest.raises(AutograderError, match="ASSIGNMENT, RELEASE_URL not set"):
        classroom50_result(sample, RUN | {"ASSIGNMENT": "", "RELEASE_URL": ""}, NOW)
    with pytest.raises(AutograderError, match="SUBMISSION_TAG is v1; expected a tag that begins with submit/"):
        classroom50_result(sample, RUN | {"SUBMISSION_TAG": "v1"}, NOW)


def test_a_submission_without_a_time_of_its_own_has_that_of_the_run(sample):
    """The collector takes no result without one."""
    untimed = replace(sample, submission=replace(sample.submission, submitted=None))
    assert result(untimed)["datetime"] == "2026-11-21T00:00:00.000Z"


def test_an_unreadable_submission_says_why(sample):
    """It is a test that did not pass, worth nothing."""
    lost = settled(replace(sample, status="unreadable", problem="is empty", exercises=(), max_points=0.0))
    document = result(lost)
    assert document["score"] == 0
    assert document["tests"] == [
        {"test-name": "The submission could not be read: is empty", "passed": False, "score": 0, "max-score": 0}
    ]


def test_who_gets_no_score_gets_no_result(sample):
    """Neither an exempt student nor one whose work the grader itself failed at."""
    with pytest.raises(AutograderError, match="is exempt"):
        result(settled(replace(sample, exempt=True)))
    with pytest.raises(GraderFault):
        result(settled(replace(sample, exercises=(), faults=(Fault("grader", "killed"),))))
