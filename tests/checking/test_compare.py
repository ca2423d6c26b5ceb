"""Comparing what a student returned with what was expected."""

import time
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from autograder.checking import CheckFailed, assert_close, assert_dtype, assert_keys, assert_shape, require
from autograder.checking.failure import MAX_COLUMNS, MAX_LINES

W = np.array([[1.5, -2.25, 3.125], [0.5, 4.75, -1.0625]])


class Cache(NamedTuple):
    """A stand-in for a cache of the reference."""

    mu: np.ndarray
    var: np.ndarray


def failure(got, expected, **options):
    with pytest.raises(CheckFailed) as caught:
        assert_close(got, expected, **options)
    return caught.value


def test_a_right_answer_passes_whatever_its_container():
    """Equal numbers, arrays, texts, None and nestings of them pass."""
    for value in (1.0, 3, True, None, "saddle", W, np.float64(2.0), [1.0, W], {"dW": W, "db": W[:, :1]}, Cache(W, W)):
        assert_close(value, value)


@pytest.mark.parametrize("got", [np.zeros((0,)), np.zeros((0, 3)), np.zeros((2, 0)), np.zeros((0, 2, 3))])
def test_empty_never_passes_for_full(got):
    """An array without numbers differs from every array with numbers, and the message says that it is empty."""
    assert "is empty" in failure(got, W).evidence


def test_full_never_passes_for_empty():
    """Where nothing is expected, numbers are wrong."""
    assert "expected (0, 3)" in failure(W, np.zeros((0, 3))).evidence


@pytest.mark.parametrize("wrong", [(2,), (1, 2), (2, 2)])
def test_a_shape_that_would_broadcast_is_caught_before_values(wrong):
    """(n,), (1, n) and (n, n) are not (n, 1), although all the numbers are equal."""
    caught = failure(np.ones(wrong), np.ones((2, 1)), name="db")
    assert f"db has shape {wrong}; expected (2, 1)" in caught.evidence
    assert "Worst" not in caught.evidence


def test_nothing_is_broadcast_from_a_number():
    """One number is not an array of such numbers."""
    assert "the number 1" in failure(1.0, np.ones((2, 3))).evidence
    assert "has shape (1, 1)" in failure(np.ones((1, 1)), np.ones((2, 3))).evidence


@pytest.mark.parametrize("got", [2.0, 2, np.float64(2), np.int64(2), np.array(2.0), np.array([2.0]), np.array([[2.0]])])
def test_a_number_may_come_wrapped(got):
    """A float, an int, a numpy scalar and arrays of shape (), (1,) and (1, 1) all are the number."""
    assert_close(got, 2.0)


@pytest.mark.parametrize(
    "got", [np.array([[[2.0]]]), np.array([2.0, 2.0]), np.array([]), [2.0], (2.0,), {}, None, "2.0"]
)
def test_what_is_not_one_number_is_refused_for_a_number(got):
    """Arrays of other shapes, lists, dicts, None and text are no number."""
    assert "expected the number 2" in failure(got, 2.0).evidence


def test_nan_never_equals_nan_unless_the_check_says_so():
    """NaN in the place of a NaN is wrong by default and right with nan_ok; elsewhere it is always wrong."""
    holed = np.where(W > 4, np.nan, W)
    assert "1 NaN among 6 numbers; the first at [1, 1]" in failure(holed, holed.copy()).evidence
    assert_close(holed, holed.copy(), nan_ok=True)
    failure(holed, W, nan_ok=True)
    failure(W, holed, nan_ok=True)


def test_finiteness_is_told_before_value():
    """An array that holds NaN and wrong numbers is told of the NaN."""
    evidence = failure(np.array([9.0, np.nan, np.inf]), np.array([1.0, 2.0, 3.0])).evidence
    assert "1 NaN and 1 inf among 3 numbers" in evidence
    assert "Worst" not in evidence


