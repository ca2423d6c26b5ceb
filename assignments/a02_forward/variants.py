"""Right ways to write forward.py that look different from the reference; every check must accept them all."""

import numpy as np

from autograder.checking import variant


@variant("sigmoid")
def sigmoid_by_masks(Z):
    """Each side gets the form that is harmless there, and nothing is computed twice."""
    A = np.empty(Z.shape)
    right = Z >= 0
    A[right] = 1.0 / (1.0 + np.exp(-Z[right]))
    grown = np.exp(Z[~right])
    A[~right] = grown / (1.0 + grown)
    return A


@variant("sigmoid")
def sigmoid_by_tanh(Z):
    """The sigmoid of z is (1 + tanh(z/2))/2; single precision is welcome."""
    return (0.5 * (1.0 + np.tanh(Z / 2.0))).astype(np.float32)


@variant("sigmoid")
def sigmoid_clipped_far_out(Z):
    """Beyond ±500 the sigmoid is 0 or 1 to every digit, so clipping there changes nothing."""
    return 1.0 / (1.0 + np.exp(-np.clip(Z, -500, 500)))


@variant("sigmoid")
def sigmoid_by_logaddexp(Z):
    """ln of the sigmoid is -ln(1 + e^-z), which logaddexp computes without overflow."""
    return np.exp(-np.logaddexp(0.0, -Z))


@variant("sigmoid")
def sigmoid_by_loops(Z):
    """One entry after the other, with the power that cannot overflow; a loop is slow, not wrong."""
    import math

    def squeeze(z):
        return 1.0 / (1.0 + math.exp(-z)) if z >= 0 else math.exp(z) / (1.0 + math.exp(z))

    return np.array([[squeeze(z) for z in row] for row in Z])


@variant("sigmoid")
def sigmoid_without_warnings(Z):
    """The overflow ends in 1/(1 + inf) = 0, which is right; who knows that may tell numpy to be quiet."""
    with np.errstate(over="ignore"):
        return 1.0 / (1.0 + np.exp(-np.asarray(Z, dtype=float)))


@variant("tanh")
def tanh_of_numpy(Z):
    """numpy's own gives the same numbers."""
    return np.tanh(Z)


@variant("tanh")
def tanh_by_sigmoid(Z):
    """Twice the room's own sigmoid of 2z, minus 1."""
    return 2.0 * sigmoid(2.0 * Z) - 1.0  # noqa: F821 - every file of this room has a sigmoid


@variant("tanh")
def tanh_with_overflow_to_infinity(Z):
    """e^(2z) may become infinite here: 1 - 2/(inf + 1) is 1, as it should be."""
    return 1.0 - 2.0 / (np.exp(2.0 * Z) + 1.0)


@variant("tanh")
def tanh_clipped_in_single_precision(Z):
    """Beyond ±30 tanh is ±1 to every digit; single precision is welcome."""
    up = np.exp(np.clip(Z, -30, 30))
    return ((up - 1 / up) / (up + 1 / up)).astype(np.float32)


@variant("relu")
def relu_by_maximum(Z, alpha=0.0):
    """For slopes below 1, the larger of z and alpha z is the right one."""
    return np.maximum(Z, alpha * Z)


@variant("relu")
def relu_by_two_sums(Z, alpha=0.0):
    """The positive part and alpha times the negative part."""
    return np.maximum(0, Z) + alpha * np.minimum(0, Z)


@variant("relu")
def relu_by_mask(Z, alpha=0.0):
    """Editing in place is fine once the array is one's own, and has room for fractions."""
    A = np.array(Z, dtype=np.float64)
    A[A < 0] *= alpha
    return A


@variant("relu")
def relu_by_loops(Z, alpha=0.0):
    """One entry after the other; a list of lists is not an array yet."""
    return np.array([[float(z) if z >= 0 else alpha * z for z in row] for row in Z], dtype=np.float32)


@variant("relu")
def relu_that_keeps_integers(Z, alpha=0.0):
    """Without a slope nothing leaves the whole numbers, and integers may stay what they are."""
    return Z * (Z > 0) if alpha == 0 else Z * np.where(Z > 0, 1.0, alpha)


@variant("linear_forward")
def linear_by_einsum(A_prev, W, b):
    """Row of W, column of A_prev, summed over what they share."""
    return np.einsum("ik,kj->ij", W, A_prev) + b


