"""Known wrong ways to write softmax.py: what each author believed, and which check must object.

`covers` names rows of the course's lists of mistakes: a slug of the exercise's own table, or "area/name".
"""

import numpy as np

from autograder.checking import equivalent, mistake


@mistake(
    "one_hot",
    caught_by="one_row_per_class_and_one_column_per_example",
    covers="rows_layout",
    read="convention 'layout': examples are columns",
    suggest="print the shape for five labels and three classes; it should be (3, 5)",
)
def one_hot_rows(y, num_classes):
    """There is one row per example and one column per class; in this course it is the other way round."""
    return np.eye(num_classes)[y]


@mistake(
    "one_hot",
    caught_by="every_column_holds_exactly_one_one",
    covers="off_by_one",
    read="F4 §1.6: classes are counted from 0 to C-1",
    suggest="print the column of an example of class 0",
)
def one_hot_counts_from_one(y, num_classes):
    """Classes are counted from 1, so examples of class 0 belong nowhere."""
    return (np.arange(1, num_classes + 1)[:, None] == y).astype(float)


@mistake(
    "one_hot",
    caught_by="each_label_lights_its_own_row",
    covers="off_by_one",
    read="F4 §1.6: classes are counted from 0 to C-1",
    suggest="print the column of an example of class 0; which row does index -1 name?",
)
def one_hot_one_row_up(y, num_classes):
    """1 is subtracted from every label, so each lights the row above its own, and class 0 the last one."""
    Y = np.zeros((num_classes, len(y)))
    Y[y - 1, np.arange(len(y))] = 1.0
    return Y


@mistake(
    "one_hot",
    caught_by="a_class_that_never_occurs_keeps_its_row",
    covers="infers_C",
    suggest="count the rows for labels 0, 2, 0 and num_classes = 5",
)
def one_hot_infers_classes(y, num_classes):
    """The number of classes is guessed from the largest label, and `num_classes` is ignored."""
    Y = np.zeros((y.max() + 1, len(y)))
    Y[y, np.arange(len(y))] = 1.0
    return Y


@mistake(
    "softmax",
    caught_by="every_column_sums_to_one",
    covers="axis1",
    read="convention 'reductions': over classes = axis 0",
    suggest="print A.sum(axis=0) and A.sum(axis=1); which of them is all ones?",
)
def softmax_of_rows(Z):
    """Each row is normalised: the examples compete for a class, instead of the classes for an example."""
    t = np.exp(Z - Z.max(axis=1, keepdims=True))
    return t / t.sum(axis=1, keepdims=True)


@mistake(
    "softmax",
    caught_by="every_column_sums_to_one",
    covers="softmax/wrong-axis",
    read="F4 §1.6, eq. 24. You copied faithfully: the notes are wrong here, the sum goes to C, not to m (erratum E19)",
    suggest="print A.sum(axis=0) for a Z with 3 rows and 7 columns",
)
def softmax_sums_over_examples(Z):
    """The denominator sums over the m examples, as eq. 24 of F4 prints it, instead of over the C classes."""
    t = np.exp(Z - Z.max(axis=0, keepdims=True))
    return t / t.sum(axis=1, keepdims=True)


@mistake(
    "softmax",
    caught_by="every_column_sums_to_one",
    covers=("global_sum", "softmax/global-denominator"),
    suggest="print A.sum() and A.sum(axis=0)",
)
def softmax_global_sum(Z):
    """All columns share one denominator, so only the whole matrix sums to 1."""
    t = np.exp(Z - Z.max(axis=0))
    return t / t.sum()


@mistake(
    "softmax",
    caught_by="shuffled_examples_and_classes_come_out_shuffled",
    suggest="exchange the first two columns of Z: which columns of A change?",
)
def softmax_first_denominator(Z):
    """The denominator of the first column serves all the others."""
    t = np.exp(Z - Z.max(axis=0))
    return t / t[:, 0].sum()


@mistake(
    "softmax",
    caught_by="scores_near_plus_or_minus_a_thousand_stay_finite",
    covers=("no_max_shift", "softmax/no-max-shift"),
    suggest="evaluate np.exp(1000.0); which number may you subtract from a column for free?",
)
def softmax_without_shift(Z):
    """Nothing is subtracted before exp, which overflows from 710 on: inf/inf is NaN."""
    t = np.exp(Z)
    return t / t.sum(axis=0, keepdims=True)


