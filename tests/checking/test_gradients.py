"""Gradient checks against central differences."""

import numpy as np
import pytest

from autograder.checking import CheckFailed, assert_gradient

A = np.array([[1.0, -0.5], [0.25, 2.0], [-1.5, 0.75]])
X = np.array([[0.5, -1.25, 0.3], [1.75, 0.6, -0.9]])


def cost(W):
    """Return a smooth number of W whose gradient is known in closed form."""
    return float(np.sum(np.tanh(W @ X)))


def slope(W):
    return (1 - np.tanh(W @ X) ** 2) @ X.T


def failure(gradient, f=cost, at=A, **options):
    with pytest.raises(CheckFailed) as caught:
        assert_gradient(gradient, f, at, **{"name": "dW", **options})
    return caught.value


def test_the_right_gradient_passes_with_a_wide_margin():
    """A gradient in closed form is a hundred times closer than the check asks for."""
    assert_gradient(slope(A), cost, A, name="dW", tolerance=1e-9)


def test_a_gradient_that_is_off_by_a_millionth_fails():
    """The tolerance lies between rounding and the smallest mistake."""
    failure(slope(A) * (1 + 1e-6))


def test_a_factor_is_named_by_the_size_that_it_is():
    """A gradient that is m times too large is told so, with the relative error that any factor 7 has."""
    caught = failure(7 * slope(A), known={"m": 7, "n": 3})
    assert "relative error 0.75" in caught.evidence
    assert "m = 7" in caught.pattern


def test_a_flipped_sign_is_named():
    """The gradient of the opposite of the cost has relative error 1 and the opposite sign."""
    assert failure(-slope(A)).pattern_name == "opposite sign"


def test_scale_multiplies_what_is_measured():
    """Where the gradient belongs to a sum of m terms and the cost is their mean, scale is m."""
    assert_gradient(7 * slope(A), cost, A, name="dW", scale=7.0)
    failure(slope(A), scale=7.0)


def test_the_wrong_block_is_named_among_the_right_ones():
    """Every parameter is judged on its own: a wrong bias is not lost behind a large right matrix."""
    at = {"W1": A, "b1": np.array([[0.1], [-0.2], [0.3]])}

    def f(params):
        return float(np.sum(np.tanh(params["W1"] @ X + params["b1"])))

    inner = 1 - np.tanh(A @ X + at["b1"]) ** 2
    right = {"dW1": inner @ X.T, "db1": inner.sum(axis=1, keepdims=True)}
    assert_gradient(right, f, at, name="grads")
    caught = failure({**right, "db1": right["db1"] / 3}, f, at, name="grads", known={"m": 3, "n": 5})
    assert caught.evidence.splitlines()[0] == 'grads["dW1"] ✓   grads["db1"] ✗'
    assert caught.evidence.splitlines()[1].startswith('grads["db1"] is not the slope')
    assert "1/m" in caught.pattern
    assert "lacks the key 'db1'" in failure({"dW1": right["dW1"]}, f, at, name="grads").evidence
    assert "is None" in failure(None, f, at, name="grads").evidence


@pytest.mark.parametrize(
    ("gradient", "words"),
    [
        (slope(A).T, "shape (2, 3); expected (3, 2)"),
        (slope(A)[:, :1], "shape (3, 1)"),
        (np.zeros((0, 2)), "is empty"),
        (slope(A).astype(complex), "complex128"),
        (np.where(A > 1, np.nan, slope(A)), "1 NaN among 6"),
        (slope(A).tolist(), "is a list of 3 values"),
        (None, "is None"),
    ],
)
def test_the_form_is_told_before_the_values(gradient, words):
    """Type, shape, dtype and finiteness are judged before any slope is compared."""
    caught = failure(gradient)
    assert words in caught.evidence
    assert "slope" not in caught.evidence


def test_a_gradient_of_zero_passes_although_rounding_is_all_that_is_measured():
    """Where the function is flat, measured slopes are noise and zeros are right; one in the wrong place is not."""

    def flat(Z):
        return float(np.sum(Z - Z)) + 1.25

    assert_gradient(np.zeros((3, 2)), flat, A, name="dZ")
    failure(np.full((3, 2), 1e-3), flat, name="dZ")


def test_single_precision_is_held_to_its_own_tolerance():
    """A float32 gradient passes with its rounding and fails when it is wrong."""
    assert_gradient(slope(A).astype(np.float32), cost, A, name="dW")
    failure((slope(A) * 1.01).astype(np.float32))


def test_the_point_is_left_as_it_was():
    """The check moves a copy: a read-only array will do, and it stays what it was."""
    at = A.copy()
    at.flags.writeable = False
    assert_gradient(slope(at), cost, at, name="dW")
    assert np.array_equal(at, A)


def test_hidden_evidence_holds_no_slope():
    """What a hidden check shows is the relative error in one digit and nothing of the numbers."""
    caught = failure(7 * slope(A))
    worst = np.abs(7 * slope(A)).max()
    assert f"{worst:.3g}"[:4] in caught.evidence
    assert f"{worst:.3g}"[:4] not in caught.safe_evidence
    assert "relative error about 0.7" in caught.safe_evidence or "about 0.8" in caught.safe_evidence


def test_a_function_that_is_not_finite_is_the_fault_of_the_check():
    """NaN from the trusted function is no failure of the student's."""
    with pytest.raises(ValueError, match="not finite"):
        assert_gradient(slope(A), lambda _: float("nan"), A, name="dW")
