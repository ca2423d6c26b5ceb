"""The forward pass: from the features of an example to the network's answer.

A network is a chain of layers, and every layer does two things. It mixes what it gets, each unit in proportions
of its own (the weights) and from a starting point of its own (the bias); then it bends the result with an
activation. With X = A[0], layer l computes

    Z[l] = W[l] A[l-1] + b[l]        the scores: a matrix product, and a column that is added to every example
    A[l] = g(Z[l])                   the activations, number by number

and the last A, called AL, is the answer. This chapter builds the chain from its links.

1. `sigmoid`, `tanh` and `relu` are three ways to bend. The first squeezes every number into (0, 1) and so makes a
   probability; the second is the same curve around zero; the third cuts off what is negative, or lets a hundredth
   of it pass.
2. `linear_forward` is the mixing, for all examples at once.
3. `model_forward` chains them, and keeps what each layer saw, because the way back will ask for it.
4. `binary_cross_entropy` says how wrong the answers are: the price of an answer is the surprise at the truth.
5. `collapse_linear_network` shows why the bending matters: without it, a hundred layers are no more than one.
6. `count_parameters` counts what training will have to find.

Three things to look at. Examples are columns, and no example knows of another: whatever is done to the columns of X
(shuffled, repeated, split) is done to the columns of AL. A curve can be right on paper and overflow in numpy. And a
sum that is right for one example is right for all of them, if only the shapes are.

Axes
----
m : examples, one per column.
n_x = n_0 : features, the rows of X.
n_l : units of layer l, the rows of Z[l] and A[l]; W[l] is (n_l, n_{l-1}) and b[l] is (n_l, 1).
L : layers that compute, so the input is not counted; the first one is number 1.
"""

from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[np.float64]
Params: TypeAlias = dict[str, Array]


class LayerCache(NamedTuple):
    """What the backward pass will need to know about one layer."""

    A_prev: Array  # (n_prev, m), what came into the layer
    W: Array  # (n, n_prev), its weights
    Z: Array  # (n, m), its scores before the activation


def sigmoid(Z: Array) -> Array:
    """Squeeze every number into (0, 1): the logistic function.

    Parameters
    ----------
    Z : (n, m) float64, float32 or int, dimensionless. Scores.

    Returns
    -------
    (n, m) float64, dimensionless. Each entry is 1 / (1 + e^-z), the larger the larger z is. In floats, 0 and 1 are
        reached: at -1000 and at 40, for instance.

    Notes
    -----
    Any finite score is welcome, and none may make numpy warn. Written just like the formula, -1000 asks for
    e^1000, which no float can hold: the value comes out right, but only after an overflow. e^z / (1 + e^z) is the
    same function, with worse trouble at the other end: infinity over infinity is NaN. Each is harmless where its
    power is at most 1. (np.where computes both of its branches everywhere, so by itself it prevents no overflow.)

    Examples
    --------
    The sigmoid of 0 is 0.5, of 2 it is 0.8807971, of -2 it is 0.1192029.

    References
    ----------
    Lecture notes F3, section 1.1.2 激活函数的选择, "sigmoid函数".
    Goodfellow, Bengio & Courville, *Deep Learning* (2016), section 3.10.
    """
    Z = np.asarray(Z, dtype=np.float64)
    power = np.exp(-np.abs(Z))
    squeezed: Array = np.where(Z >= 0, 1.0, power) / (1.0 + power)
    return squeezed


def tanh(Z: Array) -> Array:
    """Squeeze every number into (-1, 1): the hyperbolic tangent, from exponentials.

    Parameters
    ----------
    Z : (n, m) float64, float32 or int, dimensionless. Scores.

    Returns
    -------
    (n, m) float64, dimensionless. Each entry is (e^z - e^-z) / (e^z + e^-z): between -1 and 1, with the sign of z.

    Notes
    -----
    Any finite score is welcome: ±1000 give ±1, and never NaN. (A warning of numpy costs nothing here.)
    np.tanh gives the same numbers and is accepted; do without it once, and you know what is inside. Tiny z need no
    special care: what is lost to rounding there is about 1e-16.

    Examples
    --------
    The tanh of ln 2 is 0.6, of -ln 2 it is -0.6. Near zero the curve is almost the line z: tanh 0.1 = 0.0996680.

    References
    ----------
    Lecture notes F2, section 5 (the formula). F3, section 1.1.2, "tanh 函数" (an output interval "of 1" there is
    erratum E16: from -1 to 1 it is 2 wide).
    """
    Z = np.asarray(Z, dtype=np.float64)
    # e^(-2|z|) - 1 keeps all its digits near zero, where 1 minus a power would lose them.
    drop = np.expm1(-2.0 * np.abs(Z))
    squeezed: Array = -np.sign(Z) * drop / (2.0 + drop)
    return squeezed