@mistake(
    "softmax",
    caught_by="columns_with_very_different_scales",
    covers=("global_max_shift", "softmax/global-max"),
    read="softmax(z + c) = softmax(z) holds column by column, with a constant of its own for each",
    suggest="build Z with one column near 900 and one near 0, and print the column sums",
)
def softmax_global_shift(Z):
    """One maximum is subtracted from the whole matrix; columns far below it get 0/0, which is NaN."""
    t = np.exp(Z - Z.max())
    return t / t.sum(axis=0, keepdims=True)


@mistake(
    "softmax",
    caught_by="adding_a_constant_to_a_column_changes_nothing",
    covers="returns_t",
    read="F0, section Softmax 回归: t is a temporary variable; it still has to be divided by its sum",
    suggest="print A.sum(axis=0): are the columns probabilities?",
)
def softmax_returns_t(Z):
    """The exponentials t come back as they are; nobody divides them by their sum."""
    return np.exp(Z)


@mistake(
    "softmax",
    caught_by="whole_number_scores_give_fractions",
    read="convention 'dtype': inputs may be int; results are float64",
    suggest="print np.zeros_like(np.array([1, 2])).dtype",
)
def softmax_integer_buffer(Z):
    """The result is written into an array made like Z; for integer scores that array holds only integers."""
    A = np.zeros_like(Z)
    A[:] = np.exp(Z - Z.max(axis=0)) / np.exp(Z - Z.max(axis=0)).sum(axis=0)
    return A


@equivalent("softmax", covers="softmax/no-keepdims")
def softmax_no_keepdims(Z):
    """Sums over axis 0 have shape (m,), which numpy aligns with the columns of (C, m): each gets its own.

    The mistake exists in the row layout only, where (m,) meets (m, C).
    """
    t = np.exp(Z - Z.max(axis=0))
    return t / t.sum(axis=0)


@mistake(
    "softmax_loss",
    caught_by="dZ_is_m_times_the_numerical_gradient_of_J",
    covers="dZ_divided_by_m",
    read="convention 'where 1/m lives': linear_backward is the only layer that averages",
    suggest="compare dZ for one example with dZ for three copies of it",
)
def loss_dz_averaged(Z, Y):
    """dZ is divided by m here, and `linear_backward` will divide once more."""
    log_P = Z - Z.max(axis=0)
    log_P = log_P - np.log(np.exp(log_P).sum(axis=0))
    m = Z.shape[1]
    return -np.sum(Y * log_P) / m, (np.exp(log_P) - Y) / m


@equivalent("softmax_loss", covers="softmax-loss/grad-not-averaged")
def loss_dz_of_the_sum(Z, Y):
    """In this course dZ belongs to the sum of the losses: d(-z_true + ln sum exp z)/dz = P - Y, without 1/m.

    It is a mistake only where a course expects the gradient of the mean.
    """
    log_P = Z - Z.max(axis=0)
    log_P = log_P - np.log(np.exp(log_P).sum(axis=0))
    return -np.sum(Y * log_P) / Z.shape[1], np.exp(log_P) - Y


@mistake(
    "softmax_loss",
    caught_by="three_copies_of_the_example_of_the_notes",
    covers=("sum_not_mean", "softmax-loss/summed-not-averaged"),
    read="F4 §1.6, eq. 30: the cost has a 1/m",
    suggest="take every example twice: a mean does not change",
)
def loss_summed(Z, Y):
    """The losses of the examples are added up but not averaged."""
    log_P = Z - Z.max(axis=0)
    log_P = log_P - np.log(np.exp(log_P).sum(axis=0))
    return -np.sum(Y * log_P), np.exp(log_P) - Y


@mistake(
    "softmax_loss",
    caught_by="equal_scores_cost_the_logarithm_of_the_number_of_classes",
    covers="mean_over_C",
    read="F4 §1.6, eq. 30: the mean is over the m examples",
    suggest="compute J for scores that are all 0; it should be ln C",
)
def loss_divided_by_classes(Z, Y):
    """The sum of the losses is divided by the number of classes C, not by the number of examples m."""
    log_P = Z - Z.max(axis=0)
    log_P = log_P - np.log(np.exp(log_P).sum(axis=0))
    return -np.sum(Y * log_P) / Z.shape[0], np.exp(log_P) - Y