@pytest.mark.parametrize(("got", "expected"), [(1.0, np.inf), (np.inf, 1.0), (np.inf, -np.inf), (1e308, -1e308)])
def test_infinite_differences_are_differences(got, expected):
    """No tolerance is wide enough for an infinite difference, in a number or in an array."""
    failure(got, expected)
    failure(np.array([got, 1.0]), np.array([expected, 1.0]))


@pytest.mark.parametrize(
    ("got", "word"),
    [
        (W.astype(complex), "complex128"),
        (W.astype(object), "object"),
        (W.astype(str), "str"),
        (W.astype(np.float16), "float16"),
        (W > 0, "bool"),
    ],
)
def test_arrays_of_the_wrong_kind_are_refused(got, word):
    """Complex numbers, objects, text, float16 and booleans are no float64, whatever their values."""
    evidence = failure(got, W, name="A").evidence
    assert word in evidence
    assert "expected float64" in evidence


def test_complex_is_refused_even_where_it_is_expected():
    """A check that compares two answers of one student does not let complex numbers pass."""
    failure(W.astype(complex), W.astype(complex))


def test_whole_numbers_pass_where_they_are_right():
    """An integer array is right where its values are; where they are not, the message shows numbers."""
    assert_close(np.array([[1, 0]]), np.array([[1.0, 0.0]]))
    assert "int64" in failure(np.array([[1, 0]]), np.array([[1.0, 0.5]])).evidence


def test_booleans_are_asked_for_as_booleans():
    """Zeros and ones are no mask; a mask with a wrong entry says where."""
    mask = np.array([[True, False, True]])
    assert_close(mask, mask.copy())
    assert "expected bool" in failure(mask.astype(float), mask).evidence
    assert "First at [0, 1]: got True, expected False" in failure(np.array([[True, True, True]]), mask).evidence


def test_float32_is_held_to_its_own_precision():
    """Single precision passes with its rounding, after cancellation too, and fails beyond a thousandth."""
    probabilities = np.array([[0.9999999, 0.3], [1e-7, 0.7]])
    dZ = probabilities - np.array([[1.0, 0.0], [0.0, 1.0]])
    single = probabilities.astype(np.float32) - np.array([[1, 0], [0, 1]], dtype=np.float32)
    assert_close(single, dZ)
    assert_close((W * 1.0005).astype(np.float32), W)
    failure((W * 1.002).astype(np.float32), W)
    failure(W * 1.0005, W)


def test_extra_values_and_keys_are_accepted_and_missing_ones_are_not():
    """A longer tuple and a larger dict pass; a shorter tuple and a smaller dict do not."""
    assert_close((1.0, W, "more"), (1.0, W))
    assert_close({"dW": W, "db": W, "cache": None}, {"dW": W})
    assert "a tuple of 1 value; expected 2 values" in failure((1.0,), (1.0, W)).evidence
    assert "lacks the key 'db'" in failure({"dW": W}, {"dW": W, "db": W}, name="grads").evidence


def test_a_list_passes_for_a_tuple_and_a_tuple_for_a_named_one():
    """Sequences are compared by position, whatever their type."""
    assert_close([1.0, W], (1.0, W))
    assert_close((1.0, W), [1.0, W])
    assert_close((W, 2 * W), Cache(W, 2 * W))


def test_the_wrong_part_is_named_among_the_right_ones():
    """Every part gets a tick or a cross, and the first wrong one is told in full under its own name."""
    caught = failure((W, -W), Cache(W, W), name="cache")
    assert caught.evidence.splitlines()[0] == "cache.mu ✓   cache.var ✗"
    assert "cache.var has the right shape" in caught.evidence
    assert caught.pattern_name == "opposite sign"
    assert 'grads["dW"] ✗   grads["db"] ✓' in failure({"dW": 0 * W, "db": W}, {"dW": W, "db": W}, name="grads").evidence


def test_the_worst_number_is_shown_with_as_many_digits_as_tell_it_apart():
    """Two numbers that differ in the eighth digit are not printed alike."""
    assert "got 1.0000001, expected 1." in failure(np.array([1.0, 1.00000012]), np.array([1.0, 1.0])).evidence


