"""Initial weights: how large must the first random numbers of a network be?

Before the first step of training, a network is nothing but random numbers, and the signal has to get through
them: forwards to the output, backwards to the first layer. A unit with n inputs computes

    z = w_1 a_1 + ... + w_n a_n                  n = n_{l-1}, the width of the layer before

With weights that are independent, centred at zero and of variance v, the average of z^2 is n v times the
average of a^2. Every layer multiplies the size of the signal by such a factor, and a deep network raises the
factor to the power of its depth: one half per layer is a millionth after twenty layers, two per layer is a
million. All zeros is no way out: the units of a layer would compute the same thing, receive the same gradient
and stay twins for ever.

1. `initialize_small` does what the first courses do: one small factor for every layer, whatever its width.
   It breaks the symmetry and does nothing for the signal, which shrinks with every layer.
2. `initialize_xavier` asks that a linear layer keep the size of what it gets. tanh is nearly linear around zero:

       n v = 1,            that is        Var(w) = 1 / n_{l-1}.

3. `initialize_he` asks the same of a ReLU layer. A ReLU passes half of the average of z^2, so

       n v / 2 = 1,        that is        Var(w) = 2 / n_{l-1}.

4. `initialize_glorot` also thinks of the way back. There a unit of layer l-1 adds up n_l products, and the
   gradient would like n_l v = 1. Both wishes at once can only be met half-way:

       v (n_{l-1} + n_l) / 2 = 1,     that is     Var(w) = 2 / (n_{l-1} + n_l).

   Biases are zero everywhere.
5. `count_distinct_units` tells twins from individuals: how many different units does a layer really have?
6. `deep_linear_output` is the network without activations in which the notes show vanishing and exploding: a
   product of matrices. 1.5 times the identity, 150 times over, is a number of 27 digits.
7. `activation_profile` measures a real network the same way: how spread out are the activations of each layer?

Four things to look at. The width in the denominator is the number of inputs of a unit, not the number of
units; a network whose layers are all equally wide hides that mistake. A variance is not a standard deviation;
a layer with two inputs hides that one. Each weight needs a draw of its own, also when two layers happen to have
the same shape. And a matrix that is not diagonal is not raised to a power entry by entry.

Axes
----
L : layers with weights, counted from 1; layer 0 is the input.
n_l : units of layer l. n_0 = n_x is the number of inputs.
m : examples, one per column.
"""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[np.float64]
Params: TypeAlias = dict[str, Array]
Rng: TypeAlias = np.random.Generator


def initialize_small(layer_dims: list[int], rng: Rng, scale: float = 0.01) -> Params:
    """Small random weights of one and the same size in every layer.

    Parameters
    ----------
    layer_dims : list of int. Widths n_0, n_1, ..., n_L, the input first.
    rng : np.random.Generator. The only source of random numbers. The recipe: draw the weights of layers 1, 2, ..., L
        in this order, each with one call `rng.standard_normal((n_l, n_{l-1}))`. Biases are not drawn. Other independent
        draws of the same mean and variance will do.
    scale : Standard deviation of the weights, not negative. 0 makes every weight zero, on purpose: see what
        becomes of such a network with `count_distinct_units`.

    Returns
    -------
    dict with float64 arrays, dimensionless, for each layer l = 1 ... L:

    "W1" ... "WL" : (n_l, n_{l-1}). Independent, mean 0, standard deviation `scale`.
    "b1" ... "bL" : (n_l, 1). Zeros.

    Raises
    ------
    ValueError : `layer_dims` has fewer than two widths, so there is no layer at all.

    Notes
    -----
    The same state of `rng` gives the same weights. The global state of np.random is neither used nor seeded.

    Examples
    --------
    Widths 2 and 3: W1 (3, 2). With the default scale a draw of 1.6 becomes a weight of 0.016.

    References
    ----------
    Lecture notes F3, section 2 (W times 0.01; a large W saturates tanh and sigmoid).
    Goodfellow, Bengio & Courville, *Deep Learning* (2016), section 8.4.
    """
    return _draw_layers(layer_dims, rng, [scale**2 for _ in layer_dims[1:]])


