"""Known wrong ways to write data.py: what each author believed, and which check must object.

`covers` names rows of the course's lists of mistakes: a slug of the exercise's own table, or "area/name".
"""

import numpy as np

from autograder.checking import mistake


@mistake(
    "split_counts",
    caught_by=("no_example_is_lost_and_none_is_invented", "the_sizes_are_three_whole_numbers"),
    covers=("int_truncation_train", "split/lost-or-overlapping"),
    read="README, 1: the training set gets the rest",
    suggest="add the three sizes up for m = 569",
)
def counts_all_truncated(m, fractions=None):
    """All three sizes are rounded down on their own, so examples are lost between them."""
    if fractions is None:
        fractions = (0.6, 0.2, 0.2) if m <= 10_000 else (0.98, 0.01, 0.01)
        fractions = (0.995, 0.0025, 0.0025) if m > 1_000_000 else fractions
    return tuple(int(m * fraction + 1e-9) for fraction in fractions)


@mistake(
    "split_counts",
    caught_by="a_product_just_below_a_whole_number_counts_as_whole",
    covers="int_truncation_train",
    read="docstring, Notes: the 1e-9",
    suggest="print 100 * 0.29, and then int(100 * 0.29)",
)
def counts_without_slack(m, fractions=None):
    """Rounding down takes 28.999999999999996 for 28: a product that rounding has pushed below 29 loses an example."""
    if fractions is None:
        fractions = (0.6, 0.2, 0.2) if m <= 10_000 else (0.98, 0.01, 0.01)
        fractions = (0.995, 0.0025, 0.0025) if m > 1_000_000 else fractions
    n_dev, n_test = int(m * fractions[1]), int(m * fractions[2])
    return m - n_dev - n_test, n_dev, n_test


@mistake(
    "split_counts",
    caught_by="what_rounding_leaves_over_goes_to_the_training_set",
    covers="round_up",
    read="README, 1: dev and test set are rounded down",
    suggest="a fifth of 569 is 113.8: 113 or 114?",
)
def counts_rounded_up(m, fractions=None):
    """Dev and test size are rounded up, so they take an example that belongs to the training set."""
    if fractions is None:
        fractions = (0.6, 0.2, 0.2) if m <= 10_000 else (0.98, 0.01, 0.01)
        fractions = (0.995, 0.0025, 0.0025) if m > 1_000_000 else fractions
    n_dev, n_test = int(np.ceil(m * fractions[1] - 1e-9)), int(np.ceil(m * fractions[2] - 1e-9))
    return m - n_dev - n_test, n_dev, n_test


@mistake(
    "split_counts",
    caught_by="what_rounding_leaves_over_goes_to_the_training_set",
    read="README, 1: dev and test set are rounded down",
    suggest="a fifth of 569 is 113.8: 113 or 114?",
)
def counts_rounded_to_nearest(m, fractions=None):
    """Dev and test size are rounded to the nearest whole number, not down: 113.8 becomes 114."""
    if fractions is None:
        fractions = (0.6, 0.2, 0.2) if m <= 10_000 else (0.98, 0.01, 0.01)
        fractions = (0.995, 0.0025, 0.0025) if m > 1_000_000 else fractions
    n_dev, n_test = round(m * fractions[1]), round(m * fractions[2])
    return m - n_dev - n_test, n_dev, n_test


@mistake(
    "split_counts",
    caught_by="what_rounding_leaves_over_goes_to_the_training_set",
    covers="test_gets_rest",
    read="README, 1: the training set gets the rest",
    suggest="569 = 341 + 113 + 115: who should have the two that are left over?",
)
def counts_rest_to_test(m, fractions=None):
    """The training size is rounded down and the test set gets the rest, instead of the training set."""
    if fractions is None:
        fractions = (0.6, 0.2, 0.2) if m <= 10_000 else (0.98, 0.01, 0.01)
        fractions = (0.995, 0.0025, 0.0025) if m > 1_000_000 else fractions
    n_train, n_dev = int(m * fractions[0] + 1e-9), int(m * fractions[1] + 1e-9)
    return n_train, n_dev, m - n_train - n_dev


@mistake(
    "split_counts",
    caught_by="given_fractions_take_the_place_of_the_table",
    covers="fractions_as_percent",
    read="docstring: fractions have the sum 1",
    suggest="print sum(fractions) for (0.7, 0, 0.3)",
)
def counts_in_percent(m, fractions=None):
    """Fractions are read as per cent and divided by 100, so almost everything is for training."""
    if fractions is None:
        fractions = (60, 20, 20) if m <= 10_000 else (98, 1, 1)
        fractions = (99.5, 0.25, 0.25) if m > 1_000_000 else fractions
    n_dev, n_test = int(m * fractions[1] / 100 + 1e-9), int(m * fractions[2] / 100 + 1e-9)
    return m - n_dev - n_test, n_dev, n_test


@mistake(
    "split_counts",
    caught_by="given_fractions_take_the_place_of_the_table",
    covers="split/seventy-dev",
    read="You copied faithfully: F0 prints 70%验证集, and the notes are wrong here (E01); F2 and F3 have it right",
    suggest="for which of the three sets should most examples be?",
)
def counts_seventy_for_dev(m, fractions=None):
    """The first fraction goes to the dev set and the second to the training set; 70 % are meant for training."""
    if fractions is None:
        fractions = (0.6, 0.2, 0.2) if m <= 10_000 else (0.98, 0.01, 0.01)
        fractions = (0.995, 0.0025, 0.0025) if m > 1_000_000 else fractions
    n_train, n_test = int(m * fractions[1] + 1e-9), int(m * fractions[2] + 1e-9)
    return n_train, m - n_train - n_test, n_test


@mistake(
    "split_counts",
    caught_by="the_sizes_are_three_whole_numbers",
    suggest="print type(np.floor(3.7)); X[:, :3.0] is an error",
)
def counts_as_floats(m, fractions=None):
    """The sizes are whole, but of type float, and a float cannot slice: np.floor does not make an int."""
    if fractions is None:
        fractions = (0.6, 0.2, 0.2) if m <= 10_000 else (0.98, 0.01, 0.01)
        fractions = (0.995, 0.0025, 0.0025) if m > 1_000_000 else fractions
    n_dev, n_test = np.floor(m * fractions[1] + 1e-9), np.floor(m * fractions[2] + 1e-9)
    return m - n_dev - n_test, n_dev, n_test


@mistake(
    "split_counts",
    caught_by="given_fractions_take_the_place_of_the_table",
    suggest="call split_counts(100, (0.7, 0.0, 0.3)): does the second argument change anything?",
)
def counts_ignore_fractions(m, fractions=None):
    """The fractions that are passed are never used; the table decides always."""
    fractions = (0.6, 0.2, 0.2) if m <= 10_000 else (0.98, 0.01, 0.01)
    fractions = (0.995, 0.0025, 0.0025) if m > 1_000_000 else fractions
    n_dev, n_test = int(m * fractions[1] + 1e-9), int(m * fractions[2] + 1e-9)
    return m - n_dev - n_test, n_dev, n_test


