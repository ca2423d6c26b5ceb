"""Capstone: five backward passes with a mistake each, and a gradient check that has to say where."""

import numpy as np

from autograder.checking import (
    assert_bars,
    at_least,
    at_most,
    exercise,
    hidden,
    law,
    points,
    public,
    see,
    spoiled_by,
    suggest,
    trial,
)

# A right gradient has an error near 1e-10 here, and what a planted mistake touches one of 0.001 or more.
ACCUSED = 1e-5


@trial(seeds=2, solved=at_least(5), acquitted=at_least(1), verdicts=at_least(6), pointed=at_least(5))
def hunt(student, lab, seed):
    """Five backward passes with a planted mistake, and a right one, each judged by gradient_check.

    solved: how many of the five have the guilty parameters accused and no other. acquitted: whether the right one is
    not. verdicts: how many of the six are just. pointed: how many of the five have a guilty parameter for the worst.
    """
    at = lab.scene(seed)
    solved = acquitted = verdicts = pointed = 0
    line_up = [*lab.SUSPECTS.items(), (lab.right, set())]
    # Whoever knows the suspects by heart does not know in which order they come.
    for place in np.random.default_rng(seed).permutation(len(line_up)):
        suspect, guilty = line_up[place]
        report = student.gradient_check(at.cost, at.params, suspect(at))
        accused = {key for key in at.params if lab.number(report["per_key"][key]) > ACCUSED}
        solved += bool(guilty) and accused == guilty
        acquitted += not (guilty or accused)
        verdicts += report["verdict"] == ("bug" if guilty else "ok")
        pointed += report["worst"][0] in guilty
    return {"solved": solved, "acquitted": acquitted, "verdicts": verdicts, "pointed": pointed}


@trial(solved=at_least(5), acquitted=at_least(1))
def hunt_by_hand(student, lab, seed):
    """The same without gradient_check: to a vector, measure, back to matrices, compare one by one."""
    at = lab.scene(seed)
    theta, layout = student.params_to_vector(at.params)[:2]

    def cost(moved):
        return at.cost(lab.reference.gradcheck.vector_to_params(moved, layout))

    measured = student.vector_to_params(student.numerical_gradient(cost, theta), layout)

    def accused(grads):
        errors = {key: lab.number(student.relative_error(measured[key], grads[f"d{key}"])) for key in at.params}
        return {key for key, error in errors.items() if error > ACCUSED}

    solved = sum(accused(suspect(at)) == guilty for suspect, guilty in lab.SUSPECTS.items())
    return {"solved": solved, "acquitted": not accused(lab.right(at))}


@trial(off=at_most(0.01))
def factor(student, lab, seed):
    """A gradient that is five times too large, since nobody has divided by the five examples; there is no penalty.

    off: how far the factor is from 5 that the relative error gives away, by gradient_check and by relative_error.
    """
    at = lab.scene(seed, lambd=0.0)
    claimed = lab.never_averaged(at)
    report = student.gradient_check(at.cost, at.params, claimed)
    told = report["per_key"]["W2"], student.relative_error(lab.right(at)["dW2"], claimed["dW2"])
    errors = np.array([lab.number(each) for each in told])
    return {"off": np.max(np.abs((1 + errors) / (1 - errors) - 5))}


@trial(best=at_most(1e-8), bend=at_least(30), rounding=at_least(100))
def valley(student, lab, seed):
    """The error of a right gradient for steps of all sizes.

    best: at 1e-5. bend: how many times larger the error is at 1e-2 than at 1e-3. rounding: at 1e-9 than at 1e-5.
    """
    at = lab.scene(seed)
    grads = lab.right(at)
    steps = (1e-2, 1e-3, 1e-5, 1e-9)
    error = {
        eps: np.float64(lab.number(student.gradient_check(at.cost, at.params, grads, eps)["error"])) for eps in steps
    }
    return {"best": error[1e-5], "bend": error[1e-2] / error[1e-3], "rounding": error[1e-9] / error[1e-5]}


@trial(central=at_most(1e-5), gain=at_least(20))
def slopes(student, lab, seed):
    """The slope of the cost along one entry of each parameter, by steps of 0.001 to both sides and to one.

    central: how far the slopes by both sides are from the gradient, as a fraction. gain: how many times further those
    by one side are.
    """
    at = lab.scene(seed)
    grads = lab.right(at)

    def along(key):
        def cost(entry):
            moved = at.params[key].copy()
            moved[0, 0] = lab.number(entry)
            return at.cost({**at.params, key: moved})

        return cost

    def distance(kind):
        told = [
            lab.number(student.finite_difference(along(key), float(at.params[key][0, 0]), 1e-3, kind))
            for key in at.params
        ]
        true = [grads[f"d{key}"][0, 0] for key in at.params]
        return np.linalg.norm(np.subtract(told, true)) / np.linalg.norm(true)

    return {"central": distance("central"), "gain": distance("forward") / distance("central")}


@trial(asleep=at_most(1e-4), awake=at_least(0.1))
def sleeper(student, lab, seed):
    """A backward pass that takes the slope of tanh for 1.

    asleep: its error where all weights are tiny. awake: its error after a thousand steps of training.
    """
    start = lab.scene(seed, scale=0.03, lambd=0.0)

    def error(at):
        return lab.number(student.gradient_check(at.cost, at.params, lab.slope_taken_for_one(at))["error"])

    return {"asleep": error(start), "awake": error(start.trained(1000))}


