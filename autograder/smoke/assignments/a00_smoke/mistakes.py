"""One known mistake."""

import numpy as np

from autograder.checking import mistake


@mistake("centred", caught_by=("two_features_are_centred", "a_constant_in_a_row_changes_nothing"))
def centred_over_features(X):
    """The mean is taken over the features of an example in place of over the examples."""
    return X - np.mean(X, axis=0, keepdims=True)
