"""How a start decides: signals that fade from layer to layer, units that stay twins, products that explode."""

import numpy as np

from autograder.checking import SeededRNG, say
from autograder.pictures import panel, picture


@picture
def spread_of_the_signal_by_layer(figure, student, lab):
    """Ten layers of 100 units look at 500 digits before any training. Too small a start lets the signal fade by the
    same factor in every layer: a straight line down. With ReLU only He keeps it level; with tanh Xavier will do,
    too."""
    X = lab.normalized(lab.split(lab.digits(), seed=0)).train.X[:, :500]
    dims = [64, *[100] * 10, 10]
    starts = {
        "small, 0.01": lambda: student.initialize_small(dims, SeededRNG(1)),
        "Xavier": lambda: student.initialize_xavier(dims, SeededRNG(1)),
        "He": lambda: student.initialize_he(dims, SeededRNG(1)),
        "Glorot": lambda: student.initialize_glorot(dims, SeededRNG(1)),
    }
    for axes, hidden in zip(figure.subplots(1, 2, sharey=True), ("relu", "tanh"), strict=True):
        with panel(axes):
            for (name, start), style in zip(starts.items(), ("o-", "s-", "^-", "x:"), strict=True):
                axes.plot(range(1, 11), student.activation_profile(X, start(), hidden), style, label=name, markersize=5)
            axes.set(title=hidden, xlabel=say("layer"), yscale="log", xticks=range(1, 11))
            if hidden == "relu":
                axes.set_ylabel(say("standard deviation of A[l]"))
                axes.legend(loc="lower left")


@picture(height=4.6)
def twins_stay_twins(figure, student, lab):
    """One hidden layer of 16 tanh units, trained on the digits. Units that start alike get the same gradient and stay
    alike: sixteen of them do the work of one. A little chance at the start is enough to part them."""
    parts = lab.split(lab.digits(), seed=0)
    dims = [64, 16, 10]

    def alike(_, rng):
        return {key: np.full_like(value, 0.1 if key[0] == "W" else 0.0)
                for key, value in student.initialize_small(dims, rng).items()}  # fmt: skip

    starts = {
        say("all 0"): lambda _, rng: student.initialize_small(dims, rng, 0.0),
        say("all 0.1"): alike,
        say("small and random"): student.initialize_small,
    }
    left, right = figure.subplots(1, 2)
    network = lab.Network(tuple(dims), epochs=20, lr=0.3, hidden="tanh", initialize="small")
    for (name, start), style in zip(starts.items(), ("-", "--", "-"), strict=True):
        run = lab.train(parts.train, network, 0, initialize_small=start)
        distinct = [student.count_distinct_units(state.params["W1"], 1e-9) for state in run.states]
        costs = [lab.cost(state, parts.train) for state in run.states]
        left.plot(distinct, style, label=name)
        right.plot(costs, style, label=name)
    left.set(xlabel=say("epoch"), ylabel=say("distinct hidden units"), ylim=(0, 17), yticks=(1, 4, 8, 12, 16))
    right.set(xlabel=say("epoch"), ylabel=say("cost J on the training part"), ylim=(0, None))
    left.legend(loc="center right")


@picture
def deep_products(axes, student):
    """A network of L layers without activations, each a number times the identity: its output is that number to the
    power of L. A tenth more or less than 1 is a million times more or less after 150 layers."""
    depths = (1, 5, 10, 20, 50, 100, 150)
    for factor, marker in zip((1.5, 1.1, 1.0, 0.9, 0.5), "o^s^o", strict=True):
        outputs = [student.deep_linear_output([factor * np.eye(2)] * L, np.ones((2, 1)))[0, 0] for L in depths]
        (line,) = axes.plot(depths, outputs, marker=marker, markersize=5)
        axes.annotate(
            f"{factor:g}", (depths[-1], outputs[-1]), xytext=(8, 0), textcoords="offset points", va="center",
            color=line.get_color(), fontweight="bold",
        )  # fmt: skip
    axes.set(xlabel=say("layers L"), ylabel=say("output for the input 1"), yscale="log", xlim=(0, 160))
