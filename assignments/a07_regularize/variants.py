"""Right ways to write regularization.py that look different from the reference."""

import numpy as np

from autograder.checking import variant


@variant("forward_dropout")
def binomial_coins(A, keep_prob, rng, train=True):
    """One binomial draw with a single trial is a coin; the mask holds 1 and 0."""
    if not train:
        return A, None
    mask = rng.binomial(1, keep_prob, size=A.shape)
    return A * mask / keep_prob, mask


@variant("forward_dropout")
def chosen_coins(A, keep_prob, rng, train=True):
    """`choice` with probabilities tosses independent coins too."""
    if train:
        mask = rng.choice([True, False], size=A.shape, p=[keep_prob, 1 - keep_prob])
        return np.where(mask, A / keep_prob, 0.0), mask
    return A.copy(), None


@variant("forward_dropout")
def uniform_coins(A, keep_prob, rng, train=True):
    """`uniform` is `random` under another name; the mask is float, the answer a list."""
    if not train:
        return [A, None]
    mask = (rng.uniform(0, 1, A.shape) < keep_prob).astype(float)
    return [np.multiply(A, mask) / keep_prob, mask]


@variant("forward_dropout")
def coins_seen_from_the_other_side(A, keep_prob, rng, train=True):
    """1 - u is as uniform as u, so keeping what is at least 1 - keep_prob keeps just as much."""
    if not train:
        return A, None
    mask = rng.random(A.shape) >= 1 - keep_prob
    return A / keep_prob * mask, mask


@variant("forward_dropout")
def one_coin_at_a_time(A, keep_prob, rng, train=True):
    """Loops in place of array draws, writing to an array of its own."""
    if not train:
        return A, None
    A_out, mask = np.zeros(A.shape), np.zeros(A.shape, dtype=int)
    for i in range(A.shape[0]):
        for j in range(A.shape[1]):
            if rng.random() < keep_prob:
                A_out[i, j] = A[i, j] / keep_prob
                mask[i, j] = 1
    return A_out, mask


@variant("forward_dropout")
def in_place_on_a_copy(A, keep_prob, rng, train=True):
    """Writing in place is right as long as the array is one's own; the third value is extra."""
    A_out = np.array(A, dtype=float)
    if not train:
        return A_out, None, keep_prob
    mask = rng.random(size=A.shape) <= keep_prob
    A_out *= mask
    A_out /= keep_prob
    return A_out, mask, keep_prob


@variant("forward_dropout")
def in_single_precision(A, keep_prob, rng, train=True):
    """float32 holds seven digits, enough for a network."""
    A = A.astype(np.float32)
    if not train:
        return A, None
    mask = rng.random(A.shape, dtype=np.float32) < keep_prob
    return A * mask / np.float32(keep_prob), mask


@variant("forward_dropout")
def drops_where_the_number_is_small(A, keep_prob, rng, train=True):
    """Dropping with probability 1 - keep_prob keeps with probability keep_prob."""
    if not train:
        return A, None
    drop = rng.random(A.shape) < 1 - keep_prob
    A_out = A.astype(float) / keep_prob
    A_out[drop] = 0.0
    return A_out, ~drop


@variant("forward_dropout", group="scaled_mask")
def scaled_mask_forward(A, keep_prob, rng, train=True):
    """The mask carries the division, so that both passes only multiply."""
    if not train:
        return A, None
    mask = (rng.random(A.shape) < keep_prob) / keep_prob
    return A * mask, mask


@variant("backward_dropout", group="scaled_mask")
def scaled_mask_backward(dA_out, mask, keep_prob):
    """The mask of the forward pass of this group carries the division already."""
    return dA_out if mask is None else dA_out * mask


@variant("backward_dropout")
def backward_in_place_on_a_copy(dA_out, mask, keep_prob):
    """Silences entries of an array of its own."""
    dA = np.array(dA_out, dtype=float)
    if mask is not None:
        dA[~np.asarray(mask, dtype=bool)] = 0.0
        dA /= keep_prob
    return dA


@variant("backward_dropout")
def backward_by_where(dA_out, mask, keep_prob):
    """Chooses entry by entry."""
    if mask is None:
        return np.copy(dA_out)
    return np.where(mask, dA_out / keep_prob, 0)


@variant("backward_dropout")
def backward_entry_by_entry(dA_out, mask, keep_prob):
    """Loops over all entries."""
    if mask is None:
        return dA_out
    dA = np.zeros(dA_out.shape)
    for i, j in np.ndindex(*dA_out.shape):
        if mask[i][j]:
            dA[i, j] = dA_out[i, j] / keep_prob
    return dA


@variant("backward_dropout")
def backward_in_single_precision(dA_out, mask, keep_prob):
    """float32 holds seven digits, enough for a gradient."""
    dA_out = dA_out.astype(np.float32)
    return dA_out if mask is None else (dA_out * mask / keep_prob).astype(np.float32)
