"""Mini-batches, and averages that forget.

A training set of millions is too large to be looked at as a whole before every step. Gradient descent may
as well look at a handful of examples, take a step, and go on to the next handful: a mini-batch. One pass
over all m examples is an epoch; it takes one step a mini-batch.

1. `plan_batches` counts them. With b examples in a mini-batch there are as many as it takes to hold all m,

       number  =  m / b, rounded up                   (the last one may be smaller)

   b = m is batch gradient descent, b = 1 stochastic gradient descent; what works lies in between.
2. `random_mini_batches` deals the examples out. They are shuffled first, all of them at once, so that no
   mini-batch is made of one kind; and an example never loses its label.
3. `epoch_cost` puts the costs of the mini-batches together again. Each cost J_i is a mean over n_i examples,
   and the mean over all of them weighs each J_i with its own n_i:

       J  =  (n_1 J_1 + ... + n_k J_k) / (n_1 + ... + n_k)

What is seen of the cost now is noisy, for every step looks at other examples. To see where it goes one
averages over the last steps, without storing them. With theta_t the value of day t:

4. `ewa`, the exponentially weighted average, keeps a single number and moves it a little each day:

       v_t  =  beta v_{t-1} + (1 - beta) theta_t

   with either of two beginnings: v_0 = 0, or v_1 = theta_1.
5. `ewa_bias_corrected` repairs the first beginning. v_0 = 0 drags the first averages down; after t days the
   weights of all values add up to 1 - beta^t only, so one divides by that.
6. `ewa_weights` is what the recursion amounts to when it is written out. The value of k days ago has the
   weight (1 - beta) beta^k.
7. `effective_window` says how long such an average remembers: about 1 / (1 - beta) days. By then the weight
   has fallen to beta^(1 / (1 - beta)) of what it was, which is close to 1/e = 0.368 when beta is close to 1.

Three things to look at. The last mini-batch is the one that goes wrong: it gets lost, comes twice, or counts
as if it were full. The corrected average is for looking at; the recursion goes on with the uncorrected one.
And a longer memory makes a smoother curve that is late: beta = 0.98 follows a change after some 50 days.

Axes
----
m : examples, one per column.
n_x, k : features of an example, rows of its label.
T : length of a series, the oldest value first.
"""

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[Any]
Rng: TypeAlias = np.random.Generator

# Up to this many examples one batch holds them all; the size of a mini-batch beyond it.
SMALL_SET = 2000
USUAL_SIZE = 64


