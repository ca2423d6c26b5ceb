"""Data: how to divide it, what two error rates say about it, and how to bring its features to one scale.

Long before a network learns anything, three questions decide how well it can do.

**Who may see which example?** The *training* set teaches, the *dev* set chooses among what was taught, and the
*test* set is opened once, at the end, to say how good the choice was. An example that sits in two of them makes
the last number a lie.

1. `split_counts` says how large the three sets are. A dev set has to be just large enough to tell two models
   apart, so its share shrinks as the data grow: 20 % of ten thousand, 1 % of a million.
2. `train_dev_test_split` deals the examples out, by one shuffle of the columns that `X` and `Y` share.

**What is wrong with the model?** Two differences of error rates tell:

       bias      =  train error - base error        the model cannot even do what it was shown
       variance  =  dev error - train error         the model cannot do what it was not shown

The base error is what an expert, or the best method known, gets wrong too.

3. `diagnose` turns the two differences into a verdict, and the verdict into a list of things to try. More data
   is a cure for variance alone; this function has saved many a team a year of collecting.

**Can gradient descent move?** For linear regression the cost is a quadratic bowl whose curvatures are the
eigenvalues of (1/m) X X^T. The steepest direction limits the learning rate, the flattest one then needs
lambda_max / lambda_min times as many steps. A feature from 1 to 1000 beside one from 0 to 1 makes a ravine of it.

4. `fit_normalizer` measures the mean and the standard deviation of each feature, on the training set:

       mu = (1/m) sum_j x_j          sigma = sqrt( (1/m) sum_j (x_j - mu)^2 + eps )

5. `apply_normalizer` is (x - mu) / sigma, the same mu and sigma for every example that will ever come.
6. `bowl_condition` is the number lambda_max / lambda_min: 1 for a round bowl.

Look out for one thing through the whole chapter: whatever is measured, is measured on the training set. A dev or
test set that helped to find mu and sigma has been seen.

Axes
----
m : examples, one per column.
n_x : features, one per row.
k : rows of the targets: 1, or one per class.
"""

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[Any]
Fractions: TypeAlias = tuple[float, float, float]
Rng: TypeAlias = np.random.Generator

BIAS_REMEDIES = ("bigger_network", "train_longer", "better_optimizer", "other_architecture")
VARIANCE_REMEDIES = ("more_data", "regularize", "other_architecture")


def split_counts(m: int, fractions: Fractions | None = None) -> tuple[int, int, int]:
    """Sizes of the training, dev and test set for `m` examples.

    Parameters
    ----------
    m : The number of examples, 0 or more.
    fractions : (train, dev, test), dimensionless, each 0 or more, with sum 1. None stands for the customary ones:

        ====================== =====  ======  ======
        m                      train  dev     test
        ====================== =====  ======  ======
        up to 10,000           0.60   0.20    0.20
        10,001 to 1,000,000    0.98   0.01    0.01
        more                   0.995  0.0025  0.0025
        ====================== =====  ======  ======

    Returns
    -------
    (n_train, n_dev, n_test), each an int, with sum m.

    Raises
    ------
    ValueError : A fraction is negative, or their sum is off from 1 by more than 1e-6.

    Notes
    -----
    1. n_dev is m times its fraction, rounded *down* to a whole number; so is n_test.
    2. The training set gets all the others.

    A float is rarely the fraction that it stands for: 100 * 0.29 gives 28.999999999999996, where 29 is meant.
    Add 1e-9 before you round down.

    Examples
    --------
    569 examples at 0.6, 0.2, 0.2: a fifth of 569 is 113.8, so (343, 113, 113).

    References
    ----------
    Lecture notes F2, section 1; F3, section 3.1.1. F0, section "训练，验证，测试集", prints "70%验证集", where
    the training set is meant. F2 knows 99/0.5/0.5 as well; beyond a million this course follows F3.
    """
    if fractions is None:
        fractions = _customary(m)
    if min(fractions) < 0 or abs(sum(fractions) - 1) > 1e-6:
        raise ValueError(f"fractions are {fractions}, expected three numbers, none below 0, with sum 1")
    n_dev, n_test = (int(m * fraction + 1e-9) for fraction in fractions[1:])
    return m - n_dev - n_test, n_dev, n_test