def test_small_arrays_are_shown_with_their_wrong_cells_marked():
    """The grid holds got and expected side by side; a star marks the wrong cell and no other."""
    got = W.copy()
    got[1, 2] = 7.0
    lines = failure(got, W).evidence.splitlines()
    assert lines[-1].split() == ["0.5", "4.75", "7*", "0.5", "4.75", "-1.062"]
    assert "".join(lines).count("*") == 2, "one in the heading, one at the cell"


@pytest.mark.parametrize("columns", range(2, 9))
@pytest.mark.parametrize("rows", range(1, 7))
def test_a_row_of_a_small_array_is_never_longer_than_a_page(rows, columns):
    """Of a wide array fewer columns are shown, the first wrong one among them, and dots where some are left out."""
    expected = -np.arange(1.0, rows * columns + 1).reshape(rows, columns) / 7000
    got = expected.copy()
    got[0, -1] *= 1e7
    caught = failure(got, expected)
    shown = caught.evidence.splitlines()[2:]
    assert max(map(len, shown)) <= 66
    assert len(shown) in (rows + 1, 2 * rows + 2)
    assert "*" in "".join(shown[1:])
    assert columns < 8 or rows < 3 or "…" in shown[1]
    assert "…" not in "".join(failure(np.ones((rows, 4)), np.zeros((rows, 4))).evidence)


def test_a_marked_cell_is_printed_with_the_digits_that_tell_it_apart():
    """A star never stands between two numbers that look alike."""
    lines = failure(np.array([1.0, 2.0000031]), np.array([1.0, 2.0])).evidence.splitlines()
    assert lines[-1].split() == ["1", "2.000003*", "1", "2"]


def test_large_arrays_are_not_shown():
    """An array of a million numbers costs three lines at most."""
    big = np.zeros((1000, 1000))
    assert len(failure(big + 1.0, big).evidence.splitlines()) <= 3


def test_hidden_evidence_leaks_no_number_of_the_expected_array():
    """What a hidden check shows holds none of the expected numbers, and none of the student's."""
    expected = {"dW": np.array([[0.31415, 27.182], [14142.0, 0.5772]]), "J": 1.2345}
    for got in (
        {"dW": expected["dW"] * 3, "J": 1.2345},
        {"dW": expected["dW"], "J": 9.8765},
        {"dW": None, "J": 1.2345},
    ):
        safe = failure(got, expected, name="grads").safe_evidence
        assert safe
        for text in ("314", "27.1", "1414", "577", "1.23", "9.87", "942", "81.5", "424", "1.73"):
            assert text not in safe
    assert "minimum" not in failure("saddle", "minimum").safe_evidence
    assert "1 NaN" in failure(np.array([np.nan, 1.0]), np.array([0.25, 0.75])).safe_evidence
    assert "0.25" not in failure(np.array([np.nan, 1.0]), np.array([0.25, 0.75])).safe_evidence


def test_hidden_evidence_gives_shape_dtype_and_one_digit_of_error():
    """Shape and dtype are no secret, and the relative error has one digit."""
    safe = failure(7 * W, W, name="dW").safe_evidence
    assert (
        safe == "dW has the right shape (2, 3) and dtype float64, but not the right numbers (relative error about 0.8)."
    )


def test_text_of_a_student_cannot_reach_the_terminal_as_control_characters():
    """Escape sequences and line feeds in keys and texts are shown as what they are."""
    for got in ("\x1b[2J\n\u202edrow", {"\x1b[31m": 1.0}):
        evidence = failure(got, {"a": 1.0}).evidence
        assert "\x1b" not in evidence
        assert "\u202e" not in evidence


def test_an_integer_of_a_thousand_digits_is_only_a_wrong_number():
    """Integers that no float can hold are told as infinite."""
    assert "expected 1" in failure(10**1000, 1.0).evidence
    failure(-(10**1000), 10**1000)