def plan_batches(m: int, batch_size: int | None = None) -> tuple[int, int]:
    """How many examples a mini-batch holds, and how many mini-batches hold all m examples.

    Parameters
    ----------
    m : Number of examples, at least 1.
    batch_size : Examples in a mini-batch, at least 1; it may be more than `m`. None leaves the choice to the
        rule of thumb: all `m` in one batch as long as `m` is at most 2000, otherwise 64.

    Returns
    -------
    batch_size : int. The size that was asked for, also where it is more than `m`; or the one that was chosen.
    number : int. Mini-batches in one epoch. All are full but perhaps the last, which holds what is left over
        and is never empty.

    Raises
    ------
    ValueError : `m` or `batch_size` is less than 1.

    Examples
    --------
    10 examples in mini-batches of 4 make (4, 3): 4, 4 and 2 examples. 3 examples in mini-batches of 10 make (10, 1).

    References
    ----------
    Lecture notes F0, section "Mini-batch梯度下降法"; F1, section "大小选择"; F4, section 1.1.3, eq. 3, where k = m/T
    has to be rounded up. F0 says fewer than 2000 where F1 and F4 say at most 2000, and so do we.
    """
    if m < 1 or (batch_size is not None and batch_size < 1):
        raise ValueError(f"{m} examples in mini-batches of {batch_size}; expected at least one of each")
    if batch_size is None:
        batch_size = m if m <= SMALL_SET else USUAL_SIZE
    return batch_size, -(-m // batch_size)


def random_mini_batches(X: Array, Y: Array, batch_size: int, rng: Rng) -> list[tuple[Array, Array]]:
    """Deal all examples out to mini-batches, in random order, each with its own label.

    Parameters
    ----------
    X : (n_x, m) numbers of any type. One example per column.
    Y : (k, m) numbers of any type. The label of each example: one row, or C rows when it is one-hot.
    batch_size : Examples in a mini-batch, at least 1; it may be more than m.
    rng : np.random.Generator. The only source of random numbers. The recipe is a single `rng.permutation(m)`, which
        gives the column numbers in their new order; any other draw in which all orders are equally likely is accepted.

    Returns
    -------
    list of pairs (X_batch, Y_batch) : the first `batch_size` column numbers of the new order make the first
        mini-batch, the next ones the second, and so on. The columns of `X` and of `Y`, unchanged, shapes
        (n_x, size) and (k, size); every size is `batch_size` but perhaps the last, which is smaller, but not 0.

    Raises
    ------
    ValueError : `X` and `Y` differ in their number of columns, or `batch_size` is less than 1.

    Notes
    -----
    1. Draw one new order for all columns.
    2. Cut it into blocks.
    3. Take the same columns out of `X` and out of `Y`.

    `X` and `Y` stay as they were.

    Examples
    --------
    X = [[10, 11, 12]], Y = [[0, 1, 2]], batch_size 2 and the order 2, 0, 1 give two pairs: [[12, 10]] with
    [[2, 0]], and [[11]] with [[1]].

    References
    ----------
    Lecture notes F0, section "Mini-batch梯度下降法"; F4, section 1.1.3, eq. 3-4. None of the notes mentions the
    shuffling, nor what becomes of the examples that are left over.
    Goodfellow, Bengio & Courville, *Deep Learning* (2016), section 8.1.3.
    """
    X, Y = np.asarray(X), np.asarray(Y)
    m = X.shape[1]
    if Y.shape[1] != m or batch_size < 1:
        raise ValueError(f"{m} examples, {Y.shape[1]} labels, mini-batches of {batch_size}; expected a label each")
    order = rng.permutation(m)
    blocks = (order[start : start + batch_size] for start in range(0, m, batch_size))
    return [(X[:, block], Y[:, block]) for block in blocks]


def epoch_cost(batch_costs: list[float], batch_sizes: list[int]) -> float:
    """Mean cost over all examples of an epoch, from the mean costs of its mini-batches.

    Parameters
    ----------
    batch_costs : k numbers, k at least 1. The cost of each mini-batch: the mean over its own examples.
    batch_sizes : k whole numbers of at least 1. How many examples each mini-batch holds.

    Returns
    -------
    float, in the unit of the costs. What the mean over all examples at once would be.

    Raises
    ------
    ValueError : the two lists differ in length.

    Notes
    -----
    How much did all examples of one mini-batch cost together? And all examples of the epoch?

    Examples
    --------
    Two examples that cost 4 on average and one that costs 1: the mean over the three is 3.

    References
    ----------
    Lecture notes F0, section "Mini-batch梯度下降法": the sum runs over the examples of the mini-batch. F4, section
    1.1.3, eq. 5, divides by the number k of mini-batches; it is the number of examples in one.
    """
    costs, sizes = np.asarray(batch_costs, dtype=np.float64), np.asarray(batch_sizes, dtype=np.float64)
    if costs.shape != sizes.shape:
        raise ValueError(f"{costs.size} costs and {sizes.size} sizes; expected one of each for a mini-batch")
    return float(costs @ sizes / sizes.sum())


def ewa(theta: Array, beta: float, init: str = "zero") -> Array:
    """Exponentially weighted average of a series, up to each of its days.

    Parameters
    ----------
    theta : (T,) float64, float32 or int; T at least 1. The values, the oldest first.
    beta : Dimensionless, from 0 to less than 1. How much of yesterday's average remains.
    init : "zero": the average before the first day is 0. "first": the average of the first day is the first
        value itself.

    Returns
    -------
    (T,) float64, in the unit of theta. Entry 0 is the average after the first day.

    Raises
    ------
    ValueError : `init` is neither "zero" nor "first".

    Notes
    -----
    Each day: `beta` of yesterday's average, and the rest of the weight for today's value. No bias correction
    here. `theta` stays as it was.

    Examples
    --------
    theta = [10, 20], beta = 0.5: "zero" gives [5, 12.5], "first" gives [10, 15].

    References
    ----------
    Lecture notes F0, section "指数加权平均数", and F4, section 1.2.1, eq. 7, start at zero; F1, section
    "指数加权平均", and F4, eq. 6, start with the first value.
    """
    if init not in ("zero", "first"):
        raise ValueError(f'init is {init!r}, expected "zero" or "first"')
    theta = np.asarray(theta, dtype=np.float64)
    averages = np.empty_like(theta)
    average = theta[0] if init == "first" else 0.0
    # Starting at the first value and taking it in once more leaves it as it is.
    for day, value in enumerate(theta):
        average = beta * average + (1.0 - beta) * value
        averages[day] = average
    return averages


def ewa_bias_corrected(theta: Array, beta: float) -> Array:
    """Exponentially weighted average that is right from the first day on.

    Parameters
    ----------
    theta : (T,) float64, float32 or int; T at least 1. The values, the oldest first.
    beta : Dimensionless, from 0 to less than 1. How much of yesterday's average remains.

    Returns
    -------
    (T,) float64, in the unit of theta. The average that starts at zero, each entry divided by what the weights
        of the values so far add up to. The first entry is the first value.

    Notes
    -----
    The days count from 1: after the first day there is one value. What is corrected is what you look at; the
    recursion goes on with the uncorrected average. You may call `ewa`.

    Examples
    --------
    theta = [10, 20], beta = 0.5: the averages from zero are 5 and 12.5, corrected 10 and 16.667.

    References
    ----------
    Lecture notes F4, section 1.2.1, eq. 11; F0, section "指数加权平均数", whose 0.0396 for beta = 0.98 is the
    divisor of the second day, 1 - 0.98^2, and not the average.
    Kingma & Ba, *Adam: A Method for Stochastic Optimization* (2015), section 3.
    """
    averages = ewa(theta, beta)
    days = np.arange(1, averages.size + 1)
    divisors: Array = 1.0 - beta**days
    return averages / divisors


def ewa_weights(beta: float, t: int) -> Array:
    """How much each of the last t values counts in the average that starts at zero.

    Parameters
    ----------
    beta : Dimensionless, from 0 to less than 1. How much of yesterday's average remains; with 0 the newest value alone
        counts, and the weights are 1, 0, 0, ….
    t : Number of values so far, at least 1.

    Returns
    -------
    (t,) float64, dimensionless. Entry 0 is the weight of the newest value, entry k that of the value k days
        older. The average after t days is the sum of weight times value.

    Notes
    -----
    Put the recursion for day t - 1 into that for day t, and so on down to 0, and read off what stands before
    each value.

    Examples
    --------
    beta = 0.5, t = 3: 0.5, 0.25, 0.125.

    References
    ----------
    Lecture notes F4, section 1.2.1, eq. 7, and F1, section "指数加权平均". Two slips there: these weights are
    not what is called bias correction, and it is together with the factor 1 - beta that they add up to nearly 1.
    """
    age = np.arange(t)
    weights: Array = (1.0 - beta) * beta**age
    return weights


def effective_window(beta: float) -> tuple[float, float]:
    """How many days an average remembers, and what is left of a weight after so many.

    Parameters
    ----------
    beta : Dimensionless, from 0 to less than 1. How much of yesterday's average remains.

    Returns
    -------
    window : float, in days, at least 1; not rounded.
    left : float, dimensionless, from 0 to less than 1/e = 0.3679. The weight of a value that is `window` days
        old (decimals included), as a fraction of the weight of the newest one.

    Examples
    --------
    beta = 0.8: a window of 5 days, after which 0.8^5 = 0.328 of a weight is left.

    References
    ----------
    Lecture notes F4, section 1.2.1, eq. 8, with 1 - beta for its epsilon, and section 1.4.3.
    """
    window = 1.0 / (1.0 - beta)
    return window, beta**window