def train_dev_test_split(X: Array, Y: Array, fractions: Fractions, rng: Rng) -> dict[str, Array]:
    """Deal the examples out into a training, a dev and a test set, in random order.

    Parameters
    ----------
    X : (n_x, m). Inputs, one column per example.
    Y : (k, m). Targets; column j belongs to column j of `X`.
    fractions : (train, dev, test), dimensionless, with sum 1; the sizes are those of `split_counts`.
    rng : np.random.Generator. The only source of random numbers. The recipe is a single `rng.permutation(m)`, which
        gives the numbers 0 to m - 1 in a random order p; any other fair shuffle is accepted.

    Returns
    -------
    dict with six arrays, whose columns are columns of `X` and `Y`:
        "X_train" (n_x, n_train), "Y_train" (k, n_train),
        "X_dev" (n_x, n_dev), "Y_dev" (k, n_dev),
        "X_test" (n_x, n_test), "Y_test" (k, n_test).

    Raises
    ------
    ValueError : `X` and `Y` do not have the same number of columns.

    Notes
    -----
    The first n_train entries of p name the columns of the training set, in that order; the next n_dev entries
    those of the dev set; the rest those of the test set. A set without examples keeps its rows and has 0 columns.

    Without the shuffle, data that are sorted by label would put some classes into the test set alone. `X` and `Y`
    stay as they were.

    Examples
    --------
    Five examples at 0.6, 0.2, 0.2 with p = 3, 0, 4, 1, 2: columns 3, 0, 4 train, column 1 is the dev set and
    column 2 the test set.

    References
    ----------
    Lecture notes F0, section "训练，验证，测试集"; F2, section 1 (dev and test set have to come from the same
    distribution).
    """
    X, Y = np.asarray(X), np.asarray(Y)
    if X.shape[1] != Y.shape[1]:
        raise ValueError(f"X is {X.shape} and Y is {Y.shape}, expected as many columns in both")
    order = rng.permutation(X.shape[1])
    n_train, n_dev, _ = split_counts(X.shape[1], fractions)
    train, dev, test = np.split(order, [n_train, n_train + n_dev])
    parts = {"train": train, "dev": dev, "test": test}
    inputs = {f"X_{part}": X[:, columns] for part, columns in parts.items()}
    return inputs | {f"Y_{part}": Y[:, columns] for part, columns in parts.items()}


def diagnose(train_err: float, dev_err: float, base_err: float = 0.0, tol: float = 0.05) -> dict[str, Any]:
    """Say from three error rates whether a model underfits or overfits, and what to try.

    Parameters
    ----------
    train_err, dev_err : Error rates on the training and on the dev set, between 0 and 1.
    base_err : Error rate that nobody gets below, say that of an expert; 0 when nothing is known.
    tol : A difference is *high* when it is greater than this, compared as the floats that they are, without rounding.

    Returns
    -------
    dict with four keys, all dimensionless:
        "bias" : float, how far the training error lies above the base error; negative below it.
        "variance" : float, how far the dev error lies above the training error; negative below it.
        "verdict" : "high_bias", "high_variance", "high_bias_high_variance" or "just_right".
        "remedies" : tuple of texts. `BIAS_REMEDIES` if the bias is high, then `VARIANCE_REMEDIES` if the variance
        is high, each remedy once, where it comes first; empty when nothing is high.

    Notes
    -----
    The two constants stand at the top of this file. "other_architecture" is in both.

    Bias and variance are not the two ends of one scale: a model can have both, or neither.

    A difference equal to `tol` is not high: 0.75 - 0.5 at tol 0.25. But 0.20 - 0.15 is 0.05000000000000002, and that is
    greater than 0.05. Whoever asks a hair more (`tol` + 1e-9) is right as well; no check stands on such an edge.

    Examples
    --------
    15 % and 16 % is high bias if people make no mistakes, and just right if they get 14 % wrong themselves.

    References
    ----------
    Lecture notes F0, section "偏差，方差"; F2, sections 2 and 3; F3, sections 3.1.2 and 3.1.3. F2, section 2, says
    that the dev error shows the variance, then corrects itself: the difference does. F2, section 3, lists a *more
    complex* network against variance, which helps against bias only; a *more suitable* one is meant.
    """
    bias, variance = train_err - base_err, dev_err - train_err
    high = {"high_bias": bias > tol, "high_variance": variance > tol}
    lists = (BIAS_REMEDIES if high["high_bias"] else ()) + (VARIANCE_REMEDIES if high["high_variance"] else ())
    return {
        "bias": bias,
        "variance": variance,
        "verdict": "_".join(name for name in high if high[name]) or "just_right",
        "remedies": tuple(dict.fromkeys(lists)),
    }


