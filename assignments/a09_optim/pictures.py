"""Walks through a ravine, off a saddle and down a schedule; and why minima are rare where there are many directions."""

import numpy as np

from autograder.checking import say
from autograder.pictures import panel, picture

# The ravine J = (x² + 50 y²) / 2, and what is taken from the start at (10, 1): optimiser, learning rate.
CURVATURES = np.array([1.0, 50.0])
WALKERS = {"GD": 0.039, "momentum": 0.15, "RMSProp": 0.3, "Adam": 0.3}
STYLES = ("-", "--", "-.", "-")


def stepper(student, lab, name, lr, params):
    """A function grads -> params that walks on with one of the four; the plain one is the course's own."""
    if name == "GD":

        def plain(grads):
            nonlocal params
            params = lab.reference.backprop.update_gd(params, grads, lr)
            return params

        return plain
    update = {"momentum": student.update_momentum, "RMSProp": student.update_rmsprop, "Adam": student.update_adam}[name]
    memory = [student.initialize_state(params) for _ in range(2 if name == "Adam" else 1)]
    t = 0

    def step(grads):
        nonlocal params, memory, t
        t += 1
        count = (t,) if name == "Adam" else ()
        params, *memory = update(params, grads, *memory, *count, lr)[: 1 + len(memory)]
        return params

    return step


def walk(student, lab, name, lr, start, slope, steps):
    """The points on the way down, from `start` on; `slope` gives the gradient at a point."""
    at = np.array(start, dtype=np.float64).reshape(2, 1)
    step, path = stepper(student, lab, name, lr, {"W1": at}), [at]
    for _ in range(steps):
        path.append(step({"dW1": slope(path[-1])})["W1"])
    return np.array(path)[:, :, 0]


def in_the_ravine(student, lab, name, steps):
    """A walk through the ravine."""
    return walk(student, lab, name, WALKERS[name], (10, 1), lambda at: CURVATURES.reshape(2, 1) * at, steps)


@picture(height=5.6)
def trails_in_a_ravine(figure, student, lab):
    """Sixty steps each from (10, 1); the ravine is 50 times as steep across as along. Gradient descent bounces from
    wall to wall, and with a step only a little longer it would fly out. Momentum calms the bouncing and bears a
    longer step; RMSProp and Adam divide by the usual size of the slope, so that across and along look alike to
    them."""
    x, y = np.linspace(-3.5, 11, 150), np.linspace(-1.5, 1.5, 100)
    J = (CURVATURES[0] * x[np.newaxis] ** 2 + CURVATURES[1] * y[:, np.newaxis] ** 2) / 2
    panels = figure.subplots(2, 2, sharex=True, sharey=True)
    for axes, (name, lr), color in zip(
        panels.flat, WALKERS.items(), ("#0072B2", "#D55E00", "#009E73", "#CC79A7"), strict=True
    ):
        with panel(axes):
            path = in_the_ravine(student, lab, name, 60)
            axes.contour(x, y, J, levels=[0.5, 2, 6, 14, 26, 42, 60], colors="#bbbbbb", linewidths=0.8)
            axes.plot(*path.T, ".-", color=color, linewidth=1.2, markersize=4)
            axes.plot(0, 0, "*", color="black", markersize=11)
            axes.set(title=f"{name}, lr = {lr:g}", xlim=(-3.5, 11), ylim=(-1.5, 1.5), yticks=(-1, 0, 1))
            axes.grid(visible=False)
    for axes in panels[1]:
        axes.set_xlabel("x")
    for axes in panels[:, 0]:
        axes.set_ylabel("y")


@picture
def cost_on_the_way(axes, student, lab):
    """The cost of the same four walks. Momentum may rise for a moment, for it does not stop at the lowest point it
    crosses. With a constant learning rate RMSProp does not settle: its steps stay as long as lr, however flat it
    gets."""
    for (name, lr), style in zip(WALKERS.items(), STYLES, strict=True):
        path = in_the_ravine(student, lab, name, 150)
        J = (path**2 @ CURVATURES) / 2
        axes.plot(J, style, label=f"{name}, lr = {lr:g}", linewidth=1.5)
    axes.set(xlabel=say("step"), ylabel=say("cost J"), yscale="log", xlim=(0, 150), ylim=(1e-8, 1e3))
    axes.legend(ncols=2)


