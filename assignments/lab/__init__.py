"""The lab: given training code for the capstones, trusted and short.

A capstone trains a network on the grader's side of the wire and calls the student's functions on the way. What it needs
for that besides is here: tables of data and how to split them (`tables`), a training loop for networks with softmax
output in which every function of the course can be exchanged (`training`), a classifier by distances (`nearest`), a
network that somebody has trained already (`shipped`), and backward passes for a gradient check to judge (`suspects`).

No solution stands here. `from . import reference` gives those of the course, as `reference.softmax.softmax_loss`.
"""

from . import reference
from .nearest import centres, nearest
from .shipped import Shipped, tumour_network
from .suspects import SUSPECTS, never_averaged, right, scene, slope_taken_for_one
from .tables import Part, Split, Table, breast_cancer, digits, iris, normalized, split, wine
from .training import Network, Run, State, accuracy, cost, number, scores, train

__all__ = [
    "SUSPECTS",
    "Network",
    "Part",
    "Run",
    "Shipped",
    "Split",
    "State",
    "Table",
    "accuracy",
    "breast_cancer",
    "centres",
    "cost",
    "digits",
    "iris",
    "nearest",
    "never_averaged",
    "normalized",
    "number",
    "reference",
    "right",
    "scene",
    "scores",
    "slope_taken_for_one",
    "split",
    "train",
    "tumour_network",
    "wine",
]
