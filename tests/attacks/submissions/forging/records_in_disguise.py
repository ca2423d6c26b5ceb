"""Named tuples whose names, fields and values are not what they say, and texts and numbers of derived classes."""

MUST = {
    "points": 0.0,
    "verdicts": {"one_hot": ["failed", "crashed"], "softmax": ["failed", "crashed"], "softmax_loss": ["failed", "crashed"], "binary_from_softmax": ["failed", "crashed"], "accuracy": ["failed", "crashed"]},
    "says": {"one_hot": "named tuple|Error|returned", "accuracy": "accuracy"},
}

import collections


class Number(int):
    """An integer that writes itself."""

    def to_bytes(self, *_, **__):
        return b"l\xff\xff\xff\xff"

    def bit_length(self):
        return -8

    def __le__(self, other):
        return False


class Text(str):
    """A text that encodes itself."""

    def encode(self, *_):
        return b"\xff" * 8


def record(name, fields, values):
    """A tuple that says it is a record."""
    return type(name, (tuple,), {"_fields": fields})(values)


def one_hot(y, num_classes):
    """More fields than values."""
    return record("Liar", ("a", "b", "c"), (1,))


def softmax(Z):
    """Fields that are no texts, under a name that is hardly one."""
    return record("\x1b[2J" * 100, (1, None, b"x"), (1, 2, 3))


def softmax_loss(Z, Y):
    """Two values for the check, in a record of a course's own name."""
    return collections.namedtuple("Gradients", "J dZ")(Number(3), {Text("J"): 1})


def binary_from_softmax(Z):
    """A dict that yields other items than it holds."""
    return type("Dict", (dict,), {"items": lambda self: [(Text("x"), 1)] * 10, "__len__": lambda self: 3})(x=1)


def accuracy(A, y):
    """An integer that is 2 and says otherwise."""
    return Number(2)
