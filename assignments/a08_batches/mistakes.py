"""Known wrong ways to write batches.py: what each author believed, and which check must object.

`covers` names rows of the course's lists of mistakes: a slug of the exercise's own table, or "area/name".
"""

import numpy as np

from autograder.checking import mistake


@mistake(
    "plan_batches",
    caught_by="what_is_left_over_makes_a_batch_of_its_own",
    covers="floor_division",
    read="README §1: rounded up",
    suggest="148 // 64 is 2, and two mini-batches of 64 hold 128 examples: where are the other 20?",
)
def rounds_down(m, batch_size=None):
    """The number of mini-batches is rounded down, so the examples that are left over are never learnt from."""
    if batch_size is None:
        batch_size = m if m <= 2000 else 64
    return batch_size, m // batch_size


@mistake(
    "plan_batches",
    caught_by="what_is_left_over_makes_a_batch_of_its_own",
    read="README §1: rounded up",
    suggest="print round(148 / 64): is there a mini-batch for the last 20?",
)
def rounds_to_the_nearest(m, batch_size=None):
    """The number of mini-batches is rounded to the nearest whole number, so a small rest gets none."""
    if batch_size is None:
        batch_size = m if m <= 2000 else 64
    return batch_size, max(1, round(m / batch_size))


@mistake(
    "plan_batches",
    caught_by="five_million_examples_make_five_thousand_batches",
    read="F0, Mini-batch梯度下降法: 500 万 / 1000 = 5000",
    suggest="144 examples, mini-batches of 16: which examples are in the tenth?",
)
def always_one_more(m, batch_size=None):
    """One mini-batch is added for the rest even where there is no rest."""
    if batch_size is None:
        batch_size = m if m <= 2000 else 64
    return batch_size, m // batch_size + 1


