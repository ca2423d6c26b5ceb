"""The same number for everything: an answer that knows nothing earns nothing."""

MUST = {
    "points": 0.0,
    "verdicts": {
        "one_hot": "failed",
        "softmax": "failed",
        "softmax_loss": "failed",
        "binary_from_softmax": "failed",
        "accuracy": "failed",
    },
    "says": {"softmax_loss": "expected two"},
}


def one_hot(y, num_classes):
    return 0.5


softmax = binary_from_softmax = lambda Z: 0.5
softmax_loss = accuracy = lambda A, y: 0.5
