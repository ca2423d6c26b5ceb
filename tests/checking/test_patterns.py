"""What is said about a wrong array: claimed when it fits uniquely, listed when it does not."""

import math

import numpy as np
import pytest

from autograder.checking import CheckFailed, assert_close
from autograder.checking.patterns import find_pattern, find_shape_pattern

E = np.array(
    [
        [0.61, -1.37, 0.94, 2.15, -0.43],
        [1.83, 0.29, -0.77, 1.12, 0.56],
        [-0.38, 1.49, 2.31, -1.68, 0.87],
    ]
)
SIZES = {"m": 7, "n_l": 3, "n_prev": 5}


def named(got, expected=E, known=None):
    pattern = find_pattern(np.asarray(got), np.asarray(expected), known)
    return (pattern.name, pattern.text) if pattern else ("", "")


@pytest.mark.parametrize(
    ("factor", "label"),
    [
        (7.0, "m = 7"),
        (1 / 7, "1/m = 0.14286"),
        (3.0, "n_l = 3"),
        (5.0, "n_prev = 5"),
        (7 / 3, "m/n_l = 2.3333: divided by n_l in place of m?"),
        (7 / 6, "divided by (m-1) in place of m?"),
        (math.sqrt(6 / 7), "sqrt((m-1)/m) = 0.92582: a variance with m and (m-1) exchanged?"),
        (2.0, "got / expected = 2 everywhere."),
        (0.5, "got / expected = 0.5 everywhere: divided by 2 once too often?"),
        (10.0, "got / expected = 10 everywhere."),
        (math.sqrt(10), "which is sqrt(10)"),
        (math.log(10), "which is ln 10"),
        (-7.0, "with the opposite sign"),
    ],
)
def test_a_constant_factor_is_named(factor, label):
    """A factor that one label fits is told with that label."""
    name, text = named(factor * E, known=SIZES)
    assert name == "constant factor"
    assert label in text
    assert "Candidates" not in text


def test_a_factor_that_two_labels_fit_lists_both():
    """m / n_prev and m / (m - 1) are both 1.25 for m = 5 and n_prev = 4, so neither is claimed."""
    _, text = named(1.25 * E, known={"m": 5, "n_prev": 4})
    assert "Candidates, none of them certain" in text
    assert "m/(m-1) = 1.25" in text
    assert "m/n_prev = 1.25" in text


def test_two_sizes_within_one_per_cent_are_both_listed():
    """A factor of 200 is not told apart from one of 201."""
    _, text = named(200.0 * E, known={"m": 200, "n": 201})
    assert "m = 200" in text
    assert "n = 201" in text
    assert "Candidates" in text


def test_a_factor_near_a_label_but_not_equal_to_it_is_no_claim():
    """A factor of 7.03 is constant, but it is not m."""
    _, text = named(7.03 * E, known=SIZES)
    assert "Candidates, none of them certain: m = 7" in text


def test_a_factor_without_a_name_is_told_as_such():
    """A constant that no size explains is reported, and nothing is guessed."""
    assert "none of the sizes at hand" in named(1.37 * E, known=SIZES)[1]


def test_a_ratio_that_spreads_is_no_factor():
    """A spread of 1e-5 in the ratio is too much for a claim."""
    wobble = 1 + 1e-5 * np.sign(E)
    assert named(7 * E * wobble, known=SIZES) == ("", "")


def test_the_same_label_given_twice_is_not_ambiguous():
    """A check may pass labels that are built in, such as sqrt(2) and its inverse."""
    known = {"sqrt(2)": math.sqrt(2), "1/sqrt(2)": math.sqrt(0.5)}
    assert "1/sqrt(2)" in named(E * math.sqrt(0.5), known=known)[1]
    assert "Candidates" not in named(E * math.sqrt(0.5), known=known)[1]
    assert "Candidates" not in named(E * math.sqrt(2), known=known)[1]


