"""Two checks, one of each kind."""

import numpy as np

from autograder.checking import assert_close, exercise, hidden, law, points, public

X = np.array([[1.0, 2.0, 6.0], [0.0, 4.0, 5.0]])


@exercise("centred")
@law("every row has mean 0")
@points(0.5)
@public
def test_two_features_are_centred(student):
    """The mean of each row is taken off that row."""
    assert_close(student.centred(X), np.array([[-2.0, -1.0, 3.0], [-3.0, 1.0, 2.0]]), name="X - mean")


@exercise("centred")
@law("a row's mean has no influence")
@points(0.5)
@hidden
def test_a_constant_in_a_row_changes_nothing(student, oracle, rng):
    """What is added to a whole row is taken off again."""
    Z = rng.normal(size=(3, 7))
    assert_close(student.centred(Z + np.array([[1.0], [2.0], [3.0]])), oracle.centred(Z), name="X - mean", atol=1e-9)
