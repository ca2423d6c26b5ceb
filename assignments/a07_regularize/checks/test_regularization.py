"""What a07_regularize asks of a student's regularization.py.

Random masks are judged by what they are like, at six standard deviations: a right solution fails a statistical
check of this room less than once in ten million. A mask may come from any draw, and may hold True and False, 1 and 0,
or 1/keep_prob and 0.
"""

import math

import numpy as np

from autograder.checking import (
    RecordingRNG,
    ScriptedRNG,
    SeededRNG,
    assert_close,
    assert_dtype,
    assert_fraction,
    assert_gradient,
    assert_mean,
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
# Numbers below 0.3 and above 0.7 tell "less than keep_prob" from "more than 1 - keep_prob".
NUMBERS = np.array([[0.05, 0.95, 0.35, 0.65, 0.75], [0.85, 0.15, 0.55, 0.45, 0.98], [0.25, 0.72, 0.90, 0.02, 0.61]])
KEPT = NUMBERS < 0.7
GRADIENT = np.array([[1.0, -2.0, 3.0, 0.5, 4.0], [2.5, 6.0, -1.5, 7.0, 1.0], [-3.0, 8.0, 2.0, -4.0, 5.0]])


def seeded(rng):
    """A generator for the student, with a seed that depends on the check."""
    return SeededRNG(int(rng.integers(2**31)))


def two_values(result, A):
    """A_out and the mask, A_out being safe to compute with."""
    message = "forward_dropout must give two values: A_out, then the mask"
    require(isinstance(result, tuple | list) and len(result) >= 2, message, safe=message)
    assert_shape(result[0], A.shape, name="A_out", axes="(n, m)")
    return result[0], result[1]


def passed_on(result, A, keep_prob):
    """A_out and the mask of a training pass, the mask as bool whatever its entries are made of."""
    A_out, mask = two_values(result, A)
    assert_dtype(A_out, "float", name="A_out")
    assert_shape(mask, A.shape, name="mask", axes="(n, m)")
    values = np.unique(mask)
    on = values[values != 0].astype(float)
    plain = len(on) == 0 or (len(on) == 1 and bool(np.isclose(on[0], (1, 1 / keep_prob), rtol=1e-5).any()))
    require(
        plain,
        f"the mask holds {len(values)} different values from {values[0]:.3g} to {values[-1]:.3g};"
        " expected two, kept (True) and silenced (False)",
        safe="the entries of the mask are neither on nor off",
    )
    return A_out, mask != 0


def judge_fraction(kept, keep_prob):
    """Compare how many entries survive with keep_prob, and with what other rules would keep."""
    normal = 0.5 * (1 + math.erf(keep_prob / math.sqrt(2)))
    rules = {"1 - keep_prob": 1 - keep_prob, "normal random numbers below keep_prob": normal}
    assert_fraction(kept, keep_prob, name="kept entries", sigmas=SIGMAS, candidates=rules)


def judge_pass(student, A, keep_prob, rng):
    """Judge a training pass by its own mask: what became of each entry, and how many survived."""
    A_out, kept = passed_on(student.forward_dropout(A, keep_prob, rng), A, keep_prob)
    assert_close(A_out, np.where(kept, A / keep_prob, 0.0), name="A_out", known={"keep_prob": keep_prob})
    judge_fraction(kept, keep_prob)


def judge_script(student, oracle, A, keep_prob, numbers):
    """Compare with the reference where the recipe was followed; otherwise judge a larger pass by its own mask."""
    rng = ScriptedRNG(random=[numbers])
    A_out, kept = passed_on(student.forward_dropout(A, keep_prob, rng), A, keep_prob)
    by_recipe = list(rng.log) in ([("random", A.shape)], [("uniform", A.shape)])
    # Whoever keeps what is above 1 - keep_prob tosses the same coins, seen from the other side.
    if by_recipe and not np.array_equal(kept, numbers > 1 - keep_prob):
        right_out, right_mask = oracle.forward_dropout(A, keep_prob, ScriptedRNG(random=[numbers]))
        assert_close(A_out, right_out, name="A_out", known={"keep_prob": keep_prob})
        assert_close(kept, right_mask, name="mask")
    else:
        judge_pass(student, np.resize(A, (41, 59)), keep_prob, SeededRNG(1))


def way_back(student, dA_out, mask, keep_prob):
    """What backward_dropout gives, and by what each gradient should have been multiplied.

    A student whose own forward pass returns a mask of 1/keep_prob and 0 may rely on getting that mask.
    """
    factor = np.where(mask, 1 / keep_prob, 0.0)
    dA = student.backward_dropout(dA_out, mask, keep_prob)
    assert_shape(dA, dA_out.shape, name="dA", axes="(n, m)")
    if keep_prob == 1 or not np.allclose(dA, dA_out * mask):
        return dA, factor
    A = np.ones(dA_out.shape)
    match student.attempt("forward_dropout", A, keep_prob, SeededRNG(1)):
        case np.ndarray(shape=A.shape) as A_out, np.ndarray(shape=A.shape) as own_mask, *_:
            kept = A_out != 0
            if kept.any() and np.allclose(own_mask, A_out) and np.allclose(A_out[kept], 1 / keep_prob):
                return student.backward_dropout(dA_out, own_mask, keep_prob), A_out
    return dA, factor


@exercise("forward_dropout")
@law("an entry is kept where its random number is less than keep_prob, and then divided by keep_prob")
@points(0.5)
@public
@see("F2 §6 Dropout Regularization; F0, dropout 正则化, with erratum E02")
@suggest("A = np.ones((2, 3)): every entry of A_out must be 0 or 1/keep_prob")
def test_known_random_numbers_give_a_known_result(student, oracle):
    """With fifteen known random numbers, mask and output are known too."""
    A = np.array([[1.0, -2.0, 3.0, 0.5, 4.0], [2.5, 6.0, -1.5, 7.0, 1.0], [-3.0, 8.0, 2.0, 0.0, 5.0]])
    judge_script(student, oracle, A, 0.7, NUMBERS)


@exercise("forward_dropout")
@law("P(kept) = keep_prob")
@points(0.5)
@public
@see("F2 §6: np.random.rand(…) < keep_prob")
@suggest("print mask.mean() for a large A, with keep_prob 0.95 and with 0.7")
def test_a_fraction_keep_prob_of_the_entries_is_kept(student, rng):
    """keep_prob is the probability to keep, not the one to drop."""
    A = rng.normal(size=(59, 71))
    for keep_prob in (0.95, 0.7):
        _, kept = passed_on(student.forward_dropout(A, keep_prob, seeded(rng)), A, keep_prob)
        judge_fraction(kept, keep_prob)


@exercise("forward_dropout")
@law("E[A_out] = A")
@points(0.5)
@public
@see("F0, dropout 正则化: a3 /= keep_prob; F2 §6, scale up")
@suggest("A = np.ones((100, 100)): print A_out.mean(). Would the next layer notice that something is missing?")
def test_the_average_activation_does_not_change(student, rng):
    """What the silenced entries lose the others gain: on average over the coins, output is input."""
    A = rng.uniform(1, 2, size=(59, 71))
    A_out, _ = two_values(student.forward_dropout(A, 0.6, seeded(rng)), A)
    assert_dtype(A_out, "float", name="A_out")
    rules = {"keep_prob": 0.6, "keep_prob / (1 - keep_prob)": 1.5, "1 / keep_prob": 1 / 0.6}
    spread = math.sqrt(0.4 / 0.6)
    assert_mean(A_out / A, 1.0, sd=spread, name="A_out / A", sigmas=SIGMAS, candidates=rules)


@exercise("forward_dropout")
@law("A_out is A / keep_prob where the mask is on, and 0 elsewhere")
@points(0.25)
@public
@see("F0, dropout 正则化, with erratum E02")
@suggest("print A_out / A next to the mask: only two different numbers may occur")
def test_every_entry_is_either_silenced_or_scaled(student, rng):
    """There is nothing in between: an entry is gone or divided by keep_prob, just as its mask says."""
    A = rng.uniform(1, 2, size=(5, 11))
    A_out, kept = passed_on(student.forward_dropout(A, 0.6, seeded(rng)), A, 0.6)
    assert_close(A_out, np.where(kept, A / 0.6, 0.0), name="A_out", known={"keep_prob": 0.6})


@exercise("forward_dropout")
@law("keep_prob = 1: A_out = A")
@points(0.25)
@public
@see("F0, dropout 正则化: keep-prop 设置为 1")
@suggest("is the random number compared with keep_prob, or with 1 - keep_prob?")
def test_keep_prob_one_keeps_everything(student, rng):
    """Without dropout the cost must go down; this is how one switches it off to look."""
    A = rng.normal(size=(5, 7))
    A_out, _ = two_values(student.forward_dropout(A, 1.0, seeded(rng)), A)
    assert_close(A_out, A, name="A_out")


@exercise("forward_dropout")
@law("train=False: A_out = A, no mask, no draw")
@points(0.5)
@public
@see("F2 §6, last paragraph; F0, dropout 正则化, the paragraph on 测试阶段")
@suggest("call it twice with train=False and the same rng: both results must be A")
def test_nothing_happens_at_test_time(student, rng):
    """At test time the whole network works: nothing is dropped, nothing is scaled, nothing is drawn."""
    A = rng.normal(size=(5, 7))
    generator = RecordingRNG(3)
    A_out, mask = two_values(student.forward_dropout(A, 0.7, generator, train=False), A)
    assert_close(A_out, A, name="A_out", known={"keep_prob": 0.7})
    require(mask is None, "the mask is not None; expected None, so that the way back knows of no dropout")
    draws = ", ".join(method for method, _ in generator.log)
    require(not draws, f"random numbers were drawn ({draws}); expected none at test time")


@exercise("forward_dropout")
@law("all coins are independent")
@points(0.25)
@public
@see("F0, dropout 正则化: 每个样本和每个隐藏单元; erratum on 'per sample'")
@suggest("print the mask: do all its columns look the same, or all its rows?")
def test_every_entry_has_a_coin_of_its_own(student, rng):
    """Neither do examples share their coins, nor do units."""
    A = rng.normal(size=(38, 62))
    _, kept = passed_on(student.forward_dropout(A, 0.6, seeded(rng)), A, 0.6)
    neighbours = {"examples": kept[:, 0::2] == kept[:, 1::2], "units": kept[0::2] == kept[1::2]}
    for name, same in neighbours.items():
        label = f"neighbouring {name} with the same coin"
        assert_fraction(same, 0.52, name=label, sigmas=SIGMAS, candidates={"one coin for all": 1.0})


@exercise("forward_dropout")
@law("the number of survivors is random")
@points(0.25)
@public
@see("F2 §6: 40 of 50 units stay, on average")
@suggest("call it with eight different seeds and print mask.sum(): the numbers should differ")
def test_the_number_of_survivors_is_left_to_chance(student, rng):
    """With a coin for each entry sometimes more survive and sometimes fewer; a quota is another method."""
    A = rng.normal(size=(19, 23))
    masks = [passed_on(student.forward_dropout(A, 0.7, seeded(rng)), A, 0.7)[1] for _ in range(8)]
    totals, columns = np.sum(masks, axis=(1, 2)), np.sum(masks, axis=1)
    # Eight times the same number out of 437 coins has probability 1e-10, and equal columns far less.
    require(np.ptp(totals) > 0, f"each of 8 passes kept exactly {totals[0]} of {A.size} entries; expected a spread")
    require(np.ptp(columns) > 0, f"every column kept exactly {columns[0, 0]} of 19 entries; expected a spread")


@exercise("forward_dropout")
@law("same state of rng, same mask; another state, another mask")
@points(0.25)
@public
@see("README, conventions: random numbers")
@suggest("call it with np.random.default_rng(0) twice, then with default_rng(1): which masks are equal?")
def test_all_coins_come_from_the_generator_that_is_passed(student, rng):
    """Equal seeds give equal masks, other seeds other masks, and np.random keeps its state."""
    A = rng.normal(size=(13, 17))
    generators = [SeededRNG(seed) for seed in (11, 11, 12)]
    first, again, other = (two_values(student.forward_dropout(A, 0.6, each), A)[0] for each in generators)
    require(np.array_equal(first, again), "the same seed gave two different A_out; expected equal ones")
    require(not np.array_equal(first, other), "two different seeds gave the same A_out; expected different ones")
    touched = any(generator.global_state_touched for generator in generators)
    require(not touched, "the state of np.random has changed; expected all draws to come from the argument rng")


@exercise("forward_dropout")
@law("whatever A holds: A_out is float, and the mask is what the coins said")
@points(0.25)
@public
@see("README, conventions: types")
@suggest("try A = np.array([[0, 3]]): is the mask random where A is 0, and is 3/keep_prob not cut down to 3?")
def test_integers_and_resting_units_are_treated_alike(student, rng):
    """Activations may be whole numbers, and many are zero after a ReLU; their coins are tossed all the same."""
    A = np.maximum(rng.integers(-4, 9, size=(41, 59)), 0)
    judge_pass(student, A, rng.uniform(0.6, 0.8), seeded(rng))


@exercise("forward_dropout")
@law("as the reference, for any shape and keep_prob")
@points(0.5)
@hidden
@suggest("try other shapes and other values of keep_prob: is one of them written into the code?")
def test_other_activations_and_another_keep_prob(student, oracle, rng):
    """Fresh activations, fresh random numbers, and a keep_prob of their own."""
    A = rng.normal(size=(int(rng.choice([5, 7])), int(rng.choice([11, 13]))))
    judge_script(student, oracle, A, rng.uniform(0.55, 0.9), rng.random(A.shape))


@exercise("backward_dropout")
@law("dA = dA_out / keep_prob where the mask is on, and 0 elsewhere")
@points(0.75)
@public
@see("F0, dropout 正则化: differentiate a3 = a3 * d3 / keep_prob")
@suggest("dA_out = np.ones((2, 3)): every entry of dA must be 0 or 1/keep_prob")
def test_a_known_mask_gives_a_known_gradient(student):
    """The factor that an activation met on its way forward, its gradient meets on the way back."""
    dA, factor = way_back(student, GRADIENT, KEPT, 0.7)
    assert_close(dA, GRADIENT * factor, name="dA", known={"keep_prob": 0.7})


@exercise("backward_dropout")
@law("no gradient where the mask is off, some where it is on")
@points(0.5)
@public
@see("F0, dropout 正则化")
@suggest("print (dA != 0) next to the mask")
def test_gradients_flow_where_activations_flowed(student):
    """A silenced entry had no influence on the cost, so its gradient is zero; all others get theirs."""
    dA = student.backward_dropout(GRADIENT, KEPT, 0.6)
    assert_shape(dA, GRADIENT.shape, name="dA", axes="(n, m)")
    assert_close(dA != 0, KEPT, name="dA != 0")


@exercise("backward_dropout")
@law("dA is the derivative of sum(dA_out * A_out) with respect to A")
@points(0.5)
@public
@see("F2 §10-13 on gradient checking, with the mask held fixed")
@suggest("change one entry of A by 1e-5, keep the mask, and watch the sum change")
def test_the_gradient_agrees_with_differences(student):
    """With the coins held fixed dropout is differentiable, and a numerical gradient can check it."""
    dA, factor = way_back(student, GRADIENT, KEPT, 0.9)
    assert_dtype(dA, "float", name="dA")
    assert_gradient(dA, lambda A: float(np.sum(GRADIENT * A * factor)), np.ones(GRADIENT.shape), name="dA")


@exercise("backward_dropout")
@law("backward(2 D - E) = 2 backward(D) - backward(E)")
@points(0.25)
@public
@see("F0, dropout 正则化: the mask decides, not the gradient")
@suggest("flip the sign of dA_out: dA must flip its sign and change in no other way")
def test_the_way_back_is_linear(student, rng):
    """The coins have fallen, so nothing on the way back depends on the gradient that travels it."""
    D, E = rng.normal(size=(2, 3, 5))
    whole, of_D, of_E = (student.backward_dropout(G, KEPT, 0.7) for G in (2 * D - E, D, E))
    for dA in (whole, of_D, of_E):
        assert_shape(dA, D.shape, name="dA", axes="(n, m)")
        assert_dtype(dA, "float", name="dA")
    assert_close(whole, 2 * of_D - of_E, name="backward(2 D - E)")


@exercise("backward_dropout")
@law("mask None: dA = dA_out")
@points(0.5)
@public
@see("README, the task: no mask")
@suggest("forward with train=False returns A itself; what is its derivative?")
def test_without_a_mask_the_gradient_passes_unchanged(student):
    """A forward pass at test time changes nothing and returns no mask, so the way back changes nothing either."""
    assert_close(student.backward_dropout(GRADIENT, None, 0.7), GRADIENT, name="dA", known={"keep_prob": 0.7})


@exercise("backward_dropout")
@law("as the reference, for any shape and keep_prob")
@points(0.5)
@hidden
@suggest("try other shapes and other values of keep_prob: is one of them written into the code?")
def test_other_gradients_and_another_keep_prob(student, rng):
    """Fresh gradients, whole numbers this time, a fresh mask and a keep_prob of their own."""
    dA_out = rng.integers(1, 9, size=(int(rng.choice([5, 7])), int(rng.choice([11, 13]))))
    keep_prob = rng.uniform(0.55, 0.9)
    dA, factor = way_back(student, dA_out, rng.random(dA_out.shape) < keep_prob, keep_prob)
    assert_close(dA, dA_out * factor, name="dA", known={"keep_prob": keep_prob})