@mistake(
    "split_counts",
    caught_by="small_data_are_split_sixty_twenty_twenty",
    read="docstring, table: up to 10,000",
    suggest="print split_counts(10_000) and split_counts(9_999)",
)
def counts_limits_excluded(m, fractions=None):
    """10,000 and 1,000,000 are taken for the next size of data: < stands where <= is meant."""
    if fractions is None:
        fractions = (0.6, 0.2, 0.2) if m < 10_000 else (0.98, 0.01, 0.01)
        fractions = (0.995, 0.0025, 0.0025) if m >= 1_000_000 else fractions
    n_dev, n_test = int(m * fractions[1] + 1e-9), int(m * fractions[2] + 1e-9)
    return m - n_dev - n_test, n_dev, n_test


@mistake(
    "split_counts",
    caught_by="a_million_examples_need_only_ten_thousand_to_judge",
    read="F2 §1: for a million examples, 10,000 are enough for dev and test set",
    suggest="print split_counts(1_000_000)",
)
def counts_always_a_fifth(m, fractions=None):
    """The shares of small data, 60/20/20, are used for data of any size."""
    fractions = fractions or (0.6, 0.2, 0.2)
    n_dev, n_test = int(m * fractions[1] + 1e-9), int(m * fractions[2] + 1e-9)
    return m - n_dev - n_test, n_dev, n_test


@mistake(
    "split_counts",
    caught_by="a_million_examples_need_only_ten_thousand_to_judge",
    read="F3 §3.1.1: 99.5/0.25/0.25 beyond a million",
    suggest="print split_counts(2_000_000): 5000 each for dev and test set are enough",
)
def counts_two_sizes_only(m, fractions=None):
    """Everything above 10,000 is split 98/1/1; the third row of the table, beyond a million, is missing."""
    if fractions is None:
        fractions = (0.6, 0.2, 0.2) if m <= 10_000 else (0.98, 0.01, 0.01)
    n_dev, n_test = int(m * fractions[1] + 1e-9), int(m * fractions[2] + 1e-9)
    return m - n_dev - n_test, n_dev, n_test


@mistake(
    "split_counts",
    caught_by="a_million_examples_need_only_ten_thousand_to_judge",
    read="docstring, References: F2 knows 99/0.5/0.5; beyond a million this course follows F3 §3.1.1",
    suggest="print split_counts(2_000_000): 5000 each for dev and test set are enough",
)
def counts_half_a_percent(m, fractions=None):
    """Beyond a million the data are split 99/0.5/0.5, as F2 mentions it; the table here has 99.5/0.25/0.25."""
    if fractions is None:
        fractions = (0.6, 0.2, 0.2) if m <= 10_000 else (0.98, 0.01, 0.01)
        fractions = (0.99, 0.005, 0.005) if m > 1_000_000 else fractions
    n_dev, n_test = int(m * fractions[1] + 1e-9), int(m * fractions[2] + 1e-9)
    return m - n_dev - n_test, n_dev, n_test


@mistake(
    "split_counts",
    caught_by="the_table_changes_just_above_ten_thousand",
    read="docstring, table: 98/1/1 from 10,001 examples on",
    suggest="print split_counts(10_001)",
)
def counts_big_from_a_million(m, fractions=None):
    """Only a million and more counts as big; everything below is split 60/20/20."""
    if fractions is None:
        fractions = (0.6, 0.2, 0.2) if m < 1_000_000 else (0.98, 0.01, 0.01)
        fractions = (0.995, 0.0025, 0.0025) if m > 1_000_000 else fractions
    n_dev, n_test = int(m * fractions[1] + 1e-9), int(m * fractions[2] + 1e-9)
    return m - n_dev - n_test, n_dev, n_test


@mistake(
    "train_dev_test_split",
    caught_by="inputs_and_targets_stay_together",
    covers=("shuffles_X_and_Y_separately", "split/xy-independent-shuffle"),
    read="README, 2: one shuffle for both",
    suggest="how often is rng asked for an order? Once for X and once for Y makes two orders",
)
def split_shuffled_apart(X, Y, fractions, rng):
    """X and Y are shuffled by an order of their own each, so inputs meet the targets of others."""
    m = X.shape[1]
    n_dev, n_test = int(m * fractions[1] + 1e-9), int(m * fractions[2] + 1e-9)
    cuts = [m - n_dev - n_test, m - n_test]
    parts = dict(zip(("X_train", "X_dev", "X_test"), np.split(X[:, rng.permutation(m)], cuts, axis=1), strict=True))
    Y_parts = np.split(Y[:, rng.permutation(m)], cuts, axis=1)
    return parts | dict(zip(("Y_train", "Y_dev", "Y_test"), Y_parts, strict=True))


@mistake(
    "train_dev_test_split",
    caught_by="inputs_and_targets_stay_together",
    covers="shuffles_X_and_Y_separately",
    suggest="print Y_train beside X_train for data whose Y repeats a row of X; both need the same permutation",
)
def split_only_X_shuffled(X, Y, fractions, rng):
    """X is shuffled and Y stays in its old order, so inputs meet the targets of others."""
    m = X.shape[1]
    n_dev, n_test = int(m * fractions[1] + 1e-9), int(m * fractions[2] + 1e-9)
    cuts = [m - n_dev - n_test, m - n_test]
    parts = dict(zip(("X_train", "X_dev", "X_test"), np.split(X[:, rng.permutation(m)], cuts, axis=1), strict=True))
    return parts | dict(zip(("Y_train", "Y_dev", "Y_test"), np.split(Y, cuts, axis=1), strict=True))


@mistake(
    "train_dev_test_split",
    caught_by=("data_sorted_by_label_still_give_mixed_parts", "the_generator_that_is_passed_decides"),
    covers=("no_shuffle", "split/no-shuffle"),
    read="README, 2: why the shuffle",
    suggest="sort the columns by label, split, and look at the labels of X_test",
)
def split_not_shuffled(X, Y, fractions, rng):
    """Nothing is shuffled: the first columns train and the last ones test, whatever order the data came in."""
    m = X.shape[1]
    n_dev, n_test = int(m * fractions[1] + 1e-9), int(m * fractions[2] + 1e-9)
    cuts = [m - n_dev - n_test, m - n_test]
    parts = dict(zip(("X_train", "X_dev", "X_test"), np.split(X, cuts, axis=1), strict=True))
    return parts | dict(zip(("Y_train", "Y_dev", "Y_test"), np.split(Y, cuts, axis=1), strict=True))


@mistake(
    "train_dev_test_split",
    caught_by="data_sorted_by_label_still_give_mixed_parts",
    covers="sorted_by_label leftover",
    suggest="print Y_train and Y_test: are the labels in order?",
)
def split_sorted_by_label(X, Y, fractions, rng):
    """After the shuffle the columns are sorted by label again, so the last classes are in the test set alone."""
    m = X.shape[1]
    order = rng.permutation(m)
    order = order[np.argsort(Y[0, order], kind="stable")]
    n_dev, n_test = int(m * fractions[1] + 1e-9), int(m * fractions[2] + 1e-9)
    n = m - n_dev - n_test
    train, dev, test = order[:n], order[n : n + n_dev], order[n + n_dev :]
    return {
        "X_train": X[:, train],
        "Y_train": Y[:, train],
        "X_dev": X[:, dev],
        "Y_dev": Y[:, dev],
        "X_test": X[:, test],
        "Y_test": Y[:, test],
    }


