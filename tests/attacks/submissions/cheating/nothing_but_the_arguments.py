"""Every question is handed back: an answer that knows nothing earns nothing."""

MUST = {
    "points": 0.0,
    "verdicts": {
        "one_hot": "failed",
        "softmax": "failed",
        "softmax_loss": "failed",
        "binary_from_softmax": "failed",
        "accuracy": "failed",
    },
    "says": {"softmax": "12 of 12 values are wrong", "one_hot": "Y has shape"},
}


def one_hot(y, num_classes):
    return y


def softmax(Z):
    return Z


def softmax_loss(Z, Y):
    return Z, Y


def binary_from_softmax(Z):
    return Z


def accuracy(A, y):
    return A