def initialize_xavier(layer_dims: list[int], rng: Rng) -> Params:
    """Weights that keep the size of the signal through linear layers, and nearly so through tanh.

    Parameters
    ----------
    layer_dims : list of int. Widths n_0, n_1, ..., n_L, the input first.
    rng : np.random.Generator. The only source of random numbers. The recipe: draw the weights of layers 1, 2, ..., L
        in this order, each with one call `rng.standard_normal((n_l, n_{l-1}))`. Biases are not drawn. Other independent
        draws of the same mean and variance will do.

    Returns
    -------
    dict with float64 arrays, dimensionless, for each layer l = 1 ... L:

    "W1" ... "WL" : (n_l, n_{l-1}). Independent, mean 0, variance 1 / n_{l-1}.
    "b1" ... "bL" : (n_l, 1). Zeros.

    Raises
    ------
    ValueError : `layer_dims` has fewer than two widths, so there is no layer at all.

    Notes
    -----
    1. z is a sum of n_{l-1} products. If each input has variance 1, what is the variance of z?
    2. Find the factor that gives a standard normal draw the variance of its layer.

    The same state of `rng` gives the same weights. The global state of np.random is neither used nor seeded.

    Examples
    --------
    Widths 4 and 3: one layer, W1 (3, 4) with variance 0.25, so a draw of 1.6 becomes a weight of 0.8.

    References
    ----------
    Lecture notes F2, section 11 (tanh: variance 1/n). F1, section "参数初始化策略", says that z gets large when the
    weights are small; it is the other way round (E13).
    LeCun, Bottou, Orr & Müller, *Efficient BackProp* (1998), section 4.6.
    """
    return _draw_layers(layer_dims, rng, [1.0 / n_prev for n_prev in layer_dims[:-1]])


def initialize_he(layer_dims: list[int], rng: Rng) -> Params:
    """Weights that keep the size of the signal through ReLU layers, however many there are.

    Parameters
    ----------
    layer_dims : list of int. Widths n_0, n_1, ..., n_L, the input first.
    rng : np.random.Generator. The only source of random numbers. The recipe: draw the weights of layers 1, 2, ..., L
        in this order, each with one call `rng.standard_normal((n_l, n_{l-1}))`. Biases are not drawn. Other independent
        draws of the same mean and variance will do.

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
    as printed it is not what its author proposed, and its code lacks a pair of brackets (E15).
    He, Zhang, Ren & Sun, *Delving Deep into Rectifiers* (2015), section 2.2, eq. 10.
    Goodfellow, Bengio & Courville, *Deep Learning* (2016), section 8.4.
    """
    return _draw_layers(layer_dims, rng, [2.0 / n_prev for n_prev in layer_dims[:-1]])


def initialize_glorot(layer_dims: list[int], rng: Rng) -> Params:
    """Weights that serve the signal on its way forward and the gradient on its way back alike.

    Parameters
    ----------
    layer_dims : list of int. Widths n_0, n_1, ..., n_L, the input first.
    rng : np.random.Generator. The only source of random numbers. The recipe: draw the weights of layers 1, 2, ..., L
        in this order, each with one call `rng.standard_normal((n_l, n_{l-1}))`. Biases are not drawn. Other independent
        draws of the same mean and variance will do.

    Returns
    -------
    dict with float64 arrays, dimensionless, for each layer l = 1 ... L:

    "W1" ... "WL" : (n_l, n_{l-1}). Independent, mean 0, variance 2 / (n_{l-1} + n_l).
    "b1" ... "bL" : (n_l, 1). Zeros.

    Raises
    ------
    ValueError : `layer_dims` has fewer than two widths, so there is no layer at all.

    Notes
    -----
    Python computes `a / b * c` from left to right, as (a / b) * c. Mind your brackets.

    The same state of `rng` gives the same weights. The global state of np.random is neither used nor seeded.

    Examples
    --------
    Widths 5 and 3: one layer, W1 (3, 5) with variance 2/8 = 0.25, so a draw of 1.6 becomes a weight of 0.8.

    References
    ----------
    Lecture notes F2, section 11, the last rule. Erratum E15: it prints the *product* of the two widths, and code
    that multiplies by the second; its author's formula has their sum.
    Glorot & Bengio, *Understanding the difficulty of training deep feedforward neural networks* (2010), eq. 12.
    """
    return _draw_layers(layer_dims, rng, [2.0 / sum(layer_dims[i : i + 2]) for i in range(len(layer_dims) - 1)])


def count_distinct_units(W: Array, tol: float = 1e-12) -> int:
    """Number of units of a layer that are not copies of one another.

    Parameters
    ----------
    W : (n_l, n_{l-1}) float64, float32 or int, dimensionless. One unit per row.
    tol : Not negative, in the unit of `W`. Two units are the same if no weight of the one differs by more than `tol`
        from that weight of the other.

    Returns
    -------
    int between 1 and n_l.

    Notes
    -----
    Twins that are trained together differ in their last digits, because sums are rounded in another order: hence
    `tol`. It is an absolute distance. Units of a fresh layer may be tiny and still all different.

    Who is a twin of a twin is a twin too: in whatever you are given, different units lie much farther apart than
    `tol`.

    Examples
    --------
    The rows (1, 2), (2, 1), (1, 2) are two distinct units.

    References
    ----------
    Lecture notes F3, section 2 (all weights zero: the units of a layer compute the same and get the same gradient).
    """
    units: list[Array] = []
    for unit in np.asarray(W, dtype=np.float64):
        if all(np.abs(unit - other).max() > tol for other in units):
            units.append(unit)
    return len(units)


