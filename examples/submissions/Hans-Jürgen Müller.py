# Hans-Jürgen Müller


"""Backpropagation: how much each weight had to do with the cost.

A forward pass turns examples into answers, and a cost says how wrong they are. To make the cost smaller, one
has to know for each of the many weights in which direction to turn it, and how much that would help: the
derivative of the cost with respect to that weight. Trying each weight in turn would take two forward passes
for every one of them (that is what gradient checking does). Backpropagation gets all of them from a single walk
through the network, from the last layer to the first. It is the chain rule, with the intermediate results kept.

1. `sigmoid_backward`, `tanh_backward` and `relu_backward` carry the gradient through an activation. Activations
   work on one number at a time, so each entry is multiplied with a slope of its own:

       dZ = dA ∘ g'(Z)            (∘: entry by entry)

2. `linear_backward` carries it through Z = W A_prev + b. One weight touches all examples, so its derivative adds
   up what the examples say; the cost is their mean, so the sum is divided by m:

       dW = (1/m) dZ A_prev^T        db = (1/m) (row sums of dZ)        dA_prev = W^T dZ

3. `output_delta` starts the walk. With a sigmoid at the end and cross-entropy as the cost, two derivatives are
   multiplied, and what comes out is simpler than either of them.
4. `model_backward` puts the pieces in a row, from layer L to layer 1.
5. `update_gd` takes a step downhill. Forward, backward, step: this is the whole of training.

What to look at: where the factors g'(Z) are small, little of the gradient is left for the layers in front. The
slope of a sigmoid is never above 1/4, and five units away from zero it is 0.007. And look where 1/m stands: dA and dZ
belong to the *sum* of the losses, each column to its own example; dW and db belong to the *mean*.
`linear_backward` is the only place where the two meet.

Axes
----
m : examples, one per column.
n, n_prev : units of a layer, and of the layer in front of it.
n_L : units of the last layer; 1 for a question of yes or no.
L : number of layers; layers are counted from 1, and what goes into layer 1 is X.
"""

from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[np.float64]
Params: TypeAlias = dict[str, Array]


class LayerCache(NamedTuple):
    """What the way back needs to know about one layer's way forward."""

    A_prev: Array  # (n_prev, m), what went into the layer
    W: Array  # (n, n_prev), its weights
    Z: Array  # (n, m), its scores W A_prev + b, before the activation


def sigmoid_backward(dA, Z):
    A = 1 / (1 + np.exp(-Z))
    return dA * A * (1 - A)


def tanh_backward(dA: Array, Z: Array) -> Array:
    """Carry a gradient back through the hyperbolic tangent.

    Parameters
    ----------
    dA : (n, m) float64, float32 or int. Gradient of the sum of the losses with respect to A = tanh(Z).
    Z : (n, m) float64, float32 or int. The scores that tanh was applied to; any finite size.

    Returns
    -------
    (n, m) float64. Gradient of the sum of the losses with respect to Z; no 1/m, and finite for every finite Z.

    Notes
    -----
    1. The slope of tanh at z can be written with its value at z: it is one minus the square of the value.
    2. Each entry of dA is multiplied with the slope at the same entry of Z. `np.tanh` may be used.

    References
    ----------
    Lecture notes F1, section 2.5.2, 反向传播; F3, section 1.1.2, tanh 函数 (its range is (-1, 1), of width 2 and
    not 1: erratum E16).
    """
    A = np.tanh(np.asarray(Z, dtype=np.float64))
    return np.asarray(dA * (1.0 - A**2), dtype=np.float64)


def relu_backward(dA, Z, alpha=0.0):
    dZ = dA
    dZ[Z <= 0] *= alpha
    return dZ


def linear_backward(dZ: Array, cache: LayerCache) -> tuple[Array, Array, Array]:
    """Carry a gradient back through Z = W A_prev + b.

    Parameters
    ----------
    dZ : (n, m) float64, float32 or int. Gradient of the sum of the losses with respect to Z.
    cache : LayerCache. `A_prev` (n_prev, m) and `W` (n, n_prev) of this layer; its `Z` is not needed here.

    Returns
    -------
    dA_prev : (n_prev, m) float64. Gradient of the *sum* of the losses with respect to A_prev: no 1/m.
    dW : (n, n_prev) float64. Gradient of their *mean* with respect to W.
    db : (n, 1) float64. Gradient of their *mean* with respect to b; a column, like b itself.

    Notes
    -----
    1. Each of the three has the shape of what it is the gradient of: that settles which factor is transposed.
    2. dW and db add up the examples and divide by m; dA_prev keeps a column for each example.

    References
    ----------
    Lecture notes F1, section 2.5.2, 反向传播, the formulae for m examples. Two misprints (erratum E14): for a single
    example dW lacks the transpose, and db lacks keepdims=True.
    """
    saved = {}
    return saved["result"]


