"""The answer out of a library: the course is numpy alone, and so is the sandbox, whatever the machine has installed."""

MUST = {
    "points": 3.0,
    "verdicts": {"softmax": "crashed", "softmax_loss": "crashed", "accuracy": "passed"},
    "says": {"softmax": "ModuleNotFoundError", "softmax_loss": "ModuleNotFoundError"},
}

import numpy as np


def softmax(Z):
    from scipy.special import softmax as theirs

    return theirs(Z, axis=0)


def softmax_loss(Z, Y):
    import torch

    return float(torch.nn.functional.cross_entropy(torch.tensor(Z.T), torch.tensor(Y.T))), softmax(Z) - Y


def accuracy(A, y):
    answers = A[0] > 0.5 if len(A) == 1 else np.argmax(A, axis=0)
    return float(np.mean(answers == y))
