"""Right ways to write backprop.py that look different from the reference; every check must accept them all."""

import numpy as np

from autograder.checking import variant


@variant("sigmoid_backward")
def sigmoid_by_its_value(dA, Z):
    """The textbook form a(1 - a); numpy warns at -1000, and the numbers are right."""
    A = 1 / (1 + np.exp(-Z))
    return dA * A * (1 - A)


@variant("sigmoid_backward")
def sigmoid_by_hyperbolic_functions(dA, Z):
    """a(1 - a) is also 1/4 of one over the squared cosh of z/2; a product may be spread over several lines."""
    half = np.tanh(0.5 * np.asarray(Z, dtype=float))
    slope = 0.25 * (1.0 - half) * (1.0 + half)
    return np.multiply(slope, dA)


@variant("sigmoid_backward")
def sigmoid_by_loop(dA, Z):
    """One entry after the other; a loop is slow, not wrong."""
    dZ = np.zeros(Z.shape)
    for i in range(Z.shape[0]):
        for j in range(Z.shape[1]):
            a = 1.0 / (1.0 + np.exp(-min(max(float(Z[i, j]), -500.0), 500.0)))
            dZ[i, j] = dA[i, j] * a * (1.0 - a)
    return dZ


@variant("sigmoid_backward")
def sigmoid_in_single_precision(dA, Z):
    """Single precision is precise enough; the scores are clipped where the slope is nothing."""
    A = 1 / (1 + np.exp(-np.clip(Z, -80, 80).astype(np.float32)))
    return (dA * A * (1 - A)).astype(np.float32)


@variant("tanh_backward")
def tanh_by_factors(dA, Z):
    """One minus a square is a product of two factors."""
    A = np.tanh(Z)
    return (1 - A) * (1 + A) * dA


@variant("tanh_backward")
def tanh_by_sigmoid(dA, Z):
    """tanh is a sigmoid in disguise; work in place on an array of one's own."""
    dZ = np.array(dA, dtype=float)
    A = 1 / (1 + np.exp(-2 * np.clip(Z, -300, 300)))
    dZ *= 4 * A * (1 - A)
    return dZ


@variant("tanh_backward")
def tanh_by_cosh(dA, Z):
    """One over the squared cosh; beyond 300 it is 0 anyway."""
    return dA / np.cosh(np.clip(Z, -300, 300)) ** 2


@variant("tanh_backward")
def tanh_in_single_precision(dA, Z):
    """Single precision is precise enough for the slope of a curve."""
    small = np.exp(-2 * np.abs(Z))
    return np.asarray(dA * 4 * small / (1 + small) ** 2, dtype=np.float32)


@variant("relu_backward")
def relu_by_mask_on_a_copy(dA, Z, alpha=0.0):
    """The usual three lines, on an array of one's own."""
    dZ = np.array(dA, dtype=float, copy=True)
    dZ[Z <= 0] *= alpha
    return dZ


@variant("relu_backward")
def relu_by_slopes(dA, Z, alpha=0.0):
    """A matrix of slopes, times dA; what happens at exactly 0 is free."""
    return dA * ((Z >= 0) + alpha * (Z < 0))


@variant("relu_backward")
def relu_by_loop(dA, Z, alpha=0.0):
    """One entry after the other."""
    dZ = np.empty(np.shape(dA))
    for i, (gradients, scores) in enumerate(zip(dA, Z, strict=True)):
        for j, (gradient, score) in enumerate(zip(gradients, scores, strict=True)):
            dZ[i, j] = float(gradient) if score > 0 else alpha * float(gradient)
    return dZ


@variant("relu_backward")
def relu_in_single_precision(dA, Z, alpha=0.0):
    """Single precision loses nothing here but digits; the sign of Z gives the slope."""
    slope = (1 + alpha) / 2 + (1 - alpha) / 2 * np.sign(Z)
    return (dA * slope).astype(np.float32)


