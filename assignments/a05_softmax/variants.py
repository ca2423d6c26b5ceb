"""Right ways to write softmax.py that look different from the reference; every check must accept them all."""

import numpy as np

from autograder.checking import variant


@variant("one_hot")
def one_hot_by_comparison(y, num_classes):
    """Comparing a column of class numbers with the row of labels asks every entry its question at once."""
    return (np.arange(num_classes).reshape(-1, 1) == y).astype(np.float64)


@variant("one_hot")
def one_hot_by_loop(y, num_classes):
    """One example after the other; slow for many examples, and right."""
    Y = np.zeros((num_classes, len(y)))
    for example, label in enumerate(y):
        Y[label, example] = 1.0
    return Y


@variant("one_hot")
def one_hot_from_identity(y, num_classes):
    """The columns of the identity matrix are the answer; single precision holds 0 and 1 exactly."""
    return np.eye(num_classes, dtype=np.float32)[y].T


@variant("one_hot")
def one_hot_by_scattering(y, num_classes):
    """np.add.at adds a 1 at each (label, example)."""
    Y = np.zeros((num_classes, np.size(y)), order="F")
    np.add.at(Y, (np.asarray(y, dtype=int), np.arange(np.size(y))), 1)
    return Y


@variant("softmax")
def softmax_by_loop(Z):
    """One column after the other, each with its own maximum and its own sum."""
    A = np.zeros(Z.shape)
    for j in range(Z.shape[1]):
        t = np.exp(Z[:, j] - max(Z[:, j]))
        A[:, j] = t / sum(t)
    return A


@variant("softmax")
def softmax_in_single_precision(Z):
    """Single precision has seven digits, which is enough for probabilities."""
    t = np.exp((Z - Z.max(axis=0, keepdims=True)).astype(np.float32))
    return t / t.sum(axis=0, keepdims=True)


@variant("softmax")
def softmax_in_place_on_a_copy(Z):
    """Editing in place is fine once the array is one's own."""
    A = np.array(Z, dtype=float)
    A -= np.amax(A, axis=0)
    np.exp(A, out=A)
    A /= np.sum(A, axis=0)
    return A


@variant("softmax")
def softmax_by_logaddexp(Z):
    """logaddexp.reduce is the logarithm of the sum of exponentials, computed without overflow."""
    return np.exp(Z - np.logaddexp.reduce(np.asarray(Z, dtype=float), axis=0))


@variant("softmax")
def softmax_of_transposed_rows(Z):
    """Normalising the rows of the transposed matrix normalises the columns."""
    rows = Z.T - Z.T.max(axis=1, keepdims=True)
    return (np.exp(rows) / np.exp(rows).sum(axis=1, keepdims=True)).T


@variant("softmax_loss")
def loss_with_the_probabilities(Z, Y):
    """A third value after the promised two is a student's right."""
    log_P = Z - np.logaddexp.reduce(Z, axis=0, keepdims=True)
    P = np.exp(log_P)
    return -(Y * log_P).sum() / Y.shape[1], P - Y, P


@variant("softmax_loss")
def loss_as_a_list_with_boxed_cost(Z, Y):
    """A list is as good as a tuple, and a cost of shape (1, 1) is still one number."""
    S = Z - np.max(Z, axis=0)
    log_P = S - np.log(np.sum(np.exp(S), axis=0))
    J = -np.sum(np.sum(Y * log_P, axis=0, keepdims=True), axis=1, keepdims=True) / Z.shape[1]
    return [J, np.exp(log_P) - Y]


@variant("softmax_loss")
def loss_by_true_labels(Z, Y):
    """Picking the true class by its index reads the same m numbers as multiplying by the one-hot matrix."""
    S = Z - Z.max(axis=0)
    log_total = np.log(np.exp(S).sum(axis=0))
    labels, m = Y.argmax(axis=0), Z.shape[1]
    dZ = np.exp(S - log_total)
    dZ[labels, np.arange(m)] -= 1
    return np.mean(log_total - S[labels, np.arange(m)]), dZ


@variant("softmax_loss")
def loss_by_loop(Z, Y):
    """One example after the other: its loss is log-sum-exp minus the true score."""
    J, dZ = 0.0, np.empty(Z.shape)
    for j in range(Z.shape[1]):
        top = Z[:, j].max()
        log_total = top + np.log(np.exp(Z[:, j] - top).sum())
        J += (log_total - Z[:, j] @ Y[:, j]) / Z.shape[1]
        dZ[:, j] = np.exp(Z[:, j] - log_total) - Y[:, j]
    return np.array(J), dZ


@variant("softmax_loss")
def loss_calling_softmax(Z, Y):
    """The room's own softmax may give the gradient; only the cost needs logarithms from the start."""
    S = Z - Z.max(axis=0)
    J = np.log(np.exp(S).sum(axis=0)).mean() - (S * Y).sum(axis=0).mean()
    return float(J), softmax(Z) - Y  # noqa: F821 - every file of this room has a softmax


@variant("softmax_loss")
def loss_in_single_precision(Z, Y):
    """Single precision has seven digits; the maximum is subtracted before any are lost."""
    S = (Z - Z.max(axis=0)).astype(np.float32)
    log_P = S - np.log(np.exp(S).sum(axis=0))
    truth = Y.astype(np.float32)
    return -np.sum(truth * log_P) / np.float32(Z.shape[1]), np.exp(log_P) - truth


@variant("binary_from_softmax")
def binary_by_plain_sigmoid(Z):
    """exp may overflow to inf here, and 1/(1 + inf) is the right answer, 0."""
    return 1 / (1 + np.exp(-(Z[1] - Z[0]).reshape(1, -1)))


@variant("binary_from_softmax")
def binary_by_softmax(Z):
    """Row 1 of the room's own softmax is what is asked for."""
    return softmax(Z)[1:]  # noqa: F821 - every file of this room has a softmax


@variant("binary_from_softmax")
def binary_by_tanh(Z):
    """The sigmoid of d is (1 + tanh(d/2))/2; single precision is welcome."""
    return (0.5 * (1 + np.tanh(np.diff(Z, axis=0) / 2))).astype(np.float32)


@variant("binary_from_softmax")
def binary_by_logaddexp(Z):
    """ln of the sigmoid of d is -ln(1 + exp(-d)), which logaddexp computes without overflow."""
    return np.exp(-np.logaddexp(0.0, Z[:1] - Z[1:]))


@variant("accuracy")
def accuracy_by_loop(A, y):
    """Counting one example after the other."""
    right = 0
    for j in range(A.shape[1]):
        answer = int(A[0, j] > 0.5) if A.shape[0] == 1 else int(np.argmax(A[:, j]))
        right += answer == y[j]
    return right / A.shape[1]


@variant("accuracy")
def accuracy_as_a_zero_dimensional_array(A, y):
    """An array without axes is one number; np.round sends 0.5 to 0, the even neighbour."""
    answers = np.round(A).astype(int) if len(A) == 1 else np.argmax(A, axis=0)[None, :]
    return np.array((answers == y).mean(), dtype=np.float32)


@variant("accuracy")
def accuracy_as_one_minus_errors(A, y):
    """The share of right answers is 1 minus the share of wrong ones; a (1, 1) matrix is one number."""
    answers = np.vstack([1.0 - A, A]).argmax(axis=0) if A.shape[0] == 1 else A.argmax(axis=0)
    return np.array([[1.0 - np.count_nonzero(answers - y) / y.size]])
