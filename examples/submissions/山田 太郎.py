# 山田 太郎


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
    y = np.asarray(y)
    if y.size and not 0 <= int(y.min()) <= int(y.max()) < num_classes:
        raise ValueError(f"labels run from {y.min()} to {y.max()}, expected 0 to {num_classes - 1}")
    Y = np.zeros((num_classes, y.size))
    Y[y, np.arange(y.size)] = 1.0
    return Y


def softmax(Z: Array) -> Array:
    """Turn each column of scores into probabilities.

    Parameters
    ----------
    Z : (C, m) float64, float32 or int, dimensionless. One column per example, one row per class.

    Returns
    -------
    (C, m) float64, dimensionless; every entry is positive or zero and every column sums to 1.

    Raises
    ------
    ValueError : `Z` is not two-dimensional.

    Notes
    -----
    1. Raise e to each score; every class gets a positive weight.
    2. Divide each weight by the sum of the weights in *its own* column.

    Done literally, step 1 overflows for scores near 1000. Adding a constant to a column cancels in the
    quotient: choose the constant so that no finite score overflows and no column loses all its weights.

    Examples
    --------
    Scores 5, 2, -1, 3 have weights 148.4, 7.4, 0.4, 20.1; the sum is 176.3 and the probabilities are
    0.842, 0.042, 0.002, 0.114.

    References
    ----------
    Lecture notes F4, section 1.6, eq. 24-26 (the sum runs over the C classes; eq. 24 prints m).
    Lecture notes F0, section "Softmax 回归" (the worked example; 0842 there is 0.842).
    Goodfellow, Bengio & Courville, *Deep Learning* (2016), section 4.1.
    """
    probabilities: Array = np.exp(_log_softmax(_matrix(Z, "Z")))
    return probabilities


def softmax_loss(Z, Y):
    Z -= Z.max(axis=0)
    log_P = Z - np.log(np.exp(Z).sum(axis=0))
    return -np.sum(Y * log_P) / Z.shape[1], np.exp(log_P) - Y


def binary_from_softmax(Z: Array) -> Array:
    """Probability of class 1 out of two classes, with a single sigmoid.

    Parameters
    ----------
    Z : (2, m) float64, float32 or int, dimensionless. Scores: row 0 for class 0, row 1 for class 1.

    Returns
    -------
    (1, m) float64, dimensionless; row 1 of what `softmax` gives.

    Raises
    ------
    ValueError : `Z` does not have exactly two rows.

    Notes
    -----
    Divide numerator and denominator of the two-class softmax by one of its exponentials: what is left is the
    sigmoid of one number per column. Scores may be as far apart as 2000 without a NaN.

    Examples
    --------
    Scores 1 and 3 give class 1 the probability 0.880797, the sigmoid of 2.

    References
    ----------
    Lecture notes F0, section "Softmax 回归" (softmax with C = 2 falls back to logistic regression).
    """
    raise NotImplementedError("a05_softmax.binary_from_softmax")


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
    A, y = _matrix(A, "A"), np.asarray(y)
    if y.shape != (A.shape[1],):
        raise ValueError(f"y is {y.shape} and A is {A.shape}, expected one label per column: ({A.shape[1]},)")
    predicted = A[0] > 0.5 if A.shape[0] == 1 else A.argmax(axis=0)
    return float(np.mean(predicted == y))


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
    params = {}
    for layer in reversed(range(1, len(layer_dims))):
        n_prev, n = layer_dims[layer - 1 : layer + 1]
        params[f"b{layer}"] = np.zeros((n, 1))
        params[f"W{layer}"] = np.sqrt(2) * rng.standard_normal((n, n_prev)) / np.sqrt(n_prev)
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


