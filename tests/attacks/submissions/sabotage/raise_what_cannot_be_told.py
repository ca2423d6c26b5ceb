"""Exceptions that loop, lie, explode or bleed when somebody asks what they are."""

MUST = {
    "verdicts": {
        "one_hot": "timed_out",
        "softmax": "crashed",
        "softmax_loss": "crashed",
        "binary_from_softmax": "crashed",
        "accuracy": "crashed",
    },
    "says": {
        "one_hot": "no answer within 1 s",
        "softmax": "Silent softmax.py, line",
        "softmax_loss": "Loud: (.x00|.x1b)+",
        "binary_from_softmax": "(?i)exception",
        "accuracy": "(?i)exception|ImportError|Missing",
    },
}


class Endless(Exception):
    """Goes on."""

    def __str__(self):
        while True:
            try:
                while True:
                    pass
            except BaseException:
                pass


class Silent(Exception):
    """Has no words, and takes its listener along."""

    def __str__(self):
        raise SystemExit(0)


class Loud(Exception):
    """Has fifty million words."""

    def __str__(self):
        return "\x00\x1b" * 25_000_000


class Nameless(type):
    """A class of classes without a name."""

    @property
    def __name__(self):
        raise KeyboardInterrupt


class Masked(Exception, metaclass=Nameless):
    """Has no name."""


class Missing(ImportError):
    """Is missing everything."""

    @property
    def name(self):
        raise SystemExit(0)

    @property
    def __traceback__(self):
        raise SystemExit(0)


def one_hot(y, num_classes):
    """Raise what never ends."""
    raise Endless


def softmax(Z):
    """Raise what will not speak."""
    raise Silent


def softmax_loss(Z, Y):
    """Raise what speaks too much."""
    raise Loud


def binary_from_softmax(Z):
    """Raise what cannot be named."""
    raise Masked


def accuracy(A, y):
    """Raise what cannot be looked at."""
    raise Missing("no module called numpy")
