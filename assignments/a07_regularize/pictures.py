"""Learning by heart, and what helps against it: penalties, dropout, stopping in time, and images made from others."""

from dataclasses import replace

import numpy as np

from autograder.checking import SeededRNG, say
from autograder.pictures import panel, picture

EPOCHS = 60


def mislabelled(lab):
    """300 digits to learn from, a quarter of them with a wrong label, and what they are judged by."""
    parts = lab.split(lab.digits(), seed=0)
    part, rng = parts.train.first(300), np.random.default_rng(0)
    wrong = rng.random(300) < 0.25
    y = np.where(wrong, rng.integers(0, 10, 300), part.y)
    return replace(parts, train=replace(part, y=y, Y=lab.reference.softmax.one_hot(y, 10)))


def network_of(lab, lambd=0.0, keep_prob=1.0, epochs=EPOCHS):
    """64, 128 and 10 units, large enough to learn 300 digits by heart."""
    return lab.Network((64, 128, 10), epochs, 0.003, 100, optimizer="adam", lambd=lambd, keep_prob=keep_prob)


@picture
def costs_and_when_to_stop(figure, student, lab):
    """A quarter of the labels to learn from are wrong. Without a penalty (left) the network learns them by heart: the
    dev cost falls, then rises. With patience 8, training ends at the dotted line and the weights of the star are
    kept. With an L2 penalty (right) the network hardly can learn by heart."""
    parts = mislabelled(lab)
    for axes, lambd in zip(figure.subplots(1, 2, sharey=True), (0.0, 1.0), strict=True):
        with panel(axes):
            run = lab.train(parts.train, network_of(lab, lambd, epochs=150), 0, l2_penalty=student.l2_penalty)
            costs = [[lab.cost(state, part) for state in run.states[1:]] for part in (parts.train, parts.dev)]
            best, stop = (int(np.asarray(epoch).item()) for epoch in student.early_stopping(costs[1], 8)[:2])
            axes.plot(costs[0], label=say("training part"))
            axes.plot(costs[1], "--", label=say("dev part"))
            axes.axvline(stop, color="#999999", linewidth=1.2, linestyle=":", label=say("end of training"))
            axes.plot(best, costs[1][best], "*", color="black", markersize=13, label=say("weights to keep"))
            right = lab.accuracy(run.states[1 + best], parts.test), lab.accuracy(run.end, parts.test)
            told = say("test accuracy {best:.2f}, last epoch {last:.2f}", best=right[0], last=right[1])
            axes.set(title=f"lambda = {lambd:g}\n{told}", xlabel=say("epoch"), ylim=(0, 2.4))
            if not lambd:
                axes.set_ylabel(say("cost J without penalty"))
                axes.legend(loc="upper right")


@picture
def weights_by_penalty(figure, student, lab):
    """The 8,192 weights of the first layer after training; the vertical scale is logarithmic. L2 pulls all of them
    towards zero in proportion to their size: the bell gets narrower. L1 pulls small and large ones alike: most end up
    within a hair of zero, and a few stay large."""
    parts = mislabelled(lab)
    penalties = {
        say("no penalty"): (0.0, student.l2_penalty),
        "L2, lambda = 1": (1.0, student.l2_penalty),
        "L2, lambda = 3": (3.0, student.l2_penalty),
        "L1, lambda = 1": (1.0, student.l1_penalty),
    }
    panels = figure.subplots(1, 4, sharey=True)
    for axes, (name, (lambd, penalty)) in zip(panels, penalties.items(), strict=True):
        with panel(axes):
            run = lab.train(parts.train, network_of(lab, lambd), 0, l2_penalty=penalty)
            weights = np.ravel(run.end.params["W1"])
            axes.hist(np.clip(weights, -1, 1), bins=np.linspace(-1, 1, 42), color="#0072B2")
            small = np.mean(np.abs(weights) < 0.01)
            told = say("{small:.0%} below 0.01", small=small)
            axes.set(title=f"{name}\n{told}", xlabel=say("weight"), yscale="log", xlim=(-1, 1), ylim=(0.7, 1e4))
    panels[0].set_ylabel(say("number of weights"))


@picture(height=4.6)
def how_much_to_regularise(figure, student, lab):
    """The accuracy on digits with true labels, after training on 300 of which a quarter are wrong. A little of either
    helps, too much of it hinders; what is best, the dev set decides."""
    parts = mislabelled(lab)
    left, right = figure.subplots(1, 2, sharey=True)
    lambdas, probabilities = (0.0, 0.3, 1.0, 3.0, 10.0), (1.0, 0.8, 0.5, 0.2, 0.05)
    with panel(left):
        runs = [lab.train(parts.train, network_of(lab, lambd), 0, l2_penalty=student.l2_penalty) for lambd in lambdas]
        left.plot(range(len(lambdas)), [lab.accuracy(run.end, parts.dev) for run in runs], "s--", label=say("dev part"))
        left.plot(
            range(len(lambdas)), [lab.accuracy(run.end, parts.test) for run in runs], "o-", label=say("test part")
        )
        left.set(xlabel=say("lambda of the L2 penalty"), ylabel=say("accuracy"), xticks=range(len(lambdas)),
                 xticklabels=[f"{lambd:g}" for lambd in lambdas])  # fmt: skip
        left.legend()
    with panel(right):
        own = {"forward_dropout": student.forward_dropout, "backward_dropout": student.backward_dropout}
        runs = [
            lab.train(parts.train, network_of(lab, 0.0, keep), 0, **own if keep < 1 else {}) for keep in probabilities
        ]
        right.plot(probabilities, [lab.accuracy(run.end, parts.dev) for run in runs], "s--")
        right.plot(probabilities, [lab.accuracy(run.end, parts.test) for run in runs], "o-")
        right.set(xlabel=say("keep_prob of dropout"))
        right.invert_xaxis()


@picture(height=4.2)
def one_digit_many_images(figure, student, lab):
    """Three digits and what augmentation makes of them. Shifted and noisy ones are still the same digits; in a mirror
    none of them is one. Use only what does not change the meaning."""
    table = lab.digits()
    chosen = table.X[:, [12, 3, 37]]
    ways = {
        say("as it is"): lambda: chosen,
        say("shift (1, 0)"): lambda: student.augment_images(chosen, (8, 8), "none", (1, 0)),
        say("shift (-1, 2)"): lambda: student.augment_images(chosen, (8, 8), "none", (-1, 2)),
        say("noise 0.15"): lambda: student.augment_images(chosen, (8, 8), "none", (0, 0), 0.15, SeededRNG(0)),
        say("horizontal flip"): lambda: student.augment_images(chosen, (8, 8), "horizontal"),
        say("vertical flip"): lambda: student.augment_images(chosen, (8, 8), "vertical"),
    }
    panels = figure.subplots(3, len(ways))
    for column, (name, way) in zip(panels.T, ways.items(), strict=True):
        with panel(column[0]):
            images = way()
            for axes, pixels in zip(column, images.T, strict=True):
                axes.imshow(pixels.reshape(8, 8), cmap="Greys", vmin=0, vmax=1)
                axes.set(xticks=[], yticks=[])
                axes.grid(visible=False)
                axes.spines[:].set_visible(False)
            column[0].set_title(name, fontsize=10)