@picture
def learning_rates_by_schedule(axes, student, lab):
    """Four ways to take smaller and smaller steps, all from 0.2 on. One over time falls fast at first and then hardly;
    the staircase halves every ten epochs; the exponential takes five percent off each time."""
    epochs = np.arange(0, 40)
    schedules = {
        say("one over time"): (lambda k: student.lr_inverse_time(0.2, 1.0, k), "-"),
        say("exponential"): (lambda k: student.lr_schedule("exponential", 0.2, k), "--"),
        say("one over the root"): (lambda k: student.lr_schedule("inverse_sqrt", 0.2, k), "-."),
        say("staircase"): (lambda k: student.lr_schedule("staircase", 0.2, k), "-"),
    }
    for name, (rate, style) in schedules.items():
        # The root has no value at epoch 0.
        counted = epochs[1:] if name == say("one over the root") else epochs
        rates = [lab.number(rate(int(k))) for k in counted]
        axes.plot(counted, rates, style, label=name, drawstyle="steps-post" if name == say("staircase") else "default")
    axes.set(xlabel=say("epoch"), ylabel=say("learning rate"), ylim=(0, 0.21), xlim=(0, 39))
    axes.legend()


@picture
def leaving_a_saddle(axes, student, lab):
    """A walk that starts a thousandth beside a saddle, lr = 0.1 for all. The way out is hardly steeper than flat
    ground: gradient descent needs hundreds of steps, and momentum, which only averages small slopes, needs as many.
    Who divides by the size of the slope walks off at once."""

    def slope(at):
        return np.array([[at[0, 0]], [-0.1 * at[1, 0] + 0.05 * at[1, 0] ** 3]])

    for name, style in zip(WALKERS, STYLES, strict=True):
        steps = 1000 if name in ("GD", "momentum") else 60
        path = walk(student, lab, name, 0.1, (1.0, 1e-3), slope, steps)
        axes.plot(np.arange(1, len(path) + 1), np.abs(path[:, 1]), style, label=name)
    axes.axhline(np.sqrt(2), color="#999999", linewidth=1, linestyle=":")
    axes.text(1.1, np.sqrt(2) * 1.1, say("lowest point"), color="#555555", va="bottom")
    axes.set(xlabel=say("step"), ylabel=say("distance |y| from the saddle"), xscale="log", yscale="log", ylim=(5e-4, 5))
    axes.legend(loc="lower right")


@picture(height=4.6)
def how_rare_minima_are(axes, student, lab):
    """Four hundred random symmetric matrices for each number of directions, as if they were Hessians where the slope is
    zero; your function says what each place is. With one direction half are minima; with six hardly any place is one,
    and nearly all are saddles."""
    rng = np.random.default_rng(0)
    names = {"minimum": "#009E73", "saddle": "#bbbbbb", "maximum": "#D55E00", "degenerate": "#000000"}
    words = {
        "minimum": say("minimum"),
        "saddle": say("saddle"),
        "maximum": say("maximum"),
        "degenerate": say("degenerate"),
    }
    sizes = range(1, 7)
    found = []
    for n in sizes:
        halves = rng.normal(size=(400, n, n))
        found.append([student.classify_critical_point(half + half.T) for half in halves])
    bottom = np.zeros(len(sizes))
    for kind, color in names.items():
        shares = np.array([each.count(kind) / len(each) for each in found])
        if kind == "degenerate" and not shares.any():
            continue
        axes.bar(sizes, shares, bottom=bottom, color=color, label=words[kind], width=0.7)
        for n, share, low in zip(sizes, shares, bottom, strict=True):
            if share > 0.04:
                axes.text(n, low + share / 2, f"{share:.2f}", ha="center", va="center", fontsize=9.5)
        bottom += shares
    axes.set(xlabel=say("directions n"), ylabel=say("share"), xticks=list(sizes), ylim=(0, 1))
    axes.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0))
    axes.grid(visible=False)
