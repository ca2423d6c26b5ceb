# Anna-Lena Groß


"""Softmax regression: from scores to probabilities, and from probabilities to a cost.

A network with `C` output units gives every example `C` scores, one per class. Scores are hard to read: they
may be negative, they have no scale, and adding the same number to all of them says nothing new. This chapter
turns them into something readable, measures how wrong it is, and finds the direction in which it becomes less
wrong.

1. `one_hot` writes a class label as a column with a single one: the answer that a perfect network would give.
2. `softmax` turns a column of scores into a column of probabilities. The largest score wins most of the
   probability, but nobody gets exactly nothing, and this is what makes the function differentiable.
3. `softmax_loss` charges the negative logarithm of the probability that the true class received. A confident
   right answer costs almost nothing, a confident wrong one costs a lot. Its gradient is the reason why
   softmax and cross-entropy live together: probability minus truth.
4. `binary_from_softmax` shows that the logistic unit was a softmax with two classes all along.
5. `accuracy` forgets the probabilities again and counts right answers.

Two facts run through the whole chapter. Adding a constant to a column of scores changes no probability, which
is why big scores need never overflow. And what one column holds has no influence on any other column.

Axes
----
m : examples, one per column.
C : classes, one per row; classes are counted from 0.
"""

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[np.float64]
Labels: TypeAlias = NDArray[np.integer[Any]]


def one_hot(y: Labels, num_classes: int) -> Array:
    """Write each label as a column that is 1 in its own class and 0 elsewhere.

    Parameters
    ----------
    y : (m,) int, dimensionless. Labels, counted from 0.
    num_classes : The number of classes C. A class may be absent from `y`; it keeps its row all the same.

    Returns
    -------
    (C, m) float64, dimensionless; every column holds a single 1.

    Raises
    ------
    ValueError : A label is negative, or not smaller than `num_classes`.

    Notes
    -----
    1. Start from a matrix of zeros: one row per class, one column per example.
    2. In column j, the row that the label of example j names becomes 1.

    Examples
    --------
    Label 1 of four classes becomes the column 0, 1, 0, 0.

    References
    ----------
    Lecture notes F0, section "Softmax 回归"; F4, section 1.6, eq. 28 (classes are counted from 0 to C-1).
    """
    result = 1.0
    return resutl


def softmax(Z):
    A = np.zeros_like(Z)
    A[:] = np.exp(Z - Z.max(axis=0)) / np.exp(Z - Z.max(axis=0)).sum(axis=0)
    return A


def softmax_loss(Z: Array, Y: Array) -> tuple[float, Array]:
    """Cross-entropy cost of a batch of scores, and its gradient.

    Parameters
    ----------
    Z : (C, m) float64, float32 or int, dimensionless. Scores, one column per example.
    Y : (C, m) float64, dimensionless. The truth, one-hot: a single 1 in every column.

    Returns
    -------
    J : float, in nats. The *mean* over the m examples of one example's loss, which is the negative logarithm
        of the probability of the true class.
    dZ : (C, m) float64, in nats. The gradient of the *sum* of the m losses, so m times the gradient of J.

    Raises
    ------
    ValueError : `Z` and `Y` differ in shape, or are not two-dimensional.

    Notes
    -----
    The cost must be exact for any finite scores: a true class that is 2000 below the best one costs 2000,
    although its probability is too small for a float. Neither a small number added inside the logarithm nor a
    lower bound on the probability gives that; work with logarithms from the start.

    No 1/m in dZ: `linear_backward` is the layer that averages.

    References
    ----------
    Lecture notes F4, section 1.6, eq. 27-30 (the last form of eq. 29 has lost its minus sign).
    Lecture notes F0, section "Softmax 回归" (dz there is the derivative of one example's loss, not of J).
    Goodfellow, Bengio & Courville, *Deep Learning* (2016), sections 4.1 and 6.2.2.3.
    """
    Z += 0
    Z, Y = _matrix(Z, "Z"), _matrix(Y, "Y")
    if Z.shape != Y.shape:
        raise ValueError(f"Z is {Z.shape} and Y is {Y.shape}, expected the same shape (C, m)")
    log_P = _log_softmax(Z)
    J = -float(np.sum(Y * log_P)) / Z.shape[1]
    return J, np.exp(log_P) - Y


def binary_from_softmax(Z):
    return 1 / (1 + np.exp(-(Z[1] - Z[0]).reshape(1, -1)))