@mistake(
    "softmax_loss",
    caught_by="equal_scores_cost_the_logarithm_of_the_number_of_classes",
    covers=("mean_over_C", "softmax-loss/mean-over-elements"),
    suggest="how many numbers does np.mean of a (C, m) matrix divide by, and how many of them are not 0?",
)
def loss_mean_of_the_matrix(Z, Y):
    """The mean is over all C times m entries, most of them 0 by construction: J is C times too small."""
    log_P = Z - Z.max(axis=0)
    log_P = log_P - np.log(np.exp(log_P).sum(axis=0))
    return -np.mean(Y * log_P), np.exp(log_P) - Y


@mistake(
    "softmax_loss",
    caught_by="three_copies_of_the_example_of_the_notes",
    covers=("sign", "softmax-loss/sign-lost"),
    read="F4 §1.6, eq. 29. You copied faithfully: the notes are wrong here, its last form has lost the minus sign"
    " (erratum E20); eq. 27 has it",
    suggest="can the cost of a wrong guess be negative?",
)
def loss_sign_lost(Z, Y):
    """The minus sign in front of the logarithm is missing, as in the last form of eq. 29 of F4."""
    log_P = Z - Z.max(axis=0)
    log_P = log_P - np.log(np.exp(log_P).sum(axis=0))
    return np.sum(Y * log_P) / Z.shape[1], np.exp(log_P) - Y


@mistake(
    "softmax_loss",
    caught_by="dZ_is_m_times_the_numerical_gradient_of_J",
    read="F0, section Softmax 回归: dz is prediction minus truth",
    suggest="raise the score of a wrong class a little: does J grow, and what is the sign of its dZ?",
)
def loss_gradient_upside_down(Z, Y):
    """dZ is truth minus prediction, the direction in which the cost falls, not its gradient."""
    log_P = Z - Z.max(axis=0)
    log_P = log_P - np.log(np.exp(log_P).sum(axis=0))
    return -np.sum(Y * log_P) / Z.shape[1], Y - np.exp(log_P)


@mistake(
    "softmax_loss",
    caught_by="a_hopeless_guess_costs_two_thousand_and_not_infinity",
    covers="log_of_clipped",
    suggest="which is the largest cost that a probability of at least 1e-12 can have?",
)
def loss_of_clipped_probabilities(Z, Y):
    """Probabilities below 1e-12 are raised to it before the logarithm: no example can cost more than 27.6."""
    t = np.exp(Z - Z.max(axis=0))
    P = t / t.sum(axis=0)
    return -np.sum(Y * np.log(np.clip(P, 1e-12, 1.0))) / Z.shape[1], P - Y


@mistake(
    "softmax_loss",
    caught_by="a_small_cost_means_a_large_likelihood",
    covers="softmax-loss/large-log-eps",
    suggest="compute J for scores that are all 0, to ten digits, and compare with ln C",
)
def loss_with_eps_in_the_logarithm(Z, Y):
    """1e-5 is added inside the logarithm: every cost is a little too small, and none can exceed 11.5."""
    t = np.exp(Z - Z.max(axis=0))
    P = t / t.sum(axis=0)
    return -np.sum(Y * np.log(P + 1e-5)) / Z.shape[1], P - Y


@mistake(
    "softmax_loss",
    caught_by="a_hopeless_guess_costs_two_thousand_and_not_infinity",
    covers="softmax-loss/log-of-zero",
    suggest="evaluate np.exp(-746.0) and its logarithm; can ln of the quotient be simplified on paper first?",
)
def loss_of_log_zero(Z, Y):
    """The logarithm is taken of probabilities that are already 0: from scores 746 apart on, J is infinite."""
    t = np.exp(Z - Z.max(axis=0))
    P = t / t.sum(axis=0)
    return -np.mean(np.log(np.sum(Y * P, axis=0))), P - Y


