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


def initialize_he(layer_dims: list[int], rng: Rng) -> Params:
    """Weights that keep the size of the signal through ReLU layers, however many there are.

    Parameters
    ----------
    layer_dims : list of int. Widths n_0, n_1, ..., n_L, the input first.
    rng : np.random.Generator. The only source of random numbers. Draw the weights of layers 1, 2, ..., L in
        this order, each with one call `rng.standard_normal((n_l, n_{l-1}))`. Biases are not drawn.

    Returns
    -------
    dict with float64 arrays, dimensionless, for each layer l = 1 ... L:

    "W1" ... "WL" : (n_l, n_{l-1}). Independent, mean 0, variance 2 / n_{l-1}.
    "b1" ... "bL" : (n_l, 1). Zeros.

    Raises
    ------
    ValueError : `layer_dims` has fewer than two widths, so there is no layer at all.

    Notes
    -----
    1. A standard normal draw has variance 1. Find the factor that gives it the variance of its layer.
    2. A column of zeros for the biases; they need no luck, because the weights already make the units differ.

    The same state of `rng` gives the same weights. The global state of np.random is neither used nor seeded.

    Examples
    --------
    Widths 8 and 3: one layer, W1 (3, 8) with variance 0.25, so a draw of 1.6 becomes a weight of 0.8.

    References
    ----------
    Lecture notes F2, section 11 (ReLU: variance 2/n). The last rule there, with both widths, is another one;
    as printed it is not what its author proposed, and its code lacks a pair of brackets.
    He, Zhang, Ren & Sun, *Delving Deep into Rectifiers* (2015), section 2.2, eq. 10.
    Goodfellow, Bengio & Courville, *Deep Learning* (2016), section 8.4.
    """
    raise NotImplementedError("a06_init.initialize_he")
