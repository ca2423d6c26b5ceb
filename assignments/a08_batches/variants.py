"""Right ways to write batches.py that look different from the reference."""

import numpy as np

from autograder.checking import variant


@variant("plan_batches")
def full_batches_and_perhaps_one_more(m, batch_size=None):
    """Counts full mini-batches, and one more if there is a rest."""
    if batch_size is None:
        batch_size = 64 if m > 2000 else m
    number = m // batch_size
    if m % batch_size != 0:
        number += 1
    return batch_size, number


@variant("plan_batches")
def ceiling(m, batch_size=None):
    """np.ceil gives a float, which counts as well as an int; a list is as good as a tuple."""
    size = batch_size or (m if m <= 2000 else 64)
    return [size, np.ceil(m / size)]


@variant("plan_batches")
def counts_the_starts(m, batch_size=None):
    """As many mini-batches as there are starts; a size larger than the set is cut down to it."""
    if batch_size is None:
        batch_size = m if m <= 2000 else 64
    return min(m, batch_size), len(range(0, m, batch_size)), "done"


@variant("random_mini_batches")
def shuffles_both_then_cuts(X, Y, batch_size, rng):
    """Puts all columns in the new order first, then cuts: full mini-batches, then the rest."""
    m = X.shape[1]
    p = rng.permutation(m)
    X_new, Y_new = X[:, p], Y[:, p]
    batches = []
    full = m // batch_size
    for k in range(full):
        start, end = k * batch_size, (k + 1) * batch_size
        batches.append((X_new[:, start:end], Y_new[:, start:end]))
    if m % batch_size != 0:
        batches.append((X_new[:, full * batch_size :], Y_new[:, full * batch_size :]))
    return batches


@variant("random_mini_batches")
def shuffles_a_list_of_numbers(X, Y, batch_size, rng):
    """rng.shuffle on a list of one's own is another way to draw an order; lists are as good as tuples."""
    order = list(range(X.shape[1]))
    rng.shuffle(order)
    return [
        [X[:, order[i : i + batch_size]], Y[:, order[i : i + batch_size]]] for i in range(0, len(order), batch_size)
    ]


@variant("random_mini_batches")
def sorts_random_numbers(X, Y, batch_size, rng):
    """Sorting random numbers gives a random order too."""
    order = np.argsort(rng.random(X.shape[1]))
    cuts = range(batch_size, X.shape[1], batch_size)
    return list(zip(np.split(X[:, order], cuts, axis=1), np.split(Y[:, order], cuts, axis=1)))


@variant("random_mini_batches")
def examples_glued_to_their_labels(X, Y, batch_size, rng):
    """Shuffles examples and labels as one matrix, so that they cannot part."""
    both = rng.permutation(np.vstack([X, Y]), axis=1)
    n = X.shape[0]
    return [(both[:n, i : i + batch_size], both[n:, i : i + batch_size]) for i in range(0, both.shape[1], batch_size)]


@variant("random_mini_batches")
def choice_without_replacement(X, Y, batch_size, rng):
    """choice without replacement of all numbers is a permutation; the batches are copies in single precision."""
    order = rng.choice(X.shape[1], size=X.shape[1], replace=False)
    batches = ()
    while len(order):
        block, order = order[:batch_size], order[batch_size:]
        batches += ((X[:, block].astype(np.float32), Y[:, block].astype(np.float32)),)
    return batches


@variant("random_mini_batches")
def column_by_column(X, Y, batch_size, rng):
    """Loops over the columns; the third value of each pair is extra."""
    batches = []
    for place, j in enumerate(rng.permutation(np.arange(X.shape[1]))):
        if place % batch_size == 0:
            batches.append((np.empty((X.shape[0], 0)), np.empty((Y.shape[0], 0)), place))
        X_batch, Y_batch, start = batches[-1]
        batches[-1] = (np.hstack([X_batch, X[:, [j]]]), np.hstack([Y_batch, Y[:, [j]]]), start)
    return batches


@variant("epoch_cost")
def loop_over_batches(batch_costs, batch_sizes):
    """Adds up what the examples cost and how many there are."""
    total = examples = 0
    for cost, size in zip(batch_costs, batch_sizes):
        total += cost * size
        examples += size
    return total / examples


@variant("epoch_cost")
def numpy_average(batch_costs, batch_sizes):
    """np.average with weights is this mean; an array of shape (1, 1) counts as a number."""
    return np.average(batch_costs, weights=batch_sizes).reshape(1, 1)


@variant("epoch_cost")
def shares_of_the_examples(batch_costs, batch_sizes):
    """Each cost counts as much as its share of the examples."""
    shares = np.array(batch_sizes) / np.sum(batch_sizes)
    return np.sum(shares * np.array(batch_costs))


