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


def initialize_state(params):
    return {"d" + key: np.array(value, dtype=float) for key, value in params.items()}


def update_momentum(params, grads, v, lr, beta=0.9):
    new_v = {d: beta * v[d] + (1 - beta) * g for d, g in grads.items()}
    return {key: p - lr * new_v["d" + key] / (1 - beta) for key, p in params.items()}, new_v


def update_rmsprop(params, grads, s, lr, beta=0.9, eps=1e-8):
    new_s = {d: beta * s[d] + (1 - beta) * g**2 for d, g in grads.items()}
    new_params = {key: p - lr * grads["d" + key] / np.sqrt(s["d" + key] + eps) for key, p in params.items()}
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
    raise NotImplementedError("a09_optim.lr_inverse_time")


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
    H += 0
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
