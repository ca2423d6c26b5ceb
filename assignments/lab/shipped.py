"""A network that somebody else has trained, as it stands in data/tumour_network.json; data/make_network.py made it."""

import json
from dataclasses import dataclass

import numpy as np

from . import reference
from .tables import Part, breast_cancer


@dataclass(frozen=True)
class Shipped:
    """A network with tanh in its hidden layer and a sigmoid at the end, and what it is known to have answered.

    params: W1, b1, W2, b2. part: all tumours, brought to the scale that the network was trained with. answers: (1, m)
    its P(benign) for each of them, to nine digits. test: columns of those that took no part in its training.
    """

    params: dict[str, np.ndarray]
    part: Part
    answers: np.ndarray
    test: np.ndarray

    @property
    def sizes(self):
        """Units of each layer, from the features to the output."""
        return [self.params["W1"].shape[1], self.params["W1"].shape[0], self.params["W2"].shape[0]]


def tumour_network():
    """Return the network that tells benign tumours from malignant ones."""
    told = json.loads((reference.folder / "data" / "tumour_network.json").read_text(encoding="ascii"))
    table = breast_cancer()
    mu, sigma = (np.array(told[key])[:, np.newaxis] for key in ("mu", "sigma"))
    X = reference.data.apply_normalizer(table.X, mu, sigma)
    params = {key: np.array(told[key]) for key in ("W1", "b1", "W2", "b2")}
    part = Part(X, table.y, reference.softmax.one_hot(table.y, table.classes))
    return Shipped(params, part, np.array(told["answers"])[np.newaxis], np.array(told["test"]))