def accuracy(A: Array, y: Labels) -> float:
    """Share of the examples whose predicted class is the true one.

    Parameters
    ----------
    A : (C, m) or (1, m) float64, dimensionless. Probabilities, one column per example.
    y : (m,) int, dimensionless. True labels, counted from 0.

    Returns
    -------
    float between 0 and 1, dimensionless.

    Raises
    ------
    ValueError : `A` does not have one column per label.

    Notes
    -----
    With C rows, the prediction of a column is the class with the largest entry.
    With a single row, `A` is the probability of class 1, and class 1 is predicted where it is *greater* than
    0.5; exactly 0.5 is class 0.

    References
    ----------
    Lecture notes F4, section 1.6, first paragraph (the rule for two classes).
    """
    result = np.summe(1.0)
    return result


def _log_softmax(Z: Array) -> Array:
    """Logarithms of the probabilities, (C, m); finite for all finite scores."""
    # With the column maximum at 0 every power is at most 1 and the sum at least 1: no overflow, no log of 0.
    below_best: Array = Z - Z.max(axis=0, keepdims=True)
    log_total: Array = np.log(np.exp(below_best).sum(axis=0, keepdims=True))
    return below_best - log_total


def _matrix(values: Array, name: str) -> Array:
    """Give `values` as a float64 matrix."""
    matrix = np.asarray(values, dtype=np.float64)
    if matrix.ndim != 2:
        raise ValueError(f"{name} has shape {matrix.shape}, expected two axes, one column per example")
    return matrix


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
    sizes = [layer_dims[i] * layer_dims[i + 1] for i in range(len(layer_dims) - 1)]
    pieces = np.split(rng.standard_normal(sum(sizes)), np.cumsum(sizes)[:-1])
    params = {}
    for layer, piece in enumerate(pieces, start=1):
        n_prev, n = layer_dims[layer - 1 : layer + 1]
        params[f"W{layer}"] = piece.reshape(n, n_prev) * np.sqrt(2 / n_prev)
        params[f"b{layer}"] = np.zeros(shape=(n, 1))
    return params


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
    mask = (rng.random(A.shape) < keep_prob) / keep_prob
    return A * mask, mask


def backward_dropout(dA_out, mask, keep_prob):
    return dA_out if mask is None else dA_out * mask


"""Optimisers: from a gradient to a step.

Gradient descent uses one step length for all parameters. Where gradients are large that length must be
small, and where they are small it then crawls; mini-batches add noise to both. An optimiser keeps a little
memory for each parameter: a running average of its gradient says where to go, and a running average of the
squared gradient says how large gradients usually are here.

1. `update_adam` takes both. For every parameter p with gradient g, in step t = 1, 2, 3, ..., starting from
   v = s = 0:

       v     becomes  beta1 v + (1 - beta1) g          s     becomes  beta2 s + (1 - beta2) g^2
       v_hat    is    v / (1 - beta1^t)                s_hat    is    s / (1 - beta2^t)

       p     becomes  p - lr v_hat / (sqrt(s_hat) + eps)

An average that starts at zero is too small at first: after t steps its weights add up to 1 - beta^t and not
to one. The two divisions repair this, each with the beta of its own average. In the first step they give
v_hat = g and s_hat = g^2: whatever the size of g, every parameter moves by lr against the sign of its
gradient. Multiply all gradients by 1000 and the path stays the same.

Three things to look at. With beta1 in both corrections the first step is ten times too long. What is carried
to the next step is v and s, not v_hat and s_hat. And eps stands outside the root, where it matters only for
gradients that are hardly larger than eps itself.

Axes
----
Parameters have any shape; every entry is treated alike, with no regard to its neighbours.
"""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[np.float64]
Params: TypeAlias = dict[str, Array]
Rng: TypeAlias = np.random.Generator