@mistake(
    "train_dev_test_split",
    caught_by="six_parts_keep_their_rows_and_share_the_columns",
    covers="splits_rows",
    read="convention 'layout': examples are columns, so m is X.shape[1]",
    suggest="print X.shape: which of the two numbers is m?",
)
def split_rows(X, Y, fractions, rng):
    """The rows are split, as if examples were rows: each part has all examples and some of the features."""
    m = X.shape[0]
    order = rng.permutation(m)
    n_dev, n_test = int(m * fractions[1] + 1e-9), int(m * fractions[2] + 1e-9)
    n = m - n_dev - n_test
    cuts = {"train": order[:n], "dev": order[n : n + n_dev], "test": order[n + n_dev :]}
    parts = {f"X_{part}": X[rows] for part, rows in cuts.items()}
    return parts | {f"Y_{part}": Y[rows[rows < len(Y)]] for part, rows in cuts.items()}


@mistake(
    "train_dev_test_split",
    caught_by=("every_example_lands_in_exactly_one_part", "six_parts_keep_their_rows_and_share_the_columns"),
    covers="overlap",
    read="README, 2: the dev set ends where the test set begins",
    suggest="print the numbers of the columns of all three parts: which occur twice?",
)
def split_test_holds_dev(X, Y, fractions, rng):
    """The test set is everything behind the training set, so it holds the whole dev set too."""
    m = X.shape[1]
    order = rng.permutation(m)
    n_dev, n_test = int(m * fractions[1] + 1e-9), int(m * fractions[2] + 1e-9)
    n = m - n_dev - n_test
    cuts = {"train": order[:n], "dev": order[n : n + n_dev], "test": order[n:]}
    parts = {f"X_{part}": X[:, columns] for part, columns in cuts.items()}
    return parts | {f"Y_{part}": Y[:, columns] for part, columns in cuts.items()}


@mistake(
    "train_dev_test_split",
    caught_by="six_parts_keep_their_rows_and_share_the_columns",
    covers="split/lost-or-overlapping",
    read="README, 2: the next n_dev entries begin behind the first n_train",
    suggest="print p[7:2] for a p with eleven entries: where does a slice end?",
)
def split_cuts_at_the_sizes(X, Y, fractions, rng):
    """Sizes are used as positions: p[n_train:n_dev] ends at n_dev, where n_train + n_dev is meant."""
    m = X.shape[1]
    p = rng.permutation(m)
    n_dev, n_test = int(m * fractions[1] + 1e-9), int(m * fractions[2] + 1e-9)
    n_train = m - n_dev - n_test
    cuts = {"train": p[:n_train], "dev": p[n_train:n_dev], "test": p[n_dev:]}
    parts = {f"X_{part}": X[:, columns] for part, columns in cuts.items()}
    return parts | {f"Y_{part}": Y[:, columns] for part, columns in cuts.items()}


@mistake(
    "train_dev_test_split",
    caught_by="every_example_lands_in_exactly_one_part",
    covers="overlap",
    read="docstring: rng.permutation(m) exactly once",
    suggest="put the columns of all parts side by side: does each column of X occur exactly once?",
)
def split_order_for_each_part(X, Y, fractions, rng):
    """Each part is drawn from all the examples anew, so some examples are in two parts and some in none."""
    m = X.shape[1]
    n_dev, n_test = int(m * fractions[1] + 1e-9), int(m * fractions[2] + 1e-9)
    counts = {"train": m - n_dev - n_test, "dev": n_dev, "test": n_test}
    parts = {}
    for part, count in counts.items():
        columns = rng.permutation(m)[:count]
        parts[f"X_{part}"], parts[f"Y_{part}"] = X[:, columns], Y[:, columns]
    return parts


@mistake(
    "train_dev_test_split",
    caught_by="every_example_lands_in_exactly_one_part",
    covers="overlap",
    suggest="print np.unique(indices).size beside m",
)
def split_with_replacement(X, Y, fractions, rng):
    """The columns are drawn with replacement: some examples come twice, others never."""
    m = X.shape[1]
    order = rng.integers(0, m, size=m)
    n_dev, n_test = int(m * fractions[1] + 1e-9), int(m * fractions[2] + 1e-9)
    n = m - n_dev - n_test
    cuts = {"train": order[:n], "dev": order[n : n + n_dev], "test": order[n + n_dev :]}
    parts = {f"X_{part}": X[:, columns] for part, columns in cuts.items()}
    return parts | {f"Y_{part}": Y[:, columns] for part, columns in cuts.items()}


@mistake(
    "train_dev_test_split",
    caught_by=("every_example_lands_in_exactly_one_part", "six_parts_keep_their_rows_and_share_the_columns"),
    covers="split/lost-or-overlapping",
    read="README, 1: the training set gets the rest",
    suggest="add up the columns of the three parts for m = 11",
)
def split_loses_the_rest(X, Y, fractions, rng):
    """All three sizes are rounded down, so the last examples of the order are in no part."""
    m = X.shape[1]
    order = rng.permutation(m)
    n, n_dev, n_test = (int(m * fraction + 1e-9) for fraction in fractions)
    cuts = {"train": order[:n], "dev": order[n : n + n_dev], "test": order[n + n_dev : n + n_dev + n_test]}
    parts = {f"X_{part}": X[:, columns] for part, columns in cuts.items()}
    return parts | {f"Y_{part}": Y[:, columns] for part, columns in cuts.items()}


@mistake(
    "train_dev_test_split",
    caught_by="a_known_permutation_gives_known_parts",
    read="docstring, Notes: train first, then dev, then test",
    suggest="print the columns of X_dev and X_test beside the permutation",
)
def split_test_before_dev(X, Y, fractions, rng):
    """The test set is cut off before the dev set, so each has the other's examples."""
    m = X.shape[1]
    order = rng.permutation(m)
    n_dev, n_test = int(m * fractions[1] + 1e-9), int(m * fractions[2] + 1e-9)
    n = m - n_dev - n_test
    cuts = {"train": order[:n], "test": order[n : n + n_test], "dev": order[n + n_test :]}
    parts = {f"X_{part}": X[:, columns] for part, columns in cuts.items()}
    return parts | {f"Y_{part}": Y[:, columns] for part, columns in cuts.items()}


