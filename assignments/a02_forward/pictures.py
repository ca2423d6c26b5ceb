"""How activations bend, what bending buys, what an answer costs, and where to draw the line between yes and no."""

import numpy as np

from autograder.checking import SeededRNG, say
from autograder.pictures import panel, picture

# Where the slope is below this, little of a gradient comes back.
FLAT = 0.05


@picture(height=4.6)
def activations_and_where_they_are_flat(figure, student):
    """Each activation (solid) and its slope (dashed). In the shaded zones the slope is below 0.05: a unit that has got
    there hardly learns any more. A leak keeps a way out."""
    Z = np.linspace(-6, 6, 481).reshape(1, -1)
    bends = {
        "sigmoid": student.sigmoid,
        "tanh": student.tanh,
        "ReLU": student.relu,
        "leaky ReLU, 0.1": lambda Z: student.relu(Z, 0.1),
    }
    for axes, (name, bend) in zip(figure.subplots(1, 4), bends.items(), strict=True):
        with panel(axes):
            A, step = bend(Z)[0], 1e-5
            slope = (bend(Z + step)[0] - bend(Z - step)[0]) / (2 * step)
            axes.plot(Z[0], A)
            axes.plot(Z[0], slope, "--", color="#D55E00", linewidth=1.3)
            top, bottom = (1.15, -1.15) if np.abs(A).max() < 2 else (3, -1.15)
            axes.fill_between(Z[0], bottom, top, where=np.abs(slope) < FLAT, color="#999999", alpha=0.25, linewidth=0)
            axes.set(title=name, xlabel="z", xticks=(-5, 0, 5), ylim=(bottom, top), xlim=(-6, 6))


def half_moons(rng, m):
    """Two half moons that reach into each other, (2, m), and which of them a point belongs to, (1, m)."""
    angle, Y = np.pi * rng.random(m), (np.arange(m) % 2).reshape(1, m)
    upper = np.stack([np.cos(angle), np.sin(angle)])
    lower = np.stack([1 - np.cos(angle), 0.5 - np.sin(angle)])
    return np.where(Y == 0, upper, lower) + 0.12 * rng.standard_normal((2, m)), Y


def trained(lab, X, Y, dims, hidden, steps, lr):
    """A network with a sigmoid at its end, trained by the course's own functions."""
    params = lab.reference.initialization.initialize_he(dims, SeededRNG(3))
    for _ in range(steps):
        AL, caches = lab.reference.forward.model_forward(X, params, hidden)
        grads = lab.reference.backprop.model_backward(AL, Y, caches, hidden)
        params = lab.reference.backprop.update_gd(params, grads, lr)
    return params


@picture(height=4.6)
def what_bending_buys(figure, student, lab):
    """Two networks of 2, 16, 16 and 1 units, trained alike; your forward pass colours the plane with their answers.
    Without an activation three layers are no more than one: a straight line. With ReLU the line can bend."""
    X, Y = half_moons(np.random.default_rng(0), 200)
    side, height = np.linspace(-1.6, 2.6, 60), np.linspace(-1.2, 1.7, 45)
    plane = np.stack(np.meshgrid(side, height)).reshape(2, -1)
    panels = figure.subplots(1, 2, sharey=True)
    for axes, hidden in zip(panels, ("linear", "relu"), strict=True):
        with panel(axes):
            params = trained(lab, X, Y, [2, 16, 16, 1], hidden, 800, 0.5)
            P = np.asarray(student.model_forward(plane, params, hidden)[0]).reshape(45, 60)
            colours = axes.contourf(side, height, P, levels=np.linspace(0, 1, 11), cmap="RdBu", alpha=0.75)
            axes.contour(side, height, P, levels=[0.5], colors="black", linewidths=1.5)
            for label, marker, color in ((0, "o", "#8c1a1a"), (1, "^", "#08306b")):
                chosen = Y[0] == label
                axes.plot(
                    *X[:, chosen], marker, color=color, markersize=4, markeredgecolor="white", markeredgewidth=0.4
                )
            right = np.mean((student.model_forward(X, params, hidden)[0] > 0.5) == Y)
            axes.set(title=say("{hidden}: {right:.0%} right", hidden=hidden, right=right), xlabel="x1")
            axes.grid(visible=False)
            if hidden == "relu":
                figure.colorbar(colours, ax=axes, label=say("answer AL"))
            else:
                axes.set_ylabel("x2")


@picture
def what_an_answer_costs(axes, student):
    """The cross-entropy of a single answer AL. Who is sure and right pays nothing, who shrugs pays ln 2 = 0.693, and
    who is sure and wrong pays without bound: confidence has to be earned."""
    P = np.linspace(0.002, 0.998, 300)
    for truth, name, style in ((1, say("the truth is yes (Y = 1)"), "-"), (0, say("the truth is no (Y = 0)"), "--")):
        costs = [student.binary_cross_entropy(np.array([[p]]), np.array([[truth]])) for p in P]
        axes.plot(P, [float(np.asarray(cost).item()) for cost in costs], style, label=name)
    axes.plot(0.5, np.log(2), "o", color="black")
    axes.annotate("ln 2", (0.5, np.log(2)), xytext=(0, 10), textcoords="offset points", ha="center")
    axes.set(xlabel=say("answer AL"), ylabel=say("cost"), xlim=(0, 1), ylim=(0, 5))
    axes.legend(loc="upper center")


@picture
def where_to_draw_the_line(axes, student, lab):
    """A network answers with the probability that a tumour is benign; 113 that it has not seen. A threshold makes yes
    or no of it. The higher it is, the fewer malignant tumours are missed, and the more harmless ones alarm. Where
    would you draw the line?"""
    parts = lab.normalized(lab.split(lab.breast_cancer(), seed=0))
    params = trained(lab, parts.train.X, parts.train.row, [30, 8, 1], "tanh", 150, 0.3)
    AL = np.asarray(student.model_forward(parts.test.X, params, "tanh")[0])[0]
    benign = parts.test.y == 1
    thresholds = np.linspace(0, 1, 201)
    axes.plot(thresholds, [np.mean(AL[~benign] <= t) for t in thresholds], label=say("malignant ones found"))
    axes.plot(thresholds, [np.mean(AL[benign] > t) for t in thresholds], "--", label=say("benign ones let go"))
    answers = [t < AL for t in thresholds]
    right = [np.mean(answer == benign) for answer in answers]
    axes.plot(thresholds, right, color="black", linewidth=1.2, label=say("answers that are right"))
    axes.axvline(0.5, color="#999999", linewidth=1, linestyle=":")
    axes.set(xlabel=say("threshold: benign where AL is above"), ylabel=say("share"), ylim=(0.5, 1.01), xlim=(0, 1))
    axes.legend(loc="lower center")
