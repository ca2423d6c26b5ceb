"""Statistical checks: bands, their false-alarm rates, and which formula fits instead."""

import math

import numpy as np
import pytest

from autograder.checking import CheckFailed, assert_fraction, assert_mean, assert_variance

HE, XAVIER, SHAPE = 2 / 300, 1 / 300, (200, 300)
FORMULAS = {"1/n_prev": 1 / 300, "2/n": 2 / 200, "2/(n + n_prev)": 2 / 500}


def failure(check, *arguments, **options):
    with pytest.raises(CheckFailed) as caught:
        check(*arguments, **options)
    return caught.value


def normal(variance, seed=0, shape=SHAPE):
    return np.random.default_rng(seed).standard_normal(shape) * math.sqrt(variance)


def test_right_samples_pass():
    """Mean, variance and fraction of samples from the right law lie in their bands."""
    assert_mean(normal(HE), 0.0, sd=math.sqrt(HE), name="W")
    assert_variance(normal(HE), HE, name="W")
    assert_fraction(np.random.default_rng(1).random(SHAPE) < 0.8, 0.8, name="kept")


@pytest.mark.parametrize(
    ("check", "value", "error"),
    [
        (lambda x: assert_mean(x, 0.0, sd=2.0, name="x"), 0.0, 2.0 / math.sqrt(10_000)),
        (lambda x: assert_variance(x, 4.0, name="x"), 4.0, 4.0 * math.sqrt(2 / 9_999)),
        (lambda x: assert_fraction(x, 0.8, name="x"), 0.8, math.sqrt(0.8 * 0.2 / 10_000)),
    ],
    ids=["mean", "variance", "fraction"],
)
def test_the_band_is_five_standard_errors_wide(check, value, error):
    """4.8 standard errors off passes, 5.2 fails, on both sides."""
    rng = np.random.default_rng(2)
    bell = rng.standard_normal(10_000)
    bell = (bell - bell.mean()) / bell.std(ddof=1)

    def samples(statistic):
        if value == 0.0:
            return bell + statistic
        if value == 4.0:
            return bell * math.sqrt(statistic)
        return np.arange(10_000) < round(statistic * 10_000)

    for side in (-1, 1):
        check(samples(value + side * 4.8 * error))
        with pytest.raises(CheckFailed):
            check(samples(value + side * 5.2 * error))


def test_the_standard_error_of_the_variance_is_what_normal_samples_show():
    """Over many seeds the variance scatters by the stated sd(s²) = σ²·√(2 / (n - 1)), to a few per cent."""
    seen = [normal(HE, seed, (500,)).var(ddof=1) for seed in range(2000)]
    assert np.std(seen) == pytest.approx(HE * math.sqrt(2 / 499), rel=0.08)


def test_every_message_states_its_false_alarm_rate():
    """Five sigma is 5.7e-07 two-sided, six is 2e-09; public and hidden evidence say so."""
    for sigmas, rate in ((5.0, "5.7e-07"), (6.0, "2e-09")):
        for caught in (
            failure(assert_mean, normal(HE) + 1, 0.0, sd=0.1, name="W", sigmas=sigmas),
            failure(assert_variance, normal(XAVIER), HE, name="W", sigmas=sigmas),
            failure(assert_fraction, np.zeros(1000, dtype=bool), 0.8, name="kept", sigmas=sigmas),
        ):
            assert f"{sigmas:g} sigma: a right answer lands outside with probability {rate}" in caught.evidence
            assert rate in caught.safe_evidence


def test_the_formula_that_fits_is_named():
    """A variance that fits one candidate within its own margin is that formula."""
    caught = failure(assert_variance, normal(XAVIER), HE, name="W2", candidates=FORMULAS)
    assert "is 1/n_prev = 0.003333" in caught.pattern
    assert caught.pattern_name == "the variance of another formula"
    caught = failure(assert_fraction, np.arange(1000) < 200, 0.8, name="kept", candidates={"1 - keep_prob": 0.2})
    assert "is 1 - keep_prob = 0.2" in caught.pattern
    caught = failure(assert_mean, normal(HE) + 0.5, 0.0, sd=0.1, name="W", candidates={"1/2": 0.5, "1": 1.0})
    assert "is 1/2 = 0.5" in caught.pattern