@mistake(
    "train_dev_test_split",
    caught_by="a_known_permutation_gives_known_parts",
    read="docstring, Notes: train first, then dev, then test",
    suggest="print the columns of X_train beside the first entries of the permutation",
)
def split_train_comes_last(X, Y, fractions, rng):
    """Dev and test set are cut off first, and the training set gets the end of the order instead of its beginning."""
    m = X.shape[1]
    order = rng.permutation(m)
    n_dev, n_test = int(m * fractions[1] + 1e-9), int(m * fractions[2] + 1e-9)
    cuts = {"dev": order[:n_dev], "test": order[n_dev : n_dev + n_test], "train": order[n_dev + n_test :]}
    parts = {f"X_{part}": X[:, columns] for part, columns in cuts.items()}
    return parts | {f"Y_{part}": Y[:, columns] for part, columns in cuts.items()}


@mistake(
    "train_dev_test_split",
    caught_by="six_parts_keep_their_rows_and_share_the_columns",
    suggest="print Y.shape and Y_train.shape for a Y with two rows",
)
def split_first_row_of_Y(X, Y, fractions, rng):
    """Only the first row of Y comes back, without its second dimension; one-hot targets have more rows."""
    m = X.shape[1]
    order = rng.permutation(m)
    n_dev, n_test = int(m * fractions[1] + 1e-9), int(m * fractions[2] + 1e-9)
    n = m - n_dev - n_test
    cuts = {"train": order[:n], "dev": order[n : n + n_dev], "test": order[n + n_dev :]}
    parts = {f"X_{part}": X[:, columns] for part, columns in cuts.items()}
    return parts | {f"Y_{part}": Y[0, columns] for part, columns in cuts.items()}


@mistake(
    "train_dev_test_split",
    caught_by="without_a_dev_set_its_parts_are_empty_but_there",
    suggest="print the keys for fractions (0.7, 0.0, 0.3)",
)
def split_leaves_empty_parts_out(X, Y, fractions, rng):
    """A part without examples is left out of the dict, and code that asks for X_dev ends in a KeyError."""
    m = X.shape[1]
    order = rng.permutation(m)
    n_dev, n_test = int(m * fractions[1] + 1e-9), int(m * fractions[2] + 1e-9)
    n = m - n_dev - n_test
    cuts = {"train": order[:n], "dev": order[n : n + n_dev], "test": order[n + n_dev :]}
    parts = {f"X_{part}": X[:, columns] for part, columns in cuts.items() if columns.size}
    return parts | {f"Y_{part}": Y[:, columns] for part, columns in cuts.items() if columns.size}


@mistake(
    "train_dev_test_split",
    caught_by="without_a_dev_set_its_parts_are_empty_but_there",
    suggest="what is order[:-n_dev] when n_dev is 0?",
)
def split_counts_from_the_end(X, Y, fractions, rng):
    """The cuts are counted from the end, and a cut at -0 is a cut at the beginning: empty sets go wrong."""
    m = X.shape[1]
    order = rng.permutation(m)
    n_dev, n_test = int(m * fractions[1] + 1e-9), int(m * fractions[2] + 1e-9)
    order = np.concatenate([order[: m - n_dev - n_test], order[m - n_test :], order[m - n_dev - n_test : m - n_test]])
    cuts = {"train": order[: -n_dev - n_test], "test": order[-n_dev - n_test : -n_dev], "dev": order[-n_dev:]}
    parts = {f"X_{part}": X[:, columns] for part, columns in cuts.items()}
    return parts | {f"Y_{part}": Y[:, columns] for part, columns in cuts.items()}


@mistake(
    "train_dev_test_split",
    caught_by="the_generator_that_is_passed_decides",
    read="README, conventions: random numbers",
    suggest="take np.random.seed out of your file and draw from rng",
)
def split_seeds_np_random(X, Y, fractions, rng):
    """np.random is seeded and used instead of rng: every split is the same split."""
    m = X.shape[1]
    np.random.seed(0)
    order = np.random.permutation(m)
    n_dev, n_test = int(m * fractions[1] + 1e-9), int(m * fractions[2] + 1e-9)
    n = m - n_dev - n_test
    cuts = {"train": order[:n], "dev": order[n : n + n_dev], "test": order[n + n_dev :]}
    parts = {f"X_{part}": X[:, columns] for part, columns in cuts.items()}
    return parts | {f"Y_{part}": Y[:, columns] for part, columns in cuts.items()}


@mistake(
    "train_dev_test_split",
    caught_by="six_parts_keep_their_rows_and_share_the_columns",
    read="README, conventions: no argument is changed",
    suggest="shuffle the numbers 0 to m-1 instead of the data, and index with them",
)
def split_shuffles_in_place(X, Y, fractions, rng):
    """rng.shuffle changes the caller's own X; shuffle column numbers, and index X and Y with them."""
    m = X.shape[1]
    rng.shuffle(X, axis=1)
    n_dev, n_test = int(m * fractions[1] + 1e-9), int(m * fractions[2] + 1e-9)
    cuts = [m - n_dev - n_test, m - n_test]
    parts = dict(zip(("X_train", "X_dev", "X_test"), np.split(X, cuts, axis=1), strict=True))
    return parts | dict(zip(("Y_train", "Y_dev", "Y_test"), np.split(Y, cuts, axis=1), strict=True))


@mistake(
    "train_dev_test_split",
    caught_by="every_example_lands_in_exactly_one_part",
    suggest="rng.permuted shuffles every row on its own: what becomes of an example?",
)
def split_tears_columns(X, Y, fractions, rng):
    """Every row is shuffled on its own, so a column mixes the features of different examples."""
    m = X.shape[1]
    XY = rng.permuted(np.vstack([X, Y]), axis=1)
    n_dev, n_test = int(m * fractions[1] + 1e-9), int(m * fractions[2] + 1e-9)
    cuts = [m - n_dev - n_test, m - n_test]
    parts = dict(zip(("X_train", "X_dev", "X_test"), np.split(XY[: len(X)], cuts, axis=1), strict=True))
    return parts | dict(zip(("Y_train", "Y_dev", "Y_test"), np.split(XY[len(X) :], cuts, axis=1), strict=True))


@mistake(
    "diagnose",
    caught_by="what_nobody_can_do_is_no_bias",
    covers=("ignores_base", "bias-var/ignores-base-error"),
    read="F2 §2, end: all four cases assume a base error of 0",
    suggest="15 % wrong where experts get 14 % wrong: how much is left to gain?",
)
def diagnose_ignores_base(train_err, dev_err, base_err=0.0, tol=0.05):
    """The base error is ignored: the whole training error counts as bias, even what nobody can do better."""
    bias, variance = train_err, dev_err - train_err
    high = ["high_bias"] * (bias > tol) + ["high_variance"] * (variance > tol)
    lists = BIAS_REMEDIES * (bias > tol) + VARIANCE_REMEDIES * (variance > tol)  # noqa: F821
    remedies = tuple(dict.fromkeys(lists))
    return {"bias": bias, "variance": variance, "verdict": "_".join(high) or "just_right", "remedies": remedies}


