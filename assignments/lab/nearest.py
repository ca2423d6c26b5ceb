"""A classifier that has nothing to learn but means: an example belongs to the class whose centre is nearest."""

import numpy as np


def centres(X, y, classes):
    """Return the mean example of each class, (n_x, classes); that of a class without examples is infinitely far."""
    columns = [X[:, y == c].mean(axis=1) if (y == c).any() else np.full(X.shape[0], np.inf) for c in range(classes)]
    return np.stack(columns, axis=1)


def nearest(X, points):
    """Return for each column of X the number of the column of `points` that is nearest, (m,)."""
    gaps = X[:, :, np.newaxis] - points[:, np.newaxis, :]
    return np.argmin(np.sum(gaps**2, axis=0), axis=1)
