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