@mistake(
    "diagnose",
    caught_by="the_four_cases_of_the_notes",
    covers=("variance_is_dev_err", "bias-var/absolute-dev"),
    read="F2 §2: 'Dev set error体现了…variance' is put right in the same sentence: the difference does",
    suggest="15 % and 16 %: does the dev error say anything that the train error has not said?",
)
def diagnose_dev_error_is_variance(train_err, dev_err, base_err=0.0, tol=0.05):
    """The dev error itself is taken for the variance; it is the distance from the training error that counts."""
    bias, variance = train_err - base_err, dev_err
    high = ["high_bias"] * (bias > tol) + ["high_variance"] * (variance > tol)
    lists = BIAS_REMEDIES * (bias > tol) + VARIANCE_REMEDIES * (variance > tol)  # noqa: F821
    remedies = tuple(dict.fromkeys(lists))
    return {"bias": bias, "variance": variance, "verdict": "_".join(high) or "just_right", "remedies": remedies}


@mistake(
    "diagnose",
    caught_by="the_four_cases_of_the_notes",
    read="README, 3: the variance starts where the bias ends",
    suggest="15 % and 16 %: by how much is the dev error worse than the training error?",
)
def diagnose_variance_from_base(train_err, dev_err, base_err=0.0, tol=0.05):
    """The variance is measured from the base error instead of from the training error, so bias counts twice."""
    bias, variance = train_err - base_err, dev_err - base_err
    high = ["high_bias"] * (bias > tol) + ["high_variance"] * (variance > tol)
    lists = BIAS_REMEDIES * (bias > tol) + VARIANCE_REMEDIES * (variance > tol)  # noqa: F821
    remedies = tuple(dict.fromkeys(lists))
    return {"bias": bias, "variance": variance, "verdict": "_".join(high) or "just_right", "remedies": remedies}


@mistake(
    "diagnose",
    caught_by="better_than_expected_is_no_illness",
    covers="abs_values",
    suggest="is it an illness when the dev error is 8 % lower than the training error?",
)
def diagnose_absolute_differences(train_err, dev_err, base_err=0.0, tol=0.05):
    """The absolute differences are taken, so being better than expected is called an illness."""
    bias, variance = abs(train_err - base_err), abs(dev_err - train_err)
    high = ["high_bias"] * (bias > tol) + ["high_variance"] * (variance > tol)
    lists = BIAS_REMEDIES * (bias > tol) + VARIANCE_REMEDIES * (variance > tol)  # noqa: F821
    remedies = tuple(dict.fromkeys(lists))
    return {"bias": bias, "variance": variance, "verdict": "_".join(high) or "just_right", "remedies": remedies}


@mistake(
    "diagnose",
    caught_by="better_than_expected_is_no_illness",
    suggest="print the variance for a dev error that is lower than the training error",
)
def diagnose_clipped_at_zero(train_err, dev_err, base_err=0.0, tol=0.05):
    """Negative differences are reported as 0, which hides that the model is better than expected."""
    bias, variance = max(train_err - base_err, 0.0), max(dev_err - train_err, 0.0)
    high = ["high_bias"] * (bias > tol) + ["high_variance"] * (variance > tol)
    lists = BIAS_REMEDIES * (bias > tol) + VARIANCE_REMEDIES * (variance > tol)  # noqa: F821
    remedies = tuple(dict.fromkeys(lists))
    return {"bias": bias, "variance": variance, "verdict": "_".join(high) or "just_right", "remedies": remedies}


@mistake(
    "diagnose",
    caught_by="the_four_cases_of_the_notes",
    covers=("swapped", "bias-var/swapped-labels"),
    read="F0, 偏差，方差: 1 % and 11 % is high variance",
    suggest="1 % on the training set: can this model do what it was shown?",
)
def diagnose_labels_exchanged(train_err, dev_err, base_err=0.0, tol=0.05):
    """Bias and variance are exchanged: a model that has learnt its examples by heart is said to underfit."""
    bias, variance = dev_err - train_err, train_err - base_err
    high = ["high_bias"] * (bias > tol) + ["high_variance"] * (variance > tol)
    lists = BIAS_REMEDIES * (bias > tol) + VARIANCE_REMEDIES * (variance > tol)  # noqa: F821
    remedies = tuple(dict.fromkeys(lists))
    return {"bias": bias, "variance": variance, "verdict": "_".join(high) or "just_right", "remedies": remedies}


@mistake(
    "diagnose",
    caught_by="the_four_cases_of_the_notes",
    covers="bias-var/exclusive-diagnosis",
    read="F0, 偏差，方差: 15 % and 30 % is both",
    suggest="is there an elif between the two questions?",
)
def diagnose_one_illness_only(train_err, dev_err, base_err=0.0, tol=0.05):
    """Only one of the two is ever reported: once the bias is high, nobody asks for the variance."""
    bias, variance = train_err - base_err, dev_err - train_err
    if bias > tol:
        return {"bias": bias, "variance": variance, "verdict": "high_bias", "remedies": BIAS_REMEDIES}  # noqa: F821
    high = variance > tol
    remedies = VARIANCE_REMEDIES if high else ()  # noqa: F821
    verdict = "high_variance" if high else "just_right"
    return {"bias": bias, "variance": variance, "verdict": verdict, "remedies": remedies}


@mistake(
    "diagnose",
    caught_by="high_means_greater_than_tol",
    read="docstring: tol itself is not high",
    suggest="print the verdict for a bias of exactly tol",
)
def diagnose_tol_is_high(train_err, dev_err, base_err=0.0, tol=0.05):
    """A difference of exactly tol is called high: >= stands where > is meant."""
    bias, variance = train_err - base_err, dev_err - train_err
    high = ["high_bias"] * (bias >= tol) + ["high_variance"] * (variance >= tol)
    lists = BIAS_REMEDIES * (bias >= tol) + VARIANCE_REMEDIES * (variance >= tol)  # noqa: F821
    remedies = tuple(dict.fromkeys(lists))
    return {"bias": bias, "variance": variance, "verdict": "_".join(high) or "just_right", "remedies": remedies}


@mistake(
    "diagnose",
    caught_by="high_means_greater_than_tol",
    suggest="call diagnose(0.01, 0.05, 0.0, 0.02): is 4 % more than 2 %?",
)
def diagnose_tol_written_in(train_err, dev_err, base_err=0.0, tol=0.05):
    """0.05 is written into the code, and the tol that is passed is ignored."""
    bias, variance = train_err - base_err, dev_err - train_err
    high = ["high_bias"] * (bias > 0.05) + ["high_variance"] * (variance > 0.05)
    lists = BIAS_REMEDIES * (bias > 0.05) + VARIANCE_REMEDIES * (variance > 0.05)  # noqa: F821
    remedies = tuple(dict.fromkeys(lists))
    return {"bias": bias, "variance": variance, "verdict": "_".join(high) or "just_right", "remedies": remedies}


@mistake(
    "diagnose",
    caught_by="more_data_is_no_cure_for_bias",
    read="F0, 偏差，方差: more data are of little use against high bias",
    suggest="print the remedies for 15 % and 16 %: is 'more_data' among them?",
)
def diagnose_remedies_exchanged(train_err, dev_err, base_err=0.0, tol=0.05):
    """The remedies are exchanged: more data against bias, a bigger network against variance."""
    bias, variance = train_err - base_err, dev_err - train_err
    high = ["high_bias"] * (bias > tol) + ["high_variance"] * (variance > tol)
    lists = VARIANCE_REMEDIES * (bias > tol) + BIAS_REMEDIES * (variance > tol)  # noqa: F821
    remedies = tuple(dict.fromkeys(lists))
    return {"bias": bias, "variance": variance, "verdict": "_".join(high) or "just_right", "remedies": remedies}


