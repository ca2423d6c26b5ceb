"""What a05_softmax asks of a student's softmax.py.

Every fixture keeps C, m and m-1 apart, so that a result that is too large by one of them says by which.
"""

import numpy as np

from autograder.checking import (
    assert_close,
    assert_dtype,
    assert_gradient,
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

NOTES_SCORES = [5.0, 2.0, -1.0, 3.0]
NOTES_PROBABILITIES = [0.84203357, 0.04192238, 0.00208719, 0.11395685]

# dZ may come from a softmax of single precision, which is welcome there.
BORROWED = 1e-6


def fresh_shape(rng):
    """Rows and examples of a hidden fixture; the rows, m and m-1 are pairwise distinct."""
    return int(rng.choice([3, 5, 7])), int(rng.choice([11, 13, 17]))


def random_truth(rng, classes, examples):
    """A one-hot matrix (classes, examples) in which no class is the truth of every example."""
    labels = rng.permutation(np.arange(examples) % classes)
    return np.eye(classes)[:, labels]


def matrix(value, shape, name):
    """The value, once it is safe to compute with; one column for all would obey most laws and is refused."""
    assert_shape(value, shape, name=name, axes="(C, m)")
    assert_dtype(value, "float", name=name)
    message = "{name} is the same in every column, expected numbers that follow the input"
    # Not by rounding alone: any law of sums is kept by numbers that are small enough.
    require(not np.ptp(value, axis=1).max() <= 1e-6, message, safe=message, name=name)
    return value


def number(value, name):
    """A single number, however it is wrapped."""
    numeric = isinstance(value, int | float | np.number) or (
        isinstance(value, np.ndarray) and value.dtype.kind in "fiu" and value.size == 1
    )
    message = "{name} is of type {kind}, expected a single number"
    require(numeric, message, safe=message, name=name, kind=type(value).__name__)
    return float(np.asarray(value).reshape(()))


def cost_and_gradient(result):
    """The two values that softmax_loss promises."""
    message = "softmax_loss gave one value of type {kind}, expected two: the cost J, then the gradient dZ"
    require(isinstance(result, tuple | list), message, safe=message, kind=type(result).__name__)
    message = "softmax_loss gave {count} of the two values that it promises: the cost J, then the gradient dZ"
    require(len(result) >= 2, message, safe=message, count=len(result))
    return result[0], result[1]


def rounding(array, fine):
    """The tolerance of a law: `fine` in double precision, coarse in single, which is welcome too."""
    return fine if np.asarray(array).dtype == np.float64 else 1e-3


@exercise("one_hot")
@law("one_hot(y, C) has shape (C, m)")
@points(0.25)
@public
def test_one_row_per_class_and_one_column_per_example(student):
    """Examples are columns everywhere in this course, in the truth as well."""
    Y = student.one_hot(np.array([2, 0, 1, 0, 2]), 3)
    assert_shape(Y, (3, 5), name="Y", axes="(C, m)")
    require(np.array_equal(np.unique(Y), [0, 1]), "Y holds other numbers than 0 and 1, or only one of the two")


@exercise("one_hot")
@law("Y[c, j] = 1 where c is the label of example j, else 0")
@points(0.5)
@public
@see("F4 §1.6: the classes are c = 0, 1, …, C-1")
def test_each_label_lights_its_own_row(student):
    """The cat of the notes is class 1 of four, so its column is 0, 1, 0, 0."""
    expected = [[0, 0, 1, 0, 0], [1, 0, 0, 0, 0], [0, 0, 0, 1, 0], [0, 1, 0, 0, 1]]
    assert_close(student.one_hot(np.array([1, 3, 0, 2, 3]), 4), np.array(expected, dtype=float), name="Y")


@exercise("one_hot")
@law("every column of Y sums to 1")
@points(0.25)
@public
def test_every_column_holds_exactly_one_one(student):
    """Each example belongs to one class, neither to none nor to two; class 0 is a class like the others."""
    Y = student.one_hot(np.array([0, 4, 2, 0, 1, 3, 0]), 5)
    assert_shape(Y, (5, 7), name="Y", axes="(C, m)")
    assert_dtype(Y, "float", name="Y")
    assert_close(np.sum(Y, axis=0), np.ones(7), name="column sums of Y")
    assert_close(np.max(Y, axis=0), np.ones(7), name="the largest entry of each column of Y")


@exercise("one_hot")
@law("the shape depends on num_classes, never on the labels that happen to occur")
@points(0.5)
@public
@suggest("count the rows for labels 0, 2, 0 and five classes")
def test_a_class_that_never_occurs_keeps_its_row(student):
    """A mini-batch may miss some classes, and the network has a unit for them all the same."""
    expected = [[1, 0, 1], [0, 0, 0], [0, 1, 0], [0, 0, 0], [0, 0, 0]]
    assert_close(student.one_hot(np.array([0, 2, 0]), 5), np.array(expected, dtype=float), name="Y")


@exercise("one_hot")
@law("Y[c, j] = 1 where c is the label of example j, else 0")
@points(0.5)
@hidden
def test_other_labels_become_columns_too(student, oracle, rng):
    """The same for labels that you have not seen; the last class is absent."""
    classes, examples = fresh_shape(rng)
    y = rng.permutation(np.arange(examples) % (classes - 1))
    assert_close(student.one_hot(y, classes), oracle.one_hot(y, classes), name="Y")


@exercise("softmax")
@law("a_j = exp(z_j) / (exp(z_1) + … + exp(z_C)), column by column")
@points(1)
@public
@see("F0, section Softmax 回归 (0842 is 0.842); F4 §1.6, eq. 25")
def test_the_example_of_the_notes_comes_out(student):
    """Scores 5, 2, -1, 3 give 0.842, 0.042, 0.002, 0.114, whatever the other columns hold."""
    others = np.array([[0, 0], [0, np.log(2)], [0, np.log(3)], [0, np.log(4)]])
    expected = np.array([[0.25, 0.1], [0.25, 0.2], [0.25, 0.3], [0.25, 0.4]])
    A = student.softmax(np.column_stack([NOTES_SCORES, others]))
    assert_close(A, np.column_stack([NOTES_PROBABILITIES, expected]), name="A", rtol=0.0, atol=5e-9)


@exercise("softmax")
@law("every column of softmax(Z) sums to 1")
@points(0.75)
@public
@see("F4 §1.6, eq. 26; the sum of eq. 24 runs over the C classes, not to m (erratum E19)")
@suggest("print A.sum(axis=0) and A.sum(axis=1) for a Z with 3 rows and 7 columns")
def test_every_column_sums_to_one(student, rng):
    """The classes share one example's probability among them; examples share nothing."""
    Z = rng.normal(size=(3, 7))
    Z[:, 5] = Z[:, 1]
    A = matrix(student.softmax(Z), (3, 7), "A")
    assert_close(np.sum(A, axis=0), np.ones(7), name="column sums of A")
    assert_close(A[:, 5], A[:, 1], name="A of an equal column")


@exercise("softmax")
@law("softmax(z + c) = softmax(z), column by column")
@points(0.5)
@public
def test_adding_a_constant_to_a_column_changes_nothing(student, rng):
    """Subtracting a number from a whole column is free: it cancels in the quotient."""
    Z = rng.normal(size=(3, 7))
    A = matrix(student.softmax(np.hstack([Z, Z + rng.normal(size=(1, 7))])), (3, 14), "A")
    assert_close(A[:, 7:], A[:, :7], name="softmax(Z + c)")


@exercise("softmax")
@law("softmax treats all columns alike and all rows alike")
@points(0.5)
@public
def test_shuffled_examples_and_classes_come_out_shuffled(student, rng):
    """Neither the order of the examples nor that of the classes carries any meaning."""
    Z, rows, columns = rng.normal(size=(5, 7)), rng.permutation(5), np.roll(np.arange(7), 3)
    A = matrix(student.softmax(Z), (5, 7), "A")
    assert_close(A, np.clip(A, 0.0, 1.0), name="A, whose entries are probabilities,")
    assert_close(student.softmax(Z[rows][:, columns]), A[rows][:, columns], name="softmax of the shuffled Z")


@exercise("softmax")
@law("softmax(z + 1000) = softmax(z) = softmax(z - 1000)")
@points(0.75)
@public
@suggest("evaluate np.exp(1000.0) and np.exp(-1000.0): what becomes of their quotients?")
def test_scores_near_plus_or_minus_a_thousand_stay_finite(student, oracle, rng):
    """exp(1000) is more than a float can hold, and exp(-1000) is less."""
    Z = rng.normal(size=(3, 5))
    A = oracle.softmax(Z)
    assert_close(student.softmax(Z + 1000.0), A, name="softmax(Z + 1000)")
    assert_close(student.softmax(Z - 1000.0), A, name="softmax(Z - 1000)")


@exercise("softmax")
@law("softmax of whole numbers is not a whole number")
@points(0.5)
@public
def test_whole_number_scores_give_fractions(student, oracle):
    """Scores may arrive as integers; probabilities written into an integer array lose their decimals."""
    Z = np.array([[5, 0, 1, 2, 0], [2, 0, 3, -1, 1], [-1, 0, 2, 0, 4]])
    assert_close(student.softmax(Z), oracle.softmax(Z), name="A")


@exercise("softmax")
@law("every column of softmax(Z) sums to 1")
@points(0.5)
@hidden
@suggest("build Z with one column near 900 and one near 0, and print the column sums")
def test_columns_with_very_different_scales(student, oracle, rng):
    """A column far below the others is an example like any other."""
    Z = rng.normal(size=(3, 5)) + 900.0 * rng.permutation([1.0, 0.0, -1.0, 0.5, -0.5])
    assert_close(student.softmax(Z), oracle.softmax(Z), name="A")


@exercise("softmax")
@law("a_j = exp(z_j) / (exp(z_1) + … + exp(z_C)), column by column")
@points(0.5)
@hidden
def test_other_scores_become_probabilities_too(student, oracle, rng):
    """The same for scores that you have not seen."""
    C, m = fresh_shape(rng)
    Z = 2.0 * rng.normal(size=(C, m))
    assert_close(student.softmax(Z), oracle.softmax(Z), name="A", known={"m": m, "C": C})


@exercise("softmax_loss")
@law("J is a mean over the examples; dZ belongs to the sum, so each column has its own")
@points(1)
@public
@see("F4 §1.6, eq. 27-30 (eq. 29 has lost a minus sign, erratum E20); F0, section Softmax 回归")
@suggest("take the example once instead of three times: what should happen to J, and to the columns of dZ?")
def test_three_copies_of_the_example_of_the_notes(student):
    """The truth is class 1, which got 0.042, so J = -ln 0.042 = 3.172; three copies have the same mean."""
    Z, Y = np.tile(np.c_[NOTES_SCORES], 3), np.tile(np.c_[[0.0, 1.0, 0.0, 0.0]], 3)
    J, dZ = cost_and_gradient(student.softmax_loss(Z, Y))
    column = np.c_[[0.8420336, -0.9580776, 0.0020872, 0.1139569]]
    assert_close(J, 3.1719354, name="J", rtol=0.0, atol=5e-8, known={"m": 3, "C": 4})
    assert_close(dZ, np.tile(column, 3), name="dZ", rtol=0.0, atol=6e-8, known={"m": 3, "C": 4})


@exercise("softmax_loss")
@law("at Z = 0 every class has probability 1/C, so J = ln C")
@points(0.5)
@public
def test_equal_scores_cost_the_logarithm_of_the_number_of_classes(student, rng):
    """Who knows nothing pays ln C: a quick test of every classifier before its first step of training."""
    J, _ = cost_and_gradient(student.softmax_loss(np.zeros((5, 7)), random_truth(rng, 5, 7)))
    assert_close(J, np.log(5), name="J", known={"m": 7, "C": 5})


@exercise("softmax_loss")
@law("exp(-m J) is the product of the probabilities of the true classes")
@points(0.5)
@public
@see("F0, section Softmax 回归, the quotation about 最大似然估计")
def test_a_small_cost_means_a_large_likelihood(student, oracle, rng):
    """Minimising J is maximum likelihood under another name."""
    Z, Y = rng.normal(size=(3, 5)), random_truth(rng, 3, 5)
    J, _ = cost_and_gradient(student.softmax_loss(Z, Y))
    likelihood = np.prod(np.sum(Y * oracle.softmax(Z), axis=0))
    assert_close(J, -np.log(likelihood) / 5, name="J", known={"m": 5, "C": 3})


@exercise("softmax_loss")
@law("dZ = m times the derivative of J with respect to Z")
@points(1.5)
@public
@see("convention 'where 1/m lives': dZ is the gradient of the sum of the losses; linear_backward averages")
def test_dZ_is_m_times_the_numerical_gradient_of_J(student, oracle, rng):
    """Move one score a little, watch the cost, and you have one entry of dZ; it is the right J, not yours."""
    Z, Y = rng.normal(size=(3, 7)), random_truth(rng, 3, 7)
    _, dZ = cost_and_gradient(student.softmax_loss(Z, Y))

    def cost(at):
        return oracle.softmax_loss(at, Y)[0]

    assert_gradient(dZ, cost, Z, name="dZ", scale=7.0, known={"m": 7, "C": 3})


@exercise("softmax_loss")
@law("every column of dZ sums to 0; adding c to a column of Z changes neither J nor dZ")
@points(0.5)
@public
def test_adding_a_constant_to_a_column_costs_nothing(student, rng):
    """If a whole column may move for free, then the slopes within it must cancel."""
    Z, Y = rng.normal(size=(3, 7)), random_truth(rng, 3, 7)
    J, dZ = cost_and_gradient(student.softmax_loss(Z, Y))
    dZ = matrix(dZ, (3, 7), "dZ")
    assert_close(np.sum(dZ, axis=0), np.zeros(7), name="column sums of dZ", atol=BORROWED)
    moved = cost_and_gradient(student.softmax_loss(Z + rng.normal(size=(1, 7)), Y))
    assert_close(moved[0], number(J, "J"), name="J of Z + c", rtol=rounding(dZ, 1e-7))


@exercise("softmax_loss")
@law("ln softmax(z)_j = z_j - max - ln(sum of exp(z - max)): finite for every finite z")
@points(1)
@public
@suggest("compute ln of a probability of e^-2000: which of your lines already holds a 0?")
def test_a_hopeless_guess_costs_two_thousand_and_not_infinity(student):
    """The true class is 2000, 1000 and 0 below the best one; these are the costs, and their mean is 1000."""
    Z = np.array([[1000.0, 0.0, 1000.0], [-1000.0, -1000.0, -1000.0]])
    J, dZ = cost_and_gradient(student.softmax_loss(Z, np.array([[0.0, 0.0, 1.0], [1.0, 1.0, 0.0]])))
    assert_close(J, 1000.0, name="J")
    finite = np.isfinite(matrix(dZ, (2, 3), "dZ")).all()
    require(finite, "dZ is {dZ}, expected finite numbers", safe="dZ is not finite", dZ=dZ.tolist())


@exercise("softmax_loss")
@law("dZ + Y are the probabilities, and J is the mean of -ln of those of the true classes")
@points(0.5)
@public
@suggest("work on copies: Z and Y arrive read-only, and what J needs must not change before J is computed")
def test_J_and_dZ_speak_of_the_same_probabilities(student, rng):
    """Nothing is edited in place: not the arguments, nor the probabilities between their two uses."""
    Z, Y = rng.normal(size=(5, 7)), random_truth(rng, 5, 7)
    J, dZ = cost_and_gradient(student.softmax_loss(Z, Y))
    of_truth = np.sum(Y * (matrix(dZ, (5, 7), "dZ") + Y), axis=0)
    message = "dZ + Y holds a probability of a true class that is not above 0, expected softmax(Z)"
    require(bool(np.all(of_truth > 0.0)), message, safe=message)
    assert_close(number(J, "J"), float(np.mean(-np.log(of_truth))), name="J", rtol=rounding(dZ, 1e-7))


@exercise("softmax_loss")
@law("J = -mean of ln softmax(Z) at the true classes; dZ = m times its gradient")
@points(1)
@hidden
def test_other_scores_have_their_cost_too(student, oracle, rng):
    """The same for scores that you have not seen."""
    C, m = fresh_shape(rng)
    Z, Y = 2.0 * rng.normal(size=(C, m)), random_truth(rng, C, m)
    J, dZ = cost_and_gradient(student.softmax_loss(Z, Y))
    expected = oracle.softmax_loss(Z, Y)
    assert_close(J, expected[0], name="J", known={"m": m, "C": C})
    assert_close(dZ, expected[1], name="dZ", atol=BORROWED, known={"m": m, "C": C})


@exercise("softmax_loss")
@law("J is exact for every finite Z, however far apart the scores are")
@points(0.5)
@hidden
def test_scores_far_apart_have_an_exact_cost(student, oracle, rng):
    """Gaps of many hundreds between the scores of a column, the truth often at the bottom."""
    Z = np.array([[0.0], [900.0], [1800.0]]) + rng.normal(size=(3, 7))
    Y = random_truth(rng, 3, 7)
    J, _ = cost_and_gradient(student.softmax_loss(Z, Y))
    assert_close(J, oracle.softmax_loss(Z, Y)[0], name="J")


@exercise("binary_from_softmax")
@law("softmax of two scores, row 1 = sigmoid(z_1 - z_0)")
@points(1)
@public
@see("F0, section Softmax 回归: C = 2 falls back to logistic regression")
def test_scores_1_and_3_give_class_1_eighty_eight_percent(student):
    """The sigmoid of 2 is 0.880797; exchange the scores and you get the rest, 0.119203."""
    got = student.binary_from_softmax(np.array([[1.0, 3.0, 0.0], [3.0, 1.0, 0.0]]))
    assert_close(got, np.array([[0.8807970780, 0.1192029220, 0.5]]), name="P(class 1)", rtol=0.0, atol=1e-9)


@exercise("binary_from_softmax")
@law("binary_from_softmax(Z) = softmax(Z)[1:2]")
@points(0.5)
@public
def test_it_is_row_1_of_softmax_and_keeps_two_dimensions(student, oracle, rng):
    """One unit with a sigmoid says what two units with a softmax say: shape (1, m), class 1."""
    Z = 2.0 * rng.normal(size=(2, 7))
    assert_close(student.binary_from_softmax(Z), oracle.softmax(Z)[1:2], name="P(class 1)")


@exercise("binary_from_softmax")
@law("only the difference of the two scores counts")
@points(0.5)
@public
def test_raising_both_scores_changes_nothing(student, rng):
    """Two units have one score too many: only the lead of class 1 over class 0 matters."""
    Z = rng.normal(size=(2, 5))
    P = matrix(student.binary_from_softmax(np.hstack([Z, Z + rng.normal(size=(1, 5))])), (1, 10), "P(class 1)")
    assert_close(P[:, 5:], P[:, :5], name="P(class 1) of Z + c")


@exercise("binary_from_softmax")
@law("the probability goes to 0 and to 1, and never to NaN")
@points(0.5)
@public
def test_a_lead_of_two_thousand_is_certainty(student):
    """Leads of 2000, -2000 and 0 give 1, 0 and one half."""
    Z = np.array([[-1000.0, 1000.0, 1000.0], [1000.0, -1000.0, 1000.0]])
    assert_close(student.binary_from_softmax(Z), np.array([[1.0, 0.0, 0.5]]), name="P(class 1)")


@exercise("binary_from_softmax")
@law("binary_from_softmax(Z) = softmax(Z)[1:2]")
@points(0.5)
@hidden
def test_other_pairs_of_scores_agree_with_softmax(student, oracle, rng):
    """The same for scores that you have not seen."""
    Z = 3.0 * rng.normal(size=(2, fresh_shape(rng)[1]))
    assert_close(student.binary_from_softmax(Z), oracle.binary_from_softmax(Z), name="P(class 1)")


@exercise("accuracy")
@law("accuracy = right answers / m, the answer of a column being its largest entry")
@points(0.75)
@public
def test_three_right_out_of_five_is_0_6(student):
    """The answers are 2, 0, 1, 1, 0; the truth is 2, 0, 1, 0, 2."""
    A = np.array([[0.1, 0.7, 0.2, 0.3, 0.5], [0.2, 0.2, 0.6, 0.6, 0.3], [0.7, 0.1, 0.2, 0.1, 0.2]])
    assert_close(student.accuracy(A, np.array([2, 0, 1, 0, 2])), 0.6, name="accuracy", known={"m": 5, "C": 3})


@exercise("accuracy")
@law("the accuracy is one number from 0 to 1")
@points(0.5)
@public
def test_all_right_is_one_and_all_wrong_is_zero(student):
    """Not a count, not per cent, and not one answer an example."""
    A = np.eye(3)[:, [0, 2, 1, 1, 0, 2, 2]]
    truth = np.array([0, 2, 1, 1, 0, 2, 2])
    assert_close(student.accuracy(A, truth), 1.0, name="accuracy, all right", known={"m": 7, "C": 3})
    assert_close(student.accuracy(A, (truth + 1) % 3), 0.0, name="accuracy, all wrong")


@exercise("accuracy")
@law("with one row, the answer is class 1 where A > 0.5")
@points(0.75)
@public
@see("F4 §1.6, first paragraph")
def test_a_single_row_is_cut_at_one_half(student):
    """A logistic unit has one row, the probability of class 1: four of these seven answers are right."""
    A = np.array([[0.9, 0.2, 0.6, 0.4, 0.8, 0.7, 0.1]])
    assert_close(student.accuracy(A, np.array([1, 0, 0, 1, 1, 1, 1])), 4 / 7, name="accuracy", known={"m": 7})


@exercise("accuracy")
@law("exactly 0.5 is not greater than 0.5")
@points(0.5)
@public
@see("F4 §1.6, first paragraph: ŷ > 0.5")
def test_exactly_one_half_is_class_0(student):
    """A tie goes to class 0: three of these five answers are right."""
    A = np.array([[0.5, 0.5, 0.7, 0.2, 0.5]])
    assert_close(student.accuracy(A, np.array([0, 0, 0, 0, 1])), 0.6, name="accuracy", known={"m": 5})


@exercise("accuracy")
@law("accuracy = right answers / m")
@points(0.5)
@hidden
def test_other_answers_are_counted_too(student, oracle, rng):
    """The same for answers that you have not seen."""
    C, m = fresh_shape(rng)
    A, y = oracle.softmax(rng.normal(size=(C, m))), rng.permutation(np.arange(m) % C)
    y[:4] = np.argmax(A, axis=0)[:4]
    assert_close(student.accuracy(A, y), oracle.accuracy(A, y), name="accuracy", known={"m": m, "C": C})
