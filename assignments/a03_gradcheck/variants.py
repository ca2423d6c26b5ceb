"""Right ways to write gradcheck.py that look different from the reference; every check must accept them all."""

import numpy as np

from autograder.checking import variant


@variant("finite_difference")
def difference_between_two_places(f, theta, eps=1e-2, kind="central"):
    """Rise over run, with the two places named first."""
    left = theta - eps if kind == "central" else theta
    right = theta + eps
    return (f(right) - f(left)) / (right - left)


@variant("finite_difference")
def difference_by_cases(f, theta, eps=1e-2, kind="central"):
    """One formula for each kind, with the factor 1/2 in front; the result may be an array of one number."""
    if kind == "forward":
        return np.array((f(theta + eps) - f(theta)) / eps)
    above, below = f(theta + eps), f(theta - eps)
    return np.array(0.5 * (above - below) / eps)


@variant("finite_difference")
def difference_in_an_array(f, theta, eps=1e-2, kind="central"):
    """A numpy scalar is as good as a float."""
    steps = np.array([1.0, -1.0] if kind == "central" else [1.0, 0.0])
    values = np.array([f(float(theta + eps * step)) for step in steps])
    return np.float64((values[0] - values[1]) / (eps * (steps[0] - steps[1])))


@variant("numerical_gradient")
def gradient_with_unit_vectors(J, theta, eps=1e-5):
    """theta plus and minus eps times a column of the identity."""
    n = theta.shape[0]
    slopes = [J(theta + eps * e[:, None]) - J(theta - eps * e[:, None]) for e in np.eye(n)]
    return np.array(slopes).reshape(n, 1) / (2 * eps)


@variant("numerical_gradient")
def gradient_by_moving_one_copy(J, theta, eps=1e-5):
    """One copy is moved and put back, entry by entry."""
    theta = np.array(theta, dtype=float)
    gradient = np.zeros_like(theta)
    for i in range(theta.size):
        old = theta[i, 0]
        theta[i, 0] = old + eps
        above = J(theta)
        theta[i, 0] = old - eps
        below = J(theta)
        theta[i, 0] = old
        gradient[i, 0] = (above - below) / (2 * eps)
    return gradient


@variant("numerical_gradient")
def gradient_all_above_then_all_below(J, theta, eps=1e-5):
    """First all steps up, then all steps down; what J returns may be turned into an array."""
    places = [np.zeros(theta.shape) for _ in range(len(theta))]
    for i, place in enumerate(places):
        place[i, 0] = eps
    above = np.array([[J(theta + place)] for place in places])
    below = np.array([[J(theta - place)] for place in places])
    return (above - below) / 2 / eps


@variant("numerical_gradient")
def gradient_by_finite_difference(J, theta, eps=1e-5):
    """One curve for each entry, measured by the exercise before."""
    theta = theta.astype(float)

    def along(i):
        def curve(value):
            moved = theta.copy()
            moved[i, 0] = value
            return J(moved)

        return curve

    slopes = [finite_difference(along(i), theta[i, 0], eps) for i in range(len(theta))]  # noqa: F821
    return np.array(slopes, dtype=float).reshape(-1, 1)