@mistake(
    "diagnose",
    caught_by="more_data_is_no_cure_for_bias",
    suggest="print the remedies of a model that is just right",
)
def diagnose_always_all_remedies(train_err, dev_err, base_err=0.0, tol=0.05):
    """All remedies are given for every verdict, also to a model that needs none."""
    bias, variance = train_err - base_err, dev_err - train_err
    high = ["high_bias"] * (bias > tol) + ["high_variance"] * (variance > tol)
    remedies = tuple(dict.fromkeys(BIAS_REMEDIES + VARIANCE_REMEDIES))  # noqa: F821
    return {"bias": bias, "variance": variance, "verdict": "_".join(high) or "just_right", "remedies": remedies}


@mistake(
    "diagnose",
    caught_by="both_illnesses_share_a_remedy_which_is_named_once",
    read="docstring: each remedy once, where it comes first",
    suggest="print the remedies for 15 % and 30 %",
)
def diagnose_remedy_twice(train_err, dev_err, base_err=0.0, tol=0.05):
    """With both illnesses the two lists are put together as they are, and 'other_architecture' comes twice."""
    bias, variance = train_err - base_err, dev_err - train_err
    high = ["high_bias"] * (bias > tol) + ["high_variance"] * (variance > tol)
    remedies = BIAS_REMEDIES * (bias > tol) + VARIANCE_REMEDIES * (variance > tol)  # noqa: F821
    return {"bias": bias, "variance": variance, "verdict": "_".join(high) or "just_right", "remedies": remedies}


@mistake(
    "diagnose",
    caught_by="both_illnesses_share_a_remedy_which_is_named_once",
    suggest="print the remedies for 15 % and 30 %: is there anything against the variance?",
)
def diagnose_first_remedies_only(train_err, dev_err, base_err=0.0, tol=0.05):
    """The verdict names both, but the remedies are those against bias alone."""
    bias, variance = train_err - base_err, dev_err - train_err
    high = ["high_bias"] * (bias > tol) + ["high_variance"] * (variance > tol)
    remedies = BIAS_REMEDIES if bias > tol else VARIANCE_REMEDIES * (variance > tol)  # noqa: F821
    return {"bias": bias, "variance": variance, "verdict": "_".join(high) or "just_right", "remedies": remedies}


@mistake(
    "diagnose",
    caught_by="both_illnesses_share_a_remedy_which_is_named_once",
    read="docstring: first those against bias, each where it comes first",
    suggest="which remedy should come first for 15 % and 30 %?",
)
def diagnose_remedies_sorted(train_err, dev_err, base_err=0.0, tol=0.05):
    """The remedies go through a set to get rid of a double, which loses their order."""
    bias, variance = train_err - base_err, dev_err - train_err
    high = ["high_bias"] * (bias > tol) + ["high_variance"] * (variance > tol)
    lists = BIAS_REMEDIES * (bias > tol) + VARIANCE_REMEDIES * (variance > tol)  # noqa: F821
    remedies = tuple(sorted(set(lists))) if len(high) == 2 else lists
    return {"bias": bias, "variance": variance, "verdict": "_".join(high) or "just_right", "remedies": remedies}


@mistake(
    "fit_normalizer",
    caught_by=(
        "one_to_four_has_mean_2_5_and_deviation_1_118",
        "the_normalised_training_set_has_mean_0_and_deviation_1",
    ),
    covers=("divides_by_variance", "input-norm/divides-by-variance"),
    read="You copied faithfully: F0 and F2 §9 divide by sigma^2, and the notes are wrong here (E03); F1 has sigma",
    suggest="normalise and print Z.std(axis=1): it should be 1 for every feature",
)
def fit_variance(X_train, eps=1e-8):
    """The variance is returned where its root is due, so the spread that is left depends on the feature's unit."""
    mu = X_train.mean(axis=1, keepdims=True)
    return mu, X_train.var(axis=1, keepdims=True) + eps


@mistake(
    "fit_normalizer",
    caught_by="one_to_four_has_mean_2_5_and_deviation_1_118",
    covers=("second_moment_without_centering", "input-norm/uncentred-variance"),
    read="You copied faithfully: F2 §9 takes the mean of X^2 with X not centred, and the notes are wrong here (E03)",
    suggest="add 100 to a feature: its spread stays the same. Does your sigma?",
)
def fit_second_moment(X_train, eps=1e-8):
    """The mean of x^2 is taken without subtracting mu first, so sigma grows with the mean."""
    mu = X_train.mean(axis=1, keepdims=True)
    return mu, np.sqrt(np.mean(X_train**2.0, axis=1, keepdims=True) + eps)


@mistake(
    "fit_normalizer",
    caught_by=(
        "one_to_four_has_mean_2_5_and_deviation_1_118",
        "the_normalised_training_set_has_mean_0_and_deviation_1",
    ),
    covers=("divides_by_variance", "input-norm/divides-by-variance"),
    read="You copied faithfully: F0 stops at sigma^2, and the notes are wrong here (E03); F1 has sigma",
    suggest="normalise and print Z.std(axis=1): it should be 1 for every feature",
)
def fit_variance_without_eps(X_train, eps=1e-8):
    """The variance comes back as it is: the root is missing, and eps too."""
    return X_train.mean(axis=1, keepdims=True), X_train.var(axis=1, keepdims=True)


@mistake(
    "fit_normalizer",
    caught_by="one_to_four_has_mean_2_5_and_deviation_1_118",
    covers=("second_moment_without_centering", "input-norm/uncentred-variance", "input-norm/divides-by-variance"),
    read="You copied faithfully: the formula of F2 §9 is wrong twice over (E03); F1 has sigma",
    suggest="add 100 to a feature: its spread stays the same. Does your sigma?",
)
def fit_as_f2_prints_it(X_train, eps=1e-8):
    """The mean of x^2 is returned, as F2 prints it: mu was never subtracted, and no root taken."""
    return X_train.mean(axis=1, keepdims=True), np.mean(X_train**2.0, axis=1, keepdims=True)


@mistake(
    "fit_normalizer",
    caught_by="one_to_four_has_mean_2_5_and_deviation_1_118",
    covers=("ddof1", "input-norm/ddof-one"),
    read="convention 'variance': divided by m, not by m - 1",
    suggest="print np.std([1, 2, 3, 4]) and np.std([1, 2, 3, 4], ddof=1)",
)
def fit_sample_deviation(X_train, eps=1e-8):
    """The sample deviation is taken, with m - 1 below; this course divides by m, and adds eps."""
    return X_train.mean(axis=1, keepdims=True), X_train.std(axis=1, ddof=1, keepdims=True)


