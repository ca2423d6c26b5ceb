"""Right ways to write data.py that look different from the reference."""

import numpy as np

from autograder.checking import variant


@variant("split_counts")
def counts_by_exact_fractions(m, fractions=None):
    """Decimal arithmetic needs no slack: 0.29 is taken for 29/100; a list is as good as a tuple."""
    from fractions import Fraction

    if fractions is None:
        fractions = (
            (0.6, 0.2, 0.2) if m <= 10_000 else (0.98, 0.01, 0.01) if m <= 1_000_000 else (0.995, 0.0025, 0.0025)
        )
    n_dev, n_test = (int(m * Fraction(str(fraction))) for fraction in fractions[1:])
    return [m - n_dev - n_test, n_dev, n_test]


@variant("split_counts")
def counts_as_an_array(m, fractions=None):
    """numpy's own whole numbers can slice too, and a row of three numbers can be unpacked."""
    if fractions is None:
        fractions = [[0.6, 0.2, 0.2], [0.98, 0.01, 0.01], [0.995, 0.0025, 0.0025]][(m > 10_000) + (m > 1_000_000)]
    counts = np.floor(m * np.array(fractions) + 1e-9).astype(int)
    counts[0] = m - counts[1] - counts[2]
    return counts


@variant("split_counts")
def counts_by_rounding_first(m, fractions=None):
    """Rounding to nine digits removes what a float adds or loses; then rounding down is safe."""
    import math

    if fractions is None:
        small, medium, large = (0.6, 0.2, 0.2), (0.98, 0.01, 0.01), (0.995, 0.0025, 0.0025)
        fractions = large if m > 10**6 else medium if m > 10**4 else small
    n_dev = math.floor(round(m * fractions[1], 9))
    n_test = math.floor(round(m * fractions[2], 9))
    return m - (n_dev + n_test), n_dev, n_test


@variant("train_dev_test_split")
def split_with_split_counts(X, Y, fractions, rng):
    """The room's own split_counts gives the sizes; np.hsplit cuts along the columns."""
    p = rng.permutation(X.shape[1])
    n_train, n_dev, _ = split_counts(X.shape[1], fractions)  # noqa: F821 - every file of this room has one
    X_parts = np.hsplit(X[:, p], [n_train, n_train + n_dev])
    Y_parts = np.hsplit(Y[:, p], [n_train, n_train + n_dev])
    return {
        f"{name}_{part}": parts[i]
        for name, parts in (("X", X_parts), ("Y", Y_parts))
        for i, part in enumerate(("train", "dev", "test"))
    }


@variant("train_dev_test_split")
def split_by_shuffled_list(X, Y, fractions, rng):
    """Shuffling one's own array of column numbers in place is a permutation too."""
    m = X.shape[1]
    order = np.arange(m)
    rng.shuffle(order)
    n_dev, n_test = int(m * fractions[1] + 1e-9), int(m * fractions[2] + 1e-9)
    n = m - n_dev - n_test
    cuts = {"train": order[:n], "dev": order[n : n + n_dev], "test": order[n + n_dev :]}
    return {f"X_{part}": X[:, at] for part, at in cuts.items()} | {f"Y_{part}": Y[:, at] for part, at in cuts.items()}


@variant("train_dev_test_split")
def split_by_sorting_random_keys(X, Y, fractions, rng):
    """Sorting by random keys is a shuffle; more keys in the dict than asked for are fine."""
    m = X.shape[1]
    order = np.argsort(rng.random(m))
    n_dev, n_test = int(m * fractions[1] + 1e-9), int(m * fractions[2] + 1e-9)
    train, dev, test = order[: m - n_dev - n_test], order[m - n_dev - n_test : m - n_test], order[m - n_test :]
    parts = {"X_train": X[:, train], "X_dev": X[:, dev], "X_test": X[:, test], "order": order}
    parts.update(Y_train=Y[:, train], Y_dev=Y[:, dev], Y_test=Y[:, test])
    return parts


