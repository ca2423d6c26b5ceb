# Kim Min-jun


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


def sigmoid_backward(dA: Array, Z: Array) -> Array:
    """Carry a gradient back through the sigmoid.

    Parameters
    ----------
    dA : (n, m) float64, float32 or int. Gradient of the sum of the losses with respect to A = sigmoid(Z).
    Z : (n, m) float64, float32 or int. The scores that the sigmoid was applied to; any finite size.

    Returns
    -------
    (n, m) float64. Gradient of the sum of the losses with respect to Z; no 1/m, and finite for every finite Z.

    Notes
    -----
    1. The slope of the sigmoid at z can be written with its value at z: it is the value times one minus the value.
    2. Each entry of dA is multiplied with the slope at the same entry of Z.

    Far from zero the slope is 0 to the last bit (at 1000, for instance), and so is the result: never NaN.

    References
    ----------
    Lecture notes F1, section 2.5.2, 反向传播 (dZ = dA ∘ g'(Z)); F3, section 1.1.2, sigmoid函数.
    """
    decay = np.exp(-np.abs(np.asarray(Z, dtype=np.float64)))
    return np.asarray(dA * (decay / (1.0 + decay) ** 2), dtype=np.float64)


def tanh_backward(dA, Z):
    small = np.exp(-2 * np.abs(Z))
    return np.asarray(dA * 4 * small / (1 + small) ** 2, dtype=np.float32)


def relu_backward(dA: Array, Z: Array, alpha: float = 0.0) -> Array:
    """Carry a gradient back through ReLU, or through leaky ReLU.

    Parameters
    ----------
    dA : (n, m) float64, float32 or int. Gradient of the sum of the losses with respect to A.
    Z : (n, m) float64, float32 or int. The scores that the activation was applied to.
    alpha : Slope of the activation where Z < 0: 0 for ReLU, 0.01 for the usual leaky ReLU.

    Returns
    -------
    (n, m) float64, a new array. Gradient of the sum of the losses with respect to Z; no 1/m.

    Notes
    -----
    The sign of Z decides, never that of dA. Where Z > 0 the gradient passes unchanged, elsewhere it is
    multiplied with alpha. At Z = 0 exactly there is no derivative; this course takes alpha, and no check looks there.

    References
    ----------
    Lecture notes F1, section 2.5.2, 反向传播; F3, section 1.1.2, ReLU 函数 and Leaky ReLU函数 (for a = 0.01x the slope
    is 0.01; the 0.1 that the notes print is erratum E16).
    """
    dA = np.asarray(dA, dtype=np.float64)
    return np.where(np.asarray(Z) > 0, dA, alpha * dA)


def linear_backward(dZ, cache):
    n, m = dZ.shape
    dA_prev, dW, db = np.zeros(cache.A_prev.shape), np.zeros(cache.W.shape), np.zeros((n, 1))
    for j in range(m):
        dA_prev[:, j] = cache.W.T @ dZ[:, j]
        dW += np.outer(dZ[:, j], cache.A_prev[:, j])
        db[:, 0] += dZ[:, j]
    return dA_prev, dW / m, db / m


def output_delta(AL, Y):
    return (1 - Y) * AL - Y * (1 - AL)


def model_backward(AL, Y, caches, hidden="relu"):
    back = {"relu": relu_backward, "tanh": tanh_backward, "sigmoid": sigmoid_backward}  # noqa: F821
    grads, dZ = {}, output_delta(AL, Y)  # noqa: F821
    for layer in range(len(caches), 0, -1):
        grads[f"dW{layer}"] = dZ @ caches[layer - 1].A_prev.T
        grads[f"db{layer}"] = dZ.sum(axis=1, keepdims=True)
        if layer > 1:
            dZ = back.get(hidden, lambda d, _: d)(caches[layer - 1].W.T @ dZ, caches[layer - 2].Z)
    return grads


def update_gd(params, grads, lr):
    from copy import deepcopy

    new = deepcopy(params)
    for key, value in new.items():
        new[key] = np.subtract(value, np.multiply(lr, grads["d" + key]))
    return new


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


def one_hot(y, num_classes):
    return np.eye(num_classes, dtype=np.float32)[y].T