def relu(Z: Array, alpha: float = 0.0) -> Array:
    """Let positive numbers pass and shrink the others: the rectified linear unit, leaky if you like.

    Parameters
    ----------
    Z : (n, m) float64, float32 or int, dimensionless. Scores.
    alpha : float in [0, 1), dimensionless. Slope for negative scores: 0 cuts them off, 0.01 is the usual leaky ReLU.

    Returns
    -------
    (n, m) float64, dimensionless. Each entry is z where z > 0, and alpha z elsewhere.

    Notes
    -----
    A new array: Z stays as it is. Whole numbers have fractions after multiplication with alpha.

    Examples
    --------
    With alpha = 0, the scores -3 and 2 become 0 and 2; with alpha = 0.01 they become -0.03 and 2.

    References
    ----------
    Lecture notes F3, section 1.1.2, "ReLU 函数" and "Leaky ReLU函数" (0.01 x is right; the slope "0.1" in the
    same sentence is erratum E16).
    """
    Z = np.asarray(Z, dtype=np.float64)
    rectified: Array = np.where(Z > 0, Z, alpha * Z)
    return rectified


def linear_forward(A_prev: Array, W: Array, b: Array) -> Array:
    """Scores of one layer, for all examples at once.

    Parameters
    ----------
    A_prev : (n_prev, m) float64, float32 or int, dimensionless. What comes in, one column per example.
    W : (n, n_prev) float64, float32 or int, dimensionless. One row of weights per unit.
    b : (n, 1) float64, float32 or int, dimensionless. One bias per unit, the same for every example.

    Returns
    -------
    (n, m) float64, dimensionless. Z = W A_prev + b: entry (i, j) is the score of unit i for example j.

    Raises
    ------
    ValueError : The shapes do not fit together.

    Notes
    -----
    The product is the matrix product: row i of W with column j of A_prev, multiplied and added up. A column b of
    shape (n, 1) stretches over the m examples by itself.

    Examples
    --------
    W = [[1, 0, -2], [3, -1, 0.5]], b = [[0.5], [-1]] and the single example (1, 0, 2) give the scores -2.5 and 3.

    References
    ----------
    Lecture notes F1, section 2.5.2.1, "m个样本的向量表示"; F3, section 1.1.1 (x goes from (3, 1) to (3, m)).
    """
    A_prev, W, b = (np.asarray(array, dtype=np.float64) for array in (A_prev, W, b))
    if W.shape[1] != A_prev.shape[0] or b.shape != (W.shape[0], 1):
        raise ValueError(f"W {W.shape}, A_prev {A_prev.shape}, b {b.shape}: expected (n, n_prev), (n_prev, m), (n, 1)")
    Z: Array = W @ A_prev + b
    return Z


def model_forward(
    X: Array, params: Params, hidden: str = "relu", output: str = "sigmoid"
) -> tuple[Array, list[LayerCache]]:
    """Run a batch through all layers of a network, and keep what each layer saw.

    Parameters
    ----------
    X : (n_x, m) float64, float32 or int, dimensionless. One column per example.
    params : Weights and biases W1, b1, …, WL, bL with shapes (n_l, n_{l-1}) and (n_l, 1), and no other keys. Layers are
        found by their *names*: the dict may hold them in any order. L may be 1, and there may be more than nine.
    hidden : "relu", "tanh", "sigmoid" or "linear". Activation of layers 1 to L-1; "linear" leaves Z as it is.
    output : "sigmoid" or "linear". Activation of layer L.

    Returns
    -------
    AL : (n_L, m) float64, dimensionless. Activations of the last layer.
    caches : list of L `LayerCache`, that of layer 1 first. Each holds A_prev, W and Z of its layer: what came in,
        the weights, the scores before the activation. A_prev of the first one is X.

    Raises
    ------
    ValueError : `hidden` or `output` is none of the names above.

    Notes
    -----
    1. Start with A = X.
    2. For each layer: scores from the A before it, a cache, then the activation, which is A for the next layer.

    The other exercises of this unit may be called. Where yours is not right yet, the grader lends you a right one.

    References
    ----------
    Lecture notes F1, section 2.5.2.1; F3, section 1.2.1; F2, section 5 writes W[l] a[l] where a[l-1] is meant (E40).
    """
    A = np.asarray(X, dtype=np.float64)
    L = len(params) // 2
    caches = []
    for layer in range(1, L + 1):
        W = params[f"W{layer}"]
        Z = linear_forward(A, W, params[f"b{layer}"])
        caches.append(LayerCache(A, W, Z))
        A = _activate(Z, output, ("sigmoid", "linear")) if layer == L else _activate(Z, hidden, _HIDDEN)
    return A, caches


