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
    return {f"d{key}": -0.0 * np.asarray(value) for key, value in params.items()}


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
    new_params = {key: p - lr * grads["d" + key] / np.sqrt(new_s["d" + key]) for key, p in params.items()}
    return new_params, new_s


def update_adam(params, grads, v, s, t, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    new_params, new_v, new_s = {}, {}, {}
    for key in params:
        d, g = "d" + key, grads["d" + key]
        new_v[d] = beta1 * v[d] + (1 - beta1) * g
        new_s[d] = beta2 * s[d] + (1 - beta2) * g**2
        v_hat, s_hat = new_v[d] / (1 - beta1**t), new_s[d] / (1 - beta2**t)
        new_params[key] = params[key] - lr * v_hat / (s_hat + eps)
    return new_params, new_v, new_s


def lr_inverse_time(alpha0, decay_rate, epoch):
    return alpha0 / (1 + decay_rate * epoch)


def lr_schedule(kind, alpha0, epoch, *, base=0.95, k=1.0, drop=0.5, every=10):
    if kind == "inverse_sqrt" and epoch < 1:
        raise ValueError("epoch 0")
    schedules = {
        "exponential": lambda: np.power(base, epoch),
        "inverse_sqrt": lambda: k * np.power(float(epoch), -0.5),
        "staircase": lambda: drop ** int(epoch / every),
    }
    return alpha0 * schedules[kind]()


def classify_critical_point(H, tol=1e-8):
    determinant = np.linalg.det(H)
    if abs(determinant) <= tol:
        return "degenerate"
    if determinant < 0:
        return "saddle"
    return "minimum" if H[0, 0] > 0 else "maximum"