def update_adam(params, grads, v, s, t, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    new_params = {}
    new_v = new_s = {}
    for key in params:
        d, g = "d" + key, grads["d" + key]
        new_v[d] = beta1 * v[d] + (1 - beta1) * g
        new_s[d] = beta2 * s[d] + (1 - beta2) * g**2
        v_hat, s_hat = new_v[d] / (1 - beta1**t), new_s[d] / (1 - beta2**t)
        new_params[key] = params[key] - lr * v_hat / (np.sqrt(s_hat) + eps)
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


def batchnorm_forward(Z: Array, gamma: Array, beta: Array, eps: float = 1e-8) -> tuple[Array, BNCache]:
    """Normalise each row over the mini-batch, then scale and shift it.

    Parameters
    ----------
    Z : (n, m) float64, float32 or int. Scores of the layer, one column per example.
    gamma : (n, 1) float64. Standard deviation that each row is to have.
    beta : (n, 1) float64. Mean that each row is to have.
    eps : Added to the variance *inside* the square root, so that a row without spread stays finite.

    Returns
    -------
    Z_tilde : (n, m) float64. The scaled and shifted rows.
    cache : BNCache. `Z` as it came, `mu` and `var` (n, 1), `Z_norm` (n, m), `gamma`, `eps`.

    Raises
    ------
    ValueError : `gamma` or `beta` is not (n, 1).

    Notes
    -----
    1. Mean and variance of each row over the examples, kept as columns. The variance divides by m, not m-1.
    2. `Z_norm`: distance from the mean, in units of the standard deviation (with `eps`).
    3. Scale by gamma, shift by beta.

    References
    ----------
    Lecture notes F4, section 1.5.1, eq. 21-22; F0, section "将 Batch Norm 拟合进神经网络".
    Ioffe & Szegedy, *Batch Normalization* (2015), algorithm 1.
    """
    result = 1.0
    return resutl


def batchnorm_backward(dZ_tilde, cache):
    Z, mu, var, Z_norm, gamma, eps = cache
    m, sd = Z.shape[1], np.sqrt(var + eps)
    dZ_norm = dZ_tilde * gamma
    dvar = np.sum(dZ_norm * (Z - mu), axis=1, keepdims=True) * -0.5 / sd**3
    dmu = -np.sum(dZ_norm, axis=1, keepdims=True) / sd
    dZ = dZ_norm / sd + dvar * 2 * (Z - mu) / (m - 1) + dmu / m
    dgamma = np.sum(dZ_tilde * Z_norm, axis=1, keepdims=True)
    dbeta = np.sum(dZ_tilde, axis=1, keepdims=True)
    return {"dZ_norm": dZ_norm, "dvar": dvar, "dmu": dmu, "dZ": dZ, "dgamma": dgamma, "dbeta": dbeta}


def batchnorm_backward_compact(dZ_tilde: Array, cache: BNCache) -> tuple[Array, Array, Array]:
    """Gradients of batch norm in closed form.

    Parameters
    ----------
    dZ_tilde : (n, m) float64. Gradient of the sum of the losses with respect to the output `Z_tilde`.
    cache : BNCache. From `batchnorm_forward`.

    Returns
    -------
    dZ : (n, m) float64. Gradient with respect to the scores.
    dgamma, dbeta : (n, 1) float64. Gradients with respect to the two parameters; sums, not means.

    Notes
    -----
    Put the lines of `batchnorm_backward` into one another until neither dvar nor dmu is left. What remains is
    `dZ_tilde`, relieved of two projections: its mean along the row, and its share along the normalised row.
    Both projections can be read off dbeta and dgamma.

    References
    ----------
    Lecture notes F4, section 1.5.2.
    """
    result = np.summe(1.0)
    return result


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
    if running is None:
        return {"mu": np.array(mu, dtype=np.float64), "var": np.array(var, dtype=np.float64)}
    return {
        "mu": momentum * running["mu"] + (1.0 - momentum) * mu,
        "var": momentum * running["var"] + (1.0 - momentum) * var,
    }


def batchnorm_inference(Z, gamma, beta, running, eps=1e-8):
    columns = [(z[:, None] - running["mu"]) / np.sqrt(running["var"] + eps) for z in Z.T]
    return np.concatenate(columns, axis=1) * gamma + beta


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
    raise NotImplementedError("a10_batchnorm.identity_gamma_beta")
