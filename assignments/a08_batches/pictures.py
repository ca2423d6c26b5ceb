"""Steps on a few examples each, and averages that see through their noise."""

import numpy as np

from autograder.checking import say
from autograder.pictures import picture

# Size of a mini-batch (None: all examples at once), and a learning rate that it bears.
RACE = ((1, 0.02), (16, 0.3), (64, 0.3), (256, 0.3), (None, 0.3))
EPOCHS = 5


def run_with(student, lab, size, lr, epochs=EPOCHS):
    """Train 64, 32 and 10 units on the digits, dealt out by the student's function."""
    part = lab.split(lab.digits(), seed=0).train
    network = lab.Network((64, 32, 10), epochs, lr, size or part.X.shape[1])
    return lab.train(part, network, 0, random_mini_batches=student.random_mini_batches)


def noisy_costs(student, lab):
    """The costs of 340 steps on 16 examples each."""
    return np.array(run_with(student, lab, 16, 0.1).costs)


@picture(height=5.2)
def cost_by_size_of_a_batch(figure, student, lab):
    """Five epochs on 1,079 digits. By steps (left), large batches look best: each of their steps is well informed. By
    examples seen (right), small ones do: they take many steps where batch gradient descent takes five. But 1,079
    steps on one example each cost far more time than 17 steps on 64."""
    left, right = figure.subplots(1, 2, sharey=True)
    for (size, lr), marker in zip(RACE, ".ovs^", strict=True):
        run = run_with(student, lab, size, lr)
        name = say("all") if size is None else str(size)
        smooth = student.ewa_bias_corrected(np.array(run.costs), 0.98 if size == 1 else 0.9 if size == 16 else 0.0)
        left.plot(np.arange(1, len(smooth) + 1), smooth, marker=marker if size is None else None, linewidth=1.4)
        steps = len(run.costs) // EPOCHS
        epochs = [slice(start, start + steps) for start in range(0, len(run.costs), steps)]
        means = [lab.number(student.epoch_cost(run.costs[epoch], run.sizes[epoch])) for epoch in epochs]
        right.plot(range(1, EPOCHS + 1), means, marker=marker, label=name)
    left.set(xlabel=say("step"), ylabel=say("cost J (smoothed)"), xscale="log", ylim=(0, 3))
    right.set(xlabel=say("epoch"), ylabel=say("mean cost of the epoch"), xticks=range(1, EPOCHS + 1))
    left.legend(*right.get_legend_handles_labels(), title=say("batch size"), loc="lower left")


@picture
def averages_with_three_memories(axes, student, lab):
    """The cost of each step is noisy, for each looks at other digits. An average over the last steps shows where it
    goes. The longer it remembers, the smoother it is, and the later."""
    costs = noisy_costs(student, lab)
    axes.plot(costs, color="#bbbbbb", linewidth=0.8, label=say("cost of the step"))
    for beta in (0.5, 0.9, 0.98):
        steps = lab.number(student.effective_window(beta)[0])
        name = say("beta = {beta:g}, some {steps:.0f} steps", beta=beta, steps=steps)
        axes.plot(student.ewa_bias_corrected(costs, beta), label=name)
    axes.set(xlabel=say("step"), ylabel=say("cost J"), ylim=(0, None), xlim=(0, len(costs)))
    axes.legend()


@picture
def three_ways_to_begin(axes, student, lab):
    """The same average, beta = 0.98, begun in three ways. From zero it has to climb for some fifty steps before it
    says anything; corrected, it is right from the first step; begun with the first value, it believes that value for
    a long time."""
    costs = noisy_costs(student, lab)[:120]
    axes.plot(costs, color="#bbbbbb", linewidth=0.8, label=say("cost of the step"))
    axes.plot(student.ewa(costs, 0.98, "zero"), label=say("from zero"), color="#CC79A7")
    axes.plot(student.ewa(costs, 0.98, "first"), label=say("from the first value"), color="#E69F00", linestyle="-.")
    axes.plot(student.ewa_bias_corrected(costs, 0.98), label=say("corrected"), color="#009E73")
    axes.set(xlabel=say("step"), ylabel=say("cost J"), ylim=(0, None), xlim=(0, 119))
    axes.legend()


@picture
def what_an_average_remembers(axes, student, lab):
    """How much the value of k steps ago counts in today's average. The dot is the window, 1/(1 - beta) steps: there a
    weight has fallen to about a third (1/e) of the newest one. The weights of each beta add up to nearly 1."""
    for beta, style in ((0.5, "-"), (0.9, "-"), (0.98, "-")):
        weights = student.ewa_weights(beta, 100)
        (line,) = axes.step(range(100), weights, where="mid", linestyle=style, label=f"beta = {beta:g}")
        axes.fill_between(range(100), weights, step="mid", alpha=0.15, color=line.get_color())
        window, left = (lab.number(value) for value in student.effective_window(beta)[:2])
        axes.plot(window, weights[0] * left, "o", color=line.get_color(), markersize=8)
    axes.set(
        xlabel=say("age k of a value, in steps"), ylabel=say("weight"), xlim=(-1, 100), yscale="log", ylim=(1e-3, 1)
    )
    axes.legend()
