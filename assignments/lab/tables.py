"""Tables of data as the course wants them: examples are columns, everything is float64, labels count from 0."""

import gzip
from dataclasses import dataclass
from functools import cache

import numpy as np

from autograder.checking import SeededRNG

from . import reference


@dataclass(frozen=True)
class Table:
    """X (n_x, m) features, one column per example; y (m,) labels; classes: how many there are."""

    name: str
    X: np.ndarray
    y: np.ndarray
    classes: int


@dataclass(frozen=True)
class Part:
    """Some examples of a table: X (n_x, m), y (m,) labels, Y (C, m) one-hot."""

    X: np.ndarray
    y: np.ndarray
    Y: np.ndarray

    @property
    def row(self):
        """The labels as (1, m) float64, for a network with a single output."""
        return self.y[np.newaxis].astype(np.float64)

    def first(self, m):
        """Return the first m examples."""
        return Part(self.X[:, :m], self.y[:m], self.Y[:, :m])


@dataclass(frozen=True)
class Split:
    """A table cut in three: to train with, to choose with, to judge with."""

    train: Part
    dev: Part
    test: Part


def iris():
    """Four lengths of 150 irises of three kinds."""
    return _read("iris", 3)


def wine():
    """Thirteen measurements of 178 wines of three growers, in very different units."""
    return _read("wine", 3)


def breast_cancer():
    """Thirty measurements of 569 tumours, 0 malignant and 1 benign."""
    return _read("breast_cancer", 2)


def digits():
    """1,797 images of the digits 0 to 9, 8 by 8 pixels row by row, from 0 (white) to 1 (black)."""
    table = _read("digits", 10)
    return Table(table.name, table.X / 16.0, table.y, table.classes)


def split(table, seed, fractions=(0.6, 0.2, 0.2)):
    """Cut a table into train, dev and test; another seed deals the examples out in another way."""
    parts = reference.data.train_dev_test_split(table.X, table.y[np.newaxis], fractions, SeededRNG(seed))
    return Split(
        *(_part(parts[f"X_{name}"], parts[f"Y_{name}"][0], table.classes) for name in ("train", "dev", "test"))
    )


def normalized(parts):
    """Return a split whose features have mean 0 and deviation 1 on the training part, and the same scales elsewhere."""
    mu, sigma = reference.data.fit_normalizer(parts.train.X)

    def scaled(part):
        return Part(reference.data.apply_normalizer(part.X, mu, sigma), part.y, part.Y)

    return Split(scaled(parts.train), scaled(parts.dev), scaled(parts.test))


def _part(X, y, classes):
    y = y.astype(np.int64)
    return Part(X, y, reference.softmax.one_hot(y, classes))


@cache
def _read(name, classes):
    file = reference.folder / "data" / f"{name}.csv"
    data = file.read_bytes() if file.exists() else gzip.decompress(file.with_suffix(".csv.gz").read_bytes())
    rows = np.loadtxt(data.decode("ascii").splitlines()[1:], delimiter=",")
    X, y = np.ascontiguousarray(rows[:, :-1].T), rows[:, -1].astype(np.int64)
    for shared in (X, y):
        shared.flags.writeable = False
    return Table(name, X, y, classes)
