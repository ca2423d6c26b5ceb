"""Regularisation: keep a network from learning its examples by heart.

A unit of a large network can come to rely on one particular neighbour that happens to know the training
examples. Dropout takes neighbours away at random during training, so that no unit can count on any other. At
test time the network is whole again and nothing about it is random.

1. `forward_dropout` tosses a coin for every entry of A, that is for each unit and each example. With D = 1
   where the coin says keep (probability keep_prob) and D = 0 elsewhere:

       training    A_out = A D / keep_prob        (entry by entry)
       test        A_out = A

   The division makes this *inverted* dropout. On average over the coins A_out equals A, so the next layer
   sees signals of the same size in training and at test time, and at test time nothing is left to do.
2. `backward_dropout` is the chain rule. Once the coins have fallen, each output is its own input times a
   constant, and so is each gradient:

       dA = dA_out D / keep_prob                  (the same D)

Three things to look at. keep_prob is the probability to *keep*; papers and frameworks often name the
probability to drop. The number of survivors is random too: of 50 units at keep_prob 0.8 about 40 stay, give
or take 2.8, and a method that always keeps 40 is not this one. And the way back must meet the coins of the
way forward; new coins would give the gradient of a different network.

Axes
----
m : examples of the mini-batch, one per column.
n : units of the layer, one per row.
"""

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[Any]
Params: TypeAlias = dict[str, Array]
Rng: TypeAlias = np.random.Generator


def forward_dropout(A, keep_prob, rng, train=True):
    if not train:
        return A, None
    mask = np.repeat(rng.random((A.shape[0], 1)) < keep_prob, A.shape[1], axis=1)
    return A * mask / keep_prob, mask


def backward_dropout(dA_out: Array, mask: Array | None, keep_prob: float) -> Array:
    """Gradient with respect to the input of dropout, for the coins that have already fallen.

    Parameters
    ----------
    dA_out : (n, m) float64, float32 or int. Gradient of the sum of the losses with respect to `A_out`.
    mask : (n, m) bool, or None. What `forward_dropout` returned along with `A_out`.
    keep_prob : The one that `forward_dropout` was given, greater than 0 and at most 1.

    Returns
    -------
    dA : (n, m) float64, in the unit of dA_out. Gradient with respect to `A`; no 1/m.

    Notes
    -----
    Write down A_out for a single entry, once for a kept one and once for a silenced one, and differentiate.
    A mask of None means that the forward pass changed nothing; what does the gradient do then?

    Nothing is drawn here. `dA_out` and `mask` stay as they were.

    References
    ----------
    The notes print no formula for the way back; it follows from F0, section "dropout 正则化".
    Goodfellow, Bengio & Courville, *Deep Learning* (2016), section 7.12.
    """
    dA_out = np.asarray(dA_out, dtype=np.float64)
    if mask is None:
        return dA_out
    return dA_out * mask / keep_prob
