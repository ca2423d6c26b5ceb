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
    y = np.asarray(y)
    if y.size and not 0 <= int(y.min()) <= int(y.max()) < num_classes:
        raise ValueError(f"labels run from {y.min()} to {y.max()}, expected 0 to {num_classes - 1}")
    Y = np.zeros((num_classes, y.size))
    Y[y, np.arange(y.size)] = 1.0
    return Y


def softmax(Z):
    return np.exp(Z)


def softmax_loss(Z, Y):
    log_P = Z - np.logaddexp.reduce(Z, axis=0, keepdims=True)
    P = np.exp(log_P)
    return -(Y * log_P).sum() / Y.shape[1], P - Y, P


def binary_from_softmax(Z: Array) -> Array:
    """Probability of class 1 out of two classes, with a single sigmoid.

    Parameters
    ----------
    Z : (2, m) float64, float32 or int, dimensionless. Scores: row 0 for class 0, row 1 for class 1.

    Returns
    -------
    (1, m) float64, dimensionless; row 1 of what `softmax` gives.

    Raises
    ------
    ValueError : `Z` does not have exactly two rows.

    Notes
    -----
    Divide numerator and denominator of the two-class softmax by one of its exponentials: what is left is the
    sigmoid of one number per column. Scores may be as far apart as 2000 without a NaN.

    Examples
    --------
    Scores 1 and 3 give class 1 the probability 0.880797, the sigmoid of 2.

    References
    ----------
    Lecture notes F0, section "Softmax 回归" (softmax with C = 2 falls back to logistic regression).
    """
    raise NotImplementedError("a05_softmax.binary_from_softmax")


def accuracy(A, y):
    answers = np.round(A).astype(int) if len(A) == 1 else np.argmax(A, axis=0)[None, :]
    return np.array((answers == y).mean(), dtype=np.float32)
