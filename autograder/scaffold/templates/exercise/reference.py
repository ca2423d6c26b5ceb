def $exercise(X: $Array) -> $Array:
    """Average each feature over the examples.

    Parameters
    ----------
    X : (n, m) float64, dimensionless. One column per example.

    Returns
    -------
    (n, 1) float64, dimensionless; two dimensions, so that it can be subtracted from X.
    """
    average: $Array = np.mean(X, axis=1, keepdims=True)
    return average
