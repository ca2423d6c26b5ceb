"""What a08_batches asks of a student's batches.py.

The order of the examples is random, so mini-batches are judged by what holds for every order. A right solution fails
a statistical check of this room less than once in a hundred million.
"""

import math

import numpy as np

from autograder.checking import (
    RecordingRNG,
    ScriptedRNG,
    SeededRNG,
    assert_close,
    assert_fraction,
    assert_shape,
    exercise,
    hidden,
    law,
    points,
    public,
    require,
    see,
    suggest,
)

TEMPERATURES = np.array([40.0, 49.0, 45.0, 44.0, 50.0])
# What is built on an average may be built on one in single precision.
RTOL = 1e-5
PAIRS = "random_mini_batches must give a list of pairs: X_batch, Y_batch"


def numbered(m, rows=3, classes=1):
    """m examples and their labels; the first row of both tells which example a column is."""
    numbers = np.arange(1.0, m + 1)
    X = np.stack([numbers + 1000 * row for row in range(rows)])
    return X, np.stack([numbers * (row + 1) for row in range(classes)])


def seeded(rng):
    """A generator for the student, with a seed that depends on the check."""
    return SeededRNG(int(rng.integers(2**31)))


def dealt(result, X, Y):
    """The pairs of a deal, each a matrix of examples and a matrix of as many labels."""
    right = isinstance(result, list | tuple) and len(result) > 0
    right = right and all(isinstance(pair, list | tuple) and len(pair) >= 2 for pair in result)
    require(right, PAIRS, safe=PAIRS)
    for X_batch, Y_batch, *_ in result:
        size = X_batch.shape[-1] if isinstance(X_batch, np.ndarray) and X_batch.ndim else 0
        assert_shape(X_batch, (len(X), size), name="X_batch", axes="(n_x, size)")
        assert_shape(Y_batch, (len(Y), size), name="Y_batch", axes="(k, size)")
    return [(X_batch, Y_batch) for X_batch, Y_batch, *_ in result]


def deal(student, X, Y, batch_size, rng):
    """Let the student deal, and look at the form of what comes back."""
    return dealt(student.random_mini_batches(X, Y, batch_size, rng), X, Y)


def judge_sizes(pairs, expected):
    """Compare the sizes of the mini-batches, in their order."""
    sizes = ", ".join(str(X_batch.shape[1]) for X_batch, _ in pairs[:9]) + ", …" * (len(pairs) > 9)
    right = [X_batch.shape[1] for X_batch, _ in pairs] == expected
    require(
        right,
        "there are {count} mini-batches of {sizes} examples; expected {number} of {expected}",
        safe="the mini-batches have other sizes, or there is another number of them",
        count=len(pairs),
        sizes=sizes,
        number=len(expected),
        expected=", ".join(map(str, expected)),
    )


def judge_partition(pairs, X):
    """Every column of X stands in exactly one mini-batch."""
    seen = np.concatenate([X_batch for X_batch, _ in pairs], axis=1)
    known = {tuple(column) for column in X.T.tolist()}
    found = [tuple(column) for column in seen.T.tolist()]
    strange, different = sum(column not in known for column in found), len(known & set(found))
    safe = "some examples are missing, come twice, or have been changed"
    require(strange == 0, "{strange} columns are no example at all", safe=safe, strange=strange)
    require(
        different == len(known) == len(found),
        "{different} of {m} examples came, {repeated} of them more than once",
        safe=safe,
        different=different,
        m=len(known),
        repeated=sum(found.count(column) > 1 for column in set(found)),
    )


def judge_labels(pairs, X, Y):
    """Every column of X comes with the label that it had."""
    label_of = {tuple(x): y for x, y in zip(X.T.tolist(), Y.T.tolist(), strict=True)}
    wrong = total = 0
    for X_batch, Y_batch in pairs:
        for x, y in zip(X_batch.T.tolist(), Y_batch.T.tolist(), strict=True):
            total += 1
            wrong += label_of.get(tuple(x)) != y
    require(
        wrong == 0 < total,
        "{wrong} of {total} examples came with a label that is not theirs",
        safe="examples came with labels that are not theirs",
        wrong=wrong,
        total=total,
    )