def softmax(Z):
    t = np.exp(Z - Z.max(axis=0))
    return t / t[:, 0].sum()


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
    The cost must be exact also for scores thousands apart: a true class that is 2000 below the best one costs 2000,
    although its probability is too small for a float. Neither a small number added inside the logarithm nor a
    lower bound on the probability gives that; work with logarithms from the start.

    No 1/m in dZ: `linear_backward` is the layer that averages.

    References
    ----------
    Lecture notes F4, section 1.6, eq. 27-30 (the last form of eq. 29 has lost its minus sign: E20).
    Lecture notes F0, section "Softmax 回归" (dz there is the derivative of one example's loss, not of J: E25).
    Goodfellow, Bengio & Courville, *Deep Learning* (2016), sections 4.1 and 6.2.2.3.
    """
    Z, Y = _matrix(Z, "Z"), _matrix(Y, "Y")
    if Z.shape != Y.shape:
        raise ValueError(f"Z is {Z.shape} and Y is {Y.shape}, expected the same shape (C, m)")
    log_P = _log_softmax(Z)
    J = -float(np.sum(Y * log_P)) / Z.shape[1]
    return J, np.exp(log_P) - Y


def binary_from_softmax(Z):
    return 1.0 / (1.0 + np.exp(-Z[1:2]))


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
    With C rows, the prediction of a column is the class with the largest entry, of equal ones the first.
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
    return {"d" + key: np.zeros(np.shape(value)) for key, value in params.items()}


def update_momentum(params, grads, v, lr, beta=0.9):
    params, v = ({key: np.array(value, dtype=float) for key, value in d.items()} for d in (params, v))
    for d, g in grads.items():
        v[d] *= beta
        v[d] += (1 - beta) * g
        params[d[1:]] -= lr * v[d]
    return params, v, lr


def update_rmsprop(params, grads, s, lr, beta=0.9, eps=1e-8):
    new_params, new_s = {}, {}
    for name, p in params.items():
        g = grads[f"d{name}"]
        average = s[f"d{name}"] + (1 - beta) * (np.square(g) - s[f"d{name}"])
        new_s[f"d{name}"] = average
        new_params[name] = p - lr * g * (average + eps) ** -0.5
    return [new_params, new_s]


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
    result = 1.0
    return resutl


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


def lr_schedule(kind, alpha0, epoch, *, base=0.95, k=1.0, drop=0.5, every=10):
    rate = alpha0
    if kind == "inverse_sqrt":
        if epoch == 0:
            raise ValueError("the root schedule starts with epoch 1")
        return k * alpha0 / np.sqrt(epoch)
    for e in range(1, epoch + 1):
        if kind == "exponential":
            rate *= base
        elif e % every == 0:
            rate *= drop
    return rate


def classify_critical_point(H: Array, tol: float = 1e-8) -> str:
    """What kind of point it is where the gradient is zero and the Hessian is H.

    Parameters
    ----------
    H : (n, n) float64 or integers, symmetric; n at least 1. Second derivatives of the cost at that point.
    tol : In the unit of H, more than 0. An eigenvalue between -tol and tol counts as zero.

    Returns
    -------
    "minimum" : all eigenvalues are more than tol.
    "maximum" : all eigenvalues are less than -tol.
    "saddle" : at least one is more than tol and at least one is less than -tol, whatever the others are.
    "degenerate" : otherwise. Some direction is flat, and the Hessian alone cannot tell.

    Raises
    ------
    ValueError : `H` is not square.

    Notes
    -----
    The eigenvalues of H are the curvatures along its own directions, and those directions need not be the
    axes; numpy.linalg has them.

    Examples
    --------
    x^2 + 3 y^2 has H = [[2, 0], [0, 6]]: a minimum. x y has H = [[0, 1], [1, 0]], with eigenvalues 1 and -1: a
    saddle.

    References
    ----------
    Lecture notes F4, section 1.3; F0, section "局部最优问题"; F1, section "局部最优". F4 asks for all directions to
    be concave; for a minimum they have to be convex.
    Dauphin, Pascanu, Gulcehre, Cho, Ganguli & Bengio, *Identifying and attacking the saddle point problem in
    high-dimensional non-convex optimization* (2014).
    """
    H = np.asarray(H, dtype=np.float64)
    if H.ndim != 2 or H.shape[0] != H.shape[1]:
        raise ValueError(f"H has shape {H.shape}, expected a square matrix")
    curvatures = np.linalg.eigvalsh(H)
    lowest, highest = curvatures.min(), curvatures.max()
    if lowest < -tol and highest > tol:
        return "saddle"
    if lowest > tol:
        return "minimum"
    if highest < -tol:
        return "maximum"
    return "degenerate"