def test_assert_shape_names_the_axes():
    """The legend stands beside the expected shape, and a plain number has the shape ()."""
    assert_shape(W, (2, 3))
    assert_shape(1.5, ())
    with pytest.raises(CheckFailed, match=r"shape \(2, 3\); expected \(3, 2\) = \(n, m\)"):
        assert_shape(W, (3, 2), name="A", axes="(n, m)")
    with pytest.raises(CheckFailed, match="A is None; expected an array of shape"):
        assert_shape(None, (3, 2), name="A")


def test_assert_dtype_tells_kinds_apart():
    """float32 and float64 are floats; integers, booleans and objects are not."""
    assert_dtype(W.astype(np.float32), "float")
    assert_dtype(W > 0, "bool")
    assert_dtype(3, "int")
    for value, kind in ((W.astype(int), "float"), (W > 0, "int"), (W, "bool"), (W.astype(object), "float")):
        with pytest.raises(CheckFailed, match=f"expected {kind}"):
            assert_dtype(value, kind)


def test_require_shows_its_message_or_its_safe_words():
    """A law that does not hold is told in the check's own words; an array is no yes."""
    require(np.True_, "never shown")
    for condition in (False, np.False_, np.array([True, True]), np.array([])):
        with pytest.raises(CheckFailed) as caught:
            require(condition, "J rose from 1.5 to 1.7; it may only fall", safe="J rose")
        assert caught.value.evidence == "J rose from 1.5 to 1.7; it may only fall"
        assert caught.value.safe_evidence == "J rose"


def test_a_passing_comparison_is_cheap():
    """A right answer of small arrays costs a fraction of a call over the wire."""
    got, best = W + 1e-12, np.inf
    for _ in range(20):
        start = time.perf_counter()
        for _ in range(100):
            assert_close(got, W)
        best = min(best, (time.perf_counter() - start) / 100)
    assert best < 200e-6


SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.binary(max_size=5)
DTYPES = hnp.boolean_dtypes() | hnp.integer_dtypes() | hnp.floating_dtypes() | hnp.complex_number_dtypes()
ARRAYS = hnp.arrays(DTYPES, hnp.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=3))
VALUES = st.recursive(
    SCALARS | ARRAYS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=5,
)


@settings(max_examples=300, deadline=None)
@given(VALUES, VALUES, st.booleans())
def test_any_two_values_pass_or_fail_and_nothing_else_happens(got, expected, nan_ok):
    """No value that the wire can carry makes the comparison raise anything but CheckFailed, in bounded words."""
    try:
        assert_close(got, expected, nan_ok=nan_ok, known={"m": 7, "Z": np.ones((2, 3))})
    except CheckFailed as caught:
        for text in (caught.evidence, caught.safe_evidence, caught.pattern, caught.pattern_name):
            lines = text.split("\n")
            assert len(lines) <= MAX_LINES
            assert all(len(line) <= MAX_COLUMNS and line.isprintable() for line in lines)


@settings(max_examples=200, deadline=None)
@given(hnp.arrays(np.float64, (2, 3)), hnp.arrays(np.float64, (2, 3)))
def test_any_two_arrays_of_one_shape_are_judged_as_numpy_would(got, expected):
    """Where shapes agree, the verdict is that of numpy's own allclose, for finite numbers, NaN and inf alike."""
    with np.errstate(all="ignore"):
        right = np.allclose(got, expected, rtol=1e-7, atol=1e-10)
    try:
        assert_close(got, expected)
        passed = True
    except CheckFailed:
        passed = False
    assert passed == right


@pytest.mark.parametrize(
    "value", [None, [1], np.zeros(3), {"W1": 1}], ids=["None", "a list", "an array", "a key short"]
)
def test_a_dict_without_its_keys_is_refused_before_it_is_indexed(value):
    """The message names what is missing, and a dict with more keys is fine."""
    with pytest.raises(CheckFailed, match="b1"):
        assert_keys(value, "W1", "b1", name="params")
    assert_keys({"W1": 1, "b1": 2, "more": 3}, "W1", "b1")