@mistake(
    "softmax_loss",
    caught_by="a_hopeless_guess_costs_two_thousand_and_not_infinity",
    suggest="which number may you subtract from a column before exp, for free?",
)
def loss_without_shift(Z, Y):
    """The exponentials are summed without subtracting the maximum first: exp overflows from 710 on."""
    log_P = Z - np.log(np.exp(Z).sum(axis=0))
    return -np.sum(Y * log_P) / Z.shape[1], np.exp(log_P) - Y


@mistake(
    "softmax_loss",
    caught_by=("adding_a_constant_to_a_column_costs_nothing", "dZ_is_m_times_the_numerical_gradient_of_J"),
    covers="axis1",
    read="convention 'reductions': over classes = axis 0",
    suggest="print the column sums and the row sums of dZ + Y; which should be 1?",
)
def loss_of_rows(Z, Y):
    """The softmax inside normalises rows instead of columns."""
    t = np.exp(Z - Z.max(axis=1, keepdims=True))
    P = t / t.sum(axis=1, keepdims=True)
    return -np.sum(Y * np.log(P)) / Z.shape[1], P - Y


@mistake(
    "softmax_loss",
    caught_by="a_small_cost_means_a_large_likelihood",
    covers="softmax-loss/label-broadcast",
    suggest="print the shape of what you take the mean of: m numbers, or m times m?",
)
def loss_of_broadcast_labels(Z, Y):
    """Labels of shape (m, 1) index with np.arange(m): each label meets each example, and the mean is over all pairs."""
    log_P = Z - Z.max(axis=0)
    log_P = log_P - np.log(np.exp(log_P).sum(axis=0))
    labels = Y.argmax(axis=0).reshape(-1, 1)
    return -np.mean(log_P[labels, np.arange(Z.shape[1])]), np.exp(log_P) - Y


@mistake(
    "softmax_loss",
    caught_by="a_small_cost_means_a_large_likelihood",
    covers="softmax-loss/one-hot-as-index",
    suggest="which rows can you reach with an index that is only ever 0 or 1?",
)
def loss_indexed_by_one_hot(Z, Y):
    """The one-hot matrix serves as a row index, which picks classes 0 and 1 only, whatever the truth is."""
    log_P = Z - Z.max(axis=0)
    log_P = log_P - np.log(np.exp(log_P).sum(axis=0))
    return -np.mean(log_P[Y.astype(int), np.arange(Z.shape[1])]), np.exp(log_P) - Y


@mistake(
    "softmax_loss",
    caught_by="J_and_dZ_speak_of_the_same_probabilities",
    covers="softmax-loss/probs-mutated",
    suggest="print P before and after the line that makes dZ: are they two arrays or one?",
)
def loss_of_edited_probabilities(Z, Y):
    """dZ is made by editing P in place, and J comes from what is left of P: the ln of negative numbers."""
    t = np.exp(Z - Z.max(axis=0))
    P = t / t.sum(axis=0)
    dZ = P
    dZ -= Y
    return -np.sum(Y * np.log(P)) / Z.shape[1], dZ


@mistake(
    "softmax_loss",
    caught_by="J_and_dZ_speak_of_the_same_probabilities",
    read="convention 'purity': no argument is modified",
    suggest="write the shifted scores into a new array",
)
def loss_in_place(Z, Y):
    """The maximum is subtracted from Z in place, which would change the scores of the caller."""
    Z -= Z.max(axis=0)
    log_P = Z - np.log(np.exp(Z).sum(axis=0))
    return -np.sum(Y * log_P) / Z.shape[1], np.exp(log_P) - Y


@mistake(
    "binary_from_softmax",
    caught_by="scores_1_and_3_give_class_1_eighty_eight_percent",
    covers="z0-z1",
    suggest="give class 1 the larger score: its probability must be above one half",
)
def binary_of_class_0(Z):
    """The difference has the wrong sign, so this is the probability of class 0."""
    return 1.0 / (1.0 + np.exp(Z[1:2] - Z[0:1]))


@mistake(
    "binary_from_softmax",
    caught_by="it_is_row_1_of_softmax_and_keeps_two_dimensions",
    covers="applies_softmax_twice",
    suggest="can the probability of scores -100 and 100 reach 1?",
)
def binary_twice(Z):
    """Probabilities go through softmax again, as if they were scores: nothing gets beyond 0.27 and 0.73."""
    t = np.exp(Z - Z.max(axis=0))
    t = np.exp(t / t.sum(axis=0))
    return t[1:2] / t.sum(axis=0)


