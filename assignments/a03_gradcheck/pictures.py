"""How a slope is measured, how small a step should be, and how the check finds who is guilty."""

import numpy as np

from autograder.checking import SeededRNG, say
from autograder.pictures import picture


class Network:
    """A small network on 30 tumours: its parameters, its cost with an L2 penalty, and the right gradients."""

    def __init__(self, lab):
        self.lab, self.lambd = lab, 2.0
        part = lab.normalized(lab.split(lab.breast_cancer(), seed=0)).train.first(30)
        self.X, self.Y = part.X[:5], part.row
        self.params = lab.reference.initialization.initialize_xavier([5, 4, 1], SeededRNG(2))

    def cost(self, params):
        """Cross-entropy and penalty."""
        AL, _ = self.lab.reference.forward.model_forward(self.X, params, "tanh")
        penalty, _ = self.lab.reference.regularization.l2_penalty(params, self.lambd, self.X.shape[1])
        return self.lab.reference.forward.binary_cross_entropy(AL, self.Y) + penalty

    def grads(self, hidden="tanh"):
        """The gradients of `cost`, or with another `hidden` those of somebody who took the wrong activation back."""
        AL, caches = self.lab.reference.forward.model_forward(self.X, self.params, "tanh")
        grads = self.lab.reference.backprop.model_backward(AL, self.Y, caches, hidden)
        _, decay = self.lab.reference.regularization.l2_penalty(self.params, self.lambd, self.X.shape[1])
        return {key: value + decay.get(key, 0.0) for key, value in grads.items()}


@picture
def two_ways_to_measure_a_slope(axes, student):
    """The curve is theta to the third, its slope at 1 is 3, and the step is 0.4. A line through the point and one to
    the right of it is far too steep. A line through both neighbours is nearly the tangent: what they get wrong
    cancels."""
    theta = np.linspace(0.3, 1.75, 200)
    axes.plot(theta, theta**3, color="black", label="theta³")
    axes.plot(1, 1, "o", color="black")
    near = np.array([0.45, 1.6])
    for kind, name, style in (("central", say("central"), "-"), ("forward", say("forward"), "--")):
        slope = float(np.asarray(student.finite_difference(lambda t: t**3, 1.0, 0.4, kind)).item())
        through = 1.0 if kind == "forward" else 1.0 + (1.4**3 + 0.6**3 - 2) / 2
        label = say("{name}: slope {slope:.2f}", name=name, slope=slope)
        (line,) = axes.plot(near, through + slope * (near - 1), style, label=label, linewidth=1.5)
        ends = (1.0, 1.4) if kind == "forward" else (0.6, 1.4)
        axes.plot(ends, np.power(ends, 3), "s", color=line.get_color(), markersize=6)
    axes.plot(near, 1 + 3 * (near - 1), ":", color="#555555", label=say("tangent: slope 3"))
    axes.set(xlabel="theta", ylabel="f(theta)", xlim=(0.3, 1.75), ylim=(-0.6, 4.6))
    axes.legend(loc="upper left")


@picture
def how_small_a_step_should_be(axes, student, lab):
    """A right gradient of 29 parameters, held against the cost with steps of all sizes. On the right the curve bends on
    the way; on the left the two costs agree in nearly all digits, and rounding is left. In between lies the best step:
    looking to both sides it is some 1e-5, and hundreds of times more precise than to one side."""
    network = Network(lab)
    grads, steps = network.grads(), np.logspace(-11, -1, 21)
    central = [student.gradient_check(network.cost, network.params, grads, eps)["error"] for eps in steps]
    axes.plot(steps, [lab.number(value) for value in central], "o-", label=say("central"), markersize=5)
    theta, layout = student.params_to_vector(network.params)
    claimed = np.concatenate([np.ravel(grads["d" + name]) for name, _ in layout])
    forward = []
    for eps in steps:
        measured = [
            student.finite_difference(along(network, lab, theta, layout, place), lab.number(value), eps, "forward")
            for place, value in enumerate(theta)
        ]
        forward.append(lab.number(student.relative_error(np.ravel(measured), claimed)))
    axes.plot(steps, forward, "s--", label=say("forward"), markersize=5)
    axes.axhspan(1e-12, 1e-7, color="#009E73", alpha=0.1, linewidth=0)
    axes.text(1.2e-11, 5e-8, say("verdict ok: 1e-7 or less"), va="top", color="#00694e")
    axes.set(xlabel=say("step eps"), ylabel=say("relative error"), xscale="log", yscale="log", ylim=(1e-12, 1))
    axes.legend(loc="upper center")


def along(network, lab, theta, layout, place):
    """The cost as a function of one entry of theta, all others where they are."""

    def f(value):
        moved = np.array(theta, dtype=np.float64)
        moved[place] = value
        return network.cost(lab.reference.gradcheck.vector_to_params(moved, layout))

    return f


@picture(height=4.6)
def who_is_guilty(axes, student, lab):
    """Six backward passes, five of them with a slip; the relative error of each parameter by itself. Dark means right:
    what is left is rounding. The bright places say where to look, also when the error of the whole is small."""
    network = Network(lab)
    m = network.X.shape[1]
    right = network.grads()
    wrong_way = network.grads("linear")
    slips = {
        say("no slip"): right,
        say("dW2 without 1/m"): right | {"dW2": right["dW2"] * m},
        say("db1 a tenth too small for one unit"): right
        | {"db1": right["db1"] * np.array([[1.0], [0.9], [1.0], [1.0]])},
        say("slope of tanh left out"): wrong_way,
        say("no penalty in dW1"): right | {"dW1": right["dW1"] - network.lambd / m * network.params["W1"]},
        say("sign of db2"): right | {"db2": -right["db2"]},
    }
    keys = ("W1", "b1", "W2", "b2")
    found = [student.gradient_check(network.cost, network.params, grads) for grads in slips.values()]
    errors = np.array([[lab.number(each["per_key"][key]) for key in keys] for each in found])
    axes.imshow(np.log10(np.maximum(errors, 1e-16)), cmap="cividis", vmin=-11, vmax=0, aspect="auto")
    for row, column in np.ndindex(errors.shape):
        color = "white" if errors[row, column] < 1e-4 else "black"
        axes.text(column, row, f"{errors[row, column]:.0e}", ha="center", va="center", color=color)
    axes.set(xticks=range(4), xticklabels=keys, yticks=range(len(slips)), yticklabels=list(slips))
    axes.tick_params(length=0)
    axes.grid(visible=False)
    for row, each in enumerate(found):
        axes.text(3.6, row, each["verdict"], va="center", fontweight="bold")