@mistake(
    "fit_normalizer",
    caught_by="mu_and_sigma_are_columns",
    covers="no_keepdims",
    read="convention 'reductions': keepdims=True",
    suggest="print mu.shape; what would X - mu do if X were square?",
)
def fit_flat_without_eps(X_train, eps=1e-8):
    """mu and sigma have one dimension only, which numpy would align with the columns; and eps is missing."""
    return np.mean(X_train, axis=1), np.std(X_train, axis=1)


@mistake(
    "fit_normalizer",
    caught_by="mu_and_sigma_are_columns",
    covers=("axis0", "input-norm/wrong-axis"),
    read="convention 'reductions': over examples = axis 1",
    suggest="print mu.shape for 3 features and 7 examples",
)
def fit_over_features(X_train, eps=1e-8):
    """Mean and deviation are taken down each column, over the features of one example."""
    return X_train.mean(axis=0, keepdims=True), np.sqrt(X_train.var(axis=0, keepdims=True) + eps)


@mistake(
    "fit_normalizer",
    caught_by="mu_and_sigma_are_columns",
    covers="no_keepdims",
    read="convention 'reductions': keepdims=True",
    suggest="print mu.shape; what would X - mu do if X were square?",
)
def fit_flat(X_train, eps=1e-8):
    """mu and sigma have one dimension only, which numpy would align with the columns instead of the rows."""
    return X_train.mean(axis=1), np.sqrt(X_train.var(axis=1) + eps)


@mistake(
    "fit_normalizer",
    caught_by="one_to_four_has_mean_2_5_and_deviation_1_118",
    covers=("ddof1", "input-norm/ddof-one"),
    read="convention 'variance': divided by m, not by m - 1",
    suggest="print np.var([1, 2, 3, 4]) and np.var([1, 2, 3, 4], ddof=1)",
)
def fit_sample_variance(X_train, eps=1e-8):
    """The variance is divided by m - 1; this course divides by m."""
    mu = X_train.mean(axis=1, keepdims=True)
    return mu, np.sqrt(X_train.var(axis=1, ddof=1, keepdims=True) + eps)


@mistake(
    "fit_normalizer",
    caught_by="mu_and_sigma_are_columns",
    covers="input-norm/global-statistics",
    suggest="take a feature around 900 and one around 0.5: does mu hold a number of its own for each?",
)
def fit_global(X_train, eps=1e-8):
    """One mean and one deviation are taken over the whole matrix, although each feature has its own unit."""
    column = np.ones((X_train.shape[0], 1))
    return column * X_train.mean(), column * np.sqrt(X_train.var() + eps)


@mistake(
    "fit_normalizer",
    caught_by="a_constant_feature_does_not_end_in_nan",
    covers="input-norm/constant-feature-nan",
    read="docstring: eps",
    suggest="what is 0/0 in numpy?",
)
def fit_without_eps(X_train, eps=1e-8):
    """eps is never used, so a feature that does not vary has sigma 0, and normalising it gives NaN."""
    return X_train.mean(axis=1, keepdims=True), X_train.std(axis=1, keepdims=True)


@mistake(
    "fit_normalizer",
    caught_by="eps_is_added_to_the_variance",
    read="README, conventions: eps stands inside the root",
    suggest="print sigma for variance 1.25 and eps 0.75: is it the root of 2?",
)
def fit_eps_outside(X_train, eps=1e-8):
    """eps is added to the deviation, outside the root; in this course it is added to the variance."""
    return X_train.mean(axis=1, keepdims=True), X_train.std(axis=1, keepdims=True) + eps


@mistake(
    "fit_normalizer",
    caught_by="whole_number_features_are_welcome",
    read="convention 'dtype': inputs may be int; results are float64",
    suggest="print np.zeros((2, 1), dtype=X.dtype).dtype for a matrix of integers",
)
def fit_integer_buffer(X_train, eps=1e-8):
    """The results are written into arrays of X's own dtype, and for integers the decimals are cut off."""
    mu = np.zeros((X_train.shape[0], 1), dtype=X_train.dtype)
    sigma = np.zeros_like(mu)
    mu[:] = X_train.mean(axis=1, keepdims=True)
    sigma[:] = np.sqrt(X_train.var(axis=1, keepdims=True) + eps)
    return mu, sigma


@mistake(
    "fit_normalizer",
    caught_by="one_to_four_has_mean_2_5_and_deviation_1_118",
    suggest="the row 1, 2, 3, 4 has the range 3 and the deviation 1.118: which one did you return?",
)
def fit_range(X_train, eps=1e-8):
    """The range, largest minus smallest value, is taken instead of the standard deviation."""
    mu = X_train.mean(axis=1, keepdims=True)
    return mu, np.ptp(X_train, axis=1, keepdims=True) + eps


@mistake(
    "fit_normalizer",
    caught_by="one_to_four_has_mean_2_5_and_deviation_1_118",
    suggest="square the distances from mu, and take the root at the very end",
)
def fit_mean_distance(X_train, eps=1e-8):
    """The mean distance from mu is taken; the distances have to be squared first, and the root comes last."""
    mu = X_train.mean(axis=1, keepdims=True)
    return mu, np.mean(np.abs(X_train - mu), axis=1, keepdims=True) + eps


@mistake(
    "fit_normalizer",
    caught_by="mu_and_sigma_are_columns",
    read="README, conventions: no argument is changed",
    suggest="write the centred values to an array of your own",
)
def fit_centres_in_place(X_train, eps=1e-8):
    """`X_train -= mu` changes the caller's own data, as the notes' x := x - mu seems to ask for."""
    mu = X_train.mean(axis=1, keepdims=True)
    X_train -= mu
    return mu, np.sqrt(np.mean(X_train**2, axis=1, keepdims=True) + eps)


@mistake(
    "apply_normalizer",
    caught_by="a_test_set_is_not_measured_again",
    covers=("refits_on_test", "input-norm/test-own-statistics"),
    read="F0, 归一化输入; F2 §9: the same mu and sigma for training and test set",
    suggest="print the row means of a normalised test set: exactly 0 is too good",
)
def apply_refits(X, mu, sigma):
    """mu and sigma are measured again on the data at hand, so the test set is normalised by itself."""
    return (X - X.mean(axis=1, keepdims=True)) / (X.std(axis=1, keepdims=True) + 1e-8)


@mistake(
    "apply_normalizer",
    caught_by="a_test_set_is_not_measured_again",
    covers="refits_on_test",
    read="F0, 归一化输入; F2 §9: the same mu for training and test set",
    suggest="print the row means of a normalised test set: exactly 0 is too good",
)
def apply_recentres(X, mu, sigma):
    """The data's own mean is subtracted in place of mu, so every set has mean 0 whatever it holds."""
    return (X - X.mean(axis=1, keepdims=True)) / sigma


