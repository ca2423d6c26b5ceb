"""Right in other ways."""

import numpy as np

from autograder.checking import variant


@variant("centred")
def centred_by_a_product(X):
    """A product with a matrix takes the mean off too."""
    m = X.shape[1]
    return X @ (np.eye(m) - np.full((m, m), 1 / m))


@variant("centred")
def centred_row_by_row(X):
    """A loop over rows."""
    return np.array([row - row.mean() for row in X])


@variant("centred")
def centred_in_place_on_a_copy(X):
    """An array of one's own may be changed."""
    X = np.array(X, dtype=float)
    X -= X.mean(axis=1, keepdims=True)
    return X
