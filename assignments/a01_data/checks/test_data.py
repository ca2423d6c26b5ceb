"""What a01_data asks of a student's data.py.

Random splits are judged by what they are like, at six standard deviations: a right solution fails a statistical
check of this room less than once in ten million. Each matrix of examples carries the number of its column in every
row, so that a lost, torn or mismatched example shows.
"""

from typing import NamedTuple

import numpy as np

from autograder.checking import (
    RecordingRNG,
    ScriptedRNG,
    SeededRNG,
    assert_close,
    assert_dtype,
    assert_fraction,
    assert_keys,
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

SIGMAS = 6.0
PARTS = ("train", "dev", "test")
KEYS = tuple(f"{letter}_{part}" for part in PARTS for letter in "XY")
ORDER = np.array([7, 2, 10, 0, 5, 9, 3, 6, 1, 8, 4])
TOY = np.array([[1.0, 2.0, 3.0, 4.0], [0.0, 0.0, 4.0, 4.0]])
BIAS_REMEDIES = ("bigger_network", "train_longer", "better_optimizer", "other_architecture")
VARIANCE_REMEDIES = ("more_data", "regularize", "other_architecture")
# The eigenvalues of a (2, 2) matrix are known in closed form.
RAVINE, ROUND = 1738912.09, 1.65555459


class Sizes(NamedTuple):
    """How many examples each set gets."""

    train: int
    dev: int
    test: int


class Scales(NamedTuple):
    """What fit_normalizer promises, in this order."""

    mu: np.ndarray
    sigma: np.ndarray


def sizes(result):
    """The three sizes, from whatever they are wrapped in."""
    flat = isinstance(result, np.ndarray) and result.ndim == 1
    return tuple(result) if flat else result


def examples(m):
    """Inputs (3, m) and targets (2, m); each entry tells to which example it belongs."""
    number = np.arange(m, dtype=float)
    return np.array([number, 1000.0 + number, -number]), np.array([2000.0 + number, 3.0 * number])


def dealt(parts, n_x=3, k=2):
    """The six arrays, once they are safe to compute with: any number of columns, as many in Y as in X."""
    assert_keys(parts, *KEYS, name="parts")
    for part in PARTS:
        X, Y = parts[f"X_{part}"], parts[f"Y_{part}"]
        columns = X.shape[1] if isinstance(X, np.ndarray) and X.ndim == 2 else 0
        assert_shape(X, (n_x, columns), name=f"X_{part}", axes="(n_x, n)")
        assert_shape(Y, (k, columns), name=f"Y_{part}", axes="(k, n)")
        assert_dtype(X, "float", name=f"X_{part}")
        assert_dtype(Y, "float", name=f"Y_{part}")
    return parts


def together(parts, letter):
    """All columns of X, or of Y: first the training set's, then the dev set's, then the test set's."""
    return np.hstack([parts[f"{letter}_{part}"] for part in PARTS])


def judge_remedies(told, remedies):
    """Compare the remedies as texts, in a tuple or a list."""
    assert_keys(told, "remedies", name="diagnosis")
    got = told["remedies"]
    texts = isinstance(got, tuple | list) and all(isinstance(text, str) for text in got)
    kind = type(got).__name__
    require(texts, "the remedies are of type {kind}, expected a tuple of texts", kind=kind)
    seen, wanted = (", ".join(texts) or "-" for texts in (got, remedies))
    require(tuple(got) == remedies, "the remedies are: {seen}; expected: {wanted}", seen=seen[:300], wanted=wanted)


def scales(result, n_x):
    """mu and sigma, once they are safe to compute with."""
    pair = isinstance(result, tuple | list) and len(result) >= 2
    message = "fit_normalizer must give two values: mu, then sigma"
    require(pair, message, safe=message)
    for value, name in zip(result, ("mu", "sigma"), strict=False):
        assert_shape(value, (n_x, 1), name=name, axes="(n_x, 1)")
        assert_dtype(value, "float", name=name)
    return result[0], result[1]


def condition(student, X):
    """The condition of the bowl; a singular matrix is named before its rounding errors are compared."""
    value = student.bowl_condition(X)
    numeric = isinstance(value, int | float | np.number) or (
        isinstance(value, np.ndarray) and value.dtype.kind in "fiu" and value.size == 1
    )
    huge = numeric and bool(np.abs(value) > 1e11)
    message = (
        "the quotient is huge: an eigenvalue is 0 up to rounding. X X^T is (n_x, n_x) and has none, X^T X is (m, m)"
    )
    require(not huge, message, safe=message)
    return value


def turned(rng, n):
    """A random rotation or reflection of n axes."""
    return np.linalg.qr(rng.normal(size=(n, n)))[0]


def bowl(rng, curvatures, m):
    """Inputs (n_x, m) in general position for which (1/m) X X^T has these eigenvalues."""
    n_x = len(curvatures)
    return turned(rng, n_x) @ np.diag(np.sqrt(m * np.asarray(curvatures))) @ turned(rng, m)[:n_x]


@exercise("split_counts")
@law("the three sizes are whole numbers, for they will be used to slice")
@points(0.25)
@public
@suggest("print type(n) for each of the three; np.floor and multiplication give floats, int() does not")
def test_the_sizes_are_three_whole_numbers(student):
    """Nobody can take the first 343.0 columns of a matrix; 569 examples split into 343, 113 and 113 all told."""
    got = sizes(student.split_counts(569))
    three = isinstance(got, tuple | list) and len(got) >= 3
    require(three, "split_counts gave {kind}, expected a tuple of three sizes", kind=type(got).__name__)
    whole = all(isinstance(n, int | np.integer) and not isinstance(n, bool) for n in got[:3])
    kinds = ", ".join(type(n).__name__ for n in got[:3])
    require(whole, "the sizes are of the types {kinds}, expected int", kinds=kinds)
    require(sum(got[:3]) == 569, "the sizes add up to {total}, expected 569", total=sum(got[:3]))


@exercise("split_counts")
@law("up to 10,000 examples: 60 % train, 20 % dev, 20 % test")
@points(0.5)
@public
@see("F2 §1; F3 §3.1.1 数据集划分")
def test_small_data_are_split_sixty_twenty_twenty(student):
    """For 100, 1,000 and 10,000 examples the notes give a fifth each to dev and test set."""
    assert_close(sizes(student.split_counts(100)), Sizes(60, 20, 20), name="split_counts(100)")
    assert_close(sizes(student.split_counts(10_000)), Sizes(6000, 2000, 2000), name="split_counts(10_000)")


@exercise("split_counts")
@law("1,000,000 examples: 98/1/1; more: 99.5/0.25/0.25")
@points(0.5)
@public
@see("F2 §1; F3 §3.1.1 数据集划分")
@suggest("how many examples does it take to see that one model is right 1 % more often than another?")
def test_a_million_examples_need_only_ten_thousand_to_judge(student):
    """A dev set has to be large enough, and is not better for being a fifth of everything."""
    assert_close(sizes(student.split_counts(1_000_000)), Sizes(980_000, 10_000, 10_000), name="split_counts(1_000_000)")
    assert_close(sizes(student.split_counts(2_000_000)), Sizes(1_990_000, 5000, 5000), name="split_counts(2_000_000)")


@exercise("split_counts")
@law("fractions that are given are used, in the order train, dev, test")
@points(0.25)
@public
@see("F2 §1: 99/0.5/0.5 and 70/30; F0 prints 70%验证集, but 70 % are for training (erratum E01)")
def test_given_fractions_take_the_place_of_the_table(student):
    """70/30 without a dev set, and 99/0.5/0.5 for a million, as the notes mention them."""
    assert_close(sizes(student.split_counts(100, (0.7, 0.0, 0.3))), Sizes(70, 0, 30), name="sizes")
    got = sizes(student.split_counts(1_000_000, (0.99, 0.005, 0.005)))
    assert_close(got, Sizes(990_000, 5000, 5000), name="sizes")


@exercise("split_counts")
@law("n_dev and n_test are rounded down, and the training set gets the rest")
@points(0.25)
@public
@see("README, 1: who gets the example that is left over")
def test_what_rounding_leaves_over_goes_to_the_training_set(student):
    """569 and 1797 are the sizes of two tables of this course; a fifth of them is no whole number."""
    assert_close(sizes(student.split_counts(569)), Sizes(343, 113, 113), name="split_counts(569)")
    assert_close(sizes(student.split_counts(1797)), Sizes(1079, 359, 359), name="split_counts(1797)")


@exercise("split_counts")
@law("the table changes just above 10,000 and just above 1,000,000")
@points(0.25)
@public
@see("README, conventions: the notes name sizes, not limits; these limits are this course's choice")
def test_the_table_changes_just_above_ten_thousand(student):
    """With 10,001 examples the shares are 98/1/1 already, and 1 % of them, rounded down, is 100."""
    assert_close(sizes(student.split_counts(10_001)), Sizes(9801, 100, 100), name="split_counts(10_001)")


@exercise("split_counts")
@law("29 % of 100 is 29, although 100 * 0.29 is 28.999999999999996")
@points(0.25)
@public
@suggest("print 100 * 0.29; which small number makes rounding down safe again?")
def test_a_product_just_below_a_whole_number_counts_as_whole(student):
    """A float is rarely the fraction it stands for; without some slack an example changes sides."""
    assert_close(sizes(student.split_counts(100, (0.42, 0.29, 0.29))), Sizes(42, 29, 29), name="sizes")


@exercise("split_counts")
@law("n_train + n_dev + n_test = m, and none is negative")
@points(0.25)
@public
@suggest("add the three numbers up for m = 11")
def test_no_example_is_lost_and_none_is_invented(student):
    """A single example goes to the training set; of eleven, two and two go elsewhere."""
    assert_close(sizes(student.split_counts(1)), Sizes(1, 0, 0), name="split_counts(1)")
    got = sizes(student.split_counts(11))
    assert_close(got, Sizes(7, 2, 2), name="split_counts(11)")


@exercise("split_counts")
@law("n_dev and n_test are rounded down, and the training set gets the rest")
@points(0.5)
@hidden
def test_other_numbers_of_examples_are_split_too(student, oracle, rng):
    """The same for sizes and fractions that you have not seen."""
    m, fractions = int(rng.integers(101, 9000)), (0.55, 0.31, 0.14)
    expected = Sizes(*oracle.split_counts(m, fractions))
    assert_close(sizes(student.split_counts(m, fractions)), expected, name="sizes")
    large = int(rng.integers(2_000_000, 9_000_000))
    assert_close(sizes(student.split_counts(large)), Sizes(*oracle.split_counts(large)), name="sizes")


@exercise("train_dev_test_split")
@law("X_part is (n_x, n_part), Y_part is (k, n_part)")
@points(0.5)
@public
@see("README, conventions: examples are columns")
@suggest("print the shapes of all six arrays for 11 examples: 7, 2 and 2 columns are due")
def test_six_parts_keep_their_rows_and_share_the_columns(student):
    """A part has all features and all rows of the targets, of some of the examples."""
    X, Y = examples(11)
    parts = student.train_dev_test_split(X, Y, (0.6, 0.2, 0.2), SeededRNG(3))
    assert_keys(parts, *KEYS, name="parts")
    for part, columns in zip(PARTS, (7, 2, 2), strict=True):
        assert_shape(parts[f"X_{part}"], (3, columns), name=f"X_{part}", axes="(n_x, n)")
        assert_shape(parts[f"Y_{part}"], (2, columns), name=f"Y_{part}", axes="(k, n)")
        known = np.isin(parts[f"X_{part}"][1], X[1]).all()
        require(known, "X_{part} holds numbers that are not in X, expected columns of X", part=part)


@exercise("train_dev_test_split")
@law("training, dev and test set together are X, each column exactly once")
@points(1)
@public
@see("F2 §1: the test set is for an unbiased estimate")
@suggest("put the three X parts side by side, sort the columns and compare with X")
def test_every_example_lands_in_exactly_one_part(student):
    """Who has been in the training set cannot be a test, and nobody is left behind."""
    X, Y = examples(23)
    parts = dealt(student.train_dev_test_split(X, Y, (0.6, 0.2, 0.2), SeededRNG(5)))
    whole = together(parts, "X")
    count = "the parts hold {n} columns in all, expected the 23 columns of X"
    require(whole.shape[1] == 23, count, n=whole.shape[1])
    ids = whole[1] - 1000.0
    unique = len(np.unique(ids))
    require(unique == 23, "only {n} of the 23 examples occur; some are in two places, others nowhere", n=unique)
    assert_close(whole[:, np.argsort(ids)], X, name="the sorted columns of all parts")


@exercise("train_dev_test_split")
@law("column j of Y_part belongs to column j of X_part")
@points(1)
@public
@suggest("how many times is the generator asked for an order? X and Y have to follow the same one")
def test_inputs_and_targets_stay_together(student):
    """An example is a column of X with its column of Y; separated, they teach nothing."""
    X, Y = examples(17)
    parts = dealt(student.train_dev_test_split(X, Y, (0.5, 0.3, 0.2), SeededRNG(7)))
    ids = together(parts, "X")[1] - 1000.0
    require(ids.size > 1 and np.ptp(ids) > 0, "all columns of the X parts are the same, expected those of X")
    assert_close(together(parts, "Y"), np.array([2000.0 + ids, 3.0 * ids]), name="Y beside X")


@exercise("train_dev_test_split")
@law("the first n_train entries of the permutation train, the next n_dev are the dev set, the rest the test set")
@points(0.75)
@public
@see("docstring, Notes: which columns go where")
@suggest("print the columns of X_train, X_dev and X_test beside the permutation")
def test_a_known_permutation_gives_known_parts(student, oracle):
    """With the order 7, 2, 10, 0, 5, 9, 3, 6, 1, 8, 4 and 50/30/20, columns 9, 3 and 6 of X are the dev set.

    Who draws an order of another kind is judged by the size of the parts alone.
    """
    X, Y = examples(11)
    rng = ScriptedRNG(permutation=[ORDER])
    parts = dealt(student.train_dev_test_split(X, Y, (0.5, 0.3, 0.2), rng))
    if len(rng.log) == 1 and rng.log[0][0] == "permutation":
        expected = {f"X_{part}": X[:, at] for part, at in zip(PARTS, np.split(ORDER, [6, 9]), strict=True)}
        assert_close(parts, expected, name="parts")
    else:
        columns = Sizes(*(parts[f"X_{part}"].shape[1] for part in PARTS))
        assert_close(columns, Sizes(6, 3, 2), name="columns of the parts")


@exercise("train_dev_test_split")
@law("each part is a random sample: all classes are in it in about their shares")
@points(0.5)
@public
@see("F2 §1: dev and test set have to come from the same distribution")
@suggest("sort the columns by label and look at the labels of X_test")
def test_data_sorted_by_label_still_give_mixed_parts(student, rng):
    """Half of 600 examples are of class 0 and come first; the test set must not hold class 1 alone."""
    labels = np.repeat([0.0, 1.0], 300)
    X = np.array([np.arange(600.0), labels])
    generator = SeededRNG(int(rng.integers(2**31)))
    parts = dealt(student.train_dev_test_split(X, labels.reshape(1, -1), (0.5, 0.25, 0.25), generator), 2, 1)
    for part, n in zip(PARTS, (300, 150, 150), strict=True):
        assert_shape(parts[f"Y_{part}"], (1, n), name=f"Y_{part}", axes="(k, n)")
        # Drawn without putting back, so the share spreads a little less than the margin allows.
        assert_fraction(parts[f"Y_{part}"] == 1, 0.5, name=f"Y_{part} == 1", sigmas=SIGMAS)


@exercise("train_dev_test_split")
@law("same state of rng, same split; another state, another split")
@points(0.5)
@public
@see("README, conventions: random numbers")
@suggest("split twice with np.random.default_rng(0), then with default_rng(1): which splits are equal?")
def test_the_generator_that_is_passed_decides(student):
    """A split can be made again from its seed, and numpy's own generator rests."""
    X, Y = examples(29)
    generators = [RecordingRNG(seed) for seed in (11, 11, 12)]
    runs = [dealt(student.train_dev_test_split(X, Y, (0.6, 0.2, 0.2), each)) for each in generators]
    first, again, other = (together(run, "X") for run in runs)
    require(np.array_equal(first, again), "the same seed gave two different splits; expected the same split")
    differ = not np.array_equal(first, other)
    require(differ, "two different seeds gave the same split; expected different ones")
    touched = any(generator.global_state_touched for generator in generators)
    require(not touched, "the state of np.random has changed; expected the draw to come from the argument rng")


@exercise("train_dev_test_split")
@law("a part without examples has 0 columns, and all its rows")
@points(0.25)
@public
@suggest("slice with fractions (0.7, 0, 0.3) and print the shape of X_dev")
def test_without_a_dev_set_its_parts_are_empty_but_there(student):
    """70/30 has no dev set: X_dev is (n_x, 0), and code that adds the three sizes up still works."""
    X, Y = examples(10)
    parts = student.train_dev_test_split(X, Y, (0.7, 0.0, 0.3), SeededRNG(2))
    assert_keys(parts, *KEYS, name="parts")
    for part, columns in zip(PARTS, (7, 0, 3), strict=True):
        assert_shape(parts[f"X_{part}"], (3, columns), name=f"X_{part}", axes="(n_x, n)")
        assert_shape(parts[f"Y_{part}"], (2, columns), name=f"Y_{part}", axes="(k, n)")
    ids = together(parts, "X")[1]
    require(len(np.unique(ids)) == 10, "the parts hold {n} different examples, expected 10", n=len(np.unique(ids)))


@exercise("train_dev_test_split")
@law("training, dev and test set together are X and Y, in the sizes of split_counts")
@points(0.5)
@hidden
def test_other_data_are_dealt_out_too(student, oracle, rng):
    """The same for matrices that you have not seen."""
    n_x, m = int(rng.choice([5, 7])), int(rng.choice([37, 41, 43]))
    X, Y = rng.normal(size=(n_x, m)), rng.normal(size=(3, m))
    # Whole numbers, by which the columns can be sorted in single precision too.
    X[0] = rng.permutation(m)
    generator = SeededRNG(int(rng.integers(2**31)))
    parts = dealt(student.train_dev_test_split(X, Y, (0.55, 0.31, 0.14), generator), n_x, 3)
    columns = Sizes(*(parts[f"X_{part}"].shape[1] for part in PARTS))
    assert_close(columns, Sizes(*oracle.split_counts(m, (0.55, 0.31, 0.14))), name="columns of the parts")
    whole = np.vstack([together(parts, "X"), together(parts, "Y")])
    expected = np.vstack([X, Y])
    sorted_got, sorted_expected = whole[:, np.argsort(whole[0])], expected[:, np.argsort(X[0])]
    assert_close(sorted_got, sorted_expected, name="the sorted columns of all parts")


@exercise("diagnose")
@law("high bias: train error far above the base error; high variance: dev error far above the train error")
@points(1)
@public
@see("F0, 偏差，方差; F2 §2 Bias/Variance")
def test_the_four_cases_of_the_notes(student):
    """1/11 overfits, 15/16 underfits, 15/30 does both, 0.5/1 does neither."""
    cases = {
        (0.01, 0.11): "high_variance",
        (0.15, 0.16): "high_bias",
        (0.15, 0.30): "high_bias_high_variance",
        (0.005, 0.01): "just_right",
    }
    for (train_err, dev_err), verdict in cases.items():
        told = student.diagnose(train_err, dev_err)
        assert_keys(told, "verdict", name="diagnosis")
        assert_close(told["verdict"], verdict, name=f'diagnose({train_err:g}, {dev_err:g})["verdict"]')


@exercise("diagnose")
@law("bias = train_err - base_err, variance = dev_err - train_err")
@points(0.5)
@public
@see("F2 §2: the variance is the distance between dev and train error")
def test_bias_and_variance_are_differences(student):
    """8 % on the training set and 21 % on the dev set, where experts get 3 % wrong: bias 5 %, variance 13 %."""
    expected = {"bias": 0.05, "variance": 0.13}
    assert_close(student.diagnose(0.08, 0.21, 0.03), expected, name="diagnosis")


@exercise("diagnose")
@law("bias is measured from the base error, not from 0")
@points(0.5)
@public
@see("F2 §2, end: base error 不同")
@suggest("what is left to gain on the training set if experts get 14 % wrong themselves?")
def test_what_nobody_can_do_is_no_bias(student):
    """15 % and 16 % is high bias for photographs of cats, and just right where experts get 14 % wrong."""
    told = student.diagnose(0.15, 0.16, 0.14)
    assert_close(told, {"bias": 0.01, "verdict": "just_right"}, name="diagnosis")


@exercise("diagnose")
@law("a difference below 0 is not high")
@points(0.25)
@public
@suggest("is it bad news when the dev error is lower than the train error?")
def test_better_than_expected_is_no_illness(student):
    """4 % on the training set against 12 % for experts, and 3 % against 11 % the other way round: nothing is high."""
    below_base = student.diagnose(0.04, 0.07, 0.12)
    assert_close(below_base, {"bias": -0.08, "variance": 0.03, "verdict": "just_right"}, name="diagnosis")
    below_train = student.diagnose(0.11, 0.03, 0.09)
    assert_close(below_train, {"bias": 0.02, "variance": -0.08, "verdict": "just_right"}, name="diagnosis")


@exercise("diagnose")
@law("remedies against bias are for high bias, those against variance for high variance")
@points(0.5)
@public
@see("F0, 训练神经网络的基本方法; F3 §3.1.3")
@suggest("a model that cannot even do the examples it has seen: what would more of them change?")
def test_more_data_is_no_cure_for_bias(student):
    """Each illness has its own cures, and who is well takes none."""
    for (train_err, dev_err), remedies in {
        (0.15, 0.16): BIAS_REMEDIES,
        (0.01, 0.11): VARIANCE_REMEDIES,
        (0.005, 0.01): (),
    }.items():
        told = student.diagnose(train_err, dev_err)
        judge_remedies(told, remedies)


@exercise("diagnose")
@law("both lists, those against bias first, and no remedy twice")
@points(0.25)
@public
@see("F0, 偏差，方差: a better architecture may help against both at once")
@suggest("print the remedies for 15 % and 30 %: how often does 'other_architecture' occur?")
def test_both_illnesses_share_a_remedy_which_is_named_once(student):
    """'other_architecture' is in both lists, and advice is not better for being given twice."""
    judge_remedies(student.diagnose(0.15, 0.30), BIAS_REMEDIES + VARIANCE_REMEDIES[:2])


@exercise("diagnose")
@law("high means greater than tol; tol itself is not high")
@points(0.5)
@public
@see("docstring: tol")
def test_high_means_greater_than_tol(student):
    """With tol 0.25, a difference of exactly 0.25 passes; with tol 0.02, one of 0.04 does not."""
    edge = student.diagnose(0.5, 0.75, 0.25, 0.25)
    assert_close(edge, {"bias": 0.25, "variance": 0.25, "verdict": "just_right"}, name="diagnosis")
    strict = student.diagnose(0.01, 0.05, 0.0, 0.02)
    assert_close(strict, {"variance": 0.04, "verdict": "high_variance"}, name="diagnosis")


@exercise("diagnose")
@law("bias, variance, verdict and remedies follow from the two differences")
@points(0.5)
@hidden
def test_other_error_rates_are_told_too(student, oracle, rng):
    """The same for error rates that you have not seen."""
    base_err, tol = rng.uniform(0.01, 0.1), rng.uniform(0.02, 0.08)
    for bias, variance in rng.permutation([(1.5, 0.5), (0.5, 1.5), (2.5, 1.5)]):
        train_err = base_err + bias * tol
        rates = (train_err, train_err + variance * tol, base_err, tol)
        expected = oracle.diagnose(*rates)
        told = student.diagnose(*rates)
        assert_close(told, {key: expected[key] for key in ("bias", "variance", "verdict")}, name="diagnosis")


@exercise("fit_normalizer")
@law("mu and sigma are (n_x, 1), and the distances from mu add up to 0")
@points(0.25)
@public
@suggest("print X - mu for a matrix of 3 features and 7 examples: which shapes go together?")
def test_mu_and_sigma_are_columns(student, rng):
    """One number for each feature, kept in two dimensions, so that X - mu is what it looks like."""
    X = rng.normal(size=(3, 7)) + 5.0
    mu, _ = scales(student.fit_normalizer(X), 3)
    assert_close(np.sum(X - mu, axis=1), np.zeros(3), name="sum of X - mu over the examples", atol=1e-5)


@exercise("fit_normalizer")
@law("mu is the mean, sigma the root of the mean squared distance from it")
@points(0.75)
@public
@see("F1, 标准化输入; F0 and F2 §9 print sigma^2 where sigma is meant (erratum E03)")
@suggest("write down the four distances from 2.5, square them, and take their mean: 1.25. What is its root?")
def test_one_to_four_has_mean_2_5_and_deviation_1_118(student):
    """For 1, 2, 3, 4 the variance is 1.25; for 0, 0, 4, 4 mean and deviation are both 2."""
    expected = Scales(np.array([[2.5], [2.0]]), np.array([[1.1180340], [2.0]]))
    variance = {"m": 4, "n_x": 2}
    assert_close(student.fit_normalizer(TOY), expected, name="scales", rtol=5e-8, known=variance)


@exercise("fit_normalizer")
@law("(X - mu) / sigma has mean 0 and standard deviation 1 in every row")
@points(0.75)
@public
@see("F1, 标准化输入: mean 0, variance 1; dividing by sigma^2 does not give it (erratum E03)")
@suggest("print Z.mean(axis=1) and Z.std(axis=1) for Z = (X - mu) / sigma")
def test_the_normalised_training_set_has_mean_0_and_deviation_1(student, rng):
    """That is what normalising is for: features of any unit and size come out alike."""
    X = np.array([[900.0], [-3.0], [0.5]]) + np.array([[200.0], [7.0], [0.2]]) * rng.normal(size=(3, 11))
    mu, sigma = scales(student.fit_normalizer(X), 3)
    fine = 1e-3 if np.asarray(sigma).dtype == np.float32 else 1e-6
    positive = bool(np.all(sigma > 0))
    require(positive, "sigma holds a number that is not above 0, expected standard deviations")
    Z = (X - mu) / sigma
    assert_close(np.mean(Z, axis=1), np.zeros(3), name="means after normalising", atol=fine)
    assert_close(np.std(Z, axis=1), np.ones(3), name="deviations after normalising", rtol=fine, known={"m": 11})


@exercise("fit_normalizer")
@law("a feature that never varies has a sigma above 0")
@points(0.25)
@public
@see("docstring: eps")
@suggest("what is 0/0 in numpy?")
def test_a_constant_feature_does_not_end_in_nan(student):
    """Its variance is 0, and X - mu is 0 too: without eps the quotient would be NaN."""
    X = np.array([[5.0, 5.0, 5.0], [1.0, 2.0, 6.0]])
    mu, sigma = scales(student.fit_normalizer(X), 2)
    require(
        bool(sigma[0, 0] > 0), "sigma of the constant feature is {seen:.3g}, expected more than 0", seen=sigma[0, 0]
    )
    expected = np.array([[0.0, 0.0, 0.0], [-0.9258201, -0.4629100, 1.3887301]])
    assert_close((X - mu) / sigma, expected, name="(X - mu) / sigma", rtol=1e-6)


@exercise("fit_normalizer")
@law("sigma = sqrt(variance + eps): eps stands inside the root")
@points(0.25)
@public
@see("README, conventions: eps. With the usual 1e-8, inside or outside make no difference that anyone could see")
def test_eps_is_added_to_the_variance(student):
    """A large eps shows where it stands: variances 1.25 and 4 with eps 0.75 give the roots of 2 and of 4.75.

    This check alone depends on that convention of the course.
    """
    expected = Scales(np.array([[2.5], [2.0]]), np.array([[1.4142136], [2.1794495]]))
    assert_close(student.fit_normalizer(TOY, 0.75), expected, name="scales", rtol=5e-8)


@exercise("fit_normalizer")
@law("whole numbers have means and deviations that are no whole numbers")
@points(0.25)
@public
@see("README, conventions: integers are welcome")
def test_whole_number_features_are_welcome(student):
    """Counts arrive as integers; their mean 7/3 must not be cut down to 2."""
    X = np.array([[1, 2, 4], [10, 0, 5]])
    expected = Scales(np.array([[2.3333333], [5.0]]), np.array([[1.2472191], [4.0824829]]))
    assert_close(student.fit_normalizer(X), expected, name="scales", rtol=5e-8)


@exercise("fit_normalizer")
@law("mu is the mean, sigma the root of the mean squared distance from it")
@points(0.5)
@hidden
def test_other_features_are_measured_too(student, oracle, rng):
    """The same for features that you have not seen."""
    n_x, m = int(rng.choice([3, 5, 7])), int(rng.choice([11, 13, 17]))
    X = rng.uniform(-20, 20, size=(n_x, 1)) + rng.uniform(1, 9, size=(n_x, 1)) * rng.normal(size=(n_x, m))
    expected = Scales(*oracle.fit_normalizer(X))
    assert_close(student.fit_normalizer(X), expected, name="scales", known={"m": m, "n_x": n_x})


@exercise("apply_normalizer")
@law("(x - mu) / sigma")
@points(0.5)
@public
@see("F1, 标准化输入")
def test_a_value_becomes_its_distance_from_mu_in_sigmas(student):
    """With mu 2.5 and sigma 0.5 the value 4 is three deviations above the mean; with mu -1 and sigma 4, 7 is two."""
    X = np.array([[2.0, 4.0, 2.5], [7.0, -1.0, -5.0]])
    expected = np.array([[-1.0, 3.0, 0.0], [2.0, 0.0, -1.0]])
    got = student.apply_normalizer(X, np.array([[2.5], [-1.0]]), np.array([[0.5], [4.0]]))
    assert_close(got, expected, name="Z", known={"m": 3, "n_x": 2})


@exercise("apply_normalizer")
@law("the mean of a normalised test set is (mean - mu) / sigma, and not 0")
@points(0.5)
@public
@see("F0, 归一化输入, last step: the same mu and sigma for training and test set; F2 §9")
@suggest("print the row means of a normalised test set: exactly 0 means that it was measured itself")
def test_a_test_set_is_not_measured_again(student, rng):
    """Who subtracts the test set's own mean has looked at the test set, and hides that it has moved."""
    X = np.array([[3.0], [-2.0], [9.0]]) + rng.normal(size=(3, 7))
    mu, sigma = np.array([[2.0], [1.0], [5.0]]), np.array([[3.0], [0.7], [1.9]])
    Z = student.apply_normalizer(X, mu, sigma)
    assert_shape(Z, (3, 7), name="Z", axes="(n_x, m)")
    assert_dtype(Z, "float", name="Z")
    expected = (np.mean(X, axis=1, keepdims=True) - mu) / sigma
    message = "every row of the test set has mean 0 after normalising: it went through a mean of its own"
    require(not np.allclose(np.mean(Z, axis=1), 0, atol=1e-4), message)
    assert_close(np.mean(Z, axis=1, keepdims=True), expected, name="means of Z", rtol=1e-6)


@exercise("apply_normalizer")
@law("sigma * Z + mu = X")
@points(0.25)
@public
@suggest("multiply your result by sigma and add mu: is it X again?")
def test_the_way_back_leads_to_the_same_numbers(student, rng):
    """Normalising loses nothing: whoever knows mu and sigma can undo it."""
    X, mu = 4.0 * rng.normal(size=(5, 7)) + 3.0, rng.normal(size=(5, 1))
    sigma = rng.uniform(1.5, 3.0, size=(5, 1))
    Z = student.apply_normalizer(X, mu, sigma)
    assert_shape(Z, (5, 7), name="Z", axes="(n_x, m)")
    assert_dtype(Z, "float", name="Z")
    fine = 1e-3 if Z.dtype == np.float32 else 1e-7
    assert_close(sigma * Z + mu, X, name="sigma * Z + mu", rtol=fine, atol=fine)


@exercise("apply_normalizer")
@law("apply(X)[:, j] = apply(X[:, j])")
@points(0.25)
@public
@suggest("normalise one column alone: what is the variance of a single example?")
def test_a_single_example_is_treated_as_within_a_crowd(student):
    """A new example comes alone, and what becomes of it may not depend on its company."""
    got = student.apply_normalizer(np.array([[4.0], [-3.0]]), np.array([[2.5], [-1.0]]), np.array([[0.5], [4.0]]))
    assert_close(got, np.array([[3.0], [-0.5]]), name="Z")


@exercise("apply_normalizer")
@law("whole numbers become fractions")
@points(0.25)
@public
@see("README, conventions: integers are welcome, arguments stay as they were")
def test_whole_numbers_keep_their_decimals_after_dividing(student):
    """Counts are integers; their distances from the mean are not."""
    X = np.array([[1, 2, 4, 0, 3], [10, 0, 5, 20, 7]])
    got = student.apply_normalizer(X, np.array([[2.0], [8.0]]), np.array([[4.0], [2.5]]))
    expected = np.array([[-0.25, 0.0, 0.5, -0.5, 0.25], [0.8, -3.2, -1.2, 4.8, -0.4]])
    assert_close(got, expected, name="Z")


@exercise("apply_normalizer")
@law("(x - mu) / sigma")
@points(0.25)
@hidden
def test_other_examples_are_normalised_too(student, oracle, rng):
    """The same for examples that you have not seen."""
    n_x, m = int(rng.choice([3, 5])), int(rng.choice([7, 11, 13]))
    X, mu = 5.0 * rng.normal(size=(n_x, m)), rng.normal(size=(n_x, 1))
    sigma = rng.uniform(1.5, 4.0, size=(n_x, 1))
    got = student.apply_normalizer(X, mu, sigma)
    assert_close(got, oracle.apply_normalizer(X, mu, sigma), name="Z", known={"m": m, "n_x": n_x})


@exercise("bowl_condition")
@law("lambda_max / lambda_min of (1/m) X X^T")
@points(0.75)
@public
@see("docstring, Notes: the eigenvalues are the curvatures of the bowl")
@suggest("compute X X^T by hand: it is [[12, 4], [4, 6]], with eigenvalues 14 and 4")
def test_eigenvalues_14_and_4_make_a_condition_of_3_5(student):
    """Five examples with two features that vary together: the bowl lies askew, and its diagonal does not tell."""
    X = np.array([[2.0, 2.0, 0.0, 2.0, 0.0], [1.0, 0.0, 2.0, 1.0, 0.0]])
    assert_close(condition(student, X), 3.5, name="condition")


@exercise("bowl_condition")
@law("unequal units make a ravine, equal ones a bowl")
@points(0.5)
@public
@see("F0, 归一化输入: x_1 from 1 to 1000, x_2 from 0 to 1; F2 §9")
def test_the_two_features_of_the_notes_make_a_ravine(student):
    """x_1 from 1 to 1000 beside x_2 from 0 to 1 is 1.7 million times as steep as flat; normalised, 1.7 times."""
    raw = np.array([[1.0, 1000.0, 250.0, 750.0, 500.0], [0.4, 0.6, 1.0, 0.0, 0.2]])
    assert_close(condition(student, raw), RAVINE, name="condition of the raw features", rtol=1e-6)
    mu, sigma = raw.mean(axis=1, keepdims=True), raw.std(axis=1, keepdims=True)
    got = condition(student, (raw - mu) / sigma)
    assert_close(got, ROUND, name="condition of the normalised features", rtol=1e-6)


@exercise("bowl_condition")
@law("condition(c X) = condition(X)")
@points(0.25)
@public
@suggest("when X doubles, by what do all eigenvalues grow, and their quotient?")
def test_one_unit_for_all_features_does_not_matter(student, rng):
    """Metres or feet for all features alike: the bowl grows and keeps its form, here nine to one."""
    X = bowl(rng, [9.0, 3.0, 1.0], 7)
    assert_close(condition(student, 6.0 * X), 9.0, name="condition of 6 X", rtol=1e-6)


@exercise("bowl_condition")
@law("features that do not vary together: c times the steepest makes the condition c^2 times as large")
@points(0.5)
@public
@suggest("an eigenvalue is a mean of squares: what happens to x^2 when x is multiplied by 10?")
def test_ten_times_the_unit_is_a_hundred_times_the_condition(student):
    """Curvature is a mean of squares, so a unit enters twice; 9/4 becomes 225."""
    X = np.array([[0.0, 2.0, 0.0, -2.0, 0.0, 2.0, 0.0], [3.0, 0.0, -3.0, 0.0, 3.0, 0.0, 0.0]])
    assert_close(condition(student, X), 2.25, name="condition")
    assert_close(condition(student, X * np.array([[1.0], [10.0]])), 225.0, name="condition")


@exercise("bowl_condition")
@law("rotating the features or shuffling the examples changes nothing")
@points(0.25)
@public
def test_the_form_of_the_bowl_does_not_depend_on_how_it_is_turned(student, rng):
    """The axes of the bowl are its own: curvatures 8, 4, 2, 1 make a condition of 8 in any position."""
    X = bowl(rng, [8.0, 4.0, 2.0, 1.0], 11)
    assert_close(condition(student, turned(rng, 4) @ X), 8.0, name="condition", rtol=1e-6)
    assert_close(condition(student, X[::-1, rng.permutation(11)]), 8.0, name="condition", rtol=1e-6)


@exercise("bowl_condition")
@law("lambda_max / lambda_min of (1/m) X X^T")
@points(0.75)
@hidden
def test_other_bowls_have_their_condition_too(student, oracle, rng):
    """The same for features that you have not seen."""
    n_x, m = int(rng.choice([3, 5])), int(rng.choice([11, 13, 17]))
    X = rng.uniform(0.5, 3.0, size=(n_x, 1)) * (rng.normal(size=(n_x, m)) + 0.5)
    assert_close(condition(student, X), oracle.bowl_condition(X), name="condition", rtol=1e-6)