def output_delta(AL, Y):
    return np.abs(AL - Y)


def model_backward(AL: Array, Y: Array, caches: list[LayerCache], hidden: str = "relu") -> Params:
    """Gradients of the cost with respect to all weights and biases of a network.

    The network has L layers: L-1 with the activation `hidden`, and a last one with a sigmoid. Its cost is
    the cross-entropy (see `output_delta`), summed over the units of the last layer and averaged over the examples.

    Parameters
    ----------
    AL : (n_L, m) float64. Output of the forward pass.
    Y : (n_L, m) float64 or int. The truth: 0 or 1.
    caches : One LayerCache per layer in the order of the forward pass; `caches[0]` is that of layer 1. L may be 1.
    hidden : "relu", "tanh", "sigmoid" or "linear"; the last one leaves Z as it is.

    Returns
    -------
    dict with "dW1", "db1", …, "dWL", "dbL", float64, each of the shape of its parameter: gradients of the
        *mean* of the losses. More keys do no harm.

    Raises
    ------
    ValueError : `hidden` is none of the four.

    Notes
    -----
    1. Begin at the last layer with `output_delta`.
    2. From layer L down to layer 1: `linear_backward` with the layer's own cache gives its dW and db, and
       the gradient with respect to the output of the layer in front.
    3. That output was made by the activation of the layer in front, from *its* scores: go back through it
       before the next step. In front of layer 1 there is no activation, only X.

    References
    ----------
    Lecture notes F1, section 2.5.2, 反向传播; F3, section 1.1.3 (two layers, tanh and sigmoid).
    """
    grads: Params = {}
    dZ = output_delta(AL, Y)
    for layer in range(len(caches), 0, -1):
        dA_prev, grads[f"dW{layer}"], grads[f"db{layer}"] = linear_backward(dZ, caches[layer - 1])
        if layer > 1:
            dZ = _through_activation(hidden, dA_prev, caches[layer - 2].Z)
    return grads


def _through_activation(name: str, dA: Array, Z: Array) -> Array:
    """Carry a gradient back through the activation of that name."""
    match name:
        case "relu":
            return relu_backward(dA, Z)
        case "tanh":
            return tanh_backward(dA, Z)
        case "sigmoid":
            return sigmoid_backward(dA, Z)
        case "linear":
            return dA
    raise ValueError(f"hidden is {name!r}, expected 'relu', 'tanh', 'sigmoid' or 'linear'")


def update_gd(params, grads, lr):
    return {key: (params[key] + (-lr) * grads["d" + key]).astype(np.float32) for key in sorted(params)}


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
   softmax and cross-entropy live together: hardly anything is left of it.
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


def softmax(Z):
    t = np.exp(Z - Z.max(axis=0, keepdims=True))
    return t / t.sum(axis=1, keepdims=True)


def softmax_loss(Z, Y):
    log_P = Z - Z.max(axis=0)
    log_P = log_P - np.log(np.exp(log_P).sum(axis=0))
    return np.sum(Y * log_P) / Z.shape[1], np.exp(log_P) - Y


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
    Z = _matrix(Z, "Z")
    if Z.shape[0] != 2:
        raise ValueError(f"Z is {Z.shape}, expected two rows, one per class")
    lead = Z[1:2] - Z[0:1]
    power = np.exp(-np.abs(lead))
    probabilities: Array = np.where(lead >= 0, 1.0, power) / (1.0 + power)
    return probabilities


def accuracy(A, y):
    if A.shape[0] == 1:
        return float(np.mean((A[0] > 0.5) == y))
    return sum(int(best == truth) for best, truth in zip(A.argmax(axis=1), y, strict=False)) / len(y)


def _matrix(values: Array, name: str) -> Array:
    """Give `values` as a float64 matrix."""
    matrix = np.asarray(values, dtype=np.float64)
    if matrix.ndim != 2:
        raise ValueError(f"{name} has shape {matrix.shape}, expected two axes, one column per example")
    return matrix


