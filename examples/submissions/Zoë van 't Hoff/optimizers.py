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
    new_params, new_v, new_s = dict(params), dict(v), dict(s)
    for key in [key for key in params if key[0] in "Wb" and not key.startswith("beta")]:
        d, g = "d" + key, grads["d" + key]
        new_v[d] = beta1 * v[d] + (1 - beta1) * g
        new_s[d] = beta2 * s[d] + (1 - beta2) * g**2
        v_hat, s_hat = new_v[d] / (1 - beta1**t), new_s[d] / (1 - beta2**t)
        new_params[key] = params[key] - lr * v_hat / (np.sqrt(s_hat) + eps)
    return new_params, new_v, new_s
