"""Why features are normalised, what is measured for it, and what two error rates say."""

import numpy as np

from autograder.checking import say
from autograder.pictures import panel, picture

FLAVANOIDS, HUE = 6, 10


def descent(X, target, best, steps):
    """Gradient descent on the squared error of w^T X from one unit off its lowest point; the weights on the way.

    The step is three quarters of the one that would overshoot for good.
    """
    m = X.shape[1]
    curvatures, directions = np.linalg.eigh(X @ X.T / m)
    path = [best + directions @ [0.9, 0.4]]
    for _ in range(steps):
        path.append(path[-1] - 1.5 / curvatures[-1] * (X @ (X.T @ path[-1] - target)) / m)
    return np.array(path)


@picture
def two_bowls(figure, student, lab):
    """Two features of wine predict who grew it. The cost is a bowl over the two weights, and each dot is a step of
    gradient descent, no longer than the steepest side allows. As the features come, the bowl is a ravine, and forty
    steps do not reach its lowest point; normalised it is rounder, and ten will do."""
    part = lab.split(lab.wine(), seed=0).train
    raw, target = part.X[[FLAVANOIDS, HUE]], np.where(part.y == 0, 1.0, -1.0)
    left, right = figure.subplots(1, 2)
    with panel(left):
        bowl(left, student, say("as they come"), raw, target)
    with panel(right):
        mu, sigma = student.fit_normalizer(raw)
        bowl(right, student, say("normalised"), student.apply_normalizer(raw, mu, sigma), target)


def bowl(axes, student, name, X, target):
    """Contours of the squared error over the two weights, and the path of gradient descent."""
    best = np.linalg.lstsq(X.T, target, rcond=None)[0]
    path = descent(X, target, best, 40)
    reach = 1.15 * max(np.abs(path - best).max(), 1e-9)
    first, second = (np.linspace(-reach, reach, 161) + centre for centre in best)
    grid = np.stack(np.meshgrid(first, second)).reshape(2, -1)
    J = np.mean((grid.T @ X - target) ** 2, axis=1).reshape(161, 161) / 2
    above = J - np.mean((best @ X - target) ** 2) / 2
    axes.contour(first, second, above, levels=np.max(above) * np.array([0.001, 0.01, 0.05, 0.15, 0.35, 0.7]),
                 cmap="cividis", linewidths=1)  # fmt: skip
    axes.plot(*path.T, ".-", color="#D55E00", linewidth=1, markersize=5)
    axes.plot(*best, "*", color="black", markersize=11)
    condition = lab_number(student.bowl_condition(X))
    axes.set(
        title=say("{name}: condition {condition:.1f}", name=name, condition=condition),
        xlabel=say("weight of the flavanoids"), ylabel=say("weight of the hue"), aspect="equal",
    )  # fmt: skip


def lab_number(value):
    """A float out of a number or an array of one."""
    return float(np.asarray(value).item())


@picture(height=4.4)
def condition_of_all_features(axes, student, lab):
    """The condition of the bowl for all thirteen features of wine: about as many steps as gradient descent needs. To
    subtract the mean helps a little; what makes the difference is to divide by sigma. To divide by its square, as some
    texts print it, only turns large units into small ones."""
    X = lab.split(lab.wine(), seed=0).train.X
    mu, sigma = student.fit_normalizer(X)
    inputs = {
        say("as they come"): X,
        "x - mu": X - mu,
        "(x - mu) / sigma": student.apply_normalizer(X, mu, sigma),
        "(x - mu) / sigma²": (X - mu) / sigma**2,
    }
    conditions = [lab_number(student.bowl_condition(each)) for each in inputs.values()]
    bars = axes.barh(list(inputs), conditions, color=["#888888", "#56B4E9", "#009E73", "#D55E00"], height=0.6)
    axes.bar_label(bars, [f"{value:,.0f}" for value in conditions], padding=4)
    axes.set(xscale="log", xlim=(1, 1e9), xlabel=say("largest over smallest curvature"))
    axes.invert_yaxis()
    axes.grid(visible=False, axis="y")


@picture(height=4.6)
def what_two_error_rates_say(axes, student):
    """Four models, each with its error on the training and on the dev set. Bias is what separates the first bar from
    the ground, variance what separates the two: your verdict stands above them. The same 15 % would be just right
    where people get 14 % wrong themselves."""
    cases = ((0.01, 0.11), (0.15, 0.16), (0.15, 0.30), (0.005, 0.01))
    words = {
        "high_variance": say("high variance"), "high_bias": say("high bias"),
        "high_bias_high_variance": say("high bias and variance"), "just_right": say("just right"),
    }  # fmt: skip
    places = np.arange(len(cases))
    for offset, which, name in ((-0.18, 0, say("training set")), (0.18, 1, say("dev set"))):
        bars = axes.bar(places + offset, [100 * case[which] for case in cases], width=0.34, label=name)
        axes.bar_label(bars, [f"{100 * case[which]:g} %" for case in cases], padding=2, fontsize=9)
    for place, case in zip(places, cases, strict=True):
        verdict = student.diagnose(*case)["verdict"]
        axes.text(place, 100 * max(case) + 2.6, words.get(verdict, verdict), ha="center", fontweight="bold")
    axes.set(xticks=[], ylabel=say("error in percent"), ylim=(0, 36))
    axes.legend(loc="upper left")
