"""Initial weights: how large must the first random numbers of a network be?

Before the first step of training, a network is nothing but random numbers, and the signal has to get through
them: forwards to the output, backwards to the first layer. A unit with n inputs computes

    z = w_1 a_1 + ... + w_n a_n                  n = n_{l-1}, the width of the layer before

With weights that are independent, centred at zero and of variance v, the average of z^2 is n v times the
average of a^2. Every layer multiplies the size of the signal by such a factor, and a deep network raises the
factor to the power of its depth: one half per layer is a millionth after twenty layers, two per layer is a
million. All zeros is no way out: the units of a layer would compute the same thing, receive the same gradient
and stay twins for ever.

1. `initialize_he` chooses v so that the factor is 1 for ReLU. A ReLU passes half of the average of z^2, so

       n v / 2 = 1,        that is        Var(w) = 2 / n_{l-1}        (and b = 0).

Three things to look at. The width in the denominator is the number of inputs of a unit, not the number of
units; a network whose layers are all equally wide hides that mistake. A variance is not a standard deviation;
a layer with two inputs hides that one. And each weight needs a draw of its own, also when two layers happen
to have the same shape.

Axes
----
L : layers with weights, counted from 1; layer 0 is the input.
n_l : units of layer l. n_0 = n_x is the number of inputs.
"""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[np.float64]
Params: TypeAlias = dict[str, Array]
Rng: TypeAlias = np.random.Generator


def initialize_he(layer_dims, rng):
    params = {"L": len(layer_dims) - 1}
    for layer in range(1, len(layer_dims)):
        n_prev, n = layer_dims[layer - 1 : layer + 1]
        W = rng.standard_normal((n, n_prev)) * np.sqrt(2 / n_prev)
        params[f"W{layer}"] = W.astype(np.float32)
        params[f"b{layer}"] = np.zeros((n, 1), dtype=np.float32)
    return params
