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
   softmax and cross-entropy live together: probability minus truth.
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


def one_hot(y: Labels, num_classes: int) -> Array:
    """Write each label as a column that is 1 in its own class and 0 elsewhere.

    Parameters
    ----------
    y : (m,) int, dimensionless. Labels, counted from 0.
    num_classes : The number of classes C. A class may be absent from `y`; it keeps its row all the same.

    Returns
    -------
    (C, m) float64, dimensionless; every column holds a single 1.

    Raises
    ------
    ValueError : A label is negative, or not smaller than `num_classes`.

    Notes
    -----
    1. Start from a matrix of zeros: one row per class, one column per example.
    2. In column j, the row that the label of example j names becomes 1.

    Examples
    --------
    Label 1 of four classes becomes the column 0, 1, 0, 0.

    References
    ----------
    Lecture notes F0, section "Softmax 回归"; F4, section 1.6, eq. 28 (classes are counted from 0 to C-1).
    """
    saved = {}
    return saved["result"]


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
    Lecture notes F4, section 1.6, eq. 24-26 (the sum runs over the C classes; eq. 24 prints m).
    Lecture notes F0, section "Softmax 回归" (the worked example; 0842 there is 0.842).
    Goodfellow, Bengio & Courville, *Deep Learning* (2016), section 4.1.
    """
    probabilities: Array = np.exp(_log_softmax(_matrix(Z, "Z")))
    return probabilities


def softmax_loss(Z, Y):
    J, dZ = 0.0, np.empty(Z.shape)
    for j in range(Z.shape[1]):
        top = Z[:, j].max()
        log_total = top + np.log(np.exp(Z[:, j] - top).sum())
        J += (log_total - Z[:, j] @ Y[:, j]) / Z.shape[1]
        dZ[:, j] = np.exp(Z[:, j] - log_total) - Y[:, j]
    return np.array(J), dZ


def binary_from_softmax(Z):
    return softmax(Z)[1:]  # noqa: F821 - every file of this room has a softmax


def accuracy(A, y):
    right = 0
    for j in range(A.shape[1]):
        answer = int(A[0, j] > 0.5) if A.shape[0] == 1 else int(np.argmax(A[:, j]))
        right += answer == y[j]
    return right / A.shape[1]


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