@variant("linear_backward")
def linear_by_loop(dZ, cache):
    """One example after the other, each with its outer product; the mean is taken at the end."""
    n, m = dZ.shape
    dA_prev, dW, db = np.zeros(cache.A_prev.shape), np.zeros(cache.W.shape), np.zeros((n, 1))
    for j in range(m):
        dA_prev[:, j] = cache.W.T @ dZ[:, j]
        dW += np.outer(dZ[:, j], cache.A_prev[:, j])
        db[:, 0] += dZ[:, j]
    return dA_prev, dW / m, db / m


@variant("linear_backward")
def linear_by_einsum(dZ, cache):
    """einsum names the axes; a list of three is as good as a tuple."""
    A_prev, W, _ = cache
    m = A_prev.shape[1]
    dW = np.einsum("ij,kj->ik", dZ, A_prev) / m
    return [np.einsum("ki,kj->ij", W, dZ), dW, np.einsum("ij->i", dZ).reshape(-1, 1) / m]


@variant("linear_backward", group="four values")
def linear_by_transposes(dZ, cache):
    """(AB)^T = B^T A^T; db is a product with a column of 1/m, and a fourth value may follow the three."""
    m = dZ.shape[1]
    return (dZ.T @ cache.W).T, (cache.A_prev @ dZ.T).T / m, dZ @ np.full((m, 1), 1 / m), "done"


@variant("linear_backward")
def linear_in_single_precision(dZ, cache):
    """Single precision is precise enough for a step of gradient descent."""
    m = np.float32(dZ.shape[1])
    dZ, A_prev, W = (np.asarray(array, dtype=np.float32) for array in (dZ, cache.A_prev, cache.W))
    return W.T.dot(dZ), dZ.dot(A_prev.T) / m, np.mean(dZ, axis=1, keepdims=True)


@variant("output_delta")
def delta_by_cases(AL, Y):
    """Where the truth is 1 the delta is the lack of certainty, elsewhere the answer itself."""
    return np.where(np.asarray(Y) == 1, AL - 1.0, AL)


@variant("output_delta")
def delta_by_loop(AL, Y):
    """One entry after the other."""
    dZ = np.empty(AL.shape)
    for place in np.ndindex(AL.shape):
        dZ[place] = float(AL[place]) - float(Y[place])
    return dZ


@variant("output_delta")
def delta_in_place_on_a_copy(AL, Y):
    """In place, on an array of one's own, and in single precision."""
    dZ = AL.astype(np.float32).copy()
    dZ -= Y.astype(np.float32)
    return dZ


@variant("output_delta")
def delta_by_expansion(AL, Y):
    """The two quotients multiplied out: (1 - Y) AL - Y (1 - AL)."""
    return (1 - Y) * AL - Y * (1 - AL)


@variant("model_backward")
def model_in_one_piece(AL, Y, caches, hidden="relu"):
    """Everything written out, with slopes in a table and no call of another exercise."""
    slopes = {
        "relu": lambda Z: (Z > 0) * 1.0,
        "tanh": lambda Z: 1 - np.tanh(Z) ** 2,
        "sigmoid": lambda Z: np.exp(-Z) / (1 + np.exp(-Z)) ** 2,
        "linear": lambda Z: np.ones(Z.shape),
    }
    m, dZ, grads = AL.shape[1], AL - Y, {}
    for i in range(len(caches) - 1, -1, -1):
        grads[f"dW{i + 1}"] = dZ @ caches[i].A_prev.T / m
        grads[f"db{i + 1}"] = dZ.mean(axis=1).reshape(-1, 1)
        if i:
            dZ = caches[i].W.T @ dZ * slopes[hidden](caches[i - 1].Z)
    return grads


@variant("model_backward")
def model_with_all_gradients(AL, Y, caches, hidden="relu"):
    """Calls the other exercises, and keeps dA and dZ in the dict too; more keys do no harm."""
    through = {
        "relu": relu_backward,  # noqa: F821
        "tanh": tanh_backward,  # noqa: F821
        "sigmoid": sigmoid_backward,  # noqa: F821
        "linear": lambda dA, Z: dA,
    }
    L = len(caches)
    grads = {f"dZ{L}": output_delta(AL, Y)}  # noqa: F821
    for layer in range(L, 0, -1):
        parts = linear_backward(grads[f"dZ{layer}"], caches[layer - 1])  # noqa: F821
        grads[f"dA{layer - 1}"], grads[f"dW{layer}"], grads[f"db{layer}"] = parts[:3]
        if layer > 1:
            grads[f"dZ{layer - 1}"] = through[hidden](grads[f"dA{layer - 1}"], caches[layer - 2].Z)
    return grads