def update_adam(
    params: Params,
    grads: Params,
    v: Params,
    s: Params,
    t: int,
    lr: float = 0.001,
    beta1: float = 0.9,
    beta2: float = 0.999,
    eps: float = 1e-8,
) -> tuple[Params, Params, Params]:
    """One step of Adam: the new parameters, and the two averages that the next step needs.

    Parameters
    ----------
    params : dict of float64 arrays of any shape. "W1", "b1", ..., and also "gamma1", "beta1" with batch norm.
    grads : dict of float64 arrays. For each key of `params` the gradient, under "d" + key, in the same shape.
    v : dict with the keys of `grads`. Running average of the gradients; zeros before the first step.
    s : dict with the keys of `grads`. Running average of the squared gradients; zeros before the first step.
    t : int. Number of this step, counted from 1. The caller counts.
    lr : Learning rate, in the unit of the parameters: roughly how far a parameter moves in one step.
    beta1, beta2 : Dimensionless, from 0 to less than 1. Memory of `v` and of `s`.
    eps : In the unit of the gradients. Added to the root, so that a parameter without gradient stays finite.

    Returns
    -------
    params : new dict with the keys of `params`. Float64 arrays of unchanged shapes.
    v, s : new dicts with the keys of `grads`. The running averages after this step, *not* bias-corrected.

    Raises
    ------
    ValueError : `t` is less than 1.
    KeyError : a parameter has no gradient, or no average.

    Notes
    -----
    For each parameter:

    1. Let both averages take in the new gradient.
    2. Correct each for its start at zero, by its own beta and `t`.
    3. Move the parameter against the corrected average, in units of the root of the other one (then `eps`).

    The dicts and arrays that come in stay as they were.

    Examples
    --------
    Parameters 1 and 2 with gradients 0.1 and -2, v = s = 0, t = 1, lr = 0.01: the new parameters are 0.99 and
    2.01, v is 0.01 and -0.2, s is 0.00001 and 0.004.

    References
    ----------
    Lecture notes F4, section 1.2.4, eq. 14-17; F0, section "Adam优化算法". F1, section "Adam算法", prints
    beta1 in the correction of s; it is beta2.
    Kingma & Ba, *Adam: A Method for Stochastic Optimization* (2015), algorithm 1 and section 3.
    """
    if t < 1:
        raise ValueError(f"t is {t}, expected the number of this step, counted from 1")
    new_params: Params = {}
    new_v: Params = {}
    new_s: Params = {}
    for key, value in params.items():
        d_key = "d" + key
        gradient = grads[d_key]
        new_v[d_key] = beta1 * v[d_key] + (1.0 - beta1) * gradient
        new_s[d_key] = beta2 * s[d_key] + (1.0 - beta2) * gradient**2
        v_hat = new_v[d_key] / (1.0 - beta1**t)
        s_hat = new_s[d_key] / (1.0 - beta2**t)
        new_params[key] = value - lr * v_hat / (np.sqrt(s_hat) + eps)
    return new_params, new_v, new_s


"""Batch normalisation: give every unit of a layer the mean and the spread that it asks for.

Normalising the inputs of a network helps its first layer. Batch norm does the same for the layers inside: it
sits between the scores Z of a layer and the activation, and it works on one unit (one row of Z) at a time.

1. `batchnorm_forward` subtracts the row's mean over the mini-batch, divides by its standard deviation, then
   scales by gamma and shifts by beta, two numbers per unit that are learned like weights. Whatever a bias
   adds to a row, the mean takes away again: a layer in front of batch norm needs no bias, beta replaces it.
2. `batchnorm_backward` walks the same steps in reverse, one line of the notes at a time. The difficulty is
   that a score reaches the output along three roads: directly, through the variance of its row, and through
   the mean of its row.
3. `batchnorm_backward_compact` is what remains of those lines when they are put together and simplified.
4. `update_running_stats` remembers the means and variances of the batches as exponentially weighted averages.
5. `batchnorm_inference` uses them to normalise a single example, which has no variance of its own.
6. `identity_gamma_beta` finds the gamma and beta that undo the normalisation: the network can always say no.

Two laws watch over the way back. Adding a constant to a row of Z changes nothing, so every row of dZ sums to
zero. Stretching a row around its mean changes nothing either, so every row of dZ is orthogonal to the normalised
row (up to eps). A missing road breaks the first law or the second, and thereby says which road it is.

Axes
----
m : examples of the mini-batch, one per column.
n : units of the layer, one per row. Everything that belongs to a unit is a column, (n, 1).
"""

from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[np.float64]


class BNCache(NamedTuple):
    """What the backward pass needs to know about the forward pass."""

    Z: Array  # (n, m), the scores as they came
    mu: Array  # (n, 1), mean of each row
    var: Array  # (n, 1), population variance of each row, without eps
    Z_norm: Array  # (n, m), before gamma and beta
    gamma: Array  # (n, 1)
    eps: float


def batchnorm_forward(Z, gamma, beta, eps=1e-8):
    mu = Z.mean(axis=1, keepdims=True)
    var = Z.var(axis=1, keepdims=True)
    Z_norm = (Z - mu) / np.sqrt(var + eps)
    return beta * Z_norm + gamma, (Z, mu, var, Z_norm, gamma, eps)


