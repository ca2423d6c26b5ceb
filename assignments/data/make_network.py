"""Train the network beside this file anew: `python assignments/data/make_network.py`, from the root of the repository.

Needed once, by whoever keeps this course. Another machine may find other last digits, so what was found is kept
with few of them: whoever runs the network in tumour_network.json has to come to the same answers everywhere.
"""

import json
from pathlib import Path

import numpy as np

from autograder.checking import SeededRNG
from autograder.course import find_course, read_course
from autograder.course.laboratory import load_lab

HERE = Path(__file__).parent
SIZES = [30, 8, 1]
STEPS, RATE, SEED = 20, 0.3, 0
THRESHOLDS = np.arange(1, 10) / 10


def trained(lab, X, Y):
    """Train 30-8-1 with tanh and sigmoid by gradient descent; weights and biases to four decimals."""
    forward, backprop = lab.reference.forward, lab.reference.backprop
    params = lab.reference.initialization.initialize_xavier(SIZES, SeededRNG(SEED))
    for _ in range(STEPS):
        AL, caches = forward.model_forward(X, params, "tanh", "sigmoid")
        params = backprop.update_gd(params, backprop.model_backward(AL, Y, caches, "tanh"), RATE)
    return {key: np.round(value, 4) for key, value in params.items()}


def six_digits(numbers):
    """Round each number to six significant digits."""
    return np.array([[float(f"{x:.6g}") for x in row] for row in numbers])


def network(lab):
    """Return what the file holds: the network, the scale of its inputs, and its answers to all 569 tumours."""
    table, data = lab.breast_cancer(), lab.reference.data
    columns = np.arange(table.X.shape[1])[np.newaxis]
    parts = data.train_dev_test_split(table.X, columns, (0.6, 0.2, 0.2), SeededRNG(SEED))
    mu, sigma = (six_digits(each) for each in data.fit_normalizer(parts["X_train"]))
    X, Y = data.apply_normalizer(table.X, mu, sigma), table.y[np.newaxis].astype(float)
    train, test = parts["Y_train"][0], parts["Y_test"][0]
    params = trained(lab, X[:, train], Y[:, train])
    answers = lab.reference.forward.model_forward(X, params, "tanh", "sigmoid")[0]
    assert np.min(np.abs(answers - THRESHOLDS[:, np.newaxis])) > 1e-5, "an answer is too near to a threshold"
    assert np.mean((answers > 0.5) == Y, where=np.isin(columns, test)) > 0.97, "not good enough to be shipped"
    return {
        "about": "P(benign) of the tumours in breast_cancer.csv; hidden units tanh, output sigmoid",
        "mu": mu.ravel().tolist(),
        "sigma": sigma.ravel().tolist(),
        **{key: value.tolist() for key, value in params.items()},
        "test": test.tolist(),
        "answers": [float(f"{a:.9g}") for a in answers[0]],
    }


if __name__ == "__main__":
    course = find_course(HERE)
    made = network(load_lab(read_course(course)))
    lines = ",\n".join(f"{json.dumps(key)}: {json.dumps(value)}" for key, value in made.items())
    (HERE / "tumour_network.json").write_text("{\n" + lines + "\n}\n", encoding="ascii")