def fit_normalizer(X_train: Array, eps: float = 1e-8) -> tuple[Array, Array]:
    """Mean and standard deviation of each feature over the training examples.

    Parameters
    ----------
    X_train : (n_x, m) float64, float32 or int. Training inputs, one column per example.
    eps : Added to the variance *inside* the root, in the unit of X squared; keeps sigma above 0.

    Returns
    -------
    mu : (n_x, 1) float64, in the unit of X. The mean of each feature over the m examples.
    sigma : (n_x, 1) float64, in the unit of X. The root of (variance + eps), where the variance of a feature is
        the mean square of its distance from mu: divided by m, not by m - 1.

    Notes
    -----
    A feature that is the same for all examples has variance 0; thanks to eps its sigma is small but not 0, and
    nothing is divided by 0 later.

    Both results keep two dimensions, so that they can be combined with any (n_x, ...) matrix. `X_train` stays as
    it was.

    Examples
    --------
    The row 1, 2, 3, 4 has mu 2.5, variance 1.25 and sigma 1.1180.

    References
    ----------
    Lecture notes F1, section "标准化输入" (x - mu over sigma). F0, section "归一化输入", and F2, section 9,
    divide by sigma^2, and F2 takes the mean of x^2 without subtracting mu first: both would leave a spread that
    depends on the unit of the feature.
    """
    X = np.asarray(X_train, dtype=np.float64)
    mu = X.mean(axis=1, keepdims=True)
    variance = np.mean((X - mu) ** 2, axis=1, keepdims=True)
    return mu, np.sqrt(variance + eps)


def apply_normalizer(X: Array, mu: Array, sigma: Array) -> Array:
    """Measure examples in standard deviations of the training set, from its mean.

    Parameters
    ----------
    X : (n_x, m) float64, float32 or int. Any examples: training, dev, test, or a single new one.
    mu, sigma : (n_x, 1), in the unit of X. What `fit_normalizer` found on the *training* set; sigma is a
        standard deviation and above 0.

    Returns
    -------
    (n_x, m) float64, dimensionless; a new array. `X` stays as it was.

    Notes
    -----
    Nothing is measured here. The mean of a normalised test set is close to 0 and hardly ever equal to it: if it
    is exactly 0, the test set has been normalised with statistics of its own.

    Examples
    --------
    With mu 2.5 and sigma 0.5, the values 2 and 4 become -1 and 3.

    References
    ----------
    Lecture notes F0, section "归一化输入" (training and test set go through the same transformation); F2, section
    9. Both divide by sigma^2; F1, section "标准化输入", divides by sigma.
    """
    normalised: Array = (np.asarray(X, dtype=np.float64) - mu) / sigma
    return normalised


def bowl_condition(X: Array) -> float:
    """How elongated the bowl is in which linear regression on `X` descends.

    Parameters
    ----------
    X : (n_x, m) float64, float32 or int, with m >= n_x and no feature a combination of others. Inputs as the model
        gets them; they are not centred here.

    Returns
    -------
    float, dimensionless, at least 1: the largest eigenvalue of the (n_x, n_x) matrix (1/m) X X^T over its smallest.

    Notes
    -----
    The squared error of y = w^T x is a quadratic in w, and (1/m) X X^T is its second derivative: the eigenvalues
    are the curvatures along the axes of the bowl. A learning rate that does not overshoot along the steepest axis
    moves slowly along the flattest one.

    Where features are dependent, which no check asks for, the smallest eigenvalue is 0 and the bowl a valley without
    end. The result is then inf or, by rounding, any huge number, even a negative one.

    Examples
    --------
    For the columns (1, 1), (1, 1), (1, 1), (1, -1) the matrix is [[1, 0.5], [0.5, 1]] with eigenvalues 1.5 and
    0.5: the condition is 3.

    References
    ----------
    Lecture notes F0, section "归一化输入" (a feature from 1 to 1000 beside one from 0 to 1); F2, section 9.
    Goodfellow, Bengio & Courville, *Deep Learning* (2016), sections 4.2 and 4.3.1.
    """
    X = np.asarray(X, dtype=np.float64)
    # The squared singular values of X are m times the eigenvalues, without the digits that forming X X^T loses.
    lengths = np.linalg.svd(X, compute_uv=False)
    if len(lengths) < X.shape[0] or lengths[-1] == 0:
        return float("inf")
    return float(lengths[0] / lengths[-1]) ** 2


def _customary(m: int) -> Fractions:
    """Give the fractions that the notes recommend for m examples."""
    if m <= 10_000:
        return 0.6, 0.2, 0.2
    return (0.98, 0.01, 0.01) if m <= 1_000_000 else (0.995, 0.0025, 0.0025)