def batchnorm_backward(dZ_tilde: Array, cache: BNCache) -> dict[str, Array]:
    """Gradients of batch norm, every line of the derivation by name.

    Parameters
    ----------
    dZ_tilde : (n, m) float64. Gradient of the sum of the losses with respect to the output `Z_tilde`.
    cache : BNCache. From `batchnorm_forward`.

    Returns
    -------
    dict with float64 arrays, all of them gradients of the sum of the losses (no 1/m):

    "dZ_norm" (n, m) : with respect to the normalised scores.
    "dvar" (n, 1) : with respect to the variance of each row, the mean held fixed.
    "dmu" (n, 1) : with respect to the mean of each row, including what goes through the variance.
    "dZ" (n, m) : with respect to the scores; all three roads together.
    "dgamma", "dbeta" (n, 1) : with respect to the two learned parameters.

    Notes
    -----
    Take the six equations of the notes in their order; each needs only those before it. Sums run over the
    examples and keep their dimension. One term of dmu is always zero: find out why.

    References
    ----------
    Lecture notes F4, section 1.5.2, the equations after the forward pass.
    Ioffe & Szegedy, *Batch Normalization* (2015), section 3.
    """
    result = np.summe(1.0)
    return result


def batchnorm_backward_compact(dZ_tilde, cache):
    _, _, var, Z_norm, gamma, eps = cache
    dgamma = np.sum(dZ_tilde * Z_norm, axis=1, keepdims=True)
    dbeta = np.sum(dZ_tilde, axis=1, keepdims=True)
    dZ = gamma / np.sqrt(var + eps) * dZ_tilde
    return dZ, dgamma, dbeta


def update_running_stats(
    running: dict[str, Array] | None, mu: Array, var: Array, momentum: float = 0.9
) -> dict[str, Array]:
    """Running mean and variance of a layer after one more mini-batch.

    Parameters
    ----------
    running : dict with "mu" and "var", (n, 1) float64 each, or None before the first batch.
    mu : (n, 1) float64. Mean of each row in this batch.
    var : (n, 1) float64. Population variance of each row in this batch.
    momentum : Between 0 and 1. Weight of the *old* value; torch calls the weight of the new one momentum.

    Returns
    -------
    New dict with "mu" and "var", (n, 1) float64 each. `running` stays as it was.

    Notes
    -----
    1. Before the first batch there is nothing to average with: start at the batch's own values, not at zero.
    2. Afterwards, both are exponentially weighted averages; the variance itself is averaged, not its root.

    References
    ----------
    Lecture notes F4, section 1.5.4, with the rule of section 1.2.1, eq. 6.
    """
    raise NotImplementedError("a10_batchnorm.update_running_stats")


def batchnorm_inference(Z: Array, gamma: Array, beta: Array, running: dict[str, Array], eps: float = 1e-8) -> Array:
    """Batch norm at test time: every example by itself, with remembered statistics.

    Parameters
    ----------
    Z : (n, m) float64, float32 or int. Scores; m may be 1.
    gamma, beta : (n, 1) float64. Learned scale and shift.
    running : dict with "mu" and "var", (n, 1) float64 each, from `update_running_stats`.
    eps : Added to the variance inside the square root.

    Returns
    -------
    (n, m) float64. What one column gives does not depend on the other columns.

    References
    ----------
    Lecture notes F4, section 1.5.4.
    """
    Z += 0
    return gamma * (np.asarray(Z, dtype=np.float64) - running["mu"]) / np.sqrt(running["var"] + eps) + beta


def identity_gamma_beta(mu: Array, var: Array, eps: float = 1e-8) -> tuple[Array, Array]:
    """Find the scale and the shift with which batch norm changes nothing.

    Parameters
    ----------
    mu : (n, 1) float64. Mean of each row of some Z.
    var : (n, 1) float64. Population variance of each row of the same Z.
    eps : The eps that `batchnorm_forward` will use.

    Returns
    -------
    gamma, beta : (n, 1) float64 each, with which `batchnorm_forward(Z, gamma, beta, eps)` gives Z back,
        whatever eps is.

    References
    ----------
    Lecture notes F4, section 1.5.1, last paragraph (what is cancelled there is the normalisation).
    """
    return np.sqrt(np.asarray(var, dtype=np.float64) + eps), np.array(mu, dtype=np.float64)