def binary_cross_entropy(AL: Array, Y: Array) -> float:
    """Mean price of the answers to yes-or-no questions.

    Parameters
    ----------
    AL : (1, m) float64, dimensionless. Predicted probability of class 1, one per example; 0 and 1 may occur.
    Y : (1, m) float64 or int, dimensionless. The truth, 0 or 1.

    Returns
    -------
    float, in nats. The *mean* over the m examples of -(y ln a + (1 - y) ln(1 - a)), which is -ln of the probability
    that the answer gave to the truth.

    Raises
    ------
    ValueError : `AL` and `Y` differ in shape.

    Notes
    -----
    The logarithm of 0 is infinite, and 0 times infinity is NaN. So first move every probability into
    [1e-12, 1 - 1e-12]: being certain and right then costs nothing to speak of, being certain and wrong costs
    -ln 1e-12 = 27.631, and nothing else changes.

    Examples
    --------
    For the answers 0.7, 0.1, 0.6, 0.2 and the truth 1, 0, 0, 1, the truth got 0.7, 0.9, 0.4, 0.2. The four
    prices are 0.357, 0.105, 0.916, 1.609; the mean is 0.7469410.

    References
    ----------
    Lecture notes F0, section 正则化（Regularization）: J is (1/m) times the sum of the losses L(ŷ, y). No note spells
    L out for a single output; it is the L of F4, section 1.6, eq. 27, for two classes.
    Goodfellow, Bengio & Courville, *Deep Learning* (2016), section 6.2.2.2.
    """
    AL, Y = np.asarray(AL, dtype=np.float64), np.asarray(Y, dtype=np.float64)
    if AL.shape != Y.shape:
        raise ValueError(f"AL is {AL.shape} and Y is {Y.shape}, expected the same shape (1, m)")
    P = np.clip(AL, 1e-12, 1.0 - 1e-12)
    return -float(np.mean(Y * np.log(P) + (1.0 - Y) * np.log(1.0 - P)))


def collapse_linear_network(params: Params) -> tuple[Array, Array]:
    """One layer that does what a whole network without activations does.

    Parameters
    ----------
    params : Weights and biases W1, b1, …, WL, bL with shapes (n_l, n_{l-1}) and (n_l, 1), and no other keys. They are
        found by their names.

    Returns
    -------
    W_eff : (n_L, n_0) float64, dimensionless.
    b_eff : (n_L, 1) float64, dimensionless. For every X, `model_forward` with hidden = "linear" and output =
        "linear" gives W_eff X + b_eff.

    Notes
    -----
    Put layer 1 into layer 2 on paper and multiply out: what multiplies X, and what is left without it? A bias of
    layer 1 passes through all the weights above it. The widths may be equal or not.

    `linear_forward` and `model_forward` may be called.

    References
    ----------
    Lecture notes F3, section 1.1.2, 为什么要使用激活函数; F0, section 梯度消失/梯度爆炸 (y = W[L] … W[1] x, where
    the biases are 0).
    """
    W_eff, b_eff = (np.asarray(params[key], dtype=np.float64) for key in ("W1", "b1"))
    for layer in range(2, len(params) // 2 + 1):
        W = params[f"W{layer}"]
        W_eff, b_eff = W @ W_eff, W @ b_eff + params[f"b{layer}"]
    return W_eff, b_eff


def count_parameters(layer_dims: list[int]) -> int:
    """Count the weights and biases of a network.

    Parameters
    ----------
    layer_dims : [n_0, n_1, …, n_L]: the number of features, then the units of each layer. Two numbers or more.

    Returns
    -------
    int, a count. All entries of W1, …, WL and of b1, …, bL.

    Examples
    --------
    [4, 2] has 4 · 2 weights and 2 biases: 10.

    References
    ----------
    Lecture notes F1, section 2.5.2, and F3, section 1.2: the network n = [5, 5, 3, 1], whose list leaves out the
    input. With three features it is [3, 5, 5, 3, 1].
    """
    dims = np.asarray(layer_dims)
    return int(np.sum(dims[1:] * (dims[:-1] + 1)))


_HIDDEN = ("relu", "tanh", "sigmoid", "linear")


def _activate(Z: Array, name: str, names: tuple[str, ...]) -> Array:
    """Apply the activation that `name` stands for, which has to be one of `names`."""
    if name not in names:
        raise ValueError(f"unknown activation {name!r}, expected one of {', '.join(names)}")
    if name == "linear":
        return Z
    curves = {"relu": relu, "tanh": tanh, "sigmoid": sigmoid}
    return curves[name](Z)