def block_sizes(m, batch_size):
    """Full mini-batches, and the rest."""
    return [batch_size] * (m // batch_size) + [m % batch_size] * (m % batch_size > 0)


@exercise("plan_batches")
@law("number = m / batch_size where that is a whole number")
@points(0.5)
@public
@see("F0, Mini-batch梯度下降法: 500 万 / 1000 = 5000")
@suggest("how many boxes of 16 do you need for 144 eggs? Is there an empty one among them?")
def test_five_million_examples_make_five_thousand_batches(student):
    """Where nothing is left over, all mini-batches are full and none is empty."""
    assert_close(student.plan_batches(5_000_000, 1000), (1000, 5000), name="plan_batches(5000000,1000)")
    assert_close(student.plan_batches(144, 16), (16, 9), name="plan_batches(144,16)")


@exercise("plan_batches")
@law("number = m / batch_size, rounded up")
@points(0.5)
@public
@see("F4 §1.1.3 (3): k = m/T has to be a whole number")
@suggest("deal 148 cards in heaps of 64 and count the heaps")
def test_what_is_left_over_makes_a_batch_of_its_own(student):
    """The rest of the examples wants to be learnt from too: 148 are 64 + 64 + 20."""
    assert_close(student.plan_batches(140, 11), (11, 13), name="plan_batches(140,11)")
    assert_close(student.plan_batches(148, 64), (64, 3), name="plan_batches(148,64)")


@exercise("plan_batches")
@law("no size given: all m for a small set, 64 for a large one")
@points(0.25)
@public
@see("F1, 大小选择; F4 §1.1.3, mini-batch 大小的选择")
@suggest("print plan_batches(1237) and plan_batches(5003)")
def test_the_size_follows_the_rule_of_thumb_when_none_is_given(student):
    """A small set fits into one batch; a large one is cut into mini-batches of 64."""
    assert_close(student.plan_batches(1237), (1237, 1), name="plan_batches(1237)")
    assert_close(student.plan_batches(5003), (64, 79), name="plan_batches(5003)")


@exercise("plan_batches")
@law("no size given: m = 2000 is one batch, m = 2001 is not")
@points(0.25)
@public
@see("README, conventions: 2000 examples; F1 and F4 say m ≤ 2000, F0 says fewer than 2000 (erratum E27)")
@suggest("compare with <= or with < ? The README says which")
def test_two_thousand_examples_are_still_one_batch(student):
    """Which side 2000 itself belongs to is a convention, and only this check depends on it."""
    assert_close(student.plan_batches(2001), (64, 32), name="plan_batches(2001)")
    assert_close(student.plan_batches(2000), (2000, 1), name="plan_batches(2000)")


@exercise("plan_batches")
@law("size 1 makes m batches, size m makes one")
@points(0.25)
@public
@see("F0, Mini-batch梯度下降法: size m is batch gradient descent, size 1 is stochastic gradient descent")
@suggest("print plan_batches(137, 1) and plan_batches(137, 137)")
def test_the_two_ends_are_stochastic_and_batch_descent(student):
    """One example a batch is stochastic gradient descent, all of them in one is batch gradient descent."""
    assert_close(student.plan_batches(137, 1), (1, 137), name="plan_batches(137,1)")
    assert_close(student.plan_batches(137, 137), (137, 1), name="plan_batches(137,137)")


@exercise("plan_batches")
@law("as the reference, for any m and size")
@points(0.25)
@hidden
@suggest("try sizes that leave 1 over, and sizes that leave size - 1 over")
def test_other_sets_and_other_sizes(student, oracle, rng):
    """Fresh numbers, among them a size larger than the set: that is one batch, and not none."""
    size = int(rng.integers(17, 90))
    m = size * int(rng.integers(3, 40)) + int(rng.integers(1, size))
    assert_close(student.plan_batches(m, size), oracle.plan_batches(m, size), name="plan_batches(m,size)")
    few = student.plan_batches(size, size + m)
    require(isinstance(few, list | tuple) and len(few) >= 2, "plan_batches must give two numbers: size and number")
    assert_close(few[1], 1, name="number")


@exercise("random_mini_batches")
@law("148 examples in mini-batches of 64: 64, 64 and 20")
@points(0.5)
@public
@see("F0, Mini-batch梯度下降法; F4 §1.1.3 (3)-(4)")
@suggest("print [X_batch.shape for X_batch, Y_batch in random_mini_batches(X, Y, 64, rng)]")
def test_148_examples_make_batches_of_64_and_64_and_20(student, rng):
    """Full mini-batches as long as the examples last, and what is left over in one of its own."""
    X, Y = numbered(148)
    judge_sizes(deal(student, X, Y, 64, seeded(rng)), [64, 64, 20])


@exercise("random_mini_batches")
@law("every column of X stands in exactly one mini-batch")
@points(0.75)
@public
@see("F4 §1.1.3 (3)-(4): the mini-batches together are X")
@suggest("X = np.arange(10.0).reshape(1, 10): glue the batches together again and sort them")
def test_every_example_comes_exactly_once(student, rng):
    """An epoch looks at each example once: none is lost, none comes twice."""
    X, Y = numbered(59)
    judge_partition(deal(student, X, Y, 13, seeded(rng)), X)


@exercise("random_mini_batches")
@law("column j of Y goes where column j of X goes")
@points(0.75)
@public
@see("F0, Mini-batch梯度下降法: 对 Y 也要进行相同处理")
@suggest("X = Y = np.arange(10.0).reshape(1, 10): every X_batch must equal its Y_batch")
def test_every_example_keeps_its_label(student, rng):
    """A label that belongs to somebody else teaches nonsense."""
    X, Y = numbered(59)
    judge_labels(deal(student, X, Y, 13, seeded(rng)), X, Y)


@exercise("random_mini_batches")
@law("batch number i holds columns i·size, i·size + 1, … of the new order")
@points(0.5)
@public
@see("the docstring: rng.permutation(m), called once; F4 §1.1.3 (4)")
@suggest("follow the example in the docstring by hand: order 2, 0, 1, mini-batches of 2")
def test_a_known_order_gives_known_batches(student, oracle):
    """Where the order of eleven examples is known, the batches are; other ways to shuffle are judged by the laws."""
    X, Y = numbered(11)
    rng = ScriptedRNG(permutation=[np.array([6, 2, 9, 0, 10, 3, 8, 5, 1, 7, 4])])
    pairs = deal(student, X, Y, 4, rng)
    judge_sizes(pairs, [4, 4, 3])
    if list(rng.log) == [("permutation", (11,))]:
        assert_close(pairs[0][0][0], np.array([7.0, 3.0, 10.0, 1.0]), name="X_batch[0]")
        assert_close(pairs, oracle.random_mini_batches(X, Y, 4, rng), name="batches")
    else:
        judge_partition(pairs, X)
        judge_labels(pairs, X, Y)
        # Eleven examples keep their order by chance once in forty million deals.
        order = np.concatenate([X_batch[0] for X_batch, _ in pairs])
        require(not np.array_equal(order, X[0]), "the examples come in their old order; expected a new one")


@exercise("random_mini_batches")
@law("every example has the same chance to come into the first mini-batch")
@points(0.5)
@public
@see("README, conventions: one new order for all columns")
@suggest("X = np.arange(600.0).reshape(1, 600), size 200: print the first batch. From where do its examples come?")
def test_examples_are_dealt_from_the_whole_set(student, rng):
    """Sorted data would make mini-batches of one kind; so all examples are shuffled, and not within their batch."""
    X, Y = numbered(600)
    pairs = deal(student, X, Y, 200, seeded(rng))
    early = np.isin(np.arange(1.0, 201.0), pairs[0][0][0])
    rules = {"no shuffling across batches": 1.0, "whole batches shuffled": 0.0}
    assert_fraction(early, 1 / 3, name="early examples in the first batch", sigmas=6, candidates=rules)
    order = np.concatenate([X_batch[0] for X_batch, _ in pairs])
    # About one pair of neighbours stays together by chance; more than a dozen has probability 1e-10.
    together = int(np.sum(np.diff(order) == 1))
    require(
        together <= 12,
        "{together} examples still stand next to the one that followed them before; expected about 1",
        together=together,
    )


@exercise("random_mini_batches")
@law("same state of rng, same deal; another state, another deal")
@points(0.5)
@public
@see("README, conventions: random numbers")
@suggest("call it with np.random.default_rng(0) twice, then with default_rng(1): which deals are equal?")
def test_the_order_comes_from_the_generator_that_is_passed(student):
    """Equal seeds give equal mini-batches, other seeds others, and np.random keeps its state."""
    X, Y = numbered(31)
    generators = [RecordingRNG(seed) for seed in (11, 11, 12)]
    deals = [deal(student, X, Y, 7, generator) for generator in generators]
    first, again, other = (np.concatenate([X_batch[0] for X_batch, _ in pairs]) for pairs in deals)
    require(np.array_equal(first, again), "the same seed gave two different orders; expected equal ones")
    require(not np.array_equal(first, other), "two different seeds gave the same order; expected different ones")
    touched = any(generator.global_state_touched for generator in generators)
    require(not touched, "the state of np.random has changed; expected all draws to come from the argument rng")


@exercise("random_mini_batches")
@law("batch_size divides m: all mini-batches are full")
@points(0.25)
@public
@see("the docstring: the last mini-batch is never empty")
@suggest("60 examples, mini-batches of 12: how many examples are left over?")
def test_nothing_left_over_makes_no_empty_batch(student, rng):
    """Where the size divides m there is no rest, and so no mini-batch for it."""
    X, Y = numbered(60)
    judge_sizes(deal(student, X, Y, 12, seeded(rng)), [12] * 5)


@exercise("random_mini_batches")
@law("batch_size > m: one mini-batch with all examples")
@points(0.25)
@public
@see("the docstring: batch_size may be more than m")
@suggest("call it with 5 examples and batch_size 8")
def test_few_examples_make_one_batch(student, rng):
    """A mini-batch larger than the set takes in everything there is."""
    X, Y = numbered(5)
    pairs = deal(student, X, Y, 8, seeded(rng))
    judge_sizes(pairs, [5])
    judge_partition(pairs, X)
    judge_labels(pairs, X, Y)


@exercise("random_mini_batches")
@law("Y may have any number of rows")
@points(0.25)
@public
@see("the docstring: Y has one row, or C rows when it is one-hot")
@suggest("print the shape of Y_batch for Y of shape (4, 23)")
def test_one_hot_labels_keep_their_rows(student, rng):
    """With C classes a label is a column of C numbers, and it travels as a whole."""
    X, Y = numbered(23, rows=2, classes=4)
    pairs = deal(student, X.astype(int), Y.astype(int), 5, seeded(rng))
    judge_sizes(pairs, [5, 5, 5, 5, 3])
    judge_labels(pairs, X, Y)


@exercise("random_mini_batches")
@law("sizes, examples and labels are right for any shapes")
@points(0.75)
@hidden
@suggest("try other numbers of examples, features and classes, and other sizes")
def test_other_sets_of_examples(student, rng):
    """Fresh examples, fresh labels, fresh sizes."""
    size = int(rng.choice([3, 5, 11, 13]))
    m = size * int(rng.integers(2, 6)) + int(rng.integers(1, size))
    X = rng.normal(size=(int(rng.integers(2, 6)), m))
    Y = rng.integers(0, 9, size=(int(rng.integers(1, 4)), m))
    pairs = deal(student, X, Y, size, seeded(rng))
    judge_sizes(pairs, block_sizes(m, size))
    X_seen = np.concatenate([X_batch for X_batch, _ in pairs], axis=1)
    Y_seen = np.concatenate([Y_batch for _, Y_batch in pairs], axis=1)
    assert_close(np.sort(X_seen[0]), np.sort(X[0]), name="sorted first features")
    assert_close(X_seen[:, np.argsort(X_seen[0])], X[:, np.argsort(X[0])], name="examples in the order of X[0]")
    assert_close(Y_seen[:, np.argsort(X_seen[0])], Y[:, np.argsort(X[0])], name="labels in the order of X[0]")


@exercise("epoch_cost")
@law("J = sum of size times cost, over the sum of the sizes")
@points(0.5)
@public
@see("F0, Mini-batch梯度下降法: J of a mini-batch is a mean over its own examples; F4 §1.1.3 (5), with erratum E18")
@suggest("what did the 64 examples of the first batch cost together? And the 20 of the last?")
def test_three_batches_of_64_and_64_and_20(student):
    """A mini-batch of 20 examples has less to say about the mean than one of 64."""
    J = student.epoch_cost([0.5, 0.3, 0.9], [64, 64, 20])
    assert_close(J, 0.4675675676, name="J", rtol=1e-9, known={"k": 3, "m": 148})


@exercise("epoch_cost")
@law("the epoch's cost is the mean over all examples, however they were dealt")
@points(0.5)
@public
@see("F0, Mini-batch梯度下降法; README §3")
@suggest("make 10 losses, take means over batches of 4, 4 and 2, and compare epoch_cost with the mean of the 10")
def test_it_is_the_mean_over_all_examples(student, rng):
    """Dealing the examples out and putting their costs together again must change nothing."""
    losses = rng.uniform(0.1, 3.0, size=29)
    batches = np.split(losses, [13, 24])
    J = student.epoch_cost([float(batch.mean()) for batch in batches], [batch.size for batch in batches])
    assert_close(J, float(losses.mean()), name="J", known={"k": 3, "m": 29})


@exercise("epoch_cost")
@law("a batch of 1 among 1025 examples moves J by a thousandth of its surplus")
@points(0.25)
@public
@see("README §3")
@suggest("by how much does one example in a thousand move the mean?")
def test_a_tiny_last_batch_hardly_counts(student):
    """One unlucky example in the last mini-batch does not spoil the epoch."""
    J = student.epoch_cost([0.4, 0.4, 5.0], [512, 512, 1])
    assert_close(J, 0.4044878049, name="J", rtol=1e-9, known={"k": 3, "m": 1025})


@exercise("epoch_cost")
@law("a batch cut in two, both with its cost, leaves J as it is")
@points(0.25)
@public
@see("README §3")
@suggest("print both costs: [0.5, 2] with sizes [30, 7], and [0.5, 0.5, 2] with sizes [19, 11, 7]")
def test_cutting_a_batch_in_two_changes_nothing(student):
    """What counts is how many examples cost how much, not in how many heaps they lie."""
    whole, cut = student.epoch_cost([0.5, 2.0], [30, 7]), student.epoch_cost([0.5, 0.5, 2.0], [19, 11, 7])
    assert_shape(whole, np.shape(whole) if np.size(whole) == 1 else (), name="J")
    assert_close(cut, whole, name="J of the cut batches")
    assert_close(whole, 29 / 37, name="J of the whole batches", known={"k": 2, "m": 37})


@exercise("epoch_cost")
@law("as the reference, for any costs and sizes")
@points(0.5)
@hidden
@suggest("try another number of batches, and one batch alone")
def test_other_epochs(student, oracle, rng):
    """Fresh costs and sizes; and an epoch of one mini-batch costs what that one costs."""
    costs, sizes = rng.uniform(0.1, 3.0, size=5).tolist(), rng.integers(11, 90, size=5).tolist()
    assert_close(student.epoch_cost(costs, sizes), oracle.epoch_cost(costs, sizes), name="J")
    assert_close(student.epoch_cost(costs[:1], sizes[:1]), costs[0], name="J of one batch")


@exercise("ewa")
@law("v_t = beta v_(t-1) + (1 - beta) theta_t, v_0 = 0")
@points(0.5)
@public
@see("F0, 指数加权平均数; F4 §1.2.1 (7)")
@suggest("the first day: 0.9 · 0 + 0.1 · 40. And the second?")
def test_five_days_from_zero(student):
    """From zero the average has to climb first, so the first days come out far too low."""
    v = student.ewa(TEMPERATURES, 0.9)
    assert_close(v, np.array([4, 8.5, 12.15, 15.335, 18.8015]), name="v", known={"beta": 0.9, "1-beta": 0.1})


@exercise("ewa")
@law('init = "first": v_1 = theta_1, then the same rule')
@points(0.5)
@public
@see("F1, 指数加权平均; F4 §1.2.1 (6)")
@suggest("the first day: 40 itself. The second: 0.9 · 40 + 0.1 · 49")
def test_five_days_from_the_first_value(student):
    """Starting at the first value, the average is in the right region from the beginning."""
    v = student.ewa(TEMPERATURES, 0.9, "first")
    assert_close(v, np.array([40, 40.9, 41.31, 41.579, 42.4211]), name="v", known={"beta": 0.9, "1-beta": 0.1})


@exercise("ewa")
@law('a value c each day: c with "first", c (1 - beta^t) with "zero"')
@points(0.25)
@public
@see("F4 §1.2.1 (6)-(7)")
@suggest("theta = np.full(5, 6.0): print both averages")
def test_a_constant_series_stays_or_is_approached(student):
    """Where the weather never changes, the average is that weather; from zero it only comes closer day by day."""
    theta = np.full(4, 6.0)
    assert_close(student.ewa(theta, 0.8, init="first"), theta, name="v")
    assert_close(student.ewa(theta, 0.8, init="zero"), np.array([1.2, 2.16, 2.928, 3.5424]), name="v")
    assert_close(student.ewa(np.ones(2), 0.98), np.array([0.02, 0.0396]), name="v")


@exercise("ewa")
@law("one value of 10 counts 10 (1 - beta), and each day after that beta times as much")
@points(0.5)
@public
@see("F4 §1.2.1 (7): the weights 0.1, 0.1·0.9, 0.1·0.9², …")
@suggest("theta = np.array([0, 10.0, 0, 0, 0]): print v[k + 1] / v[k]")
def test_a_single_warm_day_fades_day_by_day(student):
    """One warm day among cold ones shows how the average forgets: by the factor beta each day."""
    warm = np.array([0.0, 10.0, 0.0, 0.0, 0.0])
    assert_close(student.ewa(warm, 0.98), np.array([0, 0.2, 0.196, 0.19208, 0.1882384]), name="v")
    assert_close(student.ewa(warm[1:], 0.7, "first"), np.array([10, 7, 4.9, 3.43]), name="v")


@exercise("ewa")
@law('with "first", the average of 1.8 c + 32 is 1.8 times the average of c, plus 32')
@points(0.25)
@public
@see("F1, 指数加权平均: the weights add up to one")
@suggest("average [0, 10, 20] in degrees Celsius, then [32, 50, 68] in Fahrenheit, and convert the results")
def test_celsius_or_fahrenheit_is_the_same_average(student, rng):
    """Convert and then average, or average and then convert: the weather is the same; and smoother than its days."""
    celsius = rng.uniform(-9, 31, size=13)
    v, fahrenheit = student.ewa(celsius, 0.85, "first"), student.ewa(1.8 * celsius + 32, 0.85, "first")
    assert_shape(v, (13,), name="v", axes="(T,)")
    assert_close(fahrenheit, 1.8 * v + 32, name="v in Fahrenheit")
    jumps, smooth = np.abs(np.diff(celsius)).sum(), np.abs(np.diff(v)).sum()
    require(
        smooth < 0.5 * jumps,
        "the average goes up and down by {smooth:.4g} in all, the days by {jumps:.4g}; expected it to be much smoother",
        smooth=smooth,
        jumps=jumps,
    )


@exercise("ewa")
@law("whole numbers in, float64 out")
@points(0.25)
@public
@see("README, conventions: types")
@suggest("print ewa(np.array([3, 8, 1]), 0.7).dtype")
def test_whole_numbers_have_averages_with_decimals(student):
    """Days may be whole numbers; their average is not."""
    v = student.ewa(np.array([3, 8, 1]), 0.7)
    assert_close(v, np.array([0.9, 3.03, 2.421]), name="v")


@exercise("ewa")
@law("as the reference, for any series and beta, with both beginnings")
@points(0.5)
@hidden
@suggest("try another beta, a series of one value, and both beginnings")
def test_other_series(student, oracle, rng):
    """Fresh series and betas, also a series of one day."""
    for T, init in ((int(rng.integers(9, 20)), "zero"), (int(rng.integers(9, 20)), "first"), (1, "zero")):
        theta, beta = rng.normal(5, 9, size=T), rng.uniform(0.55, 0.95)
        assert_close(student.ewa(theta, beta, init), oracle.ewa(theta, beta, init), name="v")


@exercise("ewa")
@law('"first" minus "zero" is theta_1 beta^t')
@points(0.25)
@public
@see("F4 §1.2.1 (6)-(7): the two beginnings")
@suggest("print ewa(theta, 0.9, 'first') - ewa(theta, 0.9, 'zero'), and divide each number by the one before")
def test_the_two_beginnings_come_together(student, rng):
    """How the average began is forgotten too, by the factor beta each day."""
    theta = rng.uniform(3, 9, size=7)
    first, zero = student.ewa(theta, 0.6, "first"), student.ewa(theta, 0.6, "zero")
    assert_shape(first, (7,), name="v", axes="(T,)")
    assert_shape(zero, (7,), name="v", axes="(T,)")
    assert_close(first - zero, theta[0] * 0.6 ** np.arange(1, 8), name="first-zero")


@exercise("ewa_bias_corrected")
@law("beta = 0.98: divide by 0.02 on the first day, by 0.0396 on the second")
@points(0.5)
@public
@see("F0, 指数加权平均数, with erratum E06: 0.0396 is the divisor 1 - 0.98², not the average")
@suggest("theta = [1, 2]: v_2 = 0.98 · 0.02 + 0.02 · 2 = 0.0596; what is it divided by?")
def test_two_days_with_beta_098(student):
    """Two days of 1 average to 1, however long the memory; and 1 followed by 2 to a little more than 1.5."""
    assert_close(student.ewa_bias_corrected(np.ones(2), 0.98), np.ones(2), name="corrected", rtol=RTOL)
    corrected = student.ewa_bias_corrected(np.array([1.0, 2.0]), 0.98)
    assert_close(corrected, np.array([1.0, 0.0596 / 0.0396]), name="corrected", rtol=RTOL, known={"beta": 0.98})


@exercise("ewa_bias_corrected")
@law("v_t / (1 - beta^t), t = 1, 2, 3, …")
@points(0.75)
@public
@see("F4 §1.2.1 (11)")
@suggest("v is 4, 8.5, 12.15, …; divide by 0.1, by 0.19, by 0.271, …")
def test_five_days_are_right_from_the_first_on(student):
    """The average that started at zero is far too low at first; corrected it is not."""
    expected = np.array([40, 44.7368421, 44.8339483, 44.591451, 45.9121877])
    assert_close(student.ewa_bias_corrected(TEMPERATURES, 0.9), expected, name="corrected", rtol=RTOL)


@exercise("ewa_bias_corrected")
@law("c each day: the corrected average is c from the first day on")
@points(0.5)
@public
@see("F4 §1.2.1: 偏差修正")
@suggest("theta = np.full(6, 7.0): every entry must be 7. Print what you divide by")
def test_a_constant_series_is_its_own_average(student):
    """Where the weather never changes every average is that weather, and a jump on the last day shows its weight."""
    theta = np.array([7.0, 7.0, 7.0, 7.0, 7.0, 107.0])
    jump = 100 * 0.2 / (1 - 0.8**6)
    corrected = student.ewa_bias_corrected(theta, 0.8)
    assert_close(corrected, np.array([7, 7, 7, 7, 7, 7 + jump]), name="corrected", rtol=RTOL)


@exercise("ewa_bias_corrected")
@law("for large t the correction does nothing")
@points(0.25)
@public
@see("F0, 指数加权平均数: 当 t 很大的时候，偏差修正几乎没有作用")
@suggest("print 1 - 0.9**t for t = 1, 10, 100")
def test_the_correction_is_forgotten_with_time(student, oracle, rng):
    """After two hundred days nobody knows any more that the average once started at zero."""
    theta = rng.uniform(3, 9, size=200)
    corrected, v = student.ewa_bias_corrected(theta, 0.9), oracle.ewa(theta, 0.9)
    assert_shape(corrected, (200,), name="corrected", axes="(T,)")
    assert_close(corrected[0], theta[0], name="corrected[0]", rtol=RTOL)
    assert_close(corrected[180:], v[180:], name="corrected[180:]", rtol=RTOL)


@exercise("ewa_bias_corrected")
@law("whole numbers in, float64 out")
@points(0.25)
@public
@see("README, conventions: types")
@suggest("print ewa_bias_corrected(np.array([3, 8, 1]), 0.7).dtype")
def test_whole_numbers_have_corrected_averages_with_decimals(student):
    """Days may be whole numbers; their average is not."""
    corrected = student.ewa_bias_corrected(np.array([3, 8, 1]), 0.7)
    assert_close(corrected, np.array([3, 3.03 / 0.51, 2.421 / 0.657]), name="corrected", rtol=RTOL)


@exercise("ewa_bias_corrected")
@law("as the reference, for any series and beta")
@points(0.75)
@hidden
@suggest("try another beta, and a series of one value")
def test_other_series_corrected(student, oracle, rng):
    """Fresh series and betas, also a series of one day."""
    for T in (int(rng.integers(9, 20)), 1):
        theta, beta = rng.normal(5, 9, size=T), rng.uniform(0.55, 0.95)
        expected = oracle.ewa_bias_corrected(theta, beta)
        assert_close(student.ewa_bias_corrected(theta, beta), expected, name="corrected", rtol=RTOL)


@exercise("ewa_weights")
@law("(1 - beta) beta^k for a value of k days ago")
@points(0.5)
@public
@see("F4 §1.2.1 (7): 0.1, 0.1·0.9, 0.1·0.9², …")
@suggest("write v_3 out, with v_2 and then v_1 put in: what stands before theta_3, theta_2, theta_1?")
def test_the_last_five_days(student):
    """Today counts 0.1, yesterday 0.09, the day before 0.081: the newest value comes first."""
    weights = student.ewa_weights(0.9, 5)
    expected = np.array([0.1, 0.09, 0.081, 0.0729, 0.06561])
    assert_close(weights, expected, name="weights", rtol=RTOL, known={"beta": 0.9, "1-beta": 0.1})


@exercise("ewa_weights")
@law("the weights of t values add up to 1 - beta^t")
@points(0.5)
@public
@see("F4 §1.2.1, after (7), with erratum E12: they add up to 1 - beta^t, the factor 1 - beta included")
@suggest("print ewa_weights(0.9, t).sum() for t = 1, 2, 10, 100")
def test_the_weights_add_up_to_nearly_one(student):
    """After two days with beta 0.98 they add up to 0.0396 only, after a hundred with 0.9 to 1 but for 0.00003."""
    for beta, t, total in ((0.98, 2, 0.0396), (0.9, 100, 0.9999734386)):
        weights = student.ewa_weights(beta, t)
        assert_shape(weights, (t,), name="weights", axes="(t,)")
        assert_close(weights.sum(), total, name="weights.sum()", rtol=RTOL)


@exercise("ewa_weights")
@law("sum of weight times value, the newest first, is the average from zero")
@points(0.5)
@public
@see("F1, 指数加权平均: S_100 = 0.1 Y_100 + 0.1·0.9 Y_99 + …")
@suggest("compare weights @ theta[::-1] with ewa(theta, beta)[-1]")
def test_weights_times_values_is_the_average(student, oracle, rng):
    """The recursion and the weighted sum are two ways to write one average."""
    theta = rng.uniform(3, 9, size=11)
    weights = student.ewa_weights(0.85, 11)
    assert_shape(weights, (11,), name="weights", axes="(t,)")
    average = oracle.ewa(theta, 0.85)[-1]
    total = np.dot(weights, theta[::-1])
    assert_close(total, average, name="sum(weights*values)", rtol=RTOL, known={"1-beta": 0.15})


@exercise("ewa_weights")
@law("beta = 0.9: after 10 days 0.349 of the weight is left; beta = 0.98: after 50 days 0.364")
@points(0.5)
@public
@see("F4 §1.2.1 (8): after 10 days about a third")
@suggest("print weights[10] / weights[0] for beta = 0.9")
def test_after_ten_days_a_third_of_the_weight_is_left(student):
    """This is what people mean by an average over ten days."""
    for beta, days, left in ((0.9, 10, 0.3486784401), (0.98, 50, 0.3641696801)):
        weights = student.ewa_weights(beta, days + 1)
        assert_shape(weights, (days + 1,), name="weights", axes="(t,)")
        assert_close(weights[days], left * weights[0], name="weights[-1]", rtol=RTOL)
        require(weights[0] > 0, "the newest value has weight {weight:.3g}; expected more than 0", weight=weights[0])


@exercise("ewa_weights")
@law("a day more appends one weight and changes no other")
@points(0.25)
@public
@see("F4 §1.2.1 (7)")
@suggest("print ewa_weights(0.75, 3) and ewa_weights(0.75, 4)")
def test_another_day_changes_no_weight(student):
    """How much yesterday counts does not depend on how long the series has been running."""
    three, four = student.ewa_weights(0.75, 3), student.ewa_weights(0.75, 4)
    assert_shape(three, (3,), name="weights", axes="(t,)")
    assert_shape(four, (4,), name="weights", axes="(t,)")
    assert_close(four[:3], three, name="weights[:3]", rtol=RTOL)
    assert_close(four[3], 0.10546875, name="weights[3]", rtol=RTOL)


@exercise("ewa_weights")
@law("as the reference, for any beta and t")
@points(0.75)
@hidden
@suggest("try another beta, and t = 1")
def test_other_memories(student, oracle, rng):
    """Fresh betas and lengths, also a single day."""
    for t in (int(rng.integers(7, 20)), 1):
        beta = rng.uniform(0.55, 0.95)
        assert_close(student.ewa_weights(beta, t), oracle.ewa_weights(beta, t), name="weights", rtol=RTOL)


@exercise("effective_window")
@law("1 / (1 - beta) days, after which beta^days is left")
@points(0.5)
@public
@see("F4 §1.2.1 (8), and the paragraph on 10 and 50 days")
@suggest("print 0.9**10 and 0.98**50")
def test_ten_days_and_fifty_days(student):
    """beta = 0.9 remembers ten days, beta = 0.98 fifty; by then about a third of a weight is left."""
    for beta, window, left in ((0.9, 10.0, 0.3486784401), (0.98, 50.0, 0.3641696801)):
        known = {"beta": beta, "1-beta": 1 - beta}
        assert_close(student.effective_window(beta), (window, left), name="(window,left)", known=known)


@exercise("effective_window")
@law("beta = 0.5: 2 days, a quarter is left; beta = 0: 1 day, nothing is left")
@points(0.25)
@public
@see("F0, 指数加权平均数: beta = 0.5, the yellow curve")
@suggest("0.5 remembers two days: what is left of a weight after two?")
def test_a_short_memory(student):
    """The yellow curve remembers two days; without any memory the average is today's value."""
    for beta, window, left in ((0.5, 2.0, 0.25), (0.0, 1.0, 0.0)):
        assert_close(student.effective_window(beta), (window, left), name="(window,left)")


@exercise("effective_window")
@law("0.9005 is 10.05 days, 0.999 is 1000, 0.9995 is 2000")
@points(0.5)
@public
@see("F4 §1.4.3: why 1 - beta is tuned on a log scale")
@suggest("print 1 / (1 - beta) for the three; no rounding")
def test_close_to_one_a_little_makes_much(student):
    """0.0005 more is nothing at 0.9, and doubles the memory at 0.999."""
    for beta, window, left in (
        (0.9005, 10.05025126, 0.3487787),
        (0.999, 1000.0, 0.3676954),
        (0.9995, 2000.0, 0.3677875),
    ):
        assert_close(student.effective_window(beta), (window, left), name="(window,left)", rtol=2e-7)


@exercise("effective_window")
@law("what is left tends to 1/e = 0.3679, from below")
@points(0.25)
@public
@see("F4 §1.2.1 (8): (1 - ε)^(1/ε) tends to 1/e")
@suggest("print what is left for beta = 0.9, 0.99, 0.999: where does it go?")
def test_what_is_left_tends_to_one_over_e(student):
    """For a long memory it does not matter how long it is: a weight has fallen to 1/e when its time is over."""
    for beta in (0.99, 0.9999):
        values = student.effective_window(beta)
        require(isinstance(values, list | tuple) and len(values) >= 2, "effective_window must give two numbers")
        left = values[1]
        assert_shape(left, np.shape(left) if np.size(left) == 1 else (), name="left")
        # Half of 1 - beta is how far below 1/e it is, as a fraction, to first order.
        assert_close(left, (1 - (1 - beta) / 2) / math.e, name="left", rtol=0.5 * (1 - beta) ** 2)


@exercise("effective_window")
@law("as the reference, for any beta")
@points(0.5)
@hidden
@suggest("try beta = 0.73: nothing is rounded")
def test_other_windows(student, oracle, rng):
    """Fresh betas, whose windows are no whole numbers."""
    for beta in (rng.uniform(0.55, 0.72), rng.uniform(0.81, 0.88)):
        assert_close(student.effective_window(beta), oracle.effective_window(beta), name="(window,left)")
