"""Known wrong ways to write regularization.py: what each author believed, and which check must object.

`covers` names rows of the course's lists of mistakes: a slug of the exercise's own table, or "area/name".
"""

import numpy as np

from autograder.checking import mistake


@mistake(
    "forward_dropout",
    caught_by="the_average_activation_does_not_change",
    covers=("no_scaling", "dropout/not-rescaled"),
    read="F0, dropout 正则化: a3 /= keep_prob; F2 §6, scale up",
    suggest="A = np.ones((100, 100)): print A_out.mean() for keep_prob 0.8",
)
def survivors_not_scaled(A, keep_prob, rng, train=True):
    """The kept entries are not divided by keep_prob: this is plain dropout, and the next layer gets too little."""
    if not train:
        return A, None
    mask = rng.random(A.shape) < keep_prob
    return A * mask, mask


@mistake(
    "forward_dropout",
    caught_by=("nothing_happens_at_test_time", "the_average_activation_does_not_change"),
    covers="scales_at_test",
    read="F2 §6: with inverted dropout nothing has to be scaled at test time",
    suggest="compare A_out.mean() in training with A_out.mean() at test time, and both with A.mean()",
)
def scaled_at_test_time_instead(A, keep_prob, rng, train=True):
    """Training leaves the survivors as they are and the test multiplies by keep_prob: plain dropout, not inverted."""
    if not train:
        return A * keep_prob, None
    mask = rng.random(A.shape) < keep_prob
    return A * mask, mask


@mistake(
    "forward_dropout",
    caught_by="nothing_happens_at_test_time",
    covers=("scales_at_test", "dropout/rescaled-twice"),
    read="F2 §6: with inverted dropout nothing has to be scaled at test time",
    suggest="A = np.ones((2, 3)): what is the average of A_out in training, and what at test time?",
)
def scaled_twice(A, keep_prob, rng, train=True):
    """The survivors are divided by keep_prob in training, and the test multiplies by keep_prob as well."""
    if not train:
        return A * keep_prob, None
    mask = rng.random(A.shape) < keep_prob
    return A * mask / keep_prob, mask


@mistake(
    "forward_dropout",
    caught_by="a_fraction_keep_prob_of_the_entries_is_kept",
    covers=("mask_inverted", "dropout/inverted-comparison"),
    read="F2 §6: np.random.rand(…) < keep_prob",
    suggest="print mask.mean() for keep_prob 0.9: is it 0.9 or 0.1?",
)
def comparison_inverted(A, keep_prob, rng, train=True):
    """The comparison points the wrong way: entries survive with probability 1 - keep_prob."""
    if not train:
        return A, None
    mask = rng.random(A.shape) > keep_prob
    return A * mask / keep_prob, mask


@mistake(
    "forward_dropout",
    caught_by="a_fraction_keep_prob_of_the_entries_is_kept",
    covers=("mask_inverted", "dropout/p-meaning-inverted"),
    read="README, conventions: keep_prob is the probability to keep",
    suggest="keep_prob = 1 means no dropout at all; what does your function do with it?",
)
def keep_prob_taken_as_drop_prob(A, keep_prob, rng, train=True):
    """keep_prob is used throughout as the probability to drop, as some frameworks do; here it is the one to keep."""
    if not train:
        return A, None
    mask = rng.random(A.shape) < 1 - keep_prob
    return A * mask / (1 - keep_prob), mask


@mistake(
    "forward_dropout",
    caught_by="the_average_activation_does_not_change",
    covers="dropout/divide-by-wrong-prob",
    read="F0, dropout 正则化: a3 /= keep_prob",
    suggest="A = np.ones((100, 100)): which divisor brings A_out.mean() back to 1?",
)
def divided_by_drop_prob(A, keep_prob, rng, train=True):
    """The survivors are divided by the probability to drop, 1 - keep_prob, instead of the one to keep."""
    if not train:
        return A, None
    mask = rng.random(A.shape) < keep_prob
    return A * mask / (1 - keep_prob), mask


@mistake(
    "forward_dropout",
    caught_by="every_entry_is_either_silenced_or_scaled",
    covers=("rand_without_compare", "dropout/mask-not-thresholded"),
    read="F0, dropout 正则化, with erratum E02: the code lacks '< keep_prob'. F2 §6 has it. You copied faithfully",
    suggest="print the mask: it should hold nothing but True and False",
)
def never_compared(A, keep_prob, rng, train=True):
    """The random numbers themselves serve as the mask: they are never compared with keep_prob."""
    if not train:
        return A, None
    mask = rng.random(A.shape)
    return A * mask / keep_prob, mask