def test_two_formulas_that_fit_are_both_listed():
    """Where the margins of two candidates overlap, neither is claimed."""
    caught = failure(assert_variance, normal(XAVIER), HE, name="W", candidates={"1/n_prev": XAVIER, "1/299": 1 / 299})
    assert "Candidates, none of them certain: 1/n_prev = 0.003333, 1/299 = 0.003344" in caught.pattern


def test_a_formula_that_does_not_fit_is_not_named():
    """A variance that fits nothing has no pattern."""
    caught = failure(assert_variance, normal(0.0051), HE, name="W", candidates=FORMULAS)
    assert not caught.pattern


def test_uniform_draws_are_told_from_normal_ones():
    """Numbers spread evenly are recognised, and held to their own, smaller standard error."""
    uniform = np.random.default_rng(3).random(SHAPE) * math.sqrt(HE)
    caught = failure(assert_variance, uniform, HE, name="W", candidates={"2/n_prev/12": HE / 12})
    assert "is 2/n_prev/12" in caught.pattern
    assert "uniform draw" in caught.pattern
    assert "uniform" not in failure(assert_variance, normal(XAVIER), HE, name="W").pattern


@pytest.mark.parametrize(
    ("samples", "words"),
    [
        (np.zeros((0, 3)), "is empty"),
        (np.array([1.0, np.nan]), "1 NaN among 2"),
        (np.array([1.0, np.inf]), "1 inf among 2"),
        (np.array([1j, 2.0]), "complex128"),
        (np.array([None]), "object"),
        ([1.0, 2.0], "is a list of 2 values"),
        (None, "is None"),
    ],
)
def test_what_is_no_sample_is_told_in_its_own_words(samples, words):
    """Empty, non-finite and non-numeric samples fail before any statistic is computed."""
    for caught in (
        failure(assert_mean, samples, 0.0, sd=1.0, name="W"),
        failure(assert_variance, samples, 1.0, name="W"),
        failure(assert_fraction, samples, 0.5, name="W"),
    ):
        assert words in caught.evidence


def test_one_sample_has_no_variance():
    """A single number fails the check of a variance, whatever it is."""
    assert "one number" in failure(assert_variance, np.array([0.0]), 1.0, name="W").evidence


def test_samples_of_any_size_stay_finite_in_words():
    """Numbers near the largest float overflow the sums and are a wrong answer, not an error."""
    huge = np.array([1e308, -1e308, 1e308, 1.7e308])
    failure(assert_mean, huge, 0.0, sd=1.0, name="W")
    failure(assert_variance, huge, 1.0, name="W", candidates=FORMULAS)


def test_a_certain_fraction_leaves_no_margin():
    """keep_prob 1 keeps everything: one dropped entry in a million is wrong."""
    flags = np.ones(1000, dtype=bool)
    assert_fraction(flags, 1.0, name="kept")
    flags[7] = False
    failure(assert_fraction, flags, 1.0, name="kept")


def test_a_fraction_is_counted_over_flags_alone():
    """Zeros and ones count as flags, other numbers do not."""
    assert_fraction(np.array([0.0, 1.0] * 50), 0.5, name="kept")
    assert "other than 0 and 1" in failure(assert_fraction, np.array([0.0, 1.25]), 0.5, name="kept").evidence


def test_hidden_evidence_holds_neither_mean_nor_expected_value():
    """What a hidden check shows is the rate and the relative error in one digit."""
    caught = failure(assert_variance, normal(XAVIER), HE, name="W", candidates=FORMULAS)
    for text in ("0.0033", "0.0066", "0.0067", "1/n_prev"):
        assert text not in caught.safe_evidence + caught.pattern_name
