@mistake("$exercise", caught_by="${exercise}_of_three_examples")
def ${exercise}_over_features(X):
    """The mean is taken down each column, over the features of one example."""
    return X.mean(axis=0, keepdims=True)


@mistake("$exercise", caught_by="${exercise}_gives_a_column")
def ${exercise}_flat(X):
    """The result has one dimension; subtracted from X it would broadcast along the wrong axis."""
    return X.mean(axis=1)


@mistake(
    "$exercise",
    caught_by=("${exercise}_of_three_examples", "${exercise}_moves_with_its_input"),
    suggest="stack X beside itself: should the mean double?",
)
def ${exercise}_never_divided(X):
    """The examples are added up but never divided by their number."""
    return np.sum(X, axis=1, keepdims=True)
