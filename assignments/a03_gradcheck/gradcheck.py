"""Gradient checking: is this really the derivative?

A backward pass is a page of formulae, and most slips in it do not crash: the network trains all the same, only worse.
There is a judge who knows no formulae. Move one parameter a little, watch what the cost does, divide: that is the
derivative, to many digits, without any calculus. It is far too slow for training (two forward passes for each
parameter), but as a test of the fast way it is beyond doubt.

1. `finite_difference` measures the slope of a function of one number. Looking to both sides is worth it:

       central:  (f(theta + eps) - f(theta - eps)) / (2 eps)        error of the order of eps^2
       forward:  (f(theta + eps) - f(theta)) / eps                  error of the order of eps

2. `numerical_gradient` does the same for a cost of many parameters, one entry after the other.
3. `params_to_vector` lays the matrices and biases of a network end to end in one long column, and
   `vector_to_params` takes the column apart again: the judge wants a vector, the network wants its matrices.
4. `relative_error` says how far two gradients are apart, in a number that depends neither on their length nor on
   their unit: 0 for the same, 1 for opposite ones.
5. `gradient_check` puts the pieces together, gives a verdict, and says where to look.

What to look at: eps is a compromise. With a large step the curve bends on the way (truncation); with a tiny one
the two costs agree in nearly all their digits, and what is left of the difference is rounding. For float64 and
central differences the valley lies near 1e-5, where a right gradient agrees to about ten digits.

Axes
----
n : all parameters of a network together, one per row of the vector theta.
"""

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array: TypeAlias = NDArray[np.float64]
Params: TypeAlias = dict[str, Array]
Layout: TypeAlias = list[tuple[str, tuple[int, ...]]]


def finite_difference(f: Callable[[float], float], theta: float, eps: float = 1e-2, kind: str = "central") -> float:
    """Measure the slope of a function of one number.

    Parameters
    ----------
    f : Takes one number, returns one number. It may be slow, and is called twice.
    theta : Where to measure.
    eps : How far to step, in the unit of theta.
    kind : "central" looks to both sides of theta, "forward" to the right only.

    Returns
    -------
    float. Rise over run: what f gains between the two points, divided by their distance.

    Raises
    ------
    ValueError : `kind` is neither of the two.

    Examples
    --------
    For f(theta) = theta^3 at theta = 1 with eps = 0.01 the central difference is 3.0001 and the forward one 3.0301;
    the derivative is 3.

    References
    ----------
    Lecture notes F0, section "梯度的数值逼近"; F2, section 12.
    """
    raise NotImplementedError("a03_gradcheck.finite_difference")


def numerical_gradient(J: Callable[[Array], float], theta: Array, eps: float = 1e-5) -> Array:
    """Measure the gradient of a cost, one entry after the other, by central differences.

    Parameters
    ----------
    J : Takes an array of the shape of theta, returns one number. It may mix all entries.
    theta : (n, 1) float64 or int. Where to measure; it arrives read-only and stays as it is.
    eps : How far to step in each direction.

    Returns
    -------
    (n, 1) float64. Entry i is the slope of J along entry i of theta.

    Notes
    -----
    1. For each entry J is called twice, with that entry moved by +eps and by -eps and *all others where they
       were*: 2n calls altogether, and no more.
    2. What J gets is always the whole (n, 1) array, in float64.

    References
    ----------
    Lecture notes F0, section "梯度检验（grad check）"; F2, section 13.
    """
    raise NotImplementedError("a03_gradcheck.numerical_gradient")


def params_to_vector(params: Params) -> tuple[Array, Layout]:
    """Lay all parameters of a network end to end in one column.

    Parameters
    ----------
    params : dict of float64 or int arrays, named by kind and layer: "W1", "b1", "W2", … in any order.

    Returns
    -------
    theta : (n, 1) float64. Layer by layer, and W before b within a layer: W1, b1, W2, b2, …, also where there are
        ten layers and more. Each matrix row by row.
    layout : list of (name, shape), one per parameter, in the order of theta; with it, `vector_to_params` can undo this.

    References
    ----------
    Lecture notes F2, section 13: gradients have to be laid out in the same order as the parameters.
    """
    raise NotImplementedError("a03_gradcheck.params_to_vector")


def vector_to_params(theta: Array, layout: Layout) -> Params:
    """Take a column of parameters apart again: the exact inverse of `params_to_vector`.

    Parameters
    ----------
    theta : (n, 1) float64. Parameters end to end, each matrix row by row.
    layout : list of (name, shape) in the order of theta.

    Returns
    -------
    dict with a new float64 array of the given shape for every name of the layout. It shares no memory with theta.

    References
    ----------
    Lecture notes F2, section 13.
    """
    raise NotImplementedError("a03_gradcheck.vector_to_params")


def relative_error(approx: ArrayLike, exact: ArrayLike) -> float:
    """How far two gradients are apart, as a fraction of their own length.

    Parameters
    ----------
    approx, exact : Arrays of numbers of one shape, of any number of dimensions: the gradient that was measured, and
        the one to be checked. The length of an array is its Euclidean norm over all entries.

    Returns
    -------
    float, dimensionless: the length of the difference, divided by the sum of the two lengths. 0 where both are 0.

    Raises
    ------
    ValueError : The shapes differ.

    Notes
    -----
    From 0 for equal gradients to 1 for opposite ones. If one is c times the other, it is |c - 1| / (|c| + 1).

    References
    ----------
    Lecture notes F0, section "梯度检验（grad check）" (which calls both the step and this quotient epsilon: erratum
    E24); F2, section 13.
    """
    raise NotImplementedError("a03_gradcheck.relative_error")


def gradient_check(J: Callable[[Params], float], params: Params, grads: Params, eps: float = 1e-5) -> dict[str, Any]:
    """Hold a gradient against the cost that it claims to be the gradient of.

    Parameters
    ----------
    J : Takes a dict with the keys and shapes of params, returns the cost: all of it, with a regularisation term if
        the gradient has one, and without randomness (no dropout).
    params : dict of float64 arrays: "W1", "b1", …; where to check. They arrive read-only and stay as they are.
    grads : dict: for each key of `params`, "d" + key holds the gradient to be checked. The order of the keys means
        nothing, and there may be more of them.
    eps : Step of the central differences.

    Returns
    -------
    dict with

    "error" : float. Relative error (see `relative_error`) between the measured and the claimed gradient, all
        parameters together.
    "verdict" : "ok" where error <= 1e-7, "inspect" where it is between that and 1e-3, "bug" where error >= 1e-3.
    "per_key" : dict. For each key of `params`, the relative error of that parameter alone.
    "worst" : (key, index). Where measured and claimed gradient differ most, in absolute value: a key of `params`, and
        a tuple of indices into that array. Any of them, where several are equally far off.

    Notes
    -----
    A mistake in one small block hardly shows in the error of the whole; `per_key` finds it, and `worst` points at
    the entry.

    References
    ----------
    Lecture notes F0, section "梯度检验（grad check）" (the thresholds; what lies between them is left open there);
    F2, sections 13 and 14 (what to keep in mind).
    """
    raise NotImplementedError("a03_gradcheck.gradient_check")
