"""The late policy: what its words mean, what they may not be, and that being later never pays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.errors import AutograderError
from autograder.grading.lateness import DAY, Policy, lateness, read_policy
from autograder.grading.terms import due_of
from autograder.language import speaking

HOUR = 3600


@pytest.mark.parametrize(
    ("text", "policy"),
    [
        ("none", None),
        (" None ", None),
        ("10%/day", Policy(10.0)),
        ("12.5 % / day", Policy(12.5)),
        ("10%/day, grace 15m, cutoff 5d", Policy(10.0, 100.0, 900.0, 5.0 * DAY)),
        ("10%/day,max 50%,grace 2h", Policy(10.0, 50.0, 7200.0)),
        ("100%/DAY, Cut-Off 1.5D", Policy(100.0, 100.0, 0.0, 1.5 * DAY)),
    ],
)
def test_the_words_of_a_policy(text, policy):
    """Case and spaces do not matter, and the terms come in any number."""
    assert read_policy(text) == policy


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "begin with a percentage"),
        ("10", "begin with a percentage"),
        ("10%/hour", "begin with a percentage"),
        ("-10%/day", "begin with a percentage"),
        ("110%/day", "up to 100"),
        ("none, grace 15m", "begin with a percentage"),
        ("10%/day, grace 15", "'grace 15' is none of"),
        ("10%/day, mercy 1d", "'mercy 1d' is none of"),
        ("10%/day,", "'' is none of"),
        ("10%/day, max 200%", "more than 100%"),
        ("10%/day, grace 1h, grace 2h", "says grace twice"),
        ("10%/day, grace 2d, cutoff 1d", "cutoff comes before the grace"),
    ],
)
def test_other_words_are_refused_with_an_example(text, told):
    """The message holds what was given and what is wrong with it."""
    with pytest.raises(AutograderError) as caught:
        read_policy(text)
    assert told in str(caught.value)
    assert repr(text) in str(caught.value)


@pytest.mark.parametrize(
    ("policy", "late", "penalty", "rule"),
    [
        ("10%/day", 0, None, ""),
        ("10%/day", -5, None, ""),
        ("10%/day", 1, 1.0, "Handed in 1 s after it was due; each day begun costs 10 % of the points, 10 % here."),
        ("10%/day", DAY, 1.0, "10 % here"),
        ("10%/day", DAY + 1, 2.0, "Handed in 1 d 1 s after"),
        ("10%/day", 30 * DAY, 10.0, "10 % of the points, 100 % at most"),
        ("10%/day, max 25%", 3 * DAY, 2.5, "25 % at most"),
        ("10%/day, max 25%", 2 * DAY, 2.0, "20 % here"),
        ("10%/day, grace 15m", 900, 0.0, "the first 15 min cost nothing"),
        ("10%/day, grace 15m", 901, 1.0, "Handed in 15 min 1 s after"),
        ("10%/day, cutoff 5d", 5 * DAY, 5.0, "50 % here"),
        ("10%/day, cutoff 5d", 5 * DAY + 1, 10.0, "later than 5 d earns no points"),
        ("10%/day, max 20%, cutoff 3h", 3 * HOUR + 1, 10.0, "later than 3 h earns no points"),
        ("none", 2 * DAY + 5 * HOUR + 59, 0.0, "Handed in 2 d 5 h after it was due."),
    ],
)
def test_what_lateness_costs_of_ten_points(policy, late, penalty, rule):
    """Each day begun counts, grace costs nothing, and after the cut-off nothing is left."""
    found = lateness(read_policy(policy), late, 10.0)
    assert (found and found.penalty) == penalty
    assert rule in (found.rule if found else "")


def test_the_rule_is_told_in_chinese():
    """What a student will read of lateness is in the language of the run."""
    with speaking("zh", strict=True):
        found = lateness(read_policy("10%/day, grace 15m"), DAY + 3 * HOUR, 10.0)
        assert found.rule.startswith("在截止时间之后 1 天 3 小时提交；每迟交一天（不足一天按一天计）扣所得分数的 10 %")
        assert "15 分钟" in lateness(read_policy("10%/day, grace 15m"), 60, 10.0).rule


class _Room:
    def __init__(self, name):
        self.name = name


class _Course:
    due = {"a": "2026-12-01T00:00:00.000Z", "b": "2026-12-08T00:00:00.000Z"}  # noqa: RUF012


@pytest.mark.parametrize(
    ("names", "given", "policy", "due"),
    [
        ("a", None, "10%/day", "2026-12-01T00:00:00.000Z"),
        ("ab", None, "none", "2026-12-08T00:00:00.000Z"),
        ("abc", None, "none", None),
        ("abc", "2026-12-01T01:00+01:00", "10%/day", "2026-12-01T00:00:00.000Z"),
        ("c", None, "10%/day", None),
    ],
)
def test_when_rooms_are_due_together(names, given, policy, due):
    """What was given comes first; of one room its own; of several, without a policy, the last, if all have one."""
    assert due_of(_Course(), [_Room(name) for name in names], given, read_policy(policy)) == due


@pytest.mark.parametrize("names", ["ab", "ac"])
def test_a_policy_needs_one_due_date(names):
    """Two dates, or one and none, are refused with advice."""
    with pytest.raises(AutograderError, match="--assignment ROOM, or say when all were due with --due"):
        due_of(_Course(), [_Room(name) for name in names], None, read_policy("10%/day"))


POLICIES = st.builds(
    lambda percent, most, grace, more: Policy(percent, most, grace, None if more is None else grace + more),
    st.floats(0, 100), st.floats(0, 100), st.floats(0, 3 * DAY), st.none() | st.floats(0, 10 * DAY),
)  # fmt: skip


@given(POLICIES, st.floats(0, 100), st.floats(-DAY, 40 * DAY), st.floats(0, 40 * DAY))
def test_later_never_pays_and_nothing_goes_below_zero(policy, points, late, more):
    """The penalty is between nothing and all the points, and never smaller for who is later."""
    first, second = lateness(policy, late, points), lateness(policy, late + more, points)
    cost, later = (found.penalty if found else 0.0 for found in (first, second))
    assert 0 <= cost <= later <= points