@variant("linear_forward")
def linear_by_columns(A_prev, W, b):
    """One example after the other; a loop is slow, not wrong."""
    columns = [np.dot(W, A_prev[:, [j]]) + b for j in range(A_prev.shape[1])]
    return np.hstack(columns)


@variant("linear_forward")
def linear_with_a_row_of_ones(A_prev, W, b):
    """The bias is one more weight, whose input is always 1."""
    ones = np.ones((1, A_prev.shape[1]))
    return np.hstack([W, b]) @ np.vstack([A_prev, ones])


@variant("linear_forward")
def linear_of_transposed_rows(A_prev, W, b):
    """The row layout of other courses, turned back at the end."""
    return (A_prev.T @ W.T + b.T).T


@variant("linear_forward")
def linear_in_single_precision(A_prev, W, b):
    """Single precision is precise enough, and += is fine on an array of one's own that has room for fractions."""
    Z = np.matmul(W.astype(np.float32), A_prev.astype(np.float32))
    Z += b.astype(np.float32)
    return Z


@variant("model_forward")
def model_by_the_rooms_own_functions(X, params, hidden="relu", output="sigmoid"):
    """The links of the chain are the other exercises of this room."""
    bends = {"relu": relu, "tanh": tanh, "sigmoid": sigmoid, "linear": np.asarray}  # noqa: F821
    L = len(params) // 2
    A, caches = X, []
    for layer in range(1, L + 1):
        Z = linear_forward(A, params[f"W{layer}"], params[f"b{layer}"])  # noqa: F821
        caches.append(LayerCache(A_prev=A, W=params[f"W{layer}"], Z=Z))  # noqa: F821
        A = bends[hidden if layer < L else output](Z)
    return A, caches


@variant("model_forward")
def model_with_plain_tuples(X, params, hidden="relu", output="sigmoid"):
    """Lists for tuples, tuples for named tuples, and a third value that nobody asked for."""
    scores = {"relu": lambda Z: Z * (Z > 0), "tanh": np.tanh, "linear": lambda Z: Z.copy()}
    scores["sigmoid"] = lambda Z: 0.5 + 0.5 * np.tanh(0.5 * Z)
    caches, activations = [], [np.array(X)]
    depth = sum(key.startswith("W") for key in params)
    for layer in range(depth):
        W, b = params["W" + str(layer + 1)], params["b" + str(layer + 1)]
        Z = np.dot(W, activations[-1]) + b
        caches.append([activations[-1], W, Z])
        activations.append(scores[output if layer == depth - 1 else hidden](Z))
    return [activations[-1], tuple(caches), activations]


@variant("model_forward")
def model_by_recursion(X, params, hidden="relu", output="sigmoid"):
    """The last layer on top of the network without it."""
    bends = {
        "relu": lambda Z: np.maximum(Z, 0.0),
        "tanh": np.tanh,
        "sigmoid": lambda Z: np.exp(-np.logaddexp(0.0, -Z)),
        "linear": lambda Z: Z,
    }

    def up_to(layer, name):
        if layer == 0:
            return X, []
        A_prev, caches = up_to(layer - 1, hidden)
        W = params[f"W{layer}"]
        Z = W @ A_prev + params[f"b{layer}"]
        return bends[name](Z), [*caches, (A_prev, W, Z)]

    return up_to(max(int(key[1:]) for key in params), output)


@variant("model_forward")
def model_by_examples(X, params, hidden="relu", output="sigmoid"):
    """One example after the other, put together at the end; in single precision."""
    bends = {"relu": lambda Z: np.where(Z > 0, Z, 0), "tanh": np.tanh, "linear": np.array}
    bends["sigmoid"] = lambda Z: 1 / (1 + np.exp(-Z))
    L = len(params) // 2
    entering = [[] for _ in range(L)]
    scores = [[] for _ in range(L)]
    answers = []
    for column in X.T:
        a = column.reshape(-1, 1).astype(np.float32)
        for layer in range(L):
            entering[layer].append(a)
            z = (params[f"W{layer + 1}"] @ a + params[f"b{layer + 1}"]).astype(np.float32)
            scores[layer].append(z)
            a = bends[output if layer == L - 1 else hidden](z)
        answers.append(a)
    caches = [
        LayerCache(np.hstack(entering[layer]), params[f"W{layer + 1}"], np.hstack(scores[layer]))  # noqa: F821
        for layer in range(L)
    ]
    return np.hstack(answers), caches