@mistake(
    "forward_dropout",
    caught_by="a_fraction_keep_prob_of_the_entries_is_kept",
    covers="dropout/randn-mask",
    read="F2 §6: np.random.rand, without the n",
    suggest="print (rng.standard_normal(10000) < 0.95).mean()",
)
def normal_coins(A, keep_prob, rng, train=True):
    """The coins are normal random numbers, of which 83 % and not 95 % are below 0.95; they should be uniform."""
    if not train:
        return A, None
    mask = rng.standard_normal(A.shape) < keep_prob
    return A * mask / keep_prob, mask


@mistake(
    "forward_dropout",
    caught_by="every_entry_has_a_coin_of_its_own",
    covers=("one_mask_per_row", "dropout/shared-mask"),
    read="F0, dropout 正则化: 每个样本和每个隐藏单元",
    suggest="print the mask: do all its columns look the same?",
)
def one_coin_per_unit(A, keep_prob, rng, train=True):
    """A unit is on or off for all examples at once; each example should meet a network of its own."""
    if not train:
        return A, None
    mask = np.repeat(rng.random((A.shape[0], 1)) < keep_prob, A.shape[1], axis=1)
    return A * mask / keep_prob, mask


@mistake(
    "forward_dropout",
    caught_by="every_entry_has_a_coin_of_its_own",
    covers="dropout/shared-mask",
    read="F0, dropout 正则化: 每个样本和每个隐藏单元",
    suggest="print the mask: do all its rows look the same?",
)
def one_coin_per_example(A, keep_prob, rng, train=True):
    """All units of an example are on or off together, so whole examples vanish."""
    if not train:
        return A, None
    mask = np.repeat(rng.random((1, A.shape[1])) < keep_prob, A.shape[0], axis=0)
    return A * mask / keep_prob, mask


@mistake(
    "forward_dropout",
    caught_by="the_number_of_survivors_is_left_to_chance",
    covers="exactly_k_dropped",
    read="F2 §6: 40 of 50 units is the average, not a quota",
    suggest="print mask.sum() for several seeds: it should vary",
)
def exactly_k_dropped(A, keep_prob, rng, train=True):
    """Exactly a fraction 1 - keep_prob of all entries is dropped, so the coins are not independent."""
    if not train:
        return A, None
    mask = np.ones(A.size, dtype=bool)
    mask[rng.permutation(A.size)[: round((1 - keep_prob) * A.size)]] = False
    mask = mask.reshape(A.shape)
    return A * mask / keep_prob, mask


@mistake(
    "forward_dropout",
    caught_by="the_number_of_survivors_is_left_to_chance",
    covers="exactly_k_dropped",
    read="F2 §6: 40 of 50 units is the average, not a quota",
    suggest="print mask.sum(axis=0): it should vary from example to example",
)
def exactly_k_per_example(A, keep_prob, rng, train=True):
    """Every example loses exactly the same number of units, so the coins are not independent."""
    if not train:
        return A, None
    rank = rng.random(A.shape).argsort(axis=0).argsort(axis=0)
    mask = rank < round(keep_prob * A.shape[0])
    return A * mask / keep_prob, mask


@mistake(
    "forward_dropout",
    caught_by="nothing_happens_at_test_time",
    covers="dropout/active-at-test",
    read="F2 §6, last paragraph",
    suggest="predict the same example twice: the answers should be equal",
)
def active_at_test_time(A, keep_prob, rng, train=True):
    """`train` is ignored, so predictions are random."""
    mask = rng.random(A.shape) < keep_prob
    return A * mask / keep_prob, mask


@mistake(
    "forward_dropout",
    caught_by="nothing_happens_at_test_time",
    suggest="what would backward_dropout do with that mask?",
)
def mask_of_ones_at_test_time(A, keep_prob, rng, train=True):
    """At test time a mask of ones is returned; the way back would divide by keep_prob although the way out did not."""
    if not train:
        return A, np.ones(A.shape, dtype=bool)
    mask = rng.random(A.shape) < keep_prob
    return A * mask / keep_prob, mask


@mistake(
    "forward_dropout",
    caught_by="all_coins_come_from_the_generator_that_is_passed",
    read="README, conventions: random numbers",
    suggest="take np.random.seed out of your file and draw from rng",
)
def seeds_np_random(A, keep_prob, rng, train=True):
    """np.random is seeded and used instead of rng: every pass drops the same entries."""
    if not train:
        return A, None
    np.random.seed(1)
    mask = np.random.rand(*A.shape) < keep_prob
    return A * mask / keep_prob, mask