@exercise("bug_hunt")
@law("a gradient that is wrong in one parameter is found out in that parameter, and in no other")
@points(3)
@public
@spoiled_by("check_one_error_for_all", "check_against_itself", "check_matches_by_place", "check_weights_only")
@see("F0 §梯度检验; F2 §14")
@suggest("print per_key for one of the five: which numbers are above 0.001, which below 0.000001?")
def test_all_five_planted_mistakes_are_found(measure):
    """Nobody tells you what is wrong; the parameters whose gradients are wrong give the mistake away."""
    found = measure(hunt)
    assert_bars(found, "solved", "the number of backward passes whose guilty parameters are named")
    assert_bars(found, "acquitted", "the number of right backward passes that go free")


@exercise("bug_hunt")
@law("a verdict for each, and a finger on the worst entry")
@points(1.5)
@public
@spoiled_by("check_thresholds_reversed", "check_one_sided", "check_in_single_precision")
@see("F0 §梯度检验")
def test_every_verdict_is_just_and_the_worst_is_guilty(measure):
    """Five times bug, once ok; and what is called the worst belongs to a parameter that is guilty."""
    found = measure(hunt)
    assert_bars(found, "verdicts", "the number of right verdicts among six")
    assert_bars(found, "pointed", "the number of backward passes whose worst entry is a guilty one")


@exercise("bug_hunt")
@law("gradient_check is its links: to a vector, measure, back to matrices, compare")
@points(2)
@public
@spoiled_by(
    "gradient_one_sided",
    "gradient_over_one_step",
    "gradient_not_restored",
    "gradient_moves_everything",
    "vector_column_by_column",
    "params_moved_on_by_rows",
)
@see("F2 §13")
@suggest("measure the right gradient by hand and print the six relative errors: all of them are about 1e-10")
def test_the_hunt_succeeds_by_hand_too(measure):
    """The same five without gradient_check, from your other functions."""
    found = measure(hunt_by_hand)
    assert_bars(found, "solved", "the number of backward passes whose guilty parameters are named, by hand,")
    assert_bars(found, "acquitted", "the number of right backward passes that go free, by hand,")


@exercise("bug_hunt")
@law("a gradient that is c times too large has the relative error (c - 1) / (c + 1)")
@points(1)
@public
@spoiled_by(
    "error_absolute",
    "error_relative_to_exact",
    "error_of_squares",
    "check_blocks_over_the_whole",
    "check_absolute",
)
@see("F0 §梯度检验; F2 §13")
@suggest("for errors 1/3, 2/3 and 3/4 the factors are 2, 5 and 7; which one is the number of examples here?")
def test_the_size_of_the_error_gives_the_factor_away(measure):
    """An error of 2/3 in dW2 alone, and five examples: somebody has forgotten to divide by m."""
    assert_bars(measure(factor), "off", "the distance of the factor from 5")


@exercise("bug_hunt")
@law("the error of a right gradient is a valley: long steps bend, tiny ones are rounded, and one side sees less")
@points(1)
@public
@spoiled_by("check_one_sided", "check_with_a_fixed_step", "difference_over_one_step", "difference_always_forward")
@see("F0 §梯度的数值逼近; F2 §12")
@suggest("print the error of a right gradient for eps = 1e-2, 1e-3, …, 1e-10")
def test_the_error_has_a_valley_and_two_sides(measure):
    """A tenth of the step leaves a hundredth of the error, down to 1e-5; one side alone is thousands of times worse."""
    found = measure(valley)
    assert_bars(found, "best", "the error for steps of 1e-5")
    assert_bars(found, "bend", "the error for steps of 1e-2 divided by that for 1e-3")
    assert_bars(found, "rounding", "the error for steps of 1e-9 divided by that for 1e-5")
    found = measure(slopes)
    assert_bars(found, "central", "the distance of the slopes by both sides from the gradient, as a fraction,")
    assert_bars(found, "gain", "how many times further from it the slopes by one side are")


@exercise("bug_hunt")
@law("a mistake may sleep while the weights are small: check again after some training")
@points(0.5)
@public
@spoiled_by("check_against_itself", "check_matches_by_place")
@see("F2 §14")
def test_a_mistake_that_sleeps_at_the_start_is_seen_after_training(measure):
    """Where all scores are near 0 tanh has the slope 1, and who takes it for 1 everywhere is not found out."""
    found = measure(sleeper)
    assert_bars(found, "asleep", "the error before training")
    assert_bars(found, "awake", "the error after training")


@exercise("bug_hunt")
@law("a gradient that is wrong in one parameter is found out in that parameter, and in no other")
@points(1)
@hidden
@spoiled_by("check_one_error_for_all", "gradient_over_one_step", "params_moved_on_by_rows")
def test_other_networks_are_searched_as_well(measure, rng):
    """The same mistakes in networks that you have not seen."""
    other = [int(rng.integers(2, 10))]
    found = measure(hunt, seeds=other)
    assert_bars(found, "solved", "the number of backward passes whose guilty parameters are named")
    assert_bars(found, "acquitted", "the number of right backward passes that go free")
    assert_bars(
        measure(hunt_by_hand, seeds=other),
        "solved",
        "the number of backward passes whose guilty parameters are named, by hand,",
    )