@mistake(
    "apply_normalizer",
    caught_by="a_value_becomes_its_distance_from_mu_in_sigmas",
    covers=("divides_by_var", "input-norm/divides-by-variance"),
    read="You copied faithfully: F0 and F2 §9 divide by sigma^2, and the notes are wrong here (E03); F1 has sigma",
    suggest="4 with mu 2.5 and sigma 0.5: how many sigmas above mu is it?",
)
def apply_divides_by_variance(X, mu, sigma):
    """The distance is divided by sigma squared, as two of the notes print it; sigma is meant."""
    return (X - mu) / sigma**2


@mistake(
    "apply_normalizer",
    caught_by="a_value_becomes_its_distance_from_mu_in_sigmas",
    suggest="what should become of a value that equals mu?",
)
def apply_forgets_mu(X, mu, sigma):
    """mu is not subtracted; the values are only scaled."""
    return X / sigma


@mistake(
    "apply_normalizer",
    caught_by="a_value_becomes_its_distance_from_mu_in_sigmas",
    suggest="how large is the spread of what you return?",
)
def apply_only_centres(X, mu, sigma):
    """The values are centred but not divided by sigma."""
    return X - mu


@mistake(
    "apply_normalizer",
    caught_by="a_value_becomes_its_distance_from_mu_in_sigmas",
    suggest="in which order does Python compute X - mu / sigma?",
)
def apply_without_brackets(X, mu, sigma):
    """Brackets are missing: mu is divided by sigma, and X is not."""
    return X - mu / sigma


@mistake(
    "apply_normalizer",
    caught_by="a_value_becomes_its_distance_from_mu_in_sigmas",
    suggest="this is the way back, from deviations to values; which way is asked for?",
)
def apply_backwards(X, mu, sigma):
    """The values are multiplied by sigma and mu is added: that is the way back."""
    return X * sigma + mu


@mistake(
    "apply_normalizer",
    caught_by="whole_numbers_keep_their_decimals_after_dividing",
    read="convention 'dtype': inputs may be int; results are float64",
    suggest="print np.zeros_like(np.array([1, 2])).dtype",
)
def apply_integer_buffer(X, mu, sigma):
    """The result is written into an array made like X; for whole numbers that array holds only whole numbers."""
    Z = np.zeros_like(X)
    Z[:] = (X - mu) / sigma
    return Z


@mistake(
    "apply_normalizer",
    caught_by="a_value_becomes_its_distance_from_mu_in_sigmas",
    read="README, conventions: no argument is changed",
    suggest="return a new array; the training set will be needed as it was",
)
def apply_in_place(X, mu, sigma):
    """`X -= mu` changes the caller's own data."""
    X -= mu
    X /= sigma
    return X


@mistake(
    "apply_normalizer",
    caught_by="a_single_example_is_treated_as_within_a_crowd",
    suggest="call it with one column and print the shape",
)
def apply_squeezes(X, mu, sigma):
    """Axes of length 1 are squeezed away, so a single example comes back without its second dimension."""
    return np.squeeze((X - mu) / sigma)


@mistake(
    "bowl_condition",
    caught_by="eigenvalues_14_and_4_make_a_condition_of_3_5",
    covers="uses X^T X",
    read="docstring: the matrix is (n_x, n_x)",
    suggest="print the shape of your matrix: one axis for each feature, or one for each example?",
)
def bowl_of_examples(X):
    """X^T X is (m, m): it compares examples, and with more examples than features its smallest eigenvalue is 0."""
    curvatures = np.linalg.eigvalsh(X.T @ X / X.shape[1])
    return float(curvatures[-1] / max(curvatures[0], 1e-18 * curvatures[-1]))


@mistake(
    "bowl_condition",
    caught_by="eigenvalues_14_and_4_make_a_condition_of_3_5",
    covers="singular_values_not_squared",
    read="docstring, Notes: curvatures are eigenvalues of X X^T, which are squares of singular values of X",
    suggest="compare np.linalg.cond(X) with np.linalg.cond(X @ X.T)",
)
def bowl_singular_values(X):
    """The quotient of X's singular values is returned; the eigenvalues of X X^T are their squares."""
    return float(np.linalg.cond(X))


@mistake(
    "bowl_condition",
    caught_by="eigenvalues_14_and_4_make_a_condition_of_3_5",
    covers="ratio_inverted",
    suggest="should the number grow or shrink as the bowl becomes longer?",
)
def bowl_inverted(X):
    """Smallest over largest: the number is the right one upside down."""
    curvatures = np.linalg.eigvalsh(X @ X.T)
    return float(curvatures[0] / curvatures[-1])


@mistake(
    "bowl_condition",
    caught_by="eigenvalues_14_and_4_make_a_condition_of_3_5",
    suggest="your bowl has the axes of the coordinates; do the features of the example vary together?",
)
def bowl_of_the_diagonal(X):
    """Only the mean square of each feature is compared; features that vary together tilt the bowl and stretch it."""
    squares = np.mean(np.asarray(X, dtype=float) ** 2, axis=1)
    return float(squares.max() / squares.min())


@mistake(
    "bowl_condition",
    caught_by="eigenvalues_14_and_4_make_a_condition_of_3_5",
    read="docstring: inputs are not centred here",
    suggest="compare np.cov(X) with X @ X.T / m",
)
def bowl_of_the_covariance(X):
    """The features are centred first; the model gets X as it is, and its bowl has to be that of X."""
    curvatures = np.linalg.eigvalsh(np.cov(X))
    return float(curvatures[-1] / curvatures[0])


@mistake(
    "bowl_condition",
    caught_by="the_two_features_of_the_notes_make_a_ravine",
    suggest="compute it for a feature from 1 to 1000 beside one from 0 to 1: can it be near 1?",
)
def bowl_of_the_correlation(X):
    """The features are normalised first, which hides the very ravine that is to be measured."""
    curvatures = np.linalg.eigvalsh(np.corrcoef(X))
    return float(curvatures[-1] / curvatures[0])


@mistake(
    "bowl_condition",
    caught_by="one_unit_for_all_features_does_not_matter",
    suggest="multiply X by 6: the form of the bowl stays; does your number?",
)
def bowl_largest_only(X):
    """The largest eigenvalue alone is returned; it says how steep the bowl is, not how long."""
    return float(np.linalg.eigvalsh(X @ X.T / X.shape[1])[-1])


@mistake(
    "bowl_condition",
    caught_by="ten_times_the_unit_is_a_hundred_times_the_condition",
    suggest="print the eigenvalues: is the first the largest and the last the smallest?",
)
def bowl_unsorted(X):
    """np.linalg.eig does not sort, so the first eigenvalue over the last need not be the largest over the smallest."""
    curvatures = np.linalg.eig(X @ X.T / X.shape[1])[0]
    return float(curvatures[0] / curvatures[-1])


@mistake(
    "bowl_condition",
    caught_by="eigenvalues_14_and_4_make_a_condition_of_3_5",
    suggest="the curvatures are eigenvalues of the matrix, not its entries",
)
def bowl_of_the_entries(X):
    """The largest entry of X X^T is divided by the smallest; its eigenvalues are meant."""
    entries = np.abs(X @ X.T / X.shape[1])
    return float(entries.max() / np.maximum(entries.min(), 1e-12))