@variant("epoch_cost")
def every_example_spelled_out(batch_costs, batch_sizes):
    """The plain mean of a list in which each mean stands once for every example."""
    return np.mean(np.repeat(np.asarray(batch_costs, dtype=np.float32), batch_sizes))


@variant("ewa")
def skips_the_first_day(theta, beta, init="zero"):
    """With "first", the recursion starts on the second day."""
    averages = np.zeros(len(theta))
    averages[0] = theta[0] if init == "first" else (1 - beta) * theta[0]
    for day in range(1, len(theta)):
        averages[day] = beta * averages[day - 1] + (1 - beta) * theta[day]
    return averages


@variant("ewa")
def moves_towards_the_value(theta, beta, init="zero"):
    """v + (1 - beta) (theta - v) is the same average, written as a step towards today's value."""
    v = 0.0 if init == "zero" else float(theta[0])
    averages = []
    for value in theta.tolist():
        v += (1 - beta) * (value - v)
        averages.append(v)
    return np.array(averages)


@variant("ewa")
def sum_of_weights_times_values(theta, beta, init="zero"):
    """The recursion written out: a matrix of weights, lower triangular, times the series."""
    age = np.subtract.outer(np.arange(len(theta)), np.arange(len(theta)))
    weights = np.where(age >= 0, (1 - beta) * beta ** np.maximum(age, 0.0), 0.0)
    if init == "first":
        weights[:, 0] = beta ** np.arange(len(theta))
    return weights @ theta


@variant("ewa")
def average_in_single_precision(theta, beta, init="zero"):
    """float32 holds seven digits, enough for a curve to look at."""
    v = np.float32(0) if init == "zero" else np.float32(theta[0])
    averages = np.empty(len(theta), dtype=np.float32)
    for day in range(len(theta)):
        v = np.float32(beta) * v + np.float32(1 - beta) * np.float32(theta[day])
        averages[day] = v
    return averages


@variant("ewa_bias_corrected")
def recursion_of_its_own(theta, beta):
    """Runs the recursion and corrects what it writes down, not what it goes on with."""
    v, corrected = 0.0, []
    for t, value in enumerate(theta, start=1):
        v = beta * v + (1 - beta) * value
        corrected.append(v / (1 - beta**t))
    return np.array(corrected, dtype=float)


@variant("ewa_bias_corrected")
def divided_by_the_sum_of_weights(theta, beta):
    """Averages a series of ones as well: that is what the weights add up to."""
    return ewa(theta, beta, "zero") / ewa(np.ones(len(theta)), beta, "zero")  # noqa: F821


@variant("ewa_bias_corrected")
def weighted_mean_of_each_beginning(theta, beta):
    """np.average divides by the sum of the weights, whatever factor they share."""
    newest_last = beta ** np.arange(len(theta) - 1, -1, -1.0)
    return np.array([np.average(theta[:t], weights=newest_last[-t:]) for t in range(1, len(theta) + 1)])


@variant("ewa_bias_corrected")
def corrected_in_single_precision(theta, beta):
    """float32 holds seven digits, enough for a curve to look at."""
    v = ewa(theta, beta)  # noqa: F821
    return (v / (1 - beta ** np.arange(1, len(v) + 1))).astype(np.float32)


@variant("ewa_weights")
def weights_one_by_one(beta, t):
    """Each weight is beta times the one before."""
    weights = [1 - beta]
    while len(weights) < t:
        weights.append(weights[-1] * beta)
    return np.array(weights)


@variant("ewa_weights")
def answer_to_an_impulse(beta, t):
    """The average of a series that is 1 on its first day only is what that day counts, day after day."""
    impulse = np.zeros(t)
    impulse[0] = 1.0
    return ewa(impulse, beta)  # noqa: F821


@variant("ewa_weights")
def differences_of_what_is_left(beta, t):
    """beta^k - beta^(k+1) is (1 - beta) beta^k."""
    left = np.power(beta, np.arange(t + 1))
    return left[:-1] - left[1:]


@variant("effective_window")
def by_logarithms(beta):
    """A power is the exponential of a product; a list is as good as a tuple."""
    window = np.float64(1.0) / (1.0 - beta)
    return [window, np.exp(window * np.log(beta)) if beta > 0 else 0.0]


@variant("effective_window")
def by_equation_eight(beta):
    """With ε = 1 - beta it is (1 - ε)^(1/ε); arrays of shape () count as numbers."""
    epsilon = np.array(1.0 - beta)
    return 1 / epsilon, (1 - epsilon) ** (1 / epsilon)


@variant("effective_window")
def by_math(beta):
    """math.pow does it too; the third value is extra."""
    import math

    window = math.pow(1 - beta, -1)
    return window, math.pow(beta, window), beta