@mistake(
    "forward_dropout",
    caught_by="integers_and_resting_units_are_treated_alike",
    suggest="A = np.zeros((2, 3)): is the mask still random?",
)
def mask_read_off_the_output(A, keep_prob, rng, train=True):
    """The mask is taken from A_out != 0, so it calls units dropped that were zero anyway."""
    if not train:
        return A, None
    A_out = A * (rng.random(A.shape) < keep_prob) / keep_prob
    return A_out, A_out != 0


@mistake(
    "forward_dropout",
    caught_by="integers_and_resting_units_are_treated_alike",
    read="README, conventions: types",
    suggest="print np.zeros_like(np.array([1, 2])).dtype; what happens to 2.5 in such an array?",
)
def truncates_integers(A, keep_prob, rng, train=True):
    """The output inherits the integer type of A, and everything behind the decimal point is lost."""
    if not train:
        return A, None
    mask = rng.random(A.shape) < keep_prob
    A_out = np.zeros_like(A)
    A_out[mask] = A[mask] / keep_prob
    return A_out, mask


@mistake(
    "forward_dropout",
    caught_by="known_random_numbers_give_a_known_result",
    read="F0, dropout 正则化: a3 *= d3 is meant for a copy of your own; README, conventions: purity",
    suggest="call it, then print A: the caller's activations should be as before",
)
def overwrites_A(A, keep_prob, rng, train=True):
    """`A *= mask` changes the caller's own activations; write to a new array."""
    if not train:
        return A, None
    mask = rng.random(A.shape) < keep_prob
    A *= mask
    A /= keep_prob
    return A, mask


@mistake(
    "backward_dropout",
    caught_by="a_known_mask_gives_a_known_gradient",
    covers=("no_scaling", "dropout/bwd-not-rescaled"),
    suggest="A_out = A / keep_prob for a kept entry: what is its derivative?",
)
def gradient_not_scaled(dA_out, mask, keep_prob):
    """The gradient meets the mask but not the division by keep_prob that the activation met."""
    if mask is None:
        return dA_out
    return dA_out * mask


@mistake(
    "backward_dropout",
    caught_by="gradients_flow_where_activations_flowed",
    covers="dropout/bwd-mask-missing",
    suggest="does a silenced entry change the cost when it changes a little? What is its gradient, then?",
)
def mask_not_applied(dA_out, mask, keep_prob):
    """The gradient is scaled, but it also flows into entries that were silenced."""
    if mask is None:
        return dA_out
    return dA_out / keep_prob


@mistake(
    "backward_dropout",
    caught_by="gradients_flow_where_activations_flowed",
    covers=("fresh_mask", "dropout/bwd-fresh-mask"),
    suggest="print (dA != 0) next to the mask that was passed in",
)
def fresh_mask(dA_out, mask, keep_prob):
    """New coins are tossed on the way back, so the gradient belongs to another network."""
    if mask is None:
        return dA_out
    return dA_out * (np.random.default_rng(0).random(dA_out.shape) < keep_prob) / keep_prob


@mistake(
    "backward_dropout",
    caught_by="without_a_mask_the_gradient_passes_unchanged",
    covers="mask_none_crash",
    suggest="call it with mask None, as after a forward pass with train=False",
)
def mask_none_crash(dA_out, mask, keep_prob):
    """A mask of None, which the forward pass returns at test time, is multiplied like an array."""
    return dA_out * mask / keep_prob


@mistake(
    "backward_dropout",
    caught_by="without_a_mask_the_gradient_passes_unchanged",
    suggest="forward with train=False returns A itself; what is its derivative?",
)
def none_still_divided(dA_out, mask, keep_prob):
    """Without a mask the gradient is divided by keep_prob all the same, though the forward pass changed nothing."""
    if mask is None:
        return dA_out / keep_prob
    return dA_out * mask / keep_prob


@mistake(
    "backward_dropout",
    caught_by="a_known_mask_gives_a_known_gradient",
    covers="no_scaling",
    suggest="A_out = A / keep_prob for a kept entry: is its derivative keep_prob or 1 / keep_prob?",
)
def gradient_multiplied(dA_out, mask, keep_prob):
    """The gradient is multiplied by keep_prob where it should be divided."""
    if mask is None:
        return dA_out
    return dA_out * mask * keep_prob


@mistake(
    "backward_dropout",
    caught_by="the_way_back_is_linear",
    suggest="flip the sign of dA_out: does dA flip its sign?",
)
def masked_by_sign(dA_out, mask, keep_prob):
    """Negative gradients are cut off, a habit from ReLU; for dropout the mask alone decides."""
    if mask is None:
        return dA_out
    return np.maximum(dA_out, 0) * mask / keep_prob
