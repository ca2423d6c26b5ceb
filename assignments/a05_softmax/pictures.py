"""What one layer of softmax looks for in an image, which digits it takes for which, and how it learns."""

from dataclasses import replace

import numpy as np

from autograder.checking import say
from autograder.pictures import picture

STEPS = 300


def trained(student, lab, steps=STEPS):
    """One layer, 64 pixels to 10 scores, trained with the student's truth and cost; and the parts of the data."""
    parts = lab.split(lab.digits(), seed=0)
    part = replace(parts.train, Y=student.one_hot(parts.train.y, 10))
    network = lab.Network((64, 10), epochs=steps, lr=0.5, batch_size=None, initialize="zeros")
    return lab.train(part, network, 0, softmax_loss=student.softmax_loss), parts


@picture
def cost_of_each_step(axes, student, lab):
    """Before the first step all ten digits are equally likely, which costs ln 10. From there J falls at every step,
    quickly at first, then more and more slowly. A J that rises, or that begins elsewhere, says where to look."""
    run, _ = trained(student, lab)
    axes.plot(run.costs)
    axes.axhline(np.log(10), color="#555555", linewidth=1, linestyle="--")
    axes.text(STEPS, np.log(10) - 0.04, say("a guess costs ln 10 = 2.303"), ha="right", va="top", color="#555555")
    axes.set(xlabel=say("step of batch gradient descent"), ylabel=say("cost J"), ylim=(0, None), xlim=(-3, STEPS))


@picture(height=4.6)
def what_each_digit_looks_for(figure, student, lab):
    """The 64 weights of each class, laid out as an image. Ink on blue speaks for the digit, ink on red against it.
    The 0 wants a ring and no ink in the middle; which strokes tell the 3 from the 8?"""
    run, _ = trained(student, lab)
    W = np.asarray(run.end.params["W1"])
    most = np.abs(W).max()
    panels = figure.subplots(2, 5)
    for digit, axes in enumerate(panels.flat):
        image = axes.imshow(W[digit].reshape(8, 8), cmap="RdBu", vmin=-most, vmax=most)
        axes.set(title=str(digit), xticks=[], yticks=[])
        axes.spines[:].set_visible(False)
        axes.grid(visible=False)
    figure.colorbar(image, ax=panels, label=say("weight"), shrink=0.85, aspect=30)


@picture(height=6.4)
def which_digit_is_taken_for_which(axes, student, lab):
    """359 digits that the layer has not seen. On the diagonal stands what is read correctly; every other number is a
    kind of mistake. Which pairs look alike, also to you?"""
    run, parts = trained(student, lab)
    A = student.softmax(lab.scores(run.end, parts.test.X))
    told = np.argmax(A, axis=0)
    counts = np.zeros((10, 10), dtype=int)
    np.add.at(counts, (parts.test.y, told), 1)
    # Only what is wrong is coloured, or the diagonal would drown it.
    wrong = np.where(np.eye(10, dtype=bool) | (counts == 0), np.nan, counts)
    axes.imshow(wrong, cmap="Oranges", vmin=-1, vmax=max(5, np.nanmax(wrong, initial=0)))
    for true, answer in np.ndindex(10, 10):
        if counts[true, answer]:
            right = true == answer
            weight, color = ("normal", "#777777") if right else ("bold", "black")
            axes.text(answer, true, counts[true, answer], ha="center", va="center", fontweight=weight, color=color)
    right = lab.number(student.accuracy(A, parts.test.y))
    axes.set(
        xlabel=say("taken for"), ylabel=say("digit"), xticks=range(10), yticks=range(10),
        title=say("accuracy {right:.3f}", right=right),
    )  # fmt: skip
    axes.grid(visible=False)