@mistake(
    "plan_batches",
    caught_by="two_thousand_examples_are_still_one_batch",
    covers="2000_exclusive",
    read="F0 says fewer than 2000 and you copied faithfully; F1 and F4 say at most 2000, and so do we (erratum E27)",
    suggest="put <= where you have <",
)
def two_thousand_is_large(m, batch_size=None):
    """A set of exactly 2000 examples is cut into mini-batches; by our convention it is still a small set."""
    if batch_size is None:
        batch_size = m if m < 2000 else 64
    return batch_size, -(-m // batch_size)


@mistake(
    "plan_batches",
    caught_by="the_size_follows_the_rule_of_thumb_when_none_is_given",
    read="F1, 大小选择",
    suggest="print plan_batches(1237): a set so small needs no mini-batches",
)
def sixty_four_for_all(m, batch_size=None):
    """Without a size it is 64 for every set, also for the small ones that fit into one batch."""
    if batch_size is None:
        batch_size = 64
    return batch_size, -(-m // batch_size)


@mistake(
    "plan_batches",
    caught_by="the_size_follows_the_rule_of_thumb_when_none_is_given",
    read="F1, 大小选择",
    suggest="print plan_batches(5003): how many steps does an epoch take?",
)
def one_batch_for_all(m, batch_size=None):
    """Without a size all examples make one batch, however many there are."""
    if batch_size is None:
        batch_size = m
    return batch_size, -(-m // batch_size)


@mistake(
    "plan_batches",
    caught_by="the_two_ends_are_stochastic_and_batch_descent",
    read="README §1: the size first, then the number",
    suggest="print plan_batches(137, 1): which of the two numbers is the size?",
)
def number_before_size(m, batch_size=None):
    """The two numbers have changed places: the number of mini-batches comes before their size."""
    if batch_size is None:
        batch_size = m if m <= 2000 else 64
    return -(-m // batch_size), batch_size


@mistake(
    "plan_batches",
    caught_by="what_is_left_over_makes_a_batch_of_its_own",
    covers="mini-batch/size-count-confused",
    read="README §1",
    suggest="print plan_batches(148, 64): are there 64 mini-batches?",
)
def size_taken_for_number(m, batch_size=None):
    """batch_size is taken for the number of mini-batches, and their size computed from it."""
    if batch_size is None:
        batch_size = m if m <= 2000 else 64
    return -(-m // batch_size), batch_size if batch_size < m else 1


@mistake(
    "random_mini_batches",
    caught_by="148_examples_make_batches_of_64_and_64_and_20",
    covers=("drops_last", "mini-batch/drops-last"),
    read="README §2: the rest makes a mini-batch of its own",
    suggest="print how many examples all your mini-batches hold together",
)
def drops_the_rest(X, Y, batch_size, rng):
    """Only full mini-batches are made; the examples that are left over are lost."""
    m = X.shape[1]
    p = rng.permutation(m)
    X, Y = X[:, p], Y[:, p]
    batches = []
    for k in range(m // batch_size):
        block = slice(k * batch_size, (k + 1) * batch_size)
        batches.append((X[:, block], Y[:, block]))
    return batches


@mistake(
    "random_mini_batches",
    caught_by=("148_examples_make_batches_of_64_and_64_and_20", "nothing_left_over_makes_no_empty_batch"),
    covers="mini-batch/duplicates-tail",
    read="README §2",
    suggest="print the sizes of the mini-batches for 10 examples, first with size 4, then with size 5",
)
def rest_comes_twice(X, Y, batch_size, rng):
    """The loop already reaches the rest, and then the rest is added once more; without a rest an empty one is made."""
    m = X.shape[1]
    p = rng.permutation(m)
    batches = []
    for k in range(m // batch_size + 1):
        block = p[k * batch_size : (k + 1) * batch_size]
        batches.append((X[:, block], Y[:, block]))
    if m % batch_size:
        block = p[m - m % batch_size :]
        batches.append((X[:, block], Y[:, block]))
    return batches


@mistake(
    "random_mini_batches",
    caught_by="nothing_left_over_makes_no_empty_batch",
    read="the docstring: the last mini-batch is never empty",
    suggest="print the shape of the last mini-batch for 10 examples and size 5",
)
def empty_batch_at_the_end(X, Y, batch_size, rng):
    """Where batch_size divides m one mini-batch too many is made, and it is empty; its mean cost is NaN."""
    m = X.shape[1]
    p = rng.permutation(m)
    blocks = [p[k * batch_size : (k + 1) * batch_size] for k in range(m // batch_size + 1)]
    return [(X[:, block], Y[:, block]) for block in blocks]


@mistake(
    "random_mini_batches",
    caught_by="148_examples_make_batches_of_64_and_64_and_20",
    covers="mini-batch/loses-full-batch",
    read="README §2",
    suggest="print range(1, 10 // 3): which full mini-batches does it reach?",
)
def loses_the_first_batch(X, Y, batch_size, rng):
    """The loop over full mini-batches starts at 1, so the first of them is never made."""
    m = X.shape[1]
    p = rng.permutation(m)
    batches = []
    for k in range(1, m // batch_size):
        block = p[k * batch_size : (k + 1) * batch_size]
        batches.append((X[:, block], Y[:, block]))
    if m % batch_size:
        block = p[m - m % batch_size :]
        batches.append((X[:, block], Y[:, block]))
    return batches


@mistake(
    "random_mini_batches",
    caught_by="few_examples_make_one_batch",
    covers="mini-batch/leaked-loop-variable",
    read="the docstring: batch_size may be more than m",
    suggest="call it with 5 examples and batch_size 8: how often does your loop run, and what is k then?",
)
def loop_variable_after_the_loop(X, Y, batch_size, rng):
    """The rest is cut out with the loop variable, which does not exist when there was no full mini-batch."""
    m = X.shape[1]
    p = rng.permutation(m)
    batches = []
    for k in range(m // batch_size):
        block = p[k * batch_size : (k + 1) * batch_size]
        batches.append((X[:, block], Y[:, block]))
    if m % batch_size:
        block = p[(k + 1) * batch_size :]
        batches.append((X[:, block], Y[:, block]))
    return batches


@mistake(
    "random_mini_batches",
    caught_by="one_hot_labels_keep_their_rows",
    covers="mini-batch/single-row-labels",
    read="the docstring: Y has one row, or C rows when it is one-hot",
    suggest="call it with Y of shape (4, 10); Y[:, p] has the right shape without any reshape",
)
def labels_in_one_row(X, Y, batch_size, rng):
    """The labels are reshaped into a single row, which fails for one-hot labels."""
    m = X.shape[1]
    p = rng.permutation(m)
    X, Y = X[:, p], Y[:, p].reshape((1, m))
    return [(X[:, i : i + batch_size], Y[:, i : i + batch_size]) for i in range(0, m, batch_size)]


@mistake(
    "random_mini_batches",
    caught_by="148_examples_make_batches_of_64_and_64_and_20",
    covers="mini-batch/size-count-confused",
    read="README §2: batch_size examples in each mini-batch",
    suggest="print how many mini-batches there are, and how many examples in the first",
)
def as_many_batches_as_a_size(X, Y, batch_size, rng):
    """batch_size is taken for the number of mini-batches instead of the number of examples in each."""
    p = rng.permutation(X.shape[1])
    return [(X[:, block], Y[:, block]) for block in np.array_split(p, batch_size) if len(block)]


@mistake(
    "random_mini_batches",
    caught_by="every_example_keeps_its_label",
    covers=("X_Y_shuffled_apart", "mini-batch/xy-misaligned"),
    read="F0, Mini-batch梯度下降法: 对 Y 也要进行相同处理",
    suggest="draw one order, and use it twice",
)
def two_orders(X, Y, batch_size, rng):
    """X and Y are shuffled with an order each, so examples and labels part."""
    m = X.shape[1]
    X, Y = X[:, rng.permutation(m)], Y[:, rng.permutation(m)]
    return [(X[:, i : i + batch_size], Y[:, i : i + batch_size]) for i in range(0, m, batch_size)]


@mistake(
    "random_mini_batches",
    caught_by="every_example_keeps_its_label",
    covers="X_Y_shuffled_apart",
    read="F0, Mini-batch梯度下降法: 对 Y 也要进行相同处理",
    suggest="X = Y = np.arange(10.0).reshape(1, 10): which of the two is in a new order?",
)
def labels_stay_behind(X, Y, batch_size, rng):
    """The examples are shuffled and the labels are not."""
    m = X.shape[1]
    X = X[:, rng.permutation(m)]
    return [(X[:, i : i + batch_size], Y[:, i : i + batch_size]) for i in range(0, m, batch_size)]


@mistake(
    "random_mini_batches",
    caught_by="every_example_comes_exactly_once",
    covers="mini-batch/min-N-minus-one",
    read="README §2",
    suggest="a slice ends before its second number: which columns are in X[:, 0:9]?",
)
def last_example_is_lost(X, Y, batch_size, rng):
    """The end of a block is limited to m - 1, but a slice leaves its end out, so the last example is lost."""
    m = X.shape[1]
    p = rng.permutation(m)
    blocks = [p[i : min(m - 1, i + batch_size)] for i in range(0, m, batch_size)]
    return [(X[:, block], Y[:, block]) for block in blocks]


@mistake(
    "random_mini_batches",
    caught_by="every_example_comes_exactly_once",
    covers="mini-batch/replacement",
    read="README, conventions: one new order for all columns",
    suggest="print sorted(rng.integers(0, 10, size=10)): does every number come once?",
)
def drawn_with_replacement(X, Y, batch_size, rng):
    """Column numbers are drawn one by one and put back, so some examples come twice and others never."""
    m = X.shape[1]
    p = rng.integers(0, m, size=m)
    return [(X[:, p[i : i + batch_size]], Y[:, p[i : i + batch_size]]) for i in range(0, m, batch_size)]


@mistake(
    "random_mini_batches",
    caught_by="148_examples_make_batches_of_64_and_64_and_20",
    covers="mini-batch/first-batch-only",
    suggest="print len(random_mini_batches(X, Y, 64, rng)) for 148 examples; where does your return stand?",
)
def first_batch_only(X, Y, batch_size, rng):
    """Only the first mini-batch is given back: the return stands inside the loop."""
    p = rng.permutation(X.shape[1])
    return [(X[:, p[:batch_size]], Y[:, p[:batch_size]])]


@mistake(
    "random_mini_batches",
    caught_by="examples_are_dealt_from_the_whole_set",
    covers="no_shuffle",
    read="README §2: shuffled first",
    suggest="what if the examples came sorted by their label?",
)
def never_shuffled(X, Y, batch_size, rng):
    """The examples are cut up in the order in which they came; nothing is shuffled."""
    return [(X[:, i : i + batch_size], Y[:, i : i + batch_size]) for i in range(0, X.shape[1], batch_size)]


@mistake(
    "random_mini_batches",
    caught_by="examples_are_dealt_from_the_whole_set",
    covers="no_shuffle",
    read="README, conventions: one new order for all columns",
    suggest="X = np.arange(600.0).reshape(1, 600), size 200: print min and max of the first mini-batch",
)
def shuffled_within_each_batch(X, Y, batch_size, rng):
    """First cut, then shuffled: each mini-batch still holds neighbours of the original order."""
    batches = []
    for i in range(0, X.shape[1], batch_size):
        X_batch, Y_batch = X[:, i : i + batch_size], Y[:, i : i + batch_size]
        p = rng.permutation(X_batch.shape[1])
        batches.append((X_batch[:, p], Y_batch[:, p]))
    return batches


@mistake(
    "random_mini_batches",
    caught_by="examples_are_dealt_from_the_whole_set",
    read="README, conventions: one new order for all columns",
    suggest="print the first mini-batch for X = np.arange(600.0).reshape(1, 600): are its examples neighbours?",
)
def only_whole_batches_shuffled(X, Y, batch_size, rng):
    """The mini-batches come in a new order, but each still holds neighbours of the original order."""
    starts = rng.permutation(-(-X.shape[1] // batch_size)) * batch_size
    return [(X[:, i : i + batch_size], Y[:, i : i + batch_size]) for i in starts]


@mistake(
    "random_mini_batches",
    caught_by="every_example_comes_exactly_once",
    covers="permutes_per_batch",
    read="the docstring: rng.permutation(m), called exactly once",
    suggest="how often is rng.permutation called? Then an example may be in two mini-batches",
)
def new_order_for_each_batch(X, Y, batch_size, rng):
    """Each mini-batch is cut out of an order of its own, so some examples come twice and others never."""
    m = X.shape[1]
    batches = []
    for i in range(0, m, batch_size):
        block = rng.permutation(m)[i : i + batch_size]
        batches.append((X[:, block], Y[:, block]))
    return batches


@mistake(
    "random_mini_batches",
    caught_by="148_examples_make_batches_of_64_and_64_and_20",
    covers="rows_split",
    read="README, conventions: examples are columns",
    suggest="print X.shape: along which axis do the examples lie?",
)
def rows_are_dealt(X, Y, batch_size, rng):
    """The rows of X, that is the features, are shuffled and dealt instead of the columns."""
    n = X.shape[0]
    p = rng.permutation(n)
    blocks = [p[i : i + batch_size] for i in range(0, n, batch_size)]
    return [(X[block], Y[:, i : i + batch_size]) for i, block in enumerate(blocks)]


@mistake(
    "random_mini_batches",
    caught_by="148_examples_make_batches_of_64_and_64_and_20",
    suggest="for X_batch, Y_batch in random_mini_batches(...): which of the two is longer?",
)
def labels_first(X, Y, batch_size, rng):
    """Each pair has the labels first; the examples come first."""
    p = rng.permutation(X.shape[1])
    blocks = [p[i : i + batch_size] for i in range(0, len(p), batch_size)]
    return [(Y[:, block], X[:, block]) for block in blocks]


@mistake(
    "random_mini_batches",
    caught_by="148_examples_make_batches_of_64_and_64_and_20",
    read="the docstring: list of pairs (X_batch, Y_batch)",
    suggest="zip(…, …) makes pairs of two lists",
)
def two_lists(X, Y, batch_size, rng):
    """Two lists come back, one of examples and one of labels, instead of one list of pairs."""
    p = rng.permutation(X.shape[1])
    blocks = [p[i : i + batch_size] for i in range(0, len(p), batch_size)]
    return [X[:, block] for block in blocks], [Y[:, block] for block in blocks]


@mistake(
    "random_mini_batches",
    caught_by="the_order_comes_from_the_generator_that_is_passed",
    read="README, conventions: random numbers",
    suggest="take np.random.seed out of your file and draw from rng",
)
def seeds_np_random(X, Y, batch_size, rng):
    """np.random is seeded and used instead of rng: every epoch has the same mini-batches."""
    np.random.seed(0)
    p = np.random.permutation(X.shape[1])
    return [(X[:, p[i : i + batch_size]], Y[:, p[i : i + batch_size]]) for i in range(0, len(p), batch_size)]


@mistake(
    "random_mini_batches",
    caught_by="the_order_comes_from_the_generator_that_is_passed",
    read="README, conventions: random numbers",
    suggest="where does your function use the argument rng?",
)
def generator_of_its_own(X, Y, batch_size, rng):
    """A generator with a fixed seed is made inside the function: every epoch has the same mini-batches."""
    p = np.random.default_rng(0).permutation(X.shape[1])
    return [(X[:, p[i : i + batch_size]], Y[:, p[i : i + batch_size]]) for i in range(0, len(p), batch_size)]


@mistake(
    "random_mini_batches",
    caught_by="148_examples_make_batches_of_64_and_64_and_20",
    read="README, conventions: purity",
    suggest="rng.shuffle changes what it is given, and returns nothing; rng.permutation leaves it alone",
)
def shuffles_the_callers_arrays(X, Y, batch_size, rng):
    """The caller's own X is shuffled in place, and Y is not; take columns by number instead."""
    rng.shuffle(X, axis=1)
    return [(X[:, i : i + batch_size], Y[:, i : i + batch_size]) for i in range(0, X.shape[1], batch_size)]


@mistake(
    "random_mini_batches",
    caught_by="148_examples_make_batches_of_64_and_64_and_20",
    read="README, conventions: examples are columns",
    suggest="print X_batch.shape: (n_x, size) or (size, n_x)?",
)
def examples_become_rows(X, Y, batch_size, rng):
    """The mini-batches are transposed: their examples are rows."""
    p = rng.permutation(X.shape[1])
    return [(X.T[p[i : i + batch_size]], Y.T[p[i : i + batch_size]]) for i in range(0, len(p), batch_size)]


@mistake(
    "epoch_cost",
    caught_by="three_batches_of_64_and_64_and_20",
    covers="unweighted_mean",
    read="README §3",
    suggest="64 examples cost 0.5 on average and 1 example costs 9: is the mean over the 65 near 4.75?",
)
def unweighted_mean(batch_costs, batch_sizes):
    """All mini-batches count alike, so an example of the small last one counts for more than the others."""
    return float(np.mean(batch_costs))


@mistake(
    "epoch_cost",
    caught_by="three_batches_of_64_and_64_and_20",
    covers="divides_by_number_of_batches",
    read="F4 §1.1.3 (5) prints 1/k with k mini-batches: that is erratum E18, and you copied faithfully",
    suggest="the sum over all examples has to be divided by how many examples?",
)
def divides_by_number_of_batches(batch_costs, batch_sizes):
    """The sum over all examples is divided by the number of mini-batches instead of the number of examples."""
    return float(np.dot(batch_costs, batch_sizes) / len(batch_costs))


@mistake(
    "epoch_cost",
    caught_by="three_batches_of_64_and_64_and_20",
    read="README §3",
    suggest="if every example costs 0.5, what must J be?",
)
def never_divided(batch_costs, batch_sizes):
    """This is what all examples cost together; the mean over them was asked for."""
    return float(np.dot(batch_costs, batch_sizes))


@mistake(
    "epoch_cost",
    caught_by="three_batches_of_64_and_64_and_20",
    read="README §3",
    suggest="if every example costs 0.5, what must J be for three mini-batches?",
)
def costs_added_up(batch_costs, batch_sizes):
    """The costs of the mini-batches are added up, so J grows with their number."""
    return float(np.sum(batch_costs))


@mistake(
    "epoch_cost",
    caught_by="three_batches_of_64_and_64_and_20",
    read="README §3",
    suggest="the cost of a mini-batch is a mean already: what did its examples cost together?",
)
def sum_of_means_over_m(batch_costs, batch_sizes):
    """Means are added up and divided by m, as if they were sums over the examples."""
    return float(np.sum(batch_costs) / np.sum(batch_sizes))


@mistake(
    "epoch_cost",
    caught_by="three_batches_of_64_and_64_and_20",
    read="README §3",
    suggest="how many examples does the last mini-batch hold?",
)
def last_batch_taken_as_full(batch_costs, batch_sizes):
    """The sum is divided by number times size of the first mini-batch, as if the last one were full as well."""
    return float(np.dot(batch_costs, batch_sizes) / (len(batch_costs) * batch_sizes[0]))


@mistake(
    "epoch_cost",
    caught_by="three_batches_of_64_and_64_and_20",
    read="README §3",
    suggest="does your J change when the cost of the last mini-batch changes?",
)
def last_batch_left_out(batch_costs, batch_sizes):
    """The last mini-batch is left out when it is smaller, as if its examples did not belong to the epoch."""
    full = [i for i in range(len(batch_sizes)) if batch_sizes[i] == batch_sizes[0]]
    total = sum(batch_sizes[i] for i in full)
    return sum(batch_costs[i] * batch_sizes[i] for i in full) / total


@mistake(
    "ewa",
    caught_by="five_days_from_zero",
    covers=("weights_swapped", "ewma/betas-swapped"),
    read="F0, 指数加权平均数: beta belongs to yesterday's average",
    suggest="beta = 0.98 must be smoother than beta = 0.5: print both",
)
def weights_swapped(theta, beta, init="zero"):
    """beta and 1 - beta have changed places: a large beta forgets quickly instead of slowly."""
    v = theta[0] if init == "first" else 0.0
    averages = []
    for value in theta:
        v = (1 - beta) * v + beta * value
        averages.append(v)
    return np.array(averages, dtype=float)


@mistake(
    "ewa",
    caught_by="five_days_from_zero",
    covers=("first_vs_zero", "ewma/first-value-init"),
    read="F1 and F4 (6) start with the first value, F0 and F4 (7) with zero; `init` says which",
    suggest="print ewa([10, 20], 0.5, 'zero'): it must begin with 5",
)
def always_from_the_first_value(theta, beta, init="zero"):
    """`init` is ignored, and the average always starts at the first value."""
    v = theta[0]
    averages = []
    for value in theta:
        v = beta * v + (1 - beta) * value
        averages.append(v)
    return np.array(averages, dtype=float)


@mistake(
    "ewa",
    caught_by="five_days_from_the_first_value",
    covers="first_vs_zero",
    read="F1 and F4 (6) start with the first value, F0 and F4 (7) with zero; `init` says which",
    suggest="print ewa([10, 20], 0.5, 'first'): it must begin with 10",
)
def always_from_zero(theta, beta, init="zero"):
    """`init` is ignored, and the average always starts at zero."""
    v = 0.0
    averages = []
    for value in theta:
        v = beta * v + (1 - beta) * value
        averages.append(v)
    return np.array(averages, dtype=float)


@mistake(
    "ewa",
    caught_by="five_days_from_zero",
    covers="recompute_mean",
    read="F0, 指数加权平均数: the key equation",
    suggest="theta = [10, 0, 0, 0]: does an old day count as much as today?",
)
def plain_mean_so_far(theta, beta, init="zero"):
    """This is the plain mean of all days so far: nothing is forgotten, and beta plays no part."""
    return np.cumsum(theta) / np.arange(1, len(theta) + 1)


@mistake(
    "ewa",
    caught_by="five_days_from_zero",
    covers="ewma/missing-one-minus-beta",
    read="F0, 指数加权平均数: v = beta v + (1 - beta) theta",
    suggest="theta = np.ones(100), beta = 0.9: the average should come close to 1",
)
def value_not_weighted(theta, beta, init="zero"):
    """The new value is added with weight 1 instead of 1 - beta, so the average grows far beyond the values."""
    v = theta[0] if init == "first" else 0.0
    averages = []
    for day, value in enumerate(theta):
        if day > 0 or init != "first":
            v = beta * v + value
        averages.append(v)
    return np.array(averages, dtype=float)


@mistake(
    "ewa",
    caught_by="whole_numbers_have_averages_with_decimals",
    read="README, conventions: types",
    suggest="print np.zeros_like(np.array([1, 2])).dtype; what happens to 2.5 in such an array?",
)
def keeps_whole_numbers(theta, beta, init="zero"):
    """The averages are written to an array of whole numbers, and everything behind the point is lost."""
    averages = np.zeros_like(theta)
    v = theta[0] if init == "first" else 0.0
    for day, value in enumerate(theta):
        v = beta * v + (1 - beta) * value
        averages[day] = v
    return averages


@mistake(
    "ewa",
    caught_by="five_days_from_zero",
    read="the docstring: no bias correction here",
    suggest="the first entry must be (1 - beta) theta_1",
)
def corrected_unasked(theta, beta, init="zero"):
    """The bias is corrected already; that is the next exercise."""
    v = theta[0] if init == "first" else 0.0
    averages = []
    for day, value in enumerate(theta, start=1):
        v = beta * v + (1 - beta) * value
        averages.append(v if init == "first" else v / (1 - beta**day))
    return np.array(averages, dtype=float)


@mistake(
    "ewa",
    caught_by="a_single_warm_day_fades_day_by_day",
    read="F4 §1.2.1: the weights fall day by day, they do not break off",
    suggest="theta = [0, 10, 0, 0, …]: does the average fall day by day, or all at once?",
)
def mean_over_a_window(theta, beta, init="zero"):
    """This is the plain mean over the last 1/(1 - beta) days; it forgets all at once instead of little by little."""
    window = max(1, round(1 / (1 - beta)))
    return np.array([np.mean(theta[max(0, day + 1 - window) : day + 1]) for day in range(len(theta))])


@mistake(
    "ewa",
    caught_by="five_days_from_zero",
    read="the docstring: entry 0 is the average after the first day",
    suggest="print the first entry: has the first value been taken in?",
)
def one_day_late(theta, beta, init="zero"):
    """Each entry is written down before the day's value is taken in, so all averages are one day late."""
    v = theta[0] if init == "first" else 0.0
    averages = []
    for value in theta:
        averages.append(v)
        v = beta * v + (1 - beta) * value
    return np.array(averages, dtype=float)


@mistake(
    "ewa",
    caught_by="five_days_from_zero",
    read="the docstring: the average up to each of its days",
    suggest="print the shape of what you return: (T,) is asked for",
)
def last_day_only(theta, beta, init="zero"):
    """Only the average after the last day is given back; one entry for each day was asked for."""
    v = theta[0] if init == "first" else 0.0
    for value in theta:
        v = beta * v + (1 - beta) * value
    return float(v)


@mistake(
    "ewa",
    caught_by="a_single_warm_day_fades_day_by_day",
    read="F0, 指数加权平均数: v_(t-1), not theta_(t-1)",
    suggest="theta = [0, 10, 0, 0]: how long is the warm day remembered?",
)
def averages_two_days(theta, beta, init="zero"):
    """Today is averaged with yesterday's value instead of yesterday's average, so only two days are remembered."""
    averages = []
    for day, value in enumerate(theta):
        before = theta[day - 1] if day else (theta[0] if init == "first" else 0.0)
        averages.append(beta * before + (1 - beta) * value)
    return np.array(averages, dtype=float)


@mistake(
    "ewa",
    caught_by="five_days_from_zero",
    read="README, conventions: purity",
    suggest="call it, then print theta: it should be as before",
)
def overwrites_theta(theta, beta, init="zero"):
    """The averages are written into the caller's own series; make a new array."""
    v = theta[0] if init == "first" else 0.0
    for day in range(len(theta)):
        v = beta * v + (1 - beta) * theta[day]
        theta[day] = v
    return theta


@mistake(
    "ewa_bias_corrected",
    caught_by="two_days_with_beta_098",
    covers=("t_from_zero", "ewma/correction-zero-based"),
    read="F4 §1.2.1 (11): t = 1 on the first day",
    suggest="print 1 - beta**0",
)
def days_from_zero(theta, beta):
    """The days are counted from 0, so the first divisor is 1 - 1 = 0 and all others are a day behind."""
    v, corrected = 0.0, []
    for day, value in enumerate(np.asarray(theta, dtype=float)):
        v = beta * v + (1 - beta) * value
        corrected.append(np.divide(v, 1 - beta**day))
    return np.array(corrected)


@mistake(
    "ewa_bias_corrected",
    caught_by="two_days_with_beta_098",
    covers=("feeds_corrected_back", "ewma/correction-fed-back"),
    read="F4 §1.2.1 (11) writes v_t := v_t / (1 - beta^t); taken literally, as you did, it goes back into (10)",
    suggest="theta = np.full(3, 10.0), beta = 0.9: 10, 53.7, …? Keep v apart from what you return",
)
def feeds_corrected_back(theta, beta):
    """The corrected average goes into the next day's recursion, which corrects it once more."""
    v, corrected = 0.0, []
    for day, value in enumerate(theta, start=1):
        v = (beta * v + (1 - beta) * value) / (1 - beta**day)
        corrected.append(v)
    return np.array(corrected, dtype=float)


@mistake(
    "ewa_bias_corrected",
    caught_by="two_days_with_beta_098",
    covers=("beta_times_t", "ewma/correction-linear"),
    read="F4 §1.2.1 (11): beta to the power t",
    suggest="print 1 - beta * t for t = 20",
)
def beta_times_t(theta, beta):
    """beta is multiplied by t instead of raised to the power t; only the first day does not notice."""
    v, corrected = 0.0, []
    for day, value in enumerate(np.asarray(theta, dtype=float), start=1):
        v = beta * v + (1 - beta) * value
        corrected.append(np.divide(v, 1 - beta * day))
    return np.array(corrected)


@mistake(
    "ewa_bias_corrected",
    caught_by="five_days_are_right_from_the_first_on",
    read="F4 §1.2.1 (11)",
    suggest="print the first entry: it must be the first value",
)
def not_corrected(theta, beta):
    """This is the average from zero as it is; nothing has been corrected."""
    return ewa(theta, beta)  # noqa: F821


@mistake(
    "ewa_bias_corrected",
    caught_by="five_days_are_right_from_the_first_on",
    read="F4 §1.2.1 (11)",
    suggest="v is too small at first: does multiplying with a number below 1 help?",
)
def multiplied_instead(theta, beta):
    """v is multiplied by 1 - beta^t instead of divided by it, so what was too small becomes smaller still."""
    v = ewa(theta, beta)  # noqa: F821
    return v * (1 - beta ** np.arange(1, len(v) + 1))


@mistake(
    "ewa_bias_corrected",
    caught_by="five_days_are_right_from_the_first_on",
    read="F4 §1.2.1: (6) and (11) are two different remedies; take one of them",
    suggest="what do the weights add up to when the average starts at the first value?",
)
def first_value_and_corrected(theta, beta):
    """The average starts at the first value, where nothing has to be corrected, and is corrected all the same."""
    v = ewa(theta, beta, "first")  # noqa: F821
    return v / (1 - beta ** np.arange(1, len(v) + 1))


@mistake(
    "ewa_bias_corrected",
    caught_by="five_days_are_right_from_the_first_on",
    read="F4 §1.2.1: (6) and (11) are two different remedies",
    suggest="theta = [1, 2], beta = 0.98: the second entry is 1.505, not 1.02",
)
def first_value_instead(theta, beta):
    """The average starts at the first value instead of being corrected; for long the first value counts too much."""
    return ewa(theta, beta, "first")  # noqa: F821


@mistake(
    "ewa_bias_corrected",
    caught_by="five_days_are_right_from_the_first_on",
    read="F4 §1.2.1 (11): each day has its own t",
    suggest="print the divisor of each day: there should be T different ones",
)
def one_divisor_for_all_days(theta, beta):
    """All days are divided by the divisor of the last day, 1 - beta^T; each day has its own."""
    v = ewa(theta, beta)  # noqa: F821
    return v / (1 - beta ** len(v))


@mistake(
    "ewa_bias_corrected",
    caught_by="five_days_are_right_from_the_first_on",
    read="F4 §1.2.1 (11): beta to the power t",
    suggest="print the divisor of each day: it should grow towards 1",
)
def power_forgotten(theta, beta):
    """Every day is divided by 1 - beta: the power t is missing, so later days come out far too large."""
    return ewa(theta, beta) / (1 - beta)  # noqa: F821


@mistake(
    "ewa_bias_corrected",
    caught_by="two_days_with_beta_098",
    read="F4 §1.2.1 (11): t = 1 on the first day",
    suggest="print the divisor of the first day: it should be 1 - beta",
)
def days_from_two(theta, beta):
    """The days are counted one too far: the first is divided by 1 - beta^2."""
    v = ewa(theta, beta)  # noqa: F821
    return v / (1 - beta ** np.arange(2, len(v) + 2))


@mistake(
    "ewa_bias_corrected",
    caught_by="whole_numbers_have_corrected_averages_with_decimals",
    read="README, conventions: types",
    suggest="print np.zeros_like(np.array([1, 2])).dtype; what happens to 2.5 in such an array?",
)
def corrected_whole_numbers(theta, beta):
    """The averages are written to an array of whole numbers, and everything behind the point is lost."""
    v, corrected = 0.0, np.zeros_like(theta)
    for day, value in enumerate(theta):
        v = beta * v + (1 - beta) * value
        corrected[day] = v / (1 - beta ** (day + 1))
    return corrected


@mistake(
    "ewa_weights",
    caught_by="the_last_five_days",
    covers="reversed",
    read="the docstring: entry 0 is the weight of the newest value",
    suggest="which day counts most, today or the first?",
)
def oldest_first(beta, t):
    """The weights stand in the order of the series, the oldest first; the newest comes first here."""
    return (1 - beta) * beta ** np.arange(t - 1, -1, -1)


@mistake(
    "ewa_weights",
    caught_by="the_last_five_days",
    covers="no_(1-beta)",
    read="F4 §1.2.1, after (7), leaves 0.1 out of the weights: erratum E12. Included, they add up to 1 - beta^t",
    suggest="print weights.sum(): an average needs weights that add up to at most 1",
)
def factor_left_out(beta, t):
    """The factor 1 - beta is missing, so the weights add up to nearly 1 / (1 - beta)."""
    return beta ** np.arange(t)


@mistake(
    "ewa_weights",
    caught_by="the_weights_add_up_to_nearly_one",
    read="the docstring: the average that starts at zero, without correction",
    suggest="print weights.sum() for beta = 0.98 and t = 2: it is 0.0396",
)
def made_to_add_up_to_one(beta, t):
    """The weights are divided by their sum; these are the weights of the corrected average."""
    weights = beta ** np.arange(t)
    return weights / weights.sum()


@mistake(
    "ewa_weights",
    caught_by="the_last_five_days",
    read="F4 §1.2.1 (7): today counts 0.1",
    suggest="today's value has not been multiplied by beta yet: with which power does the list begin?",
)
def powers_from_one(beta, t):
    """The powers of beta start at 1 instead of 0, so every value counts as if it were a day older."""
    return (1 - beta) * beta ** np.arange(1, t + 1)


@mistake(
    "ewa_weights",
    caught_by="the_weights_add_up_to_nearly_one",
    read="F1 and F4 (6) start at the first value (E11), and there you are right; here the average starts at zero",
    suggest="print weights.sum() for t = 2: exactly 1, or 1 - beta^2?",
)
def oldest_keeps_the_rest(beta, t):
    """The oldest value gets all the weight that is left, as if the average had started at it and not at zero."""
    weights = (1 - beta) * beta ** np.arange(t, dtype=float)
    weights[-1] = beta ** (t - 1)
    return weights


@mistake(
    "ewa_weights",
    caught_by="the_last_five_days",
    read="F4 §1.2.1 (7)",
    suggest="beta = 0.9 remembers long: how much should today count, 0.1 or 0.9?",
)
def roles_swapped(beta, t):
    """beta and 1 - beta have changed places, so today counts beta and all else is forgotten at once."""
    return beta * (1 - beta) ** np.arange(t)


@mistake(
    "ewa_weights",
    caught_by="the_last_five_days",
    read="the docstring: shape (t,)",
    suggest="print the length: t values have t weights",
)
def one_weight_too_many(beta, t):
    """There is one weight more than there are values."""
    return (1 - beta) * beta ** np.arange(t + 1)


@mistake(
    "ewa_weights",
    caught_by="the_last_five_days",
    read="F4 §1.2.1 (7): a power for each day",
    suggest="print weights[2] / weights[1] and weights[1] / weights[0]: both are beta",
)
def falls_along_a_line(beta, t):
    """The weights fall by the same amount each day instead of by the same factor."""
    return (1 - beta) * np.maximum(0, 1 - (1 - beta) * np.arange(t))


@mistake(
    "effective_window",
    caught_by="ten_days_and_fifty_days",
    covers="1/beta",
    read="F4 §1.2.1 (8), with ε = 1 - beta",
    suggest="which beta remembers longer, 0.5 or 0.98? Print both windows",
)
def one_over_beta(beta):
    """The window is taken as 1 / beta, which shrinks where the memory grows."""
    window = 1 / beta if beta else float("inf")
    return window, beta**window


@mistake(
    "effective_window",
    caught_by="close_to_one_a_little_makes_much",
    covers="returns_int",
    read="the docstring: not rounded",
    suggest="print effective_window(0.9005): 10 or 10.05?",
)
def whole_days(beta):
    """The window is rounded to whole days; it is a measure and not a count."""
    window = round(1 / (1 - beta))
    return window, beta**window


@mistake(
    "effective_window",
    caught_by="ten_days_and_fifty_days",
    read="F4 §1.2.1 (8): 1/e is the limit, about 1/3 is what is left after 10 days",
    suggest="print 0.9**10 and 1/e",
)
def always_one_over_e(beta):
    """1/e is given for every beta; that is the limit for a long memory, and a short one has less left."""
    return 1 / (1 - beta), float(np.exp(-1))


@mistake(
    "effective_window",
    caught_by="ten_days_and_fifty_days",
    read="the docstring: as a fraction of the weight of the newest value",
    suggest="what does today count, for beta = 0.9? Divide by that",
)
def the_weight_itself(beta):
    """This is the weight itself, (1 - beta) beta^days; asked for is how much of today's weight, 1 - beta, is left."""
    window = 1 / (1 - beta)
    return window, (1 - beta) * beta**window


@mistake(
    "effective_window",
    caught_by="ten_days_and_fifty_days",
    read="the docstring: first the window, then what is left",
    suggest="which of the two numbers can be more than 1?",
)
def left_before_window(beta):
    """The two numbers have changed places."""
    window = 1 / (1 - beta)
    return beta**window, window


@mistake(
    "effective_window",
    caught_by="ten_days_and_fifty_days",
    read="F4 §1.2.1 (8): its ε is 1 - beta",
    suggest="put ε = 1 - beta into (1 - ε)^(1/ε): what stands in the bracket?",
)
def epsilon_taken_as_beta(beta):
    """Equation 8 is used with beta in the place of ε, but ε is 1 - beta."""
    return 1 / (1 - beta), (1 - beta) ** (1 / beta) if beta else float(np.exp(-1))


@mistake(
    "effective_window",
    caught_by="ten_days_and_fifty_days",
    read="F4 §1.2.1, the paragraph on 10 and 50 days",
    suggest="after how many days is half of a weight left, for beta = 0.9? That is another measure",
)
def half_life(beta):
    """This is the number of days after which half of a weight is left; another measure of memory was asked for."""
    days = float(np.log(0.5) / np.log(beta)) if beta else 1.0
    return days, beta**days


@mistake(
    "effective_window",
    caught_by="ten_days_and_fifty_days",
    read="the docstring: what is left of a weight",
    suggest="for beta = 0.9 it should be about a third, not two thirds",
)
def what_is_gone(beta):
    """The second number is what has been forgotten by then, instead of what is left."""
    window = 1 / (1 - beta)
    return window, 1 - beta**window