@mistake(
    "binary_from_softmax",
    caught_by="raising_both_scores_changes_nothing",
    suggest="raise both scores by 5: should the probability change?",
)
def binary_of_one_score(Z):
    """The sigmoid is taken of class 1's score alone; class 0's has no say."""
    return 1.0 / (1.0 + np.exp(-Z[1:2]))


@mistake(
    "binary_from_softmax",
    caught_by="it_is_row_1_of_softmax_and_keeps_two_dimensions",
    read="convention 'layout': one unit is one row, (1, m)",
    suggest="compare Z[1].shape with Z[1:2].shape",
)
def binary_flat(Z):
    """A single index drops the dimension: the result is (m,), not (1, m)."""
    return 1.0 / (1.0 + np.exp(Z[0] - Z[1]))


@mistake(
    "binary_from_softmax",
    caught_by="a_lead_of_two_thousand_is_certainty",
    suggest="evaluate np.exp(1000.0) / (np.exp(1000.0) + np.exp(-1000.0))",
)
def binary_without_shift(Z):
    """Both exponentials are formed and divided: inf/inf is NaN."""
    return np.exp(Z[1:2]) / np.exp(Z).sum(axis=0)


@mistake(
    "accuracy",
    caught_by="three_right_out_of_five_is_0_6",
    covers="axis1",
    read="convention 'reductions': over classes = axis 0",
    suggest="how many answers does argmax give for 3 classes and 5 examples?",
)
def accuracy_of_rows(A, y):
    """The largest entry of each row is looked up: one answer per class instead of one per example."""
    if A.shape[0] == 1:
        return float(np.mean((A[0] > 0.5) == y))
    return sum(int(best == truth) for best, truth in zip(A.argmax(axis=1), y, strict=False)) / len(y)


@mistake(
    "accuracy",
    caught_by="all_right_is_one_and_all_wrong_is_zero",
    covers="compares_onehot",
    suggest="compute it for answers that are all wrong: it should be 0",
)
def accuracy_of_entries(A, y):
    """One-hot matrices are compared entry by entry, and the many zeros that agree count as right answers."""
    if A.shape[0] == 1:
        return float(np.mean((A[0] > 0.5) == y))
    answers = np.arange(A.shape[0])[:, None] == A.argmax(axis=0)
    return float(np.mean(answers == (np.arange(A.shape[0])[:, None] == y)))


@mistake(
    "accuracy",
    caught_by="all_right_is_one_and_all_wrong_is_zero",
    covers="returns_count",
    suggest="how large can a share be?",
)
def accuracy_count(A, y):
    """The right answers are counted, but not divided by their number."""
    predicted = A[0] > 0.5 if A.shape[0] == 1 else A.argmax(axis=0)
    return float(np.sum(predicted == y))


@mistake(
    "accuracy",
    caught_by="all_right_is_one_and_all_wrong_is_zero",
    suggest="what is the type of your result, and what is its shape?",
)
def accuracy_of_each(A, y):
    """Each example's answer is judged, but the mean is not taken."""
    predicted = A[0] > 0.5 if A.shape[0] == 1 else A.argmax(axis=0)
    return (predicted == y).astype(float)


@mistake(
    "accuracy",
    caught_by="a_single_row_is_cut_at_one_half",
    read="F4 §1.6, first paragraph",
    suggest="what is the argmax of a single number?",
)
def accuracy_argmax_only(A, y):
    """A single row goes through argmax as well, which is 0 for every column."""
    return float(np.mean(A.argmax(axis=0) == y))


@mistake(
    "accuracy",
    caught_by="exactly_one_half_is_class_0",
    read="F4 §1.6, first paragraph: ŷ > 0.5 is the positive class",
    suggest="evaluate 0.5 > 0.5 and 0.5 >= 0.5",
)
def accuracy_tie_is_class_1(A, y):
    """A probability of exactly 0.5 counts as class 1."""
    predicted = A[0] >= 0.5 if A.shape[0] == 1 else A.argmax(axis=0)
    return float(np.mean(predicted == y))