@variant("model_backward")
def model_by_recursion(AL, Y, caches, hidden="relu"):
    """A network is its last layer behind a smaller network; the slope may be taken from the output as well."""
    grads = {}

    def walk(dZ, depth):
        A_prev, W, _ = caches[depth - 1]
        grads["dW" + str(depth)] = np.dot(dZ, A_prev.T) / dZ.shape[1]
        grads["db" + str(depth)] = np.sum(dZ, axis=1, keepdims=True) / dZ.shape[1]
        if depth > 1:
            slope = {
                "tanh": 1 - A_prev**2,
                "sigmoid": A_prev * (1 - A_prev),
                "relu": (A_prev > 0).astype(float),
                "linear": 1.0,
            }[hidden]
            walk(np.dot(W.T, dZ) * slope, depth - 1)

    walk(AL - Y, len(caches))
    return grads


@variant("model_backward")
def model_of_the_mean_from_the_start(AL, Y, caches, hidden="relu"):
    """1/m may enter at the start, if it enters nowhere else; in single precision."""
    grads = {}
    dZ = ((AL - Y) / Y.shape[1]).astype(np.float32)
    for layer in reversed(range(1, len(caches) + 1)):
        cache = caches[layer - 1]
        grads[f"dW{layer}"] = (dZ @ cache.A_prev.T).astype(np.float32)
        grads[f"db{layer}"] = dZ.sum(axis=1, keepdims=True).astype(np.float32)
        if layer > 1:
            Z, dA = caches[layer - 2].Z, cache.W.T @ dZ
            if hidden == "tanh":
                dA = dA * (1 - np.tanh(Z) ** 2)
            elif hidden == "sigmoid":
                dA = dA / (2 + np.exp(Z) + np.exp(-Z))
            elif hidden == "relu":
                dA = np.where(Z > 0, dA, 0)
            dZ = dA.astype(np.float32)
    return grads


@variant("model_backward", group="four values")
def model_for_four_values(AL, Y, caches, hidden="relu"):
    """Whose linear_backward gives a fourth value knows of it."""
    back = {"relu": relu_backward, "tanh": tanh_backward, "sigmoid": sigmoid_backward}  # noqa: F821
    grads, dZ = {}, output_delta(AL, Y)  # noqa: F821
    for layer in range(len(caches), 0, -1):
        dA, dW, db, *_ = linear_backward(dZ, caches[layer - 1])  # noqa: F821
        grads.update({f"dW{layer}": dW, f"db{layer}": db})
        if layer > 1:
            dZ = back[hidden](dA, caches[layer - 2].Z) if hidden in back else dA
    return grads


@variant("update_gd")
def update_layer_by_layer(params, grads, lr):
    """A loop over the layers, as the notes write it."""
    new = {}
    for layer in range(1, len(params) // 2 + 1):
        new["W" + str(layer)] = params["W" + str(layer)] - lr * grads["dW" + str(layer)]
        new["b" + str(layer)] = params["b" + str(layer)] - lr * grads["db" + str(layer)]
    return new


@variant("update_gd")
def update_in_place_on_copies(params, grads, lr):
    """Editing in place is fine once the arrays are one's own."""
    new = {key: np.array(value, dtype=float) for key, value in params.items()}
    for key in new:
        new[key] -= lr * grads[f"d{key}"]
    return new


@variant("update_gd")
def update_by_deep_copy(params, grads, lr):
    """A deep copy may be edited too."""
    from copy import deepcopy

    new = deepcopy(params)
    for key, value in new.items():
        new[key] = np.subtract(value, np.multiply(lr, grads["d" + key]))
    return new


@variant("update_gd")
def update_in_single_precision(params, grads, lr):
    """Single precision is precise enough, and the order of the keys is free."""
    return {key: (params[key] + (-lr) * grads["d" + key]).astype(np.float32) for key in sorted(params)}
