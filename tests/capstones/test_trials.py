"""Bars, trials, and what a check makes of them."""

import math

import numpy as np
import pytest

from autograder.checking import CheckFailed, assert_bars, at_least, at_most, trial
from autograder.checking.subject import Student
from autograder.checking.trials import Measured, measurer, terms_of
from autograder.errors import CourseError

NAN = float("nan")


@pytest.mark.parametrize(
    ("bar", "seen", "margin"),
    [
        (at_least(0.9), [0.95, 0.92], 0.02),
        (at_least(0.9), [0.95, 0.88], -0.02),
        (at_most(0.2), [0.1, 0.15], 0.05),
        (at_most(0.2, on_average=True), [0.1, 0.28], 0.01),
        (at_least(0.9, on_average=True), [0.95, 0.88], 0.015),
    ],
)
def test_a_margin_is_that_of_the_worst_number(bar, seen, margin):
    """On the right side of the bar it is positive; a bar for the average asks for the mean alone."""
    assert bar.margin(seen) == pytest.approx(margin)


@pytest.mark.parametrize("seen", [[NAN], [NAN, 1.0], [1.0, NAN]])
@pytest.mark.parametrize("bar", [at_least(0.5), at_most(2.0), at_least(0.5, on_average=True)])
def test_nan_reaches_no_bar(bar, seen):
    """A metric that is no number holds nowhere, in whatever place it stands."""
    assert math.isnan(bar.margin(seen))
    with pytest.raises(CheckFailed):
        assert_bars(Measured("t", terms_of(trial(seeds=1, m=bar)(lambda *_: {})), tuple({"m": x} for x in seen)), "m")


def test_a_failure_says_what_was_seen_and_what_was_expected():
    """In public with the numbers of every seed, in hidden with none."""
    terms = terms_of(trial(seeds=2, accuracy=(at_least(0.9), at_most(1.0)))(lambda *_: {}))
    with pytest.raises(CheckFailed) as caught:
        assert_bars(Measured("t", terms, ({"accuracy": 0.95}, {"accuracy": 0.125})), "accuracy", "the accuracy")
    assert caught.value.evidence == "the accuracy is 0.95, 0.125; expected 0.9 or more"
    assert caught.value.safe_evidence == "the bar is not met"


def test_a_bar_for_the_average_is_not_asked_of_fewer_seeds():
    """The mean of three spreads less than one of them."""
    terms = terms_of(trial(seeds=3, m=(at_least(0.9, on_average=True), at_least(0.7)))(lambda *_: {}))
    assert_bars(Measured("t", terms, ({"m": 0.8},)), "m")
    with pytest.raises(CheckFailed, match="on average"):
        assert_bars(Measured("t", terms, ({"m": 0.8},) * 3), "m")


def test_a_trial_is_run_once_for_each_seed():
    """Several checks share what came of it; another seed is another run."""
    runs = []

    @trial(seeds=2, m=at_least(0))
    def counting(student, lab, seed):
        runs.append(seed)
        return {"m": seed}

    measure = measurer(Student(lambda *_: None, frozenset()), None, memory := {})
    assert measure(counting)["m"] == [0.0, 1.0]
    assert measure(counting, seeds=[1, 5])["m"] == [1.0, 5.0]
    assert runs == [0, 1, 5]
    assert set(memory) == {("counting", 0), ("counting", 1), ("counting", 5)}


def test_what_diverges_is_quiet(recwarn):
    """numpy's warnings in a training loop are nobody's to read: the metric tells."""

    @trial(seeds=1, m=at_most(1))
    def diverging(student, lab, seed):
        return {"m": float(np.exp(np.float64(1000.0)))}

    measurer(Student(lambda *_: None, frozenset()), None, {})(diverging)
    assert not recwarn.list


def test_slips_of_an_author_are_named():
    """A function without @trial, and a metric without a bar."""
    with pytest.raises(CourseError, match="plain is no trial"):
        terms_of(plain)
    with pytest.raises(CourseError, match="has no bar for 'loss'"):
        assert_bars(Measured("t", terms_of(trial(seeds=1, m=at_least(0))(lambda *_: {})), ()), "loss")


def plain(student, lab, seed):
    """Not marked."""