@variant("train_dev_test_split")
def split_column_by_column(X, Y, fractions, rng):
    """One example after the other goes to its place, in single precision."""
    m = X.shape[1]
    n_dev, n_test = int(m * fractions[1] + 1e-9), int(m * fractions[2] + 1e-9)
    counts = {"train": m - n_dev - n_test, "dev": n_dev, "test": n_test}
    parts, start = {}, 0
    p = rng.permutation(np.arange(m))
    for part, count in counts.items():
        X_part = np.zeros((X.shape[0], count), dtype=np.float32)
        Y_part = np.zeros((Y.shape[0], count), dtype=np.float32)
        for j in range(count):
            X_part[:, j], Y_part[:, j] = X[:, p[start + j]], Y[:, p[start + j]]
        parts[f"X_{part}"], parts[f"Y_{part}"] = X_part, Y_part
        start += count
    return parts


@variant("train_dev_test_split")
def split_glued_together(X, Y, fractions, rng):
    """X and Y glued together and shuffled as one matrix stay together; the transpose has the examples as rows."""
    m, n_x = X.shape[1], X.shape[0]
    XY = rng.permutation(np.vstack([X, Y]).T).T
    n_dev, n_test = int(m * fractions[1] + 1e-9), int(m * fractions[2] + 1e-9)
    train, dev, test = XY[:, : m - n_dev - n_test], XY[:, m - n_dev - n_test : m - n_test], XY[:, m - n_test :]
    parts = {"train": train, "dev": dev, "test": test}
    return {f"X_{k}": v[:n_x] for k, v in parts.items()} | {f"Y_{k}": v[n_x:] for k, v in parts.items()}


@variant("diagnose")
def diagnose_by_branches(train_err, dev_err, base_err=0.0, tol=0.05):
    """Four branches for four verdicts; the remedies may be a list."""
    bias, variance = train_err - base_err, dev_err - train_err
    if bias > tol and variance > tol:
        verdict = "high_bias_high_variance"
        remedies = list(BIAS_REMEDIES) + [r for r in VARIANCE_REMEDIES if r not in BIAS_REMEDIES]  # noqa: F821
    elif bias > tol:
        verdict, remedies = "high_bias", list(BIAS_REMEDIES)  # noqa: F821
    elif variance > tol:
        verdict, remedies = "high_variance", list(VARIANCE_REMEDIES)  # noqa: F821
    else:
        verdict, remedies = "just_right", []
    return {"bias": bias, "variance": variance, "verdict": verdict, "remedies": remedies}


@variant("diagnose")
def diagnose_by_table(train_err, dev_err, base_err=0.0, tol=0.05):
    """A table of verdicts, with room for rounding; numpy's floats and one key more are fine."""
    bias, variance = np.float64(train_err) - base_err, np.subtract(dev_err, train_err)
    sick, wild = bool(bias > tol + 1e-9), bool(variance > tol + 1e-9)
    verdict = [["just_right", "high_variance"], ["high_bias", "high_bias_high_variance"]][sick][wild]
    remedies = (*BIAS_REMEDIES,) if sick else ()  # noqa: F821
    if wild:
        remedies += tuple(remedy for remedy in VARIANCE_REMEDIES if remedy not in remedies)  # noqa: F821
    return {"verdict": verdict, "remedies": remedies, "bias": bias, "variance": variance, "tol": tol}


@variant("diagnose")
def diagnose_in_small_arrays(train_err, dev_err, base_err=0.0, tol=0.05):
    """A number in an array of shape (1, 1) is one number; the remedies are written out."""
    bias, variance = np.array([[train_err - base_err]]), np.array(dev_err - train_err)
    names, remedies = [], []
    if bias > tol:
        names.append("high_bias")
        remedies += ["bigger_network", "train_longer", "better_optimizer", "other_architecture"]
    if variance > tol:
        names.append("high_variance")
        remedies += ["more_data", "regularize"]
        if "other_architecture" not in remedies:
            remedies.append("other_architecture")
    verdict = "_".join(names) if names else "just_right"
    return {"bias": bias, "variance": variance, "verdict": verdict, "remedies": tuple(remedies)}


