"""Where draws fall on which scale, what a grid misses, and a real search from coarse to fine."""

import numpy as np

from autograder.checking import SeededRNG, say
from autograder.pictures import picture


@picture(height=4.6)
def where_a_thousand_draws_fall(figure, student):
    """A thousand learning rates between 0.0001 and 1. Drawn evenly along the line, nine in ten land in the last decade
    (left); on a logarithmic scale each decade gets its quarter (right)."""
    evenly = np.random.default_rng(0).uniform(1e-4, 1, 1000)
    draws = {
        say("evenly along the line"): lambda: evenly,
        "sample_log_uniform": lambda: student.sample_log_uniform(1e-4, 1.0, 1000, SeededRNG(0)),
    }
    edges = np.logspace(-4, 0, 5)
    for axes, (name, draw) in zip(figure.subplots(1, 2, sharey=True), draws.items(), strict=True):
        values = draw()
        counts, _ = np.histogram(values, edges)
        axes.hist(values, np.logspace(-4, 0, 33), color="#0072B2", alpha=0.85)
        for decade, count in zip(edges[:-1], counts, strict=True):
            axes.text(decade * 10**0.5, 330, str(count), ha="center", fontweight="bold")
        for edge in edges:
            axes.axvline(edge, color="#999999", linewidth=0.8, linestyle=":")
        axes.set(title=name, xscale="log", xlabel=say("learning rate"), ylim=(0, 355))
        axes.grid(visible=False, axis="x")
        if name != "sample_log_uniform":
            axes.set_ylabel(say("draws; above: in each decade"))


@picture(height=5.2)
def what_a_grid_misses(figure, student):
    """Twenty-five trials of two hyper-parameters, of which one matters a great deal and the other hardly at all. The
    marks below are the values that are tried of the one that matters: five on a grid, twenty-five at random. The star
    is the best trial; which of the two came closer to the ridge?"""
    bounds = np.array([[0.0, 1.0], [0.0, 1.0]])
    side = np.linspace(0, 1, 121)
    across, up = np.meshgrid(side, side)

    def score(x, y):
        return np.exp(-(((x - 0.62) / 0.07) ** 2)) * (0.9 + 0.1 * np.sin(3 * y))

    ways = {
        say("grid"): lambda: student.search_points(25, bounds, "grid"),
        say("random"): lambda: student.search_points(25, bounds, "random", SeededRNG(4)),
    }
    for axes, (name, lay_out) in zip(figure.subplots(1, 2, sharey=True), ways.items(), strict=True):
        points = np.asarray(lay_out())
        reached = score(*points.T)
        axes.contourf(across, up, score(across, up), levels=12, cmap="cividis")
        axes.plot(*points.T, "o", color="white", markeredgecolor="black", markersize=6, clip_on=False)
        axes.plot(*points[np.argmax(reached)], "*", color="#D55E00", markeredgecolor="white", markersize=17)
        axes.plot(points[:, 0], np.full(25, -0.07), "|", color="black", markersize=12)
        title = say("{name}: the best reaches {best:.2f}", name=name, best=reached.max())
        axes.set(title=title, xlabel=say("what matters"), ylim=(-0.12, 1.03), aspect="equal")
        axes.grid(visible=False)
        if name == say("grid"):
            axes.set_ylabel(say("what hardly matters"))


@picture(height=5.4)
def a_search_from_coarse_to_fine(axes, student, lab):
    """Learning rates for a network on the digits, three epochs each, judged on the dev part. Nine drawn evenly along
    the line land where the numbers are large. Nine on the logarithmic scale see the whole range; the box around their
    best three is searched again, with nine more."""
    parts = lab.split(lab.digits(), seed=0)
    low, high = 1e-3, 30.0

    def judged(rates):
        ends = [lab.train(parts.train, lab.Network((64, 32, 10), 3, float(lr)), 0).end for lr in rates]
        return np.array([lab.accuracy(end, parts.dev) for end in ends])

    line = np.random.default_rng(1).uniform(low, high, 9)
    coarse = np.asarray(student.sample_log_uniform(low, high, 9, SeededRNG(2)))
    scores = judged(coarse)
    # The box is drawn on the scale on which things change: its axis is the exponent.
    exponents, whole = np.log10(coarse).reshape(-1, 1), np.log10([[low, high]])
    box = np.asarray(student.refine_bounds(exponents, scores, whole))[0]
    fine = np.asarray(student.sample_log_uniform(float(10 ** box[0]), float(10 ** box[1]), 9, SeededRNG(3)))
    axes.axvspan(*10**box, color="#009E73", alpha=0.12, linewidth=0)
    axes.plot(
        line, judged(line), "x", markersize=8, markeredgewidth=2, color="#D55E00", label=say("evenly along the line")
    )
    axes.plot(coarse, scores, "o", markersize=8, label=say("on the logarithmic scale"), color="#0072B2")
    axes.plot(fine, judged(fine), "^", markersize=8, label=say("again, in the box of the best three"), color="#009E73")
    axes.set(
        xlabel=say("learning rate"), ylabel=say("accuracy on the dev part"), xscale="log", ylim=(0, 1), xlim=(low, high)
    )
    axes.legend(loc="upper left")


@picture(height=4.6)
def how_long_beta_remembers(figure, student):
    """An average with beta looks back over 1/(1 - beta) values. Left: what it gains when beta grows by 0.0005, which
    is nothing at 0.9 and everything at 0.999. Right: so beta is drawn by its distance from 1; half of the draws
    between 0.9 and 0.999 lie above 0.99."""
    left, right = figure.subplots(1, 2)
    betas = 1 - np.logspace(-1, -3, 30)
    found = np.array(
        [[float(value) for value in student.window_sensitivity(float(beta), 0.0005)[:3]] for beta in betas]
    )
    left.plot(1 - betas, found[:, 0], label="beta")
    left.plot(1 - betas, found[:, 1], "--", label="beta + 0.0005")
    ticks = (0.1, 0.01, 0.001)
    left.set(xlabel="beta", ylabel=say("window in steps"), xscale="log", yscale="log", xticks=ticks,
             xticklabels=["0.9", "0.99", "0.999"])  # fmt: skip
    left.invert_xaxis()
    left.legend()
    draws = np.asarray(student.sample_beta(0.9, 0.999, 1000, SeededRNG(0)))
    right.hist(1 - draws, np.logspace(-3, -1, 25), color="#0072B2")
    right.set(xlabel="beta", ylabel=say("draws of sample_beta"), xscale="log", xticks=ticks,
              xticklabels=["0.9", "0.99", "0.999"])  # fmt: skip
    right.invert_xaxis()
