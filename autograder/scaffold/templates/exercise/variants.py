@variant("$exercise")
def ${exercise}_by_a_loop(X):
    """Row by row gives the same."""
    return np.array([[sum(row) / len(row)] for row in X])


@variant("$exercise")
def ${exercise}_by_a_product(X):
    """A product with a column of 1/m is a mean."""
    m = X.shape[1]
    return X @ np.full((m, 1), 1 / m)


@variant("$exercise")
def ${exercise}_by_reshaping(X):
    """A sum over the examples, divided and put into a column."""
    return (X.sum(axis=1) / X.shape[1]).reshape(-1, 1)