@variant("binary_cross_entropy")
def bce_by_product_of_rows(AL, Y):
    """A row times a column adds up the prices; the (1, 1) matrix that is left is one number."""
    P = np.clip(AL, 1e-12, 1 - 1e-12)
    return -(np.log(P) @ Y.T + np.log(1 - P) @ (1 - Y).T) / AL.shape[1]


@variant("binary_cross_entropy")
def bce_of_the_truths_probability(AL, Y):
    """First the probability that the truth got, then its logarithm."""
    of_truth = np.where(Y == 1, AL, 1 - AL)
    return -np.log(np.clip(of_truth, 1e-12, 1 - 1e-12)).mean()


@variant("binary_cross_entropy")
def bce_by_loop(AL, Y):
    """One example after the other, with an eps of 1e-12 inside the logarithm, which is the same bound."""
    import math

    J = 0.0
    for a, y in zip(AL[0], Y[0], strict=True):
        J -= math.log(a + 1e-12) if y else math.log(1.0 - a + 1e-12)
    return J / len(AL[0])


@variant("binary_cross_entropy")
def bce_with_both_logarithms_bounded(AL, Y):
    """Bounding each argument from below does the same; an array without axes is one number."""
    yes, no = np.log(np.maximum(AL, 1e-12)), np.log(np.maximum(1 - AL, 1e-12))
    return np.array(-np.average(Y * yes + (1 - Y) * no), dtype=np.float32)


@variant("collapse_linear_network")
def collapse_from_the_top(params):
    """Starting at the last layer, each bias is multiplied by the product of all that lies above it."""
    L = len(params) // 2
    above = np.eye(params[f"W{L}"].shape[0])
    b_eff = np.zeros((len(above), 1))
    for layer in range(L, 0, -1):
        b_eff = b_eff + above @ params[f"b{layer}"]
        above = above @ params[f"W{layer}"]
    return above, b_eff


@variant("collapse_linear_network")
def collapse_by_asking_the_network(params):
    """Zeros show the bias, and the columns of the identity show the columns of W_eff."""
    n_0 = params["W1"].shape[1]
    b_eff = model_forward(np.zeros((n_0, 1)), params, "linear", "linear")[0]  # noqa: F821 - of this room
    return model_forward(np.eye(n_0), params, "linear", "linear")[0] - b_eff, b_eff  # noqa: F821


@variant("collapse_linear_network")
def collapse_with_a_row_of_ones(params):
    """The bias as one more column of weights, and a row that passes the 1 on: then the layers just multiply."""
    total = np.eye(params["W1"].shape[1] + 1)
    for layer in range(1, len(params) // 2 + 1):
        W, b = params[f"W{layer}"], params[f"b{layer}"]
        last = np.zeros((1, W.shape[1] + 1))
        last[0, -1] = 1.0
        total = np.vstack([np.hstack([W, b]), last]) @ total
    return [total[:-1, :-1], total[:-1, -1:], "a summary"]


@variant("collapse_linear_network")
def collapse_by_linear_forward(params):
    """The bias takes the way of an example through the layers above it; single precision is welcome."""
    W_eff, b_eff = params["W1"], params["b1"]
    for layer in range(2, len(params) // 2 + 1):
        W_eff = np.dot(params[f"W{layer}"], W_eff)
        b_eff = linear_forward(b_eff, params[f"W{layer}"], params[f"b{layer}"])  # noqa: F821 - of this room
    return W_eff.astype(np.float32), b_eff


@variant("count_parameters")
def count_by_loop(layer_dims):
    """One layer after the other."""
    total = 0
    for layer in range(1, len(layer_dims)):
        total += layer_dims[layer] * layer_dims[layer - 1]
        total += layer_dims[layer]
    return total


@variant("count_parameters")
def count_by_making_arrays(layer_dims):
    """Make the arrays and measure them."""
    pairs = zip(layer_dims[1:], layer_dims[:-1], strict=True)
    return sum(np.empty((n, n_prev)).size + np.empty((n, 1)).size for n, n_prev in pairs)


@variant("count_parameters")
def count_by_dot_product(layer_dims):
    """All weights are one dot product, and all biases one sum; a float holds the count exactly."""
    n = np.array(layer_dims, dtype=float)
    return np.dot(n[:-1], n[1:]) + n[1:].sum()