@variant("fit_normalizer")
def fit_by_numpy(X_train, eps=1e-8):
    """numpy's var divides by m unless told otherwise; a list and a third value are fine."""
    variance = np.var(X_train, axis=1, keepdims=True)
    return [np.mean(X_train, axis=1, keepdims=True), np.sqrt(variance + eps), variance]


@variant("fit_normalizer")
def fit_by_loops(X_train, eps=1e-8):
    """One feature after the other."""
    n_x, m = X_train.shape
    mu, sigma = np.zeros((n_x, 1)), np.zeros((n_x, 1))
    for i in range(n_x):
        mu[i, 0] = sum(X_train[i]) / m
        sigma[i, 0] = (sum((x - mu[i, 0]) ** 2 for x in X_train[i]) / m + eps) ** 0.5
    return mu, sigma


@variant("fit_normalizer")
def fit_by_two_moments(X_train, eps=1e-8):
    """The mean of the squares minus the square of the mean is the variance, as long as the mean is no giant."""
    X = np.array(X_train, dtype=float)
    mu = X.sum(axis=1, keepdims=True) / X.shape[1]
    variance = np.maximum((X**2).sum(axis=1, keepdims=True) / X.shape[1] - mu**2, 0.0)
    return mu, np.sqrt(variance + eps)


@variant("fit_normalizer")
def fit_in_single_precision(X_train, eps=1e-8):
    """Single precision has seven digits, which is enough for a scale; centring a copy in place is one's own affair."""
    X = np.array(X_train, dtype=np.float32)
    mu = X.mean(axis=1, keepdims=True)
    X -= mu
    return mu, np.sqrt((X * X).mean(axis=1, keepdims=True) + np.float32(eps))


@variant("apply_normalizer")
def apply_by_multiplication(X, mu, sigma):
    """Multiplying by 1/sigma is dividing by sigma."""
    return (X - mu) * (1.0 / sigma)


@variant("apply_normalizer")
def apply_row_by_row(X, mu, sigma):
    """One feature after the other."""
    return np.array([(X[i] - mu[i, 0]) / sigma[i, 0] for i in range(X.shape[0])])


@variant("apply_normalizer")
def apply_in_place_on_a_copy(X, mu, sigma):
    """Editing in place is fine once the array is one's own; so is single precision."""
    Z = np.array(X, dtype=np.float32)
    Z -= mu
    Z /= sigma
    return Z


@variant("apply_normalizer")
def apply_with_a_careful_denominator(X, mu, sigma):
    """1e-12 more or less changes no sigma that anyone could see."""
    return np.divide(np.subtract(X, mu), sigma + 1e-12)


@variant("bowl_condition")
def bowl_by_eigenvalues(X):
    """The matrix as it is written; eigvalsh sorts from small to large."""
    curvatures = np.linalg.eigvalsh(X @ X.T / X.shape[1])
    return curvatures[-1] / curvatures[0]


@variant("bowl_condition")
def bowl_by_squared_condition(X):
    """The condition of X X^T is the square of that of X."""
    return np.linalg.cond(np.asarray(X, dtype=float)) ** 2


@variant("bowl_condition")
def bowl_by_matrix_condition(X):
    """For a symmetric positive matrix the condition number is this very quotient; an array of no axes is one number."""
    return np.array(np.linalg.cond(np.dot(X, X.T)))


@variant("bowl_condition")
def bowl_from_the_examples(X):
    """X^T X has the same eigenvalues, and m - n_x zeros beside them; without those, the quotient is the same."""
    curvatures = np.sort(np.linalg.eigvalsh(X.T @ X))[-X.shape[0] :]
    return np.array([[curvatures[-1] / curvatures[0]]])


@variant("bowl_condition")
def bowl_without_average(X):
    """Dividing a matrix by m divides all its eigenvalues by m, which cancels in their quotient."""
    curvatures = np.linalg.svd(np.asarray(X, dtype=float) @ np.transpose(X), compute_uv=False)
    return np.float64(curvatures.max() / curvatures.min())