def deep_linear_output(Ws: list[Array], x: Array) -> Array:
    """Output of a deep network without activations and biases.

    Parameters
    ----------
    Ws : list of L arrays, L at least 1, float64 or int, dimensionless. Ws[0] is W[1] of shape (n_1, n_0), which meets
        the input first; Ws[-1] is W[L].
    x : (n_0, m) float64 or int, dimensionless. One column per example.

    Returns
    -------
    (n_L, m) float64, dimensionless: W[L] ... W[2] W[1] x, all L matrices.

    Raises
    ------
    ValueError : The widths of two neighbours do not fit.

    Notes
    -----
    Matrices do not commute; the order is part of the answer.

    Examples
    --------
    Five times 1.5 I, applied to x = (1, 2): (7.59375, 15.1875), for 1.5 to the power of 5 is 7.59375.

    References
    ----------
    Lecture notes F0, section "梯度消失/梯度爆炸" (the power there is L-1, because W[L] is kept apart: E05); F1, section
    "梯度消失"; F2, section 10 (the power L; it holds for 1.5 I, not for a matrix full of 1.5: E29).
    """
    A = np.asarray(x, dtype=np.float64)
    for W in Ws:
        A = np.asarray(W, dtype=np.float64) @ A
    return A


def activation_profile(X: Array, params: Params, hidden: str) -> Array:
    """Spread of the activations in each hidden layer, from the first to the last.

    Parameters
    ----------
    X : (n_0, m) float64, float32 or int, dimensionless. One column per example.
    params : dict with "W1", "b1", ..., "WL", "bL" and nothing else; W[l] is (n_l, n_{l-1}), b[l] is (n_l, 1).
    hidden : "relu", "tanh", "sigmoid" or "linear": the activation g of every hidden layer.

    Returns
    -------
    (L-1,) float64, dimensionless. Entry l-1 is the standard deviation over all n_l times m numbers of
    A[l] = g(W[l] A[l-1] + b[l]), with A[0] = X. The output layer L is not a hidden one and is left out.

    Raises
    ------
    ValueError : `hidden` is none of the four names.

    Notes
    -----
    The standard deviation is that of the population: the mean of the squared distances from the mean of all these
    numbers, under a root.

    A profile that stays level is what an initialisation is meant to give. One that falls by the same factor from
    layer to layer is a vanishing signal: a straight line on a logarithmic axis.

    Examples
    --------
    X = [[1, 2, 3]], W1 = [[1], [-1]], b1 = 0 and ReLU make A[1] = [[1, 2, 3], [0, 0, 0]]. Its six numbers have
    mean 1 and variance 8/6. If layer 2 is the output, the profile is one number: 1.1547.

    References
    ----------
    Lecture notes F2, sections 10 and 11 (z should be neither too large nor too small); F3, section 2.
    Glorot & Bengio, *Understanding the difficulty of training deep feedforward neural networks* (2010), section 3.
    """
    A = np.asarray(X, dtype=np.float64)
    spreads: list[float] = []
    for layer in range(1, len(params) // 2):
        A = _activate(params[f"W{layer}"] @ A + params[f"b{layer}"], hidden)
        spreads.append(float(A.std()))
    return np.array(spreads)


def _draw_layers(layer_dims: list[int], rng: Rng, variances: list[float]) -> Params:
    """Draw W1, W2, ... with these variances, each with a bias column of zeros."""
    if len(layer_dims) < 2:
        raise ValueError(f"layer_dims is {layer_dims}, expected at least two widths: one of the input, one of a layer")
    params: Params = {}
    for layer, variance in enumerate(variances, start=1):
        n_prev, n = layer_dims[layer - 1], layer_dims[layer]
        params[f"W{layer}"] = rng.standard_normal((n, n_prev)) * np.sqrt(variance)
        params[f"b{layer}"] = np.zeros((n, 1))
    return params


def _activate(Z: Array, name: str) -> Array:
    """Apply the activation called `name` to every entry of Z."""
    if name == "relu":
        return np.maximum(Z, 0.0)
    if name == "tanh":
        return np.tanh(Z)
    if name == "sigmoid":
        # The same function as 1 / (1 + exp(-z)), without an exponential that could overflow.
        return 0.5 + 0.5 * np.tanh(0.5 * Z)
    if name == "linear":
        return Z
    raise ValueError(f"hidden is {name!r}, expected relu, tanh, sigmoid or linear")
