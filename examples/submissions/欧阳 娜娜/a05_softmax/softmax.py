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
    return np.eye(num_classes, dtype=np.float32)[y].T


def softmax(Z):
    t = np.exp((Z - Z.max(axis=0, keepdims=True)).astype(np.float32))
    return t / t.sum(axis=0, keepdims=True)


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
    raise NotImplementedError("a05_softmax.accuracy")
