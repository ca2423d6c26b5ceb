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


def initialize_state(params)
    state = {"d" + key: np.full(value.shape, 0, dtype=np.float32) for key, value in params.items()}
    return state | {"steps": 0}


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


def update_rmsprop(
    params: Params, grads: Params, s: Params, lr: float, beta: float = 0.9, eps: float = 1e-8
) -> tuple[Params, Params]:
    """One step of RMSProp: the new parameters, and the average for the next step.

    Parameters
    ----------
    params : dict of arrays of any shape, floats or integers. "W1", "b1", ..., also "gamma1", "beta1" with batch norm.
    grads : dict of arrays. For each key of `params` the gradient, under "d" + key, in the same shape.
    s : dict with the keys of `grads`. Running average of the squared gradients; zeros before the first step.
    lr : Learning rate, in the unit of the parameters: roughly how far a parameter moves in one step.
    beta : Dimensionless, from 0 to less than 1. Memory of `s`: about 1 / (1 - beta) steps.
    eps : In the unit of `s`, gradients squared. Added under the root, so that a parameter without gradient stays
        finite.

    Returns
    -------
    params : new dict with the keys of `params`. Float64 arrays of unchanged shapes.
    s : new dict with the keys of `grads`. The running average after this step, without eps; no bias correction.

    Raises
    ------
    KeyError : a parameter has no gradient, or no average.

    Notes
    -----
    For each parameter: let the average take in the square of the new gradient, entry by entry; then divide the
    gradient by the root of the average (plus `eps`, under the root) and move the parameter against it, `lr`
    times as far. The dicts and arrays that come in stay as they were.

    Examples
    --------
    Parameter 1 with gradient -2, s = 0, lr = 0.1, beta = 0.9: s becomes 0.4, the step 0.1 * 2 / 0.632 = 0.316
    upwards, and the parameter 1.316.

    References
    ----------
    Lecture notes F4, section 1.2.3, eq. 13, and F1, section "RMSProp 算法"; F0, section "RMSprop", adds eps to
    the root instead. F4 says that a large gradient makes a small quotient; it makes one of about 1.
    Goodfellow, Bengio & Courville, *Deep Learning* (2016), section 8.5.2.
    """
    new_params: Params = {}
    new_s: Params = {}
    for key, value in params.items():
        d_key = "d" + key
        gradient = grads[d_key]
        new_s[d_key] = beta * s[d_key] + (1.0 - beta) * gradient**2
        new_params[key] = value - lr * gradient / np.sqrt(new_s[d_key] + eps)
    return new_params, new_s


def update_adam(params, grads, v, s, t, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    names = list(params)
    flat_p, flat_g, flat_v, flat_s = (
        np.concatenate([np.ravel(d[prefix + name]) for name in names])
        for d, prefix in ((params, ""), (grads, "d"), (v, "d"), (s, "d"))
    )
    flat_v = beta1 * flat_v + (1 - beta1) * flat_g
    flat_s = beta2 * flat_s + (1 - beta2) * flat_g**2
    flat_p = flat_p - lr * (flat_v / (1 - beta1**t)) / (np.sqrt(flat_s / (1 - beta2**t)) + eps)
    ends = np.cumsum([params[name].size for name in names])[:-1]
    result = []
    for flat, prefix in ((flat_p, ""), (flat_v, "d"), (flat_s, "d")):
        pieces = zip(names, np.split(flat, ends))
        result.append({prefix + name: piece.reshape(params[name].shape) for name, piece in pieces})
    return tuple(result)


def lr_inverse_time(alpha0, decay_rate, epoch):
    return alpha0 / (1 + decay_rate * epoch)


def lr_schedule(kind, alpha0, epoch, *, base=0.95, k=1.0, drop=0.5, every=10):
    if kind == "exponential":
        return np.array([alpha0 * np.exp(epoch * np.log(base))])
    if kind == "staircase":
        return np.array([alpha0 * np.exp(np.floor(epoch / every) * np.log(drop))])
    if not epoch:
        raise ValueError(epoch)
    return np.array([alpha0 * k * np.exp(-0.5 * np.log(epoch))])


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