def test_one_number_is_named_only_when_it_fits_exactly():
    """Any two numbers have a ratio, so for one number only an exact label counts."""
    assert "m = 7" in named(7 * 0.31, 0.31, SIZES)[1]
    assert named(7.001 * 0.31, 0.31, SIZES) == ("", "")
    assert named(0.5, 0.31, SIZES) == ("", "")


def test_the_opposite_sign_is_named():
    """Every number is the opposite of the right one."""
    assert named(-E)[0] == "opposite sign"


def test_a_transposed_array_is_named_by_shape_and_by_value():
    """Swapped axes are found where the shape shows them, and in square arrays where it does not."""
    assert named(E.T) == ("transposed", "Transposed, every number is right: the two axes are swapped.")
    assert named(E[:, :3].T, E[:, :3])[0] == "transposed"
    assert named(2 * E.T)[1] == "The two axes are swapped."


def test_a_flattened_array_is_named():
    """The right numbers in another shape."""
    assert named(E.ravel())[0] == "flattened"
    assert named(E.ravel() + 1) == ("", "")


@pytest.mark.parametrize(("got", "expected"), [((3,), (3, 1)), ((3, 3), (3, 1)), ((7,), (1, 7)), ((7, 7), (1, 7))])
def test_missing_keepdims_is_named_by_its_shapes(got, expected):
    """(n,) and (n, n) in place of (n, 1) are a sum that lost its axis."""
    pattern = find_shape_pattern(got, expected)
    assert pattern.name == "missing keepdims"
    assert f"axis {expected.index(1)}" in pattern.text


def test_the_wrong_axis_is_named_by_shape_and_by_sums():
    """A sum per column in place of one per row, and rows that sum to what the columns should."""
    assert find_shape_pattern((1, 5), (3, 1)).name == "wrong axis"
    t = np.exp(E)
    right = t / t.sum(axis=0)
    assert named(t / t.sum(axis=1, keepdims=True), right) == (
        "wrong axis",
        "Every row sums to 1; every column should: the other axis.",
    )
    assert named(t / t.sum(), right)[0] == "one sum for everything"


def test_a_whole_that_sums_to_one_by_chance_is_not_one_sum_for_everything():
    """The columns of a softmax that is divided once for all keep their proportions; other arrays do not count."""
    one_hot = np.array([[1.0, 0, 1], [0, 0, 0], [0, 1, 0]])
    assert named(np.array([[0.0, 0, 0], [0, 1, 0], [0, 0, 0]]), one_hot)[0] != "one sum for everything"


@pytest.mark.parametrize("step", [1, -1])
@pytest.mark.parametrize("axis", [0, 1])
def test_a_shift_by_one_is_named(step, axis):
    """Rows or columns, or the entries of a vector, that hold what belongs to their neighbour."""
    assert named(np.roll(E, step, axis))[0] == "shifted by one"
    assert named(np.roll(E[0], step), E[0])[0] == "shifted by one"


def test_a_known_term_too_many_or_missing_is_named():
    """The difference is a term that the check has a label for, with its sign."""
    term = 0.7 / 5 * E**2
    known = {"lambd/m * W": term, "b": np.array([[0.5], [0.25], [-1.0]]), "m": 7}
    assert named(E + term, known=known)[1] == "got - expected is lambd/m * W: that term is too much."
    assert named(E - term, known=known)[1] == "got - expected is -lambd/m * W: that term is missing."
    assert "-b: that term is missing" in named(E - known["b"], known=known)[1]


def test_a_constant_difference_is_named():
    """One number for all, or one for every row or column, was added."""
    assert "got - expected = 0.5 everywhere" in named(E + 0.5)[1]
    assert "one number for each row: a term of shape (3, 1)" in named(E + np.array([[1.0], [2.5], [0.2]]))[1]
    assert "one number for each column" in named(E + np.arange(5.0))[1]


def test_nan_at_extremes_is_traced_to_the_input():
    """NaN exactly where the input is large, or in whole columns, is told as that."""
    Z = np.where(E > 1.5, 800.0, E)
    broken = np.where(Z > 700, np.nan, E)
    assert "NaN or inf only where |Z| is 800 or more" in named(broken, known={"Z": Z})[1]
    columns = E.copy()
    columns[:, 1] = np.nan
    name, text = named(columns)
    assert name == "not finite in whole columns"
    assert text.startswith("NaN or inf fills whole columns. The rest is right. np.exp overflows above 709")
    assert named(np.full((3, 5), np.nan)) == ("", "")