@variant("params_to_vector")
def vector_layer_by_layer(params):
    """A loop over the layers, as the notes write it; the layout may hold lists."""
    pieces, layout = [], []
    for layer in range(1, len(params) // 2 + 1):
        for kind in ("W", "b"):
            value = params[f"{kind}{layer}"]
            pieces.append(value.reshape((-1, 1)))
            layout.append([f"{kind}{layer}", list(value.shape)])
    return np.vstack(pieces).astype(float), layout


@variant("params_to_vector")
def vector_by_lists(params):
    """Numbers collected one by one; a layout may be a tuple."""
    order = sorted(params, key=lambda key: (int("".join(c for c in key if c.isdigit())), key))
    numbers = []
    for key in order:
        for row in params[key]:
            numbers.extend(float(x) for x in row)
    theta = np.array(numbers)[:, np.newaxis]
    return theta, tuple((key, params[key].shape) for key in order)


@variant("params_to_vector")
def vector_filled_in_place(params):
    """A column of the right size, filled piece by piece; a list of two is as good as a tuple."""
    order = sorted(params, key=lambda key: 2 * int(key[1:]) + (key[0] == "b"))
    theta = np.empty((sum(value.size for value in params.values()), 1))
    start = 0
    for key in order:
        theta[start : start + params[key].size, 0] = params[key].flatten()
        start += params[key].size
    return [theta, [(key, np.shape(params[key])) for key in order]]


@variant("vector_to_params")
def params_by_split(theta, layout):
    """np.split cuts at the sums of the sizes."""
    cuts = np.cumsum([int(np.prod(shape)) for _, shape in layout])[:-1]
    pieces = np.split(theta.ravel(), cuts)
    return {name: piece.reshape(tuple(shape)).copy() for (name, shape), piece in zip(layout, pieces, strict=True)}


@variant("vector_to_params")
def params_from_a_queue(theta, layout):
    """Numbers are taken from the front, one after the other."""
    numbers = iter(theta[:, 0].tolist())
    params = {}
    for name, (rows, columns) in layout:
        params[name] = np.array([[next(numbers) for _ in range(columns)] for _ in range(rows)])
    return params


@variant("vector_to_params")
def params_with_what_is_left(theta, layout):
    """What is left of the column is handed on; views are as good as copies over the wire."""
    left, params = np.asarray(theta), {}
    for name, shape in layout:
        size = shape[0] * shape[1]
        params[name], left = left[:size].reshape(shape), left[size:]
    return params


@variant("relative_error")
def error_with_a_guard(approx, exact):
    """The formula, and a guard against 0/0."""
    approx, exact = np.asarray(approx, dtype=float), np.asarray(exact, dtype=float)
    lengths = np.linalg.norm(approx) + np.linalg.norm(exact)
    return np.linalg.norm(approx - exact) / lengths if lengths > 0 else 0.0


@variant("relative_error")
def error_by_dot_products(approx, exact):
    """Lengths by dot products; the result may be an array without dimensions."""
    a, e = np.ravel(approx).astype(float), np.ravel(exact).astype(float)
    d = a - e
    lengths = np.sqrt(a @ a) + np.sqrt(e @ e)
    return np.array(np.sqrt(d @ d) / lengths if lengths else 0.0)


@variant("relative_error")
def error_with_a_thin_floor(approx, exact):
    """1e-15 below avoids 0/0 and changes no digit that anybody looks at."""
    a, e = np.asarray(approx) * 1.0, np.asarray(exact) * 1.0
    return float(np.sum((a - e) ** 2) ** 0.5 / (np.sum(a**2) ** 0.5 + np.sum(e**2) ** 0.5 + 1e-15))


@variant("gradient_check")
def check_by_vectors(J, params, grads, eps=1e-5):
    """Calls all the exercises of this room, as the notes describe it; more keys do no harm."""
    theta, layout = params_to_vector(params)[:2]  # noqa: F821
    exact = params_to_vector({name: grads["d" + name] for name in params})[0]  # noqa: F821
    approx = numerical_gradient(lambda at: J(vector_to_params(at, layout)), theta, eps)  # noqa: F821
    difference = relative_error(approx, exact)  # noqa: F821
    measured, claimed = vector_to_params(approx, layout), vector_to_params(exact, layout)  # noqa: F821
    per_key = {name: relative_error(measured[name], claimed[name]) for name in params}  # noqa: F821
    gap = vector_to_params(np.abs(approx - exact), layout)  # noqa: F821
    name = max(gap, key=lambda each: gap[each].max())
    row, column = divmod(int(gap[name].argmax()), gap[name].shape[1])
    verdict = "bug" if difference >= 1e-3 else "ok" if difference <= 1e-7 else "inspect"
    return {"error": difference, "verdict": verdict, "per_key": per_key, "worst": [name, [row, column]], "eps": eps}


@variant("gradient_check")
def check_block_by_block(J, params, grads, eps=1e-5):
    """No vector at all: every parameter is moved in a dict of copies."""
    mine = {name: np.array(value, dtype=float) for name, value in params.items()}
    measured = {}
    for name, value in mine.items():
        measured[name] = np.zeros(value.shape)
        for place in np.ndindex(*value.shape):
            old = value[place]
            value[place] = old + eps
            above = J(mine)
            value[place] = old - eps
            measured[name][place] = (above - J(mine)) / (2.0 * eps)
            value[place] = old

    def far(pairs):
        above = np.sqrt(sum(np.sum((a - b) ** 2) for a, b in pairs))
        below = np.sqrt(sum(np.sum(a**2) for a, _ in pairs)) + np.sqrt(sum(np.sum(b**2) for _, b in pairs))
        return float(above / below) if below else 0.0

    pairs = {name: (measured[name], grads[f"d{name}"]) for name in params}
    error = far(list(pairs.values()))
    gaps = [(np.abs(a - b)[place], name, place) for name, (a, b) in pairs.items() for place in np.ndindex(*a.shape)]
    _, name, place = max(gaps, key=lambda entry: entry[0])
    result = {"error": error, "verdict": "inspect"}
    if error <= 1e-7:
        result["verdict"] = "ok"
    elif error >= 1e-3:
        result["verdict"] = "bug"
    result["per_key"] = {name: far([pair]) for name, pair in pairs.items()}
    result["worst"] = (name, place)
    return result


@variant("gradient_check")
def check_with_one_look_at_the_start(J, params, grads, eps=1e-5):
    """The cost at the start may be looked at too; numbers may be numpy's."""
    J(params)
    theta, layout = params_to_vector(params)[:2]  # noqa: F821
    n = len(theta)
    approx = np.zeros((n, 1))
    for i in range(n):
        step = np.zeros((n, 1))
        step[i] = eps
        rise = J(vector_to_params(theta + step, layout)) - J(vector_to_params(theta - step, layout))  # noqa: F821
        approx[i] = rise / (2 * eps)
    blocks = vector_to_params(approx, layout)  # noqa: F821
    far = {name: np.float64(relative_error(blocks[name], grads["d" + name])) for name in params}  # noqa: F821
    stacked = np.concatenate([grads["d" + name].reshape(-1, 1) for name, _ in layout])
    error = np.float64(relative_error(approx, stacked))  # noqa: F821
    largest, worst = -1.0, None
    for name in params:
        gap = abs(blocks[name] - grads["d" + name])
        if gap.max() > largest:
            largest, worst = gap.max(), (name, np.unravel_index(np.argmax(gap), gap.shape))
    verdict = {0: "ok", 1: "inspect", 2: "bug"}[int(error > 1e-7) + int(error >= 1e-3)]
    return {"error": error, "verdict": verdict, "per_key": far, "worst": worst}