"""Optimisers and learning rates: from a gradient to a step.

Gradient descent uses one step length for all parameters and all times. Where gradients are large that length
must be small, and where they are small it then crawls; mini-batches add noise to both. An optimiser keeps a
little memory for each parameter: a running average of its gradient says where to go, and a running average of
the squared gradient says how large gradients usually are here. A schedule makes the steps shorter as the goal
comes nearer.

1. `initialize_state` is the memory before the first step: zeros, one for each number in the parameters.
2. `update_momentum` walks along the average of the gradients. For every parameter p with gradient g:

       v     becomes  beta v + (1 - beta) g          p     becomes  p - lr v

   What points the same way again and again adds up; what changes sign from step to step cancels.
3. `update_rmsprop` divides by the usual size of the gradient, entry by entry:

       s     becomes  beta s + (1 - beta) g^2        p     becomes  p - lr g / sqrt(s + eps)

   Steep directions take shorter steps, flat ones longer: all of the order of lr.
4. `update_adam` takes both, and corrects both averages for their start at zero. In step t = 1, 2, 3, ...:

       v     becomes  beta1 v + (1 - beta1) g          s     becomes  beta2 s + (1 - beta2) g^2
       v_hat    is    v / (1 - beta1^t)                s_hat    is    s / (1 - beta2^t)

       p     becomes  p - lr v_hat / (sqrt(s_hat) + eps)

   In the first step the corrections give v_hat = g and s_hat = g^2: whatever the size of g, every parameter
   moves by lr against the sign of its gradient. Multiply all gradients by 1000 and the path stays the same.
5. `lr_inverse_time` lets the learning rate fall as alpha0 / (1 + decay_rate * epoch).
6. `lr_schedule` has three other shapes: a constant factor each epoch, one over the root, and a staircase.
7. `classify_critical_point` asks what kind of place it is where the gradient is zero. The Hessian H, the
   matrix of second derivatives, has one eigenvalue for each of its directions: the curvature there. All
   positive is a minimum, all negative a maximum, some of each a saddle. With n directions that bend up or
   down by chance, all n bending up is rare, so most such places in a large network are saddles.

Things to look at. Momentum here has the factor 1 - beta, which many frameworks leave out; with the same lr
they then take steps ten times as long at beta = 0.9. eps stands under the root in RMSProp and outside in Adam;
only gradients that are hardly larger than sqrt(eps) or eps show it. Adam with beta1 in both corrections takes
a first step that is ten times too long. And what is carried to the next step is v and s, not v_hat and s_hat.

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


def initialize_state(params: Params) -> Params:
    """The memory of an optimiser before its first step.

    Parameters
    ----------
    params : dict of arrays of any shape, of floats or integers. "W1", "b1", ..., and also "gamma1", "beta1" with
        batch norm.

    Returns
    -------
    new dict with the keys of the gradients: for each key of `params`, under "d" + key, an array of zeros in the
        shape of the parameter; float64, and an array of its own for each key.

    Examples
    --------
    {"W1": (3, 5) array, "b1": (3, 1) array} gives {"dW1": (3, 5) zeros, "db1": (3, 1) zeros}.

    References
    ----------
    Lecture notes F0, section "动量梯度下降法", on the initial values; F4, section 1.2.4, eq. 14.
    """
    raise NotImplementedError("a09_optim.initialize_state")


def update_momentum(params: Params, grads: Params, v: Params, lr: float, beta: float = 0.9) -> tuple[Params, Params]:
    """One step of gradient descent with momentum: the new parameters, and the average for the next step.

    Parameters
    ----------
    params : dict of arrays of any shape, floats or integers. "W1", "b1", ..., also "gamma1", "beta1" with batch norm.
    grads : dict of arrays. For each key of `params` the gradient, under "d" + key, in the same shape.
    v : dict with the keys of `grads`. Running average of the gradients; zeros before the first step.
    lr : Learning rate, in units of parameter over gradient.
    beta : Dimensionless, from 0 to less than 1. Memory of `v`: about 1 / (1 - beta) steps.

    Returns
    -------
    params : new dict with the keys of `params`. Float64 arrays of unchanged shapes.
    v : new dict with the keys of `grads`. The running average after this step; no bias correction.

    Raises
    ------
    KeyError : a parameter has no gradient, or no average.

    Notes
    -----
    For each parameter: let the average take in the new gradient, with weight 1 - beta; then move the parameter
    against the average, `lr` times as far. The dicts and arrays that come in stay as they were.

    Examples
    --------
    Parameter 1 with gradient 2, v = 0, lr = 0.5, beta = 0.9: v becomes 0.2 and the parameter 0.9.

    References
    ----------
    Lecture notes F4, section 1.2.2, eq. 12; F0, section "动量梯度下降法"; F1, section "动量梯度下降法".
    Goodfellow, Bengio & Courville, *Deep Learning* (2016), section 8.3.2 (without the factor 1 - beta).
    """
    new_params: Params = {}
    new_v: Params = {}
    for key, value in params.items():
        d_key = "d" + key
        new_v[d_key] = beta * v[d_key] + (1.0 - beta) * grads[d_key]
        new_params[key] = value - lr * new_v[d_key]
    return new_params, new_v


def update_rmsprop(params, grads, s, lr, beta=0.9, eps=1e-8):
    new_s = {d: beta * s[d] + (1 - beta) * g**2 for d, g in grads.items()}
    new_params = {
        key: p - lr * grads["d" + key] / np.sqrt(new_s["d" + key] / (1 - beta) + eps) for key, p in params.items()
    }
    return new_params, new_s


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
    params : dict of arrays of any shape, floats or integers. "W1", "b1", ..., also "gamma1", "beta1" with batch norm.
    grads : dict of arrays. For each key of `params` the gradient, under "d" + key, in the same shape.
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
    raise NotImplementedError("a09_optim.update_adam")


def lr_inverse_time(alpha0: float, decay_rate: float, epoch: float | Array) -> float | Array:
    """Learning rate that falls like one over time.

    Parameters
    ----------
    alpha0 : Learning rate of epoch 0.
    decay_rate : Dimensionless, at least 0. After 1 / decay_rate epochs the rate has halved.
    epoch : A number, or an array of any shape; at least 0, taken as it is given: 0 is the first epoch, before
        any decay.

    Returns
    -------
    float for a number (numpy's numbers and arrays without dimensions are numbers too); float64 array of the shape of
    `epoch` for an array. In the unit of alpha0.

    Examples
    --------
    alpha0 = 0.3 and decay_rate = 0.5: 0.3 in epoch 0, 0.2 in epoch 1, 0.15 in epoch 2.

    References
    ----------
    Lecture notes F0, section "学习率衰减"; F1, section "学习率衰减"; F4, section 1.2.5, eq. 18. The first decayed
    rate is that of epoch 1.
    """
    rate = alpha0 / (1.0 + decay_rate * np.asarray(epoch, dtype=np.float64))
    return rate if rate.ndim else float(rate)


def lr_schedule(
    kind: str,
    alpha0: float,
    epoch: int,
    *,
    base: float = 0.95,
    k: float = 1.0,
    drop: float = 0.5,
    every: int = 10,
) -> float:
    """Learning rate of an epoch, by one of three schedules.

    Parameters
    ----------
    kind : "exponential": alpha0 times `base` to the power of the epoch. "inverse_sqrt": alpha0 times `k` over
        the root of the epoch. "staircase": alpha0, multiplied by `drop` each time another `every` epochs are
        over.
    alpha0 : Learning rate to start from.
    epoch : int, at least 0, taken as it is given.
    base : Dimensionless, between 0 and 1. Used by "exponential".
    k : Dimensionless, more than 0. Used by "inverse_sqrt".
    drop : Dimensionless, between 0 and 1. Used by "staircase".
    every : Epochs, at least 1. Used by "staircase".

    Returns
    -------
    float, in the unit of alpha0.

    Raises
    ------
    ValueError : "inverse_sqrt" at epoch 0, where it has no value; or a `kind` that does not exist.

    Examples
    --------
    With alpha0 = 0.8: "exponential" with base 0.5 gives 0.1 in epoch 3; "inverse_sqrt" gives 0.4 in epoch 4;
    "staircase" with every = 5 gives 0.8 in epochs 0 to 4, 0.4 in epochs 5 to 9, 0.2 in epoch 10.

    References
    ----------
    Lecture notes F4, section 1.2.5, eq. 19-20 and 离散下降; F0 and F1, section "学习率衰减".
    """
    if kind == "exponential":
        factor = base**epoch
    elif kind == "inverse_sqrt":
        if epoch == 0:
            raise ValueError("inverse_sqrt has no value at epoch 0; start with epoch 1")
        factor = k / epoch**0.5
    elif kind == "staircase":
        factor = drop ** (epoch // every)
    else:
        raise ValueError(f'the kind is {kind!r}, expected "exponential", "inverse_sqrt" or "staircase"')
    return float(alpha0 * factor)


def classify_critical_point(H, tol=1e-8):
    curvatures = np.diag(H)
    if np.any(curvatures > tol) and np.any(curvatures < -tol):
        return "saddle"
    if np.all(curvatures > tol):
        return "minimum"
    return "maximum" if np.all(curvatures < -tol) else "degenerate"
