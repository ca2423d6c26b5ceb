"""Softmax regression: from scores to probabilities, and from probabilities to a cost.

A network with `C` output units gives every example `C` scores, one per class. Scores are hard to read: they
may be negative, they have no scale, and adding the same number to all of them says nothing new. This chapter
turns them into something readable, measures how wrong it is, and finds the direction in which it becomes less
wrong.

1. `one_hot` writes a class label as a column with a single one: the answer that a perfect network would give.
2. `softmax` turns a column of scores into a column of probabilities. The largest score wins most of the
   probability, but nobody gets exactly nothing, and this is what makes the function differentiable.
3. `softmax_loss` charges the negative logarithm of the probability that the true class received. A confident
   right answer costs almost nothing, a confident wrong one costs a lot. Its gradient is the reason why
   softmax and cross-entropy live together: hardly anything is left of it.
4. `binary_from_softmax` shows that the logistic unit was a softmax with two classes all along.
5. `accuracy` forgets the probabilities again and counts right answers.

Two facts run through the whole chapter. Adding a constant to a column of scores changes no probability, which
is why big scores need never overflow. And what one column holds has no influence on any other column.

Axes
----
m : examples, one per column.
C : classes, one per row; classes are counted from 0.
"""

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[np.float64]
Labels: TypeAlias = NDArray[np.integer[Any]]


def one_hot(y, num_classes):
    return (np.arange(num_classes).reshape(-1, 1) == y).astype(np.float64)


def softmax(Z: Array) -> Array:
    """Turn each column of scores into probabilities.

    Parameters
    ----------
    Z : (C, m) float64, float32 or int, dimensionless. One column per example, one row per class.

    Returns
    -------
    (C, m) float64, dimensionless; every entry is positive or zero and every column sums to 1.

    Raises
    ------
    ValueError : `Z` is not two-dimensional.

    Notes
    -----
    1. Raise e to each score; every class gets a positive weight.
    2. Divide each weight by the sum of the weights in *its own* column.

    Done literally, step 1 overflows for scores near 1000. Adding a constant to a column cancels in the
    quotient: choose the constant so that no finite score overflows and no column loses all its weights.

    Examples
    --------
    Scores 5, 2, -1, 3 have weights 148.4, 7.4, 0.4, 20.1; the sum is 176.3 and the probabilities are
    0.842, 0.042, 0.002, 0.114.

    References
    ----------
    Lecture notes F4, section 1.6, eq. 24-26 (the sum runs over the C classes; eq. 24 prints m: E19).
    Lecture notes F0, section "Softmax 回归" (the worked example; 0842 there is 0.842: E07).
    Goodfellow, Bengio & Courville, *Deep Learning* (2016), section 4.1.
    """
    probabilities: Array = np.exp(_log_softmax(_matrix(Z, "Z")))
    return probabilities


def softmax_loss(Z: Array, Y: Array) -> tuple[float, Array]:
    """Cross-entropy cost of a batch of scores, and its gradient.

    Parameters
    ----------
    Z : (C, m) float64, float32 or int, dimensionless. Scores, one column per example.
    Y : (C, m) float64, dimensionless. The truth, one-hot: a single 1 in every column.

    Returns
    -------
    J : float, in nats. The *mean* over the m examples of one example's loss, which is the negative logarithm
        of the probability of the true class.
    dZ : (C, m) float64, in nats. The gradient of the *sum* of the m losses, so m times the gradient of J.

    Raises
    ------
    ValueError : `Z` and `Y` differ in shape, or are not two-dimensional.

    Notes
    -----
    The cost must be exact also for scores thousands apart: a true class that is 2000 below the best one costs 2000,
    although its probability is too small for a float. Neither a small number added inside the logarithm nor a
    lower bound on the probability gives that; work with logarithms from the start.

    No 1/m in dZ: `linear_backward` is the layer that averages.

    References
    ----------
    Lecture notes F4, section 1.6, eq. 27-30 (the last form of eq. 29 has lost its minus sign: E20).
    Lecture notes F0, section "Softmax 回归" (dz there is the derivative of one example's loss, not of J: E25).
    Goodfellow, Bengio & Courville, *Deep Learning* (2016), sections 4.1 and 6.2.2.3.
    """
    Z, Y = _matrix(Z, "Z"), _matrix(Y, "Y")
    if Z.shape != Y.shape:
        raise ValueError(f"Z is {Z.shape} and Y is {Y.shape}, expected the same shape (C, m)")
    log_P = _log_softmax(Z)
    J = -float(np.sum(Y * log_P)) / Z.shape[1]
    return J, np.exp(log_P) - Y


def binary_from_softmax(Z):
    t = np.exp(Z - Z.max(axis=0))
    t = np.exp(t / t.sum(axis=0))
    return t[1:2] / t.sum(axis=0)


def accuracy(A: Array, y: Labels) -> float:
    """Share of the examples whose predicted class is the true one.

    Parameters
    ----------
    A : (C, m) or (1, m) float64, dimensionless. Probabilities, one column per example.
    y : (m,) int, dimensionless. True labels, counted from 0.

    Returns
    -------
    float between 0 and 1, dimensionless.

    Raises
    ------
    ValueError : `A` does not have one column per label.

    Notes
    -----
    With C rows, the prediction of a column is the class with the largest entry, of equal ones the first.
    With a single row, `A` is the probability of class 1, and class 1 is predicted where it is *greater* than
    0.5; exactly 0.5 is class 0.

    References
    ----------
    Lecture notes F4, section 1.6, first paragraph (the rule for two classes).
    """
    A, y = _matrix(A, "A"), np.asarray(y)
    if y.shape != (A.shape[1],):
        raise ValueError(f"y is {y.shape} and A is {A.shape}, expected one label per column: ({A.shape[1]},)")
    predicted = A[0] > 0.5 if A.shape[0] == 1 else A.argmax(axis=0)
    return float(np.mean(predicted == y))


def _log_softmax(Z: Array) -> Array:
    """Logarithms of the probabilities, (C, m); finite for all finite scores."""
    # With the column maximum at 0 every power is at most 1 and the sum at least 1: no overflow, no log of 0.
    below_best: Array = Z - Z.max(axis=0, keepdims=True)
    log_total: Array = np.log(np.exp(below_best).sum(axis=0, keepdims=True))
    return below_best - log_total


def _matrix(values: Array, name: str) -> Array:
    """Give `values` as a float64 matrix."""
    matrix = np.asarray(values, dtype=np.float64)
    if matrix.ndim != 2:
        raise ValueError(f"{name} has shape {matrix.shape}, expected two axes, one column per example")
    return matrix