def test_nan_at_small_numbers_is_not_traced_to_their_size():
    """NaN wherever the input is not 0, or is among the larger of small numbers, has another reason."""
    Z = np.where(E > 1.5, 8.0, 0.0)
    assert "only where" not in named(np.where(Z > 0, np.nan, E), known={"Z": Z})[1]


def test_a_bare_number_is_no_candidate():
    """Where 1 - beta is 0.1 there is no point in saying that 1/10 is 0.1 too."""
    text = named(0.1 * E, known={"1-beta": 0.1})[1]
    assert text == "got / expected = 0.1 everywhere. Candidates, none of them certain: 1-beta = 0.1."


def test_beside_a_known_cause_only_a_named_factor_stands():
    """It stands there without its question; what may be chance, or another cause, does not."""
    assert find_pattern(7 * E, E, SIZES).fact == "got / expected = 7 everywhere, which is m."
    assert find_pattern(-E, E, SIZES).fact == "got = -expected everywhere."
    for got in (2 * E, 1.37 * E, E / 10, E.T, E + 0.5, np.rint(E), np.roll(E, 1, 0), E.ravel(), E[:, 0]):
        pattern = find_pattern(got, E, SIZES)
        assert pattern is None or not pattern.fact


def test_whole_numbers_in_place_of_fractions_are_named():
    """Truncation, floor and rounding are told apart, and an integer dtype is pointed at."""
    assert "cut off at the point. Its dtype is int64" in named(np.trunc(E).astype(np.int64))[1]
    assert "rounded down" in named(np.floor(E))[1]
    assert "rounded." in named(np.rint(E))[1]
    assert "rounded to 1 digits" in named(np.round(E, 1))[1]
    assert "Every number is 0. Its dtype is int64" in named(np.zeros((3, 5), dtype=np.int64), E / 5)[1]


def test_an_inverted_mask_is_named():
    """Every entry of a mask is the opposite of the right one."""
    assert named(E <= 0, E > 0)[0] == "inverted"


def test_reordered_numbers_are_named():
    """The right numbers in the wrong places."""
    assert named(E[:, [3, 1, 4, 0, 2]])[0] == "reordered"


def test_almost_right_is_told_as_that():
    """An agreement to six digits is a matter of constants or rounding, not of a formula."""
    assert named(E * (1 + 3e-7))[0] == "nearly right"


def test_two_patterns_that_fit_are_both_listed():
    """An antisymmetric matrix is its own opposite and its own transpose."""
    S = E[:, :3] - E[:, :3].T
    name, text = named(-S, S)
    assert name == "several patterns fit"
    assert "sign" in text
    assert "Transposed" in text


def test_noise_has_no_pattern():
    """Nothing is claimed about arrays that have nothing to do with each other."""
    rng = np.random.default_rng(0)
    for _ in range(200):
        assert named(rng.normal(size=(3, 5)), rng.normal(size=(3, 5)), SIZES) == ("", "")


def test_names_of_patterns_hold_no_number():
    """What a hidden check may show of a pattern has no digit in it."""
    for got in (7 * E, 1.37 * E, -E, E.T, E + 0.5, np.rint(E), np.roll(E, 1, 0), E.ravel()):
        assert not any(c.isdigit() for c in named(got, known=SIZES)[0])


def test_the_comparison_carries_its_pattern():
    """assert_close hands the labels on and keeps text and name apart."""
    with pytest.raises(CheckFailed) as caught:
        assert_close(7 * E, E, name="dW", known=SIZES)
    assert caught.value.pattern_name == "constant factor"
    assert caught.value.pattern.startswith("got / expected = 7 everywhere, and m = 7")
    assert caught.value.pattern_fact == "got / expected = 7 everywhere, which is m."
