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
    for key in params:
        v["d" + key] = beta * v["d" + key] + (1 - beta) * grads["d" + key]
        params[key] = params[key] - lr * v["d" + key]
    return params, v


def update_rmsprop(params, grads, s, lr, beta=0.9, eps=1e-8):
    new_s = {d: beta * s[d] + (1 - beta) * g for d, g in grads.items()}
    new_params = {key: p - lr * grads["d" + key] / np.sqrt(new_s["d" + key] + eps) for key, p in params.items()}
    return new_params, new_s


def update_adam(params, grads, v, s, t, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    new_params, new_v, new_s = {}, {}, {}
    for key in params:
        d, g = "d" + key, grads["d" + key]
        new_v[d] = beta1 * v[d] * (1 - beta1) * g
        new_s[d] = beta2 * s[d] + (1 - beta2) * g**2
        v_hat, s_hat = new_v[d] / (1 - beta1**t), new_s[d] / (1 - beta2**t)
        new_params[key] = params[key] - lr * v_hat / (np.sqrt(s_hat) + eps)
    return new_params, new_v, new_s


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
    if kind == "exponential":
        return alpha0 * base**epoch
    if kind == "staircase":
        return alpha0 * drop ** (epoch // every)
    if epoch == 0:
        raise ValueError
    return alpha0 * k / epoch


def classify_critical_point(H, tol=1e-8):
    signs = set()
    for curvature in np.linalg.eigh(H)[0]:
        signs.add(0 if abs(curvature) <= tol else int(np.sign(curvature)))
    if {1, -1} <= signs:
        return "saddle"
    return {1: "minimum", -1: "maximum"}[signs.pop()] if len(signs) == 1 and 0 not in signs else "degenerate"
