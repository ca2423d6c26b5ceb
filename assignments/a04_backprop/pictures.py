"""What the gradients of your backward pass do: training at five learning rates, and how far back they reach."""

import numpy as np

from autograder.checking import SeededRNG, say
from autograder.pictures import panel, picture

RATES = (0.01, 0.1, 0.5, 5.0, 50.0)


def tumours(lab):
    """The training part of the breast cancer table, its features normalised."""
    return lab.normalized(lab.split(lab.breast_cancer(), seed=0)).train


def cost(AL, Y):
    """The mean cross-entropy; a probability that has become 0 costs much, not infinity."""
    AL = np.clip(AL, 1e-12, 1 - 1e-12)
    return float(-np.mean(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)))


@picture
def cost_by_learning_rate(axes, student, lab):
    """A network of 30, 8 and 1 units learns to tell tumours apart: the same start and the same gradients, five
    learning rates. Too small a rate crawls. Too large a one leaps over the valley, lands higher than it was, and
    loses many steps."""
    part = tumours(lab)
    for lr in RATES:
        params = lab.reference.initialization.initialize_xavier([30, 8, 1], SeededRNG(1))
        costs = []
        for _ in range(400):
            AL, caches = lab.reference.forward.model_forward(part.X, params, "tanh")
            costs.append(cost(AL, part.row))
            params = student.update_gd(params, student.model_backward(AL, part.row, caches, "tanh"), lr)
        axes.plot(costs, label=f"lr = {lr:g}", linewidth=1.5)
    axes.set(xlabel=say("step of batch gradient descent"), ylabel=say("cost J"), yscale="log", xlim=(0, 400))
    axes.legend(ncols=5, loc="upper center", bbox_to_anchor=(0.5, 1.1))


@picture
def how_much_gradient_comes_back(axes, student, lab):
    """Eight layers before the first step; the gradient enters on the right and walks to the left. A sigmoid lets at
    most a quarter of it pass in each layer, so that the layers in front hardly learn; on this axis that is a straight
    line."""
    part = tumours(lab)
    sizes = [30, 16, 16, 16, 16, 16, 16, 16, 1]
    starts = {"relu": "initialize_he", "tanh": "initialize_xavier", "sigmoid": "initialize_xavier"}
    for (hidden, start), marker in zip(starts.items(), "os^", strict=True):
        params = getattr(lab.reference.initialization, start)(sizes, SeededRNG(1))
        AL, caches = lab.reference.forward.model_forward(part.X, params, hidden)
        grads = student.model_backward(AL, part.row, caches, hidden)
        sizes_of_gradients = [np.sqrt(np.mean(np.square(grads[f"dW{layer}"]))) for layer in range(1, 9)]
        axes.plot(range(1, 9), sizes_of_gradients, marker=marker, label=hidden)
    axes.set(xlabel=say("layer"), ylabel=say("size of an entry of dW (root mean square)"), yscale="log")
    axes.legend(loc="lower right")


@picture(height=4.4)
def what_an_activation_lets_pass(figure, student):
    """The share of a gradient that each activation passes back, by the score z it was given on the way forward. Where
    the curve is near zero, a unit has stopped learning, however wrong it is."""
    Z = np.linspace(-6, 6, 241).reshape(1, -1)
    ways = {
        "sigmoid": lambda dA: student.sigmoid_backward(dA, Z),
        "tanh": lambda dA: student.tanh_backward(dA, Z),
        "ReLU": lambda dA: student.relu_backward(dA, Z),
        "leaky ReLU": lambda dA: student.relu_backward(dA, Z, 0.1),
    }
    panels = figure.subplots(1, 4, sharey=True)
    for axes, (name, way) in zip(panels, ways.items(), strict=True):
        with panel(axes):
            axes.plot(Z[0], way(np.ones_like(Z))[0])
            axes.fill_between(Z[0], way(np.ones_like(Z))[0], alpha=0.15)
            axes.set(title=name, xlabel="z", ylim=(-0.04, 1.08), xticks=(-5, 0, 5))
    panels[0].set_ylabel(say("dZ for dA = 1"))
