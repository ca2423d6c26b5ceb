"""What batch norm keeps in place while a network learns, and what that makes possible."""

import numpy as np

from autograder.checking import say
from autograder.pictures import picture

EPOCHS = 6


def while_training(student):
    """The student's functions that a training loop calls."""
    names = ("batchnorm_forward", "batchnorm_backward", "update_running_stats")
    return {name: getattr(student, name) for name in names}


def deep_network(lab, lr, *, batchnorm, epochs=EPOCHS, batch_size=64):
    """Four hidden layers of 32 sigmoids."""
    return lab.Network((64, 32, 32, 32, 32, 10), epochs, lr, batch_size, hidden="sigmoid", batchnorm=batchnorm)


def scores_of_layer(student, lab, state, X, wanted):
    """What goes into the activation of one layer, for a batch of examples."""
    f, params, A = lab.reference.forward, state.params, X
    for layer in range(1, wanted + 1):
        Z = f.linear_forward(A, params[f"W{layer}"], params[f"b{layer}"])
        if state.network.batchnorm:
            Z = student.batchnorm_forward(Z, params[f"gamma{layer}"], params[f"beta{layer}"])[0]
        A = f.sigmoid(Z)
    return Z


@picture(height=5.4)
def what_a_deep_layer_gets(figure, student, lab):
    """The scores Z of the third hidden layer for 256 digits, while the network learns. The shade is the slope of the
    sigmoid that waits for them. Without batch norm every example gives nearly the same scores, so there is nothing to
    learn from; with it they stay spread over the part where the sigmoid is steep."""
    parts = lab.split(lab.digits(), seed=0)
    moments = (0, 1, 3, EPOCHS)
    rows = figure.subplots(2, len(moments), sharex=True)
    z = np.linspace(-6, 6, 200)
    slope = np.exp(-np.abs(z)) / (1 + np.exp(-np.abs(z))) ** 2
    for row, batchnorm in zip(rows, (False, True), strict=True):
        own = while_training(student) if batchnorm else {}
        run = lab.train(parts.train, deep_network(lab, 0.5, batchnorm=batchnorm), 0, **own)
        for axes, moment in zip(row, moments, strict=True):
            Z = scores_of_layer(student, lab, run.states[moment], parts.train.first(256).X, 3)
            # One unit: what differs is then due to the examples, and not to the unit's own bias.
            axes.hist(np.clip(Z[0], -6, 6), bins=np.linspace(-6, 6, 49), density=True, color="#0072B2")
            peak = axes.get_ylim()[1]
            axes.fill_between(z, slope / slope.max() * peak, color="#fae7c4", zorder=0.5)
            axes.set(yticks=[], xlim=(-6, 6))
            axes.grid(visible=False)
            axes.text(0.97, 0.95, f"σ = {np.std(Z[0]):.2g}", transform=axes.transAxes, ha="right", va="top")
        row[0].set_ylabel(say("with batch norm") if batchnorm else say("without"))
    for axes, moment in zip(rows[0], moments, strict=True):
        axes.set_title(say("after epoch {n}", n=moment) if moment else say("at the start"))
    for axes in rows[1]:
        axes.set_xlabel(say("score z of one unit"))


@picture
def accuracy_by_learning_rate(axes, student, lab):
    """The same deep sigmoid network, six epochs, once with batch norm and once without, at seven learning rates. A
    guess is right once in ten. What batch norm gives is not the last percent: it is that there is a wide range of
    rates at all."""
    parts = lab.split(lab.digits(), seed=0)
    rates = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
    own, at_test = while_training(student), {"batchnorm_inference": student.batchnorm_inference}
    with_it = [
        lab.train(parts.train, deep_network(lab, lr, batchnorm=True, batch_size=128), 0, **own).end for lr in rates
    ]
    without = [lab.train(parts.train, deep_network(lab, lr, batchnorm=False, batch_size=128), 0).end for lr in rates]
    axes.plot(rates, [lab.accuracy(end, parts.test, **at_test) for end in with_it], "o-", label=say("with batch norm"))
    axes.plot(rates, [lab.accuracy(end, parts.test) for end in without], "s--", label=say("without"))
    axes.axhline(0.1, color="#999999", linewidth=1, linestyle=":")
    axes.set(xlabel=say("learning rate"), ylabel=say("accuracy on the test part"), xscale="log", ylim=(0, 1))
    axes.legend(loc="upper left")


@picture
def running_and_batch_statistics(figure, student, lab):
    """Mean and variance of one unit in each batch (dots), and what your running averages remember of them (line). The
    first batch is taken as it is. Each batch is a little wrong; the average is what an example alone is judged by,
    later."""
    parts = lab.split(lab.digits(), seed=0)
    seen, kept = [], []

    def watch(running, mu, var, *momentum):
        new = student.update_running_stats(running, mu, var, *momentum)
        # The layers come in turn; the first one has the images before it, and they do not change.
        seen.append((mu[0, 0], var[0, 0]))
        kept.append((new["mu"][0, 0], new["var"][0, 0]))
        return new

    own = while_training(student) | {"update_running_stats": watch}
    lab.train(parts.train, deep_network(lab, 0.5, batchnorm=True, epochs=4), 0, **own)
    names = (say("mean"), say("variance"))
    for axes, place, name in zip(figure.subplots(2, 1, sharex=True), (0, 1), names, strict=True):
        # Of four hidden layers, the third.
        axes.plot([each[place] for each in seen[2::4]], "o", color="#56B4E9", markersize=4, label=say("of the batch"))
        axes.plot([each[place] for each in kept[2::4]], color="#D55E00", label=say("running average"))
        axes.set_ylabel(name)
    axes.set_xlabel(say("step"))
    axes.legend(loc="best", ncols=2)
